use std::path::Path;

use super::*;
use crate::provision::system::tests::linux;
use crate::provision::test_programs::{Folder, failing, versioned};

fn wanted(folder: &Folder) -> Wanted {
    Wanted {
        browser: None,
        driver: None,
        with_window: false,
        cache: folder.path("cache"),
    }
}

fn find(folder: &Folder) -> Result<Installed, FindError> {
    find_with(folder, &wanted(folder))
}

fn find_with(folder: &Folder, wanted: &Wanted) -> Result<Installed, FindError> {
    find_on(&linux("debian", &folder.path("bin")), wanted)
}

fn browser(folder: &Folder, name: &str, major: u32) -> PathBuf {
    folder.program(name, &versioned(&format!("Chromium {major}.0.8078.79")))
}

fn driver(folder: &Folder, name: &str, major: u32) -> PathBuf {
    folder.program(name, &versioned(&format!("ChromeDriver {major}.0.8078.73 (a21ce95c)")))
}

/// The message with the folder's own path taken out.
fn message(folder: &Folder, result: Result<Installed, FindError>) -> String {
    result
        .unwrap_err()
        .to_string()
        .replace(&folder.root().display().to_string(), "")
}

fn cached(folder: &Folder, major: u32) -> (PathBuf, PathBuf) {
    let version = format!("cache/chrome-for-testing/{major}.0.8078.79");
    (
        browser(
            folder,
            &format!("{version}/chrome-headless-shell-linux64/chrome-headless-shell"),
            major,
        ),
        driver(folder, &format!("{version}/chromedriver-linux64/chromedriver"), major),
    )
}

#[test]
fn what_is_to_be_watched_is_played_in_a_browser_with_a_window() {
    let folder = Folder::new();
    browser(&folder, "bin/chromium-headless-shell", 156);
    driver(&folder, "bin/chromedriver", 156);
    cached(&folder, 156);
    let to_be_watched = Wanted {
        with_window: true,
        ..wanted(&folder)
    };
    assert!(matches!(
        find_with(&folder, &to_be_watched),
        Err(FindError::Missing { .. })
    ));
    let chromium = browser(&folder, "bin/chromium", 156);
    assert_eq!(find_with(&folder, &to_be_watched).unwrap().browser, chromium);
}

#[test]
fn prefers_the_headless_shell_on_path() {
    let folder = Folder::new();
    browser(&folder, "bin/google-chrome", 156);
    browser(&folder, "bin/chromium", 156);
    driver(&folder, "bin/chromedriver", 156);
    let full = find(&folder).unwrap();
    assert_eq!(
        (full.browser, full.headless_shell),
        (folder.path("bin/chromium"), false)
    );

    let shell = browser(&folder, "bin/chromium-headless-shell", 156);
    let found = find(&folder).unwrap();
    assert_eq!(
        found,
        Installed {
            browser: shell,
            driver: folder.path("bin/chromedriver"),
            browser_version: Version::in_text("156.0.8078.79").unwrap(),
            driver_version: Version::in_text("156.0.8078.73").unwrap(),
            headless_shell: true,
            browser_found_in: FoundIn::Path,
            driver_found_in: FoundIn::Path,
        }
    );
}

#[test]
fn gives_the_browser_behind_debians_wrapper() {
    let folder = Folder::new();
    let real = browser(&folder, "lib/chromium-headless-shell", 156);
    folder.program("bin/chromium-headless-shell", &format!("{} \"$@\"", real.display()));
    driver(&folder, "bin/chromedriver", 156);
    assert_eq!(find(&folder).unwrap().browser, real);
}

#[test]
fn settings_come_before_path_and_path_before_the_cache() {
    let folder = Folder::new();
    let (cached_browser, cached_driver) = cached(&folder, 156);
    let found = find(&folder).unwrap();
    assert_eq!((found.browser, found.driver), (cached_browser, cached_driver));
    assert_eq!(
        (found.browser_found_in, found.driver_found_in),
        (FoundIn::Cache, FoundIn::Cache)
    );

    browser(&folder, "bin/chromium", 156);
    driver(&folder, "bin/chromedriver", 156);
    let found = find(&folder).unwrap();
    assert_eq!(
        (found.browser_found_in, found.driver_found_in),
        (FoundIn::Path, FoundIn::Path)
    );

    let wanted = Wanted {
        browser: Some(browser(&folder, "my-chrome", 156)),
        ..wanted(&folder)
    };
    let found = find_with(&folder, &wanted).unwrap();
    assert_eq!(
        (found.browser, found.browser_found_in),
        (folder.path("my-chrome"), FoundIn::Settings)
    );
    assert_eq!(found.driver_found_in, FoundIn::Path);
}

#[test]
fn takes_the_newest_version_in_the_cache() {
    let folder = Folder::new();
    cached(&folder, 99);
    let (newest, _) = cached(&folder, 156);
    cached(&folder, 131);
    assert_eq!(find(&folder).unwrap().browser, newest);
}

