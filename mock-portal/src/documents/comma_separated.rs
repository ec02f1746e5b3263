//! CSV, as spreadsheets open it.

use super::document::{Cell, Document, decimal};

/// Without it, Excel takes the file for something other than UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

pub(super) fn write(document: &Document) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    writer.write_record(document.columns().map(|column| &column.label))?;
    for row in document.rows() {
        writer.write_record(row.iter().map(text))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => as_plain_text(text),
        Cell::Amount(amount) => decimal(*amount),
    }
}

/// A spreadsheet takes what begins so for a formula; an apostrophe before it makes it text (OWASP, "CSV Injection").
fn as_plain_text(text: &str) -> String {
    const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    if text.trim_start().starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::document::tests::hostile, *};

    #[test]
    fn cells_that_look_like_formulas_are_text_and_amounts_are_numbers() {
        let bytes = write(&hostile()).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let column = |at: usize| rows.iter().map(|row| row[at].to_owned()).collect::<Vec<_>>();
        assert!(column(1).iter().all(|number| number.starts_with("'=HYPERLINK")));
        assert!(column(4)[0].starts_with("'@SUM") && column(4)[1].starts_with("'+cmd"));
        assert_eq!(column(5), ["-2.50", "10000.00", "9997.50"]);
        assert_eq!(column(2)[0], "<PCT> & \"more\", éя");
    }

    #[test]
    fn blanks_and_wide_signs_hide_no_formula() {
        for text in ["=1", " =1", "\u{a0}+1", "-1", "@x", "＝1"] {
            assert!(as_plain_text(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(as_plain_text("Madrid: renewals"), "Madrid: renewals");
    }
}
