//! ARIA roles in words that a learner knows.

/// What a person calls an element of a role: `textbox` is a text field.
pub fn in_words(role: &str) -> &str {
    match role {
        "textbox" => "text field",
        "searchbox" => "search field",
        "checkbox" => "check box",
        "radio" => "option",
        "combobox" | "listbox" => "list",
        "spinbutton" => "number field",
        "menuitem" | "menuitemcheckbox" | "menuitemradio" => "menu item",
        "img" | "image" => "picture",
        "contentinfo" => "footer",
        "banner" => "header",
        "navigation" => "menu",
        "main" | "region" | "article" | "complementary" => "section",
        "row" => "line",
        "cell" | "gridcell" | "rowheader" | "columnheader" => "table cell",
        "alertdialog" => "dialog",
        "status" | "alert" => "message",
        "paragraph" | "strong" | "emphasis" | "code" | "mark" | "term" | "definition" | "time" => "text",
        "listitem" => "list item",
        "generic" | "none" | "presentation" | "" => "area",
        // `button`, `link`, `heading`, `tab` and their like are plain words already.
        plain => plain,
    }
}
