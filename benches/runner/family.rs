//! CPU of all that a process starts. A browser's processes end by themselves and are waited for by nobody that could tell
//! afterwards what they used, so they are looked at while they live; what one uses after the last look is lost.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The clock's ticks in `/proc`, by Linux's promise to programs (`USER_HZ`).
const TICKS_A_SECOND: u32 = 100;
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Looks at the descendants of a process again and again.
pub struct Family {
    over: Arc<AtomicBool>,
    watcher: JoinHandle<Duration>,
}

impl Family {
    /// Watches all that descends from this process, without itself.
    pub fn watch(ancestor: u32) -> Self {
        let over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&over);
        let watcher = thread::spawn(move || {
            let mut ticks = BTreeMap::new();
            while !told.load(Ordering::Relaxed) {
                look(ancestor, &mut ticks);
                thread::sleep(BETWEEN_LOOKS);
            }
            Duration::from_secs(ticks.values().sum()) / TICKS_A_SECOND
        });
        Self { over, watcher }
    }

    /// What they used until now.
    pub fn cpu(self) -> Duration {
        self.over.store(true, Ordering::Relaxed);
        self.watcher.join().unwrap()
    }
}

/// Notes the ticks of every descendant. One that was known stays one when its parent ends before it does.
fn look(ancestor: u32, known: &mut BTreeMap<u32, u64>) {
    let processes: Vec<Process> = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| Process::read(entry.file_name().to_str()?.parse().ok()?))
        .collect();
    // A parent may have a higher number than its child.
    loop {
        let before = known.len();
        for process in &processes {
            if process.parent == ancestor || known.contains_key(&process.parent) || known.contains_key(&process.id) {
                known.insert(process.id, process.ticks);
            }
        }
        if known.len() == before {
            return;
        }
    }
}

struct Process {
    id: u32,
    parent: u32,
    /// In user and system mode.
    ticks: u64,
}

impl Process {
    /// From `/proc/ID/stat` (proc(5)); None for one that has just ended.
    fn read(id: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in brackets, may hold anything.
        let fields: Vec<_> = stat.rsplit_once(") ")?.1.split(' ').collect();
        let field = |number: usize| fields.get(number - 3)?.parse::<u64>().ok();
        Some(Self {
            id,
            parent: field(4)?.try_into().ok()?,
            ticks: field(14)? + field(15)?,
        })
    }
}
