//! The Cucumber Messages protocol as far as Docent speaks it: one struct for each message, as its JSON schema names them
//! (`messages.schema.json` of the npm package @cucumber/messages, of the version in [`VERSION`]). Names that the crate has elsewhere, too
//! (`Step`, `Attachment`), are the protocol's own: they stay in this folder.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

/// Version of the protocol.
pub(crate) const VERSION: &str = "34.2.1";

/// A line of the stream.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Envelope {
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
pub(crate) struct Meta {
    pub(crate) protocol_version: &'static str,
    pub(crate) implementation: Product,
    pub(crate) runtime: Product,
    pub(crate) os: Product,
    pub(crate) cpu: Product,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ci: Option<Ci>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ci {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) git: Option<Git>,
}

#[derive(Serialize)]
pub(crate) struct Git {
    pub(crate) remote: String,
    pub(crate) revision: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) branch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tag: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct Product {
    pub(crate) name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) version: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Source {
    pub(crate) uri: String,
    pub(crate) data: String,
    pub(crate) media_type: &'static str,
}

#[derive(Serialize)]
pub(crate) struct ParseError {
    pub(crate) source: SourceReference,
    pub(crate) message: String,
}

#[derive(Serialize)]
pub(crate) struct SourceReference {
    pub(crate) uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<Location>,
}

/// From 1; columns count characters.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Location {
    pub(crate) line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<usize>,
}

#[derive(Serialize)]
pub(crate) struct GherkinDocument {
    pub(crate) uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) feature: Option<Feature>,
    pub(crate) comments: Vec<Comment>,
}

#[derive(Serialize)]
pub(crate) struct Comment {
    pub(crate) location: Location,
    pub(crate) text: String,
}

#[derive(Serialize)]
pub(crate) struct Feature {
    pub(crate) location: Location,
    pub(crate) tags: Vec<Tag>,
    pub(crate) language: String,
    pub(crate) keyword: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) children: Vec<Child>,
}

/// What a feature or a rule consists of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Child {
    Background(Background),
    Scenario(Scenario),
    Rule(Rule),
}

#[derive(Serialize)]
pub(crate) struct Rule {
    pub(crate) location: Location,
    pub(crate) tags: Vec<Tag>,
    pub(crate) keyword: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) children: Vec<Child>,
    pub(crate) id: String,
}

#[derive(Serialize)]
pub(crate) struct Background {
    pub(crate) location: Location,
    pub(crate) keyword: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) id: String,
}

#[derive(Serialize)]
pub(crate) struct Scenario {
    pub(crate) location: Location,
    pub(crate) tags: Vec<Tag>,
    pub(crate) keyword: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) steps: Vec<Step>,
    pub(crate) examples: Vec<Examples>,
    pub(crate) id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Examples {
    pub(crate) location: Location,
    pub(crate) tags: Vec<Tag>,
    pub(crate) keyword: String,
    pub(crate) name: String,
    pub(crate) description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) table_header: Option<TableRow>,
    pub(crate) table_body: Vec<TableRow>,
    pub(crate) id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Step {
    pub(crate) location: Location,
    pub(crate) keyword: String,
    pub(crate) keyword_type: &'static str,
    pub(crate) text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) doc_string: Option<DocString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_table: Option<DataTable>,
    pub(crate) id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DocString {
    pub(crate) location: Location,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media_type: Option<String>,
    pub(crate) content: String,
    pub(crate) delimiter: &'static str,
}

#[derive(Serialize)]
pub(crate) struct DataTable {
    pub(crate) location: Location,
    pub(crate) rows: Vec<TableRow>,
}

#[derive(Serialize)]
pub(crate) struct TableRow {
    pub(crate) location: Location,
    pub(crate) cells: Vec<TableCell>,
    pub(crate) id: String,
}

#[derive(Serialize)]
pub(crate) struct TableCell {
    pub(crate) location: Location,
    pub(crate) value: String,
}

#[derive(Serialize)]
pub(crate) struct Tag {
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) id: String,
}

/// A scenario ready to be played; of an outline, one row.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Pickle {
    pub(crate) id: String,
    pub(crate) uri: String,
    pub(crate) location: Location,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) steps: Vec<PickleStep>,
    pub(crate) tags: Vec<PickleTag>,
    pub(crate) ast_node_ids: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickleStep {
    pub(crate) id: String,
    pub(crate) text: String,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) argument: Option<PickleArgument>,
    pub(crate) ast_node_ids: Vec<String>,
}

/// What stands below a step; the index says which of two came first.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickleArgument {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) doc_string: Option<PickleDocString>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data_table: Option<PickleTable>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickleDocString {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) argument_index: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media_type: Option<String>,
    pub(crate) content: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickleTable {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) argument_index: Option<u8>,
    pub(crate) rows: Vec<PickleTableRow>,
}

#[derive(Serialize)]
pub(crate) struct PickleTableRow {
    pub(crate) cells: Vec<PickleTableCell>,
}

#[derive(Serialize)]
pub(crate) struct PickleTableCell {
    pub(crate) value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PickleTag {
    pub(crate) name: String,
    pub(crate) ast_node_id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StepDefinition {
    pub(crate) id: String,
    pub(crate) pattern: Pattern,
    pub(crate) source_reference: SourceReference,
}

#[derive(Serialize)]
pub(crate) struct Pattern {
    pub(crate) source: String,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
}

#[derive(Serialize)]
pub(crate) struct TestRunStarted {
    pub(crate) id: String,
    pub(crate) timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestCase {
    pub(crate) id: String,
    pub(crate) pickle_id: String,
    pub(crate) test_run_started_id: String,
    pub(crate) test_steps: Vec<TestStep>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestStep {
    pub(crate) id: String,
    pub(crate) pickle_step_id: String,
    pub(crate) step_definition_ids: Vec<String>,
    pub(crate) step_match_arguments_lists: Vec<Arguments>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Arguments {
    pub(crate) step_match_arguments: Vec<Argument>,
}

#[derive(Serialize)]
pub(crate) struct Argument {
    pub(crate) group: Group,
}

/// A value in a step's text; `start` counts UTF-16 units, as the official implementations do.
#[derive(Serialize)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) value: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestCaseStarted {
    pub(crate) id: String,
    pub(crate) test_case_id: String,
    /// From 0.
    pub(crate) attempt: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) worker_id: Option<String>,
    pub(crate) timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestStepStarted {
    pub(crate) test_case_started_id: String,
    pub(crate) test_step_id: String,
    pub(crate) timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    pub(crate) body: String,
    pub(crate) content_encoding: &'static str,
    pub(crate) media_type: String,
    pub(crate) file_name: String,
    pub(crate) test_case_started_id: String,
    pub(crate) test_step_id: String,
    pub(crate) timestamp: Time,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestStepFinished {
    pub(crate) test_case_started_id: String,
    pub(crate) test_step_id: String,
    pub(crate) test_step_result: TestStepResult,
    pub(crate) timestamp: Time,
}

#[derive(Serialize)]
pub(crate) struct TestStepResult {
    pub(crate) status: Status,
    pub(crate) duration: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) exception: Option<Exception>,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Status {
    Passed,
    Failed,
    Skipped,
    Unknown,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Exception {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stack_trace: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestCaseFinished {
    pub(crate) test_case_started_id: String,
    pub(crate) timestamp: Time,
    pub(crate) will_be_retried: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestRunFinished {
    pub(crate) test_run_started_id: String,
    pub(crate) timestamp: Time,
    pub(crate) success: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
}

/// A moment since 1970, or a length of time.
#[derive(Serialize, Clone, Copy)]
pub(crate) struct Time {
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
