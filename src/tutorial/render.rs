//! Decodes what the browser took, and encodes it as it is kept.

use std::thread;

use super::TutorialError;
use super::camera::Shot;
use crate::aria::Twin;
use crate::picture::Picture;

/// A scene's picture, ready to be compared.
pub(super) struct RenderedScreenshot {
    pub picture: Picture,
    pub png: Vec<u8>,
    /// What it says.
    pub twin: Twin,
}

/// Decodes and encodes, on all cores.
pub(super) fn render(shots: &[Shot]) -> Result<Vec<RenderedScreenshot>, TutorialError> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = shots.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = shots
            .chunks(share)
            .map(|shots| scope.spawn(|| shots.iter().map(render_one).collect::<Vec<_>>()))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|_| vec![Err(TutorialError::EncoderPanicked)])
            })
            .collect()
    })
}

fn render_one(shot: &Shot) -> Result<RenderedScreenshot, TutorialError> {
    let picture = Picture::decode(&shot.png)?;
    let png = picture.encode();
    let twin = shot.twin.clone();
    Ok(RenderedScreenshot { picture, png, twin })
}
