//! Files and texts that steps attach to the report, as cucumber-js has it: `attach` and `log`.
//!
//! A text leaves no secret: values of secrets in it are redacted as everywhere. What is no text can't be redacted; it is refused if
//! a secret stands in it as it is, but pictures and archives are not searched.

use indicatif::HumanBytes;

use crate::redact::{self, Redacted};

/// Bytes that one file may have.
pub(crate) const LIMIT: usize = 10 << 20;
/// Bytes that all files of one attempt at a scenario may have.
pub(crate) const LIMIT_TOGETHER: usize = 50 << 20;
/// The media type of what steps log, which readers of Cucumber Messages show as such.
pub(crate) const LOG: &str = "text/x.cucumber.log+plain";

/// Why a file can't be attached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AttachError {
    /// What was given as its media type is none.
    #[error("{given:?} is not a media type\n  write, for instance, text/plain or image/png")]
    MediaType {
        /// As the step says.
        given: String,
    },
    /// It is too large.
    #[error(
        "{name:?} has {}, and a step can attach no more than {} at a time\n  attach a part of it, or write it to a folder of your own",
        HumanBytes(*bytes),
        HumanBytes(LIMIT as u64)
    )]
    TooLarge {
        /// What the step calls it.
        name: String,
        /// Its size.
        bytes: u64,
    },
    /// With it, all files together are too large.
    #[error(
        "with {name:?} the scenario would have {} of attachments, and {} is the most\n  attach less, or write to a folder of your own",
        HumanBytes(*bytes),
        HumanBytes(LIMIT_TOGETHER as u64)
    )]
    TooMuch {
        /// What the step calls it.
        name: String,
        /// Size of all.
        bytes: u64,
    },
    /// It would show a secret.
    #[error(
        "{name:?} holds a secret and is not UTF-8 text, so that it can't be redacted\n  attach it without the secret"
    )]
    Secret {
        /// What the step calls it.
        name: String,
    },
}

/// What the steps of one attempt have attached.
#[derive(Debug, Default)]
pub(crate) struct Attachments {
    /// Since [`Attachments::take`] was called last.
    new: Vec<PendingAttachment>,
    /// How many there were before these.
    taken: usize,
    /// Bytes of all, also of those before.
    bytes: usize,
}

/// A file without any secret, not yet written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PendingAttachment {
    /// How many were attached before it.
    pub(crate) number: usize,
    pub(crate) name: Redacted,
    pub(crate) media_type: String,
    pub(crate) bytes: Vec<u8>,
}

impl Attachments {
    /// Takes in a file.
    ///
    /// # Errors
    /// [`AttachError`].
    pub(crate) fn add(&mut self, name: &str, media_type: &str, bytes: Vec<u8>) -> Result<(), AttachError> {
        let name = Redacted::from(name);
        if !is_media_type(media_type) {
            let given = media_type.to_owned();
            return Err(AttachError::MediaType { given });
        }
        let bytes = redacted(&name, bytes)?;
        self.make_room(&name, bytes.len())?;
        self.new.push(PendingAttachment {
            number: self.taken + self.new.len(),
            name,
            media_type: redact::text(media_type).into_owned(),
            bytes,
        });
        Ok(())
    }

    /// Takes in a line of text. Lines that follow each other are one file.
    ///
    /// # Errors
    /// [`AttachError::TooLarge`] and [`AttachError::TooMuch`].
    pub(crate) fn log(&mut self, text: &str) -> Result<(), AttachError> {
        const NAME: &str = "Log";
        let line = Redacted::from(text);
        match self.new.last_mut().filter(|last| last.media_type == LOG) {
            Some(last) if last.bytes.len() + line.len() < LIMIT => {
                last.bytes.push(b'\n');
                last.bytes.extend(line.as_bytes());
                self.make_room(NAME, line.len() + 1)
            }
            _ => self.add(NAME, LOG, text.into()),
        }
    }

    fn make_room(&mut self, name: &str, more: usize) -> Result<(), AttachError> {
        let name = name.to_owned();
        let bytes = self.bytes + more;
        if more > LIMIT {
            let bytes = more as u64;
            return Err(AttachError::TooLarge { name, bytes });
        }
        if bytes > LIMIT_TOGETHER {
            let bytes = bytes as u64;
            return Err(AttachError::TooMuch { name, bytes });
        }
        self.bytes = bytes;
        Ok(())
    }

    /// What is new since this was asked last.
    pub(crate) fn take(&mut self) -> Vec<PendingAttachment> {
        self.taken += self.new.len();
        std::mem::take(&mut self.new)
    }
}

