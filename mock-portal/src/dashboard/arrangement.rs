//! What a person does with the widgets on the dashboard, as the form says it.

use rusqlite::Connection;

use super::{moves::Move, store, widget::Widget};
use crate::web::Fields;

/// One change of the dashboard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    Add(&'static str),
    Remove(&'static str),
    Move(Move),
    /// All check boxes at once, where there is no script: only what was changed counts, so that what another tab did
    /// meanwhile stays.
    Apply {
        added: Vec<&'static str>,
        removed: Vec<&'static str>,
    },
}

impl Arrangement {
    /// Reads `change=add:ID`, `remove:ID`, `earlier:ID`, `later:ID`, `before:ID:OTHER`, `last:ID`, or `apply` with the widgets that are ticked
    /// (`widget`) and those that were (`was`).
    pub fn read(fields: &Fields) -> Option<Self> {
        let change = fields.get("change");
        if change == "apply" {
            return Some(Self::Apply {
                added: only_in(fields, "widget", "was"),
                removed: only_in(fields, "was", "widget"),
            });
        }
        let mut parts = change.split(':');
        let verb = parts.next()?;
        let mut id = || Some(Widget::find(parts.next()?)?.id);
        let read = match verb {
            "add" => Self::Add(id()?),
            "remove" => Self::Remove(id()?),
            "earlier" => Self::Move(Move::Earlier(id()?)),
            "later" => Self::Move(Move::Later(id()?)),
            "before" => Self::Move(Move::Before(id()?, id()?)),
            "last" => Self::Move(Move::Last(id()?)),
            _ => return None,
        };
        parts.next().is_none().then_some(read)
    }

    /// Changes the dashboard of `account`.
    pub fn apply(&self, db: &mut Connection, account: i64) -> rusqlite::Result<()> {
        match self {
            Self::Add(id) => store::add(db, account, id),
            Self::Remove(id) => store::remove(db, account, id),
            Self::Move(shift) => store::rearrange(db, account, shift),
            Self::Apply { added, removed } => {
                let transaction = db.transaction()?;
                added.iter().try_for_each(|id| store::add(&transaction, account, id))?;
                removed
                    .iter()
                    .try_for_each(|id| store::remove(&transaction, account, id))?;
                transaction.commit()
            }
        }
    }
}

fn only_in(fields: &Fields, here: &str, not_there: &str) -> Vec<&'static str> {
    let known = fields
        .all(here)
        .filter(|id| fields.all(not_there).all(|other| other != *id));
    known.filter_map(Widget::find).map(|widget| widget.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> Option<Arrangement> {
        Arrangement::read(&Fields::parse(form.as_bytes()))
    }

    #[test]
    fn one_change_names_its_widget() {
        assert_eq!(read("change=add:notepad"), Some(Arrangement::Add("notepad")));
        assert_eq!(
            read("change=later:notepad"),
            Some(Arrangement::Move(Move::Later("notepad")))
        );
        assert_eq!(
            read("change=before:notepad:wipo-lex"),
            Some(Arrangement::Move(Move::Before("notepad", "wipo-lex")))
        );
    }

    #[test]
    fn unknown_widgets_and_verbs_are_no_change() {
        for form in [
            "",
            "change=add",
            "change=add:nothing",
            "change=explode:notepad",
            "change=before:notepad",
            "change=before:notepad:nothing",
            "change=add:notepad:wipo-lex",
        ] {
            assert_eq!(read(form), None, "{form}");
        }
    }

    #[test]
    fn without_script_only_what_was_changed_counts() {
        let change = read("change=apply&was=notepad&was=wipo-lex&widget=wipo-lex&widget=world-clock&widget=nothing");
        assert_eq!(
            change,
            Some(Arrangement::Apply {
                added: vec!["world-clock"],
                removed: vec!["notepad"]
            })
        );
    }
}
