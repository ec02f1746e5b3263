//! The languages that the portal can be read in, each with its gettext catalogue.

use std::{cmp::Ordering, collections::HashMap, sync::LazyLock};

use jiff::civil::Date;
use polib::po_file::parse_from_reader;

use super::formats::Formats;

/// Marks a text for the catalogue where there is no language at hand yet, in a constant for example.
pub(crate) const fn t(text: &'static str) -> &'static str {
    text
}

/// A language the portal can be read in.
#[derive(Debug)]
pub(crate) struct Language {
    /// As in the `lang` attribute: "en".
    pub code: &'static str,
    /// As its speakers call it.
    pub name: &'static str,
    /// As in the `dir` attribute: "ltr" or "rtl".
    pub direction: &'static str,
    texts: HashMap<String, String>,
    formats: Formats,
}

/// The languages that have landed, as code, name, direction and catalogue. The first is the default.
const CATALOGUES: [(&str, &str, &str, &str); 3] = [
    ("en", "English", "ltr", ""),
    ("fr", "Français", "ltr", include_str!("../../locales/fr.po")),
    ("ar", "العربية", "rtl", include_str!("../../locales/ar.po")),
];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    CATALOGUES
        .into_iter()
        .map(|(code, name, direction, po)| Language::read(code, name, direction, po))
        .collect()
});

impl Language {
    /// English.
    pub(crate) fn default() -> &'static Self {
        &LANGUAGES[0]
    }

    /// All languages the portal can be read in.
    pub(crate) fn all() -> &'static [Self] {
        &LANGUAGES
    }

    pub(crate) fn find(code: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.code == code)
    }

    /// The language that `Accept-Language` likes best of those the portal has; English otherwise.
    pub(crate) fn negotiate(accepted: &str) -> &'static Self {
        let mut ranges: Vec<_> = accepted.split(',').map(range_and_quality).collect();
        ranges.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        ranges
            .into_iter()
            .filter(|(_, quality)| *quality > 0.0)
            .find_map(|(code, _)| {
                LANGUAGES
                    .iter()
                    .find(|language| language.code.eq_ignore_ascii_case(code))
            })
            .unwrap_or_else(Self::default)
    }

    /// `text` in this language; as it is where the catalogue does not have it.
    pub(crate) fn t<'a>(&'a self, text: &'a str) -> &'a str {
        self.texts.get(text).map_or(text, String::as_str)
    }

    /// `text` in this language with `{}` replaced.
    pub(crate) fn with(&self, text: &str, value: &str) -> String {
        self.t(text).replace("{}", &self.isolated(value))
    }

    /// From right to left a value that runs from left to right is isolated (UAX #9), so that a name or a code in Latin
    /// letters does not disturb what stands round it.
    fn isolated(&self, value: &str) -> String {
        if self.is_rtl() && value.chars().any(runs_from_left_to_right) {
            format!("\u{2068}{value}\u{2069}")
        } else {
            value.to_owned()
        }
    }

    pub(crate) fn is_rtl(&self) -> bool {
        self.direction == "rtl"
    }

    /// "July 2, 2024"
    pub(crate) fn long_date(&self, date: Date) -> String {
        self.formats.long_date(date)
    }

    /// A date in a list: "2 juil. 2024"; in English "2024-07-02", which no reader of English takes for another day.
    pub(crate) fn short_date(&self, date: Date) -> String {
        if self.code == "en" {
            date.to_string()
        } else {
            self.formats.medium_date(date)
        }
    }

    /// The name of a month on its own; 1 is January.
    pub(crate) fn month(&self, number: i8) -> String {
        self.formats.month(number)
    }

    /// Which of two names comes first in a list: "Pékin" after "Paris" and before "Rio de Janeiro".
    pub(crate) fn compare(&self, one: &str, other: &str) -> Ordering {
        self.formats.compare(one, other)
    }

    /// 1610425 as "16,104.25".
    pub(crate) fn amount(&self, hundredths: i64) -> String {
        self.formats.amount(hundredths)
    }

    /// 1610425 and "CHF" as "CHF 16,104.25".
    pub(crate) fn money(&self, hundredths: i64, currency: &str) -> String {
        // Isolated as "CHF" is not a part of it: else a minus would turn the sum round in a text from right to left.
        let amount = self.isolated(&self.amount(hundredths));
        self.t(t("{currency} {amount}"))
            .replace("{currency}", currency)
            .replace("{amount}", &amount)
    }

    /// A catalogue that cannot be read leaves the language in English: a test reads each of them.
    fn read(code: &'static str, name: &'static str, direction: &'static str, po: &str) -> Self {
        let texts = parse_from_reader(po.as_bytes()).map_or_else(
            |_| HashMap::new(),
            |catalogue| {
                catalogue
                    .messages()
                    .filter(|message| message.is_translated() && !message.is_fuzzy())
                    .filter_map(|message| Some((message.msgid().to_owned(), message.msgstr().ok()?.to_owned())))
                    .collect()
            },
        );
        Self {
            code,
            name,
            direction,
            texts,
            formats: Formats::load(code),
        }
    }
}

