//! The wallet's one secret, and what is derived from it.

use std::fmt;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use bitcoin::secp256k1::SecretKey;
use busker_core::id::Preimage;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use tempfile::NamedTempFile;

use crate::error::LightningError;

/// What each derivation is for. None begins with another, so no two derivations can meet.
const PREIMAGE: &[u8] = b"busker/sandbox/preimage/1/";
const NODE_KEY: &[u8] = b"busker/sandbox/node/1/";

/// SHA-256's input block, to which HMAC pads its key with zeros (RFC 2104, section 2).
const BLOCK_BYTES: usize = 64;

/// Whoever holds it can pay every invoice of the wallet.
pub(super) struct WalletKey {
    derivation: Hmac<Sha256>,
    node_key: SecretKey,
}

impl WalletKey {
    /// Reads the key file, or creates it. Of several processes that create it at once, one wins and all use its key.
    pub(super) fn load_or_create(path: &Path) -> Result<Self, LightningError> {
        if let Some(key) = Self::load(path)? {
            return Ok(key);
        }
        let mut secret = [0; 32];
        getrandom::fill(&mut secret).map_err(LightningError::NoRandomness)?;
        write_unless_there(path, &secret)?;
        Self::load(path)?.ok_or_else(|| LightningError::NoWallet { path: path.to_owned() })
    }

    /// Reads the key file; `None` if there is none.
    pub(super) fn load(path: &Path) -> Result<Option<Self>, LightningError> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(missing) if missing.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(LightningError::io("read", path)(error)),
        };
        let bad_key = || LightningError::BadKey { path: path.to_owned() };
        let mut secret = [0; 32];
        hex::decode_to_slice(text.trim(), &mut secret).map_err(|_| bad_key())?;
        Self::from_secret(&secret).map(Some).ok_or_else(bad_key)
    }

    /// `None` for the one secret in 2^128 whose node key would be no number of the curve.
    fn from_secret(secret: &[u8; 32]) -> Option<Self> {
        let mut block = [0; BLOCK_BYTES];
        block[..secret.len()].copy_from_slice(secret);
        let derivation = <Hmac<Sha256> as KeyInit>::new(&block.into());
        let node_key = SecretKey::from_slice(&derive(&derivation, NODE_KEY, &[])).ok()?;
        Some(Self { derivation, node_key })
    }

    /// Signs the wallet's invoices.
    pub(super) fn node_key(&self) -> &SecretKey {
        &self.node_key
    }

    /// The preimage of the invoice with this payment secret.
    pub(super) fn preimage(&self, payment_secret: &[u8; 32]) -> Preimage {
        Preimage(derive(&self.derivation, PREIMAGE, payment_secret))
    }
}

impl fmt::Debug for WalletKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WalletKey(…)")
    }
}

fn derive(keyed: &Hmac<Sha256>, purpose: &[u8], of: &[u8]) -> [u8; 32] {
    let mac = keyed.clone().chain_update(purpose).chain_update(of);
    mac.finalize().into_bytes().into()
}

/// Puts a complete key file where there was none, down to the disk; leaves one alone that is there already. A temporary
/// file is readable for its owner alone, and stays so when it gets its name.
fn write_unless_there(path: &Path, secret: &[u8; 32]) -> Result<(), LightningError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(LightningError::io("create a file in", folder))?;
    let written = writeln!(file, "{}", hex::encode(secret)).and_then(|()| file.as_file().sync_all());
    written.map_err(LightningError::io("write", path))?;
    match file.persist_noclobber(path) {
        Ok(_) => sync_folder(folder),
        Err(late) if late.error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(failed) => Err(LightningError::io("create", path)(failed.error)),
    }
}

/// Makes new names in a folder durable. Windows needs and offers no such thing.
pub(super) fn sync_folder(folder: &Path) -> Result<(), LightningError> {
    if cfg!(windows) {
        return Ok(());
    }
    let synced = fs::File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(LightningError::io("write", folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_back_and_derives_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.key");
        assert!(WalletKey::load(&path).unwrap().is_none());
        let made = WalletKey::load_or_create(&path).unwrap();
        let read = WalletKey::load(&path).unwrap().unwrap();
        assert_eq!(made.node_key(), read.node_key());
        assert_eq!(made.preimage(&[5; 32]), read.preimage(&[5; 32]));
        assert_ne!(made.preimage(&[5; 32]), read.preimage(&[6; 32]));
        assert_eq!(format!("{made:?}"), "WalletKey(…)");
    }

    /// Old invoices must stay payable after an update, so the derivation never changes. Reference values: HMAC-SHA256 of
    /// Python's `hmac` module.
    #[test]
    fn the_derivation_is_what_it_always_was() {
        let key = WalletKey::from_secret(&[7; 32]).unwrap();
        assert_eq!(
            hex::encode(key.node_key().secret_bytes()),
            "681e13a2da18c5798de0d4e2d2321394e0ee8324e34fcfcde4643254d74308e2"
        );
        assert_eq!(
            key.preimage(&[9; 32]).to_hex(),
            "e4e885623f7340b1ce49c4a7ed60dfaeb23f1ca7e207bb6198b9ba6187011a09"
        );
    }

    #[test]
    fn a_damaged_key_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.key");
        fs::write(&path, "deadbeef\n").unwrap();
        assert!(matches!(
            WalletKey::load_or_create(&path),
            Err(LightningError::BadKey { .. })
        ));
        assert_eq!(fs::read_to_string(&path).unwrap(), "deadbeef\n");
    }

    #[test]
    fn of_many_that_create_the_key_at_once_all_use_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.key");
        let keys: Vec<SecretKey> = std::thread::scope(|scope| {
            let create = || *WalletKey::load_or_create(&path).unwrap().node_key();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(create)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file is left"
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_key() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wallet.key");
        WalletKey::load_or_create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
