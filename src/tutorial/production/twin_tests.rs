//! Pictures and their text twins are judged together, without a browser.

use std::fs;

use super::*;
use crate::aria::Twin;
use crate::picture::Picture;

const HELLO: &str = "see-the-heading-hello.aria.yml";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn folders(&self) -> Folders {
        let below = |name: &str| self.0.path().join(name);
        Folders::of("test", &below("screenshots"), &below("tutorials"), &below("reports"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folders().screenshots.join(name)
    }

    /// One scene that looks and reads like this.
    fn produce(&self, grey: u8, text: &str, acceptance: Acceptance) -> Result<Report, TutorialError> {
        let scene = ScriptScene {
            step: "Then I see the heading \"Hello\"".into(),
            narration: "This is the page.".into(),
            place: "test.feature:5".to_owned(),
        };
        let script = Script {
            title: "Small".into(),
            introduction: "".into(),
            scenes: vec![scene],
        };
        let shot = Shot {
            scene: 0,
            png: Picture::blank(40, 30, [grey; 3]).encode(),
            twin: Twin::parse(text.as_bytes()).unwrap(),
            marked: Vec::new(),
            focused: None,
        };
        let viewport = Viewport {
            width: 40,
            height: 30,
            scale: 1.,
        };
        produce(&script, &[shot], viewport, &self.folders(), acceptance)
    }
}

#[test]
fn a_letter_is_a_change_however_few_its_pixels() {
    let folder = Folder::new();
    let (paired, with_pain) = ("- text: paired\n", "- text: pained\n");
    folder.produce(255, paired, Acceptance::Ask).unwrap();
    // Equal pixels, and pixels that no eye distinguishes.
    for grey in [255, 254] {
        let checked = folder.produce(grey, with_pain, Acceptance::Check).unwrap();
        assert!(checked.is_stale() && checked.changed.len() == 1, "{checked:?}");
        let asked = folder.produce(grey, with_pain, Acceptance::Ask).unwrap();
        let beside = folder.path("see-the-heading-hello.new.aria.yml");
        assert!(asked.changed[0].1.contains(&beside), "{asked:?}");
        assert_eq!(fs::read_to_string(beside).unwrap(), with_pain);
        assert_eq!(fs::read_to_string(folder.path(HELLO)).unwrap(), paired);
        assert!(!folder.produce(grey, paired, Acceptance::Check).unwrap().is_stale());
    }
    folder.produce(255, with_pain, Acceptance::Accept).unwrap();
    assert_eq!(fs::read_to_string(folder.path(HELLO)).unwrap(), with_pain);
    assert!(!folder.path("see-the-heading-hello.new.aria.yml").exists());
}

#[test]
fn baselines_without_twins_are_taken_over_where_the_pixels_are_the_same() {
    let folder = Folder::new();
    folder.produce(255, "- text: a\n", Acceptance::Ask).unwrap();
    fs::remove_file(folder.path(HELLO)).unwrap();
    let checked = folder.produce(255, "- text: a\n", Acceptance::Check).unwrap();
    assert!(!checked.is_stale() && checked.added_twins == 1, "{checked:?}");
    assert!(!folder.path(HELLO).exists(), "a check writes nothing");
    folder.produce(0, "- text: a\n", Acceptance::Ask).unwrap();
    assert!(!folder.path(HELLO).exists(), "of another picture");
    for acceptance in [Acceptance::Ask, Acceptance::Accept] {
        let added = folder.produce(255, "- text: a\n", acceptance).unwrap();
        assert!(added.added_twins == 1 && added.changed.is_empty(), "{added:?}");
        fs::remove_file(folder.path(HELLO)).unwrap();
    }
}

#[test]
fn a_damaged_twin_is_named_and_accepting_replaces_it() {
    let folder = Folder::new();
    folder.produce(255, "- text: a\n", Acceptance::Ask).unwrap();
    fs::write(folder.path(HELLO), "<<<<<<< HEAD\n- text: a\n").unwrap();
    let checked = folder.produce(255, "- text: a\n", Acceptance::Check).unwrap();
    assert_eq!(checked.unreadable.len(), 1, "{checked:?}");
    let refused = folder
        .produce(255, "- text: a\n", Acceptance::Ask)
        .unwrap_err()
        .to_string();
    for part in [HELLO, "line 1 is a merge-conflict marker", "--accept"] {
        assert!(refused.contains(part), "{refused}");
    }
    folder.produce(255, "- text: a\n", Acceptance::Accept).unwrap();
    assert_eq!(fs::read_to_string(folder.path(HELLO)).unwrap(), "- text: a\n");
}
