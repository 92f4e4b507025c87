//! Macaroons: bearer tokens to which anyone may add a restriction, and from which nobody can remove one.

use std::fmt;

use subtle::ConstantTimeEq;

use crate::error::ParseError;
use crate::{chain, token_text, wire};

/// The largest macaroon that is read or made, in bytes: what fits into a credential of
/// [`MAX_CREDENTIAL_BYTES`](crate::MAX_CREDENTIAL_BYTES) as base64.
pub const MAX_MACAROON_BYTES: usize = 6_000;

/// The most caveats that are read or made. Minting uses three, a paying client adds one.
pub const MAX_CAVEATS: usize = 64;

/// A macaroon in the V2 binary format, with first-party caveats only.
///
/// There is no `==`: comparing tokens is not how they are checked (see [`is_signed_by`](Self::is_signed_by)), and would
/// leak the signature through timing.
#[derive(Clone)]
pub struct Macaroon {
    /// A hint for humans, not covered by the signature. `Some` of nothing is written out, `None` is not.
    location: Option<Vec<u8>>,
    identifier: Vec<u8>,
    caveats: Vec<Vec<u8>>,
    signature: [u8; 32],
}

impl Macaroon {
    /// Makes a macaroon without caveats. The root key may have any length; the chain hashes it first.
    ///
    /// # Errors
    /// [`ParseError::TooLarge`] above [`MAX_MACAROON_BYTES`].
    pub fn new(root_key: &[u8], identifier: &[u8], location: Option<&[u8]>) -> Result<Self, ParseError> {
        let macaroon = Self {
            location: location.map(<[u8]>::to_vec),
            identifier: identifier.to_vec(),
            caveats: Vec::new(),
            signature: chain::start(root_key, identifier),
        };
        check_size(macaroon.to_bytes().len())?;
        Ok(macaroon)
    }

    /// Reads the V2 binary format. Says nothing about who made the macaroon.
    ///
    /// # Errors
    /// [`ParseError::TooLarge`], [`ParseError::MacaroonFormat`] for V1 and JSON, [`ParseError::Macaroon`] for bytes
    /// that break the layout.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ParseError> {
        check_size(bytes.len())?;
        let mut fields = wire::Fields::open(bytes)?;

        let location = fields.optional(wire::LOCATION)?.map(<[u8]>::to_vec);
        let identifier = fields.required(wire::IDENTIFIER, "the identifier is missing")?.to_vec();
        fields.expect_section_end()?;

        let mut caveats = Vec::new();
        while !fields.section_ends() {
            check_caveat_count(caveats.len() + 1)?;
            let caveat = fields.required(
                wire::IDENTIFIER,
                "neither a first-party caveat nor the end of the caveats",
            )?;
            caveats.push(caveat.to_vec());
            fields.expect_section_end()?;
        }

