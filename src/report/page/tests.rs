use std::fs;
use std::path::Path;
use std::time::Duration;

use super::super::view::samples::{HOSTILE, attempt, environment, every_verdict, failed, record, scenario};
use super::*;
use crate::attachments::LOG;
use crate::suite::plan::feature_file::SourceFile;
use crate::suite::record::Attempt;
use crate::suite::record::event::{Attachment, AttemptOutcome, Evidence, EvidenceKind};

fn drawn_in(record: &Record, folder: &Path) -> String {
    let mut page = Vec::new();
    write(record, folder, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

fn drawn(record: &Record) -> String {
    drawn_in(record, Path::new("nowhere"))
}

/// Fails at the second step; with pictures after the first and at the end, and with a page source.
fn with_evidence(folder: &Path, source: &str) -> Attempt {
    let mut attempt = failed(1);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    failure.evidence = [
        (EvidenceKind::Picture, Some(0), "step-01.png", "first"),
        (EvidenceKind::Picture, None, "page.png", "end"),
        (EvidenceKind::Source, None, "page.html", source),
    ]
    .map(|(kind, step, path, bytes)| {
        fs::write(folder.join(path), bytes).unwrap();
        let path = path.into();
        Evidence { kind, step, path }
    })
    .to_vec();
    attempt
}

#[test]
fn what_failed_comes_first_and_what_passed_last() {
    let page = drawn(&every_verdict());
    let titles = [
        "failed",
        "flaky",
        "quarantined",
        "interrupted",
        "not-played",
        "skipped",
        "passed",
    ];
    let places = titles.map(|id| page.find(&format!("id=\"{id}-title\"")).unwrap());
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn what_would_act_on_the_text_around_it_is_shown() {
    let mut attempt = failed(1);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    failure.message = "no \u{202e}button\u{1b}[2J".into();
    let page = drawn(&record(vec![scenario(
        "B\u{2066}<C>\u{7}",
        Verdict::Failed,
        vec![attempt],
    )]));
    assert!(page.contains("B\\u{2066}&#60;C&#62;\\u{7}"), "{page}");
    assert!(page.contains("no \\u{202e}button\\u{1b}[2J"), "{page}");
    assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{7}', '\u{1b}']));
}

#[test]
fn what_failed_alike_stands_together() {
    let failing = |name: &str, message: &str| {
        let mut attempt = failed(1);
        if let AttemptOutcome::Failed(failure) = &mut attempt.outcome {
            failure.message = message.into();
        }
        scenario(name, Verdict::Failed, vec![attempt])
    };
    let page = drawn(&record(vec![
        failing("A", "there is no button \"1\" (waited 5.1 s)"),
        failing("B", "there is no button \"2\" (waited 5.1 s)"),
        failing("C", "there is no button \"2\" (waited 5.3 s)"),
    ]));
    assert_eq!(page.matches("class=\"shared\"").count(), 1);
    let shared = page.find("2 scenarios failed alike: there is no button &#34;2&#34; (waited 5.1 s)");
    let names = ["B", "C", "A"].map(|name| page.find(&format!("<h3>{name}</h3>")));
    let places: Vec<_> = std::iter::once(shared).chain(names).map(Option::unwrap).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn what_passes_in_quarantine_stands_apart() {
    let mut mended = scenario("Mended", Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]);
    mended.quarantine = scenario("", Verdict::Quarantined, Vec::new()).quarantine;
    let page = drawn(&record(vec![
        mended,
        scenario("Well", Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]),
    ]));
    for shown in [
        "<b>1</b> passed in quarantine",
        "<b>1</b> passed<",
        "but it passed: if it is fixed, remove the tag",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn the_slowest_scenarios_are_named_the_slowest_first() {
    let lasting = |seconds| {
        let mut attempt = attempt(1, AttemptOutcome::Passed);
        attempt.durations.steps = Duration::from_secs(seconds);
        scenario(&format!("Of {seconds} s"), Verdict::Passed, vec![attempt])
    };
    let page = drawn(&record((1..=7).map(lasting).collect()));
    let (_, slowest) = page.split_once("Slowest scenarios").unwrap();
    let (slowest, _) = slowest.split_once("</ol>").unwrap();
    let names = [7, 6, 5, 4, 3].map(|seconds| slowest.find(&format!(">Of {seconds} s</a>")));
    assert!(names.is_sorted() && names[0].is_some(), "{slowest}");
    assert_eq!(slowest.matches("<li>").count(), 5);
}

#[test]
fn a_scenario_that_took_longer_than_last_time_says_so_and_by_which_rule() {
    let lasting = |name: &str, earlier| {
        let mut one = scenario(name, Verdict::Passed, vec![attempt(1, AttemptOutcome::Passed)]);
        one.earlier = earlier;
        one
    };
    let earlier = Some(Duration::from_secs(1));
    let three = |first| vec![lasting("A", first), lasting("B", None), lasting("C", None)];
    let page = drawn(&record(three(earlier)));
    assert_eq!(
        page.matches("0.5 s slower than last time").count(),
        2,
        "in the list and with the scenario"
    );
    assert_eq!(page.matches(view::RULE).count(), 1);
    assert!(!drawn(&record(three(None))).contains(view::RULE));
}

#[test]
fn a_step_shows_what_it_attached() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempt = attempt(1, AttemptOutcome::Passed);
    let files = [
        ("chart.png", "image/png", "a picture"),
        ("order.json", "application/json", "{\"id\": 7}"),
        ("Log", LOG, "two orders"),
        ("invoice 7.pdf", "application/pdf", "%PDF"),
    ];
    attempt.attachments = files
        .map(|(name, media_type, bytes)| {
            fs::write(folder.path().join(name), bytes).unwrap();
            let (name, media_type, path) = (name.into(), media_type.to_owned(), name.into());
            Attachment {
                step: 1,
                name,
                media_type,
                path,
            }
        })
        .to_vec();
    let page = drawn_in(
        &record(vec![scenario("B", Verdict::Passed, vec![attempt])]),
        folder.path(),
    );
    let step = page.split("<li class=\"passed\">").nth(2).unwrap();
    let shown = step.split("</li>").next().unwrap().split_once("</span>\n").unwrap().1;
    insta::assert_snapshot!(shown, @r#"
    <details class="picture"><summary>chart.png</summary><figure><figcaption>chart.png</figcaption><div class="shot picture-1" role="img" aria-label="chart.png" tabindex="0"></div></figure></details>
    <details class="document"><summary>order.json</summary>
    <pre tabindex="0">{&#34;id&#34;: 7}</pre>
    </details>
    <div class="log"><pre tabindex="0">two orders</pre></div>
    <p class="attached"><a href="invoice%207.pdf">invoice 7.pdf</a> <span class="took">application/pdf, 4 B</span></p>
    "#);
}

#[test]
fn a_scenario_shows_what_is_written_of_its_feature() {
    const FEATURE: &str =
        "Feature: Pairing\n  Who pairs <b>what</b>.\n\n\n\n\n\n\n\n  Scenario: B\n    Given I open \"/\"\n";
    let mut record = record(vec![scenario("B", Verdict::Failed, vec![failed(1)])]);
    record.files = vec![SourceFile {
        path: "features/pairing.feature".into(),
        source: FEATURE.into(),
    }];
    let page = drawn(&record);
    assert!(page.contains("<p class=\"about\">Who pairs &#60;b&#62;what&#60;/b&#62;.</p>"));
}

#[test]
fn every_scenario_can_be_linked_to() {
    let twice = ["Pair it", "Pair: it!"].map(|name| scenario(name, Verdict::NotPlayed, Vec::new()));
    let page = drawn(&record(twice.to_vec()));
    for id in ["features-pairing-feature-pair-it", "features-pairing-feature-pair-it-2"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        assert!(page.contains(&format!("href=\"#{id}\"")), "{id}");
    }
}

#[test]
fn the_failed_step_shows_the_page_before_and_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let attempts = vec![with_evidence(folder.path(), "<p>")];
    let page = drawn_in(&record(vec![scenario("B", Verdict::Failed, attempts)]), folder.path());
    let number = |bytes| {
        let (before, _) = page.split_once(&BASE64_STANDARD.encode(bytes)).unwrap();
        let (_, class) = before.rsplit_once(".picture-").unwrap();
        format!("picture-{}\"", class.split('{').next().unwrap())
    };
    let step = page.split("<li class=\"failed\">").nth(1).unwrap();
    let step = step.split("</li>").next().unwrap();
    let places = [
        "there is no button",
        "src/steps/click.rs:14",
        "Before step 2",
        &number("first"),
        "After step 2",
        &number("end"),
    ]
    .map(|text| step.find(text).unwrap_or_else(|| panic!("{text} is not in {step}")));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_page_says_what_was_played_where_and_leads_to_the_job() {
    let mut record = record(Vec::new());
    record.environments = vec![environment()];
    let page = drawn(&record);
    for shown in [
        "<dd>0123456789abcdef0123456789abcdef01234567</dd>",
        "<dd>main</dd>",
        "<dd><a href=\"https://github.example/qa/portal/actions/runs/4711\">GitHub Actions: Acceptance, 4711</a></dd>",
        "<dd>chrome 138.0</dd>",
        "<dd>Debian GNU/Linux 13 (trixie), x86_64</dd>",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn nothing_hostile_becomes_markup() {
    let folder = tempfile::tempdir().unwrap();
    let mut attempt = with_evidence(folder.path(), HOSTILE);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    failure.message = HOSTILE.into();
    failure.code = Some(HOSTILE.into());
    let mut hostile = scenario(HOSTILE, Verdict::Failed, vec![attempt]);
    hostile.feature = HOSTILE.to_owned();
    hostile.rule = Some(HOSTILE.to_owned());
    hostile.path = HOSTILE.into();
    hostile.key = HOSTILE.to_owned();
    hostile.tags = vec![HOSTILE.to_owned()];
    hostile.expired_quarantine = Some(HOSTILE.to_owned());
    hostile.steps[1].text = HOSTILE.into();
    hostile.attempts[0].attachments = ["image/png", "text/plain", LOG, HOSTILE]
        .map(|media_type| Attachment {
            step: 0,
            name: HOSTILE.into(),
            media_type: media_type.to_owned(),
            path: "page.html".into(),
        })
        .to_vec();
    let mut record = record(vec![hostile]);
    record.unattributed_panics = vec![HOSTILE.into()];
    record.base_url = Some(HOSTILE.to_owned());
    record.order = HOSTILE.to_owned();
    let mut here = environment();
    here.system = HOSTILE.to_owned();
    here.browsers = [HOSTILE.to_owned()].into();
    if let Some(ci) = &mut here.ci {
        ci.service = HOSTILE.to_owned();
        ci.url = Some(format!("https://{HOSTILE}"));
    }
    record.environments = vec![here];
    let page = drawn_in(&record, folder.path());
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(page.matches("<img").count(), 0);
    assert!(!page.contains("<!--"));
    assert!(page.contains("alert(1)"), "it is told, as text");
}

#[test]
fn the_policy_names_exactly_the_style_and_script_of_the_page() {
    let page = drawn(&every_verdict());
    for tag in ["style", "script"] {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let found = page.split(&open).skip(1);
        let inside: Vec<_> = found.map(|rest| rest.split(&close).next().unwrap()).collect();
        let hashes = inside.iter().map(|text| BASE64_STANDARD.encode(Sha256::digest(text)));
        assert!(!inside.is_empty());
        assert_eq!(hashes.filter(|hash| !page.contains(hash)).count(), 0, "{tag}");
    }
    assert!(!page.contains(" style=") && !page.contains(" onclick="));
}

#[test]
fn nothing_is_asked_of_any_other_place() {
    let page = drawn(&every_verdict());
    for address in ["http:", "https:", "url(h", "url(/", "@import", "src=\"//"] {
        assert!(!page.contains(address), "{address}");
    }
}

#[test]
fn a_thousand_scenarios_stay_a_page_that_loads() {
    let many: Vec<_> = (0..1_000)
        .map(|index| match index % 20 {
            0 => scenario(&format!("Number {index}"), Verdict::Failed, vec![failed(1), failed(2)]),
            _ => scenario(
                &format!("Number {index}"),
                Verdict::Passed,
                vec![attempt(1, AttemptOutcome::Passed)],
            ),
        })
        .collect();
    let page = drawn(&record(many));
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    assert_eq!(page.matches("<details class=\"scenario\"").count(), 1_000);
    // Of many failures none is open, so that the list can be seen.
    assert!(!page.contains(" open>\n<summary><h3>"));
}
