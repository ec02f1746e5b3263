//! Sessions at drivers that somebody else runs. One that is left open blocks its driver, or a slot of its grid, until somebody ends it
//! by hand; so each is ended whatever becomes of the scenario: when it fails, is interrupted, or can't even be set up.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A driver answers within some 10 ms that a session is ended; a grid may take a hundred times that.
const LIMIT: Duration = Duration::from_secs(2);
/// A session that was asked for when we have to end may still come: within some seconds, on a loaded machine many.
pub(crate) const COMING_LIMIT: Duration = Duration::from_secs(20);

static OPEN: Mutex<Open> = Mutex::new(Open {
    is_ending: false,
    last: 0,
    sessions: BTreeMap::new(),
});

struct Open {
    /// Whether no session may be asked for any more.
    is_ending: bool,
    last: usize,
    sessions: BTreeMap<usize, Remote>,
}

/// A session, or one that was asked for.
#[derive(Debug, Clone)]
struct Remote {
    /// `host:port`.
    authority: String,
    /// What stands between authority and commands.
    base: String,
    /// The driver's name for it; None until it has answered.
    session: Option<String>,
}

fn open() -> MutexGuard<'static, Open> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Stands for one session. Dropping it ends the session.
#[derive(Debug)]
pub(super) struct RemoteSession(usize);

impl RemoteSession {
    /// Before a session is asked for at a driver with this `host:port` and what stands between that and commands.
    pub fn begin(authority: &str, base: &str) -> Self {
        let mut open = open();
        while open.is_ending {
            // The process ends, and what is asked for now would outlive it.
            drop(open);
            thread::park();
            open = self::open();
        }
        open.last += 1;
        let number = open.last;
        let remote = Remote {
            authority: authority.to_owned(),
            base: base.to_owned(),
            session: None,
        };
        open.sessions.insert(number, remote);
        Self(number)
    }

    /// The driver has given this session.
    pub fn opened(&self, session: &str) {
        if let Some(remote) = open().sessions.get_mut(&self.0) {
            remote.session = Some(session.to_owned());
        }
    }

    /// The session has ended in an orderly way.
    pub fn ended(self) {
        open().sessions.remove(&self.0);
    }
}

impl Drop for RemoteSession {
    fn drop(&mut self) {
        // It stays known until it has ended: a second signal may end the process meanwhile.
        let remote = open().sessions.get(&self.0).cloned();
        if let Some(remote) = remote {
            remote.end();
            open().sessions.remove(&self.0);
        }
    }
}

impl Remote {
    fn end(&self) {
        if let Some(session) = &self.session {
            // There is nothing left to be done about one that can't be ended.
            let path = format!("{}/session/{session}", self.base);
            let _ = request(&self.authority, "DELETE", &path, LIMIT);
        }
    }
}

/// Sends a request without a body, and waits for the first byte of its answer. Blocks, as there may be no runtime any more.
fn request(authority: &str, method: &str, path: &str, limit: Duration) -> io::Result<()> {
    let address = authority.to_socket_addrs()?.next();
    let mut stream = TcpStream::connect_timeout(&address.ok_or(io::ErrorKind::NotFound)?, limit)?;
    stream.set_read_timeout(Some(limit))?;
    stream.set_write_timeout(Some(limit))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
    )?;
    stream.read_exact(&mut [0])
}

/// Asks a service whether it is there.
///
/// # Errors
/// As the system says, or that there is no answer within this time.
pub(super) fn check_status(authority: &str, base: &str, limit: Duration) -> io::Result<()> {
    let answered = request(authority, "GET", &format!("{base}/status"), limit);
    answered.map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => {
            let silent = format!(
                "it takes the connection, but does not answer within {} s",
                limit.as_secs()
            );
            io::Error::new(io::ErrorKind::TimedOut, silent)
        }
        _ => error,
    })
}

/// Ends all sessions, those included that are about to come.
pub(super) fn end_all() {
    let started = Instant::now();
    open().is_ending = true;
    while started.elapsed() < COMING_LIMIT && open().sessions.values().any(|one| one.session.is_none()) {
        thread::sleep(Duration::from_millis(20));
    }
    let sessions = std::mem::take(&mut open().sessions);
    thread::scope(|scope| {
        for remote in sessions.values() {
            scope.spawn(|| remote.end());
        }
    });
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::sync::mpsc;

    use super::*;

    /// It takes connections at an authority and answers nothing.
    fn silent() -> (TcpListener, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        (listener, authority)
    }

    #[test]
    fn a_service_that_does_not_answer_is_found_out() {
        let (_listener, authority) = silent();
        let refused = check_status(&authority, "/hub", Duration::from_millis(50)).unwrap_err();
        assert!(refused.to_string().contains("does not answer"), "{refused}");
    }

    #[test]
    fn a_session_that_is_being_ended_is_known_until_it_has_ended() {
        let (listener, authority) = silent();
        let session = RemoteSession::begin(&authority, "/hub");
        session.opened("theirs");
        let (arrived, asked) = mpsc::channel();
        let (release, released) = mpsc::channel::<()>();
        let service = thread::spawn(move || {
            let first = listener.accept().unwrap();
            arrived.send(()).unwrap();
            released.recv().unwrap();
            listener.set_nonblocking(true).unwrap();
            let second = listener.accept();
            drop(first);
            second.is_ok()
        });
        let dropping = thread::spawn(move || drop(session));
        asked.recv().unwrap();
        assert!(
            open()
                .sessions
                .values()
                .any(|one| one.session.as_deref() == Some("theirs"))
        );
        release.send(()).unwrap();
        assert!(!service.join().unwrap(), "one request ends it");
        dropping.join().unwrap();
        assert!(
            !open()
                .sessions
                .values()
                .any(|one| one.session.as_deref() == Some("theirs"))
        );
    }
}
