//! `docent doctor`: what is found, whether a page can be opened with it, and what to do about what is missing.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use clap::Args;
use tokio::net::TcpListener;

use super::CliError;
use super::exit_status::ExitStatus;
use super::run_plan::{LOCALE, TIME_ZONE};
use crate::browser::{Driver, Options, Page, Session};
use crate::config::Flags;
use crate::output::say_all;
use crate::provision::{Installed, Report, Wanted, cache_folder};

/// What `docent doctor` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
docent doctor                                     what is installed, and what to do about the rest\n  \
docent doctor --browser /opt/chrome/chrome        whether this browser can be used")]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    flags: Flags,
}

/// A loaded machine opens a page within some seconds.
const LIMIT: Duration = Duration::from_secs(30);
const PAGE: &str = "<!doctype html><html lang=en><title>Docent</title><h1>Ready</h1></html>";

pub(crate) fn doctor(arguments: DoctorArguments) -> Result<ExitStatus, CliError> {
    let settings = arguments.flags.settings()?;
    let mut report = Report::on_this_machine(&Wanted {
        browser: settings.browser,
        driver: settings.driver,
        with_window: false,
        cache: cache_folder()?,
    });
    if let (Ok(installed), None) = (&report.browser, report.surroundings.missing()) {
        let started = Instant::now();
        report.trial = Some(open_a_page(installed).map(|()| started.elapsed()));
    }
    say_all!("{report}");
    Ok(if report.ok() {
        ExitStatus::Success
    } else {
        ExitStatus::EnvironmentUnfit
    })
}

/// As a scenario does: a driver, a browser, a page over loopback.
fn open_a_page(installed: &Installed) -> Result<(), String> {
    let driver = Driver::start(&installed.driver).map_err(|error| error.to_string())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let opening = async { tokio::time::timeout(LIMIT, open(&driver, installed)).await };
    runtime
        .block_on(opening)
        .unwrap_or_else(|_| Err(format!("no page within {} s", LIMIT.as_secs())))
}

async fn open(driver: &Driver, installed: &Installed) -> Result<(), String> {
    let router = axum::Router::new().fallback(async || axum::response::Html(PAGE));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    let listener = listener.map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    tokio::spawn(axum::serve(listener, router).into_future());
    let session = Session::open(driver, &options(installed))
        .await
        .map_err(|error| error.to_string())?;
    let mut page = Page::new(session, LIMIT);
    page.open(&format!("http://{address}/"))
        .await
        .map_err(|error| error.to_string())
}

fn options(installed: &Installed) -> Options {
    Options {
        browser: Some(installed.browser.clone()),
        headless_shell: installed.headless_shell,
        headed: false,
        window: (800, 600),
        scale: 1.,
        time_zone: TIME_ZONE.to_owned(),
        locale: LOCALE.to_owned(),
        touch: false,
        frozen_at: None,
    }
}
