//! What a person does with the widgets on the dashboard, as the form says it.

use rusqlite::Connection;

use super::{moves::Move, store};
use crate::{
    store::{AccountId, add_widget, remove_widget},
    web::Fields,
    widgets::WidgetId,
};

/// One change of the dashboard.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    Add(WidgetId),
    Remove(WidgetId),
    Move(Move),
    /// All check boxes at once, where there is no script: only what was changed counts, so that what another tab did
    /// meanwhile stays.
    Apply {
        added: Vec<WidgetId>,
        removed: Vec<WidgetId>,
    },
}

impl Arrangement {
    /// Reads `change=add:ID`, `remove:ID`, `earlier:ID`, `later:ID`, `before:ID:OTHER`, `last:ID`, or `apply` with the
    /// widgets that are ticked (`widget`) and those that were (`was`).
    pub(super) fn read(fields: &Fields) -> Option<Self> {
        let change = fields.get("change");
        if change == "apply" {
            return Some(Self::Apply {
                added: only_in(fields, "widget", "was"),
                removed: only_in(fields, "was", "widget"),
            });
        }
        let mut parts = change.split(':');
        let verb = parts.next()?;
        let mut id = || WidgetId::parse(parts.next()?);
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
    pub(super) fn apply(&self, db: &mut Connection, account: AccountId) -> rusqlite::Result<()> {
        match self {
            Self::Add(id) => add_widget(db, account, *id),
            Self::Remove(id) => remove_widget(db, account, *id),
            Self::Move(shift) => store::rearrange(db, account, *shift),
            Self::Apply { added, removed } => {
                let transaction = db.transaction()?;
                added.iter().try_for_each(|id| add_widget(&transaction, account, *id))?;
                removed
                    .iter()
                    .try_for_each(|id| remove_widget(&transaction, account, *id))?;
                transaction.commit()
            }
        }
    }
}

fn only_in(fields: &Fields, here: &str, not_there: &str) -> Vec<WidgetId> {
    let known = fields
        .all(here)
        .filter(|id| fields.all(not_there).all(|other| other != *id));
    known.filter_map(WidgetId::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(form: &str) -> Option<Arrangement> {
        Arrangement::read(&Fields::parse(form.as_bytes()))
    }

    fn id(text: &str) -> WidgetId {
        WidgetId::parse(text).unwrap()
    }

    #[test]
    fn one_change_names_its_widget() {
        assert_eq!(read("change=add:notepad"), Some(Arrangement::Add(id("notepad"))));
        assert_eq!(
            read("change=later:notepad"),
            Some(Arrangement::Move(Move::Later(id("notepad"))))
        );
        assert_eq!(
            read("change=before:notepad:wipo-lex"),
            Some(Arrangement::Move(Move::Before(id("notepad"), id("wipo-lex"))))
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
                added: vec![id("world-clock")],
                removed: vec![id("notepad")]
            })
        );
    }
}
