//! Signals: the first that asks us to end stops the run in an orderly way, one that comes a second later ends it at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{mpsc, watch};

use crate::browser;
use crate::output::say_err;

/// Programs that end others signal twice: GNU `timeout` signals its child and then the group that the child is in, and a terminal
/// signals the group while a shell passes the signal on. Only one that comes later is a person's second wish.
const SAME_REQUEST: Duration = Duration::from_secs(1);

/// Whether a signal came that stops the run.
#[derive(Debug, Clone)]
pub(crate) struct Interrupt {
    signal: watch::Receiver<Option<i32>>,
    orderly: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on for what asks a program to end: SIGINT, SIGTERM, SIGHUP and SIGQUIT. SIGUSR1 and SIGUSR2, which would end
    /// it, too, do nothing. Until [`Self::shut_down_gracefully`] a signal ends the process at once.
    ///
    /// # Errors
    /// If the system does not let us listen.
    pub(crate) fn listen() -> std::io::Result<Self> {
        let (sender, receiver) = watch::channel(None);
        let orderly = Arc::<AtomicBool>::default();
        let ignored = ignored();
        let ends = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
            SignalKind::quit(),
        ];
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let (ends, idle) = {
            let _inside = runtime.enter();
            let ends = ends.into_iter().filter(|kind| !is_in(ignored, *kind));
            let ends: Vec<_> = ends
                .map(|kind| Ok((kind, signal(kind)?)))
                .collect::<std::io::Result<_>>()?;
            // To listen is enough to stay alive.
            let idle = [SignalKind::user_defined1(), SignalKind::user_defined2()].map(signal);
            (ends, idle)
        };
        let is_orderly = Arc::clone(&orderly);
        thread::spawn(move || {
            let _idle = idle;
            runtime.block_on(forward(ends, &sender, &is_orderly));
        });
        Ok(Self {
            signal: receiver,
            orderly,
        })
    }

    /// From now on there is something to be closed: the first signal leaves time for that.
    pub(crate) fn shut_down_gracefully(&self) {
        self.orderly.store(true, Ordering::Release);
    }

    /// The signal that came, if one did.
    #[must_use]
    pub(crate) fn signal(&self) -> Option<i32> {
        *self.signal.borrow()
    }

    /// Waits for a signal.
    pub(crate) async fn wait(&mut self) {
        // An error means that the sender is gone: no signal ever comes.
        if self.signal.wait_for(Option::is_some).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// A file that reaches the size that files may have ends a program, unless it listens: then it is an error of writing, as a full disk is.
///
/// # Errors
/// If the system does not let us listen.
pub(crate) fn take_size_limits_as_errors() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let _inside = runtime.enter();
    // What listens to a signal once does so to the end of the process.
    signal(SignalKind::from_raw(nix::sys::signal::Signal::SIGXFSZ as i32)).map(drop)
}

/// The exit code of a program that a signal ended, as shells count it.
#[must_use]
pub(crate) fn exit_code(signal: i32) -> i32 {
    128 + signal
}

/// What is to be done about a signal.
#[derive(Debug, PartialEq, Eq)]
enum SignalAction {
    Stop,
    Nothing,
    ExitNow,
}

/// `since` is how long ago the first signal came, if one did.
fn action(is_orderly: bool, since: Option<Duration>) -> SignalAction {
    match since {
        None if is_orderly => SignalAction::Stop,
        Some(since) if since < SAME_REQUEST => SignalAction::Nothing,
        None | Some(_) => SignalAction::ExitNow,
    }
}

async fn forward(ends: Vec<(SignalKind, Signal)>, sender: &watch::Sender<Option<i32>>, orderly: &AtomicBool) {
    let (came, mut coming) = mpsc::unbounded_channel();
    let listening = ends.into_iter().map(|(kind, mut signal)| {
        let came = came.clone();
        async move { while signal.recv().await.is_some() && came.send(kind).is_ok() {} }
    });
    let acting = async {
        let mut first: Option<Instant> = None;
        while let Some(kind) = coming.recv().await {
            match action(orderly.load(Ordering::Acquire), first.map(|first| first.elapsed())) {
                SignalAction::Stop => {
                    first = Some(Instant::now());
                    announce(kind.as_raw_value());
                    sender.send_replace(Some(kind.as_raw_value()));
                    browser::stop_starting();
                }
                SignalAction::Nothing => {}
                SignalAction::ExitNow => {
                    browser::kill_all();
                    std::process::exit(exit_code(kind.as_raw_value()));
                }
            }
        }
    };
    futures::future::join(futures::future::join_all(listening), acting).await;
}

/// A person who waits knows then that the signal came, and what else there is.
fn announce(signal: i32) {
    let name = nix::sys::signal::Signal::try_from(signal).map_or("a signal", nix::sys::signal::Signal::as_str);
    let terminal = console::Term::stderr();
    if terminal.is_term() {
        // What shows progress may stand on the line.
        let _ = terminal.clear_line();
    }
    say_err!("interrupted by {name}: writing reports; a second signal ends the run at once, without reports");
}

/// The signals that the parent process has set to be ignored, as a set of bits: `nohup` does so with SIGHUP, and shells with SIGINT
/// and SIGQUIT for what runs in the background. They stay ignored. Systems without `/proc` do not say.
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ignored_in(&status)
}

fn ignored_in(status: &str) -> u64 {
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok())
        .unwrap_or_default()
}

fn is_in(set: u64, kind: SignalKind) -> bool {
    u32::try_from(kind.as_raw_value() - 1).is_ok_and(|bit| set.checked_shr(bit).unwrap_or_default() & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_signal_counts_only_after_a_second() {
        assert_eq!(action(true, None), SignalAction::Stop);
        assert_eq!(action(true, Some(Duration::from_millis(999))), SignalAction::Nothing);
        assert_eq!(action(true, Some(Duration::from_secs(1))), SignalAction::ExitNow);
        assert_eq!(action(false, None), SignalAction::ExitNow);
    }

    #[test]
    fn what_the_parent_has_set_to_be_ignored_is_read() {
        // As `nohup` leaves it, with SIGPIPE, which Rust ignores itself.
        let set = ignored_in("Name:\tdocent\nSigBlk:\t0000000000000000\nSigIgn:\t0000000000001001\n");
        assert!(is_in(set, SignalKind::hangup()) && is_in(set, SignalKind::pipe()));
        assert!(!is_in(set, SignalKind::interrupt()));
        assert_eq!(ignored_in(""), 0);
    }
}
