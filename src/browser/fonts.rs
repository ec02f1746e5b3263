//! The machine's own fonts: the portal brings its fonts along, but other pages are drawn with these.

use ab_glyph::{Font, FontRef};
use fontdb::Database;

/// Scripts of WIPO's six working languages, each with a letter that a font for it must have.
const SCRIPTS: [(&str, char); 4] = [
    ("Latin", 'A'),
    ("Cyrillic", 'Ж'),
    ("Arabic", 'ع'),
    ("Chinese", '中'),
];

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

/// The first family by name that has this letter.
fn family_with(fonts: &Database, letter: char) -> Option<String> {
    let has_letter = |data: &[u8], index| {
        FontRef::try_from_slice_and_index(data, index)
            .is_ok_and(|font| font.glyph_id(letter).0 != 0)
    };
    let families = fonts
        .faces()
        .filter(|face| fonts.with_face_data(face.id, has_letter).unwrap_or(false))
        .filter_map(|face| face.families.first().map(|(name, _)| name.clone()));
    families.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Fonts {
        /// One family for every script but these.
        pub fn without(absent: &[&str]) -> Self {
            let family = |script| (!absent.contains(&script)).then(|| "Some Sans".to_owned());
            Self(
                SCRIPTS
                    .iter()
                    .map(|&(script, _)| (script, family(script)))
                    .collect(),
            )
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
