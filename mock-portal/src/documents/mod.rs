//! An Office's reports and invoices as files: the same rows as PDF, XLSX, CSV and XML.

mod comma_separated;
mod document;
mod format;
mod handlers;
mod pdf;
mod spreadsheet;
mod typesetting;
mod xml;

pub(crate) use format::{Format, file_name};
pub(crate) use handlers::download;
