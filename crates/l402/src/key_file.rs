//! The key file: one key a line in hexadecimal, newest first, comments after `#`.
//!
//! The file is only ever replaced whole by a rename, so a reader sees all of the old or all of the new content, also
//! after a power cut. Creation never replaces: of several processes that start at once the first wins and the others
//! read its key.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use crate::error::KeyError;
use crate::keys::{MasterKey, MasterKeys};

/// Several hundred keys; anything longer is not a key file.
const MAX_FILE_BYTES: u64 = 64 * 1024;

const HEADER: &str = "\
# Master keys of this busker: whoever reads them can mint paid macaroons. Keep them secret, and back them up.
# One key a line, newest first: the first mints, all verify. Remove an old one when nothing it signed is valid any more.
";

impl MasterKeys {
    /// Reads the key file, or creates it with one fresh key if there is none. The folder must exist.
    ///
    /// On Unix the file is created with mode 0600 and refused when others may read it.
    ///
    /// # Errors
    /// [`KeyError`]; an existing file is never changed.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
        if let Some(text) = read(path)? {
            return parse(path, &text);
        }
        let key = MasterKey::random()?;
        let prepared = prepare(path, &format_file(&key))?;
        match prepared.persist_noclobber(path) {
            Ok(_) => {
                sync_folder(path)?;
                Ok(Self::from_ring(key, Vec::new()))
            }
            Err(lost) if lost.error.kind() == ErrorKind::AlreadyExists => Self::load(path),
            Err(failed) => Err(io_error("create", path)(failed.error)),
        }
    }

    /// Reads the key file.
    ///
    /// # Errors
    /// [`KeyError`], also when there is no such file.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        let text = read(path)?.ok_or_else(|| io_error("read", path)(ErrorKind::NotFound.into()))?;
        parse(path, &text)
    }

    /// Puts a fresh key before the others and returns the new ring. Running servers keep their ring until they load the
    /// file again; until then they refuse what the new key minted, so reload all nodes before any of them mints.
    ///
    /// Comments and older keys stay as they are. Rotations at the same time wait for each other (a `.lock` file beside
    /// the key file), so none is lost.
    ///
    /// # Errors
    /// [`KeyError`], also when there is no such file; the file is then unchanged.
    pub fn rotate(path: &Path) -> Result<Self, KeyError> {
        // A link stays a link, and the rename happens beside the real file.
        let path = &path.canonicalize().map_err(io_error("find", path))?;
        let lock_path = path.with_added_extension("lock");
        let lock = File::create(&lock_path).map_err(io_error("create", &lock_path))?;
        lock.lock().map_err(io_error("lock", &lock_path))?;

        let old = read(path)?.ok_or_else(|| io_error("read", path)(ErrorKind::NotFound.into()))?;
        parse(path, &old)?;
        let rotated = insert_before_first_key(&old, &MasterKey::random()?);
        let prepared = prepare(path, &rotated)?;
        prepared
            .persist(path)
            .map_err(|failed| io_error("replace", path)(failed.error))?;
        sync_folder(path)?;
        parse(path, &rotated)
    }
}

/// The file's text, or `None` if there is no file.
fn read(path: &Path) -> Result<Option<Zeroizing<String>>, KeyError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io_error("open", path)(error)),
    };
    refuse_if_others_may_read(path, &file)?;

    // Room for the largest file at once: growing would leave copies of keys behind in freed memory.
    let mut text = Zeroizing::new(String::with_capacity(MAX_FILE_BYTES as usize + 1));
    file.take(MAX_FILE_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(io_error("read", path))?;
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(KeyError::FileTooLong {
            path: path.to_owned(),
            limit: MAX_FILE_BYTES,
        });
    }
    Ok(Some(text))
}

fn parse(path: &Path, text: &str) -> Result<MasterKeys, KeyError> {
    let mut keys = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if is_key_line(line) {
            let bad_line = || KeyError::Line {
                path: path.to_owned(),
                line: index + 1,
            };
            keys.push(MasterKey::from_hex(line.trim()).ok_or_else(bad_line)?);
        }
    }
    let mut keys = keys.into_iter();
    let newest = keys.next().ok_or_else(|| KeyError::Empty { path: path.to_owned() })?;
    Ok(MasterKeys::from_ring(newest, keys.collect()))
}

fn is_key_line(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with('#')
}

fn format_file(key: &MasterKey) -> Zeroizing<String> {
    let hex = key.to_hex();
    Zeroizing::new([HEADER, hex.as_str(), "\n"].concat())
}

fn insert_before_first_key(text: &str, key: &MasterKey) -> Zeroizing<String> {
    let comments: usize = text
        .split_inclusive('\n')
        .take_while(|line| !is_key_line(line))
        .map(str::len)
        .sum();
    let (comments, keys) = text.split_at(comments);
    let hex = key.to_hex();
    Zeroizing::new([comments, hex.as_str(), "\n", keys].concat())
}

/// Writes `text` to a file beside `path` that only this user may read, down to the disk.
fn prepare(path: &Path, text: &str) -> Result<NamedTempFile, KeyError> {
    let folder = folder_of(path);
    let mut file = NamedTempFile::new_in(&folder).map_err(io_error("create a file in", &folder))?;
    file.write_all(text.as_bytes())
        .map_err(io_error("write", file.path()))?;
    file.as_file().sync_all().map_err(io_error("write", file.path()))?;
    Ok(file)
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn io_error(action: &'static str, path: &Path) -> impl Fn(io::Error) -> KeyError {
    move |source| KeyError::Io {
        action,
        path: path.to_owned(),
        source,
    }
}

#[cfg(unix)]
fn refuse_if_others_may_read(path: &Path, file: &File) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;

    let mode = file.metadata().map_err(io_error("examine", path))?.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyError::TooOpen {
            path: path.to_owned(),
            mode,
        });
    }
    Ok(())
}

/// Other systems protect a user's files by access lists, which new files inherit from their folder.
#[cfg(not(unix))]
fn refuse_if_others_may_read(_path: &Path, _file: &File) -> Result<(), KeyError> {
    Ok(())
}

/// Makes a rename last: until the folder is written, a power cut may undo it.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), KeyError> {
    let folder = folder_of(path);
    File::open(&folder)
        .and_then(|opened| opened.sync_all())
        .map_err(io_error("write", &folder))
}

/// Other systems cannot open a folder as a file; their renames are journalled.
#[cfg(not(unix))]
fn sync_folder(_path: &Path) -> Result<(), KeyError> {
    Ok(())
}
