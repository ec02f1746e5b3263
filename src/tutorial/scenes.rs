//! Divides a tutorial's scenario into scenes: a step with a doc string and the steps without one that follow it.

use std::path::PathBuf;

/// A step, as far as it matters to scenes.
#[derive(Debug, Clone)]
pub struct Played<'a> {
    /// Line of the feature file.
    pub line: usize,
    /// The step's doc string.
    pub narration: Option<&'a str>,
    /// Whether it clicks.
    pub clicks: bool,
    /// Whether it opens another page.
    pub opens: bool,
    /// Whether it is played without being shown.
    pub off_camera: bool,
}

/// One scene: which steps it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneSpan {
    /// Index of the narrated step.
    pub opens: usize,
    /// Index of the last step that is shown.
    pub closes: usize,
}

/// Why a scenario is no tutorial.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SceneError {
    /// No step has a doc string.
    #[error("{}:{line}: this tutorial has no scene\n  write what the learner reads as a doc string (\"\"\" … \"\"\") under a step", path.display())]
    None {
        /// The feature file.
        path: PathBuf,
        /// Line of the scenario.
        line: usize,
    },
    /// A doc string is empty.
    #[error("{}:{line}: this scene has no words\n  write what the learner reads between the quotation marks", path.display())]
    Wordless {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
    },
    /// A scene goes on after its click, when the page of its picture is gone.
    #[error(
        "{}:{line}: this step follows the click of line {click} in the same scene, but a scene's one click comes last\n  \
         give this step words of its own to begin a new scene, or write \"off camera, \" before it",
        path.display()
    )]
    AfterClick {
        /// The feature file.
        path: PathBuf,
        /// Line of the step that follows.
        line: usize,
        /// Line of the click.
        click: usize,
    },
    /// A scene goes on to another page, which its picture would then show.
    #[error(
        "{}:{line}: this step opens another page within the scene of line {scene}, whose picture would show that page\n  \
         give this step words of its own to begin a new scene, or write \"off camera, \" before it and have nothing shown after it",
        path.display()
    )]
    OpensWithin {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
        /// Line of the scene's first step.
        scene: usize,
    },
    /// A scene goes on after another page was opened off camera.
    #[error(
        "{}:{line}: this step belongs to the scene of line {scene}, but line {opening} has opened another page, which the scene's \
         picture would show\n  give this step words of its own to begin a new scene, or write \"off camera, \" before it",
        path.display()
    )]
    AfterOpening {
        /// The feature file.
        path: PathBuf,
        /// Line of the step that follows.
        line: usize,
        /// Line of the scene's first step.
        scene: usize,
        /// Line of the step that opens another page.
        opening: usize,
    },
    /// A narrated step is not shown.
    #[error("{}:{line}: a scene can't begin off camera\n  take \"off camera, \" or the words away", path.display())]
    NarratedOffCamera {
        /// The feature file.
        path: PathBuf,
        /// Line of the step.
        line: usize,
    },
}

/// Divides steps into scenes.
///
/// # Errors
/// [`SceneError`] of the first step that breaks a rule.
pub fn divide(path: &std::path::Path, line: usize, steps: &[Played]) -> Result<Vec<SceneSpan>, SceneError> {
    let mut scenes: Vec<SceneSpan> = Vec::new();
    let mut opening = None;
    for (index, step) in steps.iter().enumerate() {
        if let Some(words) = step.narration {
            check_opening(path, step, words)?;
            opening = None;
            scenes.push(SceneSpan {
                opens: index,
                closes: index,
            });
        } else if step.off_camera {
            opening = opening.or(step.opens.then_some(step.line));
        } else if let Some(scene) = scenes.last_mut() {
            let [first, last] = [scene.opens, scene.closes].map(|index| &steps[index]);
            check_following(path, step, first, last, opening)?;
            scene.closes = index;
        }
    }
    if scenes.is_empty() {
        let path = path.to_owned();
        return Err(SceneError::None { path, line });
    }
    Ok(scenes)
}

