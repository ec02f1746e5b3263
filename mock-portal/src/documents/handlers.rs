//! Downloads. Whoever asks gets the documents of their own Offices, and for all else one and the same "not found".

use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use super::{Format, document::Document, file_name};
use crate::{
    app::App,
    dashboard::widget::{Kind, Widget},
    finance::FinanceError,
    language::{Language, t},
    pairing,
    web::{Failure, Page, SignedIn, failure::message},
};

/// `/documents/WIDGET/NUMBER.EXTENSION`
pub(crate) async fn download(
    State(app): State<App>,
    Path((widget, file)): Path<(String, String)>,
    SignedIn { account, page, .. }: SignedIn,
) -> Result<Response, Failure> {
    let widget = Widget::find(&widget)
        .filter(|widget| widget.is_pairable())
        .ok_or(Failure::NotFound)?;
    let (number, format) = Format::of_file(&file).ok_or(Failure::NotFound)?;
    let offices = app
        .database
        .with(|db| pairing::offices_for(db, account.id, widget, app.pairing()))?;
    let labels = Page {
        language: if format.can_write(page.language) {
            page.language
        } else {
            Language::default()
        },
        ..page.clone()
    };
    match find(&app, widget.kind, &offices, number, &labels).await {
        Ok(found) => attached(&found.ok_or(Failure::NotFound)?, format),
        Err(error) => {
            let (status, text) = error.told();
            message(status, page, t("The document cannot be had now"), text)
        }
    }
}

/// The document with this number among those of the account's own Offices.
async fn find(
    app: &App,
    kind: Kind,
    offices: &[String],
    number: &str,
    page: &Page,
) -> Result<Option<Document>, FinanceError> {
    for office in offices {
        let found = if let Kind::Contributions = kind {
            let all = app.finance.contributions(office).await?;
            let invoice = all.iter().find(|invoice| invoice.number == number);
            invoice.map(|invoice| Document::of_invoice(invoice, office, page))
        } else {
            let all = app.finance.reports(office).await?;
            let report = all.iter().find(|report| report.number == number);
            report.map(|report| Document::of_report(report, office, page))
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn attached(document: &Document, format: Format) -> Result<Response, Failure> {
    let name = file_name(&document.number, format);
    let headers = [
        (header::CONTENT_TYPE, format.content_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, format.write(document)?).into_response())
}
