//! Accounts, dashboards and pairings, set up at once.

use std::collections::BTreeMap;

use rusqlite::Connection;
use secrecy::SecretString;
use serde::Deserialize;

use super::{Control, ControlError};
use crate::{
    StartError, accounts,
    dashboard::{store, widget::Widget},
    fixture::Person,
    pairing,
};

/// What is to be there; all of it is set up, or nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// New accounts, and what changes in those that are there.
    pub accounts: Vec<SeedAccount>,
}

/// A new account if it has name, mail and password; otherwise one that is there.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedAccount {
    /// What is typed at login.
    pub username: String,
    /// The name that is shown.
    pub name: Option<String>,
    /// The e-mail address.
    pub mail: Option<String>,
    /// In plain text here only.
    pub password: Option<SecretString>,
    /// The widgets on the dashboard, instead of those that are there: ids (`world-clock`) or names as in the panel.
    pub dashboard: Option<Vec<String>>,
    /// Widgets and the Customer IDs of the Offices they are paired with. They come onto the dashboard.
    #[serde(default)]
    pub pairings: BTreeMap<String, String>,
}

fn wrong(problem: impl Into<String>) -> ControlError {
    ControlError::Seed(problem.into())
}

impl SeedAccount {
    /// The new person, if it is one.
    fn person(&self) -> Result<Option<Person>, ControlError> {
        let person = match (&self.name, &self.mail, &self.password) {
            (None, None, None) => return Ok(None),
            (Some(name), Some(mail), Some(password)) => Person {
                name: name.clone(),
                username: self.username.clone(),
                password: password.clone(),
                mail: mail.clone(),
            },
            _ => {
                return Err(wrong(format!(
                    "a new account needs name, mail and password; {:?} has only some of them",
                    self.username
                )));
            }
        };
        match accounts::problem_of(&person) {
            Some(problem) => Err(wrong(format!("the account {:?}: {problem}", self.username))),
            None => Ok(Some(person)),
        }
    }
}

impl Control {
    /// Sets all of it up, or nothing.
    pub fn seed(&self, seed: &Seed) -> Result<(), ControlError> {
        let people = seed
            .accounts
            .iter()
            .filter_map(|account| account.person().transpose())
            .collect::<Result<Vec<_>, _>>()?;
        let hashes = accounts::hashes(&people).map_err(StartError::from)?;
        self.app.database.with(|db| {
            let transaction = db.transaction()?;
            let set_up = self.set_up(&transaction, seed, &people, &hashes);
            if set_up.is_ok() {
                transaction.commit()?;
            }
            Ok(set_up)
        })?
    }

    fn set_up(&self, db: &Connection, seed: &Seed, people: &[Person], hashes: &[String]) -> Result<(), ControlError> {
        for (person, hash) in people.iter().zip(hashes) {
            if !accounts::insert_person(db, person, hash)? {
                let username = &person.username;
                return Err(wrong(format!(
                    "the username or the mail of {username:?} has an account already"
                )));
            }
        }
        for wanted in &seed.accounts {
            let account = accounts::find_by_username(db, &wanted.username)?.ok_or_else(|| {
                wrong(format!(
                    "nobody has the username {:?}; a new account needs name, mail and password",
                    wanted.username
                ))
            })?;
            if let Some(widgets) = &wanted.dashboard {
                lay_out(db, account.id, widgets)?;
            }
            for (widget, customer_id) in &wanted.pairings {
                self.pair(db, account.id, widget, customer_id)?;
            }
        }
        Ok(())
    }

    fn pair(&self, db: &Connection, account: i64, widget: &str, customer_id: &str) -> Result<(), ControlError> {
        let widget = known(widget)?;
        if !widget.is_pairable() {
            return Err(wrong(format!("the widget {:?} shows nothing of an Office", widget.id)));
        }
        self.check_office(customer_id)?;
        store::add(db, account, widget.id)?;
        pairing::store::insert(db, account, widget, customer_id)?;
        Ok(())
    }

    /// Where another service knows the Offices, only the form of an ID can be told.
    fn check_office(&self, customer_id: &str) -> Result<(), ControlError> {
        if !pairing::rules::is_customer_id(customer_id) {
            return Err(wrong(format!(
                "{customer_id:?} is no Customer ID, which has exactly 5 or 6 digits"
            )));
        }
        let offices = &self.beginning.fixture.offices;
        let known = offices.iter().map(|office| office.customer_id.as_str());
        if !self.beginning.knows_offices || known.clone().any(|id| id == customer_id) {
            return Ok(());
        }
        let known = known.collect::<Vec<_>>().join(", ");
        Err(wrong(format!(
            "{customer_id:?} is the Customer ID of no Office; there are {known}"
        )))
    }
}

fn lay_out(db: &Connection, account: i64, widgets: &[String]) -> Result<(), ControlError> {
    store::clear(db, account)?;
    for widget in widgets {
        store::add(db, account, known(widget)?.id)?;
    }
    Ok(())
}

fn known(widget: &str) -> Result<&'static Widget, ControlError> {
    Widget::called(widget).ok_or_else(|| {
        let all: Vec<_> = Widget::all().map(|widget| widget.id).collect();
        wrong(format!("there is no widget {widget:?}; there are {}", all.join(", ")))
    })
}
