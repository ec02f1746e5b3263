//! Marks: what the learner is to look at, drawn on a picture.
//!
//! An outline round each target, a number where there are several, a pointer at what is clicked. Shape carries the
//! meaning, colour only helps; a white halo makes each mark legible on any ground.

mod draw;
mod mark;
mod place;
mod ring;
mod sizes;

use super::pixels::Picture;

pub use draw::{ARROW, COLOUR};
pub use mark::Mark;
pub use place::{Badge, Outline, Placed, Pointer, place as place_marks};
pub use sizes::{BADGE_RADIUS, STROKE};

pub use ring::fade as fade_focus_ring;

/// Draws all marks on a copy of a picture of `scale` picture pixels per CSS pixel.
///
/// No mark covers a target; badges and pointers go where they hide least of what else the picture shows.
#[must_use]
pub fn draw_marks(picture: &Picture, scale: f64, marks: &[Mark]) -> Picture {
    let placed = place::place(picture, scale, marks);
    let mut marked = picture.clone();
    let mut canvas = draw::Canvas::new(&mut marked, scale);
    for outline in &placed.outlines {
        canvas.outline(outline);
    }
    for pointer in &placed.pointers {
        canvas.pointer(pointer);
    }
    for badge in &placed.badges {
        canvas.badge(badge);
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::area::Area;

    const WHITE: [u8; 3] = [255; 3];

    fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
        Area { x, y, width, height }
    }

    fn changed_within(before: &Picture, after: &Picture, area: Area, scale: f64) -> usize {
        let px = |length: f64| (length * scale) as u32;
        let (columns, rows) = (
            px(area.x)..px(area.x + area.width),
            px(area.y)..px(area.y + area.height),
        );
        rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
            .filter(|&(x, y)| before.pixel(x, y) != after.pixel(x, y))
            .count()
    }

    #[test]
    fn no_mark_covers_a_target() {
        let fields = [
            area(40.0, 40.0, 200.0, 34.0),
            area(40.0, 82.0, 200.0, 34.0),
            area(40.0, 140.0, 14.0, 14.0),
        ];
        for scale in [1.0, 2.0] {
            let page = Picture::blank((400.0 * scale) as u32, (240.0 * scale) as u32, WHITE);
            let marks: Vec<_> = (1..)
                .zip(fields)
                .map(|(number, area)| Mark {
                    area,
                    number: Some(number),
                    words: None,
                    clicked: number == 3,
                })
                .collect();
            let marked = draw_marks(&page, scale, &marks);
            assert_ne!(page, marked);
            for field in fields {
                assert_eq!(
                    changed_within(&page, &marked, field, scale),
                    0,
                    "{field:?} at scale {scale}"
                );
            }
        }
    }

    #[test]
    fn a_target_at_the_edge_is_still_outlined_on_all_sides() {
        let page = Picture::blank(200, 100, WHITE);
        let marked = draw_marks(
            &page,
            1.0,
            &[Mark {
                area: area(0.0, 0.0, 200.0, 100.0),
                number: None,
                words: None,
                clicked: false,
            }],
        );
        for (x, y) in [(100, 3), (100, 96), (3, 50), (196, 50)] {
            assert_ne!(marked.pixel(x, y), WHITE, "at {x},{y}");
        }
    }

    #[test]
    fn marks_beyond_the_picture_do_no_harm() {
        let page = Picture::blank(50, 50, WHITE);
        let mark = Mark {
            area: area(900.0, -20.0, 0.0, f64::NAN),
            number: Some(1234),
            words: None,
            clicked: true,
        };
        assert_eq!(draw_marks(&page, 1.0, &[mark]).width(), 50);
    }

    #[test]
    fn equal_marks_give_equal_bytes() {
        let page = Picture::blank(200, 100, [0, 47, 108]);
        let marks = [Mark {
            area: area(50.0, 40.0, 60.0, 20.0),
            number: Some(2),
            words: None,
            clicked: true,
        }];
        assert_eq!(
            draw_marks(&page, 1.0, &marks).encode(),
            draw_marks(&page, 1.0, &marks).encode()
        );
    }
}
