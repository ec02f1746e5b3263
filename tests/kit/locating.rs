//! How things on a page are found, waited for, clicked, typed into and left, in a real browser.

use std::time::Duration;

use base64::Engine;
use docent::browser::{Answer, Locator, Page, PageError, Property};

use super::support::{PATIENCE, with_page};

/// For what must fail: long enough for a page to open on a loaded machine, short enough not to hold up the tests.
const SHORT: Duration = Duration::from_secs(2);

/// Shows a page without any server. What its elements say with `say('…')` stands in the status "Said".
async fn show(page: &mut Page, body: &str) {
    let html = format!(
        "<!doctype html><html lang=en><title>Test</title><body>
        <script>const say = (text) => {{ document.querySelector('[role=status]').textContent = text; }}; window.say = say;</script>
        <p role=status aria-label=Said>nothing</p>{body}"
    );
    let data = base64::engine::general_purpose::STANDARD.encode(html);
    page.open(&format!("data:text/html;charset=utf-8;base64,{data}"))
        .await
        .unwrap();
}

pub fn the(phrase: &str) -> Locator {
    format!("the {phrase}").parse().unwrap()
}

pub async fn click(page: &mut Page, phrase: &str) {
    page.click(&the(phrase)).await.unwrap();
}

async fn must_say(page: &mut Page, text: &str) {
    page.expect(&the(r#"status "Said""#), Property::Text, text)
        .await
        .unwrap();
}

/// Fails the test unless the step failed and told all of this.
#[track_caller]
fn must_fail<T>(result: Result<T, PageError>, told: &[&str]) -> String {
    let Err(error) = result else {
        panic!("it passed; it should have failed and told {told:?}");
    };
    let message = error.to_string();
    for text in told {
        assert!(message.contains(text), "{text:?} is not told in:\n{message}");
    }
    message
}

#[test]
fn one_of_several_is_told_by_its_surroundings() {
    with_page(SHORT, async |page| {
        let widget = |name: &str| {
            format!(
                "<section aria-label='{name}'><div role=group aria-label=Tools><button onclick=\"say('{name}')\">Go</button></div></section>"
            )
        };
        show(page, &format!("{}{}", widget("First"), widget("Second"))).await;
        must_fail(
            page.click(&the(r#"button "Go""#)).await,
            &[
                "the button \"Go\" is on the page more than once",
                "in the group \"Tools\"",
                "say which with",
            ],
        );
        click(page, r#"button "Go" in the group "Tools" in the region "Second""#).await;
        must_say(page, "Second").await;
        must_fail(
            page.click(&the(r#"button "Go" in the region "Third""#)).await,
            &["the region \"Third\" is not on the page", "the section \"First\""],
        );
        must_fail(
            page.click(&the(r#"button "Stop" in the region "First""#)).await,
            &["is not on the page", "there is instead: the button \"Go\""],
        );
    });
}

#[test]
fn several_like_things_are_told_apart_by_where_they_stand() {
    with_page(SHORT, async |page| {
        show(
            page,
            "<nav aria-label=Top><a href=#a>Help</a></nav><nav aria-label=Foot><a href=#b>Help</a></nav>",
        )
        .await;
        must_fail(
            page.click(&the(r#"link "Help""#)).await,
            &["the link \"Help\" in the navigation \"Top\"; the link \"Help\" in the navigation \"Foot\""],
        );
    });
}

#[test]
fn what_is_missing_is_told_with_the_nearest_of_its_kind_first() {
    with_page(SHORT, async |page| {
        show(
            page,
            "<h1>Submit</h1><a href=#>Submitted</a><button>Submit it</button><button hidden>Submits</button>",
        )
        .await;
        let message = must_fail(
            page.click(&the(r#"button "Submits in vain""#)).await,
            &[
                "there is instead: the button \"Submit it\"; the ",
                "the page shown: \"Test\"",
            ],
        );
        assert!(!message.contains("\"Submits\""), "what is hidden is no help: {message}");
    });
}

#[test]
fn what_is_not_shown_is_told_as_such() {
    with_page(SHORT, async |page| {
        for hiding in [
            "style='display: none'",
            "style='visibility: hidden'",
            "hidden",
            "style='all: unset; display: block; width: 0; height: 0; overflow: hidden'",
        ] {
            show(page, &format!("<button {hiding}>Go</button>")).await;
            let go = the(r#"button "Go""#);
            for result in [page.see(&go).await.map(drop), page.click(&go).await] {
                must_fail(result, &["the button \"Go\" is in the page but not shown"]);
            }
            page.see_none(&go).await.unwrap();
        }
    });
}

#[test]
fn what_is_drawn_but_kept_from_assistive_technology_is_neither_seen_nor_absent() {
    with_page(SHORT, async |page| {
        for hiding in ["aria-hidden=true", "inert"] {
            show(page, &format!("<div {hiding}><button>Go</button></div>")).await;
            let go = the(r#"button "Go""#);
            for result in [page.see(&go).await.map(drop), page.click(&go).await] {
                must_fail(
                    result,
                    &[
                        "the button \"Go\" is drawn, but kept from assistive technology",
                        "aria-hidden or inert",
                    ],
                );
            }
            must_fail(
                page.see_none(&go).await,
                &["the button \"Go\" is on the page, but should not be"],
            );
        }
    });
}

#[test]
fn what_cannot_be_used_is_seen_but_not_clicked() {
    with_page(SHORT, async |page| {
        for disabled in [
            "<button disabled>Go</button>",
            "<button aria-disabled=true>Go</button>",
            "<fieldset disabled><button>Go</button></fieldset>",
        ] {
            show(page, disabled).await;
            must_fail(
                page.click(&the(r#"button "Go""#)).await,
                &["the button \"Go\" is disabled"],
            );
            page.expect(&the(r#"button "Go""#), Property::Enabled, "false")
                .await
                .unwrap();
        }
        for read_only in [
            "<input readonly aria-label=Name>",
            "<div role=textbox tabindex=0 aria-readonly=true aria-label=Name>x</div>",
        ] {
            show(page, read_only).await;
            must_fail(
                page.type_into("x", &the(r#"text field "Name""#)).await,
                &["it is read-only"],
            );
        }
    });
}

#[test]
fn what_lies_over_a_thing_is_named() {
    with_page(SHORT, async |page| {
        show(
            page,
            "<button>Go</button><div role=dialog aria-label=Cookies style='position: fixed; inset: 0; background: #fff'><p>Accept?</p></div>",
        )
        .await;
        let go = the(r#"button "Go""#);
        for result in [
            page.see(&go).await.map(drop),
            page.click(&go).await,
            page.look_at(&go).await.map(drop),
        ] {
            must_fail(result, &["the button \"Go\" is hidden behind the dialog \"Cookies\""]);
        }
        show(page, "<button>Go</button><dialog aria-label=Sure><p>Sure?</p></dialog><script>document.querySelector('dialog').showModal()</script>").await;
        must_fail(page.click(&go).await, &["hidden behind the dialog \"Sure\""]);
    });
}

#[test]
fn an_overlay_is_named_by_the_dialog_on_it_and_one_without_by_its_html() {
    with_page(SHORT, async |page| {
        let veil = "style='position: fixed; inset: 0; background: #fff'";
        let dialog =
            "<div role=dialog aria-label=Sure style='position: relative; margin: auto; width: 9em'>Sure?</div>";
        let go = the(r#"button "Go""#);
        for overlay in [
            format!("<div {veil}>{dialog}</div>"),
            format!("<div {veil}></div>{dialog}"),
        ] {
            show(page, &format!("<button>Go</button>{overlay}")).await;
            must_fail(page.click(&go).await, &["hidden behind the dialog \"Sure\""]);
        }
        let title = "Everything that is under way at this moment, and more";
        show(
            page,
            &format!("<button>Go</button><div class=veil data-a='{title}' {veil}></div>"),
        )
        .await;
        must_fail(
            page.click(&go).await,
            &["hidden behind <div class=\"veil\" data-a=\"Everything that is under way at this moment, and more\" …>"],
        );
    });
}

#[test]
fn a_click_keeps_to_its_row_though_rows_change_places_before_it() {
    with_page(PATIENCE, async |page| {
        let row = |name: &str| {
            format!(
                "<tr><td>{name}<td><button onclick='say(`removed ${{this.closest(`tr`).cells[0].textContent}}`)'>Delete</button>"
            )
        };
        // The names change places between the look and the click.
        let body = format!(
            "<table>{}{}</table><script>Object.defineProperty(window, 'docentVisit', {{ configurable: true, set(value) {{
                Object.defineProperty(window, 'docentVisit', {{ value, writable: true }});
                const [a, b] = document.querySelectorAll('td:first-child');
                [a.textContent, b.textContent] = ['Bo', 'Ada'];
            }} }})</script>",
            row("Ada"),
            row("Bo")
        );
        show(page, &body).await;
        click(page, r#"button "Delete" in the row "Ada""#).await;
        must_say(page, "removed Ada").await;
    });
}

#[test]
fn what_never_rests_is_told() {
    with_page(Duration::from_millis(400), async |page| {
        show(
            page,
            "<button style='position: relative'>Go</button><script>const go = document.querySelector('button'); let x = 0;
            (function move() { go.style.left = `${x = (x + 7) % 300}px`; requestAnimationFrame(move); })()</script>",
        )
        .await;
        must_fail(page.click(&the(r#"button "Go""#)).await, &["does not come to rest"]);
    });
}

#[test]
fn what_is_not_ready_is_waited_for() {
    with_page(PATIENCE, async |page| {
        let after = "const later = (doing) => setTimeout(doing, 300); const go = document.querySelector('button');";
        let button = "<button style='position: relative' onclick=\"say('clicked')\">Go</button>";
        for (more, script) in [
            (
                "<div id=veil style='position: fixed; inset: 0; background: #fff'></div>",
                "later(() => veil.remove());",
            ),
            ("", "go.hidden = true; later(() => { go.hidden = false; });"),
            ("", "go.remove(); later(() => document.body.append(go));"),
            ("", "go.disabled = true; later(() => { go.disabled = false; });"),
            ("", "go.textContent = 'Wait'; later(() => { go.textContent = 'Go'; });"),
            (
                "",
                "let x = 0; (function move() { go.style.left = `${x += 9}px`; if (x < 300) requestAnimationFrame(move); })();",
            ),
            // Replaced once, just between being found and being clicked.
            (
                "",
                "let old = go; Object.defineProperty(window, 'docentVisit', { configurable: true, set(value) {
                  Object.defineProperty(window, 'docentVisit', { value, writable: true });
                  setTimeout(() => old.replaceWith(old.cloneNode(true)));
                } });",
            ),
        ] {
            show(page, &format!("{button}{more}<script>{after}{script}</script>")).await;
            click(page, r#"button "Go""#).await;
            must_say(page, "clicked").await;
        }
        show(
            page,
            "<p>Loading</p><script>setTimeout(() => document.querySelector('p:not([role])').remove(), 300)</script>",
        )
        .await;
        page.see_none(&the(r#"text "Loading""#)).await.unwrap();
    });
}

#[test]
fn what_is_out_of_sight_is_scrolled_to() {
    with_page(SHORT, async |page| {
        let below = "<button style='position: fixed; top: 0; right: 0' onclick=\"say('at ' + scrollY)\">Where</button>
            <div style='height: 3000px'></div><button onclick=\"say('clicked at ' + (scrollY > 0))\">Go</button><div style='height: 3000px'></div>";
        show(page, below).await;
        page.see(&the(r#"button "Go""#)).await.unwrap();
        click(page, r#"button "Where""#).await;
        must_say(page, "at 0").await;
        click(page, r#"button "Go""#).await;
        must_say(page, "clicked at true").await;

        let scrolled = "<div id=box style='height: 100px; overflow: auto'><div style='height: 200px'></div>
            <button onclick=\"say('clicked at ' + (box.scrollTop > 0))\">Go</button></div><p style='height: 400px; background: #ddd'>Under it";
        show(page, scrolled).await;
        page.see(&the(r#"button "Go""#)).await.unwrap();
        show(page, scrolled).await;
        click(page, r#"button "Go""#).await;
        must_say(page, "clicked at true").await;
    });
}

#[test]
fn odd_shapes_are_found_and_clicked() {
    with_page(SHORT, async |page| {
        let custom_box = |style: &str| {
            format!(
                "<label style='position: relative; display: inline-block; padding: 20px'><input type=checkbox style='{style}'>
                <span style='position: absolute; inset: 0; background: #ccc'></span>Agree</label>"
            )
        };
        for style in [
            "",
            "opacity: 0",
            "position: absolute; width: 0; height: 0; opacity: 0; appearance: none; margin: 0",
        ] {
            show(page, &custom_box(style)).await;
            click(page, r#"check box "Agree""#).await;
            page.expect(&the(r#"check box "Agree""#), Property::Checked, "true")
                .await
                .unwrap();
        }
        // The middle of its bounding box is beside both lines.
        show(page, "<p style='width: 300px'>A very long beginning of the line<a href='#x' onclick=\"say('followed')\"> a link over lines</a>").await;
        click(page, r#"link "a link over lines""#).await;
        must_say(page, "followed").await;
        // All that is in it floats, so it has no height of its own.
        show(
            page,
            "<section aria-label=Floating><div style='float: left'>Here</div></section>",
        )
        .await;
        page.see(&the(r#"region "Floating""#)).await.unwrap();
    });
}

#[test]
fn shadow_trees_are_looked_into() {
    with_page(SHORT, async |page| {
        show(
            page,
            "<div id=host role=region aria-label=Host><i>Light</i></div><script>
            host.attachShadow({ mode: 'open' }).innerHTML = '<button>Press <slot></slot></button><label>Code <input></label>';
            host.shadowRoot.querySelector('button').onclick = () => say('pressed');</script>",
        )
        .await;
        click(page, r#"button "Press Light" in the region "Host""#).await;
        must_say(page, "pressed").await;
        page.type_into("123", &the(r#"text field "Code""#)).await.unwrap();
        page.see(&the(r#"text "Press""#)).await.unwrap();
    });
}

#[test]
fn texts_may_be_marked_up_and_stand_in_several_places() {
    with_page(SHORT, async |page| {
        show(page, "<p>Enter your <b>Customer</b>\n ID</p><ul><li>Same</li><li>Same</li><li hidden>Gone</li></ul><h2>More</h2>").await;
        page.see(&the(r#"text "Enter your Customer ID""#)).await.unwrap();
        page.see(&the(r#"text "Same""#)).await.unwrap();
        must_fail(page.click(&the(r#"text "Same""#)).await, &["more than once"]);
        must_fail(page.see_none(&the(r#"text "Same""#)).await, &["but should not be"]);
        must_fail(page.see(&the(r#"text "Gone""#)).await, &["not shown"]);
        page.see_none(&the(r#"text "Gone""#)).await.unwrap();
    });
}

#[test]
fn typing_replaces_what_a_field_holds() {
    with_page(SHORT, async |page| {
        for field in [
            "<input aria-label=F value='before'>",
            "<input aria-label=F type=password value='before'>",
            "<input aria-label=F type=email value='a@b.example'>",
            "<input aria-label=F type=search value='before'>",
            "<input aria-label=F type=number value='77'>",
            "<textarea aria-label=F>before</textarea>",
            "<div aria-label=F role=textbox contenteditable>before</div>",
        ] {
            show(page, field).await;
            page.type_into("42", &the(r#"field "F""#)).await.unwrap();
            page.expect(&the(r#"field "F""#), Property::Value, "42").await.unwrap();
        }
    });
}

#[test]
fn a_field_that_holds_something_else_than_was_typed_is_told() {
    with_page(SHORT, async |page| {
        show(page, "<input aria-label=Code oninput='value = value.slice(0, 2)'>").await;
        must_fail(
            page.type_into("abc", &the(r#"text field "Code""#)).await,
            &["value should be \"abc\", but is \"ab\""],
        );
        show(
            page,
            "<input type=password aria-label=Code oninput='value = value.slice(0, 2)'>",
        )
        .await;
        let message = must_fail(
            page.type_into("pq7z", &the(r#"password field "Code""#)).await,
            &["••••", "\"••\""],
        );
        assert!(!message.contains("pq"), "{message}");
    });
}

#[test]
fn options_are_chosen_by_label() {
    with_page(SHORT, async |page| {
        show(page, "<label>Year <select onchange='say(value)'><option value=a>2023<option value=b>2024<option disabled>2025</select></label>").await;
        let year = the(r#"selection list "Year""#);
        page.choose("2024", &year).await.unwrap();
        must_say(page, "b").await;
        for missing in ["2022", "2025"] {
            must_fail(
                page.choose(missing, &year).await,
                &["has no option", "it has: 2023, 2024"],
            );
        }
    });
}

#[test]
fn a_page_hears_of_a_choice_as_of_a_person_s() {
    with_page(SHORT, async |page| {
        let list = "<label>Year <select><option>2023<option>2024</select></label><script>heard = ''; \
                    for (const kind of ['input', 'change']) addEventListener(kind, (event) => say(heard += ` ${kind}`))</script>";
        show(page, list).await;
        let year = the(r#"selection list "Year""#);
        page.choose("2024", &year).await.unwrap();
        must_say(page, "input change").await;
        page.choose("2024", &year).await.unwrap();
        page.choose("2023", &year).await.unwrap();
        must_say(page, "input change input change").await;
    });
}

#[test]
fn an_alert_left_open_is_told() {
    with_page(SHORT, async |page| {
        show(page, "<button onclick=\"alert('Really?')\">Go</button>").await;
        click(page, r#"button "Go""#).await;
        assert_eq!(page.dialog().await.as_deref(), Some("Really?"));
        must_fail(
            page.see(&the(r#"button "Go""#)).await,
            &["waits for an answer: \"Really?\"", "When I agree"],
        );
        page.answer_dialog(Answer::Agree).await.unwrap();
        page.see(&the(r#"button "Go""#)).await.unwrap();
    });
}

/// A frame whose document holds two buttons, one right above the other.
fn two_buttons(style: &str, around: &str) -> String {
    let button = |name: &str| {
        format!(
            "<button style='display: block; width: 100px; height: 60px' onclick='parent.say(`{name}`)'>{name}</button>"
        )
    };
    let inner = format!("<body style='margin: 0'>{}{}", button("Keep"), button("Delete")).replace('"', "&quot;");
    format!("<div style='{around}'><iframe style='{style}' srcdoc=\"{inner}\" width=200 height=130></iframe></div>")
}

#[test]
fn a_click_reaches_its_target_in_a_frame_however_that_is_drawn() {
    const DRAWN: &[(&str, &str)] = &[
        ("border: 0; transform: scale(2); transform-origin: 0 0", ""),
        ("transform: scale(.5); padding: 20px; border: 9px solid", ""),
        ("transform: rotate(180deg)", ""),
        ("transform: rotate(90deg) skewX(20deg); margin: 50px", ""),
        ("scale: 1 -1; rotate: 30deg; margin: 80px", ""),
        ("rotate: y 180deg", "rotate: z 180deg; scale: 1.5; margin: 80px"),
        ("zoom: .5; padding: 20px", ""),
        ("zoom: .5; border: 9px solid", "zoom: 3; transform: scale(.7)"),
    ];
    with_page(SHORT, async |page| {
        for (style, around) in DRAWN {
            show(page, &two_buttons(style, around)).await;
            for name in ["Keep", "Delete"] {
                let button = the(&format!("button {name:?}"));
                page.click(&button)
                    .await
                    .unwrap_or_else(|error| panic!("{style}; {around}: {error}"));
                must_say(page, name).await;
            }
        }
    });
}

#[test]
fn frames_in_scaled_frames_are_mapped_too() {
    with_page(SHORT, async |page| {
        let inner = two_buttons("transform: rotate(180deg)", "").replace("parent.", "top.");
        let inner = inner.replace('&', "&amp;").replace('"', "&quot;");
        show(
            page,
            &format!(
                "<iframe style='transform: scale(.7); zoom: 1.5' srcdoc=\"{inner}\" width=300 height=200></iframe>"
            ),
        )
        .await;
        click(page, r#"button "Delete""#).await;
        must_say(page, "Delete").await;
        click(page, r#"button "Keep""#).await;
        must_say(page, "Keep").await;
    });
}

#[test]
fn the_box_of_what_is_in_a_scaled_frame_is_where_it_is_drawn() {
    with_page(SHORT, async |page| {
        show(
            page,
            &two_buttons(
                "position: fixed; left: 30px; top: 200px; border: 0; transform: scale(2); transform-origin: 0 0",
                "",
            ),
        )
        .await;
        let button = the(r#"button "Delete""#);
        for area in [
            page.see(&button).await.unwrap().area,
            page.look_at(&button).await.unwrap().area,
        ] {
            let rounded = [area.x, area.y, area.width, area.height].map(|length| format!("{length:.0}"));
            assert_eq!(rounded, ["30", "320", "200", "120"]);
        }
    });
}

#[test]
fn what_is_in_a_frame_drawn_in_perspective_is_not_clicked() {
    with_page(SHORT, async |page| {
        let body = two_buttons("transform: rotateX(50deg)", "perspective: 200px");
        show(page, &body).await;
        must_fail(
            page.click(&the(r#"button "Delete""#)).await,
            &["the button \"Delete\" can't be pointed at", "in perspective"],
        );
        must_say(page, "nothing").await;
    });
}

#[test]
fn a_click_that_would_reach_something_else_is_kept_from_it() {
    with_page(SHORT, async |page| {
        let layer = "<button>Go</button><script>addEventListener('pointermove', () => {
            const layer = document.body.appendChild(document.createElement('div'));
            layer.style = 'position: fixed; inset: 0'; layer.onclick = () => say('layer') }, { once: true })</script>";
        show(page, layer).await;
        must_fail(page.click(&the(r#"button "Go""#)).await, &["is hidden behind"]);
        must_say(page, "nothing").await;
    });
}

#[test]
fn a_dialog_that_opens_some_time_after_a_click_is_for_the_next_step() {
    with_page(SHORT, async |page| {
        for late in [0, 1, 5, 15, 30, 50] {
            show(
                page,
                &format!("<button onclick=\"setTimeout(() => confirm('Sure?'), {late})\">Go</button>"),
            )
            .await;
            click(page, r#"button "Go""#).await;
            assert_eq!(page.await_dialog().await.unwrap().as_deref(), Some("Sure?"));
            page.answer_dialog(Answer::Refuse).await.unwrap();
            page.see(&the(r#"button "Go""#)).await.unwrap();
        }
    });
}

#[test]
fn a_dialog_that_cuts_a_script_off_is_told() {
    with_page(SHORT, async |page| {
        show(page, "<script>setTimeout(() => alert('Really?'), 300)</script>").await;
        let never = "return new Promise(() => {})";
        must_fail(
            page.evaluate(never, &serde_json::Value::Null).await,
            &["waits for an answer: \"Really?\""],
        );
        page.answer_dialog(Answer::Agree).await.unwrap();
    });
}
