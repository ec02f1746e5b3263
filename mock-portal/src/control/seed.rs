//! Accounts, dashboards and pairings, set up at once.

use std::collections::BTreeMap;

use rusqlite::Connection;
use secrecy::SecretString;
use serde::Deserialize;

use super::portal_control::{Control, ControlError};
use crate::{
    accounts::{self, CreateAccountsError},
    finance::CustomerId,
    fixture::Person,
    store::{AccountId, add_widget, clear_widgets, find_account_by_username, insert_pairing},
    widgets::Widget,
};

/// What is to be set up: all of it, or nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seed {
    /// New accounts, and changes to existing ones.
    pub accounts: Vec<SeedAccount>,
}

/// A new account if it has name, mail and password; otherwise an existing one.
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
    /// The widgets on the dashboard, instead of the present ones: ids (`world-clock`) or names as in the panel.
    pub dashboard: Option<Vec<String>>,
    /// Widgets and the Customer IDs of the Offices they are paired with. They are added to the dashboard.
    #[serde(default)]
    pub pairings: BTreeMap<String, String>,
}

fn invalid(problem: impl Into<String>) -> ControlError {
    ControlError::Seed(problem.into())
}

impl SeedAccount {
    /// The person of a new account.
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
                return Err(invalid(format!(
                    "a new account needs name, mail and password; {:?} has only some of them",
                    self.username
                )));
            }
        };
        match accounts::validate_person(&person) {
            Some(problem) => Err(invalid(format!("the account {:?}: {problem}", self.username))),
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
        let hashes = accounts::password_hashes(&people).map_err(CreateAccountsError::from)?;
        self.state.database.with(|db| {
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
                return Err(invalid(format!(
                    "the username or the mail of {username:?} has an account already"
                )));
            }
        }
        for wanted in &seed.accounts {
            let account = find_account_by_username(db, &wanted.username)?.ok_or_else(|| {
                invalid(format!(
                    "no account has the username {:?}; a new account needs name, mail and password",
                    wanted.username
                ))
            })?;
            if let Some(widgets) = &wanted.dashboard {
                set_dashboard(db, account.id, widgets)?;
            }
            for (widget, customer_id) in &wanted.pairings {
                self.pair(db, account.id, widget, customer_id)?;
            }
        }
        Ok(())
    }

    fn pair(&self, db: &Connection, account: AccountId, widget: &str, customer_id: &str) -> Result<(), ControlError> {
        let widget = find_widget(widget)?;
        if !widget.is_pairable() {
            return Err(invalid(format!(
                "the widget \"{}\" shows nothing of an Office",
                widget.id
            )));
        }
        let customer_id = customer_id.parse().map_err(|error| invalid(format!("{error}")))?;
        self.check_office(&customer_id)?;
        add_widget(db, account, widget.id)?;
        insert_pairing(db, account, widget.id, &customer_id)?;
        Ok(())
    }

    /// Only where the fixture knows the Offices can an unknown one be refused.
    fn check_office(&self, customer_id: &CustomerId) -> Result<(), ControlError> {
        let offices = &self.initial.fixture.offices;
        let is_known = offices.iter().any(|office| office.customer_id == *customer_id);
        if is_known || !self.initial.knows_offices {
            return Ok(());
        }
        let known: Vec<_> = offices.iter().map(|office| office.customer_id.as_str()).collect();
        let known = known.join(", ");
        Err(invalid(format!(
            "{customer_id} is the Customer ID of no Office; there are {known}"
        )))
    }
}

fn set_dashboard(db: &Connection, account: AccountId, widgets: &[String]) -> Result<(), ControlError> {
    clear_widgets(db, account)?;
    for widget in widgets {
        add_widget(db, account, find_widget(widget)?.id)?;
    }
    Ok(())
}

fn find_widget(widget: &str) -> Result<&'static Widget, ControlError> {
    Widget::find_by_id_or_name(widget).ok_or_else(|| {
        let all: Vec<_> = Widget::all().map(|widget| widget.id.as_str()).collect();
        invalid(format!("there is no widget {widget:?}; there are {}", all.join(", ")))
    })
}
