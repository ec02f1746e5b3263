//! A twin as it is kept.

use super::line::Line;
use super::part::Part;
use super::{tidy, yaml};

/// What a picture shows, as text, without any secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twin {
    lines: Vec<Line>,
    text: String,
}

/// A file that holds no twin.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TwinError {
    /// Version control left two versions in it.
    #[error("no text twin: line {0} is a merge-conflict marker")]
    Conflict(usize),
    /// Something else stands there.
    #[error("no text twin: line {0} is no `- role \"name\"`")]
    Malformed(usize),
    /// It is not even text.
    #[error("no text twin: it is not UTF-8")]
    NoText,
}

impl Twin {
    /// The twin of what the page's script says.
    #[must_use]
    pub fn of(parts: Vec<Part>) -> Self {
        let lines = tidy::lines(parts);
        let mut text = String::new();
        for (index, line) in lines.iter().enumerate() {
            let has_more = lines.get(index + 1).is_some_and(|next| next.depth > line.depth);
            yaml::write(line, has_more, &mut text);
        }
        Self { lines, text }
    }

    /// Reads what was kept. Line ends may be those of another system.
    ///
    /// # Errors
    /// [`TwinError`], with the first line that is wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, TwinError> {
        let text = std::str::from_utf8(bytes).map_err(|_| TwinError::NoText)?;
        let text = text.replace("\r\n", "\n");
        let line = |(number, written): (usize, &str)| {
            if ["<<<<<<<", "=======", ">>>>>>>"]
                .iter()
                .any(|marker| written.starts_with(marker))
            {
                return Err(TwinError::Conflict(number));
            }
            yaml::read(written).ok_or(TwinError::Malformed(number))
        };
        let lines = (1..).zip(text.lines()).map(line).collect::<Result<_, _>>()?;
        Ok(Self { lines, text })
    }

    /// What its file holds: equal pages give equal bytes.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its lines, in the order in which the picture is read.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "- heading \"Hello\" [level=1]\n- list:\n  - listitem: one\n";

    #[test]
    fn a_twin_is_read_with_the_line_ends_of_any_system() {
        let twin = Twin::parse(TEXT.as_bytes()).unwrap();
        assert_eq!(twin, Twin::parse(TEXT.replace('\n', "\r\n").as_bytes()).unwrap());
        assert_eq!((twin.text(), twin.lines()[2].text.as_str()), (TEXT, "one"));
        assert_eq!(Twin::parse(b""), Ok(Twin::default()));
    }

    #[test]
    fn what_is_no_twin_is_refused_with_its_line() {
        let conflict = format!("{TEXT}<<<<<<< HEAD\n- text: a\n");
        assert_eq!(Twin::parse(conflict.as_bytes()), Err(TwinError::Conflict(4)));
        assert_eq!(Twin::parse(b"- text: a\n# note\n"), Err(TwinError::Malformed(2)));
        assert_eq!(Twin::parse(&[0xff]), Err(TwinError::NoText));
    }
}
