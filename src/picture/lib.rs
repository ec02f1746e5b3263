//! Pictures: reading, writing, comparing, marking and animating them.
//!
//! Knows nothing of browsers, tutorials or files; it is the only place that names the PNG and drawing crates.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic: pictures are far smaller than any of these types' limits, and lengths are rounded on purpose"
)]

pub mod animation;
pub mod area;
mod changed;
pub mod compare;
mod cover;
pub mod difference;
mod even;
pub mod marks;
mod perceptual;
mod pixels;
pub mod png;

pub use area::Area;
pub use compare::{Changes, Comparison, Tolerance, compare};
pub use difference::difference;
pub use image::ImageError;
pub use marks::{Mark, draw_marks, fade_focus_ring};
pub use pixels::Picture;
