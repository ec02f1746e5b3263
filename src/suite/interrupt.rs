//! Ctrl-C and termination: the first signal stops the run in an orderly way, the second at once.

use std::thread;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::browser;

/// Tells that the run is to stop, and by which signal.
#[derive(Debug, Clone)]
pub struct Interrupt {
    signal: watch::Receiver<Option<i32>>,
}

impl Interrupt {
    /// One that never comes.
    #[must_use]
    pub fn never() -> Self {
        let (_, signal) = watch::channel(None);
        Self { signal }
    }

    /// Listens for SIGINT and SIGTERM from now on.
    ///
    /// # Errors
    /// If the system does not let us listen.
    pub fn listen() -> std::io::Result<Self> {
        let (sender, receiver) = watch::channel(None);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (interrupts, terminations) = {
            let _inside = runtime.enter();
            (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
        };
        thread::spawn(move || runtime.block_on(pass_on(interrupts, terminations, &sender)));
        Ok(Self { signal: receiver })
    }

    /// The signal that came, if one did.
    #[must_use]
    pub fn signal(&self) -> Option<i32> {
        *self.signal.borrow()
    }

    /// Waits for a signal.
    pub async fn come(&mut self) {
        // An error means that nobody can send any more: then none ever comes.
        if self.signal.wait_for(Option::is_some).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// The exit code of a program that a signal ended, as shells count it.
#[must_use]
pub fn exit_code(signal: i32) -> i32 {
    128 + signal
}

async fn pass_on(mut interrupts: Signal, mut terminations: Signal, sender: &watch::Sender<Option<i32>>) {
    loop {
        let signal = tokio::select! {
            _ = interrupts.recv() => SignalKind::interrupt().as_raw_value(),
            _ = terminations.recv() => SignalKind::terminate().as_raw_value(),
        };
        if sender.borrow().is_some() {
            browser::kill_all();
            std::process::exit(exit_code(signal));
        }
        sender.send_replace(Some(signal));
    }
}
