//! What the xUnit plugin of Jenkins takes, which validates before it reads: the rules of its schema for JUnit
//! (`junit-10.xsd` of version 3.1.6 of the plugin).

use regex::Regex;
use roxmltree::Node;

/// An element's rules.
struct Rule {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    children: &'static [&'static str],
    /// Whether children come in the order above, each once.
    in_order: bool,
    text: bool,
}

const RERUN: Rule = Rule {
    name: "",
    required: &["type"],
    optional: &["message"],
    children: &["stackTrace", "system-out", "system-err"],
    in_order: true,
    text: true,
};
const RESULT: Rule = Rule {
    name: "",
    required: &[],
    optional: &["message", "type"],
    children: &[],
    in_order: true,
    text: true,
};
const TEXT: Rule = Rule {
    optional: &[],
    ..RESULT
};

const RULES: [Rule; 15] = [
    Rule {
        name: "testsuites",
        required: &[],
        optional: &["errors", "failures", "name", "tests", "time"],
        children: &["testsuite"],
        in_order: false,
        text: false,
    },
    Rule {
        name: "testsuite",
        required: &["errors", "failures", "name", "tests"],
        optional: &[
            "file",
            "group",
            "hostname",
            "id",
            "log",
            "package",
            "skipped",
            "time",
            "timestamp",
            "url",
            "version",
        ],
        children: &["properties", "system-err", "system-out", "testcase", "testsuite"],
        in_order: false,
        text: false,
    },
    Rule {
        name: "testcase",
        required: &["name"],
        optional: &["classname", "group", "time"],
        children: &[
            "error",
            "failure",
            "flakyError",
            "flakyFailure",
            "rerunError",
            "rerunFailure",
            "skipped",
            "system-err",
            "system-out",
        ],
        in_order: false,
        text: false,
    },
    Rule {
        name: "properties",
        required: &[],
        optional: &[],
        children: &["property"],
        in_order: false,
        text: false,
    },
    Rule {
        name: "property",
        required: &["name", "value"],
        optional: &[],
        children: &[],
        in_order: true,
        text: false,
    },
    Rule {
        name: "failure",
        ..RESULT
    },
    Rule {
        name: "error",
        ..RESULT
    },
    Rule {
        name: "skipped",
        ..RESULT
    },
    Rule {
        name: "rerunFailure",
        ..RERUN
    },
    Rule {
        name: "rerunError",
        ..RERUN
    },
    Rule {
        name: "flakyFailure",
        ..RERUN
    },
    Rule {
        name: "flakyError",
        ..RERUN
    },
    Rule {
        name: "system-out",
        ..TEXT
    },
    Rule {
        name: "system-err",
        ..TEXT
    },
    Rule {
        name: "stackTrace",
        ..TEXT
    },
];

/// Everything below this element that the schema does not allow.
pub(crate) fn breaches(element: Node) -> Vec<String> {
    let mut found = Vec::new();
    let name = element.tag_name().name();
    let Some(rule) = RULES.iter().find(|rule| rule.name == name) else {
        return vec![format!("<{name}> is unknown")];
    };
    let attributes: Vec<_> = element.attributes().map(|one| one.name()).collect();
    let missing = rule.required.iter().filter(|name| !attributes.contains(name));
    found.extend(missing.map(|missing| format!("<{name}> has no {missing}")));
    let known = |attribute: &&&str| rule.required.contains(*attribute) || rule.optional.contains(*attribute);
    let unknown = attributes.iter().filter(|attribute| !known(attribute));
    found.extend(unknown.map(|unknown| format!("<{name}> has {unknown}")));
    if let ("testsuites" | "testsuite", Some(time)) = (name, element.attribute("time"))
        && !Regex::new(r"^[0-9]*(\.[0-9]{0,3})?$").is_ok_and(|form| form.is_match(time))
    {
        found.push(format!("<{name}> takes {time}"));
    }
    let mut last = 0;
    for child in element.children() {
        if let Some(text) = child
            .text()
            .filter(|text| child.is_text() && !text.trim().is_empty() && !rule.text)
        {
            found.push(format!("<{name}> has the text {text:?}"));
        }
        if !child.is_element() {
            continue;
        }
        match rule.children.iter().position(|one| *one == child.tag_name().name()) {
            None => found.push(format!("<{name}> has <{}>", child.tag_name().name())),
            Some(place) if rule.in_order && place < last => {
                found.push(format!("<{name}> has its children out of order"));
            }
            Some(place) => last = place + usize::from(rule.in_order),
        }
        found.extend(breaches(child));
    }
    found
}
