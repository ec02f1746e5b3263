//! People, Offices and documents, read from one file that a trainer can replace.

use std::{
    collections::HashSet,
    ops::Range,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use toml::Spanned;

use crate::{
    finance::{Contribution, Entry, Office, Payment, Report, Sense},
    pairing::rules,
};

const BUILT_IN: &str = include_str!("../fixtures/training.toml");
const BUILT_IN_NAME: &str = "mock-portal/fixtures/training.toml";

/// What a portal knows before anybody uses it.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// Everybody who has a WIPO Account from the start.
    pub people: Vec<Person>,
    /// The Offices, with the codes that pair an account with them.
    pub offices: Vec<FixtureOffice>,
    /// Distribution Reports, each with the Customer ID of its Office.
    pub reports: Vec<Of<Report>>,
    /// Invoices of Annual Contributions.
    pub invoices: Vec<Of<Contribution>>,
    /// What WIPO Pay shows.
    pub payments: Vec<Of<Payment>>,
    /// What moved on Current Accounts at WIPO.
    pub entries: Vec<Of<Entry>>,
}

/// Somebody with a WIPO Account.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// The name that is shown, "Amara Diallo".
    pub name: String,
    /// What is typed at login; unique.
    pub username: String,
    /// In plain text here only: the portal keeps its hash.
    pub password: SecretString,
    /// The account's e-mail address; unique.
    pub mail: String,
}

/// An Office with its Access Code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixtureOffice {
    /// "Intellectual Property Office of Arcadia".
    pub name: String,
    /// 5 or 6 digits; text, for leading zeros count.
    pub customer_id: String,
    /// Letters and digits; upper and lower case differ.
    pub access_code: SecretString,
}

impl FixtureOffice {
    /// The Office without its secret.
    #[must_use]
    pub fn office(&self) -> Office {
        Office {
            customer_id: self.customer_id.clone(),
            name: self.name.clone(),
        }
    }
}

/// A document and the Customer ID of the Office it belongs to.
#[derive(Clone, Debug, Deserialize)]
pub struct Of<T> {
    /// The Office's Customer ID.
    pub office: String,
    /// What belongs to it.
    #[serde(flatten)]
    pub document: T,
}

/// Why a fixture file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FixtureError {
    /// The file cannot be read at all.
    #[error("the fixture {path} cannot be read: {source}", path = path.display())]
    Unreadable {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file can be read, but something in it is wrong.
    #[error("{path}:{line}: {problem}", path = path.display())]
    Wrong {
        /// The file asked for.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong there, and what would be right.
        problem: String,
    },
}

impl Default for Fixture {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Fixture {
    /// The training fixture that comes with the portal.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn built_in() -> Self {
        static PARSED: LazyLock<Fixture> = LazyLock::new(|| {
            Fixture::parse(BUILT_IN, Path::new(BUILT_IN_NAME)).unwrap_or_else(|error| panic!("{error}"))
        });
        PARSED.clone()
    }

    /// Reads a fixture file of the form of `mock-portal/fixtures/training.toml`.
    pub fn load(path: &Path) -> Result<Self, FixtureError> {
        let text = std::fs::read_to_string(path).map_err(|source| FixtureError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self, FixtureError> {
        let wrong = |span: Range<usize>, problem: String| FixtureError::Wrong {
            path: path.to_owned(),
            line: 1 + text[..span.start.min(text.len())].matches('\n').count(),
            problem,
        };
        let tables: Tables = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let problem = malformed(text, &span, &error);
            wrong(span, problem)
        })?;
        tables.check().map_err(|(span, problem)| wrong(span, problem))?;
        Ok(tables.into_fixture())
    }
}

/// The parser's own message shows a value of the wrong type, which may be a secret's.
fn malformed(text: &str, span: &Range<usize>, error: &toml::de::Error) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    match ["password", "access_code"]
        .into_iter()
        .find(|key| line.starts_with(key))
    {
        Some(key) => format!("{key} must be a text in quotes; the value is not shown here"),
        None => error.message().to_owned(),
    }
}

type Problem = (Range<usize>, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    #[serde(default)]
    person: Vec<Spanned<Person>>,
    #[serde(default)]
    office: Vec<Spanned<FixtureOffice>>,
    #[serde(default)]
    report: Vec<Spanned<Of<Report>>>,
    #[serde(default)]
    invoice: Vec<Spanned<Of<Contribution>>>,
    #[serde(default)]
    payment: Vec<Spanned<Of<Payment>>>,
    #[serde(default)]
    entry: Vec<Spanned<Of<Entry>>>,
}

impl Tables {
    fn check(&self) -> Result<(), Problem> {
        unique(&self.person, "username", |person| &person.username)?;
        unique(&self.person, "mail", |person| &person.mail)?;
        unique(&self.office, "customer_id", |office| &office.customer_id)?;
        for office in &self.office {
            well_formed(office)?;
        }
        self.check_documents(&self.report)?;
        self.check_documents(&self.invoice)?;
        self.check_documents(&self.payment)?;
        self.check_documents(&self.entry)
    }

    fn check_documents<T: Sense>(&self, documents: &[Spanned<Of<T>>]) -> Result<(), Problem> {
        self.check_owners(documents)?;
        let problem = |row: &Spanned<Of<T>>| Some((row.span(), row.get_ref().document.problem()?));
        documents.iter().find_map(problem).map_or(Ok(()), Err)
    }

