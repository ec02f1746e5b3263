//! Getting to pages: opening addresses, and waiting for the page that an action leads to.

use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::wd::TimeoutConfiguration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{BrowserError, PageError, Refusal, refused};
use super::locate_response::PageState;
use super::page::{Page, milliseconds};
use super::scripts::Call;

impl Page {
    /// Goes to an address.
    ///
    /// # Errors
    /// [`PageError::NotGot`] if there is no answer, [`PageError::ServerError`] if the page answers with a server error.
    pub async fn open(&mut self, address: &str) -> Result<(), PageError> {
        self.limit().await?;
        let gone = self.session.client().goto(address).await;
        self.arrived("open the page", gone).await.map(drop)
    }

    /// Goes to the page before this one, as the browser's own button does.
    ///
    /// # Errors
    /// As [`Page::open`]; [`PageError::NoHistory`] if there is none.
    pub async fn go_back(&mut self) -> Result<(), PageError> {
        let before = self.history_entry().await?;
        let gone = self.session.client().back().await;
        self.traversed("go back", gone, &before).await
    }

    /// Goes to the page from which it was gone back.
    ///
    /// # Errors
    /// As [`Page::open`]; [`PageError::NoHistory`] if there is none.
    pub async fn go_forward(&mut self) -> Result<(), PageError> {
        let before = self.history_entry().await?;
        let gone = self.session.client().forward().await;
        self.traversed("go forward", gone, &before).await
    }

    /// Gets the page anew.
    ///
    /// # Errors
    /// As [`Page::open`].
    pub async fn reload(&mut self) -> Result<(), PageError> {
        let gone = self.session.client().refresh().await;
        self.arrived("reload the page", gone).await.map(drop)
    }

    /// Which entry of the browser's history is shown.
    async fn history_entry(&self) -> Result<Value, PageError> {
        self.call("look at its history", Call::HistoryEntry, &Value::Null).await
    }

    /// As [`Page::arrived`], at another entry of the history than before: at its end the driver does nothing, and says nothing.
    async fn traversed(
        &mut self,
        what: &'static str,
        gone: Result<(), CmdError>,
        before: &Value,
    ) -> Result<(), PageError> {
        if self.arrived(what, gone).await? == Settlement::Asked {
            return Ok(());
        }
        let request = json!({ "before": before, "wait": self.wait_ms() });
        let is_moved: bool = self.call(what, Call::HasTraversed, &request).await?;
        is_moved.then_some(()).ok_or(PageError::NoHistory { what })
    }

    async fn arrived(&mut self, what: &'static str, gone: Result<(), CmdError>) -> Result<Settlement, PageError> {
        self.disarm_wait_snapshot();
        match gone.map_err(|error| Refusal::of(what, &error)) {
            Ok(()) | Err(Refusal::PageLeft) => {}
            Err(Refusal::PageLate) => return Err(self.late()),
            Err(Refusal::Final(error)) => return Err(error.into()),
            Err(Refusal::Intercepted) => unreachable!("nothing is clicked"),
        }
        self.settle_unless_asked(None).await
    }

    /// The driver's own limits, five minutes for pages and 30 s for scripts, would outlast or cut short ours.
    async fn limit(&self) -> Result<(), PageError> {
        /// What a script may take beyond its wait.
        const SLACK: Duration = Duration::from_secs(5);
        let limits = TimeoutConfiguration::new(Some(self.wait.max(self.load) + SLACK), Some(self.load), None);
        let limited = self.session.client().update_timeouts(limits).await;
        limited.map_err(|error| refused("limit its time")(error).into())
    }

    /// Waits until the browser is at an address, and gives where it is if it never is there. What the expected address leaves out
    /// (query, fragment) is not compared; `…` stands for anything.
    ///
    /// # Errors
    /// [`PageError`] if the page does not come, or breaks down.
    pub async fn arrive_at(&mut self, expected: &str) -> Result<Option<String>, PageError> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Arrival {
            is_there: bool,
            page: PageState,
        }
        self.settle(None).await?;
        let request = json!({ "expected": expected, "wait": self.wait_ms() });
        let arrival: Arrival = self.call("see where it is", Call::Arrive, &request).await?;
        self.address.clone_from(&arrival.page.address);
        Ok((!arrival.is_there).then_some(arrival.page.address))
    }

    /// As [`Page::settle`]; a dialog that opens in place of a page is for the next step to answer.
    pub(super) async fn settle_unless_asked(&mut self, token: Option<u64>) -> Result<Settlement, PageError> {
        match self.settle(token).await {
            Err(PageError::Browser(BrowserError::DialogOpen { .. })) => Ok(Settlement::Asked),
            settled => settled,
        }
    }

    /// Waits until the page that an action leads to has come.
    pub(super) async fn settle(&mut self, token: Option<u64>) -> Result<Settlement, PageError> {
        #[derive(Deserialize)]
        struct Settled {
            pending: bool,
            leaving: bool,
            missed: bool,
            page: PageState,
        }
        const WHAT: &str = "wait for the next page";
        let mut request = json!({ "token": token, "wait": milliseconds(self.load) });
        let mut settled: Settled = self.call(WHAT, Call::Settle, &request).await?;
        if settled.leaving {
            // The driver holds this one back until whatever was under way has come, or was dropped.
            request["token"] = Value::Null;
            settled = self.call(WHAT, Call::Settle, &request).await?;
        }
        let Settled {
            pending, missed, page, ..
        } = settled;
        if missed {
            return Ok(Settlement::Missed);
        }
        if pending {
            return Err(PageError::NeverArrived {
                after: self.load,
                shown: page.shown(),
            });
        }
        if page.is_browsers_own {
            return Err(PageError::NotGot {
                reason: self
                    .session
                    .last_failure()
                    .await
                    .unwrap_or_else(|_| "no reason is known".to_owned()),
                before: self.address.clone(),
            });
        }
        if is_breakdown(page.status) {
            return Err(PageError::ServerError {
                shown: page.shown(),
                address: page.address,
                status: page.status,
            });
        }
        self.address = page.address;
        Ok(Settlement::Here)
    }
}

/// What came of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settlement {
    /// The page is here: the same, or the next.
    Here,
    /// A dialog of the browser's has opened.
    Asked,
    /// A click would have reached something else than was meant, and was kept from it.
    Missed,
}

/// A server error that nobody planned. 502 to 504 are how a portal says that a service behind it is not there (RFC 9110,
/// 15.6): what the page then tells a person is for the scenario to look at.
fn is_breakdown(status: u16) -> bool {
    status >= 500 && !(502..=504).contains(&status)
}
