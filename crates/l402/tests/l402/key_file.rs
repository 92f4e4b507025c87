//! The master keys' file, as an operator meets it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Barrier};
use std::thread;

use busker_l402::{Credential, KeyError, KeyId, MasterKeys, verify};
use tempfile::TempDir;

use crate::shop;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.keys");
    (folder, path)
}

/// Writes a key file as the server would own it.
fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    set_mode(path, 0o600);
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) {}

fn ids(keys: &MasterKeys) -> Vec<KeyId> {
    keys.ids().collect()
}

#[test]
fn the_first_start_creates_a_key_and_the_second_reads_it() {
    let (_folder, path) = folder();
    let first = MasterKeys::load_or_create(&path).unwrap();
    let second = MasterKeys::load_or_create(&path).unwrap();
    let sold = Credential::new(shop::minted(&first), shop::preimage());
    assert!(verify(&second, &sold).is_ok());
}

#[test]
fn two_servers_have_different_keys() {
    let ((_one, one), (_two, two)) = (folder(), folder());
    assert_ne!(
        ids(&MasterKeys::load_or_create(&one).unwrap()),
        ids(&MasterKeys::load_or_create(&two).unwrap())
    );
}

#[test]
fn processes_that_start_at_once_end_with_the_same_key() {
    const STARTERS: usize = 8;
    for _ in 0..20 {
        let (folder, path) = folder();
        let barrier = Arc::new(Barrier::new(STARTERS));
        let start = |_| {
            let (barrier, path) = (Arc::clone(&barrier), path.clone());
            thread::spawn(move || {
                barrier.wait();
                ids(&MasterKeys::load_or_create(&path).unwrap())
            })
        };
        let starters: Vec<_> = (0..STARTERS).map(start).collect();
        let rings: Vec<_> = starters.into_iter().map(|starter| starter.join().unwrap()).collect();
        assert!(rings.iter().all(|ring| *ring == rings[0]), "{rings:?}");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "the losers leave nothing behind"
        );
    }
}

#[test]
fn rotation_mints_with_a_new_key_and_honours_what_was_sold_before() {
    let (_folder, path) = folder();
    let before = MasterKeys::load_or_create(&path).unwrap();
    let sold = Credential::new(shop::minted(&before), shop::preimage());

    let after = MasterKeys::rotate(&path).unwrap();

    assert_eq!(ids(&after)[1..], ids(&before));
    assert_ne!(ids(&after)[0], ids(&before)[0]);
    assert!(verify(&after, &sold).is_ok());
    assert_eq!(ids(&MasterKeys::load(&path).unwrap()), ids(&after));
}

#[test]
fn rotation_keeps_comments_and_older_lines_as_they_are() {
    let (_folder, path) = folder();
    let old = format!(
        "# mine\n\n{}\n# sold until May\n  {}  \n",
        "01".repeat(32),
        "02".repeat(32)
    );
    write(&path, &old);
    MasterKeys::rotate(&path).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let (comment, rest) = old.split_at("# mine\n\n".len());
    assert!(text.starts_with(comment) && text.ends_with(rest), "{text}");
    assert_eq!(text.len(), old.len() + 65);
}

#[test]
fn rotations_at_the_same_time_lose_no_key() {
    let (_folder, path) = folder();
    MasterKeys::load_or_create(&path).unwrap();
    let rotations: Vec<_> = (0..6)
        .map(|_| {
            let path = path.clone();
            thread::spawn(move || ids(&MasterKeys::rotate(&path).unwrap())[0])
        })
        .collect();
    let added: Vec<KeyId> = rotations.into_iter().map(|rotation| rotation.join().unwrap()).collect();
    let ring = ids(&MasterKeys::load(&path).unwrap());
    assert_eq!(ring.len(), 7);
    assert!(added.iter().all(|id| ring.contains(id)));
}

#[test]
fn comments_blank_lines_windows_line_ends_and_upper_case_are_read() {
    let (_folder, path) = folder();
    write(
        &path,
        &format!("# keys\r\n\r\n  {}\r\n{}", "AB".repeat(32), "cd".repeat(32)),
    );
    let expected = MasterKeys::new([0xab; 32], [[0xcd; 32]]);
    assert_eq!(ids(&MasterKeys::load_or_create(&path).unwrap()), ids(&expected));
}

#[test]
fn a_malformed_line_is_named_by_number_and_never_shown() {
    let (_folder, path) = folder();
    let bad = "ab".repeat(31);
    write(&path, &format!("# one\n{}\n{bad}\n", "01".repeat(32)));
    let error = MasterKeys::load_or_create(&path).unwrap_err();
    assert!(matches!(error, KeyError::Line { line: 3, .. }));
    assert!(
        error.to_string().contains("line 3 of") && !error.to_string().contains(&bad),
        "{error}"
    );
}

#[test]
fn a_file_without_keys_is_not_filled_silently() {
    let (_folder, path) = folder();
    write(&path, "# the key was here\n");
    assert!(matches!(MasterKeys::load_or_create(&path), Err(KeyError::Empty { .. })));
    assert_eq!(fs::read_to_string(&path).unwrap(), "# the key was here\n");
}

#[test]
fn a_file_far_too_long_is_refused() {
    let (_folder, path) = folder();
    write(&path, &"#\n".repeat(40_000));
    assert!(matches!(
        MasterKeys::load_or_create(&path),
        Err(KeyError::FileTooLong { .. })
    ));
}

#[test]
fn loading_or_rotating_a_file_that_does_not_exist_is_an_error_that_names_it() {
    let (_folder, path) = folder();
    for error in [
        MasterKeys::load(&path).unwrap_err(),
        MasterKeys::rotate(&path).unwrap_err(),
    ] {
        assert!(error.to_string().contains("master.keys"), "{error}");
    }
    assert!(!path.exists());
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let (folder, _) = folder();
    let path = folder.path().join("missing").join("master.keys");
    let error = MasterKeys::load_or_create(&path).unwrap_err().to_string();
    assert!(error.contains("missing"), "{error}");
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn only_the_owner_may_read_the_file_after_creation_and_after_rotation() {
        let (_folder, path) = folder();
        MasterKeys::load_or_create(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
        MasterKeys::rotate(&path).unwrap();
        assert_eq!(mode(&path), 0o600);
    }

    #[test]
    fn a_file_that_others_may_read_is_refused_with_the_command_that_helps() {
        let (_folder, path) = folder();
        MasterKeys::load_or_create(&path).unwrap();
        for open in [0o640, 0o604, 0o644, 0o660] {
            set_mode(&path, open);
            let error = MasterKeys::load_or_create(&path).unwrap_err().to_string();
            assert!(error.contains(&format!("chmod 600 {}", path.display())), "{error}");
            assert!(MasterKeys::rotate(&path).is_err());
        }
        set_mode(&path, 0o400);
        assert!(MasterKeys::load_or_create(&path).is_ok());
    }

    #[test]
    fn rotation_through_a_link_replaces_the_file_and_keeps_the_link() {
        let (folder, path) = folder();
        MasterKeys::load_or_create(&path).unwrap();
        let link = folder.path().join("link");
        symlink(&path, &link).unwrap();
        let rotated = MasterKeys::rotate(&link).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(ids(&MasterKeys::load(&path).unwrap()), ids(&rotated));
    }
}
