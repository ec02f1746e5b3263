//! What planning costs where a feature file is large: every row of an outline is a scenario of its own.

use crate::kit;
use crate::suite::Suite;
use crate::{at_most, count};

/// Rows of an outline.
const ROWS: [usize; 3] = [1_250, 5_000, 20_000];

const MOST_SECONDS: f64 = 0.3;
const MOST_MEMORY_MIB: f64 = 60.;
/// What one row more adds to the peak.
const MOST_KIB_A_ROW: f64 = 8.;
/// Time of four times as many rows, over that of the rows.
const MOST_GROWTH: f64 = 6.;

/// `docent run --dry-run` of one outline.
pub fn is_linear() -> bool {
    println!("Planning: an outline of five steps, all but one different in every row");
    println!("       rows     wall s   CPU s   peak MiB");
    let [few, some, many] = ROWS.map(|rows| {
        let used = kit::run(&Suite::outline(rows), &["--dry-run".to_owned()]).0;
        let (wall, cpu) = (used.wall.as_secs_f64(), used.cpu.as_secs_f64());
        println!("  {rows:9} {wall:10.3} {cpu:7.3} {:10.1}", used.peak_mib);
        used
    });
    let cpu = |used: &kit::Usage| used.cpu.as_secs_f64();
    [
        at_most("planning 5,000 rows, in s", some.wall.as_secs_f64(), MOST_SECONDS),
        at_most("  its peak, in MiB", some.peak_mib, MOST_MEMORY_MIB),
        at_most("CPU of 20,000 rows over 5,000", cpu(&many) / cpu(&some), MOST_GROWTH),
        at_most(
            "KiB a row",
            (many.peak_mib - few.peak_mib) * 1024. / count(ROWS[2] - ROWS[0]),
            MOST_KIB_A_ROW,
        ),
    ]
    .into_iter()
    .all(|held| held)
}
