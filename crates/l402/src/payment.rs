//! The two halves of a Lightning payment that L402 builds on.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::error::ParseError;

/// The SHA-256 of a preimage: names an invoice, and is public.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaymentHash(pub [u8; 32]);

impl PaymentHash {
    /// The bytes, in the order in which BOLT 11 writes them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for PaymentHash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl ConstantTimeEq for PaymentHash {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

impl fmt::Display for PaymentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for PaymentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaymentHash({self})")
    }
}

/// The proof that an invoice was paid. Whoever has it, and the macaroon, has the song: it is never printed, and is
/// wiped from memory when dropped.
#[derive(Clone)]
pub struct Preimage(Zeroizing<[u8; 32]>);

impl Preimage {
    /// Reads 64 hexadecimal digits in any case.
    ///
    /// # Errors
    /// [`ParseError::Preimage`] for anything else.
    pub fn from_hex(text: &str) -> Result<Self, ParseError> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut_slice()).map_err(|_| ParseError::Preimage)?;
        Ok(Self(bytes))
    }

    /// 64 lowercase hexadecimal digits, as they stand in an `Authorization` header.
    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.as_bytes()))
    }

    /// The secret itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash of the invoice that this preimage settles.
    #[must_use]
    pub fn payment_hash(&self) -> PaymentHash {
        PaymentHash(Sha256::digest(self.as_bytes()).into())
    }
}

impl From<[u8; 32]> for Preimage {
    fn from(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl fmt::Debug for Preimage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Preimage(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preimage_is_read_in_any_case_and_written_in_lower_case() {
        let preimage = Preimage::from_hex(&"aB".repeat(32)).unwrap();
        assert_eq!(*preimage.to_hex(), "ab".repeat(32));
    }

    #[test]
    fn a_preimage_of_another_length_or_alphabet_is_refused() {
        for text in [
            "",
            "ab",
            &"ab".repeat(31),
            &"ab".repeat(33),
            &"xy".repeat(32),
            &"é".repeat(32),
        ] {
            assert_eq!(Preimage::from_hex(text).unwrap_err(), ParseError::Preimage, "{text}");
        }
    }

    #[test]
    fn the_payment_hash_is_the_sha256_of_the_preimage() {
        let hash = Preimage::from([0; 32]).payment_hash();
        assert_eq!(
            hash.to_string(),
            "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
        );
    }

    #[test]
    fn debug_output_never_shows_a_preimage() {
        assert_eq!(format!("{:?}", Preimage::from([7; 32])), "Preimage(…)");
    }
}
