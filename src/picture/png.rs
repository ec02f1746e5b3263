//! PNG in and out. Equal pixels always give equal bytes: no times, no text, one fixed way of packing.

use std::io::Cursor;

use png::{BitDepth, ColorType, DeflateCompression, Filter, Transformations};

use super::Picture;

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
const FILTER: Filter = Filter::NoFilter;

/// Bytes that are no picture we can read.
#[derive(Debug, thiserror::Error)]
#[error("not a PNG picture that can be read: {0}")]
pub struct DecodeError(#[from] png::DecodingError);

impl Picture {
    /// Reads a PNG of any colour type and depth.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder
            .set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut bytes)?;
        bytes.truncate(info.buffer_size());
        let mut rgba = if info.color_type == ColorType::GrayscaleAlpha {
            in_colour(&bytes)
        } else {
            bytes
        };
        lay_on_white(&mut rgba);
        Ok(Self {
            width: info.width,
            height: info.height,
            rgba,
        })
    }

    /// Packs the picture as RGB.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut packed = Vec::new();
        let mut encoder = png::Encoder::new(&mut packed, self.width, self.height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
        encoder.set_filter(FILTER);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgb()));
        debug_assert!(
            written.is_ok(),
            "a Vec takes all bytes, and they are as many as the header says"
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

fn in_colour(grey_and_alpha: &[u8]) -> Vec<u8> {
    grey_and_alpha
        .as_chunks::<2>()
        .0
        .iter()
        .flat_map(|&[grey, alpha]| [grey, grey, grey, alpha])
        .collect()
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
        let cases: [(ColorType, &[u8], [u8; 3]); 4] = [
            (ColorType::Grayscale, &[77], [77; 3]),
            (ColorType::GrayscaleAlpha, &[77, 0], [255; 3]),
            (ColorType::Rgb, &[1, 2, 3], [1, 2, 3]),
            (ColorType::Rgba, &[0, 0, 0, 128], [127; 3]),
        ];
        for (color, data, expected) in cases {
            let mut bytes = Vec::new();
            let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
            encoder.set_color(color);
            encoder
                .write_header()
                .unwrap()
                .write_image_data(data)
                .unwrap();
            assert_eq!(
                Picture::decode(&bytes).unwrap().pixel(0, 0),
                expected,
                "{color:?}"
            );
        }
    }

    #[test]
    fn bytes_that_are_no_picture_are_refused() {
        assert!(Picture::decode(b"<html>").is_err());
        let whole = Picture::blank(40, 40, [9; 3]).encode();
        assert!(
            Picture::decode(&whole[..whole.len() / 2]).is_err(),
            "half a file"
        );
    }
}
