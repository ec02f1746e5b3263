//! The portal's data file: what can be wrong with it is reported with what to do, and nothing is damaged.

use std::{fs, path::Path};

use mock_portal::{DataError, Settings, StartError, app};
use rusqlite::Connection;

use crate::client::{Client, training};

fn on(file: &Path) -> Settings {
    Settings {
        data: Some(file.to_owned()),
        ..training()
    }
}

fn refusal(file: &Path) -> DataError {
    match app(on(file)) {
        Err(StartError::Data(error)) => error,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("{} was taken", file.display()),
    }
}

#[tokio::test]
async fn a_second_portal_on_the_same_file_is_refused_until_the_first_has_ended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let first = app(on(&file)).unwrap();
    let error = refusal(&file);
    assert!(matches!(error, DataError::InUse(_)), "{error}");
    assert!(error.to_string().contains("stop that one, or name another file"));
    drop(first);
    Client::signed_in(on(&file), "amara").await;
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    let letter = "Dear colleagues, ".repeat(1000);
    fs::write(&file, &letter).unwrap();
    let error = refusal(&file);
    assert!(matches!(error, DataError::Foreign(_)), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), letter);
}

#[test]
fn somebody_else_s_database_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recipes.db");
    let recipes = Connection::open(&file).unwrap();
    recipes.execute_batch("CREATE TABLE recipe (name TEXT)").unwrap();
    drop(recipes);
    let before = fs::read(&file).unwrap();
    let error = refusal(&file);
    assert!(matches!(error, DataError::Foreign(_)), "{error}");
    assert!(fs::read(&file).unwrap() == before, "the file was written to");
}

#[test]
fn a_file_of_another_version_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    drop(app(on(&file)).unwrap());
    Connection::open(&file)
        .unwrap()
        .execute_batch("ALTER TABLE account ADD COLUMN colour TEXT")
        .unwrap();
    let error = refusal(&file);
    assert!(matches!(error, DataError::OtherVersion(_)), "{error}");
    assert!(error.to_string().contains("another version"), "{error}");
}

/// The eighteenth byte of a database says how new a SQLite may write to it: the one protection against writing that
/// holds for the superuser, too.
#[test]
fn a_file_that_cannot_be_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    drop(app(on(&file)).unwrap());
    let mut bytes = fs::read(&file).unwrap();
    bytes[18] = 9;
    fs::write(&file, bytes).unwrap();
    let error = refusal(&file);
    assert!(matches!(error, DataError::ReadOnly(_)), "{error}");
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let error = refusal(Path::new("/no/such/folder/portal.db"));
    assert!(matches!(error, DataError::Unusable { .. }), "{error}");
    assert!(error.to_string().contains("is its folder there"), "{error}");
}

/// Who may read and write the file, as `chmod` has it.
#[cfg(unix)]
fn mode(file: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[tokio::test]
async fn others_cannot_read_the_file_nor_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    let _client = Client::signed_in(on(&file), "amara").await;
    let files: Vec<_> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() >= 2, "there is a write-ahead log: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

/// As an earlier version left it, with its log after a kill.
#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_taken_from_them() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.db");
    drop(app(on(&file)).unwrap());
    let log = folder.path().join("portal.db-wal");
    fs::write(&log, "").unwrap();
    for file in [&file, &log] {
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }
    let _portal = app(on(&file)).unwrap();
    assert_eq!((mode(&file), mode(&log)), (0o600, 0o600));
}

#[tokio::test]
async fn the_id_of_a_session_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let client = Client::signed_in(on(&folder.path().join("portal.db")), "amara").await;
    let (_, id) = client.cookie.split_once('=').unwrap();
    for file in folder.path().read_dir().unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
        assert!(!holds(id.as_bytes()), "the id as the cookie has it");
    }
}
