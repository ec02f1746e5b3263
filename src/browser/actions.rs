//! What a person does on a page: clicks, chooses, types, presses keys.

use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{PageError, Refusal, Trouble, refused};
use super::locate_response::{LocateFailure, LocateResponse, PageState, Way, trouble};
use super::locator::Locator;
use super::mouse::{Press, middle, mouse, move_to};
use super::navigation::Settlement;
use super::page::{Page, milliseconds};
use super::queries::{Property, Purpose, Seen, mismatch, reference, seen};
use super::scripts::Call;

/// Keys that are held while others are pressed (W3C WebDriver, "keyboard actions").
pub(super) const MODIFIERS: [char; 4] = ['\u{e008}', '\u{e009}', '\u{e00a}', '\u{e03d}'];

const ENTER: char = '\u{e007}';
const DELETE: char = '\u{e017}';
const RIGHT: char = '\u{e014}';
const LEFT: char = '\u{e012}';

/// What a page takes back of what was typed, it takes back within this time, or never.
const SOON: Duration = Duration::from_secs(1);

/// More steps than this no person would move a slider by keys.
const MOST_STEPS: f64 = 1000.;

impl Page {
    /// Clicks the element where nothing lies over it, and waits for what comes next.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.press_on(target, Press::Once, json!({})).await.map(drop)
    }

    /// As [`Page::click`], twice in a row.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn double_click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.press_on(target, Press::Twice, json!({})).await.map(drop)
    }

    /// Clicks with the other button, which opens a menu where the page has one of its own.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn right_click(&mut self, target: &Locator) -> Result<(), PageError> {
        self.press_on(target, Press::Right, json!({})).await.map(drop)
    }

    /// Moves the mouse onto the element and leaves it there.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn point_at(&mut self, target: &Locator) -> Result<(), PageError> {
        let outcome = self.ask(target, Purpose::Point, json!({ "hover": true })).await?;
        self.disarm_wait_snapshot();
        let point = outcome.point;
        let at = point.unwrap_or(middle(seen(outcome)?.area));
        let there = mouse().then(move_to(at, Duration::ZERO));
        let moved = self.session.client().perform_actions(there).await;
        moved.map_err(|error| PageError::from(refused("move the mouse")(error)))?;
        self.settle_unless_asked(None).await.map(drop)
    }

    /// Chooses an option of a selection list by its label, of HTML's kind or of ARIA's, and sees that it is taken.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn choose(&mut self, label: &str, target: &Locator) -> Result<Seen, PageError> {
        let list = self.press_on(target, Press::Once, json!({ "choose": label })).await?;
        // A list that was not open yet is open now.
        if list.way == Some(Way::Open) {
            self.press_on(target, Press::Once, json!({ "choose": label, "resume": true }))
                .await?;
        }
        let chosen = json!({ "property": Property::Chosen.word(), "value": label });
        let more = json!({ "expect": chosen, "resume": list.way != Some(Way::Set), "isDone": true, "lasting": milliseconds(SOON) });
        let outcome = self.ask(target, Purpose::See, more).await?;
        Ok(seen(if outcome.is_gone { list } else { outcome })?)
    }

    /// Presses the mouse's buttons where nothing lies over the element, and waits for what comes next.
    async fn press_on(&mut self, target: &Locator, press: Press, more: Value) -> Result<LocateResponse, PageError> {
        let started = Instant::now();
        let wait = self.wait;
        loop {
            self.visits += 1;
            let mut request = more.clone();
            request["token"] = self.visits.into();
            request["press"] = json!(press);
            let outcome = self.ask(target, Purpose::Click, request).await?;
            self.disarm_wait_snapshot();
            let may_try_again = || started.elapsed() < wait;
            match self.press_buttons(press, &outcome).await {
                // Moved or replaced between being found and being clicked: it is found anew.
                Err(Refusal::PageLeft | Refusal::Intercepted) if may_try_again() => continue,
                Ok(()) | Err(Refusal::PageLeft | Refusal::Intercepted) => {}
                Err(Refusal::PageLate) => return Err(self.late()),
                Err(Refusal::Final(error)) => return Err(error.into()),
            }
            match self.settle_unless_asked(Some(self.visits)).await? {
                Settlement::Here | Settlement::Asked => return Ok(outcome),
                Settlement::Missed if may_try_again() => {}
                Settlement::Missed => {
                    let by = "something that is there only when it is clicked".to_owned();
                    let trouble = Trouble::Covered(by);
                    return Err(mismatch(target.clone(), trouble, PageState::default(), started.elapsed()).into());
                }
            }
        }
    }

    /// Presses the mouse's buttons where the page's own look has found nothing in the way; lists of HTML's kind are the driver's.
    async fn press_buttons(&self, press: Press, outcome: &LocateResponse) -> Result<(), Refusal> {
        const WHAT: &str = "click";
        let client = self.session.client();
        let pressed = match (outcome.point, outcome.area) {
            (Some(point), _) => client.perform_actions(press.at(point)).await,
            _ if outcome.way == Some(Way::Set) => return Ok(()),
            (None, Some(area)) if press != Press::Once => client.perform_actions(press.at(middle(area))).await,
            _ => reference(outcome, client).map_err(Refusal::Final)?.click().await,
        };
        pressed.map_err(|error| Refusal::of(WHAT, &error))
    }

    /// Puts a text into a field, in place of what it holds, and sees that it then holds just that, but for what a mask puts in
    /// between. Files are given by their path, dates and the like in HTML's own form: `2024-07-02`.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn type_into(&mut self, text: &str, target: &Locator) -> Result<Seen, PageError> {
        let field = self.ask(target, Purpose::Type, json!({ "text": text })).await?;
        self.disarm_wait_snapshot();
        match field.way {
            Some(Way::File) => return self.give_file(text, target, field).await,
            Some(Way::Slider) => self.slide(text, target, field.now).await?,
            Some(Way::Keys) if text.is_empty() && !field.is_filled => {}
            Some(Way::Keys) if text.is_empty() => self.send("type", keys([DELETE])).await?,
            Some(Way::Keys) => self.send("type", keys(text.chars())).await?,
            _ => {}
        }
        let expect = json!({ "property": Property::Typed.word(), "value": text });
        let typed = json!({ "expect": expect, "isDone": true, "lasting": milliseconds(SOON) });
        let outcome = self.ask(target, Purpose::See, typed).await?;
        if outcome.is_gone {
            return Ok(seen(field)?);
        }
        if let Some(held) = outcome.values.iter().flatten().next().filter(|held| *held != text) {
            self.remark = Some(format!("{target} made {held:?} of what was typed"));
        }
        Ok(seen(outcome)?)
    }

    /// Gives a file to a field, or to the field that is behind a button or another area that is clicked for it.
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn upload(&mut self, path: &str, target: &Locator) -> Result<Seen, PageError> {
        self.visits += 1;
        let field = self
            .ask(target, Purpose::Type, json!({ "uploads": true, "token": self.visits }))
            .await?;
        self.disarm_wait_snapshot();
        self.give_file(path, target, field).await
    }

    async fn give_file(&mut self, path: &str, target: &Locator, outcome: LocateResponse) -> Result<Seen, PageError> {
        #[derive(Deserialize)]
        struct Uploaded {
            failure: Option<LocateFailure>,
        }
        let whole = self.folder.join(path);
        let whole = whole.canonicalize().map_err(|_| PageError::NoFile { path: whole })?;
        let field = reference(&outcome, self.session.client())?;
        let seen = seen(outcome)?;
        let started = Instant::now();
        field
            .send_keys(&whole.to_string_lossy())
            .await
            .map_err(refused("upload a file"))?;
        let request = json!({ "wait": milliseconds(self.wait) });
        let uploaded: Uploaded = self
            .call("see what becomes of a file", Call::Uploaded, &request)
            .await?;
        let Some(failure) = uploaded.failure else {
            return Ok(seen);
        };
        let name = whole.file_name().unwrap_or_default().to_string_lossy();
        let trouble = trouble(failure.reason, target, &json!({ "expect": { "value": name } }));
        Err(mismatch(target.clone(), trouble, PageState::default(), started.elapsed()).into())
    }

    /// Moves a slider of ARIA's kind with the arrow keys: one step, to learn how long a step is, and then the others.
    async fn slide(&mut self, text: &str, target: &Locator, mut stands: Option<f64>) -> Result<(), PageError> {
        let Ok(wanted) = text.trim().parse::<f64>() else {
            let trouble = Trouble::NotAValue {
                text: text.into(),
                field: "slider".to_owned(),
                example: "20".to_owned(),
            };
            return Err(mismatch(target.clone(), trouble, PageState::default(), Duration::ZERO).into());
        };
        let mut steps = 1.;
        while let Some(now) = stands.filter(|now| (now - wanted).abs() > f64::EPSILON) {
            let key = if wanted > now { RIGHT } else { LEFT };
            self.send("type", keys(repeated(key, steps))).await?;
            stands = self.ask(target, Purpose::Type, json!({ "text": text })).await?.now;
            let moved = (stands.unwrap_or(now) - now).abs();
            if moved == 0. {
                break;
            }
            steps = ((stands.unwrap_or(now) - wanted).abs() * steps / moved)
                .floor()
                .clamp(1., MOST_STEPS);
        }
        Ok(())
    }

    /// Presses keys one after the other where the focus is; modifiers among them are held until the end (W3C WebDriver, 12.5.3).
    ///
    /// # Errors
    /// [`PageError`] of every kind.
    pub async fn press(&mut self, pressed: &str) -> Result<(), PageError> {
        self.disarm_wait_snapshot();
        self.send("press a key", keys(pressed.chars())).await?;
        self.settle_unless_asked(None).await.map(drop)
    }

    /// Sends keys to whatever has the focus, in frames and shadow trees, too.
    async fn send(&mut self, what: &'static str, keys: KeyActions) -> Result<(), PageError> {
        let sent = self.session.client().perform_actions(keys).await;
        match sent.map_err(|error| Refusal::of(what, &error)) {
            Ok(()) | Err(Refusal::PageLeft) => Ok(()),
            Err(Refusal::PageLate) => Err(self.late()),
            Err(Refusal::Final(error)) => Err(error.into()),
            Err(Refusal::Intercepted) => unreachable!("nothing is clicked"),
        }
    }
}

fn repeated(key: char, times: f64) -> Vec<char> {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and MOST_STEPS"
    )]
    let times = times as usize;
    vec![key; times]
}

fn keys(pressed: impl IntoIterator<Item = char>) -> KeyActions {
    let (held, typed): (Vec<char>, Vec<char>) = pressed.into_iter().partition(|key| MODIFIERS.contains(key));
    let down = |value| KeyAction::Down { value };
    let up = |value| KeyAction::Up { value };
    let code = |key| if key == '\n' { ENTER } else { key };
    let typed = typed.into_iter().map(code).flat_map(|key| [down(key), up(key)]);
    let all = held
        .iter()
        .copied()
        .map(down)
        .chain(typed)
        .chain(held.iter().copied().map(up));
    all.fold(KeyActions::new("keyboard".to_owned()), InputSource::then)
}
