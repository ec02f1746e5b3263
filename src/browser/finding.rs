//! What stands between a page and a picture of it, as a person reads it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::locator::phrase_for;

/// What a scenario lets pass on its pictures with `@allow:`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Allowance {
    /// What loads, or says so.
    Loading,
    /// What does not come to rest.
    Moving,
    /// An image that could not be loaded.
    BrokenImage,
    /// A style sheet that could not be loaded.
    BrokenStyle,
    /// A font that could not be loaded.
    BrokenFont,
    /// A frame whose document could not be loaded.
    BrokenFrame,
    /// What asks for consent to cookies, over the page.
    CookieBanner,
    /// A target in whose place the picture has one colour all over.
    OneColour,
}

impl Allowance {
    /// All of them, by the word that a tag has for them.
    pub const ALL: [(&'static str, Self); 8] = [
        ("loading", Self::Loading),
        ("moving", Self::Moving),
        ("broken-image", Self::BrokenImage),
        ("broken-style", Self::BrokenStyle),
        ("broken-font", Self::BrokenFont),
        ("broken-frame", Self::BrokenFrame),
        ("cookie-banner", Self::CookieBanner),
        ("one-colour", Self::OneColour),
    ];

    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, each)| *each == self)
            .map_or("", |(word, _)| word)
    }
}

impl FromStr for Allowance {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL
            .iter()
            .find(|(each, _)| *each == word)
            .map(|(_, allowance)| *allowance)
            .ok_or(())
    }
}

/// An element as a script shows it: by its name, or by its HTML and what it is in.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    role: String,
    name: String,
    html: String,
    /// Whether role and name are its own, not those of what is around it.
    is_own: bool,
}

impl Shown {
    fn phrase(&self) -> String {
        let named = phrase_for(&self.role, &self.name);
        match (self.is_own, self.role.is_empty() || self.name.is_empty()) {
            (_, true) => self.html.clone(),
            (true, _) => named,
            (false, _) => format!("{} in {named}", self.html),
        }
    }
}

/// Something that stands in the way of a picture, as the scripts find it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Finding {
    /// What it is about: a key of [`Finding::sentence`].
    about: String,
    /// What lets it pass.
    kind: Option<String>,
    /// A target, as the step names it.
    phrase: Option<String>,
    thing: Option<Shown>,
    detail: Option<String>,
}

impl Finding {
    pub fn of(about: &str) -> Self {
        Self {
            about: about.to_owned(),
            ..Self::default()
        }
    }

    pub fn with(about: &str, detail: String) -> Self {
        Self {
            detail: Some(detail),
            ..Self::of(about)
        }
    }

    pub fn of_target(about: &str, phrase: String) -> Self {
        Self {
            phrase: Some(phrase),
            ..Self::of(about)
        }
    }

    pub fn about_thing(about: &str, thing: Option<Shown>) -> Self {
        Self {
            thing,
            ..Self::of(about)
        }
    }

    fn allowance(&self) -> Option<Allowance> {
        match self.about.as_str() {
            "restless" | "changes" => Some(Allowance::Moving),
            "blank" => Some(Allowance::OneColour),
            _ => self.kind.as_deref()?.parse().ok(),
        }
    }

    /// `address` is where the page should be.
    fn sentence(&self, address: &str) -> String {
        let detail = self.detail.as_deref().unwrap_or_default();
        let target = self.phrase.as_deref().unwrap_or_default();
        let thing = self
            .thing
            .as_ref()
            .map_or_else(|| "a part of the page".to_owned(), Shown::phrase);
        match self.about.as_str() {
            "page" => "the page is still loading".to_owned(),
            "image" | "frame" => format!("{thing} is still loading ({detail})"),
            "background" => format!("the background image of {thing} is still loading ({detail})"),
            "style" => format!("the style sheet {detail} is still loading"),
            "font" => format!("the font {detail} is still loading"),
            "moves" => format!("{thing} is still moving"),
            "plays" => format!("{thing} is playing"),
            "busy" => format!("{thing} is marked as busy"),
            "under way" => format!("{thing} shows that something is under way"),
            "says" => format!("the page says \"{detail}\", in {thing}"),
            "skeleton" => format!("{thing} is a placeholder for something still loading"),
            "spinner" => format!("{thing} is a spinner: something is still loading"),
            "cut off" => format!("{thing} is cut off: only a part of the image came ({detail})"),
            "no frame" => format!("the document in {thing} could not be loaded ({detail})"),
            "no image" => format!("{thing} could not be loaded ({detail})"),
            "no background" => format!("the background image of {thing} could not be loaded ({detail})"),
            "no style" => format!("the style sheet {detail} could not be loaded"),
            "no font" => format!("the font {detail} could not be loaded"),
            "undone" => format!("{target} is no longer as the step left it: the page has changed it back"),
            "blank" => format!("nothing is to be seen of {target}: its place in the picture has one colour all over"),
            "gone" => format!("{target} is no longer there"),
            "hidden" => format!("{target} is hidden"),
            "transparent" => format!("{target} is transparent: nobody sees it"),
            "clipped" => format!("{target} is cut off by what is around it"),
            "outside" => format!("{target} is not wholly inside the picture"),
            "covered" => format!("{target} is behind {thing}"),
            "address" => format!("the page is {detail}, not {address}"),
            "status" => format!("the page answered with the error status {detail}"),
            "alert" => format!(
                "the page shows an error: {detail}\n  if the scene is about it, let a step of the scene see it: Then I see the alert \"…\""
            ),
            "error" => format!(
                "the page shows an error: {detail}\n  if the scene is about it, let a step of the scene see it: Then I see the text \"…\""
            ),
            "consent" => format!(
                "a banner that asks for consent to cookies covers a part of the page: {detail}\n  \
                 dismiss it before, with the name of its button: off camera, I click the button \"Accept\""
            ),
            "secret" => "a secret would be readable in the picture".to_owned(),
            "restless" => "the page does not come to rest".to_owned(),
            "changes" => "the page changed again and again while the picture was taken".to_owned(),
            "came" => format!("the text \"{detail}\" came"),
            "went" => format!("the text \"{detail}\" went"),
            "moved" => format!("{target} moved"),
            "filled" => "what is typed or chosen changed".to_owned(),
            "scrolled" => "the page was scrolled, or its size changed".to_owned(),
            "drawn" => format!("{thing} looks different from one moment to the next"),
            _ => detail.to_owned(),
        }
    }
}

