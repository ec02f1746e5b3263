//! An attempt to pair: one at a time for each account.

use super::{in_progress::PairingsInProgress, outcome::Outcome, request::PairingRequest};
use crate::{
    finance::Office,
    state::AppState,
    store::{AccountId, Attempt, forget_attempts, insert_pairing, is_blocked, offices_for, record_attempt},
    web::Failure,
    widgets::WidgetId,
};

/// Waits for the account's other attempts, then pairs. The same request that was submitted again meanwhile gets the
/// outcome of the first.
pub(super) async fn attempt_one_at_a_time(
    state: AppState,
    pairings: PairingsInProgress,
    account: AccountId,
    widget: WidgetId,
    request: PairingRequest,
) -> Result<Outcome, Failure> {
    let mut slot = pairings.lock(account).await;
    if let Some(outcome) = slot.outcome_of(widget, &request) {
        return Ok(outcome);
    }
    let outcome = attempt(&state, account, widget, &request).await?;
    slot.remember(widget, request, outcome.clone());
    Ok(outcome)
}

async fn attempt(
    state: &AppState,
    account: AccountId,
    widget: WidgetId,
    request: &PairingRequest,
) -> Result<Outcome, Failure> {
    let (key, now) = (account.as_i64().to_string(), state.now().counted);
    let blocked = || state.database.with(|db| is_blocked(db, Attempt::Pairing, &key, now));
    if blocked()? {
        return Ok(Outcome::Blocked);
    }
    match state
        .finance
        .office_for(&request.customer_id, &request.access_code)
        .await
    {
        Ok(Some(office)) => Ok(pair(state, account, widget, &office, &key)?),
        Ok(None) => {
            state
                .database
                .with(|db| record_attempt(db, Attempt::Pairing, &key, now))?;
            Ok(if blocked()? { Outcome::Blocked } else { Outcome::Wrong })
        }
        Err(error) => Ok(Outcome::Failed(error)),
    }
}

/// Pairs the widget with the Office unless it is paired already, and forgets the wrong attempts. A form that was opened
/// before the widget was paired may be submitted after: what is paired stays so, and is called paired with its own Office
/// only.
fn pair(
    state: &AppState,
    account: AccountId,
    widget: WidgetId,
    office: &Office,
    key: &str,
) -> rusqlite::Result<Outcome> {
    state.database.with(|db| {
        let transaction = db.transaction()?;
        let paired_with = offices_for(&transaction, account, widget, state.pairing_scope())?;
        if paired_with.is_empty() {
            insert_pairing(&transaction, account, widget, &office.customer_id)?;
        }
        forget_attempts(&transaction, Attempt::Pairing, key)?;
        transaction.commit()?;
        Ok(if paired_with.is_empty() || paired_with.contains(&office.customer_id) {
            Outcome::Paired
        } else {
            Outcome::PairedWithAnother(paired_with)
        })
    })
}
