//! What a feature file says, and where.

/// A place in a file. Lines and columns count from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A whole file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its feature; a file with nothing but comments has none.
    pub feature: Option<Feature>,
    /// Its comments, in order.
    pub comments: Vec<Comment>,
}

/// A line that is a comment.
#[derive(Debug, Clone)]
pub struct Comment {
    /// The line's first column.
    pub position: Position,
    /// The whole line.
    pub text: String,
}

/// What a feature, rule, background, scenario or examples begins with.
#[derive(Debug, Clone)]
pub struct Heading {
    /// Where its keyword stands.
    pub position: Position,
    /// The tags above it.
    pub tags: Vec<Tag>,
    /// Without the colon.
    pub keyword: String,
    /// What follows the keyword; may be empty.
    pub name: String,
    /// The free text below it, without comments.
    pub description: Vec<DescriptionLine>,
}

/// A line of a description.
#[derive(Debug, Clone)]
pub struct DescriptionLine {
    /// Number of the line.
    pub line: usize,
    /// All of it, indentation included.
    pub text: String,
}

/// A tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Where its `@` stands.
    pub position: Position,
    /// With `@`.
    pub name: String,
}

/// A feature.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Tags, name and description.
    pub heading: Heading,
    /// Code of the language that its keywords are in.
    pub language: String,
    /// Steps before every scenario.
    pub background: Option<Background>,
    /// Scenarios outside of rules.
    pub scenarios: Vec<Scenario>,
    /// Rules.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Tags, name and description.
    pub heading: Heading,
    /// Steps before every scenario of the rule.
    pub background: Option<Background>,
    /// Its scenarios.
    pub scenarios: Vec<Scenario>,
}

/// Steps before every scenario.
#[derive(Debug, Clone)]
pub struct Background {
    /// Name and description; tags are not allowed.
    pub heading: Heading,
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A scenario, or an outline.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Tags, name and description.
    pub heading: Heading,
    /// Whether its keyword is one of an outline, as `Scenario Outline` is.
    pub is_outline: bool,
    /// Its steps.
    pub steps: Vec<Step>,
    /// Its examples.
    pub examples: Vec<Examples>,
}

/// Examples of an outline.
#[derive(Debug, Clone)]
pub struct Examples {
    /// Tags, name and description.
    pub heading: Heading,
    /// The heading first; None if nothing follows the keyword.
    pub table: Option<Table>,
}

/// A step.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where its keyword stands.
    pub position: Position,
    /// As it is written, with the blank behind it.
    pub keyword: String,
    /// What the keyword says.
    pub kind: StepKind,
    /// What follows the keyword.
    pub text: String,
    /// The doc string below it.
    pub doc_string: Option<DocString>,
    /// The table below it.
    pub table: Option<Table>,
}

/// What the keyword of a step says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepKind {
    /// Given.
    Context,
    /// When.
    Action,
    /// Then.
    Outcome,
    /// And, But: as the step before.
    Conjunction,
    /// `*`, or a word that stands for several.
    Unknown,
}

impl StepKind {
    /// Its own kind, or that of the step before.
    #[must_use]
    pub fn after(self, before: Self) -> Self {
        if self == Self::Conjunction { before } else { self }
    }
}

/// A text of several lines below a step.
#[derive(Debug, Clone)]
pub struct DocString {
    /// Where it opens.
    pub position: Position,
    /// What opens and closes it.
    pub delimiter: &'static str,
    /// What stands behind the opening delimiter, such as `markdown`.
    pub media_type: Option<String>,
    /// Its lines, without the indentation of the delimiter.
    pub content: String,
}

/// A table. All rows have as many cells as the first.
#[derive(Debug, Clone)]
pub struct Table {
    /// At least one.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// Where its first bar stands.
    pub position: Position,
    /// Its cells.
    pub cells: Vec<TableCell>,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub struct TableCell {
    /// Where its text begins.
    pub position: Position,
    /// Its text, escapes resolved.
    pub text: String,
}

impl Heading {
    /// The description's lines as one text; empty if there are none.
    #[must_use]
    pub fn described(&self) -> String {
        let lines: Vec<_> = self.description.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }

    /// The line that it begins with: its first tag's, or its own.
    #[must_use]
    pub fn first_line(&self) -> usize {
        self.tags.first().map_or(self.position.line, |tag| tag.position.line)
    }

    /// The names of its tags, without `@`.
    pub fn tag_names(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(|tag| tag.name.trim_start_matches('@'))
    }
}

impl Examples {
    /// The row of column names.
    #[must_use]
    pub fn header(&self) -> Option<&TableRow> {
        self.table.as_ref().and_then(|table| table.rows.first())
    }

    /// The rows of values.
    #[must_use]
    pub fn rows(&self) -> &[TableRow] {
        self.table
            .as_ref()
            .and_then(|table| table.rows.get(1..))
            .unwrap_or_default()
    }
}
