//! What became of a scene's picture, in the words of those who teach with it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::manifest::{Scene, Target};
use crate::area::Area;
use crate::aria::{Change, Difference, Twin, difference};
use crate::redact::Redacted;

/// Boxes that differ by no more than this, in CSS pixels, are the same to the eye.
const SAME_PLACE: f64 = 2.;
/// Two pages that share less of their text are different ones.
const OTHER_PAGE: f64 = 0.3;
/// So are two with other main headings that share less than this: header and footer are the same on all of a portal's pages.
const OTHER_HEADING: f64 = 0.75;
/// A scene with another step shows the same page as before if it shares at least this much.
const SAME_PAGE: f64 = 0.6;
/// How many changes of the text are named.
const NAMED: usize = 3;

/// What became of a scene's picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "verdict")]
pub enum SceneVerdict {
    /// Text and look are the same.
    Unchanged,
    /// The same text looks otherwise.
    Restyled,
    /// The same text stands elsewhere.
    Moved,
    /// A target has another name.
    Relabelled {
        /// Its role.
        role: String,
        /// Its name on the baseline.
        from: Redacted,
        /// Its name now.
        to: Redacted,
    },
    /// The page says something else.
    TextChanged {
        /// Each change in a few words.
        changes: Vec<Redacted>,
    },
    /// The scene shows another page.
    OtherScreen,
    /// It looks otherwise, and no text twin says whether it reads otherwise.
    Changed,
    /// The scene had no baseline.
    New,
    /// No scene has this baseline any more.
    Gone,
}

/// A scene as a manifest has it, with what its picture says.
#[derive(Clone, Copy, Debug)]
pub struct SceneText<'a> {
    /// Targets and where they stand.
    pub scene: &'a Scene,
    /// None for a baseline of a Docent that knew no twins.
    pub twin: Option<&'a Twin>,
}

/// Whether the eye sees a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// It does not.
    Same,
    /// It does.
    Different,
}

/// The verdict on a scene that has a baseline.
#[must_use]
pub fn verdict(old: SceneText<'_>, new: SceneText<'_>, pixels: Pixels) -> SceneVerdict {
    if let Some(relabelled) = relabelled(&old.scene.targets, &new.scene.targets) {
        return relabelled;
    }
    let has_moved = moved(&old.scene.targets, &new.scene.targets);
    let (Some(before), Some(now)) = (old.twin, new.twin) else {
        return match (pixels, has_moved) {
            (Pixels::Same, _) => SceneVerdict::Unchanged,
            (Pixels::Different, true) => SceneVerdict::Moved,
            (Pixels::Different, false) => SceneVerdict::Changed,
        };
    };
    let text = difference(before, now);
    if before == now || text.changes.is_empty() {
        return match (pixels, has_moved) {
            (Pixels::Same, _) if before == now => SceneVerdict::Unchanged,
            (Pixels::Same, _) => text_changed(&text),
            (Pixels::Different, true) => SceneVerdict::Moved,
            (Pixels::Different, false) => SceneVerdict::Restyled,
        };
    }
    if is_other_screen(before, now, &text) {
        SceneVerdict::OtherScreen
    } else if text.is_reordered || (text.is_cut && has_moved) {
        SceneVerdict::Moved
    } else {
        text_changed(&text)
    }
}

/// Which baseline without a scene a scene without a baseline had, if its step was changed because its target has another name.
#[must_use]
pub fn former<'a>(new: SceneText<'_>, gone: &[SceneText<'a>]) -> Option<SceneText<'a>> {
    let shared = |old: &SceneText<'a>| Some(difference(old.twin?, new.twin?).shared);
    let fits = |old: &&SceneText<'a>| relabelled(&old.scene.targets, &new.scene.targets).is_some();
    let scored = gone.iter().filter(fits).filter_map(|old| Some((shared(old)?, *old)));
    let best = scored.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|(shared, _)| *shared >= SAME_PAGE).map(|(_, old)| old)
}

fn relabelled(old: &[Target], new: &[Target]) -> Option<SceneVerdict> {
    if old.len() != new.len() || old.iter().zip(new).any(|(old, new)| old.role != new.role) {
        return None;
    }
    let (old, new) = old
        .iter()
        .zip(new)
        .find(|(old, new)| old.name != new.name && old.role != "text")?;
    Some(SceneVerdict::Relabelled {
        role: new.role.clone(),
        from: old.name.clone(),
        to: new.name.clone(),
    })
}

/// Whether a target stands elsewhere and is as large as it was.
fn moved(old: &[Target], new: &[Target]) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() <= SAME_PLACE;
    let has_moved = |(old, new): (Area, Area)| {
        near(old.width, new.width) && near(old.height, new.height) && !(near(old.x, new.x) && near(old.y, new.y))
    };
    old.iter().zip(new).any(|(old, new)| has_moved((old.area, new.area)))
}

fn is_other_screen(before: &Twin, now: &Twin, text: &Difference) -> bool {
    let heading = |twin: &Twin| {
        let mut lines = twin.lines().iter();
        let line = lines.find(|line| line.role == "heading" && line.states.iter().any(|state| state == "level=1"));
        line.map(|line| line.label().to_owned())
    };
    text.shared < OTHER_PAGE || (heading(before) != heading(now) && text.shared < OTHER_HEADING)
}

