//! The browser's own dialogs of a page: alerts, questions, prompts.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::error::{PageError, Refusal, refused};
use super::navigation::Settlement;
use super::page::Page;
use super::scripts::Call;

impl Page {
    /// Sends away a dialog of the page, if one is open, so that the page can be looked at.
    pub async fn dismiss_dialog(&self) {
        // None is open most of the time, and that is no error.
        let _ = self.session.client().dismiss_alert().await;
    }

    /// What the open dialog of the browser says; None if none is open.
    pub async fn dialog(&self) -> Option<String> {
        self.session.client().get_alert_text().await.ok()
    }

    /// What the dialog of the browser says that is open, or opens within the time a target is waited for; None if none does.
    ///
    /// # Errors
    /// [`PageError`] if the browser or its driver fails.
    pub async fn await_dialog(&self) -> Result<Option<String>, PageError> {
        /// A page says nothing of a dialog: the driver has to be asked again and again.
        const PAUSE: Duration = Duration::from_millis(20);
        let deadline = Instant::now() + self.wait;
        loop {
            match self.session.client().get_alert_text().await {
                Ok(text) => return Ok(Some(text)),
                Err(error) if !error.is_no_such_alert() && !matches!(Refusal::of("", &error), Refusal::PageLeft) => {
                    return Err(refused("say what its dialog asks")(error).into());
                }
                Err(_) if Instant::now() >= deadline => return Ok(None),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    /// Answers the dialog that is open or opens in time: agrees to it, with a text where it asks for one, or refuses.
    ///
    /// # Errors
    /// [`PageError::Browser`] if no dialog opens, [`PageError::Irrefusable`] if it has no button but OK.
    pub async fn answer_dialog(&mut self, answer: Answer<'_>) -> Result<(), PageError> {
        const WHAT: &str = "answer a dialog";
        // If none opens, the driver's word on it is the step's failure.
        self.await_dialog().await?;
        let client = self.session.client();
        if let Answer::Text(text) = answer {
            client.send_alert_text(text).await.map_err(refused(WHAT))?;
        }
        match answer {
            Answer::Agree | Answer::Text(_) => client.accept_alert().await,
            Answer::Refuse => client.dismiss_alert().await,
        }
        .map_err(refused(WHAT))?;
        // One dialog may be followed by another, in which no script can run.
        if self.settle_unless_asked(None).await? == Settlement::Asked {
            return Ok(());
        }
        let had_alert: bool = self.call(WHAT, Call::HadAlert, &Value::Null).await?;
        if had_alert && matches!(answer, Answer::Refuse) {
            return Err(PageError::Irrefusable);
        }
        Ok(())
    }
}

/// How to answer a dialog of the browser's.
///
/// It may be a secret: nothing prints it.
#[derive(Clone, Copy)]
pub enum Answer<'a> {
    /// OK.
    Agree,
    /// Cancel.
    Refuse,
    /// This, and OK.
    Text(&'a str),
}
