//! The page as it was, for reports.

use crate::area::Area;
use crate::secrets::SecretValues;

/// The window as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// As PNG, with everything that was shown.
    pub png: Vec<u8>,
    /// Width of the viewport in CSS pixels.
    pub width: f64,
    /// What must be covered before anybody sees it.
    pub concealed: Vec<Area>,
}

/// What is kept of the page as the step found it.
#[derive(Debug, Default)]
pub enum WaitSnapshot {
    /// Nothing, and nothing shall be.
    #[default]
    Unwanted,
    /// Nothing yet. A picture shows where these texts stand.
    Wanted(SecretValues),
    /// This.
    Kept(Snapshot),
}
