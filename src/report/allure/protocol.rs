//! The files of Allure results, as Allure 2 and 3 read them: `*-result.json` and `executor.json`.

use serde::Serialize;

/// One attempt at a scenario.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    pub uuid: String,
    /// The same for all attempts: the earlier ones are shown as retries of the last.
    pub history_id: String,
    pub test_case_id: String,
    pub full_name: String,
    pub title_path: Vec<String>,
    pub name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(flatten)]
    pub end: Timing,
    pub steps: Vec<AllureStep>,
    pub attachments: Vec<AllureAttachment>,
    pub parameters: Vec<Label>,
    pub labels: Vec<Label>,
    pub links: Vec<Link>,
}

/// How something ended, and when, in milliseconds since 1970.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timing {
    pub status: AllureStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_details: Option<StatusDetails>,
    pub stage: Stage,
    pub start: i64,
    pub stop: i64,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum AllureStatus {
    Passed,
    /// A step did not do what it says.
    Failed,
    /// It could not be played, or not to its end.
    Broken,
    Skipped,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Finished,
    /// It was not taken up.
    Pending,
    Interrupted,
}

#[derive(Serialize, Default, PartialEq, Eq, Debug)]
pub struct StatusDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    pub flaky: bool,
    /// Somebody knows that it fails.
    pub known: bool,
    /// Its failure does not count.
    pub muted: bool,
}

#[derive(Serialize)]
pub struct AllureStep {
    pub name: String,
    #[serde(flatten)]
    pub end: Timing,
    pub attachments: Vec<AllureAttachment>,
}

#[derive(Serialize)]
pub struct AllureAttachment {
    pub name: String,
    #[serde(rename = "type")]
    pub media_type: String,
    /// Name of a file beside the result.
    pub source: String,
}

/// A label or a parameter.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Label {
    pub name: String,
    pub value: String,
}

#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Link {
    #[serde(rename = "type")]
    pub kind: String,
    pub name: String,
    pub url: String,
}

/// The CI job.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Executor {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_order: Option<u64>,
    pub build_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_url: Option<String>,
}
