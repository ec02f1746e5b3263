use super::schema::breaches;
use super::*;
use crate::report::view::samples::{HOSTILE, environment, every_verdict, failed, record, scenario};
use crate::suite::record::event::{AttemptOutcome, Evidence, EvidenceKind};
use roxmltree::{Document, Node};

fn written(record: &Record) -> String {
    let mut report = Vec::new();
    write(record, Path::new("reports"), &mut report).unwrap();
    String::from_utf8(report).unwrap()
}

fn case<'a>(document: &'a Document<'_>, name: &str) -> Node<'a, 'a> {
    let found = document.descendants().find(|node| node.attribute("name") == Some(name));
    found.unwrap_or_else(|| panic!("no case {name:?}"))
}

fn children<'a>(case: Node<'a, 'a>) -> Vec<&'a str> {
    let elements = case.children().filter(Node::is_element);
    elements.map(|node| node.tag_name().name()).collect()
}

fn child<'a>(case: Node<'a, 'a>, tag: &str) -> Node<'a, 'a> {
    case.children().find(|node| node.has_tag_name(tag)).unwrap()
}

#[test]
fn every_verdict_is_told_as_ci_tools_read_it() {
    let text = written(&every_verdict());
    let document = Document::parse(&text).unwrap();
    for (name, elements) in [
        ("Passes", ["system-out"].as_slice()),
        ("Fails twice", &["failure", "rerunFailure", "system-out"]),
        ("Passes at last", &["flakyFailure", "system-out"]),
        ("Known", &["skipped", "system-out"]),
        ("Stopped", &["error", "system-out"]),
        ("Never begun", &["skipped", "system-out"]),
        ("Left out", &["skipped", "system-out"]),
    ] {
        assert_eq!(children(case(&document, name)), elements, "{name}");
    }
    let suite = case(&document, "features/pairing.feature");
    let counts = ["tests", "failures", "errors", "skipped"].map(|name| suite.attribute(name).unwrap());
    assert_eq!(counts, ["7", "1", "1", "3"]);
    let known = child(case(&document, "Known"), "skipped").attribute("message");
    assert_eq!(known, Some("quarantined: owner amara has until 2027-01-31 to fix it"));
}

#[test]
fn a_failure_has_its_message_and_place() {
    let text = written(&every_verdict());
    let document = Document::parse(&text).unwrap();
    let case = case(&document, "Fails twice");
    assert_eq!(case.attribute("classname"), Some("Pairing / One Office"));
    assert_eq!(
        (case.attribute("time"), case.attribute("group")),
        (Some("1.500"), Some("smoke"))
    );
    let failure = child(case, "failure");
    assert_eq!(failure.attribute("message"), Some("there is no button \"Pair\""));
    let output = failure.text().unwrap();
    for part in [
        "the nearest is",
        "at features/pairing.feature:13",
        "step definition: src/steps/click.rs:14",
    ] {
        assert!(output.contains(part), "{output}");
    }
}

#[test]
fn every_suite_says_what_was_played_where() {
    let mut record = every_verdict();
    record.environments = vec![environment()];
    let text = written(&record);
    let document = Document::parse(&text).unwrap();
    let suite = case(&document, "features/pairing.feature");
    let properties = child(suite, "properties").children().filter(Node::is_element);
    let message: Vec<_> = properties
        .map(|one| (one.attribute("name").unwrap(), one.attribute("value").unwrap()))
        .collect();
    for property in [
        ("commit", "0123456789abcdef0123456789abcdef01234567"),
        ("branch", "main"),
        ("ci-job", "GitHub Actions: Acceptance, 4711"),
        ("ci-job-url", "https://github.example/qa/portal/actions/runs/4711"),
        ("browser", "chrome 138.0"),
        ("docent", "0.1.0"),
    ] {
        assert!(message.contains(&property), "{property:?} is not in {message:?}");
    }
}

