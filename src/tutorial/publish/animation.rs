//! `tutorial.gif`: the annotated screenshots one after the other, for a README or a mail.

use std::path::Path;
use std::time::Duration;

use super::each::for_each;
use super::error::PublishError;
use super::screenshot::Screenshot;
use super::step::Step;
use crate::picture::animation::{AnimationFrame, encode_gif};
use crate::picture::draw_marks;
use crate::tutorial::manifest::Viewport;
use crate::tutorial::narration::plain;

/// Mail servers and code hosts take attachments of this size everywhere, in bytes.
const LARGEST: usize = 5_000_000;
/// Widths to be tried, the widest first, in pixels.
const WIDTHS: [u32; 4] = [960, 800, 640, 480];
/// Letters that an adult reads in a second without effort: subtitles are given some 15 (BBC Subtitle Guidelines: 160 to 180 words a minute).
const LETTERS_A_SECOND: f64 = 15.;

/// The whole animation.
pub(super) fn animation(steps: &[Step<'_>], viewport: Viewport, pictures: &Path) -> Result<Vec<u8>, PublishError> {
    let drawn = for_each(steps, |step| {
        let Screenshot { picture, marks, .. } = Screenshot::read(step, viewport, pictures)?;
        Ok(draw_marks(&picture, viewport.scale, &marks))
    })?;
    let mut bytes = Vec::new();
    for width in WIDTHS {
        let frames = drawn.iter().map(|(step, picture)| AnimationFrame {
            picture: picture.scaled_to(width),
            shown: reading_time(&step.scene.narration),
        });
        bytes = encode_gif(frames).map_err(PublishError::Animation)?;
        if bytes.len() <= LARGEST {
            break;
        }
    }
    Ok(bytes)
}

/// How long a picture is shown: as long as its narration takes to be read, and long enough to be looked at.
fn reading_time(narration: &str) -> Duration {
    let letters = u32::try_from(plain(narration).chars().count()).unwrap_or(u32::MAX);
    Duration::from_secs_f64((f64::from(letters) / LETTERS_A_SECOND).clamp(2.5, 12.))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_shown_as_long_as_its_narration_takes_to_be_read() {
        assert_eq!(reading_time(""), Duration::from_millis(2500));
        assert_eq!(reading_time(&"a".repeat(90)), Duration::from_secs(6));
        assert_eq!(reading_time(&"a".repeat(9000)), Duration::from_secs(12));
    }
}