fn text_changed(text: &Difference) -> SceneVerdict {
    let say = |change: &Change| match change {
        Change::Replaced(from, to) => format!("“{from}” is now “{to}”"),
        Change::Added(text) => format!("added “{text}”"),
        Change::Removed(text) => format!("gone “{text}”"),
    };
    SceneVerdict::TextChanged {
        changes: text.changes.iter().map(|change| say(change).into()).collect(),
    }
}

impl fmt::Display for SceneVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unchanged => f.write_str("unchanged"),
            Self::Restyled => f.write_str("restyled: the same text looks otherwise"),
            Self::Moved => f.write_str("moved: the same text stands elsewhere"),
            Self::Relabelled { role, from, to } => write!(f, "relabelled: the {role} “{from}” is now “{to}”"),
            Self::TextChanged { changes } if changes.is_empty() => {
                f.write_str("text changed: the same words are nested otherwise")
            }
            Self::TextChanged { changes } => {
                let named: Vec<&str> = changes.iter().take(NAMED).map(|change| &**change).collect();
                write!(f, "text changed: {}", named.join("; "))?;
                match changes.len().saturating_sub(NAMED) {
                    0 => Ok(()),
                    more => write!(f, "; and {more} more"),
                }
            }
            Self::OtherScreen => f.write_str("other screen: the scene shows another page"),
            Self::Changed => f.write_str("changed: the baseline has no text twin that says how"),
            Self::New => f.write_str("new"),
            Self::Gone => f.write_str("gone: no scene has this baseline any more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "- banner:\n  - link \"IP Portal\"\n- main:\n  - heading \"Pair\" [level=1]\n  - paragraph: Enter it.\n  - textbox \"ID\"\n  - button \"Submit\"\n- contentinfo:\n  - link \"Help\"\n";

    fn scene(name: &str, x: f64, width: f64) -> Scene {
        let area = Area {
            x,
            y: 10.,
            width,
            height: 20.,
        };
        let target = Target {
            role: "button".into(),
            name: name.into(),
            area,
            focus: None,
            clicked: true,
        };
        Scene {
            picture: "a.png".into(),
            step: "When I click".into(),
            narration: "".into(),
            alt: "".into(),
            targets: vec![target],
            focused: None,
        }
    }

    fn twin(text: &str) -> Twin {
        Twin::parse(text.as_bytes()).unwrap()
    }

    fn of(new: &Scene, text: &str, pixels: Pixels) -> String {
        let (old, before, now) = (scene("Submit", 5., 30.), twin(PAGE), twin(text));
        let old = SceneText {
            scene: &old,
            twin: Some(&before),
        };
        verdict(
            old,
            SceneText {
                scene: new,
                twin: Some(&now),
            },
            pixels,
        )
        .to_string()
    }

    #[test]
    fn each_kind_of_change_has_its_word() {
        let same = scene("Submit", 5., 30.);
        assert_eq!(of(&same, PAGE, Pixels::Same), "unchanged");
        assert!(of(&same, PAGE, Pixels::Different).starts_with("restyled"));
        assert!(of(&scene("Submit", 45., 30.), PAGE, Pixels::Different).starts_with("moved"));
        assert!(
            of(&scene("Submit", 45., 60.), PAGE, Pixels::Different).starts_with("restyled"),
            "larger, too"
        );
        let file = PAGE.replace("Submit", "File");
        assert_eq!(
            of(&scene("File", 5., 30.), &file, Pixels::Same),
            "relabelled: the button “Submit” is now “File”"
        );
        let support = PAGE.replace("Help", "Support");
        for pixels in [Pixels::Same, Pixels::Different] {
            assert_eq!(of(&same, &support, pixels), "text changed: “Help” is now “Support”");
        }
        let (start, _) = PAGE.split_once("- contentinfo").unwrap();
        assert!(of(&scene("Submit", 45., 30.), start, Pixels::Different).starts_with("moved"));
        assert!(of(&same, start, Pixels::Different).starts_with("text changed: gone “Help”"));
        let other = "- banner:\n  - link \"IP Portal\"\n- main:\n  - heading \"Scams\" [level=1]\n  - paragraph: Beware.\n- contentinfo:\n  - link \"Help\"\n";
        assert!(of(&same, other, Pixels::Different).starts_with("other screen"));
    }

    #[test]
    fn without_a_twin_only_the_look_is_known() {
        let (old, new, now) = (scene("Submit", 5., 30.), scene("Submit", 5., 30.), twin(PAGE));
        let of = |pixels| {
            let old = SceneText {
                scene: &old,
                twin: None,
            };
            verdict(
                old,
                SceneText {
                    scene: &new,
                    twin: Some(&now),
                },
                pixels,
            )
        };
        assert_eq!(
            (of(Pixels::Same), of(Pixels::Different)),
            (SceneVerdict::Unchanged, SceneVerdict::Changed)
        );
    }

    #[test]
    fn a_scene_whose_step_names_the_new_label_is_found_again() {
        let (old, new) = (scene("Submit", 5., 30.), scene("File", 5., 30.));
        let (before, now, other) = (
            twin(PAGE),
            twin(&PAGE.replace("Submit", "File")),
            twin("- text: else\n"),
        );
        let new = SceneText {
            scene: &new,
            twin: Some(&now),
        };
        let gone = |twin| [SceneText { scene: &old, twin }];
        assert!(former(new, &gone(Some(&before))).is_some());
        assert!(former(new, &gone(Some(&other))).is_none());
        assert!(former(new, &gone(None)).is_none());
    }
}