#[test]
fn the_page_at_the_end_is_the_first_attachment() {
    let mut attempt = failed(1);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    failure.evidence = [
        (EvidenceKind::Picture, Some(0), "a/step-01.png"),
        (EvidenceKind::Source, None, "a/page.html"),
        (EvidenceKind::Picture, None, "a/page.png"),
    ]
    .map(|(kind, step, path)| Evidence {
        kind,
        step,
        path: path.into(),
    })
    .to_vec();
    let text = written(&record(vec![scenario("B", Verdict::Failed, vec![attempt])]));
    let document = Document::parse(&text).unwrap();
    let out = child(case(&document, "B"), "system-out").text().unwrap();
    let attachments: Vec<_> = out.lines().filter(|line| line.starts_with("[[ATTACHMENT")).collect();
    assert_eq!(
        attachments,
        [
            "[[ATTACHMENT|reports/a/page.png]]",
            "[[ATTACHMENT|reports/a/page.html]]",
            "[[ATTACHMENT|reports/a/step-01.png]]"
        ]
    );
    assert!(
        out.starts_with("Given I open \"/dashboard\" (passed, 120 ms)\n"),
        "{out}"
    );
}

#[test]
fn what_xml_can_not_hold_is_left_out() {
    let mut attempt = failed(1);
    let AttemptOutcome::Failed(failure) = &mut attempt.outcome else {
        unreachable!()
    };
    failure.message = HOSTILE.into();
    let mut hostile = scenario(HOSTILE, Verdict::Failed, vec![attempt.clone(), attempt]);
    hostile.tags = vec![HOSTILE.to_owned()];
    hostile.feature = HOSTILE.to_owned();
    let mut record = record(vec![hostile]);
    record.unattributed_panics = vec![HOSTILE.into()];
    let text = written(&record);
    let allowed = |letter: char| matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert_eq!(text.chars().find(|letter| !allowed(*letter)), None);
    let document = Document::parse(&text).unwrap();
    let failure = document
        .descendants()
        .find(|node| node.has_tag_name("failure"))
        .unwrap();
    assert!(failure.attribute("message").unwrap().starts_with("</script><script>"));
}

#[test]
fn what_fell_outside_of_any_scenario_is_no_green_report() {
    let mut record = record(Vec::new());
    record.unattributed_panics = vec!["a thread fell (at src/x.rs:3)".into()];
    let text = written(&record);
    let document = Document::parse(&text).unwrap();
    assert_eq!(document.root_element().attribute("errors"), Some("1"));
}

#[test]
fn the_schema_of_jenkins_allows_every_report() {
    let mut hostile = every_verdict();
    hostile.environments = vec![environment()];
    hostile.unattributed_panics = vec![HOSTILE.into()];
    hostile.took = std::time::Duration::from_millis(3_725_042);
    for record in [every_verdict(), record(Vec::new()), hostile] {
        let text = written(&record);
        let document = Document::parse(&text).unwrap();
        assert_eq!(breaches(document.root_element()), [""; 0], "{text}");
    }
}

#[test]
fn what_the_schema_has_no_place_for_stands_in_the_output() {
    let text = written(&every_verdict());
    let document = Document::parse(&text).unwrap();
    let out = child(case(&document, "Known"), "system-out").text().unwrap();
    let properties: Vec<_> = out.lines().filter(|line| line.starts_with("[[PROPERTY|")).collect();
    assert_eq!(
        properties,
        [
            "[[PROPERTY|file=features/pairing.feature]]",
            "[[PROPERTY|line=10]]",
            "[[PROPERTY|tag=smoke]]",
            "[[PROPERTY|owner=amara]]",
            "[[PROPERTY|quarantine=2027-01-31]]",
            "[[PROPERTY|verdict=quarantined]]",
            "[[PROPERTY|worker=1]]",
        ]
    );
}

#[test]
fn a_job_of_gitlab_finds_the_file_of_a_case_where_gitlab_reads_it() {
    let file = |service: &str| {
        let mut record = every_verdict();
        let mut here = environment();
        if let Some(ci) = &mut here.ci {
            ci.service = service.to_owned();
        }
        record.environments = vec![here];
        let text = written(&record);
        let document = Document::parse(&text).unwrap();
        case(&document, "Known").attribute("file").map(str::to_owned)
    };
    assert_eq!(file("GitLab").as_deref(), Some("features/pairing.feature"));
    assert_eq!(file("Jenkins"), None);
}
