//! Flags that commands which play scenarios share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::Window;
use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;

/// Flags that say how scenarios are played.
#[derive(Args, Debug, Clone, Default)]
pub struct Flags {
    /// The browser's program, instead of the one that is found (Chromium or Chrome, best its headless shell)
    #[arg(long, env = "DOCENT_BROWSER", value_name = "PATH")]
    pub browser: Option<PathBuf>,
    /// The driver's program, instead of the one that is found (chromedriver)
    #[arg(long, env = "DOCENT_DRIVER", value_name = "PATH")]
    pub driver: Option<PathBuf>,
    /// Play on the portal at this address instead of a mock portal for each scenario
    #[arg(long, env = "DOCENT_BASE_URL", value_name = "URL")]
    pub base_url: Option<String>,
    /// Use the WebDriver service at this address (a Selenium Grid, for instance) instead of starting a driver; it must reach
    /// the portal, so name one with --base-url unless it runs on this machine
    #[arg(long, env = "DOCENT_WEBDRIVER", value_name = "URL")]
    pub webdriver: Option<String>,
    /// Show the browser's window
    #[arg(long)]
    pub headed: bool,
    /// Wait so long before each step, in seconds, for somebody who watches
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub slow_mo: Option<f64>,
    /// How many scenarios are played at a time [default: as many as there are cores]
    #[arg(long, env = "DOCENT_WORKERS", value_name = "N")]
    pub workers: Option<NonZeroUsize>,
    /// How long a step waits for what it names, in seconds [default: 5]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub wait: Option<f64>,
    /// How long a step may take in all, in seconds, for a page to arrive, too [default: 15]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub step_timeout: Option<f64>,
    /// How long a scenario may take in all, in seconds [default: 120]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub scenario_timeout: Option<f64>,
    /// Language and region that the browser tells, as a BCP 47 tag [default: en-GB]
    #[arg(long, value_name = "TAG")]
    pub locale: Option<Locale>,
    /// Time zone that the browser tells, as an IANA name [default: Europe/Zurich]
    #[arg(long, value_name = "NAME")]
    pub time_zone: Option<TimeZone>,
    /// Freeze the clock and the random numbers of pages, as of this moment on the clocks of the time zone, such as
    /// 2024-07-02T14:27; the mock portal's clock stands still there, too
    #[arg(long, value_name = "MOMENT")]
    pub clock: Option<Moment>,
    /// Size of the browser's window in CSS pixels [default: 1280x800]
    #[arg(long, value_name = "WIDTHxHEIGHT")]
    pub window: Option<Window>,
    /// Picture pixels per CSS pixel; 2 gives pictures that stay crisp on slides [default: 2 for tutorials, else 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub scale: Option<f64>,
    /// Tell pages that there is a finger in place of a mouse, as on a phone
    #[arg(long)]
    pub touch: bool,
    /// Where pictures and page sources of failed scenarios go [default: reports]
    #[arg(long, value_name = "DIR")]
    pub reports: Option<PathBuf>,
    /// The file with settings [default: docent.toml, if there is one]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Put what this profile of the file says, such as [profile.ci], before the rest of it
    #[arg(long, env = "DOCENT_PROFILE", value_name = "NAME")]
    pub profile: Option<String>,
}
