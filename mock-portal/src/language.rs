//! Every text of the portal, in the language of whoever asks. English is the key: it needs no catalogue of its own.

use std::{collections::HashMap, sync::LazyLock};

use polib::po_file::parse_from_reader;

/// Marks a text for the catalogue where there is no language at hand yet, in a constant for example.
pub(crate) const fn t(text: &'static str) -> &'static str {
    text
}

/// A language the portal can be read in.
#[derive(Debug)]
pub(crate) struct Language {
    /// As in the `lang` attribute: "en".
    pub code: &'static str,
    /// As in the `dir` attribute: "ltr" or "rtl".
    pub direction: &'static str,
    texts: HashMap<String, String>,
}

/// The languages that have landed, as code, direction and catalogue.
const CATALOGUES: [(&str, &str, &str); 1] = [("en", "ltr", "")];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    CATALOGUES
        .into_iter()
        .map(|(code, direction, po)| Language::read(code, direction, po))
        .collect()
});

impl Language {
    /// The first language that `Accept-Language` names and the portal has; English otherwise.
    pub fn negotiate(accepted: &str) -> &'static Self {
        accepted
            .split(',')
            .filter_map(|range| range.split([';', '-']).next())
            .find_map(|code| LANGUAGES.iter().find(|language| language.code == code.trim()))
            .unwrap_or(&LANGUAGES[0])
    }

    /// `text` in this language; as it is where the catalogue does not have it.
    pub fn t<'a>(&'a self, text: &'a str) -> &'a str {
        self.texts.get(text).map_or(text, String::as_str)
    }

    /// A catalogue that cannot be read leaves the language in English: a test reads each of them.
    fn read(code: &'static str, direction: &'static str, po: &str) -> Self {
        let texts = parse_from_reader(po.as_bytes()).map_or_else(
            |_| HashMap::new(),
            |catalogue| {
                catalogue
                    .messages()
                    .filter(|message| message.is_translated() && !message.is_fuzzy())
                    .filter_map(|message| Some((message.msgid().to_owned(), message.msgstr().ok()?.to_owned())))
                    .collect()
            },
        );
        Self { code, direction, texts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: ar\\n\"\n\"MIME-Version: 1.0\\n\"\n\
        \"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\
        \"Plural-Forms: nplurals=1; plural=0;\\n\"\n\nmsgid \"Login\"\nmsgstr \"دخول\"\n";

    #[test]
    fn a_catalogue_translates_what_it_has_and_leaves_the_rest() {
        let arabic = Language::read("ar", "rtl", ARABIC);
        assert_eq!(arabic.t("Login"), "دخول");
        assert_eq!(arabic.t("Logout"), "Logout");
    }

    #[test]
    fn languages_the_portal_lacks_fall_back_to_english() {
        for accepted in ["", "tlh, en;q=0.5", "en-GB", ";;,,"] {
            assert_eq!(Language::negotiate(accepted).code, "en", "{accepted}");
        }
    }
}
