//! Validation of documents that are well-formed, from a trainer's fixture or from a Finance service.

use std::collections::HashSet;

use super::documents::{Contribution, DocumentLine, LedgerEntry, Money, ORGANIZATIONS, Payment, REPORT_TYPES, Report};

/// More than any real amount; sums of many such amounts still fit into 64 bits.
const LARGEST_AMOUNT: u64 = 1_000_000_000_000_000;
/// A line of a table.
const LONGEST_TEXT: usize = 200;

/// A document whose content can be invalid.
pub(crate) trait Validate {
    /// What is invalid in it, and what would be valid.
    fn problem(&self) -> Option<String>;

    /// The number that a download is addressed by, of documents that have one.
    fn number(&self) -> Option<&str> {
        None
    }
}

/// What is invalid in a list of documents: something in one of them, or a number that two of them have.
pub(crate) fn problem_of_all<T: Validate>(documents: &[T]) -> Option<String> {
    let mut seen = HashSet::new();
    let mut numbers = documents.iter().filter_map(Validate::number);
    let twice = numbers.find(|number| !seen.insert(*number));
    twice
        .map(|number| format!("two documents have the number {number:?}"))
        .or_else(|| documents.iter().find_map(Validate::problem))
}

impl Validate for Report {
    fn problem(&self) -> Option<String> {
        one_of("type", &self.kind, &REPORT_TYPES)
            .or_else(|| {
                (!(1..=12).contains(&self.month)).then(|| format!("month = {}: months are 1 to 12", self.month))
            })
            .or_else(|| text("number", &self.number))
            .or_else(|| money(&self.sum, &self.lines))
    }

    fn number(&self) -> Option<&str> {
        Some(&self.number)
    }
}

impl Validate for Contribution {
    fn problem(&self) -> Option<String> {
        one_of("organization", &self.organization, &ORGANIZATIONS)
            .or_else(|| text("number", &self.number))
            .or_else(|| money(&self.sum, &self.lines))
    }

    fn number(&self) -> Option<&str> {
        Some(&self.number)
    }
}

impl Validate for Payment {
    fn problem(&self) -> Option<String> {
        text("subject", &self.subject).or_else(|| money(&self.sum, &[]))
    }
}

impl Validate for LedgerEntry {
    fn problem(&self) -> Option<String> {
        text("text", &self.text).or_else(|| money(&self.sum, &[]))
    }
}

fn one_of(key: &str, value: &str, known: &[&str]) -> Option<String> {
    (!known.contains(&value)).then(|| format!("{key} = {value:?}: it is one of {known:?}"))
}

fn text(key: &str, value: &str) -> Option<String> {
    let length = value.chars().count();
    (!(1..=LONGEST_TEXT).contains(&length))
        .then(|| format!("{key} has {length} characters; it takes 1 to {LONGEST_TEXT}"))
}

fn money(sum: &Money, lines: &[DocumentLine]) -> Option<String> {
    let Money { amount, currency } = sum;
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(format!(
            "currency = {currency:?}: it has three capital letters, like CHF"
        ));
    }
    if amount.unsigned_abs() > LARGEST_AMOUNT {
        return Some(format!("amount = {amount}: nothing is larger than {LARGEST_AMOUNT}"));
    }
    let total: i128 = lines.iter().map(|line| i128::from(line.amount)).sum();
    if !lines.is_empty() && total != i128::from(*amount) {
        return Some(format!("the lines add up to {total}, but amount = {amount}"));
    }
    lines.iter().find_map(|line| text("the text of a line", &line.text))
}
