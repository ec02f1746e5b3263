//! Finds a browser and its driver, and gets them where there are none.

use super::fetch::fetch;
use super::find::{FindError, Installed, Wanted, find_on};
use super::progress::Progress;
use super::system::System;

/// Finds a browser and its driver, and gets them when there are none: as root on Debian by apt, elsewhere Chrome for
/// Testing into the cache. It gets nothing when [the settings name something](Wanted::names_nothing).
///
/// Blocks, for minutes when it has to download.
pub fn find_or_fetch(wanted: &Wanted, progress: &dyn Progress) -> Result<Installed, FindError> {
    find_or_fetch_on(&System::this(), wanted, progress)
}

/// [`find_or_fetch`] on a system as described.
pub fn find_or_fetch_on(system: &System, wanted: &Wanted, progress: &dyn Progress) -> Result<Installed, FindError> {
    match find_on(system, wanted) {
        Err(FindError::Missing { missing, advice }) if wanted.names_nothing() => {
            progress.say(&missing.to_string());
            let is_found = || find_on(system, wanted).is_ok();
            fetch(system, &wanted.cache, progress, is_found)
                .map_err(Box::new)
                .map_err(|why| FindError::NotFetched { missing, why, advice })?;
            find_on(system, wanted)
        }
        found => found,
    }
}
