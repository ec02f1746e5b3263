//! What scenarios are played on: a portal elsewhere, or one that is started for each of them.

use std::any::Any;
use std::error::Error;
use std::sync::Arc;

use futures::future::BoxFuture;
use jiff::Timestamp;

/// What steps set a portal by, other than through its pages: they know its type.
pub(crate) type Control = Arc<dyn Any + Send + Sync>;

/// Why a portal could not be started.
pub(crate) type StartError = Box<dyn Error + Send + Sync>;

/// A portal that was started for one scenario.
pub(crate) trait OwnPortal: Send {
    /// Where it is, without a slash at its end.
    fn address(&self) -> &str;

    /// What steps set it by.
    fn control(&self) -> Control;

    /// The requests that it has answered, a line each.
    fn requests(&self) -> String;

    /// Ends it.
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// Starts a portal for a scenario.
pub(crate) trait StartPortal: Send + Sync {
    /// A new one, whose clock stands still at a moment if there is one.
    fn start(&self, frozen_at: Option<Timestamp>) -> BoxFuture<'_, Result<Box<dyn OwnPortal>, StartError>>;
}

/// Where the portal is.
#[derive(Clone)]
pub(crate) enum PortalSource {
    /// Each scenario gets one of its own.
    #[cfg_attr(
        not(feature = "mock-portal"),
        expect(dead_code, reason = "there is no portal to start")
    )]
    Own(Arc<dyn StartPortal>),
    /// All scenarios share the portal at this address.
    At(String),
}
