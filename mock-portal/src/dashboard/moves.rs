//! Where a moved widget goes in the order of the dashboard.

/// A widget's way to another place. Widgets that are not there, because another tab has taken them off, change nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// Past its neighbour, towards the beginning.
    Earlier(&'static str),
    /// Past its neighbour, towards the end.
    Later(&'static str),
    /// To the place before the second.
    Before(&'static str, &'static str),
    /// To the end.
    Last(&'static str),
}

impl Move {
    /// `order` after the move: the same widgets, each once.
    pub fn of(self, mut order: Vec<&str>) -> Vec<&str> {
        let place = |order: &[&str], id: &str| order.iter().position(|one| *one == id);
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

    fn after(shift: Move) -> String {
        shift.of(vec!["a", "b", "c", "d"]).concat()
    }

    #[test]
    fn neighbours_change_places_and_the_ends_hold() {
        assert_eq!(after(Move::Earlier("c")), "acbd");
        assert_eq!(after(Move::Later("c")), "abdc");
        assert_eq!(after(Move::Earlier("a")), "abcd");
        assert_eq!(after(Move::Later("d")), "abcd");
    }

    #[test]
    fn a_dropped_widget_goes_before_another_or_to_the_end() {
        assert_eq!(after(Move::Before("d", "a")), "dabc");
        assert_eq!(after(Move::Before("a", "d")), "bcad");
        assert_eq!(after(Move::Before("b", "b")), "abcd");
        assert_eq!(after(Move::Last("b")), "acdb");
    }

    #[test]
    fn what_is_not_there_changes_nothing() {
        for shift in [
            Move::Earlier("x"),
            Move::Last("x"),
            Move::Before("x", "a"),
            Move::Before("a", "x"),
        ] {
            assert_eq!(after(shift), "abcd", "{shift:?}");
        }
    }
}
