//! Rows of tables.

use std::collections::BTreeMap;

use super::ast::{Position, TableCell, TableRow};
use super::error::{Problem, SyntaxError};
use super::line::Line;

/// How many lines of rows with the same fault are named.
const NAMED: usize = 5;

/// A row with its cells. What follows the last bar belongs to none, as the official parser has it.
pub fn row(line: &Line) -> TableRow {
    let start = line.position();
    let mut cells = Vec::new();
    let mut cell = Cell::after(start.column);
    let mut letters = line.text.chars().zip(start.column..).skip(1);
    while let Some((letter, column)) = letters.next() {
        match letter {
            '|' => cells.push(std::mem::replace(&mut cell, Cell::after(column)).finished(start.line)),
            '\\' => cell.escaped(letters.next().map(|(letter, _)| letter)),
            other => cell.text.push(other),
        }
    }
    TableRow { position: start, cells }
}

/// A cell that is being read.
struct Cell {
    /// Column of its first character, a blank mostly.
    column: usize,
    text: String,
}

impl Cell {
    /// The cell behind the bar in this column.
    fn after(bar: usize) -> Self {
        Self {
            column: bar + 1,
            text: String::new(),
        }
    }

    /// `\n`, `\|` and `\\` stand for a new line, a bar and a backslash; another backslash for itself.
    fn escaped(&mut self, letter: Option<char>) {
        match letter {
            Some('n') => self.text.push('\n'),
            Some(letter @ ('|' | '\\')) => self.text.push(letter),
            Some(letter) => self.text.extend(['\\', letter]),
            None => self.text.push('\\'),
        }
    }

    fn finished(self, line: usize) -> TableCell {
        let column = self.column + self.text.chars().take_while(|letter| is_padding(*letter)).count();
        TableCell {
            position: Position { line, column },
            text: self.text.trim_matches(is_padding).to_owned(),
        }
    }
}

/// A new line in a cell is there on purpose.
fn is_padding(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{a0}')
}

/// Every row must have as many cells as the first. Rows with the same fault are one error.
pub fn check(rows: &[TableRow]) -> Vec<SyntaxError> {
    let Some((heading, below)) = rows.split_first() else {
        return Vec::new();
    };
    let wanted = heading.cells.len();
    if wanted == 0 {
        return vec![Problem::NoCell.at(heading.position)];
    }
    let mut wrong: BTreeMap<usize, Vec<Position>> = BTreeMap::new();
    for row in below.iter().filter(|row| row.cells.len() != wanted) {
        wrong.entry(row.cells.len()).or_default().push(row.position);
    }
    let error = |(cells, positions): (usize, Vec<Position>)| {
        let also: Vec<_> = positions.iter().skip(1).map(|position| position.line).collect();
        let problem = Problem::CellCount {
            cells,
            wanted,
            heading: heading.position.line,
            also: named(&also),
        };
        positions.first().map(|position| problem.at(*position))
    };
    wrong.into_iter().filter_map(error).collect()
}

/// What is said of further rows with the same fault.
fn named(lines: &[usize]) -> String {
    let (first, others) = lines.split_at(lines.len().min(NAMED));
    let first = first.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    match (lines.len(), others.len()) {
        (0, _) => String::new(),
        (1, _) => format!(" (as the row in line {first})"),
        (_, 0) => format!(" (as the rows in lines {first})"),
        (_, others) => format!(" (as the rows in lines {first} and {others} more)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(usize, String)> {
        let row = row(&Line::new(1, text));
        row.cells
            .into_iter()
            .map(|cell| (cell.position.column, cell.text))
            .collect()
    }

    #[test]
    fn cells_have_their_columns() {
        assert_eq!(
            cells("  | a |  b c|| \u{a0}d\u{a0} | no cell"),
            [
                (5, "a".into()),
                (10, "b c".into()),
                (14, String::new()),
                (17, "d".into())
            ]
        );
    }

    #[test]
    fn escapes_stand_for_signs_and_other_backslashes_for_themselves() {
        let texts: Vec<_> = cells(r"| a\|b | \\ | x\ny | C:\dir\new | \")
            .into_iter()
            .map(|(_, text)| text)
            .collect();
        assert_eq!(texts, ["a|b", "\\", "x\ny", "C:\\dir\new"]);
    }

    #[test]
    fn a_table_without_cells_is_refused() {
        let rows = [row(&Line::new(1, "| a")), row(&Line::new(2, "| b"))];
        assert_eq!(check(&rows), [Problem::NoCell.at(rows[0].position)]);
    }

    #[test]
    fn rows_with_the_same_fault_are_told_together() {
        let lines = ["| a | b |", "| 1 | 2 |", "| 3 |", "| 4 |", "| 5 | 6 | 7 |"];
        let rows: Vec<_> = (1..)
            .zip(lines)
            .map(|(number, text)| row(&Line::new(number, text)))
            .collect();
        let messages: Vec<_> = check(&rows).iter().map(ToString::to_string).collect();
        assert_eq!(messages.len(), 2);
        assert!(
            messages[0].contains("has 1 cell") && messages[0].contains("line 1 has 2"),
            "{}",
            messages[0]
        );
        assert!(messages[0].contains("in line 4"), "{}", messages[0]);
        assert!(messages[1].contains("has 3 cells"), "{}", messages[1]);
    }
}
