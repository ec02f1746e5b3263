//! Sizes of what marks consist of, in CSS pixels.

/// Width of an outline's core.
pub const STROKE: f64 = 3.0;
/// Width of the white seam on each side of it.
pub const HALO: f64 = 1.0;
/// Of the disc below a number.
pub const BADGE_RADIUS: f64 = 13.0;
pub const POINTER_WIDTH: f64 = 18.0;
pub const POINTER_HEIGHT: f64 = 27.0;
