//! The exact commands that give a person a browser and its driver, by system.

use super::fetch::apt;
use super::system::{Family, System};

/// Commands to copy into a shell, one a line; empty where nothing certain can be said.
#[must_use]
pub fn commands(system: &System) -> Vec<String> {
    let sudo = if system.is_root { "" } else { "sudo " };
    let packages = match system.family() {
        Family::Debian => format!("apt-get install -y --no-install-recommends {}", apt::PACKAGES.join(" ")),
        Family::Fedora => "dnf install -y chromium chromium-headless chromedriver".into(),
        Family::Arch => "pacman -S --needed chromium".into(),
        Family::Alpine => "apk add chromium chromium-chromedriver font-liberation".into(),
        Family::OpenSuse => "zypper install chromium chromedriver".into(),
        Family::Ubuntu => {
            return [apt_update(sudo), libraries(sudo)]
                .into_iter()
                .chain(by_hand(system))
                .collect();
        }
        Family::MacOs | Family::Other => return by_hand(system),
    };
    let first = (system.family() == Family::Debian).then(|| apt_update(sudo));
    first.into_iter().chain([format!("{sudo}{packages}")]).collect()
}

fn apt_update(sudo: &str) -> String {
    format!("{sudo}apt-get update")
}

/// What Chrome for Testing needs of Ubuntu, and the two tools that [`by_hand`] uses.
fn libraries(sudo: &str) -> String {
    format!(
        "{sudo}apt-get satisfy -y --no-install-recommends \"{}, curl, unzip\"",
        apt::LIBRARIES
    )
}

/// Chrome for Testing without our help, for machines whose network only lets other tools through.
fn by_hand(system: &System) -> Vec<String> {
    let Some(platform) = system.platform() else {
        return Vec::new();
    };
    let folder = "$HOME/chrome-for-testing";
    let program = |name: &str| format!("{folder}/{name}-{platform}/{name}");
    vec![
        "version=$(curl -fsS https://googlechromelabs.github.io/chrome-for-testing/LATEST_RELEASE_STABLE)".into(),
        "for name in chrome-headless-shell chromedriver; do".into(),
        format!(
            "  curl -fO \"https://storage.googleapis.com/chrome-for-testing-public/$version/{platform}/$name-{platform}.zip\""
        ),
        format!("  unzip -qo \"$name-{platform}.zip\" -d \"{folder}\""),
        "done".into(),
        format!("export DOCENT_BROWSER=\"{}\"", program("chrome-headless-shell")),
        format!("export DOCENT_DRIVER=\"{}\"", program("chromedriver")),
    ]
}

/// The commands as the last paragraph of a message.
#[must_use]
pub fn paragraph(system: &System) -> String {
    let commands = commands(system);
    if commands.is_empty() {
        return "Install Chromium and the ChromeDriver of the same version with this system's own means, or name them in \
                DOCENT_BROWSER and DOCENT_DRIVER."
            .into();
    }
    format!(
        "To install both on this system ({}):\n\n    {}",
        system.name(),
        commands.join("\n    ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::system::tests::linux;
    use std::path::Path;

    fn advised(id: &str) -> String {
        commands(&linux(id, Path::new("/bin"))).join("\n")
    }

    #[test]
    fn names_each_systems_own_packages() {
        for (id, command) in [
            (
                "debian",
                "sudo apt-get update\nsudo apt-get install -y --no-install-recommends chromium chromium-driver",
            ),
            ("fedora", "sudo dnf install -y chromium chromium-headless chromedriver"),
            ("arch", "sudo pacman -S --needed chromium"),
            ("alpine", "sudo apk add chromium chromium-chromedriver"),
            ("opensuse-leap", "sudo zypper install chromium chromedriver"),
        ] {
            assert!(advised(id).starts_with(command), "{id}: {}", advised(id));
        }
    }

    #[test]
    fn root_needs_no_sudo() {
        let system = System {
            is_root: true,
            ..linux("debian", Path::new("/bin"))
        };
        assert!(!paragraph(&system).contains("sudo"));
    }

    #[test]
    fn sends_nobody_to_ubuntus_snap() {
        let advice = advised("ubuntu");
        assert!(
            advice.contains("apt-get satisfy") && advice.contains("libnss3"),
            "{advice}"
        );
        assert!(advice.contains("/linux64/$name-linux64.zip"), "{advice}");
        assert!(!advice.contains("chromium"), "{advice}");
    }

    #[test]
    fn macs_get_the_build_for_their_processor() {
        let system = System {
            os: "macos".into(),
            arch: "aarch64".into(),
            ..linux("", Path::new("/bin"))
        };
        assert!(
            commands(&system)
                .join("\n")
                .contains("chromedriver-mac-arm64/chromedriver")
        );
    }

    #[test]
    fn says_what_to_do_where_no_command_is_known() {
        let system = System {
            arch: "riscv64".into(),
            ..linux("nixos", Path::new("/bin"))
        };
        assert!(paragraph(&system).contains("DOCENT_BROWSER and DOCENT_DRIVER"));
    }
}
