//! Tools from npm that Docent's output is held against. They are installed on first use, pinned by `tests/npm/package-lock.json`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm")
}

static INSTALLED: LazyLock<()> = LazyLock::new(|| {
    let modified = |name: &str| fs::metadata(folder().join(name)).and_then(|file| file.modified());
    let wanted = modified("package-lock.json").unwrap();
    if modified("node_modules/.package-lock.json").is_ok_and(|there| there >= wanted) {
        return;
    }
    // What is optional is compiled on the spot and not needed.
    let installing = Command::new("npm")
        .args(["ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(folder())
        .output()
        .unwrap_or_else(|error| panic!("npm can't be run: {error}. Install it with: apt-get install npm"));
    let said = String::from_utf8_lossy(&installing.stderr).into_owned();
    assert!(
        installing.status.success(),
        "npm ci failed in {}:\n{said}",
        folder().display()
    );
});

/// A folder of an installed package.
pub fn package(path: &str) -> PathBuf {
    LazyLock::force(&INSTALLED);
    folder().join("node_modules").join(path)
}

/// Runs a script of `tests/npm` and returns what it prints; it must end well.
#[track_caller]
pub fn node(script: &str, arguments: &[&OsStr]) -> String {
    LazyLock::force(&INSTALLED);
    let ran = Command::new("node")
        .arg(folder().join(script))
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("node can't be run: {error}. Install it with: apt-get install npm"));
    let said = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(ran.status.success(), "{script}:\n{said}");
    String::from_utf8(ran.stdout).unwrap()
}
