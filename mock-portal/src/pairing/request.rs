//! What the pairing form sends, parsed once: after that an ID has 5 or 6 digits and a code letters and digits.

use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::{
    finance::{AccessCode, CustomerId},
    language::t,
    web::Fields,
};

/// A well-formed request to pair. Its `Debug` does not show the Access Code.
#[derive(Clone, Debug)]
pub(super) struct PairingRequest {
    pub customer_id: CustomerId,
    pub access_code: AccessCode,
}

/// What the form says beside each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PairingFormErrors {
    pub customer_id: Option<&'static str>,
    pub access_code: Option<&'static str>,
}

impl PairingRequest {
    /// White space around the values comes from copying and does not count.
    pub(super) fn parse(fields: &Fields) -> Result<Self, PairingFormErrors> {
        let (customer_id, access_code) = (fields.get("customer_id").trim(), fields.get("access_code").trim());
        match (
            customer_id.parse(),
            AccessCode::try_from(SecretString::from(access_code)),
        ) {
            (Ok(customer_id), Ok(access_code)) => Ok(Self {
                customer_id,
                access_code,
            }),
            (id, code) => Err(PairingFormErrors {
                customer_id: id.err().map(|_| customer_id_error(customer_id)),
                access_code: code.err().map(|_| access_code_error(access_code)),
            }),
        }
    }

    /// Whether `other` has the same ID and code.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.customer_id == other.customer_id && bool::from(self.access_code.ct_eq(&other.access_code))
    }
}

fn customer_id_error(text: &str) -> &'static str {
    if text.is_empty() {
        t("Enter your Office Customer ID.")
    } else {
        t("An Office Customer ID has exactly 5 or 6 digits.")
    }
}

fn access_code_error(text: &str) -> &'static str {
    if text.is_empty() {
        t("Enter your Access Code.")
    } else {
        t("An Access Code holds both letters and digits, and nothing else.")
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn parse(form: &str) -> Result<PairingRequest, PairingFormErrors> {
        PairingRequest::parse(&Fields::parse(form.as_bytes()))
    }

    #[test]
    fn white_space_around_pasted_values_does_not_count() {
        let request = parse("customer_id=+41207%0A&access_code=%09A7K2M9QX+").unwrap();
        assert_eq!(request.customer_id.as_str(), "41207");
        assert_eq!(request.access_code.expose_secret(), "A7K2M9QX");
    }

    #[test]
    fn each_field_has_its_own_error() {
        assert_eq!(
            parse("customer_id=41207&access_code=").unwrap_err(),
            PairingFormErrors {
                customer_id: None,
                access_code: Some("Enter your Access Code."),
            }
        );
        assert_eq!(
            parse("customer_id=4120&access_code=A7K2M9QX").unwrap_err(),
            PairingFormErrors {
                customer_id: Some("An Office Customer ID has exactly 5 or 6 digits."),
                access_code: None,
            }
        );
    }

    #[test]
    fn debug_output_does_not_show_the_access_code() {
        let request = parse("customer_id=41207&access_code=A7K2M9QX").unwrap();
        let debug = format!("{request:?}");
        assert!(debug.contains("41207") && !debug.contains("A7K2M9QX"), "{debug}");
    }

    #[test]
    fn the_same_id_and_code_are_the_same_request() {
        let same = |form| {
            let request = parse("customer_id=41207&access_code=A7K2M9QX").unwrap();
            request.is_same_as(&parse(form).unwrap())
        };
        assert!(same("customer_id=41207&access_code=A7K2M9QX"));
        assert!(!same("customer_id=41207&access_code=A7K2M9QY"));
        assert!(!same("customer_id=41208&access_code=A7K2M9QX"));
    }
}
