//! The files of Allure results, as Allure 2 and 3 read them: `*-result.json` and `executor.json`.

use serde::Serialize;

/// One attempt at a scenario.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TestResult {
    pub(crate) uuid: String,
    /// The same for all attempts: the earlier ones are shown as retries of the last.
    pub(crate) history_id: String,
    pub(crate) test_case_id: String,
    pub(crate) full_name: String,
    pub(crate) title_path: Vec<String>,
    pub(crate) name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) description: String,
    #[serde(flatten)]
    pub(crate) end: Timing,
    pub(crate) steps: Vec<AllureStep>,
    pub(crate) attachments: Vec<AllureAttachment>,
    pub(crate) parameters: Vec<Label>,
    pub(crate) labels: Vec<Label>,
    pub(crate) links: Vec<Link>,
}

/// How something ended, and when, in milliseconds since 1970.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Timing {
    pub(crate) status: AllureStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status_details: Option<StatusDetails>,
    pub(crate) stage: Stage,
    pub(crate) start: i64,
    pub(crate) stop: i64,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AllureStatus {
    Passed,
    /// A step did not do what it says.
    Failed,
    /// It could not be played, or not to its end.
    Broken,
    Skipped,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    Finished,
    /// It was not taken up.
    Pending,
    Interrupted,
}

#[derive(Serialize, Default, PartialEq, Eq, Debug)]
pub(crate) struct StatusDetails {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<String>,
    pub(crate) flaky: bool,
    /// Somebody knows that it fails.
    pub(crate) known: bool,
    /// Its failure does not count.
    pub(crate) muted: bool,
}

#[derive(Serialize)]
pub(crate) struct AllureStep {
    pub(crate) name: String,
    #[serde(flatten)]
    pub(crate) end: Timing,
    pub(crate) attachments: Vec<AllureAttachment>,
}

#[derive(Serialize)]
pub(crate) struct AllureAttachment {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) media_type: String,
    /// Name of a file beside the result.
    pub(crate) source: String,
}

/// A label or a parameter.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub(crate) struct Label {
    pub(crate) name: String,
    pub(crate) value: String,
}

#[derive(Serialize, PartialEq, Eq, Debug)]
pub(crate) struct Link {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) url: String,
}

/// The CI job.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Executor {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_order: Option<u64>,
    pub(crate) build_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_url: Option<String>,
}
