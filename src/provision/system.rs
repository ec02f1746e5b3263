//! The machine as the search for a browser sees it: everything a test may want to be otherwise.

use std::env::{self, consts};
use std::ffi::OsString;
use std::fs;

/// The official list of current versions and their downloads
/// (<https://github.com/GoogleChromeLabs/chrome-for-testing#json-api-endpoints>).
pub const RELEASES: &str =
    "https://googlechromelabs.github.io/chrome-for-testing/last-known-good-versions-with-downloads.json";

/// Facts about this machine that decide where a browser is looked for and how one is got.
#[derive(Clone, Debug)]
pub struct System {
    /// As `std::env::consts::OS`: `linux`, `macos`.
    pub os: String,
    /// As `std::env::consts::ARCH`: `x86_64`, `aarch64`.
    pub arch: String,
    /// What kind of Linux it is; empty elsewhere.
    pub distribution: Distribution,
    /// Whether packages may be installed.
    pub is_root: bool,
    /// The value of `PATH`.
    pub path: OsString,
    /// Address of Chrome for Testing's list of current releases.
    pub releases: String,
}

impl System {
    /// This machine.
    #[must_use]
    pub fn this() -> Self {
        let os_release = ["/etc/os-release", "/usr/lib/os-release"]
            .iter()
            .find_map(|path| fs::read_to_string(path).ok());
        Self {
            os: consts::OS.to_owned(),
            arch: consts::ARCH.to_owned(),
            distribution: Distribution::parse(&os_release.unwrap_or_default()),
            is_root: nix::unistd::geteuid().is_root(),
            path: env::var_os("PATH").unwrap_or_default(),
            releases: RELEASES.to_owned(),
        }
    }

    /// Whose package manager and packages this system has.
    #[must_use]
    pub fn family(&self) -> Family {
        if self.os == "macos" {
            Family::MacOs
        } else {
            self.distribution.family()
        }
    }

    /// Name of this system among Chrome for Testing's downloads, if it could be there at all.
    #[must_use]
    pub fn platform(&self) -> Option<&'static str> {
        match (self.os.as_str(), self.arch.as_str()) {
            // Chrome for Testing needs glibc.
            _ if self.family() == Family::Alpine => None,
            ("linux", "x86_64") => Some("linux64"),
            ("linux", "aarch64") => Some("linux-arm64"),
            ("macos", "x86_64") => Some("mac-x64"),
            ("macos", "aarch64") => Some("mac-arm64"),
            _ => None,
        }
    }

    /// For people: `Debian GNU/Linux 12 (bookworm), x86_64`.
    #[must_use]
    pub fn name(&self) -> String {
        let name = if self.distribution.name.is_empty() {
            &self.os
        } else {
            &self.distribution.name
        };
        format!("{name}, {}", self.arch)
    }
}

/// Systems whose browser packages are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Debian and what is built on it, Ubuntu apart.
    Debian,
    /// Ubuntu and what is built on it: its chromium packages only stand in for a snap.
    Ubuntu,
    /// Fedora, and what is like it.
    Fedora,
    /// Arch Linux, and what is like it.
    Arch,
    /// Alpine Linux: musl instead of glibc.
    Alpine,
    /// openSUSE.
    OpenSuse,
    /// macOS.
    MacOs,
    /// Any other.
    Other,
}

/// What `os-release` tells of a Linux distribution (freedesktop.org's os-release(5)).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// `ID`, then the words of `ID_LIKE`.
    pub ids: Vec<String>,
    /// `PRETTY_NAME`.
    pub name: String,
}

impl Distribution {
    /// Reads the text of an `os-release` file; what is not there stays empty.
    #[must_use]
    pub fn parse(os_release: &str) -> Self {
        let value = |key: &str| {
            let found = os_release
                .lines()
                .find_map(|line| line.trim().strip_prefix(key)?.strip_prefix('='));
            found.unwrap_or_default().trim_matches(['"', '\'']).to_owned()
        };
        let ids = [value("ID"), value("ID_LIKE")].join(" ");
        Self {
            ids: ids.split_whitespace().map(str::to_owned).collect(),
            name: value("PRETTY_NAME"),
        }
    }

    fn family(&self) -> Family {
        // Ubuntu says it is like Debian, so the nearest relation comes first.
        let family = |id: &String| match id.as_str() {
            "ubuntu" => Some(Family::Ubuntu),
            "debian" => Some(Family::Debian),
            "fedora" => Some(Family::Fedora),
            "arch" => Some(Family::Arch),
            "alpine" => Some(Family::Alpine),
            id if id.starts_with("opensuse") => Some(Family::OpenSuse),
            _ => None,
        };
        self.ids.iter().find_map(family).unwrap_or(Family::Other)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::path::Path;

    /// A Linux on x86-64 whose `PATH` is one folder, with no way to any network.
    pub fn linux(id: &str, path: &Path) -> System {
        System {
            os: "linux".into(),
            arch: "x86_64".into(),
            distribution: Distribution::parse(&format!("ID={id}")),
            is_root: false,
            path: path.into(),
            releases: String::new(),
        }
    }

    #[test]
    fn knows_families_by_id_and_by_likeness() {
        for (os_release, family) in [
            (
                "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"",
                Family::Debian,
            ),
            (
                "PRETTY_NAME=\"Ubuntu 24.04\"\nID=ubuntu\nID_LIKE=debian",
                Family::Ubuntu,
            ),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", Family::Ubuntu),
            ("ID=raspbian\nID_LIKE=debian", Family::Debian),
            (
                "ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"",
                Family::OpenSuse,
            ),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", Family::Fedora),
            ("ID=alpine", Family::Alpine),
            ("ID=manjaro\nID_LIKE=arch", Family::Arch),
            ("ID=nixos", Family::Other),
            ("", Family::Other),
        ] {
            assert_eq!(Distribution::parse(os_release).family(), family, "{os_release}");
        }
    }

    #[test]
    fn names_the_system_for_people() {
        let mut system = linux("debian", Path::new("/bin"));
        assert_eq!(system.name(), "linux, x86_64");
        system.distribution = Distribution::parse("ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"");
        assert_eq!(system.name(), "Debian GNU/Linux 12 (bookworm), x86_64");
    }

    #[test]
    fn expects_no_download_where_it_would_not_start() {
        assert_eq!(linux("alpine", Path::new("/bin")).platform(), None);
        assert_eq!(linux("fedora", Path::new("/bin")).platform(), Some("linux64"));
    }
}
