//! Where a picture's highlights go: round the box that is drawn.

use docent::area::Area;

use super::camera::{site, targets};
use super::support::{PATIENCE, with_page};

/// A field and a button as component libraries make them: the host takes up more than the box that it draws in its shadow tree.
const COMPONENTS: &str = "<style>body { margin: 20px } x-input, x-button { display: block; padding: 10px }</style>
    <x-input></x-input><x-button role=button tabindex=0></x-button>
    <script>
      const shadow = (host, html) => { document.querySelector(host).attachShadow({ mode: 'open' }).innerHTML = html; };
      shadow('x-input', `<label for=i style='display: block; height: 24px'>Name</label>
        <div id=box style='display: flex; width: 300px; height: 40px; box-sizing: border-box; border: 1px solid navy; padding: 4px'>
        <input id=i style='flex: 1; border: 0; background: none'><button>Clear</button></div>`);
      shadow('x-button', `<span id=box style='display: inline-block; width: 120px; height: 30px; background: navy; color: white'>Send</span>`);
    </script>";

/// Where the highlight of a target goes, and where an element of the page stands that this expression gives.
fn highlight(body: &str, phrase: &str, drawn: &str) -> (Area, Area) {
    let site = site(body);
    with_page(PATIENCE, async |page| {
        page.open(site.url()).await.unwrap();
        let (_, proof) = page.take_screenshot(&targets(&[phrase])).await.unwrap();
        let script = format!(
            "const {{ x, y, width, height }} = ({drawn}).getBoundingClientRect(); return {{ x, y, width, height }};"
        );
        let drawn = page.evaluate(&script, &serde_json::Value::Null).await.unwrap();
        (proof.areas[0], serde_json::from_value(drawn).unwrap())
    })
}

#[track_caller]
fn must_go_round(body: &str, phrase: &str, drawn: &str) {
    let (highlight, drawn) = highlight(body, phrase, drawn);
    assert_eq!(highlight, drawn, "{phrase}");
}

#[test]
fn a_component_is_highlighted_where_it_draws_its_box() {
    for (host, phrase) in [("x-input", "text field \"Name\""), ("x-button", "button \"Send\"")] {
        let drawn = format!("document.querySelector('{host}').shadowRoot.querySelector('#box')");
        must_go_round(COMPONENTS, phrase, &drawn);
    }
}

#[test]
fn a_field_without_a_border_is_highlighted_with_the_one_round_it() {
    let body = "<div id=box style='position: relative; width: 300px'><input aria-label=Name style='width: 90%; border: 0; outline: 0'>
        <fieldset style='position: absolute; inset: -4px; margin: 0; pointer-events: none; border: 1px solid'></fieldset></div>";
    must_go_round(body, "text field \"Name\"", "document.querySelector('fieldset')");
}

#[test]
fn two_fields_in_one_border_are_highlighted_each_by_itself() {
    let body = "<div style='border: 1px solid; width: 300px'><input aria-label=From style='border: 0; width: 120px'>
        <input aria-label=To style='border: 0; width: 120px'></div>";
    must_go_round(body, "text field \"From\"", "document.querySelector('input')");
}

#[test]
fn a_heading_is_highlighted_no_wider_than_its_words() {
    let body = "<h1><span>Opening hours</span></h1><p>Monday</p>";
    let (highlight, words) = highlight(body, "heading \"Opening hours\"", "document.querySelector('span')");
    assert_eq!((highlight.x, highlight.width), (words.x, words.width));
}

#[test]
fn what_has_the_focus_is_reported_by_the_box_that_is_drawn() {
    let site = site(
        "<div style='border: 1px solid; width: 200px'><input aria-label=Name autofocus style='border: 0'></div><button>Save</button>",
    );
    with_page(PATIENCE, async |page| {
        page.open(site.url()).await.unwrap();
        let (_, proof) = page.take_screenshot(&targets(&["button \"Save\""])).await.unwrap();
        assert_eq!(proof.focused.map(|focused| focused.width), Some(202.0));
    });
}
