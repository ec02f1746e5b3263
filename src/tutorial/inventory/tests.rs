use std::fs;

use super::super::production::ScriptScene;
use super::*;

const HELLO: &str = "see-the-heading-hello";
const SAVE: &str = "click-the-button-save";

fn script() -> Script {
    let scene = |step: &str, narration: &str, line: usize| ScriptScene {
        step: step.into(),
        narration: narration.into(),
        place: format!("nowhere.feature:{line}"),
    };
    Script {
        title: "Small".into(),
        introduction: "".into(),
        scenes: vec![
            scene(
                "Then I see the heading \"Hello\"",
                "This is \"Hello\". Then comes \"Save\".",
                5,
            ),
            scene("When I click the button \"Save\"", "Click \"Safe\".", 9),
        ],
    }
}

/// Gaps of a folder with these files.
fn gaps(given: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let folders = Folders::of("test", folder.path(), folder.path(), folder.path());
    fs::create_dir_all(&folders.screenshots).unwrap();
    for (name, content) in given {
        fs::write(folders.screenshots.join(name), content).unwrap();
    }
    let found = inventory(&script(), &folders).unwrap();
    let below = format!("{}/", folders.screenshots.display());
    found.iter().map(|gap| gap.to_string().replace(&below, "")).collect()
}

fn whole<'a>(hello: &'a [String; 2], save: &'a [String; 2]) -> [(&'a str, &'a str); 4] {
    [
        (&hello[0], "one"),
        (&hello[1], "- heading \"Hello\" [level=1]\n"),
        (&save[0], "two"),
        (&save[1], "- button \"Save\"\n"),
    ]
}

fn names() -> [[String; 2]; 2] {
    [HELLO, SAVE].map(|stem| [format!("{stem}.png"), format!("{stem}.aria.yml")])
}

#[test]
fn a_narration_may_quote_this_picture_and_the_next_and_nothing_else() {
    let [hello, save] = names();
    assert_eq!(
        gaps(&whole(&hello, &save)),
        ["nowhere.feature:9: the picture does not say “Safe”: Click \"Safe\".\n  did you mean “Save”?"]
    );
}

#[test]
fn scenes_without_a_baseline_and_files_without_a_scene_are_named() {
    let [hello, save] = names();
    let mut given = whole(&hello, &save).to_vec();
    given.truncate(2);
    given.extend([("old.png", "old"), ("older.aria.yml", ""), ("old.new.png", "candidate")]);
    let found = gaps(&given);
    let starts = [
        "nowhere.feature:9: this scene has no baseline: click",
        "old.png: no scene",
        "older.aria.yml: no scene",
    ];
    assert_eq!(found.len(), starts.len(), "{found:#?}");
    for (gap, start) in found.iter().zip(starts) {
        assert!(gap.starts_with(start), "{found:#?}");
    }
}

#[test]
fn equal_pictures_missing_twins_and_damaged_files_are_named() {
    let [hello, save] = names();
    let mut given = whole(&hello, &save);
    given[2].1 = "one";
    given[3].1 = "=======\n";
    let found = gaps(&given);
    assert!(
        found[0].contains("merge-conflict") && found[1].contains("marks the same as see-the"),
        "{found:#?}"
    );
    assert!(gaps(&[given[0], ("manifest.json", "{")])[0].contains("manifest.json, line 1"));
    assert!(gaps(&[given[0]]).iter().any(|gap| gap.contains("has no text twin")));
}
