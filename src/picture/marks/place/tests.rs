use super::*;

fn area(x: f64, y: f64, width: f64, height: f64) -> Area {
    Area { x, y, width, height }
}

fn numbered(areas: &[Area]) -> Vec<Mark> {
    (1..)
        .zip(areas)
        .map(|(number, &area)| Mark {
            area,
            number: Some(number),
            words: None,
            clicked: true,
        })
        .collect()
}

fn outlines(areas: &[Area]) -> Vec<Area> {
    let page = Picture::blank(400, 300, [255; 3]);
    let placed = place(&page, 1.0, &numbered(areas));
    placed.outlines.iter().map(|outline| outline.area).collect()
}

#[test]
fn outlines_of_fields_twelve_pixels_apart_do_not_touch() {
    let [upper, lower] = outlines(&[area(50.0, 50.0, 200.0, 34.0), area(50.0, 96.0, 200.0, 34.0)])[..] else {
        panic!("two outlines")
    };
    assert!(upper.y + upper.height + STROKE < lower.y, "{upper:?} {lower:?}");
}

#[test]
fn where_there_is_no_room_for_two_lines_one_lies_in_the_middle() {
    for far in [0.0, 5.0] {
        let [upper, lower] = outlines(&[area(50.0, 50.0, 200.0, 28.0), area(50.0, 78.0 + far, 200.0, 28.0)])[..] else {
            panic!("two outlines")
        };
        let line = 78.0 + far / 2.0;
        assert!(
            (upper.y + upper.height - line).abs() < 0.01 && (lower.y - line).abs() < 0.01,
            "{upper:?} {lower:?}"
        );
        assert!(upper.x < 47.0 && lower.x < 47.0, "the other sides keep their distance");
    }
}

#[test]
fn the_badges_of_rows_stand_beside_their_own() {
    let rows = [area(60.0, 100.0, 230.0, 28.0), area(60.0, 128.0, 230.0, 28.0)];
    let mut page = Picture::blank(400, 300, [255; 3]);
    // The border of the panel that they are in.
    page.lay(&Picture::blank(1, 300, [120; 3]), 44, 0);
    for (badge, row) in place(&page, 1.0, &numbered(&rows)).badges.iter().zip(rows) {
        assert_eq!((badge.x, badge.y), (row.x - BADGE_RADIUS - 2.0, row.y + 14.0));
    }
}

#[test]
fn the_badge_of_a_part_of_the_page_stands_at_its_upper_edge() {
    let page = Picture::blank(800, 400, [255; 3]);
    let widgets = [area(50.0, 50.0, 300.0, 200.0), area(362.0, 50.0, 300.0, 200.0)];
    for (badge, widget) in place(&page, 1.0, &numbered(&widgets)).badges.iter().zip(widgets) {
        assert!(
            badge.y < widget.y && (badge.x - widget.x).abs() <= BADGE_RADIUS + 2.0,
            "at {},{}",
            badge.x,
            badge.y
        );
    }
}

#[test]
fn badges_stay_inside_and_clear_of_targets_and_each_other() {
    let page = Picture::blank(400, 300, [255; 3]);
    let targets = [
        area(0.0, 0.0, 80.0, 20.0),
        area(320.0, 280.0, 80.0, 20.0),
        area(100.0, 100.0, 14.0, 14.0),
        area(100.0, 127.0, 14.0, 14.0),
    ];
    let placed = place(&page, 1.0, &numbered(&targets));
    for (i, badge) in placed.badges.iter().enumerate() {
        let disc = grown(point(badge.x, badge.y), BADGE_RADIUS);
        assert_eq!(
            inside(disc, area(0.0, 0.0, 400.0, 300.0), 0.0),
            disc,
            "badge {i} leaves the picture"
        );
        for target in targets {
            let (across, down) = (
                badge.x.clamp(target.x, target.x + target.width),
                badge.y.clamp(target.y, target.y + target.height),
            );
            assert!(
                (badge.x - across).hypot(badge.y - down) >= BADGE_RADIUS - 0.01,
                "badge {i} hides {target:?}"
            );
        }
        for other in &placed.badges[i + 1..] {
            assert!(
                (badge.x - other.x).hypot(badge.y - other.y) >= 2.0 * BADGE_RADIUS,
                "badge {i} hides another"
            );
        }
    }
}

#[test]
fn a_badge_avoids_what_is_written() {
    let mut page = Picture::blank(400, 300, [255; 3]);
    for x in (20..78).step_by(2) {
        page.lay(&Picture::blank(1, 12, [0; 3]), x, 109);
    }
    let placed = place(&page, 1.0, &numbered(&[area(80.0, 100.0, 100.0, 30.0)]));
    assert!(placed.badges[0].x > 180.0, "the left is written on");
}

#[test]
fn the_pointer_of_a_wide_target_stands_at_its_words() {
    let page = Picture::blank(1000, 300, [255; 3]);
    let wide = Mark {
        area: area(40.0, 50.0, 900.0, 40.0),
        number: None,
        words: Some(area(50.0, 60.0, 150.0, 18.0)),
        clicked: true,
    };
    let placed = place(&page, 1.0, &[wide]);
    let Pointer { x, y, .. } = placed.pointers[0];
    assert!((50.0..=200.0).contains(&x) && y >= 90.0, "at {x},{y}");
}

#[test]
fn an_outline_lies_over_the_page_s_own_ring_or_outside_of_it() {
    let target = area(50.0, 50.0, 200.0, 30.0);
    for (thickness, gap) in [(2, 2.5), (5, 2.5), (6, 8.5)] {
        let mut page = Picture::blank(400, 300, [255; 3]);
        let ring = Picture::blank(200 + 2 * thickness, 30 + 2 * thickness, [0, 90, 200]);
        page.lay(&ring, 50 - thickness, 50 - thickness);
        page.lay(&Picture::blank(200, 30, [255; 3]), 50, 50);
        let outline = place(&page, 1.0, &numbered(&[target])).outlines[0].area;
        assert!((outline.x - (50.0 - gap)).abs() < 0.3, "{thickness}: {outline:?}");
    }
}

#[test]
fn a_pointer_in_a_menu_covers_neither_the_next_entry_nor_the_menu_s_edge() {
    let mut page = Picture::blank(400, 300, [255; 3]);
    let (menu, next) = (area(100.0, 50.0, 240.0, 38.0), area(116.0, 92.0, 134.0, 30.0));
    for x in (116..250).step_by(2) {
        page.lay(&Picture::blank(1, 30, [0; 3]), x, 92);
    }
    page.lay(&Picture::blank(1, 150, [100; 3]), 340, 40);
    // A shadow, which only hides an entry if it is taken for writing.
    for (x, grey) in (341..360).zip(200..) {
        page.lay(&Picture::blank(1, 150, [grey; 3]), x, 40);
    }
    let clicked = Mark {
        area: menu,
        number: None,
        words: None,
        clicked: true,
    };
    let placed = place(&page, 1.0, &[clicked]);
    let pointer = &placed.pointers[0];
    let body = area(pointer.x, pointer.y, POINTER_WIDTH, POINTER_HEIGHT);
    assert!(
        !pointer.mirrored && shared(body, next) <= 0.0,
        "at {},{}",
        pointer.x,
        pointer.y
    );
    assert!(pointer.x + POINTER_WIDTH < 340.0, "at {},{}", pointer.x, pointer.y);
}
