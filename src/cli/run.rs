//! `docent run`: runs acceptance scenarios and reports.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::Zoned;

use super::CliError;
use super::exit_status::ExitStatus;
use super::reporters::ReporterFlags;
use super::run_plan::{RunOptions, check_driver, run_plan};
use super::run_summary::{counted_up, listed, open_scenarios, summary};
use super::setting_names::parse_setting;
use crate::config::{Flags, Settings};
use crate::output::{self, say, say_all, say_err, say_json};
use crate::report::{self, ReportError, ReportKind, ReportKinds};
use crate::suite::plan::changed;
use crate::suite::plan::order::Order;
use crate::suite::plan::rerun::FoundScenario;
use crate::suite::plan::select::Selection;
use crate::suite::plan::shard::{Shard, ShardRecord, Timings};
use crate::suite::plan::{LOST, Plan, check_for, plan};
use crate::suite::record::HistoryError;
use crate::suite::record::Record;
use crate::suite::record::environment::Environment;
use crate::suite::record::event::Event;
use crate::suite::record::run_log::RunLog;
use crate::suite::record::{MOCK_PORTAL, history, merge_rerun};
use crate::suite::run::{RetryPolicy, TraceMode, clear_evidence};

const SELECTION: &str = "Selection";
const EXECUTION: &str = "Execution";
const REPORTS: &str = "Reports";

/// What `docent run` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent run                                      all scenarios in features/\n  \
docent run features/pairing.feature:12          the scenario at line 12\n  \
docent run --tags \"@smoke and not @slow\" -x     stop after the first failure\n  \
docent run --shard 2/3 --retries 1              one shard of three, on CI\n\n\
Tags of a scenario, its rule or its feature: @timeout:30s (each step), @scenario-timeout:5m, @serial (nothing runs \
in parallel), @retries:2, @skip, @quarantine:OWNER:2027-01-31 (its failure does not fail the run until that day is over, in UTC), \
@window:390x844, @scale:1, @locale:fr-CH, @time-zone:Asia/Tokyo, @clock:2024-07-02T14:27.\n\n\
Reports go to reports/: index.html to read; junit.xml, messages.ndjson (Cucumber Messages), allure-results and ctrf.json for other \
tools, of which --reporter chooses; run.json for `docent merge` and --rerun.")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct RunArguments {
    /// Feature files, folders of them, or `FILE:LINE` of a scenario, an example row or a rule
    #[arg(default_value = "features")]
    paths: Vec<PathBuf>,
    /// Run only scenarios that match this tag expression, such as "@smoke and not @slow"
    #[arg(long, help_heading = SELECTION, value_name = "EXPRESSION")]
    tags: Option<String>,
    /// Run only scenarios whose name matches this regular expression; may be given several times
    #[arg(long, help_heading = SELECTION, value_name = "REGEX")]
    name: Vec<String>,
    /// Run only scenarios that failed or did not run last time, and update the reports with their results
    #[arg(long, help_heading = SELECTION, conflicts_with_all = ["shard", "only_changed"])]
    rerun: bool,
    /// Run one of several shards, such as 2/3 for the second of three; merge their reports with `docent merge`
    #[arg(long, help_heading = SELECTION, value_name = "I/N")]
    shard: Option<Shard>,
    /// Balance shards by the durations in this file, timings.json of merged reports; the same file for every shard
    #[arg(long, help_heading = SELECTION, value_name = "FILE", requires = "shard")]
    timings: Option<PathBuf>,
    /// Run only feature files that differ from this git commit, branch or tag, or are not in git yet
    #[arg(long, help_heading = SELECTION, value_name = "REF")]
    only_changed: Option<String>,
    /// Order of scenarios: defined, random or random:SEED
    #[arg(long, help_heading = EXECUTION, value_name = "ORDER", default_value = "defined")]
    order: Order,
    /// Validate and list the selected scenarios, without a browser
    #[arg(long, help_heading = SELECTION)]
    dry_run: bool,
    /// List the selected scenarios, one per line, and nothing else
    #[arg(long, help_heading = SELECTION, conflicts_with = "dry_run")]
    list: bool,
    /// Format of standard output: text for people, or a JSON object per line for programs (docs/events.md)
    #[arg(long, help_heading = REPORTS, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Retry failed scenarios up to N times, serially, at the end; one that then passes is flaky [default: 0]
    #[arg(long, help_heading = EXECUTION, value_name = "N")]
    retries: Option<usize>,
    /// Run every scenario N times, to find flaky ones: they fail the run
    #[arg(long, help_heading = EXECUTION, value_name = "N", conflicts_with = "retries")]
    repeat_each: Option<NonZeroUsize>,
    /// Fail the run if a scenario is flaky
    #[arg(long, help_heading = EXECUTION)]
    fail_on_flaky: bool,
    /// Stop starting scenarios after the first failure
    #[arg(short = 'x', long, help_heading = EXECUTION, conflicts_with = "max_failures")]
    fail_fast: bool,
    /// Stop starting scenarios after N have failed
    #[arg(long, help_heading = EXECUTION, value_name = "N")]
    max_failures: Option<NonZeroUsize>,
    /// When to take step screenshots, for the report of a failure [default: retries]
    #[arg(long, help_heading = REPORTS, value_enum)]
    trace: Option<TraceMode>,
    #[command(flatten)]
    reporters: ReporterFlags,
    #[command(flatten)]
    flags: Flags,
}

