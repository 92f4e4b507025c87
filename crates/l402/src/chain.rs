//! The HMAC chain that makes a macaroon unforgeable, and the derivation of the key it starts from.
//!
//! Chain: `k = HMAC("macaroons-key-generator", root)`, `s₀ = HMAC(k, identifier)`, `sᵢ = HMAC(sᵢ₋₁, caveatᵢ)`, all with
//! SHA-256 (libmacaroons; Birgisson et al., "Macaroons", NDSS 2014). Knowing `sᵢ` is enough to add a caveat and
//! useless for removing one.

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// SHA-256's input block. HMAC pads shorter keys with zeros to this length (RFC 2104, section 2).
const BLOCK_BYTES: usize = 64;

/// The signature over the identifier alone, before any caveat.
pub(crate) fn start(root_key: &[u8], identifier: &[u8]) -> [u8; 32] {
    let key = Zeroizing::new(hmac_sha256(b"macaroons-key-generator", &[root_key]));
    hmac_sha256(&key, &[identifier])
}

/// The signature after one more caveat.
pub(crate) fn extend(signature: &[u8; 32], caveat: &[u8]) -> [u8; 32] {
    hmac_sha256(signature, &[caveat])
}

/// HKDF-SHA256 without salt for one block of output (RFC 5869): extract, then `T(1)` of expand.
pub(crate) fn hkdf_sha256(input_key: &[u8], info: &[&[u8]]) -> Zeroizing<[u8; 32]> {
    let extracted = Zeroizing::new(hmac_sha256(&[0; 32], &[input_key]));
    let first_block: Vec<&[u8]> = info.iter().copied().chain([&[1_u8][..]]).collect();
    Zeroizing::new(hmac_sha256(&extracted, &first_block))
}

/// HMAC over the concatenation of `message`. The key is padded here, because the padded length makes the constructor
/// infallible; the array's type keeps it from exceeding a block.
fn hmac_sha256<const KEY_BYTES: usize>(key: &[u8; KEY_BYTES], message: &[&[u8]]) -> [u8; 32] {
    const { assert!(KEY_BYTES <= BLOCK_BYTES) };
    let mut block = Zeroizing::new([0; BLOCK_BYTES]);
    block[..KEY_BYTES].copy_from_slice(key);

    let mut mac = <Hmac<Sha256> as KeyInit>::new((&*block).into());
    for part in message {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_agrees_with_rfc_4231_case_2() {
        let tag = hmac_sha256(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(
            hex::encode(tag),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn hkdf_agrees_with_rfc_5869_case_3() {
        let key = hkdf_sha256(&[0x0b; 22], &[]);
        assert_eq!(
            hex::encode(*key),
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
        );
    }
}
