use std::fs;

use super::*;

#[test]
fn a_profile_goes_before_the_rest_of_the_file_and_flags_before_both() {
    const TEXT: &str = "wait = 2\nretries = 1\n[secrets]\npin = \"uncommon-1\"\n[profile.ci]\nretries = 2\ntags = \"not @slow\"\n\
                        allow-empty-features = true\n[profile.ci.secrets]\ncode = \"uncommon-3\"\n";
    let with = |name: &str, wait| {
        let profile = Some(name.to_owned());
        with_file(
            TEXT,
            Flags {
                wait,
                profile,
                ..Flags::default()
            },
        )
    };
    let settings = with("ci", None).unwrap();
    assert_eq!(settings.run.retries, Some(2));
    assert_eq!(settings.run.tags.as_deref(), Some("not @slow"));
    assert!(settings.allowed.empty_features);
    assert_eq!(settings.wait, Duration::from_secs(2));
    assert!(settings.secrets.reveal("secret:pin").is_ok() && settings.secrets.reveal("secret:code").is_ok());
    assert_eq!(with("ci", Some(1.)).unwrap().wait, Duration::from_secs(1));
    assert_eq!(with_file(TEXT, Flags::default()).unwrap().run.retries, Some(1));
    let error = with("nightly", None).unwrap_err().to_string();
    assert!(
        error.contains("no profile \"nightly\"") && error.contains("it has ci"),
        "{error}"
    );
}

#[test]
fn a_profile_in_a_profile_is_refused() {
    let error = with_file("[profile.ci.profile.night]\nwait = 1\n", Flags::default()).unwrap_err();
    assert!(matches!(error, ConfigError::Malformed { .. }), "{error}");
}

fn with_file(text: &str, flags: Flags) -> Result<Settings, ConfigError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file::FILE);
    fs::write(&path, text).unwrap();
    Flags {
        config: Some(path),
        ..flags
    }
    .settings()
}

#[test]
fn flags_come_before_the_file_and_the_file_before_defaults() {
    let flags = Flags {
        wait: Some(1.),
        ..Flags::default()
    };
    let settings = with_file("wait = 2\nscale = 1\n[secrets]\npin = \"uncommon-2\"\n", flags).unwrap();
    assert_eq!(settings.wait, Duration::from_secs(1));
    assert_eq!(settings.scale, Some(1.));
    assert_eq!(settings.step_limit, Duration::from_secs(15));
    assert!(settings.secrets.reveal("secret:pin").is_ok());
}

#[test]
fn a_scenario_may_take_as_long_as_is_said_and_else_as_long_as_a_step() {
    let limit = |text| with_file(text, Flags::default()).unwrap().scenario_limit.as_secs();
    assert_eq!(limit("scenario-timeout = 1"), 1);
    assert_eq!(limit("step-timeout = 200"), 200);
    assert_eq!(limit(""), 120);
}

#[test]
fn what_is_refused_in_features_can_be_allowed_one_by_one() {
    let settings = with_file(
        "allow-empty-features = true\nallow-duplicate-names = true\n",
        Flags::default(),
    )
    .unwrap();
    let Allowed {
        empty_features,
        empty_scenarios,
        duplicate_names,
    } = settings.allowed;
    assert!(empty_features && !empty_scenarios && duplicate_names);
    assert_eq!(with_file("", Flags::default()).unwrap().allowed, Allowed::default());
}

#[test]
fn an_unknown_setting_is_named_with_its_line() {
    let error = with_file("wait = 2\nwindwo = \"1x1\"\n", Flags::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("line 2") && error.contains("windwo"), "{error}");
}

#[test]
fn an_address_of_a_portal_is_one_that_paths_can_follow() {
    let with = |url: &str| with_file(&format!("base-url = {url:?}"), Flags::default());
    for well in [
        "http://127.0.0.1:8080",
        "https://portal.example/training/",
        "http://[::1]:80",
    ] {
        assert_eq!(with(well).unwrap().base_url.as_deref(), Some(well));
    }
    for wrong in [
        "",
        "portal.example",
        "localhost:8080",
        "ftp://portal.example",
        "http://",
        "http://a/?b=c",
        "http://a/#b",
        " http://a",
    ] {
        let error = with(wrong).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{wrong:?} is not the address of a portal"))
                && error.contains("--base-url https://"),
            "{error}"
        );
    }
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let flags = Flags {
        config: Some("/nowhere/docent.toml".into()),
        ..Flags::default()
    };
    assert!(matches!(flags.settings(), Err(ConfigError::Unreadable { .. })));
}

#[test]
fn numbers_out_of_bounds_are_refused() {
    for text in [
        "scale = 9",
        "wait = -1",
        "wait = 20",
        "window = \"12\"",
        "window = \"0x0\"",
        "workers = 0",
        "locale = \"no language\"",
        "time-zone = \"Mars/Phobos\"",
        "clock = \"noon\"",
    ] {
        assert!(with_file(text, Flags::default()).is_err(), "{text}");
    }
}

/// The parser would show the line, or the value of a wrong type.
#[test]
fn no_message_shows_what_stands_below_secrets() {
    for line in [
        "pin = Hunter2222",
        "pin = 2222",
        "pin = \"Hunter2222",
        "pin \"Hunter2222\"",
    ] {
        for section in ["[secrets]", "[profile.ci.secrets]"] {
            let text = format!("wait = 2\n{section}\n{line}\n");
            let error = with_file(&text, Flags::default()).unwrap_err().to_string();
            assert!(
                error.contains("line 3") && error.contains("[secrets]") && !error.contains("2222"),
                "{error}"
            );
        }
    }
}

#[test]
fn the_password_in_an_address_is_redacted_even_where_the_address_is_wrong() {
    let address = |base_url: &str| Flags {
        base_url: Some(base_url.to_owned()),
        ..Flags::default()
    };
    with_file("", address("https://me:addressed-1@portal.example")).unwrap();
    with_file("webdriver = \"http://me:addressed-2@grid.example\"", Flags::default()).unwrap();
    let error = with_file("", address("ftp://me:addressed-3@portal.example")).unwrap_err();
    let error = redact::text(&error.to_string()).into_owned();
    assert!(error.contains("me:[secret]@portal.example"), "{error}");
    for password in ["addressed-1", "addressed-2"] {
        assert_eq!(redact::text(password), redact::REPLACEMENT);
    }
}
