//! The folder of a tutorial's accepted clean pictures.
//!
//! Files are written whole or not at all, and only where their bytes change. A picture that differs from the accepted
//! one is laid beside it as `NAME.new.png`, with `NAME.difference.png` for the eye; both are git-ignored.

use std::path::{Path, PathBuf};

use crate::files::{self, FileError};

use super::{Changes, Comparison, Picture, compare};

const PICTURE: &str = ".png";
const NEW: &str = ".new.png";
const DIFFERENCE: &str = ".difference.png";

/// A folder of accepted pictures, each by its file name, such as `01-login.png`.
#[derive(Clone, Debug)]
pub struct Gallery {
    folder: PathBuf,
}

/// What a picture just taken is, measured by the accepted one.
#[derive(Clone, Debug, PartialEq)]
pub enum Judgement {
    /// None was accepted yet.
    New,
    /// Byte by byte or pixel by pixel the accepted one.
    Same,
    /// Painted otherwise, but the same to the eye: the accepted one stays.
    Alike,
    /// Stale: what was accepted no longer shows what is.
    Different {
        /// What was accepted, for [`super::difference`].
        accepted: Picture,
        /// Where it differs.
        changes: Changes,
    },
}

/// A file of a gallery that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum GalleryError {
    /// The accepted picture is damaged, or no PNG.
    #[error("{path} is {source}. Restore it from version control, or delete it and accept a new one", path = .path.display())]
    Damaged {
        /// Of the picture.
        path: PathBuf,
        /// What the decoder says.
        source: super::png::DecodeError,
    },
    /// A file can't be read, written or removed.
    #[error(transparent)]
    File(#[from] FileError),
}

