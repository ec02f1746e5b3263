//! Whether a small part of a picture is in another, away by a part of a pixel and painted anew there.

use super::super::pixels::Picture;
use super::tolerance::Tolerance;

/// Steps in a CSS pixel.
const FRACTIONS: i32 = 4;

type Colour = [f32; 3];

/// A square part of a picture, slightly blurred, with a margin around.
pub(super) struct Patch {
    /// Without the margin.
    side: i32,
    margin: i32,
    colours: Vec<Colour>,
}

impl Patch {
    /// The square with this upper left corner. The margin holds `reach` pixels, and one more for the parts of pixels.
    pub fn of(picture: &Picture, (left, top): (i32, i32), side: i32, reach: i32) -> Self {
        let margin = reach + 2;
        let places = |side: i32| (0..side).flat_map(move |y| (0..side).map(move |x| (x, y)));
        let colour = |x: i32, y: i32| {
            let x = (left + x - margin).clamp(0, picture.width as i32 - 1);
            let y = (top + y - margin).clamp(0, picture.height as i32 - 1);
            picture.pixel(x as u32, y as u32).map(f32::from)
        };
        let colours = places(side + 2 * margin).map(|(x, y)| blurred(|right, down| colour(x + right, y + down)));
        Self {
            side,
            margin,
            colours: colours.collect(),
        }
    }

    /// Whether the whole of this patch is in another, by the best of all moves, up to a part of its contrast.
    pub fn is_in(&self, other: &Self, reach: i32, limit: f32) -> bool {
        let limit = (limit * self.contrast()).max(Tolerance::FLAT);
        let whole = (-reach..=reach).flat_map(|y| (-reach..=reach).map(move |x| (x as f32, y as f32)));
        let nearest = whole.min_by(|a, b| self.distance(other, *a).total_cmp(&self.distance(other, *b)));
        let (right, down) = nearest.unwrap_or_default();
        let parts = -FRACTIONS..=FRACTIONS;
        let part = |part: i32| part as f32 / FRACTIONS as f32;
        parts.clone().any(|y| {
            let mut across = parts.clone();
            across.any(|x| self.distance(other, (right + part(x), down + part(y))) <= limit)
        })
    }

    /// Root mean square of the differences of all channels.
    fn distance(&self, other: &Self, (right, down): (f32, f32)) -> f32 {
        let places = (0..self.side).flat_map(|y| (0..self.side).map(move |x| (x, y)));
        let squares: f32 = places
            .map(|(x, y)| {
                let (here, there) = (self.at(x, y), other.between(x as f32 + right, y as f32 + down));
                (0..3)
                    .map(|channel| (here[channel] - there[channel]).powi(2))
                    .sum::<f32>()
            })
            .sum();
        (squares / (3 * self.side.pow(2)) as f32).sqrt()
    }

    /// The colour at a place, or the nearest that is known.
    fn at(&self, x: i32, y: i32) -> Colour {
        let width = self.side + 2 * self.margin;
        let inside = |at: i32| (at + self.margin).clamp(0, width - 1);
        self.colours[(inside(y) * width + inside(x)) as usize]
    }

    /// The colour between four pixels.
    fn between(&self, x: f32, y: f32) -> Colour {
        let (left, top) = (x.floor(), y.floor());
        let (right, down) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let across = |y: i32| mixed(self.at(left, y), self.at(left + 1, y), right);
        if right == 0.0 && down == 0.0 {
            self.at(left, top)
        } else {
            mixed(across(top), across(top + 1), down)
        }
    }

    fn contrast(&self) -> f32 {
        let places = (0..self.side).flat_map(|y| (0..self.side).map(move |x| (x, y)));
        let (mut low, mut high) = ([f32::MAX; 3], [f32::MIN; 3]);
        for (x, y) in places {
            let colour = self.at(x, y);
            for channel in 0..3 {
                low[channel] = low[channel].min(colour[channel]);
                high[channel] = high[channel].max(colour[channel]);
            }
        }
        (0..3).map(|channel| high[channel] - low[channel]).fold(0.0, f32::max)
    }
}

fn mixed(one: Colour, other: Colour, part: f32) -> Colour {
    std::array::from_fn(|channel| one[channel] * (1.0 - part) + other[channel] * part)
}

/// A pixel, half of each of its neighbours.
fn blurred(colour: impl Fn(i32, i32) -> Colour) -> Colour {
    const WEIGHTS: [(i32, f32); 3] = [(-1, 0.25), (0, 0.5), (1, 0.25)];
    let mut sum = [0.0; 3];
    for (down, vertical) in WEIGHTS {
        for (right, horizontal) in WEIGHTS {
            let colour = colour(right, down);
            for channel in 0..3 {
                sum[channel] += colour[channel] * vertical * horizontal;
            }
        }
    }
    sum
}
