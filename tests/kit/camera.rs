//! What pictures are taken of, what they are not taken of, and how pages are made the same in every run.

use std::future::pending;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Html;
use axum::routing::get;
use docent::browser::{Allowance, Driver, Locator, Page, PageError, Property, ScreenshotTerms, Session, Setting};
use serde_json::{Value, json};

use super::locating::the;
use super::support::{Kit, PATIENCE, options, serve, side_by_side, with_driver, with_page};

/// For what must fail: long enough for a page to open on a loaded machine, short enough not to hold up the tests.
const SHORT: Duration = Duration::from_secs(2);

/// A site whose page has this body. `/dot.svg` is an image, `/dot.gif` one that moves, `/cut.gif` a part of one; `/import.css` imports
/// what is not there; `/never` does not answer, and anything else is not found.
pub fn site(body: &str) -> mock_portal::Portal {
    const DOT: &str = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='20'><rect width='20' height='20' fill='navy'/></svg>";
    let page = format!("<!doctype html><html lang=en><meta charset=utf-8><title>Test</title><body>{body}");
    let svg = || async { ([(CONTENT_TYPE, "image/svg+xml")], DOT) };
    let gif = || async { ([(CONTENT_TYPE, "image/gif")], moving_gif()) };
    let cut = || async { ([(CONTENT_TYPE, "image/gif")], cut_off_gif()) };
    let style = || async {
        (
            [(CONTENT_TYPE, "text/css")],
            "@import '/missing.css'; p { color: navy }",
        )
    };
    serve(
        Router::new()
            .route("/", get(move || async move { Html(page) }))
            .route("/dot.svg", get(svg))
            .route("/dot.gif", get(gif))
            .route("/cut.gif", get(cut))
            .route("/import.css", get(style))
            .route("/frame", get(async || Html("<p>Framed</p>")))
            .route("/never", get(pending::<()>))
            .fallback(|| async { StatusCode::NOT_FOUND }),
    )
}

