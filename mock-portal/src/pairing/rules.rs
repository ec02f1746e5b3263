//! What an Office Customer ID and an Access Code look like, and what a person is told who typed something else.

use crate::language::t;

/// Longer than any code, so that nothing huge is compared.
const LONGEST_ACCESS_CODE: usize = 64;

/// Exactly 5 or 6 digits.
pub(crate) fn is_customer_id(text: &str) -> bool {
    (5..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Letters and digits, both.
pub(crate) fn is_access_code(text: &str) -> bool {
    text.len() <= LONGEST_ACCESS_CODE
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// What a person typed. Blanks round it come from copying and do not count.
pub(crate) struct Entry<'a> {
    pub customer_id: &'a str,
    pub access_code: &'a str,
}

impl<'a> Entry<'a> {
    pub fn new(customer_id: &'a str, access_code: &'a str) -> Self {
        Self {
            customer_id: customer_id.trim(),
            access_code: access_code.trim(),
        }
    }

    /// What is wrong with the form of each, told beside its field.
    pub fn problems(&self) -> Problems {
        Problems {
            customer_id: (!is_customer_id(self.customer_id)).then_some(if self.customer_id.is_empty() {
                t("Enter your Office Customer ID.")
            } else {
                t("An Office Customer ID has exactly 5 or 6 digits.")
            }),
            access_code: (!is_access_code(self.access_code)).then_some(if self.access_code.is_empty() {
                t("Enter your Access Code.")
            } else {
                t("An Access Code holds both letters and digits, and nothing else.")
            }),
        }
    }
}

/// What is wrong with the form of what was typed, field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Problems {
    pub customer_id: Option<&'static str>,
    pub access_code: Option<&'static str>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customer_ids_have_five_or_six_ascii_digits() {
        for right in ["41207", "180457", "00731", "000000"] {
            assert!(is_customer_id(right), "{right}");
        }
        for wrong in ["", "1234", "1234567", "4120a", "41 207", "+41207", "٤١٢٠٧", "-1207"] {
            assert!(!is_customer_id(wrong), "{wrong}");
        }
    }

    #[test]
    fn access_codes_hold_letters_and_digits() {
        for right in ["A7K2M9QX", "a1", "1a"] {
            assert!(is_access_code(right), "{right}");
        }
        for wrong in ["", "12345678", "ABCDEFGH", "A7K2-M9QX", "A7 K2", "é1", &"a1".repeat(33)] {
            assert!(!is_access_code(wrong), "{wrong}");
        }
    }

    #[test]
    fn blanks_round_what_was_pasted_do_not_count() {
        let entry = Entry::new(" 41207\n", "\tA7K2M9QX ");
        assert_eq!((entry.customer_id, entry.access_code), ("41207", "A7K2M9QX"));
        assert_eq!(entry.problems(), Problems::default());
    }

    #[test]
    fn each_field_has_its_own_problem() {
        let problems = Entry::new("41207", "").problems();
        assert_eq!(
            problems,
            Problems {
                customer_id: None,
                access_code: Some("Enter your Access Code.")
            }
        );
    }
}
