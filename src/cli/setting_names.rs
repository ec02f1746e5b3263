//! Settings of the file that only the command line knows the names of.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::CliError;

/// What the file calls so.
///
/// # Errors
/// [`CliError::Usage`] with all names that there are.
pub(crate) fn parse_setting<T: ValueEnum>(setting: &str, name: &str) -> Result<T, CliError> {
    T::from_str(name, false).map_err(|_| {
        let known: Vec<_> = T::value_variants().iter().filter_map(T::to_possible_value).collect();
        let known: Vec<_> = known.iter().map(PossibleValue::get_name).collect();
        CliError::Usage(format!(
            "unknown value {name:?} of {setting} in the settings file\n  choose one of {}",
            known.join(", ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportKind;

    #[test]
    fn what_is_unknown_is_refused_with_all_names() {
        assert_eq!(
            parse_setting::<ReportKind>("reporters", "junit").unwrap(),
            ReportKind::Junit
        );
        assert_eq!(
            parse_setting::<ReportKind>("reporters", "xunit")
                .unwrap_err()
                .to_string(),
            "unknown value \"xunit\" of reporters in the settings file\n  choose one of html, junit, messages, allure, ctrf"
        );
    }
}
