//! What a widget shows to one account at one moment.

use std::mem;

use futures_util::future::join_all;
use rusqlite::Connection;

use super::{
    document_list::{self, DocumentList},
    state::{DashboardState, Note, QuickLink, SavedSearch},
    world_clock::WorldClock,
};
use crate::{
    finance::{CustomerId, FinanceError, LedgerEntry, Money, Payment, PaymentStatus},
    language::t,
    state::AppState,
    store::{AccountId, customer_ids_of, offices_for},
    web::{Failure, Fields, Page},
    widgets::{Widget, WidgetKind},
};

/// A widget with its content.
pub(super) struct ShownWidget {
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
        /// A text that was written without having seen `note`; it is not stored.
        typed: Option<String>,
    },
    Tiles([(&'static str, usize); 4]),
    Payments(Vec<Payment>),
    Balance(Vec<Money>),
    Entries(Vec<LedgerEntry>),
    Unpaired {
        message: &'static str,
    },
    Documents(DocumentList),
    /// The request to the Finance service failed.
    Failed(&'static str),
}

impl Content {
    /// What the widget shows while it is neither used nor paired, where that is the same for everybody.
    pub(super) fn common(widget: &Widget) -> Option<Self> {
        Some(match widget.kind {
            WidgetKind::Search { placeholder, hint } => Self::Search {
                placeholder,
                hint,
                saved: Vec::new(),
            },
            WidgetKind::Service { purpose, link, address } => Self::Service { purpose, link, address },
            WidgetKind::QuickLinks => Self::QuickLinks {
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
    pub(super) fn is_common(&self) -> bool {
        match self {
            Self::Search { saved, .. } => saved.is_empty(),
            Self::QuickLinks { links, typed, error } => links.is_empty() && typed.is_empty() && error.is_none(),
            Self::Service { .. } | Self::Unpaired { .. } => true,
            _ => false,
        }
    }
}

/// What the database has for a widget: its content, or the Offices to ask the Finance service about.
enum Read {
    Content(Content),
    Offices(Vec<CustomerId>),
}

/// What `widget` shows; each widget is on a dashboard once, so it takes its part of the state.
fn read(
    state: &AppState,
    db: &Connection,
    account: AccountId,
    dashboard: &mut DashboardState,
    widget: &Widget,
    page: &Page,
) -> rusqlite::Result<Read> {
    let content = match (Content::common(widget), widget.kind) {
        (Some(Content::Search { placeholder, hint, .. }), _) => Content::Search {
            placeholder,
            hint,
            saved: dashboard
                .searches
                .extract_if(.., |search| search.service == widget.id.as_str())
                .collect(),
        },
        (Some(Content::QuickLinks { typed, error, .. }), _) => Content::QuickLinks {
            links: mem::take(&mut dashboard.links),
            typed,
            error,
        },
        (Some(Content::Unpaired { message }), _) => {
            let offices = offices_for(db, account, widget.id, state.pairing_scope())?;
            if !offices.is_empty() {
                return Ok(Read::Offices(offices));
            }
            Content::Unpaired { message }
        }
        (Some(content), _) => content,
        (None, WidgetKind::WorldClock) => {
            Content::WorldClock(WorldClock::read(&state.clock, &dashboard.cities, page.language))
        }
        (None, WidgetKind::Notepad) => Content::Notepad {
            note: mem::take(&mut dashboard.note),
            typed: None,
        },
        (None, _) => return Ok(Read::Offices(customer_ids_of(db, account)?)),
    };
    Ok(Read::Content(content))
}

/// A whole dashboard: how it is shown, and what its widgets show.
pub(super) async fn show_all(
    state: &AppState,
    account: AccountId,
    page: &Page,
) -> Result<(String, Vec<ShownWidget>), Failure> {
    // Everything at once: other requests wait for the database meanwhile.
    let (view, widgets) = state.database.with(|db| {
        let mut dashboard = DashboardState::read(db, account)?;
        let widgets = mem::take(&mut dashboard.widgets).into_iter();
        let read = widgets.map(|widget| Ok((widget, read(state, db, account, &mut dashboard, widget, page)?)));
        let read: Vec<_> = read.collect::<rusqlite::Result<_>>()?;
        Ok((dashboard.view, read))
    })?;
    let no_selects = Fields::default();
    // All at once: a slow Finance service is waited for once, not once for each of its widgets.
    let shown = widgets
        .into_iter()
        .map(|(widget, read)| show(state, widget, read, &no_selects, page));
    Ok((view, join_all(shown).await))
}

/// What `widget` shows; `selects` are the values of its selects.
pub(super) async fn show_one(
    state: &AppState,
    account: AccountId,
    widget: &'static Widget,
    selects: &Fields,
    page: &Page,
) -> Result<ShownWidget, Failure> {
    let read = state.database.with(|db| {
        read(
            state,
            db,
            account,
            &mut DashboardState::read(db, account)?,
            widget,
            page,
        )
    })?;
    Ok(show(state, widget, read, selects, page).await)
}

/// Widgets of the Finance service show what went wrong with it, and leave the others alone.
async fn show(state: &AppState, widget: &'static Widget, read: Read, selects: &Fields, page: &Page) -> ShownWidget {
    let content = match read {
        Read::Content(content) => content,
        Read::Offices(offices) => content_from_finance(state, widget.kind, &offices, selects, page)
            .await
            .unwrap_or_else(|error| {
                tracing::warn!(widget = %widget.id, %error, "a widget cannot be shown");
                Content::Failed(error.message())
            }),
    };
    ShownWidget { widget, content }
}

fn unpaired(kind: WidgetKind) -> &'static str {
    match kind {
        WidgetKind::Contributions => t("Your account isn't paired to your Member State"),
        _ => t("Your account isn't paired to your Office"),
    }
}

async fn content_from_finance(
    state: &AppState,
    kind: WidgetKind,
    offices: &[CustomerId],
    selects: &Fields,
    page: &Page,
) -> Result<Content, FinanceError> {
    let (finance, clock) = (&state.finance, &state.clock);
    Ok(match kind {
        WidgetKind::Reports => {
            let all = all_of(offices, |office| finance.reports(office)).await?;
            Content::Documents(document_list::reports(&all, selects, clock, page))
        }
        WidgetKind::Contributions => {
            let all = all_of(offices, |office| finance.contributions(office)).await?;
            Content::Documents(document_list::contributions(&all, selects, clock, page))
        }
        WidgetKind::AccountSummary => {
            Content::Balance(balances(&all_of(offices, |office| finance.entries(office)).await?))
        }
        WidgetKind::AccountDetails => Content::Entries(all_of(offices, |office| finance.entries(office)).await?),
        WidgetKind::PayDetails => Content::Payments(all_of(offices, |office| finance.payments(office)).await?),
        _ => Content::Tiles(tiles(&all_of(offices, |office| finance.payments(office)).await?)),
    })
}

/// What the Finance service knows of each Office, one after the other.
async fn all_of<'a, T, Answer>(
    offices: &'a [CustomerId],
    request: impl Fn(&'a CustomerId) -> Answer,
) -> Result<Vec<T>, FinanceError>
where
    Answer: Future<Output = Result<Vec<T>, FinanceError>>,
{
    let mut all = Vec::new();
    for office in offices {
        all.extend(request(office).await?);
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
fn balances(entries: &[LedgerEntry]) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for LedgerEntry { sum, .. } in entries {
        match sums.iter_mut().find(|known| known.currency == sum.currency) {
            Some(known) => known.amount = known.amount.saturating_add(sum.amount),
            None => sums.push(sum.clone()),
        }
    }
    sums
}
