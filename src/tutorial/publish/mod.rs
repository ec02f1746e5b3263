//! Publishing: from a manifest and its clean pictures to pages and marked pictures, without a browser.

mod animation;
mod close_up;
mod demo;
mod document;
mod each;
mod error;
mod format;
mod html;
mod markdown;
mod marked;
mod package;
mod screenshot;
mod slides;
mod step;
mod text;

use std::path::{Path, PathBuf};

use crate::files::{self, FileError};

use super::manifest::Manifest;
use step::{CloseUp, Step};

pub use error::PublishError;
pub use format::Format;

/// Publishes a tutorial whose clean pictures lie in `pictures` into `folder`; gives a file for each form, in the order in which they
/// were asked for, and reports each as it is done.
///
/// Files whose bytes are as before are not touched, and none is left half written. Marked pictures of an earlier publishing are removed,
/// anything else in the folder stays.
///
/// # Errors
/// [`PublishError`].
pub fn publish(
    manifest: &Manifest,
    pictures: &Path,
    folder: &Path,
    formats: &[Format],
    on_written: &mut dyn FnMut(&Path),
) -> Result<Vec<PathBuf>, PublishError> {
    let steps = steps(manifest)?;
    if formats.iter().any(|format| format.has_pictures_beside_it()) {
        marked::write_all(&steps, manifest.viewport, pictures, folder)?;
        remove_obsolete(&steps, folder)?;
    }
    let write = |format: &Format| {
        let path = folder.join(format.file());
        files::write_if_changed(&path, &rendered(*format, manifest, &steps, pictures)?)?;
        on_written(&path);
        Ok(path)
    };
    formats.iter().map(write).collect()
}

/// A form's file.
fn rendered(format: Format, manifest: &Manifest, steps: &[Step<'_>], pictures: &Path) -> Result<Vec<u8>, PublishError> {
    Ok(match format {
        Format::Html => html::page(manifest, steps)?.into_bytes(),
        Format::Md => markdown::page(manifest, steps).into_bytes(),
        Format::Demo => demo::page(manifest, steps, pictures)?.into_bytes(),
        Format::Pptx => slides::presentation(manifest, steps, pictures)?,
        Format::Docx => document::document(manifest, steps, pictures)?,
        Format::Gif => animation::animation(steps, manifest.viewport, pictures)?,
    })
}

fn steps(manifest: &Manifest) -> Result<Vec<Step<'_>>, PublishError> {
    (1..)
        .zip(&manifest.scenes)
        .map(|(number, scene)| {
            let name = &scene.picture;
            if Path::new(name).file_name().is_none_or(|file| file != name.as_str()) {
                return Err(PublishError::Name(name.clone()));
            }
            let panels = close_up::panels(&scene.targets, manifest.viewport);
            let close_up = (!panels.is_empty()).then(|| CloseUp {
                picture: format!("{number:02}-close-up-{name}"),
                panels,
            });
            Ok(Step {
                number,
                scene,
                picture: format!("{number:02}-{name}"),
                close_up,
            })
        })
        .collect()
}

/// Removes pictures named as ours are that are not this publishing's.
fn remove_obsolete(steps: &[Step<'_>], folder: &Path) -> Result<(), FileError> {
    let of_step = |step: &Step<'_>, name: &String| {
        step.picture == *name || step.close_up.as_ref().is_some_and(|close_up| close_up.picture == *name)
    };
    let current = |name: &String| steps.iter().any(|step| of_step(step, name));
    let names = files::names_in(folder)?;
    let mut obsolete = names.iter().filter(|name| is_numbered_picture(name) && !current(name));
    obsolete.try_for_each(|name| files::remove(&folder.join(name)))
}

