//! Rate limiting of guesses: five wrong attempts within fifteen minutes block for fifteen minutes.

use rusqlite::{Connection, params};

/// Wrong attempts within [`WINDOW`] that block.
const ALLOWED: usize = 5;
/// Seconds.
const WINDOW: i64 = 15 * 60;

/// What was attempted.
#[derive(Clone, Copy)]
pub(crate) enum Attempt {
    Login,
    Pairing,
}

impl Attempt {
    fn key(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Pairing => "pairing",
        }
    }
}

/// Records a wrong attempt, and forgets those that no longer count.
pub(crate) fn record_attempt(db: &Connection, what: Attempt, who: &str, now: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM failed_attempt WHERE at <= ?1")?
        .execute([now - 2 * WINDOW])?;
    db.prepare_cached("INSERT INTO failed_attempt (what, who, at) VALUES (?1, ?2, ?3)")?
        .execute(params![what.key(), who, now])?;
    Ok(())
}

/// Forgets the wrong attempts, after a right one.
pub(crate) fn forget_attempts(db: &Connection, what: Attempt, who: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM failed_attempt WHERE what = ?1 AND who = ?2")?
        .execute([what.key(), who])?;
    Ok(())
}

/// Attempts later than `now` were counted by a clock that was ahead, and count from `now`: else they would block until
/// it is caught up with.
pub(crate) fn limit_attempts(db: &Connection, now: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE failed_attempt SET at = ?1 WHERE at > ?1", [now])?;
    Ok(())
}

/// Whether `who` has to wait before the next attempt.
pub(crate) fn is_blocked(db: &Connection, what: Attempt, who: &str, now: i64) -> rusqlite::Result<bool> {
    let times: Vec<i64> = db
        .prepare_cached("SELECT at FROM failed_attempt WHERE what = ?1 AND who = ?2 ORDER BY at DESC")?
        .query_map([what.key(), who], |row| row.get(0))?
        .take(ALLOWED)
        .collect::<Result<_, _>>()?;
    Ok(do_block(&times, now))
}

/// `latest` are the times of the latest wrong attempts, newest first. What is tried while blocked is not counted, so a
/// block lasts [`WINDOW`] from the attempt that caused it.
fn do_block(latest: &[i64], now: i64) -> bool {
    latest.len() >= ALLOWED && latest[0] - latest[ALLOWED - 1] < WINDOW && now < latest[0] + WINDOW
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_wrong_attempts_do_not_block() {
        assert!(!do_block(&[3, 2, 1, 0], 4));
    }

    #[test]
    fn the_fifth_blocks_for_fifteen_minutes() {
        let times = [100, 3, 2, 1, 0];
        assert!(do_block(&times, 100));
        assert!(do_block(&times, 100 + WINDOW - 1));
        assert!(!do_block(&times, 100 + WINDOW));
    }

    #[test]
    fn five_over_a_longer_time_do_not_block() {
        assert!(!do_block(&[WINDOW, 3, 2, 1, 0], WINDOW));
    }
}
