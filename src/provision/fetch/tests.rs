use std::io::{BufRead, BufReader, Cursor, Write};
use std::net::TcpListener;
use std::thread;

use tokio::task::spawn_blocking;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate, Times};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::provision::find::{FindError, Installed, Wanted};
use crate::provision::install::find_or_fetch_on;
use crate::provision::progress::tests::Recorded;
use crate::provision::system::tests::linux;
use crate::provision::test_programs::{Folder, failing, versioned};

/// Nobody can listen on port 0.
const NOBODY: &str = "http://127.0.0.1:0/";
const VERSION: &str = "156.0.8078.79";

/// A zip archive of executable scripts.
fn archive(entries: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, script) in entries {
        zip.start_file(*name, SimpleFileOptions::default().unix_permissions(0o755))
            .unwrap();
        write!(zip, "#!/bin/sh\n{script}\n").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn browser() -> Vec<u8> {
    let script = versioned(&format!("Google Chrome for Testing {VERSION} "));
    archive(&[("chrome-headless-shell-linux64/chrome-headless-shell", script)])
}

fn driver(version: &str) -> Vec<u8> {
    archive(&[(
        "chromedriver-linux64/chromedriver",
        versioned(&format!("ChromeDriver {version} (a21ce9)")),
    )])
}

/// Chrome for Testing's site with these two archives, each of which must be asked for as often as given.
async fn site(browser: ResponseTemplate, driver: ResponseTemplate, times: impl Into<Times> + Clone) -> MockServer {
    let server = MockServer::start().await;
    let url = |name: &str| format!("{}/{name}.zip", server.uri());
    Mock::given(path("/releases.json"))
        .respond_with(list(&url("browser"), &url("driver")))
        .mount(&server)
        .await;
    for (name, response) in [("/browser.zip", browser), ("/driver.zip", driver)] {
        Mock::given(path(name))
            .respond_with(response)
            .expect(times.clone())
            .mount(&server)
            .await;
    }
    server
}

fn list(browser: &str, driver: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(serde_json::json!({ "channels": { "Stable": {
        "channel": "Stable", "version": VERSION, "revision": "1", "downloads": {
            "chrome-headless-shell": [
                { "platform": "mac-arm64", "url": NOBODY },
                { "platform": "linux64", "url": browser },
            ],
            "chromedriver": [{ "platform": "linux64", "url": driver }],
        },
    } } }))
}

fn zip(bytes: Vec<u8>) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_bytes(bytes)
}

/// A machine without a browser, and its cache, and the progress messages.
struct Machine {
    folder: Folder,
    system: System,
    progress: Recorded,
}

impl Machine {
    fn new(id: &str, releases: String) -> Self {
        let folder = Folder::new();
        let system = System {
            releases,
            ..linux(id, &folder.path("bin"))
        };
        Self {
            folder,
            system,
            progress: Recorded::default(),
        }
    }

    fn get(&self) -> Result<Installed, FindError> {
        let wanted = Wanted {
            browser: None,
            driver: None,
            with_window: false,
            cache: self.folder.path("cache"),
        };
        find_or_fetch_on(&self.system, &wanted, &self.progress)
    }

    /// Names of what the download left in the cache.
    fn left(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path("cache/chrome-for-testing"))
            .into_iter()
            .flatten()
            .flatten();
        entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect()
    }
}

/// Plays one attempt on a Fedora machine against the site.
async fn attempt(releases: String) -> (Machine, Result<Installed, FindError>) {
    spawn_blocking(|| {
        let machine = Machine::new("fedora", releases);
        let result = machine.get();
        (machine, result)
    })
    .await
    .unwrap()
}

async fn attempt_at(server: &MockServer) -> (Machine, Result<Installed, FindError>) {
    attempt(format!("{}/releases.json", server.uri())).await
}

/// An attempt that must fail, leave nothing, and tell what to do.
async fn failure(server: &MockServer) -> String {
    let (machine, result) = attempt_at(server).await;
    assert_eq!(machine.left(), Vec::<String>::new());
    let error = result.unwrap_err();
    assert!(matches!(error, FindError::NotFetched { .. }), "{error:?}");
    let text = error.to_string();
    assert!(
        text.ends_with("sudo dnf install -y chromium chromium-headless chromedriver"),
        "{text}"
    );
    text.replace(&server.uri(), "SITE")
}

#[tokio::test]
async fn downloads_once_and_finds_it_in_the_cache_the_next_time() {
    let server = site(zip(browser()), zip(driver(VERSION)), 1).await;
    let (machine, first) = attempt_at(&server).await;
    let first = first.unwrap();
    assert!(first.headless_shell);
    assert_eq!(first.browser_version.to_string(), VERSION);
    assert_eq!(machine.left(), [VERSION]);
    let text = machine.progress.text();
    assert!(text.starts_with("There is no browser and no driver"), "{text}");
    assert!(
        text.contains("\nDownloading Chrome for Testing 156.0.8078.79 to "),
        "{text}"
    );
    let size = browser().len();
    assert!(
        text.contains(&format!(
            "… 0 of Some({size}) bytes\n… {size} of Some({size}) bytes\n… Unpacking"
        )),
        "{text}"
    );

    let second = spawn_blocking(move || machine.get()).await.unwrap().unwrap();
    assert_eq!(second, first);
}

