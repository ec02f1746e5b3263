//! Chrome for Testing: Google's builds of headless shell and driver in one version, for systems without packages of them.
//!
//! Each version has a folder in the cache that appears whole, by one rename, after both programs have told their versions.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;
use ureq::Agent;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::provision::progress::Progress;
use crate::provision::system::System;
use crate::provision::version::{Unusable, Version, ask};

const BROWSER: &str = "chrome-headless-shell";
const DRIVER: &str = "chromedriver";

/// Prefix of folders being filled; one that is there while nobody fills it was abandoned.
const UNFINISHED: &str = ".unfinished-";

/// How long to wait for a connection.
const CONNECT: Duration = Duration::from_secs(15);
/// How long a server may send nothing.
const STALL: Duration = Duration::from_mins(1);

/// Why no Chrome for Testing could be had.
#[derive(Debug, thiserror::Error)]
pub enum DownloadError {
    /// No answer at all.
    #[error("{url} cannot be reached: {why}. Is there a way to the internet, or a proxy to name in HTTPS_PROXY?")]
    Unreachable {
        /// What was asked for.
        url: String,
        /// What the connection said.
        why: Box<ureq::Error>,
    },
    /// An answer other than 200.
    #[error("{url} answered with HTTP status {status} instead of the file")]
    Refused {
        /// What was asked for.
        url: String,
        /// HTTP status code.
        status: u16,
    },
    /// The connection ended early.
    #[error("the download of {url} broke off after {received} bytes: {why}. Try again")]
    BrokenOff {
        /// What was asked for.
        url: String,
        /// How much had come.
        received: u64,
        /// What the connection said.
        why: io::Error,
    },
    /// The list of releases isn't as documented.
    #[error("{url} holds no list of releases that Docent understands: {why}")]
    NotAList {
        /// What was asked for.
        url: String,
        /// What is wrong with it.
        why: Box<ureq::Error>,
    },
    /// No build for this system.
    #[error("Chrome for Testing has no {program} for this system ({system})")]
    NotOffered {
        /// Which program.
        program: &'static str,
        /// This system.
        system: String,
    },
    /// The archive is damaged or hostile.
    #[error("{url} is no archive that can be unpacked: {why}")]
    Archive {
        /// Where it came from.
        url: String,
        /// What is wrong with it.
        why: ZipError,
    },
    /// What was unpacked doesn't work.
    #[error("the {program} downloaded cannot be used: {why}")]
    Unusable {
        /// Which program.
        program: &'static str,
        /// What is wrong with it.
        why: Unusable,
    },
    /// What was unpacked isn't what was announced.
    #[error("version {announced} was to be downloaded, but {program} says it is version {version}")]
    OtherVersion {
        /// By the list of releases.
        announced: Version,
        /// Which program.
        program: &'static str,
        /// By its own answer.
        version: Version,
    },
    /// The cache can't be written to.
    #[error("cannot write to {}: {why}", folder.display())]
    Cache {
        /// Where.
        folder: PathBuf,
        /// What the system says.
        why: io::Error,
    },
}

/// The two programs of one version in the cache.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// The headless shell.
    pub browser: PathBuf,
    /// Its driver.
    pub driver: PathBuf,
}

/// Versions in the cache, newest first.
#[must_use]
pub fn cached(cache: &Path) -> Vec<Files> {
    let entries = fs::read_dir(folder(cache)).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| Some((Version::in_text(entry.file_name().to_str()?)?, entry.path())));
    let mut versions: Vec<_> = named.collect();
    versions.sort();
    versions
        .into_iter()
        .rev()
        .filter_map(|(_, path)| files(&path))
        .collect()
}

fn folder(cache: &Path) -> PathBuf {
    cache.join("chrome-for-testing")
}

/// The programs in a version's folder, where archives have put them below a folder named after program and platform.
fn files(version: &Path) -> Option<Files> {
    let program = |name: &str| {
        let folders = fs::read_dir(version).ok()?.flatten().map(|entry| entry.path());
        folders.map(|folder| folder.join(name)).find(|path| path.is_file())
    };
    Some(Files {
        browser: program(BROWSER)?,
        driver: program(DRIVER)?,
    })
}

/// Downloads the current stable version into the cache, whole or not at all. The caller holds the cache's lock.
pub fn install(system: &System, cache: &Path, progress: &dyn Progress) -> Result<(), DownloadError> {
    let agent = agent();
    let release = Release::current(&agent, system)?;
    let folder = folder(cache);
    progress.say(&format!(
        "Downloading Chrome for Testing {} to {}",
        release.version,
        folder.display()
    ));
    let unfinished = unfinished(&folder).map_err(|why| DownloadError::Cache {
        folder: folder.clone(),
        why,
    })?;
    for url in [&release.browser, &release.driver] {
        let archive = download(&agent, url, &folder, progress)?;
        progress.detail("Unpacking");
        unpack(archive, unfinished.path()).map_err(|why| DownloadError::Archive { url: url.clone(), why })?;
    }
    verify(unfinished.path(), release.version, system)?;
    publish(unfinished, &folder.join(release.version.to_string())).map_err(|why| DownloadError::Cache { folder, why })
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .timeout_connect(Some(CONNECT))
        .timeout_per_read(Some(STALL));
    config.http_status_as_error(false).build().into()
}

