//! Dates, numbers and lists as a language writes and orders them: CLDR's patterns, by way of ICU4X. Digits are CLDR's default for the
//! language, which are 0 to 9 for Arabic, too.

use std::cmp::Ordering;

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::Locale;
use jiff::civil::Date;

use super::{Language, t};
use crate::finance::Money;

/// A language's formatters; `None` only where ICU4X has no data for the language, which a test excludes.
pub(super) struct Formats {
    long: Option<FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMD>>,
    medium: Option<FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMD>>,
    month: Option<FixedCalendarDateTimeFormatter<Gregorian, fieldsets::M>>,
    decimal: Option<DecimalFormatter>,
    order: Option<CollatorBorrowed<'static>>,
}

impl std::fmt::Debug for Formats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Formats")
    }
}

impl Formats {
    pub fn of(code: &str) -> Self {
        let locale: Locale = code.parse().unwrap_or(Locale::UNKNOWN);
        Self {
            long: FixedCalendarDateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::long()).ok(),
            medium: FixedCalendarDateTimeFormatter::try_new((&locale).into(), fieldsets::YMD::medium()).ok(),
            month: FixedCalendarDateTimeFormatter::try_new((&locale).into(), fieldsets::M::long()).ok(),
            decimal: DecimalFormatter::try_new(
                (&locale).into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
            order: Collator::try_new((&locale).into(), CollatorOptions::default()).ok(),
        }
    }
}

fn gregorian(date: Date) -> Option<IcuDate<Gregorian>> {
    let day = |number: i8| u8::try_from(number).ok();
    IcuDate::try_new_gregorian(i32::from(date.year()), day(date.month())?, day(date.day())?).ok()
}

impl Language {
    /// "July 2, 2024"
    pub fn long_date(&self, date: Date) -> String {
        self.formats
            .long
            .as_ref()
            .zip(gregorian(date))
            .map_or_else(|| date.to_string(), |(format, date)| format.format(&date).to_string())
    }

    /// A date in a list: "2 juil. 2024"; in English "2024-07-02", which no reader of English takes for another day.
    pub fn short_date(&self, date: Date) -> String {
        self.formats
            .medium
            .as_ref()
            .filter(|_| self.code != "en")
            .zip(gregorian(date))
            .map_or_else(|| date.to_string(), |(format, date)| format.format(&date).to_string())
    }

    /// The name of a month on its own; 1 is January.
    pub fn month(&self, number: i8) -> String {
        self.formats
            .month
            .as_ref()
            .zip(Date::new(2024, number, 1).ok().and_then(gregorian))
            .map_or_else(|| number.to_string(), |(format, date)| format.format(&date).to_string())
    }

    /// Which of two names comes first in a list: "Pékin" after "Paris" and before "Rio de Janeiro".
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.formats
            .order
            .as_ref()
            .map_or_else(|| one.cmp(other), |order| order.compare(one, other))
    }

    /// 1610425 as "16,104.25".
    pub fn amount(&self, hundredths: i64) -> String {
        let mut amount = Decimal::from(hundredths);
        amount.multiply_pow10(-2);
        self.formats
            .decimal
            .as_ref()
            .map_or_else(|| amount.to_string(), |format| format.format(&amount).to_string())
    }

    /// "CHF 16,104.25"
    pub fn money(&self, money: &Money) -> String {
        // Isolated as "CHF" is not a part of it: else a minus would turn the sum round in a text from right to left.
        let amount = self.isolated(&self.amount(money.amount));
        self.t(t("{currency} {amount}"))
            .replace("{currency}", &money.currency)
            .replace("{amount}", &amount)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn in_each<T>(write: impl Fn(&Language) -> T) -> [T; 3] {
        ["en", "fr", "ar"].map(|code| write(Language::find(code).unwrap()))
    }

    #[test]
    fn dates_are_written_as_each_language_writes_them() {
        let day = date(2024, 7, 2);
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
        let written = |amount| {
            let currency = "CHF".to_owned();
            in_each(|language| {
                language.money(&Money {
                    amount,
                    currency: currency.clone(),
                })
            })
        };
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
            let formats = &language.formats;
            assert!(formats.long.is_some() && formats.medium.is_some(), "{}", language.code);
            assert!(formats.order.is_some(), "{}", language.code);
            assert!(
                formats.month.is_some() && formats.decimal.is_some(),
                "{}",
                language.code
            );
        }
    }
}