        let signature = fields.required(wire::SIGNATURE, "the signature is missing")?;
        let signature = signature
            .try_into()
            .map_err(|_| fields.broken("the signature is not 32 bytes long"))?;
        fields.expect_nothing_more()?;
        Ok(Self {
            location,
            identifier,
            caveats,
            signature,
        })
    }

    /// Reads base64 in either alphabet, with or without padding.
    ///
    /// # Errors
    /// [`ParseError::Base64`], and those of [`from_bytes`](Self::from_bytes).
    pub fn from_base64(text: &str) -> Result<Self, ParseError> {
        Self::from_bytes(&token_text::decode(text)?)
    }

    /// The V2 binary format. Gives back exactly the bytes that were read.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        wire::put_version(&mut out);
        if let Some(location) = &self.location {
            wire::put_field(&mut out, wire::LOCATION, location);
        }
        wire::put_field(&mut out, wire::IDENTIFIER, &self.identifier);
        wire::put_end(&mut out);
        for caveat in &self.caveats {
            wire::put_field(&mut out, wire::IDENTIFIER, caveat);
            wire::put_end(&mut out);
        }
        wire::put_end(&mut out);
        wire::put_field(&mut out, wire::SIGNATURE, &self.signature);
        out
    }

    /// Base64 in the standard alphabet with padding, the only spelling that every known client reads.
    #[must_use]
    pub fn to_base64(&self) -> String {
        token_text::encode(&self.to_bytes())
    }

    /// Restricts the macaroon further. Needs no key: this is also what clients do.
    ///
    /// # Errors
    /// [`ParseError::TooLarge`] above [`MAX_CAVEATS`] or [`MAX_MACAROON_BYTES`]; the macaroon is then unchanged.
    pub fn add_caveat(&mut self, caveat: impl AsRef<[u8]>) -> Result<(), ParseError> {
        let caveat = caveat.as_ref();
        check_caveat_count(self.caveats.len() + 1)?;
        let mut field = Vec::new();
        wire::put_field(&mut field, wire::IDENTIFIER, caveat);
        wire::put_end(&mut field);
        check_size(self.to_bytes().len() + field.len())?;

        self.signature = chain::extend(&self.signature, caveat);
        self.caveats.push(caveat.to_vec());
        Ok(())
    }

    /// Whether the signature follows from this root key, the identifier and every caveat. Takes the same time wherever
    /// the signature differs.
    #[must_use]
    pub fn is_signed_by(&self, root_key: &[u8]) -> bool {
        let start = chain::start(root_key, &self.identifier);
        let expected = self
            .caveats
            .iter()
            .fold(start, |signature, caveat| chain::extend(&signature, caveat));
        expected.ct_eq(&self.signature).into()
    }

    /// The identifier's bytes; for L402 see [`Identifier`](crate::Identifier).
    #[must_use]
    pub fn identifier(&self) -> &[u8] {
        &self.identifier
    }

    /// The caveats' bytes, in the order in which they were added.
    pub fn caveats(&self) -> impl Iterator<Item = &[u8]> {
        self.caveats.iter().map(Vec::as_slice)
    }

    /// The location's bytes. Unauthenticated: never decide anything by it.
    #[must_use]
    pub fn location(&self) -> Option<&[u8]> {
        self.location.as_deref()
    }
}

/// Shows no signature, and no caveat, because paying clients append the preimage as one.
impl fmt::Debug for Macaroon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Macaroon")
            .field("identifier", &hex::encode(&self.identifier))
            .field("caveats", &self.caveats.len())
            .finish_non_exhaustive()
    }
}

fn check_size(found: usize) -> Result<(), ParseError> {
    check_limit("macaroon's bytes", found, MAX_MACAROON_BYTES)
}

fn check_caveat_count(found: usize) -> Result<(), ParseError> {
    check_limit("macaroon's caveats", found, MAX_CAVEATS)
}

