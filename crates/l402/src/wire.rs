//! The fields of a V2 binary macaroon (libmacaroons, `doc/format.txt`).
//!
//! A field is a tag, a length as unsigned LEB128, and the data; tag 0 ends a section and has neither. The layout in the
//! L402 specification's own byte table differs and is read by no library, so it is not followed.

use crate::error::ParseError;

/// The first byte of every V2 binary macaroon.
const VERSION: u8 = 2;

pub(crate) const LOCATION: u8 = 1;
pub(crate) const IDENTIFIER: u8 = 2;
pub(crate) const SIGNATURE: u8 = 6;
const VERIFICATION_ID: u8 = 4;
const END: u8 = 0;

/// Appends the first byte.
pub(crate) fn put_version(out: &mut Vec<u8>) {
    out.push(VERSION);
}

/// Appends one field.
pub(crate) fn put_field(out: &mut Vec<u8>, tag: u8, data: &[u8]) {
    out.push(tag);
    let mut length = data.len();
    while length >= 0x80 {
        out.push((length & 0x7f) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    out.extend_from_slice(data);
}

/// Appends the end of a section.
pub(crate) fn put_end(out: &mut Vec<u8>) {
    out.push(END);
}

/// Reads fields one after the other and remembers where it is, for errors.
///
/// Only the shortest form of a length is accepted, so that one macaroon has one byte string.
pub(crate) struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Fields<'a> {
    /// Starts behind the version byte.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ParseError> {
        match bytes.first() {
            Some(&VERSION) => Ok(Self { bytes, at: 1 }),
            Some(b'{' | b'[') => Err(ParseError::MacaroonFormat { found: "JSON" }),
            Some(byte) if byte.is_ascii_hexdigit() => Err(ParseError::MacaroonFormat {
                found: "the V1 text format",
            }),
            Some(_) => Err(ParseError::MacaroonFormat {
                found: "an unknown format",
            }),
            None => Err(ParseError::Macaroon {
                at: 0,
                problem: "it is empty",
            }),
        }
    }

    /// The data of the next field, which must have this tag.
    pub(crate) fn required(&mut self, tag: u8, otherwise: &'static str) -> Result<&'a [u8], ParseError> {
        self.optional(tag)?.ok_or_else(|| self.broken(otherwise))
    }

    /// The data of the next field if it has this tag; else nothing is consumed.
    pub(crate) fn optional(&mut self, tag: u8) -> Result<Option<&'a [u8]>, ParseError> {
        if self.bytes.get(self.at) != Some(&tag) {
            return Ok(None);
        }
        self.at += 1;
        let length = self.length()?;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let data = rest
            .get(..length)
            .ok_or_else(|| self.broken("a field is longer than what is left"))?;
        self.at += length;
        Ok(Some(data))
    }

    /// Consumes a section's end if it is next.
    pub(crate) fn section_ends(&mut self) -> bool {
        let ends = self.bytes.get(self.at) == Some(&END);
        self.at += usize::from(ends);
        ends
    }

    /// Fails unless a section ends here.
    pub(crate) fn expect_section_end(&mut self) -> Result<(), ParseError> {
        if self.section_ends() {
            return Ok(());
        }
        Err(match self.bytes.get(self.at) {
            Some(&VERIFICATION_ID) => self.broken("third-party caveats are not supported"),
            Some(_) => self.broken("a field stands where none may"),
            None => self.broken("it ends too early"),
        })
    }

    /// Fails if bytes are left.
    pub(crate) fn expect_nothing_more(&self) -> Result<(), ParseError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(self.broken("bytes follow the signature"))
        }
    }

    /// The error for what stands at the current place.
    pub(crate) fn broken(&self, problem: &'static str) -> ParseError {
        ParseError::Macaroon { at: self.at, problem }
    }

    fn length(&mut self) -> Result<usize, ParseError> {
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = *self
                .bytes
                .get(self.at)
                .ok_or_else(|| self.broken("it ends inside a length"))?;
            length |= usize::from(byte & 0x7f) << shift;
            if byte == 0 && shift > 0 {
                return Err(self.broken("a length is not in its shortest form"));
            }
            self.at += 1;
            if byte < 0x80 {
                return Ok(length);
            }
        }
        Err(self.broken("a length is far too large"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_round_trip_across_the_one_byte_limit() {
        for length in [0, 1, 127, 128, 300, 16_383, 16_384] {
            let mut bytes = Vec::new();
            put_version(&mut bytes);
            put_field(&mut bytes, IDENTIFIER, &vec![7; length]);
            let mut fields = Fields::open(&bytes).unwrap();
            assert_eq!(fields.required(IDENTIFIER, "").unwrap().len(), length);
            fields.expect_nothing_more().unwrap();
        }
    }

    #[test]
    fn a_length_with_needless_bytes_is_refused() {
        let mut fields = Fields::open(&[VERSION, IDENTIFIER, 0x81, 0x00, 7]).unwrap();
        assert!(matches!(
            fields.optional(IDENTIFIER),
            Err(ParseError::Macaroon { at: 3, .. })
        ));
    }

    #[test]
    fn a_length_without_end_is_refused() {
        let mut fields = Fields::open(&[VERSION, IDENTIFIER, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]).unwrap();
        assert!(matches!(fields.optional(IDENTIFIER), Err(ParseError::Macaroon { .. })));
    }
}
