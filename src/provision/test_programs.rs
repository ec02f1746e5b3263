//! Small programs for tests that stand in for browsers, drivers and package managers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder that is gone with the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a plain file.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Writes an executable shell script.
    ///
    /// Another process writes it: what this one has open for writing, a child that another test is just starting has open
    /// for a moment, too, and the system executes nothing that somebody may still write ("Text file busy").
    pub fn program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.path(name);
        let text = self.file(&format!("{name}.text"), format!("#!/bin/sh\n{script}\n"));
        let installed = Command::new("install")
            .args(["-m", "755"])
            .args([&text, &path])
            .status();
        assert!(installed.unwrap().success(), "{}", path.display());
        fs::remove_file(text).unwrap();
        path
    }
}

/// A script that tells its version.
pub fn versioned(answer: &str) -> String {
    format!("echo '{answer}'")
}

/// A script that ends badly.
pub fn failing(status: u8, complaint: &str) -> String {
    format!("echo '{complaint}' >&2; exit {status}")
}
