//! Declared secrets: what may be typed but never written anywhere.
//!
//! A feature writes `"secret:NAME"` where a value belongs. The value comes from the environment, from `docent.toml` or from the
//! built-in portal's fixture, in this order; all are read once, when the settings are. [`crate::redact`] takes them out of what is
//! written.

use std::collections::BTreeMap;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use crate::redact;

const PREFIX: &str = "secret:";
const VARIABLES: &str = "DOCENT_SECRET_";

/// Secret values by name.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    /// By the name that a feature gives them.
    named: BTreeMap<String, SecretString>,
    /// By environment variable; these go first.
    variables: BTreeMap<String, SecretString>,
}

/// A feature names a secret that was not declared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no secret called {name:?}\n  declare it in the environment as {}, or in docent.toml under [secrets]\n  declared are: {}",
    variable(name),
    declared.join(", ")
)]
pub struct UnknownSecret {
    /// What the feature calls it.
    pub name: String,
    /// The names there are.
    pub declared: Vec<String>,
}

/// The environment variable that declares a secret: `access code` is `DOCENT_SECRET_ACCESS_CODE`.
fn variable(name: &str) -> String {
    let word: String = name
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
        .collect();
    format!("{VARIABLES}{}", word.to_uppercase())
}

impl Secrets {
    /// All secrets that these variables of the environment declare. One that is set to nothing counts as not set.
    pub fn from_environment(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let declared = variables
            .into_iter()
            .filter(|(name, value)| name.starts_with(VARIABLES) && !value.is_empty())
            .map(|(name, value)| (name, protected(value.into())));
        Self {
            named: BTreeMap::new(),
            variables: declared.collect(),
        }
    }

    /// Declares a secret, which is redacted from now on; an earlier one of that name is replaced. Empty values are no secrets.
    pub fn declare(&mut self, name: impl Into<String>, value: impl Into<SecretString>) {
        let value = value.into();
        if !value.expose_secret().is_empty() {
            self.named.insert(name.into(), protected(value));
        }
    }

    /// What is to be typed for a value of a feature: itself, or the secret that it names.
    ///
    /// # Errors
    /// [`UnknownSecret`].
    pub fn reveal(&self, written: &str) -> Result<SecretString, UnknownSecret> {
        let Some(name) = written.strip_prefix(PREFIX) else {
            return Ok(written.into());
        };
        let declared = self.variables.get(&variable(name)).or_else(|| self.named.get(name));
        declared.cloned().ok_or_else(|| UnknownSecret {
            name: name.to_owned(),
            declared: self.named.keys().chain(self.variables.keys()).cloned().collect(),
        })
    }

    /// All values, longest first.
    #[must_use]
    pub fn values(&self) -> SecretValues {
        let mut values: Vec<_> = self.named.values().chain(self.variables.values()).cloned().collect();
        values.sort_by(|a, b| {
            let (a, b) = (a.expose_secret(), b.expose_secret());
            b.len().cmp(&a.len()).then_with(|| a.cmp(b))
        });
        values.dedup_by(|a, b| a.expose_secret() == b.expose_secret());
        SecretValues(values.into())
    }
}

fn protected(value: SecretString) -> SecretString {
    redact::protect(&value);
    value
}

/// What must not be readable on a picture: the values of all secrets, longest first.
#[derive(Clone, Debug, Default)]
pub struct SecretValues(Arc<[SecretString]>);

impl SecretValues {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The values themselves.
    pub fn exposed(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(ExposeSecret::expose_secret)
    }
}

impl<T: Into<SecretString>> FromIterator<T> for SecretValues {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        let variables = [
            ("DOCENT_SECRET_ACCESS_CODE", "Q8RR-7741"),
            ("DOCENT_SECRET_PIN", ""),
            ("HOME", "/root"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut secrets = Secrets::from_environment(variables);
        secrets.declare("password of amara", "Training2024");
        secrets.declare("access code", "from the file");
        secrets.declare("empty", "");
        secrets
    }

    fn revealed(written: &str) -> String {
        secrets().reveal(written).unwrap().expose_secret().to_owned()
    }

    #[test]
    fn reveals_what_is_named_and_leaves_the_rest() {
        assert_eq!(revealed("secret:password of amara"), "Training2024");
        assert_eq!(revealed("amara"), "amara");
    }

    #[test]
    fn the_environment_goes_before_the_file() {
        assert_eq!(revealed("secret:access code"), "Q8RR-7741");
    }

    #[test]
    fn a_secret_that_is_not_declared_or_empty_is_an_error_without_any_value() {
        for name in ["pin", "empty"] {
            let error = secrets().reveal(&format!("secret:{name}")).unwrap_err().to_string();
            let expected = [&variable(name), "password of amara", "DOCENT_SECRET_ACCESS_CODE"];
            assert!(expected.iter().all(|text| error.contains(text)), "{error}");
            assert!(!error.contains("Training2024"), "{error}");
        }
    }

    #[test]
    fn values_are_those_of_every_source_the_longest_first() {
        let values = secrets().values();
        let values: Vec<_> = values.exposed().collect();
        assert_eq!(values, ["from the file", "Training2024", "Q8RR-7741"]);
    }

    #[test]
    fn debug_output_holds_no_value() {
        let debug = format!("{:?} {:?}", secrets(), secrets().values());
        assert!(debug.contains("password of amara"), "{debug}");
        assert!(!debug.contains("Training2024") && !debug.contains("Q8RR"), "{debug}");
    }
}
