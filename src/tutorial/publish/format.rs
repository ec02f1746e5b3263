//! Forms of training material.

use clap::ValueEnum;

/// A form of training material, made of accepted screenshots and their manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// A web page with the annotated screenshots beside it
    Html,
    /// Markdown with the annotated screenshots beside it
    Md,
    /// One file in which the learner clicks through the tutorial, without a network
    Demo,
    /// `PowerPoint` slides whose annotations can be edited, with the narration as notes
    Pptx,
    /// A Word handout
    Docx,
    /// An animated picture of the whole tutorial
    Gif,
}

impl Format {
    /// What `docent tutorial` publishes.
    pub const DEFAULT: [Self; 3] = [Self::Html, Self::Md, Self::Demo];

    /// Name of its file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Html => "index.html",
            Self::Md => "index.md",
            Self::Demo => "demo.html",
            Self::Pptx => "slides.pptx",
            Self::Docx => "handout.docx",
            Self::Gif => "tutorial.gif",
        }
    }

    /// Whether annotated screenshots lie beside its file.
    pub(super) fn has_pictures_beside_it(self) -> bool {
        matches!(self, Self::Html | Self::Md)
    }
}
