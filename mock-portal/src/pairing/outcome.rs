//! How an attempt to pair ends, and what the form says of it.

use axum::http::StatusCode;

use crate::{
    finance::{CustomerId, FinanceError},
    language::t,
};

/// How an attempt to pair ends.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Paired,
    /// ID and code belong together, but the widget is paired with these other Offices already.
    PairedWithAnother(Vec<CustomerId>),
    /// A wrong ID, a wrong code, or another Office's code: the message does not say which.
    Wrong,
    /// Too many wrong attempts.
    Blocked,
    Failed(FinanceError),
}

impl Outcome {
    /// The response's status and what it says above the fields; `None` when the widget is paired.
    pub(super) fn message(&self) -> Option<(StatusCode, &'static str)> {
        match self {
            Self::Paired => None,
            Self::PairedWithAnother(_) => Some((
                StatusCode::CONFLICT,
                t("This widget is paired with another Office already. Nothing was changed."),
            )),
            Self::Wrong => Some((
                StatusCode::UNPROCESSABLE_ENTITY,
                t("This Office Customer ID and this Access Code do not belong together. Check both and try again."),
            )),
            Self::Blocked => Some((
                StatusCode::TOO_MANY_REQUESTS,
                t("Pairing is blocked after several wrong attempts. Wait 15 minutes, or ask the Finance Infoline."),
            )),
            Self::Failed(error) => Some((error.status(), nothing_was_paired(error))),
        }
    }
}

fn nothing_was_paired(error: &FinanceError) -> &'static str {
    match error {
        FinanceError::Unreachable(_) => {
            t("The Finance service does not answer at the moment. Nothing was paired. Try again in a few minutes.")
        }
        FinanceError::InvalidResponse(_) => {
            t("The Finance service gave an answer that cannot be used. Nothing was paired. Try again in a few minutes.")
        }
    }
}
