//! Settings that make no sense.

use std::path::PathBuf;

/// Settings that make no sense.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("the settings in {} can't be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's word on it.
        source: std::io::Error,
    },
    /// The file says something unknown or malformed.
    #[error("{}, line {line}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// Never with the value of a secret in it.
        problem: String,
    },
    /// A profile that the file does not have.
    #[error("there is no profile {name:?} in {}: {}", path.display(), known_profiles(known))]
    Profile {
        /// The file.
        path: PathBuf,
        /// What was named.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The address of the portal is none.
    #[error(
        "{url:?} is not the address of a portal: {reason}\n  write, for instance, --base-url https://portal.example"
    )]
    BaseUrl {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A number is out of bounds.
    #[error("{name} can't be {value}: {rule}")]
    OutOfBounds {
        /// The setting.
        name: &'static str,
        /// What was given.
        value: f64,
        /// What is allowed.
        rule: &'static str,
    },
}

fn known_profiles(known: &[String]) -> String {
    if known.is_empty() {
        "it has none; add a table such as [profile.ci]".to_owned()
    } else {
        format!("it has {}", known.join(", "))
    }
}
