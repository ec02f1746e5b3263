//! Checks of the environment before a browser starts: otherwise the run would fail late, and with a misleading error.

use std::io;
use std::net::{Ipv4Addr, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use url::{Host, Url};

use crate::browser::Driver;
use crate::config::Settings;
use crate::provision::Surroundings;
use crate::suite::plan::Plan;

/// A portal answers within milliseconds; one far away, whose name has to be looked up, within a second or two.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// A service answers within milliseconds; a loaded grid may take a hundred times that.
const STATUS_LIMIT: Duration = Duration::from_secs(10);

/// The environment does not work.
#[derive(Debug, thiserror::Error)]
pub enum PreflightError {
    /// The portal does not answer.
    #[error(
        "the portal at {url} can't be reached: {source}\n  start it, correct the address, or leave out --base-url \
         (DOCENT_BASE_URL, base-url in docent.toml) to run on a mock portal"
    )]
    Portal {
        /// As it was given.
        url: String,
        /// The system's word on it.
        source: io::Error,
    },
    /// There is no WebDriver service.
    #[error(
        "the WebDriver service at {url} can't be reached: {source}\n  start it, correct the address, or leave out --webdriver \
         (DOCENT_WEBDRIVER, webdriver in docent.toml) to use a browser on this machine"
    )]
    WebDriver {
        /// As it was given.
        url: String,
        /// The system's word on it.
        source: io::Error,
    },
    /// What a browser needs beside its programs is missing.
    #[error("no browser can run here:\n{0}\n  run `docent doctor` for details")]
    Surroundings(String),
}

/// Whether a browser can be started here, and can reach the portal. Skipped scenarios need neither.
///
/// # Errors
/// [`PreflightError`].
pub(crate) fn check(plan: &Plan, settings: &Settings) -> Result<(), PreflightError> {
    if plan.scenarios.iter().all(|scenario| scenario.options.skip) {
        return Ok(());
    }
    check_environment(settings)
}

/// Whether a browser can be started here, and can reach the portal.
///
/// # Errors
/// [`PreflightError`].
pub(crate) fn check_environment(settings: &Settings) -> Result<(), PreflightError> {
    if settings.webdriver.is_none()
        && let Some(missing) = Surroundings::of_this_process().missing()
    {
        return Err(PreflightError::Surroundings(missing));
    }
    if let Some(url) = &settings.webdriver
        && let Ok(driver) = Driver::elsewhere(url)
    {
        let unreachable = |source| PreflightError::WebDriver {
            url: url.clone(),
            source,
        };
        driver.check_status(STATUS_LIMIT).map_err(unreachable)?;
    }
    match &settings.base_url {
        Some(url) if is_browser_here(settings) => portal(url),
        _ => Ok(()),
    }
}

/// A browser elsewhere may reach what can't be reached from here.
fn is_browser_here(settings: &Settings) -> bool {
    let elsewhere = settings.webdriver.as_deref().map(Driver::elsewhere);
    elsewhere.is_none_or(|driver| driver.is_ok_and(|driver| driver.is_here()))
}

/// Connects, and asks for nothing.
fn portal(given: &str) -> Result<(), PreflightError> {
    // The settings hold no address that can't be understood.
    let Ok(url) = Url::parse(given) else { return Ok(()) };
    if is_behind_proxy(&url, |name| {
        std::env::var_os(name).is_some_and(|value| !value.is_empty())
    }) {
        return Ok(());
    }
    let (sender, receiver) = mpsc::channel();
    // To look up a name may take longer than anybody wants to wait.
    thread::spawn(move || sender.send(connect(&url)));
    let late = || {
        io::Error::new(
            io::ErrorKind::TimedOut,
            format!("no answer within {} s", CONNECT_LIMIT.as_secs()),
        )
    };
    let connected = receiver.recv_timeout(CONNECT_LIMIT).unwrap_or_else(|_| Err(late()));
    connected.map_err(|source| PreflightError::Portal {
        url: given.to_owned(),
        source,
    })
}

fn connect(url: &Url) -> io::Result<()> {
    let addresses = if is_local(url) {
        let port = url.port_or_known_default().unwrap_or_default();
        vec![
            (Ipv4Addr::LOCALHOST, port).into(),
            (std::net::Ipv6Addr::LOCALHOST, port).into(),
        ]
    } else {
        url.socket_addrs(|| None)?
    };
    let mut result = Err(io::ErrorKind::AddrNotAvailable.into());
    for address in addresses {
        let connected = TcpStream::connect_timeout(&address, CONNECT_LIMIT).map(drop);
        if connected.is_ok() {
            return connected;
        }
        // What the first address says is what a person expects.
        if result
            .as_ref()
            .is_err_and(|error: &io::Error| error.kind() == io::ErrorKind::AddrNotAvailable)
        {
            result = connected;
        }
    }
    result
}

/// Whether browsers take the name for this machine, whatever the system does.
fn is_local(url: &Url) -> bool {
    matches!(url.host(), Some(Host::Domain(name)) if name == "localhost" || name.ends_with(".localhost"))
}

/// Whether the browser may go there by a proxy of the environment: then nothing can be said of the way from here.
fn is_behind_proxy(url: &Url, is_set: impl Fn(&str) -> bool) -> bool {
    let is_loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => is_local(url),
    };
    let names = [format!("{}_proxy", url.scheme()), "all_proxy".to_owned()];
    !is_loopback && names.iter().any(|name| is_set(name) || is_set(&name.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn a_portal_that_listens_is_reached_by_every_name_of_this_machine() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        for host in ["127.0.0.1", "localhost", "portal.localhost"] {
            portal(&format!("http://{host}:{port}/path")).unwrap();
        }
        drop(listener);
        let message = portal(&format!("http://localhost:{port}")).unwrap_err().to_string();
        assert!(
            message.contains(&format!("http://localhost:{port}")) && message.contains("refused"),
            "{message}"
        );
    }

    #[test]
    fn a_portal_behind_a_proxy_is_left_to_the_browser() {
        let is_behind =
            |url: &str, set: &'static str| is_behind_proxy(&Url::parse(url).unwrap(), move |name| name == set);
        assert!(is_behind("https://portal.example", "https_proxy"));
        assert!(is_behind("http://portal.example", "ALL_PROXY"));
        assert!(!is_behind("http://portal.example", "https_proxy"));
        assert!(!is_behind("http://[::1]:8080", "http_proxy"));
        assert!(!is_behind("http://portal.localhost", "http_proxy"));
    }
}
