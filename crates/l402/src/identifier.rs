//! The identifier of an L402 macaroon, version 0: `0:u16 ‖ payment_hash[32] ‖ token_id[32]`, big-endian, 66 bytes.

use std::fmt;

use crate::payment::PaymentHash;

/// What a macaroon is about: which invoice, and which of the macaroons minted for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identifier {
    /// The invoice that must be paid.
    pub payment_hash: PaymentHash,
    /// Makes macaroons for one invoice distinct, and says which master key signed.
    pub token_id: TokenId,
}

impl Identifier {
    /// Length of version 0, the only one there is.
    pub const BYTES: usize = 2 + 32 + 32;

    /// Reads version 0. `None` for another version or length: such a macaroon was not minted by this code.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (version, rest) = bytes.split_first_chunk::<2>()?;
        let (payment_hash, rest) = rest.split_first_chunk::<32>()?;
        let token_id: &[u8; 32] = rest.try_into().ok()?;
        let known = u16::from_be_bytes(*version) == 0;
        known.then_some(Self {
            payment_hash: PaymentHash(*payment_hash),
            token_id: TokenId(*token_id),
        })
    }

    /// The 66 bytes of version 0.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[2..34].copy_from_slice(self.payment_hash.as_bytes());
        bytes[34..].copy_from_slice(&self.token_id.0);
        bytes
    }
}

/// 32 bytes that clients take as random. The first four name the master key, so that it can be found without a
/// lookup before anything is authenticated; the other 28 are random.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenId(pub [u8; 32]);

impl TokenId {
    /// Rolls a new id under a master key.
    pub(crate) fn random(key_id: KeyId) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        let (head, tail) = bytes.split_at_mut(key_id.0.len());
        head.copy_from_slice(&key_id.0);
        getrandom::fill(tail)?;
        Ok(Self(bytes))
    }

    /// Which master key signed, if this server minted the macaroon at all.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        let [a, b, c, d, ..] = self.0;
        KeyId([a, b, c, d])
    }
}

impl fmt::Debug for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenId({})", hex::encode(self.0))
    }
}

/// The public name of a master key: it says nothing about the key, and is safe to log.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_66_bytes_in_the_order_version_payment_hash_token_id() {
        let identifier = Identifier {
            payment_hash: PaymentHash([1; 32]),
            token_id: TokenId([2; 32]),
        };
        let bytes = identifier.to_bytes();
        assert_eq!(bytes[..2], [0, 0]);
        assert_eq!(bytes[2..34], [1; 32]);
        assert_eq!(bytes[34..], [2; 32]);
        assert_eq!(Identifier::from_bytes(&bytes), Some(identifier));
    }

    #[test]
    fn another_version_or_length_is_not_an_identifier() {
        let good = [0; Identifier::BYTES];
        assert!(Identifier::from_bytes(&good).is_some());
        assert!(Identifier::from_bytes(&good[1..]).is_none());
        assert!(Identifier::from_bytes(&[0; 67]).is_none());
        let mut version_one = good;
        version_one[1] = 1;
        assert!(Identifier::from_bytes(&version_one).is_none());
    }

    #[test]
    fn a_token_id_starts_with_its_key_id_and_is_random_after_it() {
        let key_id = KeyId([9, 8, 7, 6]);
        let one = TokenId::random(key_id).unwrap();
        let two = TokenId::random(key_id).unwrap();
        assert_eq!(one.key_id(), key_id);
        assert_eq!(two.key_id(), key_id);
        assert_ne!(one, two);
    }
}
