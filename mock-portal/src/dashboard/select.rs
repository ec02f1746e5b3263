//! The selects that filter an Office's documents.

use crate::web::Page;

/// A select with its choices.
pub(super) struct Select {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<Choice>,
}

pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub is_selected: bool,
}

impl Select {
    /// A select of `choices` (value and label), with `wanted` selected if there is such a choice, otherwise `default`.
    pub(super) fn new(
        name: &'static str,
        label: &'static str,
        choices: Vec<(String, String)>,
        wanted: &str,
        default: &str,
    ) -> Self {
        let selected = if choices.iter().any(|(value, _)| value == wanted) {
            wanted
        } else {
            default
        };
        let choices = choices
            .into_iter()
            .map(|(value, label)| Choice {
                is_selected: value == selected,
                value,
                label,
            })
            .collect();
        Self { name, label, choices }
    }

    /// The value selected; empty if none is.
    pub(super) fn selected(&self) -> &str {
        self.choices
            .iter()
            .find(|choice| choice.is_selected)
            .map_or("", |choice| &choice.value)
    }
}

/// The same text as value and as label.
pub(super) fn plain<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<(String, String)> {
    values
        .into_iter()
        .map(|value| (value.to_string(), value.to_string()))
        .collect()
}

/// Each text as value, and in the page's language as label.
pub(super) fn translated<const N: usize>(texts: [&str; N], page: &Page) -> Vec<(String, String)> {
    texts
        .into_iter()
        .map(|text| (text.to_owned(), page.t(text).to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wanted_choice_is_selected_if_there_is_one() {
        let selected = |wanted| {
            Select::new("year", "Year", plain([2024, 2023]), wanted, "2024")
                .selected()
                .to_owned()
        };
        assert_eq!(selected("2023"), "2023");
        assert_eq!(selected("1850"), "2024");
    }
}