#[test]
fn passes_by_a_better_browser_that_no_driver_fits() {
    let folder = Folder::new();
    browser(&folder, "bin/chromium-headless-shell", 150);
    let fitting = browser(&folder, "bin/chromium", 156);
    driver(&folder, "bin/chromedriver", 156);
    assert_eq!(find(&folder).unwrap().browser, fitting);
}

#[test]
fn passes_by_what_does_not_start_and_says_so_when_nothing_else_is_there() {
    let folder = Folder::new();
    folder.program(
        "bin/chromium-headless-shell",
        &failing(127, "libnss3.so: cannot open shared object file"),
    );
    folder.program("bin/chromium-browser", "exec /snap/bin/chromium \"$@\"");
    driver(&folder, "bin/chromedriver", 156);
    let text = message(&folder, find(&folder));
    assert!(text.contains("Passed over /bin/chromium-headless-shell: it does not start: `--version` ended with exit status: 127: libnss3.so: cannot open"), "{text}");
    assert!(
        text.contains("Passed over /bin/chromium-browser: it is a snap"),
        "{text}"
    );

    browser(&folder, "bin/google-chrome", 156);
    assert_eq!(find(&folder).unwrap().browser, folder.path("bin/google-chrome"));
}

#[test]
fn says_that_nothing_is_there_and_what_to_install() {
    let folder = Folder::new();
    assert_eq!(
        message(&folder, find(&folder)),
        "There is no browser and no driver (looked on PATH and in /cache).\n\n\
         To install both on this system (linux, x86_64):\n\n    \
         sudo apt-get update\n    \
         sudo apt-get install -y --no-install-recommends chromium chromium-driver chromium-headless-shell fonts-dejavu-core fonts-liberation"
    );
}

#[test]
fn says_which_half_is_missing() {
    let folder = Folder::new();
    browser(&folder, "bin/chromium", 156);
    let text = message(&folder, find(&folder));
    assert!(
        text.starts_with("There is a browser, /bin/chromium (version 156.0.8078.79), but no chromedriver"),
        "{text}"
    );

    let folder = Folder::new();
    driver(&folder, "bin/chromedriver", 156);
    let text = message(&folder, find(&folder));
    assert!(
        text.starts_with("There is a driver, /bin/chromedriver (version 156.0.8078.73), but no browser"),
        "{text}"
    );
}

#[test]
fn says_with_versions_and_paths_that_browser_and_driver_do_not_fit() {
    let folder = Folder::new();
    browser(&folder, "bin/chromium", 156);
    driver(&folder, "bin/chromedriver", 114);
    let text = message(&folder, find(&folder));
    assert!(
        text.starts_with(
            "Browser and driver don't fit together:\n    browser /bin/chromium (version 156.0.8078.79)\n    \
             driver  /bin/chromedriver (version 114.0.8078.73)\nThe numbers before the first dot must be equal.\n\nTo install both"
        ),
        "{text}"
    );
}

#[test]
fn names_the_setting_that_leads_nowhere() {
    let folder = Folder::new();
    driver(&folder, "bin/chromedriver", 156);
    let absent = Wanted {
        browser: Some(folder.path("absent")),
        ..wanted(&folder)
    };
    assert_eq!(
        message(&folder, find_with(&folder, &absent)),
        "--browser (DOCENT_BROWSER) names /absent, but there is no such file.\n\
         Correct it, or leave it out: Docent then looks for one itself."
    );
    let broken = folder.program("broken", &failing(3, "no display"));
    let text = message(
        &folder,
        find_with(
            &folder,
            &Wanted {
                driver: Some(broken),
                ..wanted(&folder)
            },
        ),
    );
    assert!(
        text.starts_with(
            "--driver (DOCENT_DRIVER) names /broken, but it does not start: `--version` ended with exit status: 3: no display.\n"
        ),
        "{text}"
    );
}

#[test]
fn advises_to_change_the_settings_when_those_do_not_fit() {
    let folder = Folder::new();
    driver(&folder, "bin/chromedriver", 156);
    let old = Wanted {
        browser: Some(browser(&folder, "old", 114)),
        ..wanted(&folder)
    };
    let text = message(&folder, find_with(&folder, &old));
    assert!(text.ends_with("Name the driver of that browser in --driver (DOCENT_DRIVER), or leave --browser (DOCENT_BROWSER) out: Docent then looks for a pair itself."), "{text}");
}

#[test]
fn asks_a_file_once_although_several_names_lead_to_it() {
    let folder = Folder::new();
    let asked = folder.path("asked");
    folder.program("bin/chromium", &format!("echo asked >> {}; exit 1", asked.display()));
    std::os::unix::fs::symlink("chromium", folder.path("bin/chromium-browser")).unwrap();
    find(&folder).unwrap_err();
    assert_eq!(fs::read_to_string(asked).unwrap(), "asked\n");
}

#[test]
fn an_empty_path_finds_nothing() {
    let folder = Folder::new();
    assert!(find_on(&linux("debian", Path::new("")), &wanted(&folder)).is_err());
}
