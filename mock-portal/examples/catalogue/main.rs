//! Extracts every text of the portal into `locales/portal.pot` and brings each `locales/*.po` up to date: what is
//! translated stays, what is gone goes, what is new is added without a translation and listed.
//!
//!     cargo run -p mock-portal --example catalogue

mod texts;

use std::{collections::BTreeSet, error::Error, path::Path};

use polib::{catalog::Catalog, message::Message, metadata::CatalogMetadata, po_file};

fn main() -> Result<(), Box<dyn Error>> {
    let all = texts::all_texts()?;
    let metadata =
        CatalogMetadata::parse("Content-Type: text/plain; charset=UTF-8\n").map_err(|error| format!("{error:?}"))?;
    po_file::write_to_file(
        &merged(&all, metadata, &Catalog::new(CatalogMetadata::new())),
        &texts::here("locales/portal.pot"),
    )?;
    for path in texts::files(&texts::here("locales"), "po")? {
        bring_up_to_date(&path, &all)?;
    }
    Ok(())
}

/// Rewrites the catalogue at `path` and lists what is left to translate.
fn bring_up_to_date(path: &Path, all: &BTreeSet<String>) -> Result<(), Box<dyn Error>> {
    let old = po_file::parse(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let new = merged(all, old.metadata.clone(), &old);
    po_file::write_to_file(&new, path)?;
    let open: Vec<_> = new
        .messages()
        .filter(|message| !message.is_translated() || message.is_fuzzy())
        .map(|message| message.msgid().to_owned())
        .collect();
    println!("{}: {} of {} texts to translate", path.display(), open.len(), all.len());
    for text in open {
        println!("  {text}");
    }
    Ok(())
}

/// The texts in order, each with its translation in `old`, if there is one.
fn merged(texts: &BTreeSet<String>, metadata: CatalogMetadata, old: &Catalog) -> Catalog {
    let mut new = Catalog::new(metadata);
    for text in texts {
        let known = old.find_message(None, text, None);
        let mut message = Message::build_singular();
        message.with_msgid(text.clone());
        if let Some(known) = known.filter(|known| known.is_translated()) {
            message.with_msgstr(known.msgstr().unwrap_or_default().to_owned());
            message.with_flags(known.flags().clone());
        }
        let message = message.done();
        new.append_or_update(message);
    }
    new
}