/// A letter of neither Hebrew, Arabic nor their neighbours; or the mark that says so (LRM).
fn runs_from_left_to_right(c: char) -> bool {
    c == '\u{200e}'
        || c.is_alphabetic() && !matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// "fr-CH;q=0.8" as "fr" and 0.8.
fn range_and_quality(range: &str) -> (&str, f32) {
    let (tag, parameter) = range.split_once(';').unwrap_or((range, ""));
    let quality = parameter
        .trim()
        .split_once('=')
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(1.0, |(_, quality)| quality.trim().parse().unwrap_or(0.0));
    (tag.split('-').next().unwrap_or(tag).trim(), quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: ar\\n\"\n\"MIME-Version: 1.0\\n\"\n\
        \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
        \"Plural-Forms: nplurals=1; plural=0;\\n\"\n\nmsgid \"Login\"\nmsgstr \"دخول\"\n";

    #[test]
    fn a_catalogue_translates_what_it_has_and_leaves_the_rest() {
        let arabic = Language::read("ar", "العربية", "rtl", ARABIC);
        assert_eq!(arabic.t("Login"), "دخول");
        assert_eq!(arabic.t("Logout"), "Logout");
    }

    #[test]
    fn languages_the_portal_lacks_fall_back_to_english() {
        for accepted in ["", "tlh, en;q=0.5", "en-GB", ";;,,", "fr;q=0", "fr;q=x"] {
            assert_eq!(Language::negotiate(accepted).code, "en", "{accepted}");
        }
    }

    #[test]
    fn the_language_liked_best_is_taken() {
        for (accepted, code) in [
            ("fr-CH, en;q=0.9", "fr"),
            ("en;q=0.5,ar;q=0.9", "ar"),
            ("tlh,ar", "ar"),
            // Tags are the same in any case (RFC 5646, 2.1.1), and so is the name of the weight.
            ("FR", "fr"),
            ("Fr-ch", "fr"),
            ("EN; Q=0.5, AR ; q = 0.9", "ar"),
        ] {
            assert_eq!(Language::negotiate(accepted).code, code, "{accepted}");
        }
    }

    #[test]
    fn only_what_runs_the_other_way_is_isolated() {
        let arabic = Language::find("ar").unwrap();
        assert_eq!(arabic.with("{}!", "amara"), "\u{2068}amara\u{2069}!");
        for value in ["41207", "أمارا"] {
            assert_eq!(arabic.with("{}!", value), format!("{value}!"));
        }
        assert_eq!(Language::find("en").unwrap().with("{}!", "amara"), "amara!");
    }

    fn in_each<T>(write: impl Fn(&Language) -> T) -> [T; 3] {
        ["en", "fr", "ar"].map(|code| write(Language::find(code).unwrap()))
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = jiff::civil::date(2024, 7, 2);
        assert_eq!(
            in_each(|language| language.long_date(day)),
            ["July 2, 2024", "2 juillet 2024", "2 يوليو 2024"]
        );
        assert_eq!(
            in_each(|language| language.short_date(day)),
            ["2024-07-02", "2 juil. 2024", "02\u{200f}/07\u{200f}/2024"]
        );
        assert_eq!(in_each(|language| language.month(2)), ["February", "février", "فبراير"]);
    }

    #[test]
    fn money_is_written_as_each_language_writes_it() {
        let written = |amount| in_each(|language| language.money(amount, "CHF"));
        assert_eq!(
            written(123_456_789),
            [
                "CHF 1,234,567.89",
                "1\u{202f}234\u{202f}567,89\u{a0}CHF",
                "1,234,567.89\u{a0}CHF"
            ]
        );
        assert_eq!(
            written(-100_000),
            [
                "CHF -1,000.00",
                "-1\u{202f}000,00\u{a0}CHF",
                "\u{2068}\u{200e}-1,000.00\u{2069}\u{a0}CHF"
            ]
        );
        assert_eq!(written(0)[0], "CHF 0.00");
    }

    #[test]
    fn every_language_has_its_formats() {
        for language in Language::all() {
            assert!(language.formats.is_complete(), "{}", language.code);
        }
    }
}
