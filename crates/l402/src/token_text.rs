//! Macaroons as text: strict when written, forgiving when read.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use crate::error::ParseError;

/// Standard alphabet with padding: lnget and Aperture read nothing else.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Either alphabet, padded or not: clients re-encode in the way of their own libraries.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, ParseError> {
    let standard = text.trim_end_matches('=').replace('-', "+").replace('_', "/");
    Ok(STANDARD_NO_PAD.decode(standard)?)
}

/// Whether `text` survives clients that delete the first `L402` and `LSAT` anywhere in the challenge, not only the
/// scheme's name (@getalby/lightning-tools 9.0.1 does).
pub(crate) fn survives_scheme_removal(text: &str) -> bool {
    !text.contains("L402") && !text.contains("LSAT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_base64_is_read() {
        let bytes = [0xfb, 0xff, 0xbe, 0x01];
        for text in ["+/++AQ==", "+/++AQ=", "+/++AQ", "-_--AQ==", "-_--AQ"] {
            assert_eq!(decode(text).unwrap(), bytes, "{text}");
        }
        assert_eq!(encode(&bytes), "+/++AQ==");
    }

    #[test]
    fn text_that_is_not_base64_is_refused() {
        for text in ["a b=", "ab:c", "=abc", "a"] {
            assert!(matches!(decode(text), Err(ParseError::Base64(_))), "{text}");
        }
    }
}
