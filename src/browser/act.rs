//! What a person does on a page: clicks, chooses, types, presses keys.

use std::time::Instant;

use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::answer::PageNow;
use super::error::{PageError, Refusal, Trouble, refused};
use super::locator::Locator;
use super::look::{Property, Purpose, Seen};
use super::page::Page;

impl Page {
    /// Clicks the middle of the element and waits for what comes next.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.click_with(target, json!({})).await
    }

    /// Chooses an option of a selection list by its label.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn choose(&mut self, label: &str, target: &Locator) -> Result<Seen, PageError> {
        self.click_with(target, json!({ "choose": label })).await?;
        self.expect(target, Property::Value, label).await
    }

    async fn click_with(&mut self, target: &Locator, more: Value) -> Result<(), PageError> {
        let deadline = Instant::now() + self.wait;
        loop {
            self.visits += 1;
            let mut request = more.clone();
            request["token"] = self.visits.into();
            let (_, element) = self.locate(target, Purpose::Click, request).await?;
            self.forgo_before();
            let Err(error) = element.click().await else {
                break;
            };
            match Refusal::of("click", &error) {
                // Replaced between being found and being clicked: what replaced it is found next time.
                Refusal::PageLeft if error.is_stale_element_reference() && Instant::now() < deadline => {}
                Refusal::Intercepted if Instant::now() < deadline => {}
                Refusal::PageLeft => break,
                Refusal::PageLate => return Err(self.late()),
                Refusal::Intercepted => {
                    let by = "something that the browser says would receive the click".to_owned();
                    return Err(self.mismatch(target.clone(), Trouble::Covered(by), PageNow::default()));
                }
                Refusal::Final(error) => return Err(error.into()),
            }
        }
        self.settle(Some(self.visits)).await
    }

    /// Types into a field, in place of what it holds, and sees that it then holds just that.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn type_into(&mut self, text: &str, target: &Locator) -> Result<Seen, PageError> {
        let (mut field, filled) = self.field(target).await?;
        self.forgo_before();
        if filled {
            field.clear().await.map_err(refused("empty the field"))?;
            // A page may put another field in the emptied one's place.
            field = self.field(target).await?.0;
        }
        field.send_keys(text).await.map_err(refused("type"))?;
        self.expect(target, Property::Value, text).await
    }

    /// A field that can be typed into, and whether it holds something.
    async fn field(&mut self, target: &Locator) -> Result<(Element, bool), PageError> {
        let outcome = self.ask(target, Purpose::Type, json!({})).await?;
        let filled = outcome.filled;
        Ok((self.found(outcome)?.1, filled))
    }

    /// Presses keys one after the other where the focus is; modifiers among them are held until the end (W3C WebDriver, 12.5.3).
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn press(&mut self, keys: &str) -> Result<(), PageError> {
        const WHAT: &str = "press a key";
        let deadline = Instant::now() + self.wait;
        self.forgo_before();
        loop {
            let focused = self.session.client().active_element().await;
            let pressed = match focused {
                Ok(focused) => focused.send_keys(keys).await,
                Err(error) => Err(error),
            };
            let Err(error) = pressed else {
                return self.settle(None).await;
            };
            // The page was left under the key, which therefore went nowhere.
            if !matches!(Refusal::of(WHAT, &error), Refusal::PageLeft) || Instant::now() >= deadline {
                return Err(refused(WHAT)(error).into());
            }
            self.settle(None).await?;
        }
    }
}
