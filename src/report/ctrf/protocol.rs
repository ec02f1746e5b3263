//! The Common Test Report Format as far as Docent speaks it, as its JSON schema names it (`ctrf-schema-0.0.json` of the npm package
//! ctrf). Times are milliseconds, moments since 1970.

use std::collections::BTreeMap;

use serde::Serialize;

/// Version of the format.
pub const VERSION: &str = "0.0.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CtrfReport<T> {
    pub report_format: &'static str,
    pub spec_version: &'static str,
    pub report_id: String,
    pub timestamp: String,
    pub generated_by: &'static str,
    pub results: Results<T>,
}

#[derive(Serialize)]
pub struct Results<T> {
    pub tool: Tool,
    pub summary: Summary,
    pub tests: T,
    pub environment: CtrfEnvironment,
}

#[derive(Serialize)]
pub struct Tool {
    pub name: &'static str,
    pub version: String,
}

#[derive(Serialize)]
pub struct Summary {
    pub tests: usize,
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
    pub pending: usize,
    pub other: usize,
    pub flaky: usize,
    pub suites: usize,
    pub start: i64,
    pub stop: i64,
    pub duration: u64,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub enum CtrfStatus {
    Passed,
    Failed,
    Skipped,
    /// The run ended before it.
    Pending,
    /// It failed, and that does not count.
    Other,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Test {
    pub test_id: String,
    pub execution_id: String,
    pub name: String,
    pub status: CtrfStatus,
    /// What Docent calls it.
    pub raw_status: &'static str,
    /// Of the last attempt.
    pub duration: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<i64>,
    pub suite: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_path: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<&'static str, String>,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub retries: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub retry_attempts: Vec<CtrfAttempt>,
    pub flaky: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<CtrfAttachment>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parameters: BTreeMap<String, String>,
    pub steps: Vec<CtrfStep>,
}

/// An attempt before the last.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CtrfAttempt {
    pub attempt: usize,
    pub status: CtrfStatus,
    pub duration: u64,
    pub start: i64,
    pub stop: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    pub line: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<CtrfAttachment>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CtrfAttachment {
    pub name: String,
    pub content_type: String,
    pub path: String,
}

#[derive(Serialize)]
pub struct CtrfStep {
    pub name: String,
    pub status: CtrfStatus,
    pub extra: StepExtra,
}

/// What the format has no place for.
#[derive(Serialize)]
pub struct StepExtra {
    pub line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<u64>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub struct CtrfEnvironment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub branch_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub os_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test_environment: Option<String>,
    pub healthy: bool,
    /// Every fact with all of its values: shards and reruns may differ, and the fields above have room for one.
    pub extra: BTreeMap<&'static str, String>,
}
