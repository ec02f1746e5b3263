//! "Distribution Reports" and "Annual Contributions": selects, and the Office's documents that match them.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{
    select::{Select, plain, translated},
    world_clock::today,
};
use crate::{
    clock::Clock,
    documents::{Format, file_name},
    finance::{Contribution, Money, ORGANIZATIONS, REPORT_TYPES, Report},
    language::{Language, t},
    web::{Fields, Page},
    widgets::{ANNUAL_CONTRIBUTIONS, DISTRIBUTION_REPORTS, WidgetId},
};

/// The selects offer this year and this number of years before it.
const YEARS_BACK: i16 = 5;

/// Documents with the selects that chose them.
pub(super) struct DocumentList {
    /// Name and address of the pages that explain them.
    pub guides: [(&'static str, &'static str); 2],
    pub selects: Vec<Select>,
    pub rows: Vec<DocumentRow>,
    pub when_none: &'static str,
}

pub(super) struct DocumentRow {
    pub number: String,
    pub sum: String,
    /// For each format its label, the address of the file, and the file's name.
    pub files: [(&'static str, String, String); 4],
}

impl DocumentRow {
    fn new(widget: WidgetId, number: &str, sum: &Money, language: &Language) -> Self {
        Self {
            number: number.to_owned(),
            sum: sum.format(language),
            files: Format::ALL.map(|format| {
                let inert = utf8_percent_encode(number, NON_ALPHANUMERIC);
                let address = format!("/documents/{widget}/{inert}.{}", format.extension());
                (format.label(), address, file_name(number, format))
            }),
        }
    }
}

/// Distribution Reports by type, month and year.
pub(super) fn reports(all: &[Report], selected: &Fields, clock: &Clock, page: &Page) -> DocumentList {
    let now = today(clock);
    let months = (1..=12).map(|number| (number.to_string(), page.language.month(number)));
    let kind = Select::new(
        "type",
        t("Type of document"),
        translated(REPORT_TYPES, page),
        selected.get("type"),
        REPORT_TYPES[0],
    );
    let month = Select::new(
        "month",
        t("Month"),
        months.collect(),
        selected.get("month"),
        &now.month().to_string(),
    );
    let year = year(selected, clock);
    let matches = |report: &&Report| {
        report.kind == kind.selected()
            && report.month.to_string() == month.selected()
            && report.year.to_string() == year.selected()
    };
    let rows = all
        .iter()
        .filter(matches)
        .map(|report| DocumentRow::new(DISTRIBUTION_REPORTS, &report.number, &report.sum, page.language));
    DocumentList {
        guides: [
            (t("Quick start guide"), "/guides/distribution-reports"),
            (t("Definition of terms"), "/guides/definition-of-terms"),
        ],
        rows: rows.collect(),
        selects: vec![kind, month, year],
        when_none: t("No results were found. Please try another month or year."),
    }
}

/// Invoices of Annual Contributions by year and organization.
pub(super) fn contributions(all: &[Contribution], selected: &Fields, clock: &Clock, page: &Page) -> DocumentList {
    let kinds = vec![("invoice".to_owned(), page.t("Invoice").to_owned())];
    let document = Select::new("document", t("Document"), kinds, selected.get("document"), "invoice");
    let year = year(selected, clock);
    let organization = Select::new(
        "organization",
        t("Organization"),
        translated(ORGANIZATIONS, page),
        selected.get("organization"),
        ORGANIZATIONS[0],
    );
    let matches = |invoice: &&Contribution| {
        invoice.organization == organization.selected() && invoice.date.year().to_string() == year.selected()
    };
    let rows = all
        .iter()
        .filter(matches)
        .map(|invoice| DocumentRow::new(ANNUAL_CONTRIBUTIONS, &invoice.number, &invoice.sum, page.language));
    DocumentList {
        guides: [
            (t("Quick start guide"), "/guides/annual-contributions"),
            (t("Financial regulations and rules"), "/guides/financial-regulations"),
        ],
        rows: rows.collect(),
        selects: vec![document, year, organization],
        when_none: t("No results were found. Please try another organization or year."),
    }
}

fn year(selected: &Fields, clock: &Clock) -> Select {
    let this = today(clock).year();
    let years = plain((this - YEARS_BACK..=this).rev());
    Select::new("year", t("Year"), years, selected.get("year"), &this.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, OfficeDocument};

    fn numbers(documents: &DocumentList) -> Vec<&str> {
        documents.rows.iter().map(|row| row.number.as_str()).collect()
    }

    fn all<T: Clone>(documents: &[OfficeDocument<T>]) -> Vec<T> {
        documents.iter().map(|one| one.document.clone()).collect()
    }

    #[test]
    fn the_reports_are_those_of_the_type_month_and_year_that_are_selected() {
        let all = all(&Fixture::built_in().reports);
        let found = |query: &str| {
            let shown = reports(
                &all,
                &Fields::parse(query.as_bytes()),
                &Clock::training(),
                &Page::without_session(),
            );
            numbers(&shown).join(" ")
        };
        assert_eq!(found("month=12&year=2023"), "DR-2023-1211");
        assert_eq!(found("month=12&year=2023&type=PCT"), "DR-2023-1212");
        assert_eq!(found("month=11&year=2023"), "");
    }

    #[test]
    fn selects_start_at_the_present_of_the_portal_s_clock() {
        let shown = reports(&[], &Fields::default(), &Clock::training(), &Page::without_session());
        let selected: Vec<_> = shown.selects.iter().map(Select::selected).collect();
        assert_eq!(selected, ["Hague, Lisbon & Madrid", "7", "2024"]);
        let shown = contributions(&[], &Fields::default(), &Clock::training(), &Page::without_session());
        let selected: Vec<_> = shown.selects.iter().map(Select::selected).collect();
        assert_eq!(selected, ["invoice", "2024", "WIPO"]);
    }

    #[test]
    fn the_invoices_are_those_of_the_organization_and_year_that_are_selected() {
        let all: Vec<_> = all(&Fixture::built_in().invoices);
        let shown = contributions(
            &all,
            &Fields::parse(b"organization=UPOV&year=2024"),
            &Clock::training(),
            &Page::without_session(),
        );
        assert_eq!(numbers(&shown), ["AC-U-2024-180457"]);
    }
}
