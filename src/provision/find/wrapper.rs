//! Scripts that stand where a browser is looked for.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Whether this leads to a snap: a link to the `snap` command, a file below `/snap`, or a script that starts one.
pub fn is_snap(path: &Path) -> bool {
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    file.file_name().is_some_and(|name| name == "snap")
        || file.starts_with("/snap")
        || script(path).is_some_and(|text| text.contains("/snap/bin/"))
}

/// The executable that a wrapper script runs as its child, so that we start and end the browser itself.
///
/// Debian's `/usr/bin/chromium-headless-shell` is such a script. One that replaces itself (`exec`) stays: it is no process
/// between the browser and us, and may set things up that the browser needs.
pub fn behind_wrapper(path: PathBuf) -> PathBuf {
    let wrapped = script(&path).and_then(|text| {
        let runs = text
            .lines()
            .map(str::trim_start)
            .filter(|line| !line.starts_with(['#']) && !line.starts_with("exec "));
        let words = runs.flat_map(|line| line.split([' ', '\t', '"', '\'']));
        let same_name = words
            .map(Path::new)
            .filter(|word| word.is_absolute() && word.file_name() == path.file_name());
        same_name
            .filter(|word| *word != path && is_executable(word))
            .map(Path::to_owned)
            .next()
    });
    wrapped.unwrap_or(path)
}

/// The text of a file that begins with `#!`.
fn script(path: &Path) -> Option<String> {
    const LONGEST_SCRIPT: u64 = 64 * 1024;
    let mut file = File::open(path).ok()?;
    let mut start = [0; 2];
    file.read_exact(&mut start).ok()?;
    let mut text = String::new();
    (start == *b"#!").then_some(())?;
    file.take(LONGEST_SCRIPT).read_to_string(&mut text).ok()?;
    Some(text)
}

fn is_executable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::test_programs::Folder;

    /// A browser in `lib/` and the wrapper script given for it.
    fn wrapped(line: impl Fn(&str) -> String) -> (Folder, PathBuf, PathBuf) {
        let folder = Folder::new();
        let browser = folder.program("lib/chromium-headless-shell", "");
        let wrapper = folder.program("bin/chromium-headless-shell", &line(&browser.display().to_string()));
        (folder, browser, wrapper)
    }

    #[test]
    fn sees_the_browser_behind_a_wrapper_that_runs_it_as_a_child() {
        for arguments in ["", " \"$@\"", " --flag"] {
            let (_folder, browser, wrapper) = wrapped(|browser| format!("\n{browser}{arguments}"));
            assert_eq!(behind_wrapper(wrapper), browser, "{arguments}");
        }
        let (_folder, browser, wrapper) = wrapped(|browser| format!("  \"{browser}\" \"$@\""));
        assert_eq!(behind_wrapper(wrapper), browser);
    }

    #[test]
    fn leaves_a_wrapper_that_becomes_the_browser() {
        let (_folder, _, wrapper) = wrapped(|browser| format!("export A=1\nexec {browser} \"$@\""));
        assert_eq!(behind_wrapper(wrapper.clone()), wrapper);
    }

    #[test]
    fn leaves_what_names_no_other_executable_of_its_name() {
        let folder = Folder::new();
        for script in [
            "/no/such/folder/chromium \"$@\"",
            "/bin/sh -c true",
            "# /bin/chromium",
            "$LIBDIR/chromium",
        ] {
            let wrapper = folder.program("chromium", script);
            assert_eq!(behind_wrapper(wrapper.clone()), wrapper, "{script}");
        }
    }

    #[test]
    fn knows_a_snap_by_link_and_by_script() {
        let folder = Folder::new();
        folder.program("snap", "");
        std::os::unix::fs::symlink(folder.path("snap"), folder.path("chromium")).unwrap();
        assert!(is_snap(&folder.path("chromium")));
        assert!(is_snap(
            &folder.program("chromium-browser", "exec /snap/bin/chromium \"$@\"")
        ));
        assert!(!is_snap(
            &folder.program("google-chrome", "exec /opt/google/chrome/chrome \"$@\"")
        ));
    }
}
