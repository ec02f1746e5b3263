//! What two pictures may differ in and still show the same.

/// What separates another rendering from another content. Lengths are in CSS pixels, colours in 0 to 255.
///
/// Measured on a dashboard (1280×800, 14 px Noto Sans) as the worst cell's distance over its limit, at scale 1 and 2.
/// Renderings, limit 1.3: chromium against chromium-headless-shell with hinting none or slight, with and without subpixel
/// positioning up to 1.15 and 1.07; against full hinting at scale 2 up to 1.18. Changes: a digit 1.9 and 1.7, a tile's 3
/// to 8 1.4 and 1.6, "Pair" to "Link" 1.6 and 1.6, a button moved by 4 2.7 and 1.6, a button 10 % darker 2.2, a tick 10.
/// Two things lie on the wrong side: full hinting at scale 1 (letters on whole pixels) differs from the rest by 2.0, and
/// one letter in a line of 14 px text ("paired", "pained") goes unseen at 1.0, unless one browser has painted both.
pub struct Tolerance;

impl Tolerance {
    /// How far anything may stand from where it stood. Rounding of text widths moved a button's edge by 3.
    pub const MOVED: i32 = 3;
    /// How far text may have drifted in all, a pixel per cell at most, along a line or from row to row. Rounding of
    /// letter widths made a 240 px heading 10 px shorter, and a list of six rows 5 px higher.
    pub const DRIFTED: i32 = 12;
    /// Distance that counts as no difference in a cell of one colour. A button made 10 % darker differs by 7.
    pub(super) const FLAT: f32 = 3.0;
    /// What is added per unit of contrast in the cell: the edges of letters and lines.
    pub(super) const CONTRAST: f32 = 0.2;
    /// A cell that goes over its limit by no more than this is a near miss: it does not count, nor pass a drift on.
    pub(super) const NEAR_MISS: f32 = 1.3;
    /// From this contrast on a cell has something in it that can be seen to have drifted.
    pub(super) const INK: f32 = 16.0;

    /// The tolerance in a sentence, for reports.
    #[must_use]
    pub fn explain() -> &'static str {
        "Pictures count as alike when everything on the one is found on the other within 3 pixels of its place and in the \
         same colours; only how the edges of letters are smoothed, and how text widths are rounded, may differ."
    }
}
