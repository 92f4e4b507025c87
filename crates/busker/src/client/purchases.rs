//! The folder of purchases: one file for each address and request, written durably before anything is paid.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

use super::purchase::Purchase;

const FOLDER: &str = "purchases";

/// All purchases below a data folder.
pub(crate) struct Purchases {
    folder: PathBuf,
}

/// The place of one purchase, held by this process alone: two at once could pay twice.
pub(crate) struct Slot {
    path: PathBuf,
    _lock: File,
}

impl Purchases {
    /// Below `data_dir`; the folder is made when the first purchase is.
    pub(crate) fn below(data_dir: &Path) -> Self {
        Self {
            folder: data_dir.join(FOLDER),
        }
    }

    /// What is kept for `url` and `body`, without holding it.
    pub(crate) fn peek(&self, url: &str, body: &str) -> anyhow::Result<Option<Purchase>> {
        read(&self.path(url, body))
    }

    /// Takes the place of the purchase of `body` at `url`, or says that another process is at it.
    pub(crate) fn hold(&self, url: &str, body: &str) -> anyhow::Result<Slot> {
        let path = self.path(url, body);
        make_private_folder(&self.folder)
            .with_context(|| format!("the folder {} cannot be made", self.folder.display()))?;
        let lock_path = path.with_extension("lock");
        let lock =
            open_private(&lock_path, false).with_context(|| format!("{} cannot be opened", lock_path.display()))?;
        match lock.try_lock() {
            Ok(()) => Ok(Slot { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => bail!("another busker is buying this very song; wait for it to finish"),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", lock_path.display()))
            }
        }
    }

    fn path(&self, url: &str, body: &str) -> PathBuf {
        let digest = Sha256::new()
            .chain_update(url)
            .chain_update("\n")
            .chain_update(body)
            .finalize();
        self.folder.join(format!("{}.json", hex::encode(digest)))
    }
}

impl Slot {
    /// What is kept here.
    pub(crate) fn load(&self) -> anyhow::Result<Option<Purchase>> {
        read(&self.path)
    }

    /// Keeps `purchase`: when this returns, a power cut cannot take it away.
    pub(crate) fn save(&self, purchase: &Purchase) -> anyhow::Result<()> {
        let new = self.path.with_extension("new");
        let text = serde_json::to_vec_pretty(purchase)?;
        let written = open_private(&new, true)
            .and_then(|mut file| file.write_all(&text).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&new, &self.path))
            .and_then(|()| sync_folder(&self.path));
        written.with_context(|| format!("the purchase cannot be kept at {}", self.path.display()))
    }

    /// Makes room for another purchase of the same song. The earlier one's proof of payment is kept under another name.
    pub(crate) fn set_aside(&self, earlier: &Purchase) -> anyhow::Result<()> {
        let Some(preimage) = earlier.preimage() else {
            return Ok(());
        };
        let hash = preimage.payment_hash().to_hex();
        let name = self.path.with_extension(format!("{}.json", &hash[..16]));
        fs::rename(&self.path, &name)
            .and_then(|()| sync_folder(&self.path))
            .with_context(|| format!("the earlier purchase cannot be moved to {}", name.display()))
    }
}

fn read(path: &Path) -> anyhow::Result<Option<Purchase>> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
    };
    let damaged = || {
        format!(
            "the purchase at {} is damaged; it may hold a paid song, so look at it before you move it",
            path.display()
        )
    };
    serde_json::from_slice(&text).map(Some).with_context(damaged)
}

/// Opens a file that only its owner may read: a macaroon and a preimage together are the song.
fn open_private(path: &Path, truncate: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A rename lasts only once its folder is on the disk.
fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        #[cfg(unix)]
        Some(folder) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use busker_core::id::Preimage;

    use super::super::purchase::tests::purchase;
    use super::Purchases;
    use crate::client::purchase::Stage;

    const URL: &str = "http://shop.example/api";
    const BODY: &str = r#"{"prompt":"sea shanty"}"#;

    #[test]
    fn a_purchase_is_found_again_by_its_address_and_request_only() {
        let folder = tempfile::tempdir().unwrap();
        let purchases = Purchases::below(folder.path());
        let kept = purchase(Stage::Paid {
            preimage: Preimage([3; 32]),
        });
        {
            let slot = purchases.hold(URL, BODY).unwrap();
            assert!(slot.load().unwrap().is_none());
            slot.save(&purchase(Stage::Quoted)).unwrap();
            slot.save(&kept).unwrap();
        }
        assert!(purchases.hold(URL, BODY).unwrap().load().unwrap() == Some(kept));
        assert!(purchases.peek("http://other.example/api", BODY).unwrap().is_none());
        assert!(purchases.peek(URL, "{}").unwrap().is_none());
    }

    #[test]
    #[cfg(unix)]
    fn only_its_owner_may_read_a_purchase() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let slot = Purchases::below(folder.path()).hold(URL, BODY).unwrap();
        slot.save(&purchase(Stage::Quoted)).unwrap();
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&slot.path), 0o600);
        assert_eq!(mode(&folder.path().join("purchases")), 0o700);
    }

    #[test]
    fn two_processes_cannot_buy_the_same_song_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let purchases = Purchases::below(folder.path());
        let held = purchases.hold(URL, BODY).unwrap();
        let refused = purchases.hold(URL, BODY).err().unwrap();
        assert!(refused.to_string().contains("another busker"), "{refused}");
        assert!(purchases.hold(URL, "{}").is_ok());
        drop(held);
        assert!(purchases.hold(URL, BODY).is_ok());
    }

    #[test]
    fn setting_a_paid_purchase_aside_keeps_its_proof() {
        let folder = tempfile::tempdir().unwrap();
        let slot = Purchases::below(folder.path()).hold(URL, BODY).unwrap();
        let earlier = purchase(Stage::Downloaded {
            preimage: Preimage([3; 32]),
            file: "a.mp3".to_owned(),
        });
        slot.save(&earlier).unwrap();
        slot.set_aside(&earlier).unwrap();
        assert!(slot.load().unwrap().is_none());
        let kept = std::fs::read_dir(folder.path().join("purchases")).unwrap();
        let proofs = kept.filter(|entry| {
            let path = entry.as_ref().unwrap().path();
            std::fs::read_to_string(path).unwrap().contains(&"03".repeat(32))
        });
        assert_eq!(proofs.count(), 1);
    }

    #[test]
    fn a_damaged_purchase_is_never_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let slot = Purchases::below(folder.path()).hold(URL, BODY).unwrap();
        std::fs::write(&slot.path, "{\"url\":").unwrap();
        assert!(slot.load().err().unwrap().to_string().contains("damaged"));
    }
}
