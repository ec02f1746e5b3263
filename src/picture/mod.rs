//! Pictures: reading, writing, comparing and marking them, and keeping the accepted ones on disk.
//!
//! Knows nothing of browsers or tutorials; it is the only place that names the PNG and drawing crates.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: pictures are far smaller than any of these types' limits, and lengths are rounded on purpose"
)]

pub mod animation;
pub mod baseline_folder;
mod changed;
pub mod compare;
mod cover;
pub mod difference;
mod even;
pub mod marks;
mod perceptual;
mod pixels;
pub mod png;

pub use compare::{Changes, Comparison, Tolerance, compare};
pub use difference::difference;
pub use marks::{Mark, draw_marks, fade_focus_ring};
pub use pixels::Picture;