impl Gallery {
    /// The gallery in a folder, which need not exist until something is accepted.
    #[must_use]
    pub fn open(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Where an accepted picture is kept.
    #[must_use]
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Holds a picture just taken (and its encoding) against the accepted one of that name.
    pub fn judge(&self, name: &str, encoded: &[u8], taken: &Picture, scale: f64) -> Result<Judgement, GalleryError> {
        let Some(bytes) = files::read(&self.path(name))? else {
            return Ok(Judgement::New);
        };
        if bytes == encoded {
            return Ok(Judgement::Same);
        }
        let accepted = Picture::decode(&bytes).map_err(|source| GalleryError::Damaged {
            path: self.path(name),
            source,
        })?;
        Ok(match compare(&accepted, taken, scale) {
            Comparison::Same => Judgement::Same,
            Comparison::Alike => Judgement::Alike,
            Comparison::Different(changes) => Judgement::Different { accepted, changes },
        })
    }

    /// Makes `encoded` the accepted picture of that name, and clears away what lay beside it.
    pub fn accept(&self, name: &str, encoded: &[u8]) -> Result<(), GalleryError> {
        files::write_if_changed(&self.path(name), encoded)?;
        self.clear(name)
    }

    /// Lays a picture that differs, and the two for the eye, beside the accepted one; gives their paths.
    pub fn keep_beside(&self, name: &str, taken: &[u8], difference: &[u8]) -> Result<[PathBuf; 2], GalleryError> {
        let [new, seen] = self.beside(name);
        files::write_if_changed(&new, taken)?;
        files::write_if_changed(&seen, difference)?;
        Ok([new, seen])
    }

    /// Removes what an earlier run laid beside a picture that no longer differs.
    pub fn clear(&self, name: &str) -> Result<(), GalleryError> {
        self.beside(name)
            .iter()
            .try_for_each(|path| files::remove(path).map_err(GalleryError::from))
    }

    /// Accepted pictures that the run (by its pictures' names) no longer takes, in order of name.
    pub fn obsolete(&self, taken: &[&str]) -> Result<Vec<String>, GalleryError> {
        let mut names = files::names_in(&self.folder)?;
        names.retain(|name| name.ends_with(PICTURE) && !name.ends_with(NEW) && !name.ends_with(DIFFERENCE));
        names.retain(|name| !taken.contains(&name.as_str()));
        Ok(names)
    }

    /// Removes an accepted picture with what lies beside it.
    pub fn remove(&self, name: &str) -> Result<(), GalleryError> {
        files::remove(&self.path(name))?;
        self.clear(name)
    }

    fn beside(&self, name: &str) -> [PathBuf; 2] {
        let stem = name.strip_suffix(PICTURE).unwrap_or(name);
        [NEW, DIFFERENCE].map(|ending| self.folder.join(format!("{stem}{ending}")))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const WHITE: [u8; 3] = [255; 3];

    fn gallery() -> (tempfile::TempDir, Gallery) {
        let folder = tempfile::tempdir().unwrap();
        let gallery = Gallery::open(&folder.path().join("pairing/en"));
        (folder, gallery)
    }

    fn judge(gallery: &Gallery, picture: &Picture) -> Judgement {
        gallery.judge("login.png", &picture.encode(), picture, 1.0).unwrap()
    }

    #[test]
    fn a_picture_is_new_then_the_same_then_different() {
        let (_folder, gallery) = gallery();
        let white = Picture::blank(40, 30, WHITE);
        assert_eq!(judge(&gallery, &white), Judgement::New);
        gallery.accept("login.png", &white.encode()).unwrap();
        assert_eq!(judge(&gallery, &white), Judgement::Same);
        let navy = Picture::blank(40, 30, [0, 0, 128]);
        let Judgement::Different { accepted, changes } = judge(&gallery, &navy) else {
            panic!("not different")
        };
        assert_eq!((accepted, changes.share), (white, 1.0));
    }

    #[test]
    fn a_slightly_other_white_is_alike() {
        let (_folder, gallery) = gallery();
        gallery
            .accept("login.png", &Picture::blank(40, 30, WHITE).encode())
            .unwrap();
        assert_eq!(judge(&gallery, &Picture::blank(40, 30, [254; 3])), Judgement::Alike);
    }

    #[test]
    fn accepting_equal_bytes_touches_no_file() {
        let (_folder, gallery) = gallery();
        let bytes = Picture::blank(4, 3, WHITE).encode();
        gallery.accept("login.png", &bytes).unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1);
        fs::File::options()
            .append(true)
            .open(gallery.path("login.png"))
            .unwrap()
            .set_modified(old)
            .unwrap();
        gallery.accept("login.png", &bytes).unwrap();
        assert_eq!(
            fs::metadata(gallery.path("login.png")).unwrap().modified().unwrap(),
            old
        );
    }

    #[test]
    fn what_lay_beside_a_picture_goes_once_it_is_accepted() {
        let (_folder, gallery) = gallery();
        for path in gallery.keep_beside("login.png", b"new", b"difference").unwrap() {
            assert!(path.exists());
        }
        gallery.accept("login.png", b"new").unwrap();
        assert_eq!(files::names_in(gallery.path("").as_path()).unwrap(), ["login.png"]);
    }

    #[test]
    fn obsolete_are_the_accepted_pictures_no_longer_taken() {
        let (_folder, gallery) = gallery();
        assert!(gallery.obsolete(&[]).unwrap().is_empty(), "no folder, nothing obsolete");
        for name in ["b.png", "a.png", "c.png", "manifest.json"] {
            gallery.accept(name, b"bytes").unwrap();
        }
        gallery.keep_beside("c.png", b"new", b"difference").unwrap();
        assert_eq!(gallery.obsolete(&["c.png"]).unwrap(), ["a.png", "b.png"]);
        gallery.remove("a.png").unwrap();
        assert_eq!(gallery.obsolete(&["c.png"]).unwrap(), ["b.png"]);
    }

    #[test]
    fn a_damaged_picture_is_named_with_the_way_out() {
        let (_folder, gallery) = gallery();
        gallery.accept("login.png", b"no picture").unwrap();
        let white = Picture::blank(4, 3, WHITE);
        let error = gallery
            .judge("login.png", &white.encode(), &white, 1.0)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("login.png") && error.contains("version control"),
            "{error}"
        );
    }
}