#[tokio::test]
async fn two_at_once_download_once() {
    let slow = zip(browser()).set_delay(std::time::Duration::from_millis(200));
    let server = site(slow, zip(driver(VERSION)), 1).await;
    let releases = format!("{}/releases.json", server.uri());
    let (machine, results) = spawn_blocking(|| {
        let machine = Machine::new("fedora", releases);
        let results = thread::scope(|scope| {
            let both = [scope.spawn(|| machine.get()), scope.spawn(|| machine.get())];
            both.map(|one| one.join().unwrap().unwrap())
        });
        (machine, results)
    })
    .await
    .unwrap();
    assert_eq!(results[0], results[1]);
    assert_eq!(machine.left(), [VERSION]);
}

#[tokio::test]
async fn sweeps_away_what_a_killed_download_left() {
    let server = site(zip(browser()), zip(driver(VERSION)), 1).await;
    let releases = format!("{}/releases.json", server.uri());
    let machine = spawn_blocking(|| {
        let machine = Machine::new("fedora", releases);
        machine.folder.file(
            "cache/chrome-for-testing/.unfinished-abc/chromedriver-linux64/chromedriver",
            "half",
        );
        machine
            .folder
            .file(&format!("cache/chrome-for-testing/{VERSION}/damaged"), "");
        machine.get().unwrap();
        machine
    })
    .await
    .unwrap();
    assert_eq!(machine.left(), [VERSION]);
}

#[tokio::test]
async fn an_archive_that_is_not_there() {
    let server = site(zip(browser()), ResponseTemplate::new(404), 1).await;
    let text = failure(&server).await;
    assert!(
        text.contains("could not get them either: SITE/driver.zip answered with HTTP status 404 instead"),
        "{text}"
    );
}

#[tokio::test]
async fn an_archive_cut_short_at_the_server() {
    let half = browser();
    let half = half[..half.len() / 2].to_vec();
    let text = failure(&site(zip(half), zip(driver(VERSION)), 0..=1).await).await;
    assert!(
        text.contains("SITE/browser.zip is no archive that can be unpacked"),
        "{text}"
    );
}

#[tokio::test]
async fn a_connection_that_breaks_off() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let breaking_off = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let request = BufReader::new(connection.try_clone().unwrap()).lines();
        request
            .map_while(Result::ok)
            .take_while(|line| !line.is_empty())
            .for_each(drop);
        connection
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nPK only so much")
            .unwrap();
    });
    let server = MockServer::start().await;
    let url = format!("http://{address}/browser.zip");
    Mock::given(path("/releases.json"))
        .respond_with(list(&url, &url))
        .mount(&server)
        .await;
    let text = failure(&server).await;
    assert!(
        text.contains(&format!("the download of {url} broke off after 15 bytes: ")),
        "{text}"
    );
    breaking_off.join().unwrap();
}

#[tokio::test]
async fn a_driver_of_another_version() {
    let text = failure(&site(zip(browser()), zip(driver("114.0.5735.90")), 1).await).await;
    assert!(
        text.contains("version 156.0.8078.79 was to be downloaded, but chromedriver says it is version 114.0.5735.90"),
        "{text}"
    );
}

#[tokio::test]
async fn a_browser_that_does_not_start() {
    let script = failing(127, "error while loading shared libraries: libnss3.so");
    let broken = archive(&[("chrome-headless-shell-linux64/chrome-headless-shell", script)]);
    let text = failure(&site(zip(broken), zip(driver(VERSION)), 1).await).await;
    assert!(
        text.contains("the chrome-headless-shell downloaded cannot be used: it does not start: "),
        "{text}"
    );
    assert!(text.contains("libnss3.so"), "{text}");
}

#[tokio::test]
async fn an_archive_that_would_write_elsewhere() {
    for name in ["../../x", "a/../../../x"] {
        let hostile = archive(&[
            ("chrome-headless-shell-linux64/chrome-headless-shell", String::new()),
            (name, String::new()),
        ]);
        let server = site(zip(hostile), zip(driver(VERSION)), 0..=1).await;
        let (machine, result) = attempt_at(&server).await;
        let text = result.unwrap_err().to_string();
        assert!(
            text.contains("/browser.zip is no archive that can be unpacked: invalid Zip archive: Invalid file path"),
            "{name}: {text}"
        );
        assert_eq!(machine.left(), Vec::<String>::new());
        assert!(!machine.folder.path("cache/x").exists() && !machine.folder.path("x").exists());
    }
}