/// What standard output has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A summary for people; progress goes to standard error
    Text,
    /// A JSON object per line, as things happen
    Json,
}

/// Evidence need not be crisp on slides, and costs a quarter of the time so.
const SCALE: f64 = 1.;

pub(crate) fn run(arguments: &RunArguments) -> Result<ExitStatus, CliError> {
    let settings = arguments.flags.clone().settings()?;
    let kinds = arguments.reporters.chosen(&settings)?;
    let tracing = arguments.tracing(&settings)?;
    let earlier = arguments.rerun.then(|| arguments.earlier(&settings)).transpose()?;
    let (plan, shard) = arguments.plan(&settings, earlier.as_ref())?;
    name_lost(earlier.as_ref(), &plan);
    if arguments.list || arguments.dry_run {
        arguments.show(&plan);
        // A job that runs what the list has would run less.
        return output::trouble().map_or(Ok(ExitStatus::Success), |why| Err(CliError::Output(why.to_owned())));
    }
    if let (true, Some(shard)) = (plan.scenarios.is_empty(), &shard) {
        return arguments.record_empty_shard(&plan, shard.clone(), &settings, &kinds);
    }
    if plan.scenarios.is_empty() {
        say_err!("nothing to run: {}", arguments.nothing_changed());
        if arguments.format == Format::Json {
            let record = Record::begin(&plan, arguments.order.to_string(), settings.base_url.as_deref());
            report::json_lines::begin(&plan, &record);
            report::json_lines::end(&record);
        }
        return Ok(ExitStatus::Success);
    }
    if plan.scenarios.iter().all(|scenario| scenario.options.skip) {
        say_err!("nothing is played: every scenario that was selected is tagged @skip");
    }
    check_driver(&settings)?;
    let is_json = arguments.format == Format::Json;
    if arguments.order != Order::Defined && !is_json {
        say!("order: --order {}", arguments.order);
    }
    let reports = &settings.reports;
    let _lock = report::prepare(reports)?;
    let mut record = Record::begin(&plan, arguments.order.to_string(), settings.base_url.as_deref());
    record.environments.push(Environment::here());
    record.shard = shard;
    record.compare_with(&arguments.earlier_timings(reports)?);
    record.fails_on_flaky = arguments.fails_on_flaky(&settings);
    // What is found by playing it again and again is not disproved by playing it once.
    let repeats = arguments.repeat_each.map(NonZeroUsize::get);
    let repeats = repeats.or_else(|| earlier.as_ref().and_then(Record::repeats_of_open));
    if let Some(repeats) = repeats {
        record.repeat_each(repeats);
    }
    if let Some(earlier) = earlier {
        check_same_portal(&earlier, &record)?;
        record = merge_rerun(earlier, &plan, record);
    }
    let mut log = begin(&record, reports, &kinds, arguments.rerun)?;
    clear_evidence(reports, &record).map_err(ReportError::from)?;
    let options = RunOptions {
        retry_policy: arguments.retry_policy(&settings, repeats.unwrap_or(1)),
        tracing,
        scale: settings.scale.unwrap_or(SCALE),
    };
    if is_json {
        report::json_lines::begin(&plan, &record);
    }
    let mut watch = |plan: &Plan, event: &Event| {
        if let Err(error) = log.write(event) {
            say_err!("{error}; if the run is killed now, its record will be incomplete");
        }
        if is_json {
            report::json_lines::on_event(plan, event);
        }
    };
    let played = match run_plan(plan, record, &settings, &options, &mut watch) {
        Ok((_, played)) => played,
        Err(error) => {
            report_environment_error(&error, reports, &kinds, arguments.format);
            return Err(error);
        }
    };
    let written = keep(&played.record, reports, &kinds, arguments.format);
    report::github::annotate(&played.record, is_json);
    if let Some(trouble) = played.trouble {
        return Err(trouble.into());
    }
    written?;
    Ok(exit_status(&played.record))
}

