//! The marked pictures, drawn on as many threads as there are processors.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::files;
use crate::picture::{Mark, Picture, draw_marks};
use crate::tutorial::manifest::Target;

use super::{PublishError, Step};

/// Draws every step's picture and, only if all could be drawn, writes them.
pub fn write_all(
    steps: &[Step<'_>],
    scale: f64,
    pictures: &Path,
    folder: &Path,
) -> Result<(), PublishError> {
    let next = AtomicUsize::new(0);
    let draw_some = || {
        let mut drawn = Vec::new();
        while let Some(step) = steps.get(next.fetch_add(1, Ordering::Relaxed)) {
            drawn.push((step, draw(step, scale, pictures)?));
        }
        Ok::<_, PublishError>(drawn)
    };
    let drawn = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, Into::into);
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(draw_some)).collect();
        workers
            .into_iter()
            .map(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect::<Result<Vec<_>, _>>()
    })?;
    for (step, bytes) in drawn.into_iter().flatten() {
        files::write_if_changed(&folder.join(&step.picture), &bytes)?;
    }
    Ok(())
}

fn draw(step: &Step<'_>, scale: f64, pictures: &Path) -> Result<Vec<u8>, PublishError> {
    let path = pictures.join(&step.scene.picture);
    let Some(bytes) = files::read(&path)? else {
        return Err(PublishError::Missing(path));
    };
    if step.scene.targets.is_empty() {
        return Ok(bytes);
    }
    let clean = Picture::decode(&bytes).map_err(|source| PublishError::Damaged { path, source })?;
    Ok(draw_marks(&clean, scale, &marks(&step.scene.targets)).encode())
}

/// Numbered only where there are several.
fn marks(targets: &[Target]) -> Vec<Mark> {
    let number = |number| (targets.len() > 1).then_some(number);
    let mark = |(n, target): (u32, &Target)| Mark {
        area: target.area,
        number: number(n),
        clicked: target.clicked,
    };
    (1..).zip(targets).map(mark).collect()
}