#[tokio::test]
async fn a_list_of_releases_in_another_form() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_string("<html>Sign in to the guest network</html>");
    Mock::given(path("/releases.json"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let text = failure(&server).await;
    assert!(
        text.contains("SITE/releases.json holds no list of releases that Docent understands: "),
        "{text}"
    );
}

#[tokio::test]
async fn no_network() {
    let (machine, result) = attempt(NOBODY.to_owned()).await;
    let text = result.unwrap_err().to_string();
    assert!(text.contains("http://127.0.0.1:0/ cannot be reached: "), "{text}");
    assert_eq!(machine.left(), Vec::<String>::new());
}

#[test]
fn a_cache_that_cannot_be_written() {
    let machine = Machine::new("fedora", String::new());
    machine.folder.file("cache", "a file where the folder should be");
    let text = machine.get().unwrap_err().to_string();
    assert!(text.contains("cannot use the cache folder "), "{text}");
}

#[test]
fn nothing_is_got_in_place_of_what_the_settings_name() {
    let machine = Machine::new("fedora", String::new());
    let chrome = machine
        .folder
        .program("chrome", &versioned("Google Chrome 131.0.6778.85"));
    let wanted = Wanted {
        browser: Some(chrome),
        driver: None,
        with_window: false,
        cache: machine.folder.path("cache"),
    };
    let error = find_or_fetch_on(&machine.system, &wanted, &machine.progress).unwrap_err();
    assert!(matches!(error, FindError::Missing { .. }), "{error}");
    assert_eq!(machine.progress.text(), "");
}

#[test]
fn a_system_without_any_way() {
    let machine = Machine::new("alpine", String::new());
    let text = machine.get().unwrap_err().to_string();
    assert!(
        text.contains("Chrome for Testing has no chrome-headless-shell for this system"),
        "{text}"
    );
    assert!(
        text.ends_with("sudo apk add chromium chromium-chromedriver font-liberation"),
        "{text}"
    );
    assert!(!can_fetch(&machine.system));
}

/// A Debian where we are root; `apt-get install` runs the script.
fn debian(releases: String, install: &str) -> Machine {
    let mut machine = Machine::new("debian", releases);
    machine.system.is_root = true;
    let policy = "for name in chromium chromium-driver; do echo \"$name:\"; echo '  Candidate: 1'; done";
    machine.folder.program("bin/apt-cache", policy);
    machine.folder.program(
        "bin/apt-get",
        &format!("bin={}\n{install}", machine.folder.path("bin").display()),
    );
    machine
}

#[test]
fn root_on_debian_gets_packages() {
    let machine = debian(
        String::new(),
        "put() { printf '#!/bin/sh\\necho %s' \"$2\" > $bin/$1; /bin/chmod 755 $bin/$1; }\n\
         put chromium 156.0.8078.79; put chromedriver 156.0.8078.79",
    );
    let found = machine.get().unwrap();
    assert_eq!(found.browser, machine.folder.path("bin/chromium"));
    assert_eq!(machine.left(), Vec::<String>::new());
}

#[tokio::test]
async fn root_on_debian_falls_back_to_the_download() {
    let server = site(zip(browser()), zip(driver(VERSION)), 1).await;
    let releases = format!("{}/releases.json", server.uri());
    let (machine, result) = spawn_blocking(|| {
        let machine = debian(releases, "echo 'E: Unable to fetch some archives' >&2; exit 100");
        let result = machine.get();
        (machine, result)
    })
    .await
    .unwrap();
    result.unwrap();
    let text = machine.progress.text();
    assert!(
        text.contains("E: Unable to fetch some archives\nTrying Chrome for Testing instead."),
        "{text}"
    );
}

#[test]
fn tells_both_reasons_when_neither_apt_nor_the_download_works() {
    let machine = debian(NOBODY.into(), "echo 'E: Could not resolve' >&2; exit 100");
    let text = machine.get().unwrap_err().to_string();
    assert!(text.contains("chromium-driver` failed. Its last lines:\n    E: Could not resolve\nThen: http://127.0.0.1:0/ cannot be reached: "), "{text}");
    assert!(
        text.contains("\n    apt-get install -y --no-install-recommends chromium"),
        "{text}"
    );
}

#[tokio::test]
async fn root_on_ubuntu_gets_libraries_and_the_download() {
    let server = site(zip(browser()), zip(driver(VERSION)), 1).await;
    let releases = format!("{}/releases.json", server.uri());
    let machine = spawn_blocking(|| {
        let mut machine = Machine::new("ubuntu", releases);
        machine.system.is_root = true;
        let calls = machine.folder.path("calls");
        machine
            .folder
            .program("bin/apt-get", &format!("echo \"$6\" >> {}", calls.display()));
        machine.get().unwrap();
        machine
    })
    .await
    .unwrap();
    assert_eq!(fs::read_to_string(machine.folder.path("calls")).unwrap(), "satisfy\n");
    assert!(machine.progress.text().contains("only as a snap"));
}
