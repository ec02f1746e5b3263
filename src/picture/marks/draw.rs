//! The shapes of marks, antialiased. Lengths are in CSS pixels; the canvas knows the scale.

use ab_glyph::{Font, FontRef, ScaleFont};
use tiny_skia::{Color, FillRule, LineJoin, Paint, Path, PathBuilder, PixmapMut, Stroke, Transform};

use crate::pixels::Picture;

use super::place::{Badge, Outline, Pointer};
use super::sizes::{BADGE_RADIUS, HALO, STROKE};

/// Vermillion of the palette that M. Okabe and K. Ito made for all kinds of colour vision ("Color Universal Design",
/// 2008): contrast 4.0 to white, 3.3 to a navy header, and its white halo parts it from greys.
pub const COLOUR: (u8, u8, u8) = (0xd5, 0x5e, 0x00);

const DIGIT_HEIGHT: f32 = 20.0;

/// An arrow, its tip at the origin, drawn into `POINTER_WIDTH` by `POINTER_HEIGHT`, in CSS pixels.
pub const ARROW: [(f32, f32); 7] = [
    (0.0, 0.0),
    (0.0, 22.5),
    (5.2, 17.6),
    (9.2, 26.4),
    (12.8, 24.8),
    (9.0, 16.2),
    (16.2, 16.2),
];

/// A picture to draw on.
pub struct Canvas<'a> {
    picture: &'a mut Picture,
    scale: f32,
}

impl<'a> Canvas<'a> {
    pub fn new(picture: &'a mut Picture, scale: f64) -> Self {
        Self {
            picture,
            scale: scale as f32,
        }
    }

    pub fn outline(&mut self, outline: &Outline) {
        if let Some(path) = rounded(outline) {
            self.stroke(&path, (STROKE + 2.0 * HALO) as f32, white());
            self.stroke(&path, STROKE as f32, coloured());
        }
    }

    pub fn badge(&mut self, badge: &Badge) {
        let (x, y, radius) = (badge.x as f32, badge.y as f32, BADGE_RADIUS as f32);
        for (radius, colour) in [(radius + HALO as f32, white()), (radius, coloured())] {
            if let Some(disc) = PathBuilder::from_circle(x, y, radius) {
                self.fill(&disc, colour);
            }
        }
        self.digits(&badge.number.to_string(), x, y);
    }

    pub fn pointer(&mut self, pointer: &Pointer) {
        let side = if pointer.mirrored { -1.0 } else { 1.0 };
        let mut path = PathBuilder::new();
        for (i, (x, y)) in ARROW.into_iter().enumerate() {
            let (x, y) = (pointer.x as f32 + side * x, pointer.y as f32 + y);
            if i == 0 {
                path.move_to(x, y);
            } else {
                path.line_to(x, y);
            }
        }
        path.close();
        if let Some(arrow) = path.finish() {
            self.stroke(&arrow, 3.0, white());
            self.fill(&arrow, Color::from_rgba8(0x11, 0x11, 0x11, 0xff));
        }
    }

    fn stroke(&mut self, path: &Path, width: f32, colour: Color) {
        let stroke = Stroke {
            width,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let to_pixels = Transform::from_scale(self.scale, self.scale);
        if let Some(mut pixmap) = self.pixmap() {
            pixmap.stroke_path(path, &paint(colour), &stroke, to_pixels, None);
        }
    }

    fn fill(&mut self, path: &Path, colour: Color) {
        let to_pixels = Transform::from_scale(self.scale, self.scale);
        if let Some(mut pixmap) = self.pixmap() {
            pixmap.fill_path(path, &paint(colour), FillRule::Winding, to_pixels, None);
        }
    }

    /// Opaque pixels are the same premultiplied or not, so the picture's own bytes serve; none of an empty picture.
    fn pixmap(&mut self) -> Option<PixmapMut<'_>> {
        PixmapMut::from_bytes(&mut self.picture.rgba, self.picture.width, self.picture.height)
    }

    /// White digits centred on a point; more than two of them are set smaller.
    fn digits(&mut self, digits: &str, x: f32, y: f32) {
        let Ok(font) = FontRef::try_from_slice(notosans::BOLD_TTF) else {
            return;
        };
        let shrink = if digits.len() > 2 {
            2.2 / digits.len() as f32
        } else {
            1.0
        };
        let font = font.into_scaled(DIGIT_HEIGHT * shrink * self.scale);
        let width: f32 = digits.chars().map(|digit| font.h_advance(font.glyph_id(digit))).sum();
        let height = font
            .outline_glyph(font.scaled_glyph('1'))
            .map_or(0.0, |one| one.px_bounds().height());
        let (mut pen, baseline) = (x * self.scale - width / 2.0, y * self.scale + height / 2.0);
        for digit in digits.chars() {
            let mut glyph = font.scaled_glyph(digit);
            glyph.position = ab_glyph::point(pen, baseline);
            pen += font.h_advance(glyph.id);
            if let Some(outlined) = font.outline_glyph(glyph) {
                let corner = outlined.px_bounds().min;
                outlined.draw(|right, down, cover| {
                    self.whiten(corner.x + right as f32, corner.y + down as f32, cover);
                });
            }
        }
    }

    /// Lays white on a pixel, as densely as `cover` (0 to 1) says.
    fn whiten(&mut self, x: f32, y: f32, cover: f32) {
        if x < 0.0 || y < 0.0 || x as u32 >= self.picture.width || y as u32 >= self.picture.height {
            return;
        }
        let start = self.picture.start(x as u32, y as u32);
        for channel in &mut self.picture.rgba[start..start + 3] {
            *channel += (f32::from(255 - *channel) * cover.clamp(0.0, 1.0)) as u8;
        }
    }
}

fn white() -> Color {
    Color::WHITE
}

fn coloured() -> Color {
    Color::from_rgba8(COLOUR.0, COLOUR.1, COLOUR.2, 0xff)
}

fn paint(colour: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(colour);
    paint
}

/// A rectangle with rounded corners; none where it has no extent.
fn rounded(&Outline { area, radius }: &Outline) -> Option<Path> {
    /// Bézier handle for a quarter circle, as a part of its radius.
    const KAPPA: f32 = 0.552_285;
    let (left, top) = (area.x as f32, area.y as f32);
    let (right, bottom) = ((area.x + area.width) as f32, (area.y + area.height) as f32);
    let radius = (radius as f32).min((right - left) / 2.0).min((bottom - top) / 2.0);
    if radius.is_nan() || radius <= 0.0 {
        return None;
    }
    let rest = radius * (1.0 - KAPPA);
    let mut path = PathBuilder::new();
    path.move_to(left + radius, top);
    path.line_to(right - radius, top);
    path.cubic_to(right - rest, top, right, top + rest, right, top + radius);
    path.line_to(right, bottom - radius);
    path.cubic_to(right, bottom - rest, right - rest, bottom, right - radius, bottom);
    path.line_to(left + radius, bottom);
    path.cubic_to(left + rest, bottom, left, bottom - rest, left, bottom - radius);
    path.line_to(left, top + radius);
    path.cubic_to(left, top + rest, left + rest, top, left + radius, top);
    path.close();
    path.finish()
}
