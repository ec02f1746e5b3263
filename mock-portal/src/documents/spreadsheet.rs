//! XLSX: texts as texts, amounts as numbers.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::document::{Cell, Document};

/// Files of the same rows are the same, whenever they are made: the day of the tutorials, in seconds since 1970.
const MADE: i64 = 1_719_878_400;

pub(super) fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_timestamp(MADE)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&document.title)
            .set_creation_datetime(&made),
    );
    // With the prefix a text remains a text even when its cell is edited.
    let text = Format::new().set_quote_prefix();
    let amount = Format::new().set_num_format("#,##0.00");
    let head = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    sheet
        .set_name("Document")?
        .set_right_to_left(document.language.is_rtl())
        .set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(document.columns()) {
        sheet.write_string_with_format(0, at, &column.label, &head)?;
    }
    for (line, row) in (1..).zip(document.rows()) {
        for (at, cell) in (0..).zip(row) {
            match cell {
                Cell::Text(value) => sheet.write_string_with_format(line, at, value, &text)?,
                Cell::Amount(value) => sheet.write_number_with_format(line, at, units(value), &amount)?,
            };
        }
    }
    sheet.autofit();
    workbook.save_to_buffer()
}

/// Spreadsheets know no other numbers; sums up to 10^13 keep their hundredths.
#[allow(clippy::cast_precision_loss)]
fn units(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::{super::document::tests::hostile, *};

    #[test]
    fn cells_that_look_like_formulas_are_text_and_leading_zeros_stay() {
        let bytes = write(&hostile()).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert!(book.worksheet_formula("Document").unwrap().is_empty());
        let sheet = book.worksheet_range("Document").unwrap();
        assert_eq!(sheet.get((1, 0)), Some(&Data::String("00731".into())));
        assert_eq!(
            sheet.get((1, 1)),
            Some(&Data::String("=HYPERLINK(\"http://evil.example\")".into()))
        );
        assert_eq!(sheet.get((1, 5)), Some(&Data::Float(-2.5)));
    }

    #[test]
    fn the_same_rows_make_the_same_file() {
        assert_eq!(write(&hostile()).unwrap(), write(&hostile()).unwrap());
    }
}
