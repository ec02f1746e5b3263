//! Features, rules, backgrounds, scenarios and examples.

use super::Parser;
use super::description::End;
use crate::gherkin::ast::{Background, Examples, Feature, Heading, Rule, Scenario, Table, Tag};
use crate::gherkin::dialect::Section;
use crate::gherkin::error::Problem;
use crate::gherkin::line::Line;
use crate::gherkin::misspelling::{self, Misspelt};
use crate::gherkin::outline;

/// What can stand in a feature or rule.
const IN_CONTAINER: &str = "a background, a scenario, a rule, or tags";
const AFTER_EXAMPLES: &str = "a row of the table, further examples, tags, or the next scenario or rule";

/// What may begin in a feature or a rule, in the order of the official parser.
const CONTAINED: [Section; 4] = [Section::Background, Section::Scenario, Section::Outline, Section::Rule];
const AFTER_BACKGROUND: [Section; 3] = [Section::Scenario, Section::Outline, Section::Rule];
const IN_SCENARIO: [Section; 4] = [Section::Examples, Section::Scenario, Section::Outline, Section::Rule];
const ALL: [Section; 6] = [
    Section::Examples,
    Section::Background,
    Section::Scenario,
    Section::Outline,
    Section::Rule,
    Section::Feature,
];

/// What a feature or a rule consists of.
#[derive(Default)]
struct Contents {
    background: Option<Background>,
    scenarios: Vec<Scenario>,
    rules: Vec<Rule>,
}

/// A heading that was found, with the tags above it.
struct Found<'a> {
    tags: Vec<Tag>,
    section: Section,
    line: Line<'a>,
    keyword: &'static str,
}

impl<'a> Parser<'a> {
    pub(super) fn feature(&mut self, tags: Vec<Tag>, line: Line<'a>, keyword: &'static str) -> Feature {
        let language = self.dialect.code.to_owned();
        let heading = self.heading(tags, &line, keyword, contained(&CONTAINED));
        let (
            Contents {
                background,
                scenarios,
                rules,
            },
            _,
        ) = self.contents(false);
        Feature {
            heading,
            language,
            background,
            scenarios,
            rules,
        }
    }

    fn heading(&mut self, tags: Vec<Tag>, line: &Line, keyword: &str, end: End) -> Heading {
        // A keyword may have been written with a slip, but has its colon.
        let is_exact = line
            .text
            .strip_prefix(keyword)
            .is_some_and(|rest| rest.starts_with(':'));
        let colon = if is_exact {
            Some(keyword.len())
        } else {
            line.text.find(':')
        };
        Heading {
            position: line.position(),
            tags,
            keyword: keyword.to_owned(),
            name: line.rest(colon.map_or(line.text.len(), |colon| colon + 1)).to_owned(),
            description: self.description(end),
        }
    }

    /// All of a feature, or of a rule with the heading of the next rule, which ends it.
    fn contents(&mut self, is_rule: bool) -> (Contents, Option<Found<'a>>) {
        let mut contents = Contents::default();
        let mut pending = None;
        while let Some(found) = pending.take().or_else(|| self.next_heading()) {
            match found.section {
                Section::Rule if is_rule => return (contents, Some(found)),
                Section::Rule => pending = self.rule(found, &mut contents.rules),
                Section::Scenario | Section::Outline => pending = self.scenario(found, &mut contents.scenarios),
                Section::Background => self.background(found, &mut contents),
                Section::Examples => self.stray_examples(found),
                Section::Feature => self.second_feature(&found.line),
            }
        }
        (contents, None)
    }

