//! A data file that its owner alone can read: sessions and links from mails are in it.

use std::{io, path::Path};

/// Creates `path` where there is none, so that nobody else can open it from the start. What cannot be created is left
/// to the database to report.
pub(super) fn create(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

/// Takes the access of others away from the database and from the logs that an earlier portal may have left beside it.
pub(super) fn protect(path: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut file = path.as_os_str().to_owned();
        file.push(suffix);
        match for_owner_only(Path::new(&file)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            protected => protected?,
        }
    }
    Ok(())
}

#[cfg(unix)]
fn for_owner_only(file: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = file.metadata()?.permissions();
    let access_of_others = permissions.mode() & 0o077;
    if access_of_others == 0 {
        return Ok(());
    }
    permissions.set_mode(permissions.mode() & 0o700);
    std::fs::set_permissions(file, permissions)
}

#[cfg(not(unix))]
fn for_owner_only(_: &Path) -> io::Result<()> {
    Ok(())
}
