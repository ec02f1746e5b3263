//! The run as Cucumber Messages: one JSON object a line, for everything that reads what Cucumber writes.
//!
//! First what steps can mean, then what each feature file says (source, document, pickles, test cases), then the attempts:
//! every attempt as a block of its own, in the order in which they began. Of a file that is written, nothing is kept but what
//! its test cases are called.

mod attempts;
mod document;
mod ids;
mod pickles;
mod protocol;
mod verdict;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use self::attempts::{DefinitionIds, TestCaseIds};
use self::ids::Ids;
use self::protocol::{
    Ci, Envelope, Git, Meta, ParseError, Pickle, Product, Source, SourceReference, TestRunFinished, TestRunStarted,
    VERSION,
};
use super::view;
use crate::suite::plan::feature_file::{FeatureFile, SourceFile};
use crate::suite::record::environment::Environment;
use crate::suite::record::{Record, ScenarioRecord};

/// The stream of Cucumber Messages, in the folder for reports.
pub const FILE: &str = "messages.ndjson";

/// Writes the stream; evidence is read from the folder for reports and becomes a part of it.
///
/// # Errors
/// What `out` says.
pub(crate) fn write(record: &Record, folder: &Path, out: &mut dyn Write) -> io::Result<()> {
    let mut stream = Stream {
        out,
        ids: Ids::default(),
    };
    stream.tell(&Envelope::Meta(meta(record)))?;
    let definitions = DefinitionIds::assign(record, &mut stream.ids);
    for definition in definitions.messages() {
        stream.tell(&Envelope::StepDefinition(definition))?;
    }
    let run = stream.ids.next();
    stream.tell(&Envelope::TestRunStarted(TestRunStarted {
        id: run.clone(),
        timestamp: record.began.into(),
    }))?;
    let selected = selected(record);
    let mut cases = Vec::new();
    for file in &record.files {
        for pickle in stream.source(file)? {
            if let Some(scenario) = selected.get(&(file.path.as_path(), pickle.location.line)) {
                cases.push(stream.case(scenario, &pickle, &definitions, &run)?);
            }
        }
    }
    stream.attempts(record, folder, &cases)?;
    stream.tell(&Envelope::TestRunFinished(run_finished(record, run)))
}

/// The scenarios that were selected, by file and line.
fn selected(record: &Record) -> BTreeMap<(&Path, usize), &ScenarioRecord> {
    // What is no longer in its file is no pickle of it; another may stand in its line.
    let scenarios = record.scenarios.iter().filter(|one| !one.is_lost);
    scenarios.map(|one| ((one.path.as_path(), one.line), one)).collect()
}

/// Where messages go.
struct Stream<'a> {
    out: &'a mut dyn Write,
    ids: Ids,
}

impl Stream<'_> {
    fn tell(&mut self, envelope: &Envelope) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, envelope)?;
        self.out.write_all(b"\n")
    }

    /// What a feature file says, and the scenarios in it.
    fn source(&mut self, file: &SourceFile) -> io::Result<Vec<Pickle>> {
        let uri = file.path.display().to_string();
        self.tell(&Envelope::Source(Source {
            uri: uri.clone(),
            data: file.source.to_string(),
            media_type: "text/x.cucumber.gherkin+plain",
        }))?;
        let read = match FeatureFile::parse(&file.path, file.source.to_string()) {
            Ok(read) => read,
            // A record of an older or newer kit; the others can be written.
            Err(error) => {
                let source = SourceReference { uri, location: None };
                let message = error.to_string();
                self.tell(&Envelope::ParseError(ParseError { source, message }))?;
                return Ok(Vec::new());
            }
        };
        let document = document::document(&read, &mut self.ids);
        let pickles = pickles::pickles(&read, &document, &mut self.ids);
        self.tell(&Envelope::GherkinDocument(document))?;
        let envelopes: Vec<_> = pickles.into_iter().map(Envelope::Pickle).collect();
        envelopes.iter().try_for_each(|pickle| self.tell(pickle))?;
        let pickle = |envelope| match envelope {
            Envelope::Pickle(pickle) => Some(pickle),
            _ => None,
        };
        Ok(envelopes.into_iter().filter_map(pickle).collect())
    }

    /// A scenario that was selected.
    fn case<'a>(
        &mut self,
        scenario: &'a ScenarioRecord,
        pickle: &Pickle,
        definitions: &DefinitionIds<'_>,
        run: &str,
    ) -> io::Result<TestCaseIds<'a>> {
        let message = definitions.test_case(scenario, pickle, run, &mut self.ids);
        let case = TestCaseIds::new(scenario, &message);
        self.tell(&Envelope::TestCase(message))?;
        Ok(case)
    }

    fn attempts(&mut self, record: &Record, folder: &Path, cases: &[TestCaseIds]) -> io::Result<()> {
        let mut attempts: Vec<_> = cases.iter().flat_map(|case| case.attempts(record)).collect();
        attempts.sort_by_key(attempts::AttemptMessages::began);
        for attempt in attempts {
            for envelope in attempt.messages(folder, &mut self.ids) {
                self.tell(&envelope)?;
            }
        }
        Ok(())
    }
}

fn meta(record: &Record) -> Meta {
    let named = |name| Product { name, version: None };
    Meta {
        protocol_version: VERSION,
        implementation: Product {
            name: "docent",
            version: Some(record.version.clone()),
        },
        runtime: named("rust"),
        os: named(std::env::consts::OS),
        cpu: named(std::env::consts::ARCH),
        ci: record.environments.iter().find_map(ci),
    }
}

/// The first job of several: messages have room for one.
fn ci(environment: &Environment) -> Option<Ci> {
    let ci = environment.ci.as_ref()?;
    let git = environment.commit.as_ref().and_then(|commit| {
        Some(Git {
            // A repository without an address is none to messages.
            remote: commit.remote.clone()?,
            revision: commit.revision.clone(),
            branch: commit.branch.clone(),
            tag: commit.tag.clone(),
        })
    });
    Some(Ci {
        name: ci.service.clone(),
        url: ci.url.clone(),
        build_number: ci.build.clone(),
        git,
    })
}

fn run_finished(record: &Record, run: String) -> TestRunFinished {
    let interrupted = record
        .signal
        .map(|signal| format!("the run was ended by signal {signal}"));
    let outside: Vec<_> = view::run_errors(record).into_iter().chain(interrupted).collect();
    let attempts = record.scenarios.iter().flat_map(|scenario| &scenario.attempts);
    let ends = attempts.map(|attempt| view::after(attempt.began, attempt.durations.total()));
    // A rerun's attempts come long after the run that it repeats began.
    let last = ends.fold(view::after(record.began, record.took), Ord::max);
    TestRunFinished {
        test_run_started_id: run,
        timestamp: last.into(),
        success: view::succeeded(record),
        message: (!outside.is_empty()).then(|| outside.join("\n")),
    }
}

#[cfg(test)]
mod tests;