fn redacted(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, AttachError> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(redact::text(&text).into_owned().into_bytes()),
        Err(other) => {
            let bytes = other.into_bytes();
            if redact::is_in(&bytes) {
                return Err(AttachError::Secret { name: name.to_owned() });
            }
            Ok(bytes)
        }
    }
}

/// `type/subtype`, and parameters behind it (RFC 9110, 8.3.1).
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let parts = essence.trim_end_matches(' ').split_once('/');
    let is_plain = parameters.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    is_plain && parts.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::Secrets;

    fn declare() {
        Secrets::default().declare("pin", "s3cret");
    }

    fn add(attachments: &mut Attachments, name: &str, media_type: &str, bytes: &[u8]) -> Result<(), AttachError> {
        declare();
        attachments.add(name, media_type, bytes.to_vec())
    }

    #[test]
    fn a_text_is_kept_without_any_secret() {
        let mut attachments = Attachments::default();
        add(
            &mut attachments,
            "s3cret.json",
            "application/json",
            b"{\"pin\": \"s3cret\"}",
        )
        .unwrap();
        let [kept] = &attachments.take()[..] else { panic!() };
        assert_eq!((&*kept.name, kept.number), ("[secret].json", 0));
        assert_eq!(kept.bytes, b"{\"pin\": \"[secret]\"}");
        add(&mut attachments, "b", "text/plain; charset=utf-8", b"").unwrap();
        assert_eq!(attachments.take()[0].number, 1);
    }

    #[test]
    fn what_is_no_text_is_refused_if_a_secret_stands_in_it() {
        let mut attachments = Attachments::default();
        let refused = add(
            &mut attachments,
            "a.bin",
            "application/octet-stream",
            b"\xff s3cret \xff",
        )
        .unwrap_err();
        assert!(matches!(&refused, AttachError::Secret { name } if name == "a.bin"));
        add(&mut attachments, "b.bin", "application/octet-stream", b"\xff\xfe").unwrap();
        assert_eq!(attachments.take().len(), 1);
    }

    #[test]
    fn lines_that_are_logged_one_after_the_other_are_one_file() {
        let mut attachments = Attachments::default();
        declare();
        for line in ["first", "the s3cret"] {
            attachments.log(line).unwrap();
        }
        add(&mut attachments, "a", "text/plain", b"between").unwrap();
        attachments.log("last").unwrap();
        let kept: Vec<_> = attachments
            .take()
            .into_iter()
            .map(|one| String::from_utf8(one.bytes).unwrap())
            .collect();
        assert_eq!(kept, ["first\nthe [secret]", "between", "last"]);
    }

    #[test]
    fn what_is_too_large_is_refused_with_its_size() {
        let mut attachments = Attachments::default();
        let large = vec![0; LIMIT];
        let mut larger = large.clone();
        larger.push(0);
        let mut added = |bytes: &[u8]| add(&mut attachments, "trace", "a/b", bytes).map_err(|error| error.to_string());
        assert_eq!(
            added(&[&larger[..], &large[..LIMIT / 2]].concat()).unwrap_err(),
            "\"trace\" has 15.00 MiB, and a step can attach no more than 10.00 MiB at a time\n  attach a part of it, or write it to a \
             folder of your own"
        );
        added(&larger).unwrap_err();
        for _ in 0..LIMIT_TOGETHER / LIMIT {
            added(&large).unwrap();
        }
        assert_eq!(
            added(&large).unwrap_err(),
            "with \"trace\" the scenario would have 60.00 MiB of attachments, and 50.00 MiB is the most\n  attach less, or write to a \
             folder of your own"
        );
    }

    #[test]
    fn what_has_no_media_type_is_refused() {
        let mut attachments = Attachments::default();
        let refused = add(&mut attachments, "a", "png", b"").unwrap_err();
        assert!(matches!(&refused, AttachError::MediaType { given } if given == "png"));
        assert!(attachments.take().is_empty());
    }

    #[test]
    fn a_media_type_is_one() {
        for well in ["image/png", "text/plain;charset=utf-8", "application/vnd.a.b+json", LOG] {
            assert!(is_media_type(well), "{well}");
        }
        for wrong in [
            "",
            "png",
            "/png",
            "image/",
            "image /png",
            "a/b/c",
            "text/plain;\u{e9}",
            "a/b\n",
        ] {
            assert!(!is_media_type(wrong), "{wrong:?}");
        }
    }
}
