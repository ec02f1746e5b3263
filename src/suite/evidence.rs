//! What the page looked like when a scenario failed, without any secret.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::plan::PlannedScenario;
use crate::files::slug;
use crate::world::World;

/// A page that does not answer is not waited for longer than this.
const LIMIT: Duration = Duration::from_secs(5);

/// Writes picture and source of the page below `reports`; returns the files written.
pub(super) async fn gather(reports: &Path, scenario: &PlannedScenario, world: &World) -> Vec<PathBuf> {
    let folder = reports.join(slug(&format!("{} {}", scenario.name, scenario.line)));
    if fs::create_dir_all(&folder).is_err() {
        return Vec::new();
    }
    let gathered = async {
        let masked = world.page.mask(&world.secrets.values()).await;
        let source = world
            .page
            .source()
            .await
            .ok()
            .map(|source| world.secrets.scrub(&source).into_bytes());
        // Unmasked, the picture might show what must not be told.
        let picture = match masked {
            Ok(()) => world.page.snapshot().await.ok(),
            Err(_) => None,
        };
        [("page.png", picture), ("page.html", source)]
    };
    let Ok(files) = tokio::time::timeout(LIMIT, gathered).await else {
        return Vec::new();
    };
    files
        .into_iter()
        .filter_map(|(name, bytes)| {
            let path = folder.join(name);
            fs::write(&path, bytes?).ok().map(|()| path)
        })
        .collect()
}
