//! Declared secrets: what may be typed but never told.
//!
//! A feature writes `"secret:NAME"` where a value belongs. The value comes from the environment, from `docent.toml` or
//! from the built-in portal's fixture, and is scrubbed from everything that is written.

use std::collections::BTreeMap;

const PREFIX: &str = "secret:";
const SCRUBBED: &str = "[secret]";

/// Secret values by name.
#[derive(Clone, Default)]
pub struct Secrets {
    values: BTreeMap<String, String>,
}

// A derived Debug would print the values.
impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.values.keys()).finish()
    }
}

/// A feature names a secret that nobody declared.
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
    format!("DOCENT_SECRET_{}", word.to_uppercase())
}

/// A variable that is set to nothing counts as not set.
fn from_environment(name: &str) -> Option<String> {
    std::env::var(variable(name)).ok().filter(|value| !value.is_empty())
}

impl Secrets {
    /// Declares a secret; an earlier one of that name is replaced. Empty values are no secrets.
    pub fn declare(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.values.insert(name.into(), value);
        }
    }

    /// What is to be typed for a value of a feature: itself, or the secret that it names.
    ///
    /// # Errors
    /// [`UnknownSecret`].
    pub fn reveal(&self, written: &str) -> Result<String, UnknownSecret> {
        let Some(name) = written.strip_prefix(PREFIX) else {
            return Ok(written.to_owned());
        };
        from_environment(name)
            .or_else(|| self.values.get(name).cloned())
            .ok_or_else(|| UnknownSecret {
                name: name.to_owned(),
                declared: self.values.keys().cloned().collect(),
            })
    }

    /// The text without any secret in it.
    #[must_use]
    pub fn scrub(&self, text: &str) -> String {
        self.values()
            .iter()
            .fold(text.to_owned(), |text, value| text.replace(value, SCRUBBED))
    }

    /// All values, longest first, so that no secret is left half-scrubbed because it holds another.
    #[must_use]
    pub fn values(&self) -> Vec<String> {
        let declared = self.values.keys().filter_map(|name| from_environment(name));
        let mut values: Vec<String> = self.values.values().cloned().chain(declared).collect();
        values.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        values.dedup();
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::default();
        secrets.declare("password of amara", "Training2024");
        secrets.declare("access code of 41207", "A7K2M9QX");
        secrets.declare("longer", "A7K2M9QX-and-more");
        secrets
    }

    #[test]
    fn reveals_what_is_named_and_leaves_the_rest() {
        assert_eq!(secrets().reveal("secret:access code of 41207").unwrap(), "A7K2M9QX");
        assert_eq!(secrets().reveal("amara").unwrap(), "amara");
    }

    #[test]
    fn an_undeclared_secret_is_told_without_any_value() {
        let told = secrets().reveal("secret:pin").unwrap_err().to_string();
        assert!(
            told.contains("DOCENT_SECRET_PIN") && told.contains("password of amara"),
            "{told}"
        );
        assert!(!told.contains("Training2024"), "{told}");
    }

    #[test]
    fn scrubs_every_occurrence_and_the_longer_first() {
        let scrubbed = secrets().scrub("x A7K2M9QX y Training2024 z A7K2M9QX-and-more");
        assert_eq!(scrubbed, "x [secret] y [secret] z [secret]");
    }

    #[test]
    fn debug_output_holds_names_only() {
        let debug = format!("{:?}", secrets());
        assert!(debug.contains("longer") && !debug.contains("A7K2M9QX"), "{debug}");
    }
}
