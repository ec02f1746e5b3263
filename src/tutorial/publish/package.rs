//! Office Open XML packages: ZIP files whose bytes depend on what is in them alone.

use std::io::{self, Cursor, Write};

use askama::Template;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// What every package says of itself.
#[derive(Template)]
#[template(path = "office/properties.xml")]
pub(super) struct Properties<'a> {
    pub title: &'a str,
    pub language: &'a str,
}

/// A package that is being put together.
pub(super) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub fn new() -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }

    /// Adds a part. PNG is compressed already.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let is_picture = std::path::Path::new(name)
            .extension()
            .is_some_and(|ending| ending == "png");
        let method = if is_picture {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default());
        self.zip.start_file(name, options).map_err(io::Error::other)?;
        self.zip.write_all(bytes)
    }

    /// The whole package.
    pub fn finish(self) -> io::Result<Vec<u8>> {
        self.zip.finish().map(Cursor::into_inner).map_err(io::Error::other)
    }
}

/// A text without what XML 1.0 has no way to write.
pub(super) fn xml_text(text: &str) -> String {
    let is_allowed = |letter: &char| matches!(letter, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_give_equal_bytes() {
        let package = || {
            let mut package = Package::new();
            package.add("a.xml", b"<a/>").unwrap();
            package.add("b.png", b"png").unwrap();
            package.finish().unwrap()
        };
        assert_eq!(package(), package());
    }

    #[test]
    fn what_xml_can_not_hold_goes() {
        assert_eq!(xml_text("a\u{1}\u{b}\u{ffff}é\u{1f600}\tb"), "aé\u{1f600}\tb");
    }
}