fn check_limit(what: &'static str, found: usize, limit: usize) -> Result<(), ParseError> {
    if found > limit {
        Err(ParseError::TooLarge { what, found, limit })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT_KEY: &[u8] = b"a root key";

    fn macaroon() -> Macaroon {
        let mut macaroon = Macaroon::new(ROOT_KEY, b"id", Some(b"here")).unwrap();
        macaroon.add_caveat("services=music:0").unwrap();
        macaroon
    }

    /// Offset of the signature field: tag and length before 32 bytes.
    fn signature_at(bytes: &[u8]) -> usize {
        bytes.len() - 34
    }

    #[test]
    fn the_bytes_read_are_the_bytes_written() {
        let bytes = macaroon().to_bytes();
        assert_eq!(Macaroon::from_bytes(&bytes).unwrap().to_bytes(), bytes);
    }

    #[test]
    fn only_the_minting_key_verifies() {
        assert!(macaroon().is_signed_by(ROOT_KEY));
        assert!(!macaroon().is_signed_by(b"another key"));
    }

    #[test]
    fn removing_or_reordering_caveats_is_noticed() {
        let mut original = macaroon();
        original.add_caveat("b=2").unwrap();
        let mut shortened = original.clone();
        shortened.caveats.pop();
        assert!(!shortened.is_signed_by(ROOT_KEY));
        let mut reordered = original;
        reordered.caveats.reverse();
        assert!(!reordered.is_signed_by(ROOT_KEY));
    }

    #[test]
    fn the_location_is_not_authenticated() {
        let mut moved = macaroon();
        moved.location = Some(b"elsewhere".to_vec());
        assert!(moved.is_signed_by(ROOT_KEY));
    }

    #[test]
    fn a_macaroon_without_location_and_one_with_an_empty_location_stay_what_they_are() {
        for location in [None, Some(&b""[..])] {
            let bytes = Macaroon::new(ROOT_KEY, b"id", location).unwrap().to_bytes();
            let read = Macaroon::from_bytes(&bytes).unwrap();
            assert_eq!(read.location(), location);
            assert_eq!(read.to_bytes(), bytes);
        }
    }

    #[test]
    fn every_truncation_is_refused() {
        let bytes = macaroon().to_bytes();
        for length in 0..bytes.len() {
            assert!(Macaroon::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn bytes_after_the_signature_are_refused() {
        let mut bytes = macaroon().to_bytes();
        bytes.push(0);
        let at = bytes.len() - 1;
        let problem = "bytes follow the signature";
        assert_eq!(
            Macaroon::from_bytes(&bytes).unwrap_err(),
            ParseError::Macaroon { at, problem }
        );
    }

    #[test]
    fn a_short_signature_is_refused() {
        let mut bytes = macaroon().to_bytes();
        let at = signature_at(&bytes);
        bytes[at + 1] = 31;
        bytes.pop();
        assert!(Macaroon::from_bytes(&bytes).is_err());
    }

    #[test]
    fn other_formats_are_named_in_the_refusal() {
        let cases = [
            (&b"0021location http://example.org/\n"[..], "the V1 text format"),
            (br#"{"v":2,"i":"id"}"#, "JSON"),
            (&[0x01, 0x02], "an unknown format"),
        ];
        for (bytes, found) in cases {
            assert_eq!(
                Macaroon::from_bytes(bytes).unwrap_err(),
                ParseError::MacaroonFormat { found }
            );
        }
    }

    #[test]
    fn the_byte_table_of_the_l402_specification_is_not_accepted() {
        // Location under tag 6, the caveat under tag 1 with an empty field 2, a zero byte at the end.
        let mut bytes = vec![2, 6, 4];
        bytes.extend(b"here");
        bytes.extend([2, 2]);
        bytes.extend(b"id");
        bytes.extend([0, 1, 3]);
        bytes.extend(b"a=b");
        bytes.extend([2, 0, 0, 0, 6, 32]);
        bytes.extend([7; 32]);
        bytes.push(0);
        assert!(matches!(Macaroon::from_bytes(&bytes), Err(ParseError::Macaroon { .. })));
    }

    #[test]
    fn a_third_party_caveat_is_refused_by_name() {
        let mut bytes = vec![2, 2, 2];
        bytes.extend(b"id");
        bytes.extend([0, 2, 1, b'c', 4, 1, b'v', 0, 0, 6, 32]);
        bytes.extend([7; 32]);
        let problem = "third-party caveats are not supported";
        assert_eq!(
            Macaroon::from_bytes(&bytes).unwrap_err(),
            ParseError::Macaroon { at: 9, problem }
        );
    }

    #[test]
    fn size_and_number_of_caveats_are_bounded_when_adding_and_when_reading() {
        let mut full = Macaroon::new(ROOT_KEY, b"id", None).unwrap();
        for _ in 0..MAX_CAVEATS {
            full.add_caveat("a=b").unwrap();
        }
        assert!(matches!(full.add_caveat("a=b"), Err(ParseError::TooLarge { .. })));
        assert!(
            full.is_signed_by(ROOT_KEY),
            "a refused caveat must not change the signature"
        );

        let mut bytes = full.to_bytes();
        let at = signature_at(&bytes) - 1;
        bytes.splice(at..at, [2, 3, b'a', b'=', b'b', 0]);
        assert!(matches!(Macaroon::from_bytes(&bytes), Err(ParseError::TooLarge { .. })));

        let mut large = Macaroon::new(ROOT_KEY, b"id", None).unwrap();
        assert!(matches!(
            large.add_caveat(vec![b'x'; MAX_MACAROON_BYTES]),
            Err(ParseError::TooLarge { .. })
        ));
        assert!(Macaroon::new(ROOT_KEY, &[0; MAX_MACAROON_BYTES], None).is_err());
        assert!(Macaroon::from_bytes(&[2; MAX_MACAROON_BYTES + 1]).is_err());
    }

    #[test]
    fn debug_output_shows_neither_signature_nor_caveats() {
        let mut paid = macaroon();
        paid.add_caveat(format!("preimage={}", "ab".repeat(32))).unwrap();
        let shown = format!("{paid:?}");
        assert!(
            !shown.contains("abab") && !shown.contains(&hex::encode(paid.signature)),
            "{shown}"
        );
    }
}
