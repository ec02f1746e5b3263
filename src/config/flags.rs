//! Flags that commands which play scenarios share.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::Window;
use crate::locality::{Locale, TimeZone};
use crate::moment::Moment;

const BROWSER: &str = "Browser and portal";
const TIMING: &str = "Timing";
const SETTINGS: &str = "Settings";

/// Flags that say how scenarios run.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Flags {
    /// Path of the browser, instead of the one that is found (Chromium or Chrome, preferably its headless shell)
    #[arg(long, help_heading = BROWSER, env = "DOCENT_BROWSER", value_name = "PATH")]
    pub(crate) browser: Option<PathBuf>,
    /// Path of the driver, instead of the one that is found (chromedriver)
    #[arg(long, help_heading = BROWSER, env = "DOCENT_DRIVER", value_name = "PATH")]
    pub(crate) driver: Option<PathBuf>,
    /// Run against the portal at this address instead of a mock portal for each scenario
    #[arg(long, help_heading = BROWSER, env = "DOCENT_BASE_URL", value_name = "URL")]
    pub(crate) base_url: Option<String>,
    /// Use the WebDriver service at this address (a Selenium Grid, for instance) instead of starting a driver; it must reach
    /// the portal, so name one with --base-url unless it runs on this machine
    #[arg(long, help_heading = BROWSER, env = "DOCENT_WEBDRIVER", value_name = "URL")]
    pub(crate) webdriver: Option<String>,
    /// Show the browser's window
    #[arg(long, help_heading = BROWSER)]
    pub(crate) headed: bool,
    /// Delay before each step, in seconds (slow motion)
    #[arg(long, help_heading = TIMING, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) slow_mo: Option<f64>,
    /// Number of scenarios that run in parallel [default: number of cores]
    #[arg(long, help_heading = TIMING, env = "DOCENT_WORKERS", value_name = "N")]
    pub(crate) workers: Option<NonZeroUsize>,
    /// How long a step waits for the element that it names, in seconds [default: 5]
    #[arg(long, help_heading = TIMING, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) wait: Option<f64>,
    /// Timeout of a step, page loads included, in seconds [default: 15]
    #[arg(long, help_heading = TIMING, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) step_timeout: Option<f64>,
    /// Timeout of a scenario, in seconds [default: 120]
    #[arg(long, help_heading = TIMING, value_name = "SECONDS", allow_negative_numbers = true)]
    pub(crate) scenario_timeout: Option<f64>,
    /// The browser's language and region, a BCP 47 tag [default: en-GB]
    #[arg(long, help_heading = BROWSER, value_name = "TAG")]
    pub(crate) locale: Option<Locale>,
    /// The browser's time zone, an IANA name [default: Europe/Zurich]
    #[arg(long, help_heading = BROWSER, value_name = "NAME")]
    pub(crate) time_zone: Option<TimeZone>,
    /// Freeze the clock and the random numbers of pages at this moment in the time zone, such as 2024-07-02T14:27; the mock
    /// portal's clock, too
    #[arg(long, help_heading = BROWSER, value_name = "MOMENT")]
    pub(crate) clock: Option<Moment>,
    /// Size of the viewport in CSS pixels [default: 1280x800]
    #[arg(long, help_heading = BROWSER, value_name = "WIDTHxHEIGHT")]
    pub(crate) window: Option<Window>,
    /// Device scale factor; 2 gives screenshots that stay crisp on slides [default: 2 for tutorials, else 1]
    #[arg(long, help_heading = BROWSER, value_name = "N", allow_negative_numbers = true)]
    pub(crate) scale: Option<f64>,
    /// Emulate a touch screen, as on a phone
    #[arg(long, help_heading = BROWSER)]
    pub(crate) touch: bool,
    /// Where reports go, with the screenshots and page sources of failed scenarios [default: reports]
    #[arg(long, help_heading = SETTINGS, value_name = "DIR")]
    pub(crate) reports: Option<PathBuf>,
    /// Settings file [default: docent.toml, if it exists]
    #[arg(long, help_heading = SETTINGS, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Apply this profile of the settings file, such as [profile.ci]
    #[arg(long, help_heading = SETTINGS, env = "DOCENT_PROFILE", value_name = "NAME")]
    pub(crate) profile: Option<String>,
}
