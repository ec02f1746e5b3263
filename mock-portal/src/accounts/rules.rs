//! Validation of the parts of an account, with what the form says beside each field.

use passwords::analyzer::is_common_password;
use unicode_normalization::UnicodeNormalization;

use super::visible;
use crate::{language::t, web::Fields};

/// Characters.
const SHORTEST_USERNAME: usize = 4;
/// Characters. A username longer than any is cut before its attempts are counted, so that guessing cannot fill the
/// memory.
pub(super) const LONGEST_USERNAME: usize = 64;
/// Characters.
const SHORTEST_PASSWORD: usize = 8;
/// Characters.
const LONGEST_PASSWORD: usize = 128;
/// Characters.
const LONGEST_NAME: usize = 80;
/// Bytes: the longest address that mail can be sent to (RFC 5321, 4.5.3.1.3, without the brackets).
const LONGEST_MAIL: usize = 254;

pub(super) const USERNAME_TAKEN: &str = t("Somebody has this username already. Choose another one.");

/// What is wrong with a name, if anything is.
pub(super) fn validate_name(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some(t("Enter your name."))
    } else if name.chars().count() > LONGEST_NAME {
        Some(t("A name has at most 80 characters."))
    } else if name.chars().any(char::is_control) {
        Some(t("A name is written in one line."))
    } else if !visible::is_seen_whole(name) {
        Some(t("A name holds letters, and nothing that cannot be seen."))
    } else {
        None
    }
}

/// What is wrong with the form of an e-mail address, if anything is. Whether it exists, only a mail can show.
pub(super) fn validate_mail(mail: &str) -> Option<&'static str> {
    if mail.is_empty() {
        Some(t("Enter your e-mail address."))
    } else if is_mail(mail) {
        None
    } else {
        Some(t("An e-mail address looks like name@example.org."))
    }
}

fn is_mail(text: &str) -> bool {
    let in_one_word =
        !text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) && visible::is_seen_whole(text);
    let is_domain = |domain: &str| domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    text.len() <= LONGEST_MAIL
        && in_one_word
        && text
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && is_domain(domain) && !domain.contains('@'))
}

/// What is wrong with the form of a username, if anything is.
pub(super) fn uservalidate_name(username: &str) -> Option<&'static str> {
    if username.is_empty() {
        Some(t("Choose a username."))
    } else if !username.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Some(t(
            "A username holds Latin letters (A to Z) and digits, and nothing else.",
        ))
    } else if username.len() < SHORTEST_USERNAME {
        Some(t("A username has at least 4 characters."))
    } else if username.len() > LONGEST_USERNAME {
        Some(t("A username has at most 64 characters."))
    } else {
        None
    }
}

/// What is wrong with a new password for `username`, if anything is.
pub(super) fn validate_password(password: &str, username: &str) -> Option<&'static str> {
    let length = password.nfc().count();
    if password.is_empty() {
        Some(t("Choose a password."))
    } else if length < SHORTEST_PASSWORD {
        Some(t("A password has at least 8 characters."))
    } else if length > LONGEST_PASSWORD {
        Some(t("A password has at most 128 characters."))
    } else if password.eq_ignore_ascii_case(username) {
        Some(t("The password is the username. Choose another one."))
    } else if is_common_password(password) {
        Some(t(
            "Many people have this password, so it is tried first. Choose another one.",
        ))
    } else if !password.bytes().any(|byte| byte.is_ascii_digit()) {
        Some(t("A password has at least one digit."))
    } else {
        None
    }
}

/// The form for a new account. White space around the values does not count, except in the password.
#[derive(Default)]
pub(super) struct AccountForm<'a> {
    pub name: &'a str,
    pub mail: &'a str,
    pub username: &'a str,
    pub password: &'a str,
}

impl<'a> AccountForm<'a> {
    pub(super) fn read(fields: &'a Fields) -> Self {
        Self {
            name: fields.get("name").trim(),
            mail: fields.get("mail").trim(),
            username: fields.get("username").trim(),
            password: fields.get("password"),
        }
    }

    /// What is wrong with each value.
    pub(super) fn validate(&self) -> AccountFormErrors {
        AccountFormErrors {
            name: validate_name(self.name),
            mail: validate_mail(self.mail),
            username: uservalidate_name(self.username),
            password: validate_password(self.password, self.username),
        }
    }
}