/// Whether it is a name like `01-login.png`.
fn is_numbered_picture(name: &str) -> bool {
    let number = name
        .strip_suffix(".png")
        .and_then(|stem| stem.split_once('-'))
        .map_or("", |(number, _)| number);
    number.len() >= 2 && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod office_tests;

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::area::Area;
    use crate::picture::Picture;
    use crate::tutorial::alt;
    use crate::tutorial::manifest::Scene;
    use crate::tutorial::manifest::{Target, Viewport};

    const PAGES: [Format; 2] = [Format::Html, Format::Md];

    fn scene(picture: &str, narration: &str, names: &[&str]) -> Scene {
        let area = Area {
            x: 10.0,
            y: 10.0,
            width: 20.0,
            height: 10.0,
        };
        let target = |&name: &&str| Target {
            role: "textbox".into(),
            name: name.into(),
            area,
            focus: None,
            clicked: false,
        };
        let targets: Vec<_> = names.iter().map(target).collect();
        let alt = alt::alt_text(narration, &targets).into();
        Scene {
            picture: picture.into(),
            step: "".into(),
            narration: narration.into(),
            alt,
            targets,
            focused: None,
        }
    }

    pub(super) fn tutorial() -> Manifest {
        Manifest {
            version: 1,
            obsolete: Vec::new(),
            title: "Pairing <safely> & *well*".into(),
            introduction: "For Offices.\n\nIn two steps.".into(),
            language: "en".into(),
            viewport: Viewport {
                width: 100,
                height: 60,
                scale: 2.0,
            },
            scenes: vec![
                scene(
                    "login.png",
                    "Type <both>. See https://example.org/a?b=1&c=2.",
                    &["Username", "Pass|word"],
                ),
                scene("done.png", "1. You are in.", &[]),
            ],
        }
    }

    /// Publishes into a fresh folder; gives it, with the two folders in it.
    fn published(manifest: &Manifest) -> (tempfile::TempDir, PathBuf, PathBuf) {
        published_as(manifest, &PAGES)
    }

    pub(super) fn published_as(manifest: &Manifest, formats: &[Format]) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let (pictures, folder) = (root.path().join("screenshots"), root.path().join("tutorials"));
        for scene in &manifest.scenes {
            files::write_if_changed(
                &pictures.join(&scene.picture),
                &Picture::blank(200, 120, [255; 3]).encode(),
            )
            .unwrap();
        }
        publish(manifest, &pictures, &folder, formats, &mut |_| ()).unwrap();
        (root, pictures, folder)
    }

    #[test]
    fn pictures_are_numbered_and_pages_lie_beside_them() {
        let (_root, _, folder) = published(&tutorial());
        assert_eq!(
            files::names_in(&folder).unwrap(),
            ["01-login.png", "02-done.png", "index.html", "index.md"]
        );
    }

    #[test]
    fn narrow_screens_get_the_part_round_the_targets() {
        let mut wide = tutorial();
        wide.viewport.width = 1000;
        wide.viewport.height = 800;
        wide.viewport.scale = 0.2;
        let (_root, pictures, folder) = published(&wide);
        let names = files::names_in(&folder).unwrap();
        assert_eq!(names[..3], ["01-close-up-login.png", "01-login.png", "02-done.png"]);
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert_eq!(
            page.matches("<source media=").count(),
            1,
            "only the first has targets: {page}"
        );
        wide.scenes.remove(0);
        publish(&wide, &pictures, &folder, &PAGES, &mut |_| ()).unwrap();
        assert!(!folder.join("01-close-up-login.png").exists());
    }

    #[test]
    fn a_scene_without_targets_has_no_marks() {
        let (_root, pictures, folder) = published(&tutorial());
        let read = |path: PathBuf| Picture::decode(&fs::read(path).unwrap()).unwrap();
        assert_eq!(read(folder.join("02-done.png")), read(pictures.join("done.png")));
        assert_ne!(read(folder.join("01-login.png")), read(pictures.join("login.png")));
    }

    #[test]
    fn publishing_again_touches_nothing() {
        let (_root, pictures, folder) = published(&tutorial());
        let old = std::time::SystemTime::UNIX_EPOCH;
        for name in files::names_in(&folder).unwrap() {
            fs::File::options()
                .append(true)
                .open(folder.join(name))
                .unwrap()
                .set_modified(old)
                .unwrap();
        }
        publish(&tutorial(), &pictures, &folder, &PAGES, &mut |_| ()).unwrap();
        for name in files::names_in(&folder).unwrap() {
            assert_eq!(
                fs::metadata(folder.join(&name)).unwrap().modified().unwrap(),
                old,
                "{name}"
            );
        }
    }

    #[test]
    fn pictures_of_an_earlier_publishing_go_and_other_files_stay() {
        let (_root, pictures, folder) = published(&tutorial());
        fs::write(folder.join("notes.png"), "mine").unwrap();
        let mut shorter = tutorial();
        shorter.scenes.remove(0);
        publish(&shorter, &pictures, &folder, &PAGES, &mut |_| ()).unwrap();
        assert_eq!(
            files::names_in(&folder).unwrap(),
            ["01-done.png", "index.html", "index.md", "notes.png"]
        );
    }

    #[test]
    fn what_people_write_is_inert_in_html() {
        let (_root, _, folder) = published(&tutorial());
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        assert!(!page.contains("<safely>") && !page.contains("<both>"), "{page}");
        assert!(page.contains("https://example.org/a?b=1&#38;c=2\""), "{page}");
    }

    #[test]
    fn lists_and_bold_words_of_the_narration_are_such_on_the_page() {
        let mut listed = tutorial();
        listed.scenes[0].narration = "To do:\n\n- **Save** <it>\n- Close\n\n3. c\n4. d".into();
        let (_root, _, folder) = published(&listed);
        let page = fs::read_to_string(folder.join("index.html")).unwrap();
        let lines: String = page.lines().map(str::trim).collect();
        for shown in [
            "<p>To do:</p><ul><li><strong>Save</strong> &#60;it&#62;</li><li>Close</li></ul>",
            "<ol start=\"3\"><li>c</li><li>d</li></ol>",
        ] {
            assert!(lines.contains(shown), "{page}");
        }
    }

    #[test]
    fn what_people_write_is_inert_in_markdown() {
        let (_root, _, folder) = published(&tutorial());
        let page = fs::read_to_string(folder.join("index.md")).unwrap();
        for escaped in ["\\<safely\\>", "\\*well\\*", "Pass\\|word", "1\\. You are in."] {
            assert!(page.contains(escaped), "{escaped} in {page}");
        }
    }

    #[test]
    fn no_secret_is_on_a_page_wherever_it_came_from() {
        crate::redact::protect(&"published-Value-73".into());
        let mut manifest = tutorial();
        manifest.title = "Say published-Value-73".into();
        manifest.introduction = "It is published-Value-73.".into();
        manifest.scenes = vec![scene(
            "login.png",
            "Type **published-Value-73**.",
            &["published-Value-73", "Password"],
        )];
        let (_root, _, folder) = published(&manifest);
        for page in ["index.html", "index.md"] {
            let page = fs::read_to_string(folder.join(page)).unwrap();
            assert!(!page.contains("published-Value-73"), "{page}");
            assert!(page.matches("secret").count() >= 4, "{page}");
        }
        let manifest = String::from_utf8(manifest.to_bytes().unwrap()).unwrap();
        assert!(!manifest.contains("published-Value-73"), "{manifest}");
    }

    #[test]
    fn a_missing_picture_is_named_and_nothing_is_published() {
        let root = tempfile::tempdir().unwrap();
        let error = publish(&tutorial(), root.path(), &root.path().join("out"), &PAGES, &mut |_| ())
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("login.png") && error.contains("Play the tutorial"),
            "{error}"
        );
        assert!(!root.path().join("out").exists());
    }

    #[test]
    fn a_picture_outside_the_folder_is_refused() {
        let mut manifest = tutorial();
        manifest.scenes[0].picture = "../login.png".into();
        let root = tempfile::tempdir().unwrap();
        assert!(matches!(
            publish(&manifest, root.path(), root.path(), &PAGES, &mut |_| ()),
            Err(PublishError::Name(_))
        ));
    }
}