    /// The next heading with its tags; what else stands there is an error.
    fn next_heading(&mut self) -> Option<Found<'a>> {
        loop {
            let tags = self.tags();
            let Some(line) = self.filled() else {
                if let Some(tag) = tags.first() {
                    self.error(Problem::TagsAboveNothing { found: None }, tag.position);
                }
                return None;
            };
            if let Some((section, keyword)) = self.section_or_misspelt(&line) {
                self.next += 1;
                let mut found = Found {
                    tags,
                    section,
                    line,
                    keyword,
                };
                self.check_tags(&mut found);
                return Some(found);
            }
            self.no_heading(&line, &tags);
        }
    }

    /// The section that a line begins, or was meant to.
    fn section_or_misspelt(&mut self, line: &Line) -> Option<(Section, &'static str)> {
        if let Some(found) = line.section(self.dialect, &ALL) {
            return Some(found);
        }
        let meant = misspelling::instead_of(line, self.dialect, &ALL)?;
        let Misspelt { word, keyword, section } = meant;
        let section = section?;
        self.error(Problem::Misspelt { word, keyword }, line.position());
        Some((section, keyword))
    }

    fn check_tags(&mut self, found: &mut Found) {
        if matches!(found.section, Section::Background | Section::Feature)
            && let Some(tag) = found.tags.first()
        {
            let line = Some(found.line.trimmed().to_owned());
            self.error(Problem::TagsAboveNothing { found: line }, tag.position);
            found.tags.clear();
        }
    }

    /// Skips what is no heading where only a heading can be.
    fn no_heading(&mut self, line: &Line<'a>, tags: &[Tag]) {
        if let Some(tag) = tags.first() {
            let found = Some(line.trimmed().to_owned());
            self.error(Problem::TagsAboveNothing { found }, tag.position);
        } else {
            self.error(Problem::unexpected(line, IN_CONTAINER), line.position());
        }
        self.next += usize::from(line.delimiter().is_none());
        self.skip_steps();
    }

    /// What is wrong with steps that can't stand where they do has been said.
    fn skip_steps(&mut self) {
        let errors = self.errors.len();
        self.steps();
        self.errors.truncate(errors);
    }

    fn stray_examples(&mut self, found: Found<'a>) {
        self.error(Problem::ExamplesWithoutScenario, found.line.position());
        self.examples(found);
    }

    fn second_feature(&mut self, line: &Line) {
        self.error(Problem::SecondFeature, line.position());
        self.description(contained(&CONTAINED));
    }

    fn background(&mut self, found: Found<'a>, contents: &mut Contents) {
        let scenario = contents
            .scenarios
            .first()
            .map(|scenario| scenario.heading.position.line);
        let first = contents
            .background
            .as_ref()
            .map(|background| background.heading.position.line);
        let problem = match (scenario, first) {
            (Some(scenario), _) => Some(Problem::LateBackground { scenario }),
            (None, Some(first)) => Some(Problem::SecondBackground { first }),
            (None, None) => None,
        };
        if let Some(problem) = problem {
            self.error(problem, found.line.position());
        }
        let end = End {
            steps: true,
            ..contained(&AFTER_BACKGROUND)
        };
        let heading = self.heading(found.tags, &found.line, found.keyword, end);
        let steps = self.steps();
        contents.background.get_or_insert(Background { heading, steps });
    }

    /// A rule, and the next one if there is one.
    fn rule(&mut self, found: Found<'a>, rules: &mut Vec<Rule>) -> Option<Found<'a>> {
        let heading = self.heading(found.tags, &found.line, found.keyword, contained(&CONTAINED));
        let (
            Contents {
                background, scenarios, ..
            },
            next,
        ) = self.contents(true);
        rules.push(Rule {
            heading,
            background,
            scenarios,
        });
        next
    }

    /// A scenario, and the heading behind it.
    fn scenario(&mut self, found: Found<'a>, scenarios: &mut Vec<Scenario>) -> Option<Found<'a>> {
        let end = End {
            steps: true,
            ..contained(&IN_SCENARIO)
        };
        let heading = self.heading(found.tags, &found.line, found.keyword, end);
        let mut scenario = Scenario {
            heading,
            is_outline: found.section == Section::Outline,
            steps: self.steps(),
            examples: Vec::new(),
        };
        let mut next = self.next_heading();
        while let Some(examples) = next.take_if(|next| next.section == Section::Examples) {
            let examples = self.examples(examples);
            scenario.examples.push(examples);
            next = self.next_heading();
        }
        self.errors.extend(outline::check(&scenario));
        scenarios.push(scenario);
        next
    }

    fn examples(&mut self, found: Found<'a>) -> Examples {
        let end = End {
            rows: true,
            ..contained(&IN_SCENARIO)
        };
        let heading = self.heading(found.tags, &found.line, found.keyword, end);
        let rows = self.rows();
        self.after_examples(heading.position.line);
        let table = (!rows.is_empty()).then_some(Table { rows });
        Examples { heading, table }
    }

    /// What stands behind the rows but is no heading.
    fn after_examples(&mut self, examples: usize) {
        while let Some(line) = self.filled() {
            let meant = || misspelling::instead_of(&line, self.dialect, &ALL).and_then(|meant| meant.section);
            if line.has_tags() || line.section(self.dialect, &ALL).is_some() || meant().is_some() {
                return;
            }
            let problem = if line.step(self.dialect).is_some() {
                Problem::StepAfterExamples { examples }
            } else {
                Problem::unexpected(&line, AFTER_EXAMPLES)
            };
            self.error(problem, line.position());
            self.next += usize::from(line.delimiter().is_none());
            self.skip_steps();
        }
    }
}

const fn contained(sections: &'static [Section]) -> End {
    End {
        sections,
        steps: false,
        rows: false,
    }
}