/// What the form says beside each field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct AccountFormErrors {
    pub name: Option<&'static str>,
    pub mail: Option<&'static str>,
    pub username: Option<&'static str>,
    pub password: Option<&'static str>,
}

impl AccountFormErrors {
    /// The first error in the order of the form.
    pub(super) fn first(self) -> Option<&'static str> {
        self.name.or(self.mail).or(self.username).or(self.password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_have_at_least_four_latin_letters_and_digits() {
        for right in ["amar", "4711", "Amara2", &"a".repeat(64)] {
            assert_eq!(uservalidate_name(right), None, "{right}");
        }
        for wrong in [
            "",
            "ama",
            "amar a",
            "amára",
            "amara_d",
            "амара",
            "a@b.c",
            "１２３４",
            &"a".repeat(65),
        ] {
            assert!(uservalidate_name(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn passwords_have_at_least_eight_characters_and_a_digit() {
        for right in ["Training2024", "1aaaaaaab", "пароль 12", "19283746550", "Practice1"] {
            assert_eq!(validate_password(right, "amara"), None, "{right}");
        }
        // The last one has eight code points, and seven characters.
        for wrong in [
            "",
            "Train24",
            "TrainingTraining",
            "пароль1",
            "abcdefg٤",
            "pe\u{301}tale1",
        ] {
            assert!(validate_password(wrong, "amara").is_some(), "{wrong}");
        }
    }

    #[test]
    fn passwords_that_are_guessed_first_are_refused_plainly() {
        for (password, reason) in [
            ("password1", "Many people have this password"),
            ("Password123", "Many people have this password"),
            ("12345678", "Many people have this password"),
            ("qwerty123", "Many people have this password"),
            ("amara2024", "The password is the username."),
            ("AMARA2024", "The password is the username."),
        ] {
            let problem = validate_password(password, "Amara2024").unwrap();
            assert!(problem.starts_with(reason), "{password}: {problem}");
        }
    }

    #[test]
    fn passwords_have_at_most_128_characters() {
        let long = |letter: &str| letter.repeat(127) + "1";
        // An accent that is written apart is no character of its own.
        for letter in ["a", "é", "e\u{301}"] {
            assert_eq!(validate_password(&long(letter), "amara"), None, "{letter}");
        }
        let problem = validate_password(&(long("a") + "b"), "amara");
        assert_eq!(problem, Some("A password has at most 128 characters."));
    }

    #[test]
    fn names_hold_letters_that_can_be_seen() {
        for right in [
            "Amara Diallo",
            "Eva Novák",
            "Nova\u{301}k",
            "أمارا ديالو",
            "陈伟",
            "O’Brien-Smith",
            // Persian and Hindi need joiners between letters.
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "William Gates III",
        ] {
            assert_eq!(validate_name(right), None, "{right}");
        }
        for wrong in [
            "\u{200b}",
            "Amara\u{200b}",
            "Ama\u{200b}ra",
            "\u{202e}aramA",
            "Amara \u{2066}Diallo\u{2069}",
            "Amara\u{feff}",
            "Amara\u{200d}",
            "\u{200c}Amara",
            "\u{3164}",
            "\u{2800}",
            "\u{e0041}mara",
            "\u{61c}Amara",
            "...",
            "Amara\u{2028}Diallo",
        ] {
            assert!(validate_name(wrong).is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn mail_addresses_hold_nothing_that_cannot_be_seen() {
        for wrong in [
            "ama\u{200b}ra@b.example",
            "\u{202e}amara@b.example",
            "amara@b\u{200d}.example",
        ] {
            assert!(validate_mail(wrong).is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn mail_addresses_have_a_name_and_a_domain() {
        for right in ["amara@arcadia.example", "a.b+c@x.y.z", "é@ü.example"] {
            assert_eq!(validate_mail(right), None, "{right}");
        }
        let long = format!("{}@arcadia.example", "a".repeat(250));
        for wrong in [
            "", "amara", "@x.y", "a@", "a@b", "a@b@c.d", "a b@c.d", "a@b..c", "a@.b", "a@b.", "a\n@b.c", &long,
        ] {
            assert!(validate_mail(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn names_are_one_short_line() {
        assert_eq!(validate_name("Élodie O'Brien <3"), None);
        for wrong in ["", "a\nb", &"é".repeat(81)] {
            assert!(validate_name(wrong).is_some(), "{wrong}");
        }
    }
}
