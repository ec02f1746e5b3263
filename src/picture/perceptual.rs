//! A picture as the eye takes it in: CSS pixels, slightly blurred, in a colour space that knows what differs to us.

use super::pixels::Picture;

/// Edge of a cell, in CSS pixels: about one character of 14 px text.
pub const CELL: u32 = 8;

/// A move in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

/// Luma and the two chromas of YIQ, each weighted so that the Euclidean distance is the perceived one.
type Colour = [f32; 3];

/// A picture reduced to CSS pixels.
pub struct PerceptualImage {
    width: u32,
    height: u32,
    colours: Vec<Colour>,
    /// For each cell, the distance between its extreme colours.
    contrasts: Vec<f32>,
}

impl PerceptualImage {
    pub fn new(picture: &Picture, scale: f64) -> Self {
        let step = (scale.round() as u32).max(1);
        let (width, height) = (picture.width().div_ceil(step), picture.height().div_ceil(step));
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let colours = places
            .map(|(x, y)| perceived(mean(picture, x * step, y * step, step)))
            .collect();
        let mut seen = Self {
            width,
            height,
            colours,
            contrasts: Vec::new(),
        };
        seen.blur();
        let (columns, rows) = seen.cells();
        seen.contrasts = (0..rows * columns)
            .map(|i| seen.contrast_in(i % columns, i / columns))
            .collect();
        seen
    }

    /// Columns and rows of cells, the last of them perhaps reaching beyond the picture.
    pub fn cells(&self) -> (u32, u32) {
        (self.width.div_ceil(CELL), self.height.div_ceil(CELL))
    }

    pub fn contrast(&self, column: u32, row: u32) -> f32 {
        self.contrasts[(row * self.cells().0 + column) as usize]
    }

    /// Root mean square of the colour distances between a cell and its like in the other picture at an offset; 0 to 255.
    pub fn distance(&self, other: &Self, (column, row): (u32, u32), offset: Offset) -> f32 {
        let squares: f32 = places_in(column, row)
            .map(|(x, y)| square_distance(self.at(x, y), other.at(x + offset.x, y + offset.y)))
            .sum();
        (squares / (CELL * CELL) as f32).sqrt()
    }

    fn contrast_in(&self, column: u32, row: u32) -> f32 {
        let (mut low, mut high) = ([f32::MAX; 3], [f32::MIN; 3]);
        for (x, y) in places_in(column, row) {
            let colour = self.at(x, y);
            for channel in 0..3 {
                low[channel] = low[channel].min(colour[channel]);
                high[channel] = high[channel].max(colour[channel]);
            }
        }
        square_distance(low, high).sqrt()
    }

    /// The colour at a place; beyond the edge, that of the edge.
    fn at(&self, x: i32, y: i32) -> Colour {
        let x = x.clamp(0, self.width as i32 - 1) as usize;
        let y = y.clamp(0, self.height as i32 - 1) as usize;
        self.colours[y * self.width as usize + x]
    }

    /// A pixel, half of each neighbour: enough that where within a pixel a stroke stands no longer counts.
    fn blur(&mut self) {
        let places = |seen: &Self| {
            let (width, height) = (seen.width as i32, seen.height as i32);
            (0..height).flat_map(move |y| (0..width).map(move |x| (x, y)))
        };
        self.colours = places(self)
            .map(|(x, y)| blend(self.at(x - 1, y), self.at(x, y), self.at(x + 1, y)))
            .collect();
        self.colours = places(self)
            .map(|(x, y)| blend(self.at(x, y - 1), self.at(x, y), self.at(x, y + 1)))
            .collect();
    }
}

fn places_in(column: u32, row: u32) -> impl Iterator<Item = (i32, i32)> {
    let (left, top) = ((column * CELL) as i32, (row * CELL) as i32);
    (top..top + CELL as i32).flat_map(move |y| (left..left + CELL as i32).map(move |x| (x, y)))
}

fn mean(picture: &Picture, left: u32, top: u32, step: u32) -> [f32; 3] {
    let (right, bottom) = ((left + step).min(picture.width()), (top + step).min(picture.height()));
    let mut sum = [0; 3];
    for y in top..bottom {
        for x in left..right {
            let pixel = picture.pixel(x, y);
            for channel in 0..3 {
                sum[channel] += u32::from(pixel[channel]);
            }
        }
    }
    sum.map(|sum| sum as f32 / ((right - left) * (bottom - top)) as f32)
}

/// YIQ with the weights that Kotsarenko and Ramos fitted to perceived difference ("Measuring perceived color difference
/// using YIQ NTSC transmission color space in mobile applications", 2010), applied as their square roots.
fn perceived([red, green, blue]: [f32; 3]) -> Colour {
    let luma = 0.298_895 * red + 0.586_622 * green + 0.114_483 * blue;
    let in_phase = 0.595_978 * red - 0.274_176 * green - 0.321_802 * blue;
    let quadrature = 0.211_470 * red - 0.522_617 * green + 0.311_147 * blue;
    [
        luma * 0.5053_f32.sqrt(),
        in_phase * 0.299_f32.sqrt(),
        quadrature * 0.1957_f32.sqrt(),
    ]
}

fn square_distance(one: Colour, other: Colour) -> f32 {
    (0..3).map(|channel| (one[channel] - other[channel]).powi(2)).sum()
}

fn blend(before: Colour, at: Colour, after: Colour) -> Colour {
    std::array::from_fn(|channel| (before[channel] + 2.0 * at[channel] + after[channel]) / 4.0)
}
