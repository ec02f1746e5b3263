use std::collections::BTreeMap;
use std::env;
use std::io::Read;
use std::process::{Command, Stdio};

use super::*;

type Files = BTreeMap<String, Vec<u8>>;

/// More than a pipe or a page holds, so that a process can be killed within a file, too.
fn large(letter: u8) -> Vec<u8> {
    vec![letter; 100_000]
}

fn files(entries: &[(&str, &[u8])]) -> Files {
    entries
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
        .collect()
}

fn old() -> Files {
    files(&[
        ("a.png", &large(b'a')),
        ("gone.png", b"gone"),
        ("manifest.json", b"old"),
        ("mine.txt", b"mine"),
        ("same.png", b"same"),
    ])
}

fn new() -> Files {
    files(&[
        ("a.png", &large(b'A')),
        ("b.png", &large(b'B')),
        ("manifest.json", b"new"),
        ("mine.txt", b"mine"),
        ("same.png", b"same"),
    ])
}

/// Makes `new` of `old`.
fn change() -> Batch {
    let mut batch = Batch::default();
    for name in ["a.png", "b.png", "same.png", "manifest.json"] {
        batch.write(name, new()[name].clone());
    }
    batch.remove("gone.png");
    batch
}

fn put(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

fn there(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read(&path).unwrap())).collect()
}

/// A folder with the old files.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &old());
    folder
}

fn acts() -> usize {
    let folder = folder();
    let mut count = 0;
    let counted = change().commit_through(folder.path(), &mut |_| {
        count += 1;
        Ok(())
    });
    counted.unwrap();
    count
}

#[test]
fn a_change_is_made_and_leaves_nothing_behind() {
    let folder = folder();
    change().commit(folder.path()).unwrap();
    assert_eq!(there(folder.path()), new());
    assert_eq!(recover(folder.path()).unwrap(), Recovery::Unneeded);
}

#[test]
fn a_file_whose_bytes_stay_is_not_touched() {
    let folder = folder();
    let same = folder.path().join("same.png");
    let time = std::time::SystemTime::UNIX_EPOCH;
    File::options()
        .append(true)
        .open(&same)
        .unwrap()
        .set_modified(time)
        .unwrap();
    change().commit(folder.path()).unwrap();
    assert_eq!(fs::metadata(&same).unwrap().modified().unwrap(), time);
}

#[test]
fn a_process_that_dies_at_any_act_leaves_the_old_files_or_the_new_ones() {
    let mut recoveries = Vec::new();
    for fatal in 0..acts() {
        let folder = folder();
        let mut count = 0;
        let died = change().commit_through(folder.path(), &mut |_| {
            count += 1;
            if count > fatal {
                Err(io::ErrorKind::Interrupted.into())
            } else {
                Ok(())
            }
        });
        died.unwrap_err();
        let recovery = recover(folder.path()).unwrap();
        let expected = if recovery == Recovery::Completed { new() } else { old() };
        // Once its list is gone, nothing of a change is left to be done.
        let is_complete = there(folder.path()) == new() && recovery == Recovery::Undone;
        assert!(
            there(folder.path()) == expected || is_complete,
            "act {fatal}: {recovery:?}"
        );
        recoveries.push(recovery);
    }
    for recovery in [Recovery::Completed, Recovery::Undone] {
        assert!(recoveries.contains(&recovery), "{recoveries:?}");
    }
}

#[test]
fn a_full_disk_at_any_write_changes_nothing_and_the_error_says_so() {
    let writes = change().written.len() + 1;
    for full in 0..writes {
        let folder = folder();
        let mut count = 0;
        let error = change()
            .commit_through(folder.path(), &mut |act| {
                count += usize::from(act == Act::Write);
                if act == Act::Write && count > full {
                    Err(io::ErrorKind::StorageFull.into())
                } else {
                    Ok(())
                }
            })
            .map_or_else(|error| error.to_string(), |()| String::new());
        if full < writes - 1 {
            assert!(error.contains("what was there before is untouched"), "{error}");
            assert_eq!(there(folder.path()), old(), "write {full}");
        }
    }
}

#[test]
fn an_error_after_the_change_says_where_the_files_are_and_the_next_run_goes_on() {
    let folder = folder();
    let mut renames = 0;
    let error = change()
        .commit_through(folder.path(), &mut |act| {
            renames += usize::from(act == Act::Rename);
            if renames > 2 {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                Ok(())
            }
        })
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("run the command again") && error.contains(STAGING),
        "{error}"
    );
    assert_eq!(recover(folder.path()).unwrap(), Recovery::Completed);
    assert_eq!(there(folder.path()), new());
}

#[test]
fn a_list_that_names_files_elsewhere_is_refused() {
    let folder = folder();
    let within = folder.path().join("en");
    fs::create_dir_all(within.join(STAGING)).unwrap();
    let list = br#"{ "moved": [], "removed": ["../a.png"] }"#;
    fs::write(within.join(STAGING).join(LIST), list).unwrap();
    let error = recover(&within).unwrap_err().to_string();
    assert!(error.contains("names files elsewhere"), "{error}");
    assert!(folder.path().join("a.png").exists());
}

/// Where the process that is killed does its work.
const VICTIM: &str = "DOCENT_TEST_BATCH_FOLDER";

/// Not a test of its own: the process that is killed. It changes the files to and fro, and tells of every act.
#[test]
fn victim() {
    let Some(folder) = env::var_os(VICTIM).map(PathBuf::from) else {
        return;
    };
    loop {
        let there = there(&folder);
        let (from, to) = if there == old() { (old(), new()) } else { (new(), old()) };
        let mut batch = Batch::default();
        for (name, bytes) in &to {
            batch.write(name, bytes.clone());
        }
        for name in from.keys().filter(|name| !to.contains_key(*name)) {
            batch.remove(name);
        }
        let mut stderr = io::stderr();
        batch.commit_through(&folder, &mut |_| stderr.write_all(b".")).unwrap();
    }
}

#[test]
fn a_hundred_kills_at_random_acts_leave_the_old_files_or_the_new_ones() {
    let folder = folder();
    for _ in 0..100 {
        let mut victim = Command::new(env::current_exe().unwrap())
            .args([
                "files::batch::tests::victim",
                "--exact",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(VICTIM, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let acts = fastrand::usize(1..60);
        victim.stderr.take().unwrap().read_exact(&mut vec![0; acts]).unwrap();
        victim.kill().unwrap();
        victim.wait().unwrap();
        recover(folder.path()).unwrap();
        let there = there(folder.path());
        assert!(there == old() || there == new(), "{:?}", there.keys());
    }
}
