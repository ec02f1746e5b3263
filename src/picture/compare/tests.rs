//! Pages are drawn with one font at other places, sizes and smoothings: what browsers do, without a browser.

use ab_glyph::{Font, FontRef, ScaleFont};

use super::*;

const WHITE: [u8; 3] = [255; 3];
const BLUE: [u8; 3] = [0x0b, 0x5c, 0xad];

/// How letters are put on the page.
#[derive(Clone, Copy)]
struct Rendering {
    /// Added to each letter's place, in CSS pixels.
    shift: f32,
    /// Letters stand on whole pixels, as without subpixel positioning.
    whole_pixels: bool,
    /// Exponent of the coverage: below 1 letters are bolder.
    gamma: f32,
}

const PLAIN: Rendering = Rendering {
    shift: 0.0,
    whole_pixels: false,
    gamma: 1.0,
};

struct Page {
    picture: Picture,
    scale: f32,
    rendering: Rendering,
    /// How much lower everything stands, in CSS pixels.
    down: f32,
}

impl Page {
    fn new(scale: f32, rendering: Rendering) -> Self {
        Self {
            picture: Picture::blank((480.0 * scale) as u32, (160.0 * scale) as u32, WHITE),
            scale,
            rendering,
            down: 0.0,
        }
    }

    fn block(&mut self, x: f32, y: f32, width: f32, height: f32, colour: [u8; 3]) -> &mut Self {
        let px = |length: f32| (length * self.scale) as u32;
        let block = Picture::blank(px(width), px(height), colour);
        self.picture.lay(&block, px(x), px(y + self.down));
        self
    }

    /// Text of 14 CSS pixels, its baseline at `y`.
    fn text(&mut self, x: f32, y: f32, text: &str, colour: [u8; 3]) -> &mut Self {
        let font = FontRef::try_from_slice(notosans::REGULAR_TTF)
            .unwrap()
            .into_scaled(19.0 * self.scale);
        let mut pen = (x + self.rendering.shift) * self.scale;
        for letter in text.chars() {
            let mut glyph = font.scaled_glyph(letter);
            glyph.position = ab_glyph::point(pen, (y + self.down) * self.scale);
            let advance = font.h_advance(glyph.id);
            pen += if self.rendering.whole_pixels {
                advance.round()
            } else {
                advance
            };
            let Some(outlined) = font.outline_glyph(glyph) else {
                continue;
            };
            let corner = outlined.px_bounds().min;
            outlined.draw(|right, down, cover| {
                self.ink(
                    (corner.x + right as f32) as u32,
                    (corner.y + down as f32) as u32,
                    cover,
                    colour,
                );
            });
        }
        self
    }

    fn ink(&mut self, x: u32, y: u32, cover: f32, colour: [u8; 3]) {
        let start = self.picture.start(x, y);
        let cover = cover.clamp(0.0, 1.0).powf(self.rendering.gamma);
        for (channel, ink) in self.picture.rgba[start..start + 3].iter_mut().zip(colour) {
            *channel = (f32::from(*channel) * (1.0 - cover) + f32::from(ink) * cover) as u8;
        }
    }
}

/// What a test changes on the page; as it is, nothing.
#[derive(Clone, Copy)]
struct Content {
    id: &'static str,
    button: &'static str,
    button_left: f32,
    button_colour: [u8; 3],
    ticked: bool,
    icon: bool,
    tip: &'static str,
    /// How much lower everything stands.
    lower: f32,
}

const CONTENT: Content = Content {
    id: "41207",
    button: "Pair",
    button_left: 20.0,
    button_colour: BLUE,
    ticked: false,
    icon: true,
    tip: "To the front page",
    lower: 0.0,
};

fn page(content: Content, scale: f32, rendering: Rendering) -> Picture {
    let mut page = Page::new(scale, rendering);
    page.down = content.lower;
    page.block(0.0, 0.0, 480.0, 32.0, [0, 0x2f, 0x6c])
        .text(20.0, 21.0, content.tip, WHITE)
        .text(360.0, 21.0, content.id, WHITE);
    // The edge of a panel that the button stands close to.
    page.block(86.0, 68.0, 1.0, 38.0, [0x5a, 0x68, 0x78]);
    page.text(
        20.0,
        56.0,
        "Your account isn't paired to your Office",
        [0x1d, 0x27, 0x33],
    );
    page.block(content.button_left, 70.0, 64.0, 34.0, content.button_colour);
    page.text(content.button_left + 18.0, 92.0, content.button, WHITE);
    page.block(20.0, 120.0, 14.0, 14.0, [0x70; 3])
        .block(21.0, 121.0, 12.0, 12.0, WHITE);
    if content.ticked {
        page.block(24.0, 124.0, 6.0, 6.0, BLUE);
    }
    if content.icon {
        page.block(300.0, 122.0, 10.0, 10.0, [0x5a, 0x68, 0x78]);
    }
    page.text(42.0, 132.0, "Distribution Reports", [0x1d, 0x27, 0x33]);
    page.picture
}

fn assert_different(what: &str, changed: Content) {
    for scale in [1.0, 2.0] {
        let (before, after) = (page(CONTENT, scale, PLAIN), page(changed, scale, PLAIN));
        for (accepted, taken) in [(&before, &after), (&after, &before)] {
            let comparison = compare(accepted, taken, scale.into());
            assert!(
                matches!(comparison, Comparison::Different(_)),
                "{what} at scale {scale}: {comparison:?}"
            );
        }
    }
}