/// From here on the folder for reports says that a run is under way, and nothing of what an earlier one came to.
fn begin(record: &Record, reports: &Path, kinds: &ReportKinds, is_rerun: bool) -> Result<RunLog, CliError> {
    let begun = RunLog::begin(reports, record).map_err(ReportError::from);
    let begun = begun.and_then(|log| report::mark_unfinished(reports, kinds).map(|()| log));
    // A full disk, where removing needs no room: the result of another run is not that of this one. A rerun needs what it repeats.
    Ok(begun.inspect_err(|_| {
        if !is_rerun && report::remove(reports) {
            say_err!(
                "{}: the reports of an earlier run are removed: this one can write none",
                reports.display()
            );
        }
    })?)
}

/// The environment is not fit: reports say why instead of guessing that the run was killed.
fn report_environment_error(error: &CliError, reports: &Path, kinds: &ReportKinds, format: Format) {
    // What can't be written now either is said where it was tried first.
    let Ok(mut record) = history::load(reports) else {
        return;
    };
    record.unfinished = Some(error.to_string().into());
    let _ = keep(&record, reports, kinds, format);
    report::github::annotate(&record, format == Format::Json);
}

/// Writes the reports, and then prints the summary: a reader that no longer reads holds up the summary, but no report.
pub(super) fn keep(record: &Record, reports: &Path, kinds: &ReportKinds, format: Format) -> Result<(), CliError> {
    let left = history::save(reports, record).map_err(ReportError::from);
    let written = left.and_then(|()| report::write(record, reports, kinds));
    report::github::summarise(record);
    match format {
        Format::Json => report::json_lines::end(record),
        Format::Text => {
            say_all!("{}", open_scenarios(record));
            if let Some(why) = &record.unfinished {
                say!("unfinished: {why}");
            }
            say!("{}", summary(record));
        }
    }
    if let Some(why) = output::trouble() {
        say_err!(
            "standard output did not take everything ({why}); the reports in {} have it",
            reports.display()
        );
    }
    written?;
    if format == Format::Text {
        let page = kinds.contains(&ReportKind::Html).then(|| reports.join(report::PAGE));
        say!("report: {}", page.as_deref().unwrap_or(reports).display());
    }
    Ok(())
}

/// What failed on one portal does not pass by passing on another.
fn check_same_portal(earlier: &Record, now: &Record) -> Result<(), CliError> {
    if earlier.base_url == now.base_url {
        return Ok(());
    }
    let named = |record: &Record| record.base_url.clone().unwrap_or_else(|| MOCK_PORTAL.to_owned());
    Err(CliError::Usage(format!(
        "the last run was played on {}, and this one would be on {}\n  \
         give --rerun the same --base-url, or run all of it without --rerun",
        named(earlier),
        named(now)
    )))
}

impl RunArguments {
    fn plan(&self, settings: &Settings, earlier: Option<&Record>) -> Result<(Plan, Option<ShardRecord>), CliError> {
        let mut plan = plan(&Selection {
            paths: self.paths.clone(),
            tags: self.tags.clone().or_else(|| settings.run.tags.clone()),
            tags_are_general: self.tags.is_none(),
            names: self.name.clone(),
            earlier: earlier.map(Record::to_rerun),
            allowed: settings.allowed,
        })?;
        settings
            .base_url
            .iter()
            .try_for_each(|portal| check_for(portal, &plan))?;
        if let Some(reference) = &self.only_changed {
            let changed = changed::since(reference)?;
            let mut chosen = BTreeSet::new();
            for file in &plan.files {
                if changed.has(&file.path)? {
                    chosen.insert(file.path.clone());
                }
            }
            plan.scenarios.retain(|scenario| chosen.contains(&scenario.path));
            if plan.scenarios.is_empty() {
                return Ok((plan, None));
            }
        }
        let mut record = None;
        if let Some(shard) = self.shard {
            self.check_timings()?;
            let timings = self
                .timings
                .as_deref()
                .map(history::load_timings)
                .transpose()?
                .flatten();
            if let (Some(file), None) = (&self.timings, &timings) {
                say_err!(
                    "{} does not exist yet: shards get equally many scenarios",
                    file.display()
                );
            }
            let part;
            (plan.scenarios, part) = shard.choose(plan.scenarios, &timings.unwrap_or_default());
            record = Some(part);
        }
        self.order.arrange(&mut plan.scenarios);
        Ok((plan, record))
    }

