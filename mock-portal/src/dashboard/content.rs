//! What a widget shows to one account at one moment.

use std::mem;

use futures_util::future::join_all;
use rusqlite::Connection;

use super::{
    documents::{self, Documents},
    kept::Kept,
    searches::SavedSearch,
    store::{Note, QuickLink},
    widget::{Kind, Widget},
    world_clock::WorldClock,
};
use crate::{
    app::App,
    finance::{Entry, FinanceError, Money, Payment, PaymentStatus},
    language::t,
    pairing,
    web::{Failure, Fields, Page},
};

/// A widget on a dashboard.
pub(super) struct Shown {
    pub widget: &'static Widget,
    pub content: Content,
}

pub(super) enum Content {
    Search {
        placeholder: &'static str,
        hint: &'static str,
        saved: Vec<SavedSearch>,
    },
    Service {
        purpose: &'static str,
        link: &'static str,
        address: &'static str,
    },
    WorldClock(WorldClock),
    QuickLinks {
        links: Vec<QuickLink>,
        typed: String,
        error: Option<&'static str>,
    },
    Notepad {
        note: Note,
        /// What somebody wrote who had not seen `note`; it is not kept.
        typed: Option<String>,
    },
    Tiles([(&'static str, usize); 4]),
    Payments(Vec<Payment>),
    Balance(Vec<Money>),
    Entries(Vec<Entry>),
    Unpaired {
        message: &'static str,
    },
    Documents(Documents),
    /// The Finance service could not be asked.
    Failed(&'static str),
}

impl Content {
    /// What the widget shows to somebody who has saved nothing in it and paired it with nothing, where that is the same
    /// for everybody.
    pub fn common(widget: &Widget) -> Option<Self> {
        Some(match widget.kind {
            Kind::Search { placeholder, hint } => Self::Search {
                placeholder,
                hint,
                saved: Vec::new(),
            },
            Kind::Service { purpose, link, address } => Self::Service { purpose, link, address },
            Kind::QuickLinks => Self::QuickLinks {
                links: Vec::new(),
                typed: String::new(),
                error: None,
            },
            _ if widget.is_pairable() => Self::Unpaired {
                message: unpaired(widget.kind),
            },
            _ => return None,
        })
    }

    /// Whether it is its widget's [`Self::common`] content.
    pub fn is_common(&self) -> bool {
        match self {
            Self::Search { saved, .. } => saved.is_empty(),
            Self::QuickLinks { links, typed, error } => links.is_empty() && typed.is_empty() && error.is_none(),
            Self::Service { .. } | Self::Unpaired { .. } => true,
            _ => false,
        }
    }
}

/// What the database says of a widget: all that it shows, or which Offices the Finance service is to be asked about.
enum Read {
    Content(Content),
    Offices(Vec<String>),
}

/// What `widget` shows of what the account keeps; a widget stands on a dashboard once, so it takes what is its own.
fn read(
    app: &App,
    db: &Connection,
    account: i64,
    kept: &mut Kept,
    widget: &Widget,
    page: &Page,
) -> rusqlite::Result<Read> {
    let content = match (Content::common(widget), widget.kind) {
        (Some(Content::Search { placeholder, hint, .. }), _) => Content::Search {
            placeholder,
            hint,
            saved: kept
                .searches
                .extract_if(.., |search| search.service == widget.id)
                .collect(),
        },
        (Some(Content::QuickLinks { typed, error, .. }), _) => Content::QuickLinks {
            links: mem::take(&mut kept.links),
            typed,
            error,
        },
        (Some(Content::Unpaired { message }), _) => {
            let offices = pairing::offices_for(db, account, widget, app.pairing())?;
            if !offices.is_empty() {
                return Ok(Read::Offices(offices));
            }
            Content::Unpaired { message }
        }
        (Some(content), _) => content,
        (None, Kind::WorldClock) => Content::WorldClock(WorldClock::read(&app.clock, &kept.cities, page.language)),
        (None, Kind::Notepad) => Content::Notepad {
            note: mem::take(&mut kept.note),
            typed: None,
        },
        (None, _) => return Ok(Read::Offices(pairing::customer_ids(db, account)?)),
    };
    Ok(Read::Content(content))
}

/// A whole dashboard: how it is shown, and what its widgets show.
pub(super) async fn all(app: &App, account: i64, page: &Page) -> Result<(String, Vec<Shown>), Failure> {
    // Everything at once: whoever else asks waits for the database meanwhile.
    let (view, widgets) = app.database.with(|db| {
        let mut kept = Kept::read(db, account)?;
        let widgets = mem::take(&mut kept.widgets).into_iter();
        let read = widgets.map(|widget| Ok((widget, read(app, db, account, &mut kept, widget, page)?)));
        let read: Vec<_> = read.collect::<rusqlite::Result<_>>()?;
        Ok((kept.view, read))
    })?;
    let nothing_asked = Fields::default();
    // A Finance service that does not answer is waited for once, not once for each of its widgets.
    let shown = widgets
        .into_iter()
        .map(|(widget, read)| shown(app, widget, read, &nothing_asked, page));
    Ok((view, join_all(shown).await))
}

/// What `widget` shows; `asked` are the values of its selects.
pub(super) async fn of(
    app: &App,
    account: i64,
    widget: &'static Widget,
    asked: &Fields,
    page: &Page,
) -> Result<Shown, Failure> {
    let read = app
        .database
        .with(|db| read(app, db, account, &mut Kept::read(db, account)?, widget, page))?;
    Ok(shown(app, widget, read, asked, page).await)
}

/// Widgets of the Finance service show what went wrong with it, and leave the others alone.
async fn shown(app: &App, widget: &'static Widget, read: Read, asked: &Fields, page: &Page) -> Shown {
    let content = match read {
        Read::Content(content) => content,
        Read::Offices(offices) => asked_of_finance(app, widget.kind, &offices, asked, page)
            .await
            .unwrap_or_else(|error| Content::Failed(error.told().1)),
    };
    Shown { widget, content }
}

fn unpaired(kind: Kind) -> &'static str {
    match kind {
        Kind::Contributions => t("Your account isn't paired to your Member State"),
        _ => t("Your account isn't paired to your Office"),
    }
}

async fn asked_of_finance(
    app: &App,
    kind: Kind,
    offices: &[String],
    asked: &Fields,
    page: &Page,
) -> Result<Content, FinanceError> {
    let (finance, clock) = (&app.finance, &app.clock);
    Ok(match kind {
        Kind::Reports => {
            let all = of_all(offices, |office| finance.reports(office)).await?;
            Content::Documents(documents::reports(&all, asked, clock, page))
        }
        Kind::Contributions => {
            let all = of_all(offices, |office| finance.contributions(office)).await?;
            Content::Documents(documents::contributions(&all, asked, clock, page))
        }
        Kind::AccountSummary => Content::Balance(balances(&of_all(offices, |office| finance.entries(office)).await?)),
        Kind::AccountDetails => Content::Entries(of_all(offices, |office| finance.entries(office)).await?),
        Kind::PayDetails => Content::Payments(of_all(offices, |office| finance.payments(office)).await?),
        _ => Content::Tiles(tiles(&of_all(offices, |office| finance.payments(office)).await?)),
    })
}

/// What the Finance service knows of each Office, one after the other.
async fn of_all<'a, T, Answer>(offices: &'a [String], ask: impl Fn(&'a str) -> Answer) -> Result<Vec<T>, FinanceError>
where
    Answer: Future<Output = Result<Vec<T>, FinanceError>>,
{
    let mut all = Vec::new();
    for office in offices {
        all.extend(ask(office).await?);
    }
    Ok(all)
}

/// How many payments are how far.
fn tiles(payments: &[Payment]) -> [(&'static str, usize); 4] {
    let count = |status| payments.iter().filter(|payment| payment.status == status).count();
    [
        (t("Unpaid"), count(PaymentStatus::Unpaid)),
        (t("Basket"), count(PaymentStatus::Basket)),
        (t("Pending"), count(PaymentStatus::Pending)),
        (t("Payment History"), count(PaymentStatus::Paid)),
    ]
}

/// The balance in each currency.
fn balances(entries: &[Entry]) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for Entry { sum, .. } in entries {
        match sums.iter_mut().find(|known| known.currency == sum.currency) {
            Some(known) => known.amount = known.amount.saturating_add(sum.amount),
            None => sums.push(sum.clone()),
        }
    }
    sums
}