#[test]
fn equal_pixels_are_the_same() {
    assert_eq!(
        compare(&page(CONTENT, 1.0, PLAIN), &page(CONTENT, 1.0, PLAIN), 1.0),
        Comparison::Same
    );
}

#[test]
fn another_rendering_of_the_same_is_alike() {
    let renderings = [
        ("bolder smoothing", Rendering { gamma: 0.7, ..PLAIN }),
        ("lighter smoothing", Rendering { gamma: 1.3, ..PLAIN }),
        ("half a pixel to the right", Rendering { shift: 0.5, ..PLAIN }),
        (
            "letters on whole pixels",
            Rendering {
                whole_pixels: true,
                ..PLAIN
            },
        ),
    ];
    for scale in [1.0, 2.0] {
        for (name, rendering) in renderings {
            let comparison = compare(
                &page(CONTENT, scale, PLAIN),
                &page(CONTENT, scale, rendering),
                scale.into(),
            );
            assert_eq!(comparison, Comparison::WithinTolerance, "{name} at scale {scale}");
        }
    }
}

#[test]
fn a_changed_digit_is_different() {
    assert_different("41208", Content { id: "41208", ..CONTENT });
    assert_different("41217", Content { id: "41217", ..CONTENT });
    assert_different("42107, two digits swapped", Content { id: "42107", ..CONTENT });
}

#[test]
fn a_renamed_button_is_different() {
    assert_different(
        "Link",
        Content {
            button: "Link",
            ..CONTENT
        },
    );
}

#[test]
fn a_button_four_pixels_away_is_different() {
    assert_different(
        "moved",
        Content {
            button_left: 24.0,
            ..CONTENT
        },
    );
}

#[test]
fn a_button_ten_percent_darker_is_different() {
    assert_different(
        "darker",
        Content {
            button_colour: BLUE.map(|channel| channel / 10 * 9),
            ..CONTENT
        },
    );
}

#[test]
fn a_tick_or_an_icon_is_a_difference() {
    assert_different(
        "ticked",
        Content {
            ticked: true,
            ..CONTENT
        },
    );
    assert_different("no icon", Content { icon: false, ..CONTENT });
}

#[test]
fn a_difference_is_told_where_it_is() {
    let (before, after) = (
        page(CONTENT, 2.0, PLAIN),
        page(Content { icon: false, ..CONTENT }, 2.0, PLAIN),
    );
    let Comparison::Different(Changes { regions, share }) = compare(&before, &after, 2.0) else {
        panic!("not different")
    };
    let [region] = regions[..] else {
        panic!("one region: {regions:?}")
    };
    assert!(region.x <= 300.0 && region.x + region.width >= 310.0, "{region:?}");
    assert!(region.y <= 122.0 && region.y + region.height >= 132.0, "{region:?}");
    assert!(share > 0.0 && share < 0.02, "{share}");
}

#[test]
fn another_size_is_a_difference_all_over() {
    let comparison = compare(&Picture::blank(10, 10, WHITE), &Picture::blank(10, 12, WHITE), 1.0);
    let Comparison::Different(changes) = comparison else {
        panic!("not different")
    };
    assert_eq!((changes.share, changes.regions.len()), (1.0, 1));
}

#[track_caller]
fn assert_alike(what: &str, changed: Content) {
    for scale in [1.0, 2.0] {
        let (before, after) = (page(CONTENT, scale, PLAIN), page(changed, scale, PLAIN));
        for (accepted, taken) in [(&before, &after), (&after, &before)] {
            assert_eq!(
                compare(accepted, taken, scale.into()),
                Comparison::WithinTolerance,
                "{what} at scale {scale}"
            );
        }
    }
}

#[test]
fn one_letter_of_a_small_text_is_a_difference() {
    for tip in [
        "To the frent page",
        "To the frcnt page",
        "To thc front page",
        "To the front paqe",
        "To the fronf page",
    ] {
        assert_different(tip, Content { tip, ..CONTENT });
    }
    // As wide as the one that was there.
    let before = Content {
        tip: "All the rest",
        ..CONTENT
    };
    let after = Content {
        tip: "Ali the rest",
        ..CONTENT
    };
    for scale in [1.0, 2.0] {
        let comparison = compare(&page(before, scale, PLAIN), &page(after, scale, PLAIN), scale.into());
        assert!(
            matches!(comparison, Comparison::Different(_)),
            "at scale {scale}: {comparison:?}"
        );
    }
}

#[test]
fn what_stands_up_to_three_pixels_away_is_alike_and_no_further() {
    for lower in [1.0, 2.0, 3.0] {
        assert_alike("all of it lower", Content { lower, ..CONTENT });
    }
    assert_different("all of it too low", Content { lower: 4.0, ..CONTENT });
    assert_alike(
        "the button alone, past the panel's edge beside it",
        Content {
            button_left: 21.0,
            ..CONTENT
        },
    );
    assert_alike(
        "the button alone, by a part of a pixel",
        Content {
            button_left: 20.4,
            ..CONTENT
        },
    );
}
