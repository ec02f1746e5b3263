//! The Common Test Report Format as far as Docent speaks it, as its JSON schema names it (`ctrf-schema-0.0.json` of the npm package
//! ctrf). Times are milliseconds, moments since 1970.

use std::collections::BTreeMap;

use serde::Serialize;

/// Version of the format.
pub(crate) const VERSION: &str = "0.0.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CtrfReport<T> {
    pub(crate) report_format: &'static str,
    pub(crate) spec_version: &'static str,
    pub(crate) report_id: String,
    pub(crate) timestamp: String,
    pub(crate) generated_by: &'static str,
    pub(crate) results: Results<T>,
}

#[derive(Serialize)]
pub(crate) struct Results<T> {
    pub(crate) tool: Tool,
    pub(crate) summary: Summary,
    pub(crate) tests: T,
    pub(crate) environment: CtrfEnvironment,
}

#[derive(Serialize)]
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: String,
}

#[derive(Serialize)]
pub(crate) struct Summary {
    pub(crate) tests: usize,
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    pub(crate) skipped: usize,
    pub(crate) pending: usize,
    pub(crate) other: usize,
    pub(crate) flaky: usize,
    pub(crate) suites: usize,
    pub(crate) start: i64,
    pub(crate) stop: i64,
    pub(crate) duration: u64,
}

#[derive(Serialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CtrfStatus {
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
pub(crate) struct Test {
    pub(crate) test_id: String,
    pub(crate) execution_id: String,
    pub(crate) name: String,
    pub(crate) status: CtrfStatus,
    /// What Docent calls it.
    pub(crate) raw_status: &'static str,
    /// Of the last attempt.
    pub(crate) duration: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) start: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stop: Option<i64>,
    pub(crate) suite: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file_path: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) tags: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) labels: BTreeMap<&'static str, String>,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) retries: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) retry_attempts: Vec<CtrfAttempt>,
    pub(crate) flaky: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thread_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) browser: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) attachments: Vec<CtrfAttachment>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) parameters: BTreeMap<String, String>,
    pub(crate) steps: Vec<CtrfStep>,
}

/// An attempt before the last.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CtrfAttempt {
    pub(crate) attempt: usize,
    pub(crate) status: CtrfStatus,
    pub(crate) duration: u64,
    pub(crate) start: i64,
    pub(crate) stop: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace: Option<String>,
    pub(crate) line: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) attachments: Vec<CtrfAttachment>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CtrfAttachment {
    pub(crate) name: String,
    pub(crate) content_type: String,
    pub(crate) path: String,
}

#[derive(Serialize)]
pub(crate) struct CtrfStep {
    pub(crate) name: String,
    pub(crate) status: CtrfStatus,
    pub(crate) extra: StepExtra,
}

/// What the format has no place for.
#[derive(Serialize)]
pub(crate) struct StepExtra {
    pub(crate) line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) duration: Option<u64>,
}

#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CtrfEnvironment {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) build_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) repository_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) branch_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) os_version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) test_environment: Option<String>,
    pub(crate) healthy: bool,
    /// Every fact with all of its values: shards and reruns may differ, and the fields above have room for one.
    pub(crate) extra: BTreeMap<&'static str, String>,
}
