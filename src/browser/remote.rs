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
/// A session that was asked for when we have to end at once may still come.
const COMING_LIMIT: Duration = Duration::from_secs(5);

static OPEN: Mutex<Open> = Mutex::new(Open {
    last: 0,
    sessions: BTreeMap::new(),
});

struct Open {
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
        let remote = open().sessions.remove(&self.0);
        if let Some(remote) = remote {
            remote.end();
        }
    }
}

impl Remote {
    fn end(&self) {
        if let Some(session) = &self.session {
            // There is nothing left to be done about one that can't be ended.
            let _ = self.delete(session);
        }
    }

    /// Blocks, as there may be no runtime any more.
    fn delete(&self, session: &str) -> io::Result<()> {
        let address = self.authority.to_socket_addrs()?.next();
        let mut stream = TcpStream::connect_timeout(&address.ok_or(io::ErrorKind::NotFound)?, LIMIT)?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_write_timeout(Some(LIMIT))?;
        let Self { authority, base, .. } = self;
        write!(
            stream,
            "DELETE {base}/session/{session} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n"
        )?;
        // Its first byte says that the session is ended.
        stream.read_exact(&mut [0])
    }
}

/// Ends all sessions, those included that are about to come.
pub(super) fn end_all() {
    let started = Instant::now();
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
