//! What the parts of an account look like, and what a person is told who typed something else.

use crate::{language::t, web::Fields};

/// Characters.
const SHORTEST_USERNAME: usize = 4;
/// Characters. A username longer than any is cut before its attempts are counted, so that guessing cannot fill the memory.
pub(super) const LONGEST_USERNAME: usize = 64;
/// Characters.
const SHORTEST_PASSWORD: usize = 8;
/// Characters.
const LONGEST_NAME: usize = 80;
/// Bytes: the longest address that mail can be sent to (RFC 5321, 4.5.3.1.3, without the brackets).
const LONGEST_MAIL: usize = 254;

pub(super) const USERNAME_TAKEN: &str = t("Somebody has this username already. Choose another one.");

/// What is wrong with a name, if anything is.
pub(super) fn name_problem(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        Some(t("Enter your name."))
    } else if name.chars().count() > LONGEST_NAME {
        Some(t("A name has at most 80 characters."))
    } else if name.chars().any(char::is_control) {
        Some(t("A name is written in one line."))
    } else {
        None
    }
}

/// What is wrong with the form of an e-mail address, if anything is. Whether it exists, only a mail can tell.
pub(super) fn mail_problem(mail: &str) -> Option<&'static str> {
    if mail.is_empty() {
        Some(t("Enter your e-mail address."))
    } else if is_mail(mail) {
        None
    } else {
        Some(t("An e-mail address looks like name@example.org."))
    }
}

fn is_mail(text: &str) -> bool {
    let in_one_word = !text.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    let is_domain = |domain: &str| domain.split('.').count() > 1 && domain.split('.').all(|label| !label.is_empty());
    text.len() <= LONGEST_MAIL
        && in_one_word
        && text
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && is_domain(domain) && !domain.contains('@'))
}

/// What is wrong with the form of a username, if anything is.
pub(super) fn username_problem(username: &str) -> Option<&'static str> {
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

/// What is wrong with a new password, if anything is.
pub(super) fn password_problem(password: &str) -> Option<&'static str> {
    if password.is_empty() {
        Some(t("Choose a password."))
    } else if password.chars().count() < SHORTEST_PASSWORD {
        Some(t("A password has at least 8 characters."))
    } else if !password.bytes().any(|byte| byte.is_ascii_digit()) {
        Some(t("A password has at least one digit."))
    } else {
        None
    }
}

/// What a person typed who wants an account. Blanks round it do not count, but in a password.
pub(super) struct Entry<'a> {
    pub name: &'a str,
    pub mail: &'a str,
    pub username: &'a str,
    pub password: &'a str,
}

impl<'a> Entry<'a> {
    pub fn of(fields: &'a Fields) -> Self {
        Self {
            name: fields.get("name").trim(),
            mail: fields.get("mail").trim(),
            username: fields.get("username").trim(),
            password: fields.get("password"),
        }
    }

    /// What is wrong with the form of each, told beside its field.
    pub fn problems(&self) -> Problems {
        Problems {
            name: name_problem(self.name),
            mail: mail_problem(self.mail),
            username: username_problem(self.username),
            password: password_problem(self.password),
        }
    }
}

/// What is wrong with what was typed, field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Problems {
    pub name: Option<&'static str>,
    pub mail: Option<&'static str>,
    pub username: Option<&'static str>,
    pub password: Option<&'static str>,
}

impl Problems {
    /// What a person is told first.
    pub fn first(self) -> Option<&'static str> {
        self.name.or(self.mail).or(self.username).or(self.password)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames_have_at_least_four_latin_letters_and_digits() {
        for right in ["amar", "4711", "Amara2", &"a".repeat(64)] {
            assert_eq!(username_problem(right), None, "{right}");
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
            assert!(username_problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn passwords_have_at_least_eight_characters_and_a_digit() {
        for right in ["Training2024", "1aaaaaaa", "пароль 12", "12345678"] {
            assert_eq!(password_problem(right), None, "{right}");
        }
        for wrong in ["", "Train24", "TrainingTraining", "пароль1", "abcdefg٤"] {
            assert!(password_problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn mail_addresses_have_a_name_and_a_domain() {
        for right in ["amara@arcadia.example", "a.b+c@x.y.z", "é@ü.example"] {
            assert_eq!(mail_problem(right), None, "{right}");
        }
        let long = format!("{}@arcadia.example", "a".repeat(250));
        for wrong in [
            "", "amara", "@x.y", "a@", "a@b", "a@b@c.d", "a b@c.d", "a@b..c", "a@.b", "a@b.", "a\n@b.c", &long,
        ] {
            assert!(mail_problem(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn names_are_one_short_line() {
        assert_eq!(name_problem("Élodie O'Brien <3"), None);
        for wrong in ["", "a\nb", &"é".repeat(81)] {
            assert!(name_problem(wrong).is_some(), "{wrong}");
        }
    }
}
