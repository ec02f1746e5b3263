//! Where a moved widget goes in the order of the dashboard.

use crate::widgets::WidgetId;

/// A widget's way to another place. Widgets that are not there, because another tab has taken them off, change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Past its neighbour, towards the beginning.
    Earlier(WidgetId),
    /// Past its neighbour, towards the end.
    Later(WidgetId),
    /// To the place before the second.
    Before(WidgetId, WidgetId),
    /// To the end.
    Last(WidgetId),
}

impl Move {
    /// `order` after the move: the same widgets, each once.
    pub(super) fn apply_to(self, mut order: Vec<WidgetId>) -> Vec<WidgetId> {
        let place = |order: &[WidgetId], id: WidgetId| order.iter().position(|one| *one == id);
        let (Self::Earlier(id) | Self::Later(id) | Self::Before(id, _) | Self::Last(id)) = self;
        let Some(from) = place(&order, id) else { return order };
        let widget = order.remove(from);
        let to = match self {
            Self::Earlier(_) => from.saturating_sub(1),
            Self::Later(_) => (from + 1).min(order.len()),
            Self::Before(_, next) => place(&order, next).unwrap_or(from),
            Self::Last(_) => order.len(),
        };
        order.insert(to, widget);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widget that a letter stands for; "x" is not on the dashboard.
    fn widget(letter: char) -> WidgetId {
        let (_, id) = WIDGETS.into_iter().find(|(known, _)| *known == letter).unwrap();
        WidgetId::parse(id).unwrap()
    }

    const WIDGETS: [(char, &str); 5] = [
        ('a', "patentscope"),
        ('b', "notepad"),
        ('c', "wipo-lex"),
        ('d', "world-clock"),
        ('x', "quick-links"),
    ];

    fn after(shift: Move) -> String {
        let order = "abcd".chars().map(widget).collect();
        let letter = |id: &WidgetId| WIDGETS.iter().find(|(_, known)| *known == id.as_str()).unwrap().0;
        shift.apply_to(order).iter().map(letter).collect()
    }

    fn before(moved: char, next: char) -> Move {
        Move::Before(widget(moved), widget(next))
    }

    #[test]
    fn neighbours_change_places_and_the_ends_hold() {
        assert_eq!(after(Move::Earlier(widget('c'))), "acbd");
        assert_eq!(after(Move::Later(widget('c'))), "abdc");
        assert_eq!(after(Move::Earlier(widget('a'))), "abcd");
        assert_eq!(after(Move::Later(widget('d'))), "abcd");
    }

    #[test]
    fn a_dropped_widget_goes_before_another_or_to_the_end() {
        assert_eq!(after(before('d', 'a')), "dabc");
        assert_eq!(after(before('a', 'd')), "bcad");
        assert_eq!(after(before('b', 'b')), "abcd");
        assert_eq!(after(Move::Last(widget('b'))), "acdb");
    }

    #[test]
    fn a_widget_that_is_not_there_changes_nothing() {
        for shift in [
            Move::Earlier(widget('x')),
            Move::Last(widget('x')),
            before('x', 'a'),
            before('a', 'x'),
        ] {
            assert_eq!(after(shift), "abcd", "{shift:?}");
        }
    }
}
