//! The server's master keys, and how each macaroon's root key follows from them.
//!
//! Nothing is stored for a macaroon: its root key is HKDF-SHA256 of a master key and its identifier. So an unpaid quote
//! costs no secret, and every node that has the key file verifies what any other node minted.

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::chain;
use crate::identifier::{Identifier, KeyId};

const ROOT_KEY_DOMAIN: &[u8] = b"busker l402 root key v1\0";
const KEY_ID_DOMAIN: &[u8] = b"busker l402 key id v1\0";

/// A ring of master keys: the newest mints, all of them verify. Keys are wiped from memory when dropped.
pub struct MasterKeys {
    newest: MasterKey,
    older: Vec<MasterKey>,
}

impl MasterKeys {
    /// A ring from keys that the caller holds, newest first.
    #[must_use]
    pub fn new(newest: [u8; 32], older: impl IntoIterator<Item = [u8; 32]>) -> Self {
        Self {
            newest: MasterKey::from(newest),
            older: older.into_iter().map(MasterKey::from).collect(),
        }
    }

    /// A ring of one fresh key that is written nowhere; what it mints is worthless after the process ends.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn ephemeral() -> Result<Self, getrandom::Error> {
        Ok(Self::from_ring(MasterKey::random()?, Vec::new()))
    }

    /// The public names of the keys, newest first; for logs.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> {
        self.ring().map(MasterKey::id)
    }

    pub(crate) fn from_ring(newest: MasterKey, older: Vec<MasterKey>) -> Self {
        Self { newest, older }
    }

    /// The key that mints.
    pub(crate) fn newest(&self) -> &MasterKey {
        &self.newest
    }

    /// The root keys that the identifier's macaroon may be signed with: one, or none when the key is unknown. (More
    /// only if two master keys share their four-byte id by chance.)
    pub(crate) fn root_keys(&self, identifier: &Identifier) -> Vec<Zeroizing<[u8; 32]>> {
        let key_id = identifier.token_id.key_id();
        self.ring()
            .filter(|key| key.id() == key_id)
            .map(|key| key.root_key(identifier))
            .collect()
    }

    fn ring(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.newest).chain(&self.older)
    }
}

impl fmt::Debug for MasterKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MasterKeys")
            .field(&self.ids().collect::<Vec<_>>())
            .finish()
    }
}

/// One master key. It has no `Debug`: there is nothing to show but its id.
pub(crate) struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// 64 hexadecimal digits.
    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.0))
    }

    pub(crate) fn id(&self) -> KeyId {
        let digest = Sha256::new()
            .chain_update(KEY_ID_DOMAIN)
            .chain_update(*self.0)
            .finalize();
        let [a, b, c, d, ..]: [u8; 32] = digest.into();
        KeyId([a, b, c, d])
    }

    pub(crate) fn root_key(&self, identifier: &Identifier) -> Zeroizing<[u8; 32]> {
        chain::hkdf_sha256(&*self.0, &[ROOT_KEY_DOMAIN, &identifier.to_bytes()])
    }
}

impl From<[u8; 32]> for MasterKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identifier::TokenId;
    use crate::payment::PaymentHash;

    fn identifier(key: &MasterKey) -> Identifier {
        let mut token_id = [5; 32];
        token_id[..4].copy_from_slice(&key.id().0);
        Identifier {
            payment_hash: PaymentHash([1; 32]),
            token_id: TokenId(token_id),
        }
    }

    /// Changing any of these strings would invalidate every macaroon sold so far.
    #[test]
    fn key_ids_and_root_keys_never_change_between_releases() {
        let key = MasterKey::from([1; 32]);
        assert_eq!(key.id().to_string(), "0da356f0");
        assert_eq!(
            hex::encode(*key.root_key(&identifier(&key))),
            "ffe6842ac4513b697a5fdc9c53083c6178b4cfde5e8769f2d0e51dddd384c0ef"
        );
    }

    #[test]
    fn every_key_of_the_ring_is_found_by_its_id_and_no_other_is() {
        let ring = MasterKeys::new([1; 32], [[2; 32], [3; 32]]);
        for bytes in [[1; 32], [2; 32], [3; 32]] {
            let key = MasterKey::from(bytes);
            let identifier = identifier(&key);
            let found = ring.root_keys(&identifier);
            assert_eq!(found.len(), 1);
            assert_eq!(*found[0], *key.root_key(&identifier));
        }
        assert!(ring.root_keys(&identifier(&MasterKey::from([4; 32]))).is_empty());
    }

    #[test]
    fn another_identifier_has_another_root_key() {
        let key = MasterKey::from([1; 32]);
        let one = identifier(&key);
        let other = Identifier {
            payment_hash: PaymentHash([2; 32]),
            ..one
        };
        assert_ne!(*key.root_key(&one), *key.root_key(&other));
    }

    #[test]
    fn debug_output_shows_ids_and_no_keys() {
        let shown = format!("{:?}", MasterKeys::new([0xab; 32], [[0xcd; 32]]));
        assert!(
            !shown.contains("abab") && !shown.contains("cdcd") && !shown.contains("171"),
            "{shown}"
        );
        assert!(shown.contains(&MasterKey::from([0xab; 32]).id().to_string()), "{shown}");
    }
}