/// The findings in sentences, each once, and what to do if they belong there.
pub(super) fn sentences_of(findings: &[Finding], address: &str) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for finding in findings {
        let sentence = finding.sentence(address);
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    let mut words: Vec<&str> = findings
        .iter()
        .filter_map(Finding::allowance)
        .map(Allowance::word)
        .collect();
    words.sort_unstable();
    words.dedup();
    if let (false, Some(last)) = (words.is_empty(), sentences.last_mut()) {
        let advice = format!(
            "\n  if this belongs on the picture, give the scenario the tag @allow:{}",
            words.join(",")
        );
        last.push_str(&advice);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::plan::tests::planned;
    use serde_json::json;

    fn finding(value: serde_json::Value) -> Finding {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn every_finding_of_the_scripts_has_a_sentence() {
        let scripts = crate::browser::scripts::INSTALL;
        let quoted = regex::Regex::new(r"about: '([a-z ]+)'|finding\('[a-z-]+', '([a-z ]+)'").unwrap();
        let keys: Vec<_> = quoted
            .captures_iter(scripts)
            .filter_map(|found| found.get(1).or(found.get(2)))
            .map(|key| key.as_str())
            .collect();
        assert!(keys.len() > 20, "{keys:?}");
        for key in keys {
            assert_ne!(Finding::of(key).sentence(""), "", "{key}");
        }
    }

    #[test]
    fn the_steps_that_sentences_advise_can_be_written() {
        for about in ["alert", "error", "consent"] {
            let sentence = Finding::of(about).sentence("");
            let (_, step) = sentence
                .rsplit_once("see it: ")
                .or(sentence.rsplit_once("button: "))
                .unwrap();
            let step = if step.starts_with("Then") {
                step.to_owned()
            } else {
                format!("When {step}")
            };
            let feature = format!("Feature: A\n  Scenario: B\n    {step}\n");
            planned(&feature, None).unwrap_or_else(|error| panic!("{error}"));
        }
    }

    #[test]
    fn an_element_is_named_by_its_name_or_by_its_html_and_what_it_is_in() {
        let thing = |name: &str, own: bool| json!({ "role": "region", "name": name, "html": "<i class=\"spin\">", "isOwn": own });
        let sentence = |thing| finding(json!({ "about": "moves", "kind": "moving", "thing": thing })).sentence("");
        assert_eq!(sentence(thing("News", true)), "the section \"News\" is still moving");
        assert_eq!(
            sentence(thing("News", false)),
            "<i class=\"spin\"> in the section \"News\" is still moving"
        );
        assert_eq!(sentence(thing("", false)), "<i class=\"spin\"> is still moving");
    }

    #[test]
    fn what_can_be_allowed_is_said_with_its_tag_once() {
        let findings = [
            finding(json!({ "about": "style", "kind": "loading", "detail": "/a.css" })),
            finding(json!({ "about": "style", "kind": "loading", "detail": "/a.css" })),
            finding(json!({ "about": "no font", "kind": "broken-font", "detail": "Icons" })),
        ];
        assert_eq!(
            sentences_of(&findings, ""),
            [
                "the style sheet /a.css is still loading",
                "the font Icons could not be loaded\n  if this belongs on the picture, give the scenario the tag \
                 @allow:broken-font,loading"
            ]
        );
        assert_eq!(
            sentences_of(&[Finding::of("secret")], ""),
            ["a secret would be readable in the picture"]
        );
    }
}
