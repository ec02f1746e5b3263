//! The Cucumber Messages protocol as far as Docent speaks it: one struct for each message, as its JSON schema names them
//! (`messages.schema.json` of the npm package @cucumber/messages, of the version in [`VERSION`]).

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

/// Version of the protocol.
pub const VERSION: &str = "34.2.1";

/// A line of the stream.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Envelope {
    Meta(Meta),
    Source(Source),
    GherkinDocument(GherkinDocument),
    ParseError(ParseError),
    Pickle(Pickle),
    StepDefinition(StepDefinition),
    TestRunStarted(TestRunStarted),
    TestCase(TestCase),
    TestCaseStarted(TestCaseStarted),
    TestStepStarted(TestStepStarted),
    Attachment(Attachment),
    TestStepFinished(TestStepFinished),
    TestCaseFinished(TestCaseFinished),
    TestRunFinished(TestRunFinished),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    pub protocol_version: &'static str,
    pub implementation: Product,
    pub runtime: Product,
    pub os: Product,
    pub cpu: Product,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci: Option<Ci>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ci {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub git: Option<Git>,
}

#[derive(Serialize)]
pub struct Git {
    pub remote: String,
    pub revision: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

#[derive(Serialize)]
pub struct Product {
    pub name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    pub uri: String,
    pub data: String,
    pub media_type: &'static str,
}

#[derive(Serialize)]
pub struct ParseError {
    pub source: SourceReference,
    pub message: String,
}

#[derive(Serialize)]
pub struct SourceReference {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// From 1; columns count characters.
#[derive(Serialize, Clone, Copy)]
pub struct Location {
    pub line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

#[derive(Serialize)]
pub struct GherkinDocument {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<Feature>,
    pub comments: Vec<Comment>,
}

#[derive(Serialize)]
pub struct Comment {
    pub location: Location,
    pub text: String,
}

#[derive(Serialize)]
pub struct Feature {
    pub location: Location,
    pub tags: Vec<Tag>,
    pub language: String,
    pub keyword: String,
    pub name: String,
    pub description: String,
    pub children: Vec<Child>,
}

/// What a feature or a rule consists of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Child {
    Background(Background),
    Scenario(Scenario),
    Rule(Rule),
}

#[derive(Serialize)]
pub struct Rule {
    pub location: Location,
    pub tags: Vec<Tag>,
    pub keyword: String,
    pub name: String,
    pub description: String,
    pub children: Vec<Child>,
    pub id: String,
}

#[derive(Serialize)]
pub struct Background {
    pub location: Location,
    pub keyword: String,
    pub name: String,
    pub description: String,
    pub steps: Vec<Step>,
    pub id: String,
}

#[derive(Serialize)]
pub struct Scenario {
    pub location: Location,
    pub tags: Vec<Tag>,
    pub keyword: String,
    pub name: String,
    pub description: String,
    pub steps: Vec<Step>,
    pub examples: Vec<Examples>,
    pub id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Examples {
    pub location: Location,
    pub tags: Vec<Tag>,
    pub keyword: String,
    pub name: String,
    pub description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_header: Option<TableRow>,
    pub table_body: Vec<TableRow>,
    pub id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    pub location: Location,
    pub keyword: String,
    pub keyword_type: &'static str,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_string: Option<DocString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_table: Option<DataTable>,
    pub id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DocString {
    pub location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    pub content: String,
    pub delimiter: &'static str,
}

#[derive(Serialize)]
pub struct DataTable {
    pub location: Location,
    pub rows: Vec<TableRow>,
}

#[derive(Serialize)]
pub struct TableRow {
    pub location: Location,
    pub cells: Vec<TableCell>,
    pub id: String,
}

#[derive(Serialize)]
pub struct TableCell {
    pub location: Location,
    pub value: String,
}

#[derive(Serialize)]
pub struct Tag {
    pub location: Location,
    pub name: String,
    pub id: String,
}

/// A scenario ready to be played; of an outline, one row.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pickle {
    pub id: String,
    pub uri: String,
    pub location: Location,
    pub name: String,
    pub language: String,
    pub steps: Vec<PickleStep>,
    pub tags: Vec<PickleTag>,
    pub ast_node_ids: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickleStep {
    pub id: String,
    pub text: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument: Option<PickleArgument>,
    pub ast_node_ids: Vec<String>,
}

/// What stands below a step; the index says which of two came first.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickleArgument {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc_string: Option<PickleDocString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_table: Option<PickleTable>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickleDocString {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument_index: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    pub content: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickleTable {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub argument_index: Option<u8>,
    pub rows: Vec<PickleTableRow>,
}

#[derive(Serialize)]
pub struct PickleTableRow {
    pub cells: Vec<PickleTableCell>,
}

#[derive(Serialize)]
pub struct PickleTableCell {
    pub value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PickleTag {
    pub name: String,
    pub ast_node_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StepDefinition {
    pub id: String,
    pub pattern: Pattern,
    pub source_reference: SourceReference,
}

#[derive(Serialize)]
pub struct Pattern {
    pub source: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
}

#[derive(Serialize)]
pub struct TestRunStarted {
    pub id: String,
    pub timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestCase {
    pub id: String,
    pub pickle_id: String,
    pub test_run_started_id: String,
    pub test_steps: Vec<TestStep>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestStep {
    pub id: String,
    pub pickle_step_id: String,
    pub step_definition_ids: Vec<String>,
    pub step_match_arguments_lists: Vec<Arguments>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Arguments {
    pub step_match_arguments: Vec<Argument>,
}

#[derive(Serialize)]
pub struct Argument {
    pub group: Group,
}

/// A value in a step's text; `start` counts UTF-16 units, as the official implementations do.
#[derive(Serialize)]
pub struct Group {
    pub start: usize,
    pub value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestCaseStarted {
    pub id: String,
    pub test_case_id: String,
    /// From 0.
    pub attempt: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worker_id: Option<String>,
    pub timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestStepStarted {
    pub test_case_started_id: String,
    pub test_step_id: String,
    pub timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    pub body: String,
    pub content_encoding: &'static str,
    pub media_type: String,
    pub file_name: String,
    pub test_case_started_id: String,
    pub test_step_id: String,
    pub timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestStepFinished {
    pub test_case_started_id: String,
    pub test_step_id: String,
    pub test_step_result: TestStepResult,
    pub timestamp: Time,
}

#[derive(Serialize)]
pub struct TestStepResult {
    pub status: Status,
    pub duration: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception: Option<Exception>,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Passed,
    Failed,
    Skipped,
    Unknown,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exception {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack_trace: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestCaseFinished {
    pub test_case_started_id: String,
    pub timestamp: Time,
    pub will_be_retried: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestRunFinished {
    pub test_run_started_id: String,
    pub timestamp: Time,
    pub success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// A moment since 1970, or a length of time.
#[derive(Serialize, Clone, Copy)]
pub struct Time {
    seconds: i64,
    nanos: i32,
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        Self {
            seconds: at.as_second(),
            nanos: at.subsec_nanosecond(),
        }
    }
}

impl From<Duration> for Time {
    fn from(took: Duration) -> Self {
        Self {
            // Nothing takes longer than this; nanoseconds of a second always fit.
            seconds: i64::try_from(took.as_secs()).unwrap_or(i64::MAX),
            nanos: i32::try_from(took.subsec_nanos()).unwrap_or_default(),
        }
    }
}
