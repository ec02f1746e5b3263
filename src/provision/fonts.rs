//! The machine's own fonts: the portal brings its fonts along, but other pages are drawn with these.

use std::cmp::Reverse;

use ab_glyph::{Font, FontRef};
use fontdb::{Database, FaceInfo};

/// Scripts of WIPO's six working languages, each with a letter that a font for it must have.
const SCRIPTS: [(&str, char); 4] = [("Latin", 'A'), ("Cyrillic", 'Ж'), ("Arabic", 'ع'), ("Chinese", '中')];

/// Which scripts this machine can draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fonts(Vec<(&'static str, Option<String>)>);

impl Fonts {
    /// Those in the system's and the user's font folders.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let mut fonts = Database::new();
        fonts.load_system_fonts();
        Self::of(&fonts)
    }

    fn of(fonts: &Database) -> Self {
        Self(
            SCRIPTS
                .iter()
                .map(|&(script, letter)| (script, family_with(fonts, letter)))
                .collect(),
        )
    }

    /// Script and a font family for it, for each script that can be drawn.
    pub fn present(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0
            .iter()
            .filter_map(|(script, family)| Some((*script, family.as_deref()?)))
    }

    /// Scripts that would be drawn as boxes.
    pub fn absent(&self) -> impl Iterator<Item = &'static str> {
        self.0
            .iter()
            .filter(|(_, family)| family.is_none())
            .map(|(script, _)| *script)
    }
}

/// The family that has this letter and those of most other scripts, preferring proportional ones, then by name.
fn family_with(fonts: &Database, letter: char) -> Option<String> {
    let faces = fonts.faces().filter(|face| has_letter(fonts, face, letter));
    let named = faces.filter_map(|face| {
        Some((
            Reverse(scripts(fonts, face)),
            face.monospaced,
            &face.families.first()?.0,
        ))
    });
    named.min().map(|(_, _, name)| name.clone())
}

fn scripts(fonts: &Database, face: &FaceInfo) -> usize {
    SCRIPTS
        .iter()
        .filter(|(_, letter)| has_letter(fonts, face, *letter))
        .count()
}

fn has_letter(fonts: &Database, face: &FaceInfo, letter: char) -> bool {
    let drawn = |data: &[u8], index| {
        FontRef::try_from_slice_and_index(data, index).is_ok_and(|font| font.glyph_id(letter).0 != 0)
    };
    fonts.with_face_data(face.id, drawn).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Fonts {
        /// One family for every script but these.
        #[must_use]
        pub fn without(absent: &[&str]) -> Self {
            let family = |script| (!absent.contains(&script)).then(|| "Some Sans".to_owned());
            Self(SCRIPTS.iter().map(|&(script, _)| (script, family(script))).collect())
        }
    }

    #[test]
    fn tells_the_scripts_a_font_can_draw_from_those_it_can_not() {
        let mut database = Database::new();
        database.load_font_data(notosans::REGULAR_TTF.to_vec());
        let fonts = Fonts::of(&database);
        assert_eq!(
            fonts.present().collect::<Vec<_>>(),
            [("Latin", "Noto Sans"), ("Cyrillic", "Noto Sans")]
        );
        assert_eq!(fonts.absent().collect::<Vec<_>>(), ["Arabic", "Chinese"]);
    }

    #[test]
    fn no_fonts_draw_no_script() {
        assert_eq!(Fonts::of(&Database::new()).absent().count(), SCRIPTS.len());
    }
}
