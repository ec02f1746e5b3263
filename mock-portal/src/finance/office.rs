//! An Office, its Customer ID and its Access Code.

use std::{fmt, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::{Choice, ConstantTimeEq};

/// Longer than any code, so that nothing huge is compared.
const LONGEST_ACCESS_CODE: usize = 64;

/// An Office, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Office {
    /// Under which the Office is recorded.
    pub customer_id: CustomerId,
    /// "Patent Office of Ruritania".
    pub name: String,
}

/// The number of an Office: exactly 5 or 6 ASCII digits. It is text, for leading zeros count.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct CustomerId(String);

/// A text that is not a Customer ID.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a Customer ID, which has exactly 5 or 6 digits")]
pub struct InvalidCustomerId(String);

impl CustomerId {
    /// As text, leading zeros included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CustomerId {
    type Error = InvalidCustomerId;

    fn try_from(text: String) -> Result<Self, InvalidCustomerId> {
        if (5..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self(text))
        } else {
            Err(InvalidCustomerId(text))
        }
    }
}

impl FromStr for CustomerId {
    type Err = InvalidCustomerId;

    fn from_str(text: &str) -> Result<Self, InvalidCustomerId> {
        text.to_owned().try_into()
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The secret that all colleagues of an Office share: ASCII letters and digits, both of them; upper and lower case
/// differ. `Debug` does not show it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "SecretString")]
pub struct AccessCode(SecretString);

/// A text that is not an Access Code. The text is not shown: it may be a secret with a typing error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an Access Code holds both letters and digits, and nothing else")]
pub struct InvalidAccessCode;

impl TryFrom<SecretString> for AccessCode {
    type Error = InvalidAccessCode;

    fn try_from(text: SecretString) -> Result<Self, InvalidAccessCode> {
        if is_access_code(text.expose_secret()) {
            Ok(Self(text))
        } else {
            Err(InvalidAccessCode)
        }
    }
}

fn is_access_code(text: &str) -> bool {
    text.len() <= LONGEST_ACCESS_CODE
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

impl FromStr for AccessCode {
    type Err = InvalidAccessCode;

    fn from_str(text: &str) -> Result<Self, InvalidAccessCode> {
        SecretString::from(text).try_into()
    }
}

impl From<AccessCode> for SecretString {
    fn from(code: AccessCode) -> Self {
        code.0
    }
}

impl ExposeSecret<str> for AccessCode {
    fn expose_secret(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Takes as long for a near miss as for a far one.
impl ConstantTimeEq for AccessCode {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.expose_secret().as_bytes().ct_eq(other.expose_secret().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customer_ids_have_five_or_six_ascii_digits() {
        for valid in ["41207", "180457", "00731", "000000"] {
            assert_eq!(valid.parse::<CustomerId>().unwrap().as_str(), valid);
        }
        for invalid in ["", "1234", "1234567", "4120a", "41 207", "+41207", "٤١٢٠٧", "-1207"] {
            assert!(invalid.parse::<CustomerId>().is_err(), "{invalid}");
        }
    }

    #[test]
    fn access_codes_hold_letters_and_digits() {
        for valid in ["A7K2M9QX", "a1", "1a"] {
            assert!(valid.parse::<AccessCode>().is_ok(), "{valid}");
        }
        for invalid in ["", "12345678", "ABCDEFGH", "A7K2-M9QX", "A7 K2", "é1", &"a1".repeat(33)] {
            assert!(invalid.parse::<AccessCode>().is_err(), "{invalid}");
        }
    }

    #[test]
    fn access_codes_are_compared_with_their_case() {
        let same = |other: &str| {
            let code: AccessCode = "A7K2M9QX".parse().unwrap();
            bool::from(code.ct_eq(&other.parse().unwrap()))
        };
        assert!(same("A7K2M9QX"));
        assert!(!same("a7k2m9qx") && !same("A7K2M9QY") && !same("A7K2M9Q"));
    }

    #[test]
    fn an_access_code_is_shown_by_no_debug_output() {
        let code: AccessCode = "A7K2M9QX".parse().unwrap();
        let debug = format!("{code:?} {:?}", Some(&code));
        assert!(!debug.contains("A7K2M9QX"), "{debug}");
        let error = "A7K2M9QX!".parse::<AccessCode>().unwrap_err();
        assert!(!format!("{error:?} {error}").contains("A7K2M9QX"));
    }
}