    fn check_owners<T>(&self, documents: &[Spanned<Of<T>>]) -> Result<(), Problem> {
        let known = |id: &str| self.office.iter().any(|office| office.get_ref().customer_id == id);
        documents
            .iter()
            .find(|document| !known(&document.get_ref().office))
            .map_or(Ok(()), |stray| {
                let id = &stray.get_ref().office;
                Err((
                    stray.span(),
                    format!("office = {id:?} is the customer_id of no [[office]] in this file"),
                ))
            })
    }

    fn into_fixture(self) -> Fixture {
        Fixture {
            people: values(self.person),
            offices: values(self.office),
            reports: values(self.report),
            invoices: values(self.invoice),
            payments: values(self.payment),
            entries: values(self.entry),
        }
    }
}

fn values<T>(spanned: Vec<Spanned<T>>) -> Vec<T> {
    spanned.into_iter().map(Spanned::into_inner).collect()
}

fn unique<T>(rows: &[Spanned<T>], key: &str, value: impl Fn(&T) -> &String) -> Result<(), Problem> {
    let mut seen = HashSet::new();
    rows.iter()
        .find(|row| !seen.insert(value(row.get_ref()).to_lowercase()))
        .map_or(Ok(()), |twice| {
            Err((
                twice.span(),
                format!(
                    "{key} = {:?} stands twice in this file; it must be unique",
                    value(twice.get_ref())
                ),
            ))
        })
}

fn well_formed(row: &Spanned<FixtureOffice>) -> Result<(), Problem> {
    let office = row.get_ref();
    if !rules::is_customer_id(&office.customer_id) {
        let problem = format!(
            "customer_id = {:?}: a Customer ID has exactly 5 or 6 digits",
            office.customer_id
        );
        return Err((row.span(), problem));
    }
    if !rules::is_access_code(office.access_code.expose_secret()) {
        let problem = "access_code: an Access Code holds both letters and digits, and nothing else".to_owned();
        return Err((row.span(), problem));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        Fixture::parse(text, Path::new("mine.toml")).unwrap_err().to_string()
    }

    #[test]
    fn a_secret_that_is_no_text_is_not_shown() {
        for (key, table) in [("password", "person"), ("access_code", "office")] {
            let told = problem(&format!("[[{table}]]\nname = \"A\"\n{key} = 20251107\n"));
            assert!(told.starts_with(&format!("mine.toml:3: {key} must be")), "{told}");
            assert!(!told.contains("20251107"), "{told}");
        }
    }

    #[test]
    fn debug_output_holds_neither_passwords_nor_access_codes() {
        let debug = format!("{:?}", Fixture::built_in());
        assert!(debug.contains("amara") && debug.contains("41207"), "{debug}");
        assert!(
            !debug.contains("Training2024") && !debug.contains("A7K2M9QX"),
            "{debug}"
        );
    }

    #[test]
    fn built_in_fixture_holds_the_training_people_and_offices() {
        let fixture = Fixture::built_in();
        let usernames: Vec<_> = fixture.people.iter().map(|person| person.username.as_str()).collect();
        let ids: Vec<_> = fixture
            .offices
            .iter()
            .map(|office| office.customer_id.as_str())
            .collect();
        assert_eq!(usernames, ["amara", "bogdan", "chenwei", "dolores"]);
        assert_eq!(ids, ["41207", "180457", "00731"]);
    }

    #[test]
    fn arcadia_has_no_documents() {
        let fixture = Fixture::built_in();
        assert!(fixture.reports.iter().all(|report| report.office != "41207"));
        assert!(fixture.invoices.iter().all(|invoice| invoice.office != "41207"));
    }

    #[test]
    fn a_misspelt_key_is_told_with_file_and_line() {
        let told = problem("\n[[person]]\nname = \"A\"\nusrname = \"a\"\n");
        assert!(told.starts_with("mine.toml:4: unknown field `usrname`"), "{told}");
    }

    #[test]
    fn a_name_that_stands_twice_is_told_with_its_line() {
        let person = "[[person]]\nname = \"A\"\nusername = \"a\"\npassword = \"p\"\nmail = \"a@b.example\"\n";
        let told = problem(&person.repeat(2));
        assert!(told.starts_with("mine.toml:6: username = \"a\" stands twice"), "{told}");
    }

    #[test]
    fn a_document_of_no_office_is_told_with_its_line() {
        let told = problem(
            "[[entry]]\noffice = \"99999\"\ntext = \"x\"\ndate = \"2024-01-01\"\namount = 1\ncurrency = \"CHF\"\n",
        );
        assert!(
            told.starts_with("mine.toml:1: office = \"99999\" is the customer_id of no"),
            "{told}"
        );
    }

    #[test]
    fn a_document_that_makes_no_sense_is_told_with_its_line() {
        let office = "[[office]]\nname = \"A\"\ncustomer_id = \"12345\"\naccess_code = \"A1\"\n";
        let report = "[[report]]\noffice = \"12345\"\nnumber = \"1\"\ntype = \"PCT\"\nyear = 2024\nmonth = 13\n\
            amount = 1\ncurrency = \"CHF\"\n";
        let told = problem(&format!("{office}{report}"));
        assert!(told.starts_with("mine.toml:5: month = 13"), "{told}");
    }

    #[test]
    fn a_malformed_customer_id_is_told() {
        let told = problem("[[office]]\nname = \"A\"\ncustomer_id = \"123\"\naccess_code = \"A1\"\n");
        assert!(told.contains("exactly 5 or 6 digits"), "{told}");
    }

    #[test]
    fn a_missing_file_is_told_with_its_name() {
        let told = Fixture::load(Path::new("nowhere.toml")).unwrap_err().to_string();
        assert!(told.starts_with("the fixture nowhere.toml cannot be read"), "{told}");
    }
}