/// A folder to fill, gone again unless it is published; those of processes that died are swept away first.
fn unfinished(folder: &Path) -> io::Result<tempfile::TempDir> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)?.flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(folder)
}

fn publish(unfinished: tempfile::TempDir, version: &Path) -> io::Result<()> {
    // It is only there when it was found to be unusable.
    if version.exists() {
        fs::remove_dir_all(version)?;
    }
    fs::rename(unfinished.path(), version)?;
    let _moved_away = unfinished.keep();
    Ok(())
}

/// Both must start and be what the list of releases said.
fn verify(unpacked: &Path, announced: Version, system: &System) -> Result<(), DownloadError> {
    let files = files(unpacked).ok_or_else(|| DownloadError::NotOffered {
        program: BROWSER,
        system: system.name(),
    })?;
    for (program, path) in [(BROWSER, files.browser), (DRIVER, files.driver)] {
        let version = ask(&path).map_err(|why| DownloadError::Unusable { program, why })?;
        if version != announced {
            return Err(DownloadError::OtherVersion {
                announced,
                program,
                version,
            });
        }
    }
    Ok(())
}

/// One version and where its two archives are.
struct Release {
    version: Version,
    browser: String,
    driver: String,
}

impl Release {
    fn current(agent: &Agent, system: &System) -> Result<Self, DownloadError> {
        let not_offered = |program| DownloadError::NotOffered {
            program,
            system: system.name(),
        };
        let platform = system.platform().ok_or_else(|| not_offered(BROWSER))?;
        let url = &system.releases;
        let list: List = get(agent, url)?
            .body_mut()
            .read_json()
            .map_err(|why| DownloadError::NotAList {
                url: url.clone(),
                why: Box::new(why),
            })?;
        let Channel { version, downloads } = list.channels.stable;
        let of_platform = |archives: Vec<Archive>, program| {
            let found = archives.into_iter().find(|archive| archive.platform == platform);
            found.map(|archive| archive.url).ok_or_else(|| not_offered(program))
        };
        Ok(Self {
            version,
            browser: of_platform(downloads.headless_shell, BROWSER)?,
            driver: of_platform(downloads.driver, DRIVER)?,
        })
    }
}

#[derive(Deserialize)]
struct List {
    channels: Channels,
}

#[derive(Deserialize)]
struct Channels {
    #[serde(rename = "Stable")]
    stable: Channel,
}

#[derive(Deserialize)]
struct Channel {
    #[serde(deserialize_with = "version")]
    version: Version,
    downloads: Downloads,
}

#[derive(Deserialize)]
struct Downloads {
    #[serde(rename = "chrome-headless-shell", default)]
    headless_shell: Vec<Archive>,
    #[serde(rename = "chromedriver", default)]
    driver: Vec<Archive>,
}

#[derive(Deserialize)]
struct Archive {
    platform: String,
    url: String,
}

fn version<'de, D: serde::Deserializer<'de>>(text: D) -> Result<Version, D::Error> {
    let text = String::deserialize(text)?;
    Version::in_text(&text).ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no version")))
}

fn get(agent: &Agent, url: &str) -> Result<http::Response<ureq::Body>, DownloadError> {
    let response = agent.get(url).call();
    let response = response.map_err(|why| DownloadError::Unreachable {
        url: url.to_owned(),
        why: Box::new(why),
    })?;
    match response.status().as_u16() {
        200 => Ok(response),
        status => Err(DownloadError::Refused {
            url: url.to_owned(),
            status,
        }),
    }
}

/// Downloads into a nameless file, which is gone when it is closed.
fn download(agent: &Agent, url: &str, folder: &Path, progress: &dyn Progress) -> Result<File, DownloadError> {
    let no_cache = |why| DownloadError::Cache {
        folder: folder.to_owned(),
        why,
    };
    let body = get(agent, url)?.into_body();
    let total = body.content_length();
    let mut reader = body.into_reader();
    let mut file = tempfile::tempfile_in(folder).map_err(no_cache)?;
    let mut buffer = vec![0; 64 * 1024];
    let mut received = 0;
    loop {
        progress.bytes(received, total);
        let broken_off = |why| DownloadError::BrokenOff {
            url: url.to_owned(),
            received,
            why,
        };
        let count = reader.read(&mut buffer).map_err(broken_off)?;
        if count == 0 {
            break;
        }
        file.write_all(&buffer[..count]).map_err(no_cache)?;
        received += count as u64;
    }
    file.rewind().map_err(no_cache)?;
    Ok(file)
}

/// Unpacks with executable bits. An entry or link that leads out of the folder is an error: the crate sees to that.
fn unpack(archive: File, folder: &Path) -> Result<(), ZipError> {
    let mut archive = ZipArchive::new(archive)?;
    archive.extract(folder)
}
