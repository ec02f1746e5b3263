//! What steps do beyond their own words: it decides when a scene's picture is taken, and where a scenario can be played.

/// What a step does to the page, or beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Effect {
    /// It looks at the page, or changes something on it.
    #[default]
    Stays,
    /// It clicks what the learner is to click: the scene's picture is taken before it, and the scene ends with it.
    Clicks,
    /// It opens another page.
    Opens,
    /// It presses a key, which may submit a form.
    Presses,
    /// It sets the mock portal directly, which no other portal can do.
    Steers,
}
