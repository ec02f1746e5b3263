//! What a browser is asked to be: the options of a scenario as capabilities and flags, so that equal pages give equal pixels.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::driver::Driver;
use super::log;

/// How a browser is set up for a scenario.
#[derive(Clone, Debug)]
pub struct Options {
    /// The browser's program; None where a driver elsewhere chooses it.
    pub browser: Option<PathBuf>,
    /// Whether the program is the headless shell, which knows no other mode.
    pub headless_shell: bool,
    /// Whether its window is shown on the screen.
    pub headed: bool,
    /// Width and height in CSS pixels.
    pub window: (u32, u32),
    /// Picture pixels per CSS pixel.
    pub scale: f64,
    /// IANA name such as `Europe/Zurich`.
    pub time_zone: String,
    /// BCP 47 tag such as `en-GB`.
    pub locale: String,
    /// Whether pages see a touch screen in place of a mouse.
    pub touch: bool,
    /// The moment at which the page's clock stands still, in milliseconds since 1970; None lets it run.
    pub frozen_at: Option<i64>,
}

/// The window's size and scale, for the protocol.
pub(super) fn metrics(options: &Options) -> Value {
    json!({
        "width": options.window.0, "height": options.window.1,
        "deviceScaleFactor": options.scale, "mobile": false,
    })
}

pub(super) fn capabilities(
    driver: &Driver,
    options: &Options,
    program: Option<&Path>,
) -> serde_json::Map<String, Value> {
    let mut arguments = vec![
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-extensions".to_owned(),
        // Containers often have a /dev/shm too small for a page's pictures.
        "--disable-dev-shm-usage".to_owned(),
        // The same pixels whatever the machine's screen and font settings are.
        "--force-color-profile=srgb".to_owned(),
        // The shell's own choice, full hinting, draws text otherwise than Chromium does; with this they agree to the byte.
        "--font-render-hinting=slight".to_owned(),
        "--disable-lcd-text".to_owned(),
        "--hide-scrollbars".to_owned(),
        blink_settings(options.touch),
        // To scroll smoothly takes a while during which nothing can be clicked.
        "--disable-smooth-scrolling".to_owned(),
        // What changed on a page would be drawn over what was there, with edges a shade off, depending on when it changed.
        "--disable-partial-raster".to_owned(),
        format!("--lang={}", options.locale),
        format!("--accept-lang={}", options.locale),
        format!(
            "--window-size={},{}",
            options.window.0,
            options.window.1 + bars(options)
        ),
    ];
    if !options.headed {
        let headless = if options.headless_shell {
            "--headless"
        } else {
            "--headless=new"
        };
        arguments.push(headless.to_owned());
    }
    if driver.is_ours() {
        // The browser ends when the driver does; see `driver`.
        arguments.push("--remote-debugging-pipe".to_owned());
    }
    if driver.is_here() && nix::unistd::geteuid().is_root() {
        // Chromium refuses to start as root with its sandbox.
        arguments.push("--no-sandbox".to_owned());
    }
    let mut chrome = json!({ "args": arguments });
    if let Some(program) = program {
        chrome["binary"] = json!(program);
    }
    let capabilities = json!({
        "browserName": "chrome",
        "goog:chromeOptions": chrome,
        "goog:loggingPrefs": log::preferences(),
        "unhandledPromptBehavior": "ignore",
        // A page has arrived when its document is parsed: a picture that never comes holds nobody up.
        "pageLoadStrategy": "eager",
    });
    match capabilities {
        Value::Object(map) => map,
        _ => unreachable!("the literal above is an object"),
    }
}

/// A browser on a machine without input devices says that it has no mouse, and sites show it what they have for phones; on another
/// machine they would not. So it is said for all alike: a mouse that hovers, or a finger that does not.
fn blink_settings(touch: bool) -> String {
    let (hover, pointer) = if touch { (1, 2) } else { (2, 4) };
    // Images that move show the first of their pictures.
    format!(
        "--blink-settings=primaryHoverType={hover},availableHoverTypes={hover},primaryPointerType={pointer},\
         availablePointerTypes={pointer},imageAnimationPolicy=2"
    )
}

/// A window that is shown has tabs, an address and the note that it is automated above its page: 145 CSS pixels in Chromium
/// 156 on Linux, and somewhat more elsewhere. Without room for them the page's foot would lie outside of the window.
fn bars(options: &Options) -> u32 {
    if options.headed { 160 } else { 0 }
}
