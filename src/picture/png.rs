//! PNG in and out. Equal pixels always give equal bytes: no times, no text, one fixed way of packing.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageError, ImageFormat};

use super::pixels::Picture;

/// Deflate's level, of 1 to 9.
///
/// A dashboard at 2560×1600 (release build, one core of two, the browser's own PNG 229 KB), by level, without a filter:
/// 2: 257 KB in 16 ms; 4: 240 KB in 21 ms; 6: 224 KB in 30 ms; 9: 177 KB in 194 ms. Level 6 costs sixteen pictures half
/// a second on a background thread; level 9 would cost three.
const LEVEL: u8 = 6;

/// Pages are flat areas and repeated glyphs, which deflate finds best in the plain bytes.
///
/// The same page at level 6: none 224 KB, adaptive 238 KB, Paeth 246 KB, up 248 KB, sub 253 KB; all in 21 to 30 ms. A
/// palette is no way out: antialiased text on a few backgrounds gave it 1829 colours.
const FILTER: FilterType = FilterType::NoFilter;

/// Bytes that are no picture we can read.
#[derive(Debug, thiserror::Error)]
#[error("not a PNG picture that can be read: {0}")]
pub struct DecodeError(#[from] ImageError);

impl Picture {
    /// Reads a PNG of any colour type and depth.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let decoded = image::load_from_memory_with_format(bytes, ImageFormat::Png)?.into_rgba8();
        let (width, height) = decoded.dimensions();
        let mut rgba = decoded.into_raw();
        lay_on_white(&mut rgba);
        Ok(Self { width, height, rgba })
    }

    /// Packs the picture as RGB.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut packed = Vec::new();
        let encoder = PngEncoder::new_with_quality(&mut packed, CompressionType::Level(LEVEL), FILTER);
        let written = encoder.write_image(&self.rgb(), self.width, self.height, ExtendedColorType::Rgb8);
        debug_assert!(
            written.is_ok(),
            "a Vec takes all bytes, and they are as many as the picture has"
        );
        packed
    }

    fn rgb(&self) -> Vec<u8> {
        self.rgba
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|&[red, green, blue, _]| [red, green, blue])
            .collect()
    }
}

fn lay_on_white(rgba: &mut [u8]) {
    for pixel in rgba.as_chunks_mut::<4>().0 {
        let alpha = u16::from(pixel[3]);
        if alpha < 255 {
            for channel in &mut pixel[..3] {
                *channel = ((u16::from(*channel) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
            }
            pixel[3] = 255;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_decodes_to_the_same_pixels() {
        let mut picture = Picture::blank(7, 5, [200, 30, 4]);
        picture.lay(&Picture::blank(3, 3, [1, 2, 3]), 2, 1);
        assert_eq!(Picture::decode(&picture.encode()).unwrap(), picture);
    }

    #[test]
    fn every_colour_type_is_read_and_transparency_laid_on_white() {
        let cases: [(ExtendedColorType, &[u8], [u8; 3]); 4] = [
            (ExtendedColorType::L8, &[77], [77; 3]),
            (ExtendedColorType::La8, &[77, 0], [255; 3]),
            (ExtendedColorType::Rgb8, &[1, 2, 3], [1, 2, 3]),
            (ExtendedColorType::Rgba8, &[0, 0, 0, 128], [127; 3]),
        ];
        for (color, data, expected) in cases {
            let mut bytes = Vec::new();
            PngEncoder::new(&mut bytes).write_image(data, 1, 1, color).unwrap();
            assert_eq!(Picture::decode(&bytes).unwrap().pixel(0, 0), expected, "{color:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_picture_are_refused() {
        assert!(Picture::decode(b"<html>").is_err());
        let whole = Picture::blank(40, 40, [9; 3]).encode();
        assert!(Picture::decode(&whole[..whole.len() / 2]).is_err(), "half a file");
    }
}
