//! The portal that each scenario gets where no address is given: the mock IP Portal, if Docent was built with it.

use jiff::Timestamp;

use super::CliError;
use crate::portal::PortalSource;
use crate::secrets::Secrets;

/// A portal for each scenario, and the moment at which its clock stands still: this one, or the training's.
#[cfg(feature = "mock-portal")]
#[expect(clippy::unnecessary_wraps, reason = "without the mock portal there is none")]
pub(super) fn own_portal(moment: Option<Timestamp>) -> Result<(Timestamp, PortalSource), CliError> {
    let portals = crate::mock::MockPortals::frozen(moment);
    Ok((portals.now(), PortalSource::Own(std::sync::Arc::new(portals))))
}

#[cfg(not(feature = "mock-portal"))]
pub(super) fn own_portal(_: Option<Timestamp>) -> Result<(Timestamp, PortalSource), CliError> {
    Err(CliError::Usage(
        "there is no site to play on: this Docent was built without the mock IP Portal\n  \
         give --base-url (DOCENT_BASE_URL, base-url in docent.toml), or build Docent with the feature mock-portal"
            .to_owned(),
    ))
}

/// With the secrets that the mock portal's people and Offices have.
#[cfg_attr(not(feature = "mock-portal"), expect(unused_mut, reason = "there are none to add"))]
pub(super) fn with_those_of_the_mock(mut secrets: Secrets) -> Secrets {
    #[cfg(feature = "mock-portal")]
    crate::mock::declare_secrets(&mut secrets);
    secrets
}
