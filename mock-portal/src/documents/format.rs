//! The formats that a document can be downloaded in, and the names of its files.

use super::{comma_separated, document::Document, pdf, spreadsheet, xml};
use crate::{language::Language, web::Failure};

/// A format that a document can be downloaded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Xlsx,
    Csv,
    Xml,
}

impl Format {
    /// All formats, as they are offered.
    pub(crate) const ALL: [Self; 4] = [Self::Pdf, Self::Xlsx, Self::Csv, Self::Xml];

    /// What a file of this format ends with.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Xml => "xml",
        }
    }

    /// What the link to it says.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Xlsx => "XLSX",
            Self::Csv => "CSV",
            Self::Xml => "XML",
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xml => "application/xml",
        }
    }

    /// `NUMBER.EXTENSION` as number and format; `None` for another extension.
    pub(super) fn split_file_name(file: &str) -> Option<(&str, Self)> {
        let (number, extension) = file.rsplit_once('.')?;
        let format = Self::ALL.into_iter().find(|format| format.extension() == extension)?;
        Some((number, format))
    }

    /// Whether a file of this format can hold the language's letters.
    pub(super) fn can_write(self, language: &Language) -> bool {
        self != Self::Pdf || pdf::can_write(language)
    }

    pub(super) fn write(self, document: &Document) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Pdf => pdf::write(document).map_err(Failure::internal),
            Self::Xlsx => spreadsheet::write(document).map_err(Failure::internal),
            Self::Csv => comma_separated::write(document).map_err(Failure::internal),
            Self::Xml => xml::write(document).map_err(Failure::internal),
        }
    }
}

/// A name that every system takes for that of a plain file in the folder it is saved to, and that needs no quoting.
pub(crate) fn file_name(number: &str, format: Format) -> String {
    const LONGEST: usize = 80;
    let safe = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let stem: String = number.chars().take(LONGEST).map(safe).collect();
    let stem = match stem.trim_matches('-') {
        "" => "document",
        stem => stem,
    };
    format!("{stem}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_whatever_the_number() {
        for (number, name) in [
            ("DR-2024-0611", "DR-2024-0611.pdf"),
            ("../../etc/passwd", "etc-passwd.pdf"),
            ("a\"; filename=\"b.exe", "a---filename--b-exe.pdf"),
            ("x\r\nSet-Cookie: y", "x--Set-Cookie--y.pdf"),
            ("№ ٣", "document.pdf"),
            ("", "document.pdf"),
        ] {
            assert_eq!(file_name(number, Format::Pdf), name, "{number:?}");
        }
        assert!(file_name(&"9".repeat(5000), Format::Xlsx).len() < 100);
    }

    #[test]
    fn a_file_s_end_is_its_format() {
        assert_eq!(Format::split_file_name("a.b.csv"), Some(("a.b", Format::Csv)));
        for file in ["", "a", "a.exe", "a.PDF", "pdf"] {
            assert_eq!(Format::split_file_name(file), None, "{file}");
        }
    }
}
