//! The guides that the documents' widgets lead to.

use askama::Template;
use axum::{extract::Path, response::Response};

use crate::{
    language::t,
    web::{Failure, Page, Visitor, html},
};

struct Guide {
    /// In its address.
    id: &'static str,
    heading: &'static str,
    lead: &'static str,
    /// What it says point by point: a term, and what about it.
    points: &'static [(&'static str, &'static str)],
}

const DOWNLOADS: (&str, &str) = (
    t("Download"),
    t(
        "Each document can be had as PDF to read and print, XLSX for a spreadsheet, CSV and XML for programs. All four hold the same rows.",
    ),
);
const NOTHING_THERE: (&str, &str) = (
    t("No results"),
    t("There is no such document yet, or it is of another month, year or organization. Choose another one."),
);

static GUIDES: [Guide; 4] = [
    Guide {
        id: "distribution-reports",
        heading: t("Quick start guide"),
        lead: t("Distribution Reports of your Office, from the widget to the file."),
        points: &[
            (
                t("Choose"),
                t(
                    "Choose the type of document, the month and the year. The reports of your Office that match are listed under your choice.",
                ),
            ),
            DOWNLOADS,
            NOTHING_THERE,
        ],
    },
    Guide {
        id: "definition-of-terms",
        heading: t("Definition of terms"),
        lead: t("What the words in a Distribution Report mean."),
        points: &[
            (
                t("Distribution Report"),
                t("Says which fees were distributed to your Office for a month."),
            ),
            (
                t("Individual fees"),
                t("Fees that a member sets itself for a designation, and that are passed on to it."),
            ),
            (
                t("Complementary fees"),
                t("Fees at one rate for all members without individual fees, shared out among them."),
            ),
            (
                t("Customer ID"),
                t("The number of 5 or 6 digits under which your Office is recorded."),
            ),
        ],
    },
    Guide {
        id: "annual-contributions",
        heading: t("Quick start guide"),
        lead: t("Invoices of your Member State's contributions, from the widget to the file."),
        points: &[
            (
                t("Choose"),
                t(
                    "Choose the document, the year and the organization. The invoices of your Member State that match are listed under your choice.",
                ),
            ),
            DOWNLOADS,
            NOTHING_THERE,
        ],
    },
    Guide {
        id: "financial-regulations",
        heading: t("Financial regulations and rules"),
        lead: t(
            "The regulations say how contributions are reckoned and when they are due. The training portal holds no copy of them.",
        ),
        points: &[(
            t("Where to read them"),
            t("They are published at wipo.int. Ask the Finance Infoline if you do not find them."),
        )],
    },
];

#[derive(Template)]
#[template(path = "pages/guide.html")]
struct GuidePage {
    page: Page,
    guide: &'static Guide,
}

/// A guide to a widget's documents.
pub(crate) async fn guide(Path(id): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    let guide = GUIDES.iter().find(|guide| guide.id == id).ok_or(Failure::NotFound)?;
    html(&GuidePage {
        page: visitor.page,
        guide,
    })
}
