//! Downloads. A person gets the documents of their own Offices, and for all others one and the same "not found".

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    document::Document,
    format::{Format, file_name},
};
use crate::{
    finance::{CustomerId, FinanceError},
    language::{Language, t},
    state::AppState,
    store::offices_for,
    web::{Failure, Message, Page, SignedIn, message_page, request_log::Cause},
    widgets::{Widget, WidgetKind},
};

/// `/documents/WIDGET/NUMBER.EXTENSION`
pub(crate) async fn download(
    State(state): State<AppState>,
    Path((widget, file)): Path<(String, String)>,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let widget = Widget::find(&widget)
        .filter(|widget| widget.is_pairable())
        .ok_or(Failure::NotFound)?;
    let (number, format) = Format::split_file_name(&file).ok_or(Failure::NotFound)?;
    let offices = state
        .database
        .with(|db| offices_for(db, account.id, widget.id, state.pairing_scope()))?;
    let labels = Page {
        language: if format.can_write(page.language) {
            page.language
        } else {
            Language::default()
        },
        ..page.clone()
    };
    match find(&state, widget.kind, &offices, number, &labels).await {
        Ok(found) => attachment(&found.ok_or(Failure::NotFound)?, format),
        Err(error) => {
            let message = Message {
                status: error.status(),
                heading: t("The document cannot be had now"),
                text: error.message(),
            };
            Ok(Cause::new(error).attach_to(message_page(page, message)?))
        }
    }
}

/// The document with this number among those of the account's own Offices.
async fn find(
    state: &AppState,
    kind: WidgetKind,
    offices: &[CustomerId],
    number: &str,
    page: &Page,
) -> Result<Option<Document>, FinanceError> {
    for office in offices {
        let found = if let WidgetKind::Contributions = kind {
            let all = state.finance.contributions(office).await?;
            let invoice = all.iter().find(|invoice| invoice.number == number);
            invoice.map(|invoice| Document::from_invoice(invoice, office, page))
        } else {
            let all = state.finance.reports(office).await?;
            let report = all.iter().find(|report| report.number == number);
            report.map(|report| Document::from_report(report, office, page))
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn attachment(document: &Document, format: Format) -> Result<Response, Failure> {
    let name = file_name(&document.number, format);
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, format.write(document)?).into_response())
}
