//! Dates, numbers and lists as a language writes and orders them: CLDR's patterns, by way of ICU4X. Digits are CLDR's
//! default for the language, which are 0 to 9 for Arabic, too.

use std::cmp::Ordering;

use icu_calendar::{Date as IcuDate, Gregorian};
use icu_collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::Locale;
use jiff::civil::Date;

/// A language's formatters; `None` only where ICU4X has no data for the language, which a test excludes.
pub(super) struct Formats {
    long: Option<DateFormat>,
    medium: Option<DateFormat>,
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
    /// What ICU4X has for the language with this code.
    pub(super) fn load(code: &str) -> Self {
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

    #[cfg(test)]
    pub(super) fn is_complete(&self) -> bool {
        let has_dates = self.long.is_some() && self.medium.is_some() && self.month.is_some();
        has_dates && self.decimal.is_some() && self.order.is_some()
    }

    /// "July 2, 2024"
    pub(super) fn long_date(&self, date: Date) -> String {
        format_date(self.long.as_ref(), date)
    }

    /// "2 juil. 2024"
    pub(super) fn medium_date(&self, date: Date) -> String {
        format_date(self.medium.as_ref(), date)
    }

    /// The name of a month on its own; 1 is January.
    pub(super) fn month(&self, number: i8) -> String {
        self.month
            .as_ref()
            .zip(Date::new(2024, number, 1).ok().and_then(gregorian))
            .map_or_else(|| number.to_string(), |(format, date)| format.format(&date).to_string())
    }

    /// Which of two names comes first in a list.
    pub(super) fn compare(&self, one: &str, other: &str) -> Ordering {
        self.order
            .as_ref()
            .map_or_else(|| one.cmp(other), |order| order.compare(one, other))
    }

    /// 1610425 as "16,104.25".
    pub(super) fn amount(&self, hundredths: i64) -> String {
        let mut amount = Decimal::from(hundredths);
        amount.multiply_pow10(-2);
        self.decimal
            .as_ref()
            .map_or_else(|| amount.to_string(), |format| format.format(&amount).to_string())
    }
}

type DateFormat = FixedCalendarDateTimeFormatter<Gregorian, fieldsets::YMD>;

fn format_date(format: Option<&DateFormat>, date: Date) -> String {
    format
        .zip(gregorian(date))
        .map_or_else(|| date.to_string(), |(format, date)| format.format(&date).to_string())
}

fn gregorian(date: Date) -> Option<IcuDate<Gregorian>> {
    let day = |number: i8| u8::try_from(number).ok();
    IcuDate::try_new_gregorian(i32::from(date.year()), day(date.month())?, day(date.day())?).ok()
}