/// One pixel, red and blue by turns, a hundredth of a second each.
fn moving_gif() -> Vec<u8> {
    let mut gif = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff".to_vec();
    gif.extend(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00");
    for pixel in [0x44, 0x4c] {
        gif.extend(b"\x21\xf9\x04\x04\x02\x00\x00\x00\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02");
        gif.extend([pixel, 0x01, 0x00]);
    }
    gif.push(0x3b);
    gif
}

/// The beginning of an image of 20 × 20 pixels.
fn cut_off_gif() -> Vec<u8> {
    let mut gif = b"GIF89a\x14\x00\x14\x00\x80\x00\x00\xff\x00\x00\x00\x00\xff".to_vec();
    gif.extend(b"\x2c\x00\x00\x00\x00\x14\x00\x14\x00\x00\x02\x16\x84\x8f\xa9");
    gif
}

/// Opens a page with this body and takes its picture.
fn shoot(wait: Duration, body: &str, terms: &ScreenshotTerms) -> Result<Vec<u8>, PageError> {
    let site = site(body);
    with_page(wait, async |page| {
        page.open(site.url()).await.unwrap();
        page.take_screenshot(terms).await.map(|(picture, _)| picture)
    })
}

pub fn targets(phrases: &[&str]) -> ScreenshotTerms {
    ScreenshotTerms {
        targets: phrases.iter().map(|phrase| the(phrase)).collect::<Vec<Locator>>(),
        ..ScreenshotTerms::default()
    }
}

fn allowing(allowance: Allowance) -> ScreenshotTerms {
    ScreenshotTerms {
        allowed: vec![allowance],
        ..ScreenshotTerms::default()
    }
}

/// Fails the test unless no picture was taken, with all of this as the reason.
#[track_caller]
fn must_be_refused(body: &str, terms: &ScreenshotTerms, reasons: &[&str]) {
    let message = match shoot(SHORT, body, terms) {
        Ok(_) => panic!("a picture was taken of {body}"),
        Err(error) => error.to_string(),
    };
    for reason in reasons {
        assert!(
            message.contains(reason),
            "{reason:?} is not told of {body} in:\n{message}"
        );
    }
}

const TURN: &str = "<style>@keyframes turn { to { transform: rotate(1turn) } }
    i { display: block; width: 30px; height: 30px; border: 3px dotted; animation: turn 1s linear infinite }</style>";

#[test]
fn what_is_loading_is_not_taken_and_named() {
    let cases = [
        (
            "<section aria-busy=true aria-label=News>Soon</section>",
            &["the section \"News\" is marked as busy", "@allow:loading"][..],
        ),
        ("<progress aria-label=Upload></progress>", &["\"Upload\" shows"]),
        (
            "<iframe title=Inner srcdoc='<p>Please wait\u{2026}</p>'></iframe>",
            &["the page says \"Please wait\u{2026}\""],
        ),
        (
            "<form><input name=matches><input name=children><input name=id><p>Loading...</p></form>",
            &["the page says \"Loading...\""],
        ),
        ("<p>Loading\u{2026}</p>", &["the page says \"Loading\u{2026}\""]),
        ("<p>Chargement des documents...</p>", &["Chargement des documents..."]),
        ("<button>Cargando \u{2026}</button>", &["Cargando"]),
        ("<p>\u{417}агрузка\u{2026}</p>", &["агрузка"]),
        ("<p dir=rtl>جارٍ التحميل\u{2026}</p>", &["جارٍ التحميل"]),
        ("<p>正在加载数据…</p>", &["正在加载数据"]),
        ("<div class=loading-box><p>Please wait</p></div>", &["Please wait"]),
        ("<p>Loading</p>", &["the page says \"Loading\""]),
        (
            "<div class='my-spinner sm' style='width:30px;height:30px;border:3px dotted'></div>",
            &["is a spinner"],
        ),
        (
            "<h2>News</h2><div class=text-skeleton style='background:#ddd;height:16px'></div>",
            &["<div class=\"text-skeleton\"", "placeholder"],
        ),
        (
            "<div style='background:#ddd;height:14px;margin:4px'></div><div style='background:#ddd;height:14px;margin:4px'></div>",
            &["placeholder"],
        ),
        (
            &format!("{TURN}<section aria-label=News><i></i></section>"),
            &["<i> in the section \"News\" is a spinner"],
        ),
        (
            &format!("<x-wheel><template shadowrootmode=open>{TURN}<i></i></template></x-wheel>"),
            &["<i> is a spinner"],
        ),
    ];
    let unnamed = "<style>@keyframes hop { 50% { transform: translateY(-8px) } } .dots b { display: inline-block; width: 8px; height: 8px;
          background: navy; animation: hop 1s infinite }
        @keyframes turn { to { transform: rotate(1turn) } }
        .wheel::before { content: ''; display: block; width: 24px; height: 24px; animation: turn 1s linear infinite }
        .note::after { content: 'Loading\u{2026}' } .line { height: 14px; background: #ddd } .face { width: 40px; height: 40px; border-radius: 50%; background: #e0e0e0 }
        .shade { height: 14px; background: linear-gradient(90deg, #eee, #ddd, #eee) }</style>";
    let all = "<p class=dots><b></b><b></b><b></b></p><div class=wheel></div><section><h2>News</h2><div class=line></div></section>
        <div class=face></div><div class=line></div><p>Fees</p><div class=shade></div><div class=shade></div><p class=note></p>
        <p>Your notes are loading\u{2026}</p><p>Please wait</p><p id=host></p>
        <script>host.attachShadow({ mode: 'closed' }).innerHTML = 'Loading rates\u{2026}'</script>";
    let reasons = [
        "<b> is a spinner",
        "<div class=\"wheel\"> is a spinner",
        "<div class=\"line\"> is a placeholder",
        "<div class=\"face\"> is a placeholder",
        "<div class=\"shade\"> is a placeholder",
        "the page says \"Loading\u{2026}\", in the paragraph \"Loading\u{2026}\"",
        "the page says \"Your notes are loading\u{2026}\"",
        "the page says \"Please wait\"",
        "the page says \"Loading rates\u{2026}\"",
    ];
    must_be_refused(&format!("{unnamed}{all}"), &ScreenshotTerms::default(), &reasons);
    let shimmer = "<style>@keyframes move { to { background-position: 200px } }</style><div style='height:16px;
        background:linear-gradient(90deg,#ddd,#fff,#ddd);animation:move 1s infinite'></div>";
    must_be_refused(shimmer, &ScreenshotTerms::default(), &["still loading"]);
    side_by_side(&cases, |(body, reasons)| {
        must_be_refused(body, &ScreenshotTerms::default(), reasons);
    });
}

#[test]
fn what_has_not_come_is_not_taken_and_named() {
    let cases = [
        (
            "<img alt=Chart src=/never width=50 height=50>",
            "\"Chart\" is still loading (/never)",
        ),
        (
            "<iframe title=Map src=/never></iframe>",
            "the frame \"Map\" is still loading",
        ),
        (
            "<p style='height:50px;background:url(/never)'></p>",
            "the background image of <p style=\"height:50px;background:url(/never)\"> is still loading (/never)",
        ),
        (
            "<link rel=stylesheet href=/never>",
            "the style sheet /never is still loading",
        ),
    ];
    side_by_side(&cases, |(body, reason)| {
        let later = format!("<script>onload = () => document.body.insertAdjacentHTML('beforeend', `{body}`)</script>");
        must_be_refused(&later, &ScreenshotTerms::default(), &[reason]);
    });
}

#[test]
fn what_only_resembles_loading_or_is_not_in_the_picture_is_no_obstacle() {
    let body = format!(
        "<nav><a href=/>Loading</a> <a href=/>Unloading</a></nav><h1>Loading and unloading</h1><p>Loading the ship takes a day.</p>
        <p hidden>Loading\u{2026}</p><p style='opacity:0'>Loading\u{2026}</p><div style='height:0;overflow:hidden'><p>Loading\u{2026}</p></div>
        <style>@keyframes glow {{ 50% {{ opacity: 0 }} }}</style><b style='animation: glow 1s infinite'>New</b>
        <div class=skeleton-theme>All is here</div><div style='position:absolute;left:-900px' aria-busy=true>Far off</div>
        <div style='height:3000px'></div><img alt=Late loading=lazy src=/never><img alt=Broken src=/missing><p>Loading\u{2026}</p>
        {TURN}<i></i><section aria-busy=true>Below</section>"
    );
    let still = "<section><h2>News</h2><div style='height:6px;background:#ddd'></div></section><section><h2>Fees</h2><div style='height:14px;background:#ddd'></div>
        <p>None</p></section><div style='width:40px;height:40px;border-radius:50%;background:#ddd'></div><p>Amara</p><p>The ships are loading.</p>
        <table><tr><td>Loading</table><i class=spinner></i>
        <p>Please wait for the letter.</p><a href=/>Please wait</a><style>p::after { content: '!' }</style>";
    shoot(PATIENCE, still, &ScreenshotTerms::default()).unwrap();
    shoot(PATIENCE, &body, &ScreenshotTerms::default()).unwrap();
}

#[test]
fn a_scene_that_names_its_loading_text_may_show_it_and_a_tag_lets_all_of_its_kind_pass() {
    let loading = "<div aria-busy=true class=spinner><p>Loading\u{2026}</p></div>";
    let named = ScreenshotTerms {
        named: vec![the("text \"Loading\u{2026}\"")],
        ..ScreenshotTerms::default()
    };
    shoot(PATIENCE, loading, &named).unwrap();
    must_be_refused(
        &format!("{loading}<section aria-busy=true aria-label=News>Soon</section>"),
        &named,
        &["the section \"News\" is marked as busy"],
    );
    shoot(PATIENCE, loading, &allowing(Allowance::Loading)).unwrap();
    must_be_refused(loading, &allowing(Allowance::BrokenImage), &["busy"]);
}

#[test]
fn what_could_not_be_loaded_is_not_taken_and_named_unless_a_tag_lets_it_pass() {
    let cases = [
        (
            Allowance::BrokenImage,
            "<style>h1::before { content: url(/before.png) } .sky { height: 40px; background: url(/sky.png) }</style><h1>News</h1><p class=sky></p>
             <img alt=Chart src=/chart.png><img alt=Half src=/cut.gif><svg width=50 height=50><image href=/drawn.png width=50 height=50 /></svg>
             <input type=image alt=Go src=/go.png><video poster=/poster.png width=90 height=60></video>",
            &[
                "\"Chart\" could not be loaded (/chart.png)",
                "\"Half\" is cut off: only a part of the image came (/cut.gif)",
                "the button \"Go\" could not be loaded (/go.png)",
                "could not be loaded (/drawn.png)",
                "could not be loaded (/poster.png)",
                "the background image of <p class=\"sky\"> could not be loaded (/sky.png)",
                "the heading \"News\" could not be loaded (/before.png)",
            ][..],
        ),
        (
            Allowance::BrokenStyle,
            "<link rel=stylesheet href=/gone.css><link rel=stylesheet href=/import.css><style>@import '/lost.css';</style>",
            &[
                "the style sheet /gone.css could not be loaded",
                "the style sheet /missing.css could not be loaded",
                "the style sheet /lost.css could not be loaded",
            ],
        ),
        (
            Allowance::BrokenFont,
            "<style>@font-face { font-family: Icons; src: url(/missing.woff2) } p { font-family: Icons }</style><p>Home</p>",
            &["the font Icons could not be loaded"],
        ),
        (
            Allowance::BrokenFrame,
            "<iframe title=Map src=/map></iframe><iframe title=News src=http://127.0.0.1:1/news></iframe>",
            &[
                "the document in the frame \"Map\" could not be loaded (/map, error status 404)",
                "the document in the frame \"News\" could not be loaded (http://127.0.0.1:1/news)",
            ],
        ),
    ];
    side_by_side(&cases, |(allowance, body, reasons)| {
        must_be_refused(
            body,
            &ScreenshotTerms::default(),
            &[reasons, &["@allow:broken-"][..]].concat(),
        );
        shoot(PATIENCE, body, &allowing(*allowance)).unwrap();
    });
    let whole = "<img alt=Dot src=/dot.svg><img alt=Red src=/dot.gif><svg><image href=/dot.svg /></svg><input type=image alt=Go src=/dot.svg>
        <video poster=/dot.svg></video><iframe src=/frame></iframe><iframe sandbox src=/frame></iframe>
        <style>@import '/missing.css' print;</style>";
    shoot(PATIENCE, whole, &ScreenshotTerms::default()).unwrap();
}

#[test]
fn a_target_that_nobody_sees_is_not_taken() {
    let cases = [
        ("<button style='opacity:0'>Buy</button>", "the button \"Buy\" is"),
        (
            "<div style='opacity:0'><button>Buy</button></div>",
            "the button \"Buy\" is",
        ),
        (
            "<div style='height:4px;overflow:hidden'><button>Buy</button></div>",
            "the button \"Buy\" is",
        ),
        (
            "<button style='position:absolute;left:-500px'>Buy</button>",
            "the button \"Buy\" is",
        ),
    ];
    side_by_side(&cases, |(body, reason)| {
        must_be_refused(body, &targets(&["button \"Buy\""]), &[reason]);
    });
}

#[test]
fn a_target_of_which_nothing_is_drawn_is_not_taken() {
    const VEIL: &str = "position:fixed;inset:0;pointer-events:none;background:";
    let cases = [
        "<h1 style='color:#fefefe'>Prices</h1>",
        "<h1 style='color:transparent;text-shadow:0 0 transparent'>Prices</h1>",
        "<h1 style='backface-visibility:hidden;transform:rotateY(180deg)'>Prices</h1>",
        "<h1 style='mask-image:linear-gradient(transparent,transparent)'>Prices</h1>",
        "<h1 style='clip-path:ellipse(0 0)'>Prices</h1>",
        "<h1 style='text-indent:-9999px;overflow:hidden'>Prices</h1>",
        "<h1 style='font-size:1px;color:#fafafa'>Prices</h1>",
        &format!("<h1>Prices</h1><div style='{VEIL}linear-gradient(#fff,#fff)'></div>"),
        &format!("<h1>Prices</h1><svg style='{VEIL}#eee' width=2000 height=2000></svg>"),
        "<h1>Prices</h1><p style='position:fixed;top:-20px;box-shadow:0 0 0 9999px #eee;pointer-events:none'>A",
    ];
    side_by_side(&cases, |body| {
        must_be_refused(body, &targets(&["heading \"Prices\""]), &["the heading \"Prices\""]);
    });
    let even = "<div role=img aria-label=Swatch style='width:60px;height:60px'></div>";
    must_be_refused(
        even,
        &targets(&["image \"Swatch\""]),
        &["one colour", "@allow:one-colour"],
    );
    let swatch = ScreenshotTerms {
        allowed: vec![Allowance::OneColour],
        ..targets(&["image \"Swatch\""])
    };
    shoot(PATIENCE, even, &swatch).unwrap();
    let drawn = "<h1 style='color:#ddd'>Prices</h1><input aria-label=Price><hr>";
    shoot(
        PATIENCE,
        drawn,
        &targets(&["heading \"Prices\"", "text field \"Price\""]),
    )
    .unwrap();
}

#[test]
fn what_scripts_draw_again_and_again_is_not_taken_and_named() {
    let canvas = "<canvas aria-label=Radar role=img width=60 height=60></canvas><script>
        const pen = document.querySelector('canvas').getContext('2d'); let turn = 0;
        setInterval(() => { pen.fillStyle = `hsl(${turn += 23.7} 90% 50%)`; pen.fillRect(0, 0, 60, 60); }, 20)</script>";
    must_be_refused(
        canvas,
        &ScreenshotTerms::default(),
        &["\"Radar\" looks different from one moment to the next", "@allow:moving"],
    );
    shoot(PATIENCE, canvas, &allowing(Allowance::Moving)).unwrap();
    let slow = "<i style='display:block;width:30px;height:30px;border:3px dotted'></i><script>const i = document.querySelector('i'); let turn = 0;
        const go = () => { i.style.rotate = `${turn += 30}deg`; setTimeout(go, 900) }; go()</script>";
    must_be_refused(slow, &ScreenshotTerms::default(), &["<i", "looks different"]);
    let counter = "<p>0</p><script>setInterval(() => document.querySelector('p').textContent++, 5)</script>";
    must_be_refused(
        counter,
        &ScreenshotTerms::default(),
        &["does not come to rest", "the text \""],
    );
}

#[test]
fn what_the_page_changes_back_is_not_taken() {
    let body = "<label>Boat <input oninput='setTimeout(() => { this.value = ``; })'></label><label><input type=checkbox checked> Ready</label>";
    let setting = |target: &str, property, value: &str| Setting {
        target: the(target),
        property,
        value: value.into(),
    };
    let settings = |boat: &str| ScreenshotTerms {
        settings: vec![
            setting("text field \"Boat\"", Property::Typed, boat),
            setting("check box \"Ready\"", Property::Checked, "true"),
        ],
        ..ScreenshotTerms::default()
    };
    shoot(PATIENCE, body, &settings("")).unwrap();
    must_be_refused(
        body,
        &settings("Heron"),
        &["the text field \"Boat\" is no longer as the step left it"],
    );
}

#[test]
fn a_secret_is_not_taken_wherever_it_stands() {
    for body in [
        "<p>Hunter2222</p>",
        "<p>Hunt&shy;er&#8203;2222</p>",
        "<input placeholder=Hunter2222>",
        "<style>p::after { content: 'Hunter2222' }</style><p></p>",
        "<input value=Hunter><input value=2222>",
        "<select size=3><optgroup label=Hunter2222><option>One</select>",
        "<p id=host></p><script>host.attachShadow({ mode: 'closed' }).innerHTML = 'Hunter2222'</script>",
    ] {
        let terms = ScreenshotTerms {
            secrets: ["Hunter2222"].into_iter().collect(),
            ..ScreenshotTerms::default()
        };
        must_be_refused(body, &terms, &["a secret would be readable in the picture"]);
    }
    shoot(
        PATIENCE,
        "<input type=password value=Hunter2222>",
        &ScreenshotTerms::default(),
    )
    .unwrap();
}

#[test]
fn only_news_of_errors_keep_a_picture_from_being_taken() {
    let good = "<div role=alert class='MuiAlert-root MuiAlert-standardSuccess'>Order placed</div>
        <div class='alert alert-success'><p role=alert>Order placed</p></div><p role=status>No errors</p>
        <p class=error>Not red</p><button class='btn error' style='color:red'>Delete</button><table><tr class=danger style='color:red'><td>Overdue</td></table>
        <p style='color:red'>Sale</p><p class=no-error style='color:red'>Fine</p>
        <input required><p style='color:#c00'>As in your passport</p><input aria-invalid=true aria-describedby=h><p id=h>Eight digits</p>";
    shoot(PATIENCE, good, &ScreenshotTerms::default()).unwrap();
    for plain in [
        "<div role=alert>Item archived</div>",
        "<div role=alert lang=fr>Enregistr\u{e9}</div>",
    ] {
        shoot(SHORT, plain, &ScreenshotTerms::default()).unwrap();
    }
    let errors = [
        ("<div role=alert>Order refused</div>", "Order refused"),
        (
            "<div role=alert class='alert alert-danger info'>Order archived</div>",
            "Order archived",
        ),
        (
            "<div role=alert>The code does not match</div>",
            "The code does not match",
        ),
        (
            "<div role=alert style='color:#b00'>Order archived</div>",
            "Order archived",
        ),
        ("<div role=alert>Name</div><input aria-invalid=true>", "Name"),
        ("<div role=alert lang=fr>Une erreur est survenue</div>", "Une erreur"),
        ("<div role=alert lang=de>Ung\u{fc}ltiges Datum</div>", "Ung\u{fc}ltiges"),
        ("<div role=alert lang=es>No se pudo guardar</div>", "No se pudo"),
        // No words of its language are known.
        (
            "<div role=alert lang=ru>\u{421}\u{43e}\u{445}\u{440}\u{430}\u{43d}\u{435}\u{43d}\u{43e}</div>",
            "\u{421}",
        ),
        (
            "<div class='alert alert-danger' style='color:#721c24'>Something went wrong</div>",
            "Something",
        ),
        (
            "<p class=field-error style='color:red'>Enter your name</p>",
            "Enter your name",
        ),
        ("<p class=error>Upload failed</p>", "Upload failed"),
        (
            "<input aria-invalid=true><p style='color:#c00'>Enter your name</p>",
            "Enter your name",
        ),
        (
            "<input aria-invalid=true aria-errormessage=e><p style='margin:99px' id=e>Eight digits</p>",
            "Eight digits",
        ),
        (
            "<input required><p><span style='color:#c00'>Your name is missing</span></p>",
            "Your name",
        ),
        ("<p role=status class=error>Upload stopped</p>", "Upload stopped"),
        ("<p role=status>Something went wrong (code 17)</p>", "Something"),
    ];
    side_by_side(&errors, |(error, shown)| {
        must_be_refused(
            error,
            &ScreenshotTerms::default(),
            &[&format!("the page shows an error: {shown}")],
        );
    });
    let named = ScreenshotTerms {
        named: vec![the("text \"Enter your name\"")],
        ..ScreenshotTerms::default()
    };
    shoot(
        PATIENCE,
        "<p class=field-error style='color:red'>Enter your name</p>",
        &named,
    )
    .unwrap();
}

#[test]
fn what_asks_for_consent_to_cookies_is_not_taken_unless_it_belongs_there() {
    let banner = "<div style='position:fixed;bottom:0;left:0;right:0;background:#333;color:#fff'>We use cookies. <button>Accept</button></div>";
    let reasons = [
        "We use cookies",
        "off camera, I click the button",
        "@allow:cookie-banner",
    ];
    must_be_refused(banner, &ScreenshotTerms::default(), &reasons);
    shoot(PATIENCE, banner, &allowing(Allowance::CookieBanner)).unwrap();
    shoot(PATIENCE, banner, &targets(&["button \"Accept\""])).unwrap();
    for other in [
        banner.replace("fixed", "static"),
        banner.replace("cookies", "boats"),
        banner.replace("Accept", "Boats"),
    ] {
        shoot(PATIENCE, &other, &ScreenshotTerms::default()).unwrap();
    }
}

#[test]
fn images_that_move_show_their_first_picture() {
    let body = "<img alt=Red src=/dot.gif width=200 height=200>";
    let first = shoot(PATIENCE, body, &ScreenshotTerms::default()).unwrap();
    assert!(first == shoot(PATIENCE, body, &ScreenshotTerms::default()).unwrap());
}

/// Calls `then` when so many frames were drawn.
const AFTER: &str = "<script>const after = (frames, then) => requestAnimationFrame(() => frames ? after(frames - 1, then) : then())</script>";

#[test]
fn a_page_that_builds_itself_up_is_taken_when_it_is_complete() {
    let cases = [
        // In parts, each of which would be a page at rest; all within the second for which a page's answer is followed, on a loaded
        // machine, too.
        "<script>const part = (n) => after(6, () => { document.body.append(`Part ${n} `); if (n < 4) part(n + 1); }); part(1)</script>",
        // Faded in by a script.
        "<p style='opacity:.1'>Here</p><script>const p = document.querySelector('p');
            const fade = () => { p.style.opacity = +p.style.opacity + .02; if (p.style.opacity < 1) requestAnimationFrame(fade); }; fade()</script>",
        // By timers that a timer sets.
        "<p>Draft</p><script>setTimeout(() => setTimeout(() => { document.querySelector('p').textContent = 'Final' }, 300), 300)</script>",
        // What a toast says is gone soon.
        "<div class=my-toast style='position:fixed;top:9px'>Saved it</div><script>after(90, () => document.querySelector('.my-toast').remove())</script>",
        "<div role=alert>Saved</div><script>after(40, () => document.querySelector('[role=alert]').remove())</script>",
    ];
    for body in cases {
        let body = format!("{AFTER}<h1>Fees</h1>{body}");
        let site = site(&body);
        let (first, second) = with_page(PATIENCE, async |page| {
            page.open(site.url()).await.unwrap();
            let first = page.take_screenshot(&ScreenshotTerms::default()).await.unwrap().0;
            (
                first,
                page.take_screenshot(&ScreenshotTerms::default()).await.unwrap().0,
            )
        });
        assert!(first == second, "the first picture of {body} was taken too early");
    }
}

#[test]
fn what_scripts_have_asked_for_is_waited_for_but_not_for_ever() {
    // The server answers when the page has drawn 60 frames.
    let (drawn, answer) = (std::sync::Arc::new(tokio::sync::Notify::new()), "late");
    let told = drawn.clone();
    let page = format!(
        "<!doctype html><html lang=en><title>Late</title><h1>News</h1><canvas></canvas>{AFTER}<script>
        after(60, () => {{ new Image().src = '/drawn'; }});
        fetch('/late').then((answer) => answer.text()).then((text) => document.querySelector('canvas').getContext('2d').fillText(text, 9, 9));
        fetch('/never'); const request = new XMLHttpRequest(); request.open('GET', '/never'); request.send();</script>"
    );
    let site = serve(
        Router::new()
            .route("/", get(move || async move { Html(page) }))
            .route("/never", get(pending::<()>))
            .route("/drawn", get(move || async move { told.notify_one() }))
            .route(
                "/late",
                get(move || async move {
                    drawn.notified().await;
                    answer
                }),
            ),
    );
    let (first, second) = with_page(Duration::from_secs(6), async |page| {
        page.open(site.url()).await.unwrap();
        let first = page.take_screenshot(&ScreenshotTerms::default()).await.unwrap().0;
        (
            first,
            page.take_screenshot(&ScreenshotTerms::default()).await.unwrap().0,
        )
    });
    assert!(first == second, "the picture was taken before the answer was drawn");
}

/// What is to be found out of the page.
const FOUND: &str = "const opacity = (root, selector) => getComputedStyle(root.querySelector(selector)).opacity;
    return [opacity(document, '.rise'), opacity(document.querySelector('x-box').shadowRoot, 'p'),
        opacity(document.querySelector('y-box').shadowRoot, 'p'), opacity(document, 'b'), opacity(document, '.slide'),
        opacity(document, '#moved'), getComputedStyle(moved).transform, Boolean(window.leaving),
        getComputedStyle(document.querySelector('input')).caretColor, /\\[native code\\]/.test(Element.prototype.animate) && Element.prototype.animate.name];";

#[test]
fn animations_end_at_once_with_all_that_follows_from_their_end() {
    let body = "<style>@keyframes rise { to { opacity: 1 } } .rise { opacity: 0; animation: rise 3s 20s forwards }
        #leaving { transition: opacity 5s 1s } @keyframes blink { 50% { opacity: 0 } }
        @keyframes slide { 0%, 40% { opacity: 1 } 60%, to { opacity: 0 } } .slide { opacity: 0; animation: slide 6s infinite }</style>
        <p class=rise>Risen</p><x-box></x-box><y-box><template shadowrootmode=open><style>@keyframes rise { to { opacity: 1 } }
        p { opacity: 0; animation: rise 3s 20s forwards }</style><p>Declared</p></template></y-box>
        <div id=leaving>Leaving</div><b style='animation: blink 1s infinite'>New</b><p class=slide>Slide</p><p id=moved>Moved</p>
        <input autofocus style='caret-color:red'>
        <script>
          document.adoptedStyleSheets = []; document.adoptedStyleSheets.length = 0;
          const root = document.querySelector('x-box').attachShadow({ mode: 'open' });
          root.innerHTML = `<style>@keyframes rise { to { opacity: 1 } } p { opacity: 0; animation: rise 3s 20s forwards }</style><p>Inside</p>`;
          leaving.ontransitionend = () => leaving.remove();
          requestAnimationFrame(() => requestAnimationFrame(() => { leaving.style.opacity = 0; }));
          moved.animate({ opacity: [0, 1] }, { duration: 20000, delay: 5000, fill: 'both' });
          moved.animate({ transform: ['none', 'translateX(90px)'] }, { duration: 900, iterations: Infinity });
        </script>";
    let site = site(body);
    let found = with_page(PATIENCE, async |page| {
        page.open(site.url()).await.unwrap();
        page.see_none(&the("text \"Leaving\"")).await.unwrap();
        page.take_screenshot(&ScreenshotTerms::default()).await.unwrap();
        page.evaluate(FOUND, &Value::Null).await.unwrap()
    });
    let expected = json!([
        "1",
        "1",
        "1",
        "1",
        "1",
        "1",
        "none",
        false,
        "rgba(0, 0, 0, 0)",
        "animate"
    ]);
    assert_eq!(found, expected);
}

/// What a page says of the time and of chance, in a window whose clock stands still at `moment`.
async fn said(driver: &Driver, url: &str, moment: i64) -> Value {
    const SAID: &str = "const shown = new Intl.DateTimeFormat('en-GB', { dateStyle: 'short', timeStyle: 'short' });
        return [+new Date(), new Date(2020, 1, 1).getFullYear(), Date().slice(0, 15), shown.format(), shown.formatToParts()[0].value,
            new Date() instanceof Date, new Date().constructor === Date, window.Temporal ? Temporal.Now.instant().epochMilliseconds : null,
            window.Temporal ? String(Temporal.Now.plainDateTimeISO()) : null];";
    const CHANCE: &str = "return [Math.random(), Math.random(), Math.random()];";
    let mut options = options((800, 600));
    options.frozen_at = Some(moment);
    let mut page = Page::new(Session::open(driver, &options).await.unwrap(), PATIENCE);
    page.open(url).await.unwrap();
    let said = page.evaluate(SAID, &Value::Null).await.unwrap();
    let chance = page.evaluate(CHANCE, &Value::Null).await.unwrap();
    page.close().await.unwrap();
    json!({ "said": said, "chance": chance })
}

#[test]
fn a_clock_that_stands_still_is_the_same_by_every_way_of_asking_and_so_is_chance() {
    // 2024-07-02T14:27 in Zurich.
    const MOMENT: i64 = 1_719_923_220_000;
    let site = site("<p>Hello</p>");
    let (first, second) = with_driver(async |driver| {
        let first = said(driver, site.url(), MOMENT).await;
        (first, said(driver, site.url(), MOMENT).await)
    });
    assert_eq!(first, second);
    let said = first["said"].as_array().unwrap();
    assert_eq!(
        said[..7],
        [
            json!(MOMENT),
            json!(2020),
            json!("Tue Jul 02 2024"),
            json!("02/07/2024, 14:27"),
            json!("02"),
            json!(true),
            json!(true)
        ]
    );
    if !said[7].is_null() {
        assert_eq!(said[7..], [json!(MOMENT), json!("2024-07-02T14:27:00")]);
    }
    let chance = first["chance"].as_array().unwrap();
    assert!(
        chance[0] != chance[1] && chance[1] != chance[2],
        "keys made of them must differ: {chance:?}"
    );
}

#[test]
fn what_waits_for_time_to_pass_goes_on_though_the_clock_stands_still() {
    // As debounced handlers do: the timer is set anew until enough time has passed.
    let body = "<p role=status></p><script>const begun = Date.now();
        const ask = () => Date.now() - begun < 200 ? setTimeout(ask, 20) : document.querySelector('p').append('done'); ask()</script>";
    let site = site(body);
    with_driver(async |driver| {
        let mut options = options((800, 600));
        options.frozen_at = Some(0);
        let mut page = Page::new(Session::open(driver, &options).await.unwrap(), PATIENCE);
        page.open(site.url()).await.unwrap();
        page.see(&the("text \"done\"")).await.unwrap();
        page.close().await.unwrap();
    });
}

#[test]
fn flags_and_tags_freeze_the_clock_of_any_site() {
    let site = site("<p></p><script>document.querySelector('p').append(new Date().toLocaleString('en-GB'))</script>");
    let kit = Kit::with_feature(
        "Feature: A
  @clock:2024-07-02T14:27 @time-zone:Asia/Tokyo
  Scenario: A tag
    Given I open \"/\"
    Then I see the text \"02/07/2024, 14:27:00\"
  Scenario: A flag
    Given I open \"/\"
    Then I see the text \"31/12/2025, 23:59:00\"
",
    );
    let ended = kit.play(&[
        "run",
        "test.feature",
        "--clock",
        "2025-12-31T23:59",
        "--base-url",
        site.url(),
    ]);
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let refused = kit.play(&["run", "test.feature", "--clock", "noon"]);
    assert_eq!(refused.code, Some(2), "{refused:#?}");
    refused.must_tell(&["2024-07-02T14:27"]);
}

#[test]
fn a_tutorial_s_tag_lets_pass_what_belongs_on_its_pictures() {
    let feature = "@tutorial
Feature: A
  Scenario: B
    Given I open \"/\"
    Then I see the heading \"Hello\"
      \"\"\"
      The image is missing.
      \"\"\"
";
    let site = site("<h1>Hello</h1><img alt=Chart src=/missing.png>");
    let play = |kit: &Kit| kit.play(&["tutorial", "test.feature", "--wait", "1", "--base-url", site.url()]);
    let refused = play(&Kit::with_feature(feature));
    assert_eq!(refused.code, Some(1), "{refused:#?}");
    refused.must_tell(&["\"Chart\" could not be loaded", "@allow:broken-image"]);
    let allowed = play(&Kit::with_feature(
        &feature.replace("@tutorial", "@tutorial @allow:broken-image"),
    ));
    assert_eq!(allowed.code, Some(0), "{allowed:#?}");
}
