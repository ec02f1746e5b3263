//! Numbers of things in sentences.

/// `1 scenario`, `2 scenarios`.
pub(crate) fn counted(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
