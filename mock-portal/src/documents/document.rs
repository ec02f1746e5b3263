//! A document as rows and columns, which is what all formats are made of.

use crate::{
    finance::{Contribution, CustomerId, DocumentLine, Money, Report},
    language::{Language, t},
    web::Page,
};

/// Stands on what people read.
pub(super) const NOTICE: &str = t("Made by a training portal from invented figures. Not a document of WIPO.");

/// A report or an invoice, its labels in the language of its reader.
pub(super) struct Document {
    /// What kind of document it is, for people.
    pub title: String,
    /// The document's own number.
    pub number: String,
    /// What holds for the whole document, so that each row repeats it.
    pub facts: Vec<(Column, String)>,
    /// Item and amount, in hundredths of `currency`; the last is the total.
    pub items: Vec<(String, i64)>,
    /// ISO 4217.
    pub currency: String,
    /// That it is no document of WIPO, where people read it.
    pub notice: String,
    /// The language of the labels.
    pub language: &'static Language,
    item: Column,
    amount: Column,
    money: Column,
}

/// A column of the rows.
pub(super) struct Column {
    /// As an element of XML.
    pub key: &'static str,
    /// As a person reads it.
    pub label: String,
}

/// One value of a row.
pub(super) enum Cell<'a> {
    Text(&'a str),
    /// In hundredths.
    Amount(i64),
}

impl Document {
    /// A Distribution Report of the Office `customer_id`.
    pub(super) fn from_report(report: &Report, customer_id: &CustomerId, page: &Page) -> Self {
        let month = format!("{}-{:02}", report.year, report.month);
        let own = [
            ("type", t("Type of document"), report.kind.as_str()),
            ("month", t("Month"), &month),
        ];
        let title = page.t(t("Distribution Report"));
        Self::new(
            title,
            &report.number,
            customer_id,
            own,
            (&report.lines, &report.sum),
            page,
        )
    }

    /// An invoice of an Annual Contribution of the Office `customer_id`.
    pub(super) fn from_invoice(invoice: &Contribution, customer_id: &CustomerId, page: &Page) -> Self {
        let date = invoice.date.to_string();
        let own = [
            ("organization", t("Organization"), invoice.organization.as_str()),
            ("date", t("Date"), &date),
        ];
        let title = page.t(t("Invoice"));
        let sums = (invoice.lines.as_slice(), &invoice.sum);
        Self::new(title, &invoice.number, customer_id, own, sums, page)
    }

    fn new(
        title: &str,
        number: &str,
        customer_id: &CustomerId,
        own: [(&'static str, &'static str, &str); 2],
        (lines, sum): (&[DocumentLine], &Money),
        page: &Page,
    ) -> Self {
        let column = |key, label: &str| Column {
            key,
            label: page.t(label).to_owned(),
        };
        let shared = [
            ("customer-id", t("Customer ID"), customer_id.as_str()),
            ("document", t("Document"), number),
        ];
        let facts = shared.into_iter().chain(own);
        let lines = lines.iter().map(|line| (printable(&line.text), line.amount));
        let total = (page.t(t("Total")).to_owned(), sum.amount);
        Self {
            title: title.to_owned(),
            number: printable(number),
            facts: facts
                .map(|(key, label, value)| (column(key, label), printable(value)))
                .collect(),
            items: lines.chain([total]).collect(),
            currency: printable(&sum.currency),
            notice: page.t(NOTICE).to_owned(),
            language: page.language,
            item: column("item", t("Item")),
            amount: column("amount", t("Amount")),
            money: column("currency", t("Currency")),
        }
    }

    /// The columns of [`Self::rows`], in order.
    pub(super) fn columns(&self) -> impl Iterator<Item = &Column> {
        let facts = self.facts.iter().map(|(column, _)| column);
        facts.chain([&self.item, &self.amount, &self.money])
    }

    /// The columns that differ from row to row.
    pub(super) fn item_and_amount(&self) -> [&Column; 2] {
        [&self.item, &self.amount]
    }

    /// One row for each item.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        self.items.iter().map(|(item, amount)| {
            let facts = self.facts.iter().map(|(_, value)| Cell::Text(value));
            let own = [Cell::Text(item), Cell::Amount(*amount), Cell::Text(&self.currency)];
            facts.chain(own).collect()
        })
    }
}

/// One line of text: XML 1.0 has no place for control characters and U+FFFE, U+FFFF, and a spreadsheet none for more
/// lines.
fn printable(text: &str) -> String {
    text.replace(
        |c: char| c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'),
        "\u{fffd}",
    )
}

/// 1610425 as "16104.25": for programs.
pub(super) fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A report whose texts are as hostile as the Finance service can make them.
    pub(in crate::documents) fn hostile() -> Document {
        let report = Report {
            number: "=HYPERLINK(\"http://evil.example\")".into(),
            kind: "<PCT> & \"more\", éя".into(),
            year: 2024,
            month: 6,
            lines: vec![
                DocumentLine {
                    text: "@SUM(A1:A9)\u{1}\r\n-1".into(),
                    amount: -250,
                },
                DocumentLine {
                    text: "+cmd|' /C calc'!A0".into(),
                    amount: 1_000_000,
                },
            ],
            sum: Money {
                amount: 999_750,
                currency: "CHF".into(),
            },
        };
        Document::from_report(&report, &"00731".parse().unwrap(), &Page::without_session())
    }

    #[test]
    fn the_total_is_the_last_row_and_control_characters_are_gone() {
        let document = hostile();
        assert_eq!(document.items[0].0, "@SUM(A1:A9)\u{fffd}\u{fffd}\u{fffd}-1");
        assert_eq!(document.items[2], ("Total".to_owned(), 999_750));
    }

    #[test]
    fn amounts_for_programs_have_two_places_and_no_groups() {
        let written: Vec<_> = [0, 5, -5, -250, 123_456_789].map(decimal).into();
        assert_eq!(written, ["0.00", "0.05", "-0.05", "-2.50", "1234567.89"]);
    }
}