/// A step that is shown may follow others in its scene as long as the page of its picture is there.
fn check_following(
    path: &std::path::Path,
    step: &Played,
    first: &Played,
    last: &Played,
    opening: Option<usize>,
) -> Result<(), SceneError> {
    let (path, line, scene) = (path.to_owned(), step.line, first.line);
    match opening {
        _ if last.clicks => Err(SceneError::AfterClick {
            path,
            line,
            click: last.line,
        }),
        _ if step.opens => Err(SceneError::OpensWithin { path, line, scene }),
        Some(opening) => Err(SceneError::AfterOpening {
            path,
            line,
            scene,
            opening,
        }),
        None => Ok(()),
    }
}

fn check_opening(path: &std::path::Path, step: &Played, words: &str) -> Result<(), SceneError> {
    let (path, line) = (path.to_owned(), step.line);
    if words.trim().is_empty() {
        Err(SceneError::Wordless { path, line })
    } else if step.off_camera {
        Err(SceneError::NarratedOffCamera { path, line })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    const SETUP: Played = Played {
        line: 1,
        narration: None,
        clicks: false,
        opens: false,
        off_camera: false,
    };
    const NARRATED: Played = Played {
        line: 2,
        narration: Some("Look."),
        ..SETUP
    };
    const CLICK: Played = Played {
        line: 3,
        clicks: true,
        ..SETUP
    };
    const UNSEEN: Played = Played {
        line: 4,
        off_camera: true,
        ..SETUP
    };

    const OPENING: Played = Played {
        line: 5,
        opens: true,
        ..SETUP
    };

    fn scenes(steps: &[Played]) -> Result<Vec<(usize, usize)>, SceneError> {
        divide(Path::new("a.feature"), 1, steps)
            .map(|scenes| scenes.iter().map(|scene| (scene.opens, scene.closes)).collect())
    }

    #[test]
    fn a_scene_goes_on_to_the_next_narrated_step() {
        let steps = [SETUP, NARRATED, SETUP, CLICK, NARRATED, SETUP];
        assert_eq!(scenes(&steps).unwrap(), [(1, 3), (4, 5)]);
    }

    #[test]
    fn steps_off_camera_may_follow_the_click() {
        assert_eq!(scenes(&[NARRATED, CLICK, UNSEEN, NARRATED]).unwrap(), [(0, 1), (3, 3)]);
    }

    #[test]
    fn a_step_after_the_click_is_refused() {
        let error = scenes(&[NARRATED, CLICK, SETUP]).unwrap_err();
        assert!(
            matches!(error, SceneError::AfterClick { line: 1, click: 3, .. }),
            "{error}"
        );
    }

    #[test]
    fn a_scene_may_begin_with_another_page_but_not_go_on_to_one() {
        let narrated = Played {
            narration: Some("Look."),
            ..OPENING
        };
        let unseen = Played {
            off_camera: true,
            ..OPENING
        };
        assert_eq!(
            scenes(&[OPENING, narrated, SETUP, unseen.clone(), NARRATED]).unwrap(),
            [(1, 2), (4, 4)]
        );
        let error = scenes(&[NARRATED, OPENING]).unwrap_err();
        assert!(
            matches!(error, SceneError::OpensWithin { line: 5, scene: 2, .. }),
            "{error}"
        );
        let error = scenes(&[NARRATED, unseen, UNSEEN, SETUP]).unwrap_err();
        assert!(
            matches!(
                error,
                SceneError::AfterOpening {
                    line: 1,
                    scene: 2,
                    opening: 5,
                    ..
                }
            ),
            "{error}"
        );
    }

    #[test]
    fn a_tutorial_without_words_is_refused() {
        assert!(matches!(scenes(&[SETUP, CLICK]), Err(SceneError::None { .. })));
        let wordless = Played {
            narration: Some("  \n"),
            ..NARRATED
        };
        assert!(matches!(scenes(&[wordless]), Err(SceneError::Wordless { line: 2, .. })));
    }
}