    /// A shard of which no scenario is left is a shard all the same: `docent merge` asks for it.
    fn record_empty_shard(
        &self,
        plan: &Plan,
        shard: ShardRecord,
        settings: &Settings,
        kinds: &ReportKinds,
    ) -> Result<ExitStatus, CliError> {
        let name = self.shard.map(|shard| shard.to_string()).unwrap_or_default();
        say_err!("nothing to run: --shard {name} is empty, there are fewer scenarios than shards");
        let _lock = report::prepare(&settings.reports)?;
        let mut record = Record::begin(plan, self.order.to_string(), settings.base_url.as_deref());
        record.environments.push(Environment::here());
        record.shard = Some(shard);
        record.end(Duration::ZERO, None, Vec::new(), Zoned::now().date());
        clear_evidence(&settings.reports, &record).map_err(ReportError::from)?;
        if self.format == Format::Json {
            report::json_lines::begin(plan, &record);
        }
        keep(&record, &settings.reports, kinds, self.format)?;
        Ok(ExitStatus::Success)
    }

    fn fails_on_flaky(&self, settings: &Settings) -> bool {
        self.fail_on_flaky || settings.run.fail_on_flaky || self.repeat_each.is_some()
    }

    /// The run that is repeated. What is asked of flaky scenarios now is asked of its own, too.
    fn earlier(&self, settings: &Settings) -> Result<Record, CliError> {
        let mut earlier = history::load(&settings.reports)?;
        earlier.fails_on_flaky |= self.fails_on_flaky(settings);
        if earlier.to_rerun().iter().any(|one| one.is_open) {
            return Ok(earlier);
        }
        Err(CliError::Usage(if earlier.unattributed_panics.is_empty() {
            "nothing to play again: the last run left nothing open, no scenario failed in it that counts".to_owned()
        } else {
            let panics: Vec<&str> = earlier.unattributed_panics.iter().map(|panic| &**panic).collect();
            let panics = panics.join("\n  ");
            format!(
                "no scenario can be played again, but the last run failed by panics outside of scenarios: run without --rerun\n  {panics}"
            )
        }))
    }

    /// How long scenarios took before: as this folder for reports knows it, which in CI often is a new one, or the file for shards.
    fn earlier_timings(&self, reports: &Path) -> Result<Timings, HistoryError> {
        match (history::last_timings(reports), &self.timings) {
            (timings, Some(file)) if timings.is_empty() => Ok(history::load_timings(file)?.unwrap_or_default()),
            (timings, _) => Ok(timings),
        }
    }

    fn check_timings(&self) -> Result<(), CliError> {
        match self.timings.as_ref().filter(|timings| timings.is_dir()) {
            Some(folder) => Err(CliError::Usage(format!(
                "--timings {0} is a folder: name the file in it, {0}/timings.json",
                folder.display()
            ))),
            None => Ok(()),
        }
    }

    fn nothing_changed(&self) -> String {
        let since = self.only_changed.as_deref().unwrap_or_default();
        format!("no feature file that was chosen has changed since {since}; reports are left as they were")
    }

    fn show(&self, plan: &Plan) {
        match self.format {
            Format::Json => plan
                .scenarios
                .iter()
                .for_each(|one| say_json!(report::json_lines::listed(one))),
            Format::Text => say_all!("{}", listed(plan)),
        }
        if self.dry_run && self.format == Format::Text {
            say!("{}", counted_up(plan));
        }
    }

    fn tracing(&self, settings: &Settings) -> Result<TraceMode, CliError> {
        let in_file = settings.run.trace.as_deref().map(|name| parse_setting("trace", name));
        Ok(self.trace.or(in_file.transpose()?).unwrap_or_default())
    }

    fn retry_policy(&self, settings: &Settings, repeats: usize) -> RetryPolicy {
        RetryPolicy {
            retries: self.retries.or(settings.run.retries).unwrap_or_default(),
            repeats,
            max_failures: if self.fail_fast {
                Some(NonZeroUsize::MIN)
            } else {
                self.max_failures.or(settings.run.max_failures)
            },
        }
    }
}

/// A signal is why not all was played, and outweighs what failed until then.
pub(super) fn exit_status(record: &Record) -> ExitStatus {
    match record.signal {
        Some(signal) => ExitStatus::Signal(signal),
        None if record.has_failed() => ExitStatus::Failed,
        None => ExitStatus::Success,
    }
}

/// What was left open and can't be played again keeps the run red; people must know why.
fn name_lost(earlier: Option<&Record>, plan: &Plan) {
    let scenarios = earlier.iter().flat_map(|earlier| &earlier.scenarios);
    for (scenario, _) in scenarios
        .zip(&plan.found)
        .filter(|(_, found)| **found == FoundScenario::Lost)
    {
        say_err!(
            "{}: {LOST}: it is not played, and still fails the run; run without --rerun to play all",
            scenario.key
        );
    }
}
