//! XML: `<document><row><customer-id>…</customer-id>…</row>…</document>`.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::document::{Cell, Document, decimal};

pub(super) fn write(document: &Document) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("document")
        .write_inner_content(|writer| document.rows().try_for_each(|row| write_row(writer, document, &row)))?;
    Ok(writer.into_inner())
}

fn write_row(writer: &mut Writer<Vec<u8>>, document: &Document, row: &[Cell]) -> io::Result<()> {
    writer.create_element("row").write_inner_content(|writer| {
        for (column, cell) in document.columns().zip(row) {
            let value = match cell {
                Cell::Text(text) => (*text).to_owned(),
                Cell::Amount(amount) => decimal(*amount),
            };
            writer
                .create_element(column.key)
                .write_text_content(BytesText::new(&value))?;
        }
        Ok(())
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{super::document::tests::hostile, *};

    #[test]
    fn markup_in_texts_is_text() {
        let text = String::from_utf8(write(&hostile()).unwrap()).unwrap();
        let tree = roxmltree::Document::parse(&text).unwrap();
        let values: Vec<_> = tree
            .descendants()
            .filter(|node| node.has_tag_name("type"))
            .map(|node| node.text().unwrap())
            .collect();
        assert_eq!(values, ["<PCT> & \"more\", éя"; 3]);
    }
}
