//! Reads Gherkin, as the official grammar has it, in all of its languages.
//!
//! [`decode`] makes text of a file's bytes, [`parse`] makes a [`Document`] of the text: everything in it with line and
//! column, or every error. [`Row`] knows what an outline's row puts in place of `<placeholders>`. Nothing here knows what
//! steps mean, or anything else of this crate.

mod ast;
mod dialect;
mod encoding;
mod error;
mod line;
mod misspelling;
mod outline;
mod parser;
mod table;

pub use ast::{
    Background, Comment, DescriptionLine, DocString, Document, Examples, Feature, Heading, Position, Rule, Scenario,
    Step, StepKind, Table, TableCell, TableRow, Tag,
};
pub use dialect::step_keywords;
pub use encoding::{EncodingError, decode};
pub use error::{Problem, SyntaxError};
pub use misspelling::nearest;
pub use outline::Row;
pub use parser::parse;
