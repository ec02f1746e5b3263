//! Animated pictures.

use std::time::Duration;

use image::codecs::gif::{GifEncoder, Repeat};
use image::imageops::{FilterType, resize};
use image::{Delay, Frame, ImageResult, RgbaImage};

use super::pixels::Picture;

/// A picture of an animation.
pub struct AnimationFrame {
    /// What is shown.
    pub picture: Picture,
    /// For how long.
    pub shown: Duration,
}

/// A GIF that begins again after its last picture.
///
/// # Errors
/// As the encoder says: frames without pixels, or with more than 65,535 in a row.
pub fn encode_gif(frames: impl Iterator<Item = AnimationFrame>) -> ImageResult<Vec<u8>> {
    /// From 1 to 30: how coarsely colours are sampled.
    const SPEED: i32 = 10;
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, SPEED);
    encoder.set_repeat(Repeat::Infinite)?;
    for AnimationFrame { picture, shown } in frames {
        let buffer = RgbaImage::from_raw(picture.width, picture.height, picture.rgba).unwrap_or_default();
        let delay = Delay::from_saturating_duration(shown);
        encoder.encode_frame(Frame::from_parts(buffer, 0, 0, delay))?;
    }
    drop(encoder);
    Ok(bytes)
}

impl Picture {
    /// It as wide as this, in pixels; it is not enlarged.
    #[must_use]
    pub fn scaled_to(&self, width: u32) -> Self {
        if width >= self.width || self.height == 0 {
            return self.clone();
        }
        let height = (f64::from(self.height) * f64::from(width) / f64::from(self.width)).round() as u32;
        let whole = RgbaImage::from_raw(self.width, self.height, self.rgba.clone()).unwrap_or_default();
        let scaled = resize(&whole, width, height.max(1), FilterType::CatmullRom);
        Self {
            width: scaled.width(),
            height: scaled.height(),
            rgba: scaled.into_raw(),
        }
    }
}

#[cfg(test)]
mod tests {
    use image::AnimationDecoder;
    use image::codecs::gif::GifDecoder;

    use super::*;

    #[test]
    fn an_animation_has_its_pictures_as_long_as_they_are_shown() {
        let frame = |colour, seconds| AnimationFrame {
            picture: Picture::blank(8, 4, colour),
            shown: Duration::from_secs(seconds),
        };
        let bytes = encode_gif([frame([255, 0, 0], 2), frame([0, 0, 255], 5)].into_iter()).unwrap();
        let frames = GifDecoder::new(std::io::Cursor::new(bytes)).unwrap().into_frames();
        let frames = frames.collect_frames().unwrap();
        let shown: Vec<_> = frames.iter().map(|frame| Duration::from(frame.delay())).collect();
        assert_eq!(shown, [Duration::from_secs(2), Duration::from_secs(5)]);
        assert_eq!(frames[1].buffer().get_pixel(3, 2).0, [0, 0, 255, 255]);
    }

    #[test]
    fn a_picture_is_scaled_down_and_never_up() {
        let picture = Picture::blank(1000, 500, [1, 2, 3]);
        let small = picture.scaled_to(100);
        assert_eq!(
            (small.width(), small.height(), small.pixel(50, 25)),
            (100, 50, [1, 2, 3])
        );
        assert!(picture.scaled_to(2000) == picture);
    }
}
