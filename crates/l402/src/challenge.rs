//! What the server asks for: `WWW-Authenticate: L402 macaroon="…", invoice="…", …`.

use std::fmt;

use crate::auth_params::AuthChallenge;
use crate::error::ParseError;
use crate::macaroon::Macaroon;
use crate::payment::Preimage;
use crate::scheme::Scheme;

/// The longest `WWW-Authenticate` value that is read, in bytes.
const MAX_CHALLENGE_BYTES: usize = 16 * 1024;

/// A macaroon and the invoice that makes it worth something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    scheme: Scheme,
    /// As text, so that a client returns another server's token untouched, whatever its format.
    token: String,
    invoice: String,
}

impl Challenge {
    /// What a server sends for a macaroon and a BOLT 11 invoice.
    ///
    /// # Errors
    /// [`ParseError::HeaderUnsafe`] when the invoice is empty or could break out of its quotes.
    pub fn new(macaroon: &Macaroon, invoice: &str) -> Result<Self, ParseError> {
        check_header_safe("invoice", invoice)?;
        Ok(Self {
            scheme: Scheme::L402,
            token: macaroon.to_base64(),
            invoice: invoice.to_owned(),
        })
    }

    /// Finds the L402 challenge among the values of a response's `WWW-Authenticate` headers.
    ///
    /// Accepts both scheme names in any case, the parameters in any order, `token` or `macaroon`, a missing `version`,
    /// and other schemes before and after, also joined into one line. The first complete challenge counts, one named
    /// L402 before one named LSAT.
    ///
    /// # Errors
    /// [`ParseError::NoChallenge`], or why the first L402 challenge cannot be used.
    pub fn find<'a>(headers: impl IntoIterator<Item = &'a str>) -> Result<Self, ParseError> {
        let mut best = Err(ParseError::NoChallenge);
        for header in headers {
            check_length(header)?;
            for found in AuthChallenge::read_all(header) {
                let Some(scheme) = Scheme::named(found.scheme) else {
                    continue;
                };
                let challenge = Self::from_params(scheme, &found);
                if scheme == Scheme::L402 && challenge.is_ok() {
                    return challenge;
                }
                let better = matches!(best, Err(ParseError::NoChallenge)) || (best.is_err() && challenge.is_ok());
                if better {
                    best = challenge;
                }
            }
        }
        best
    }

    fn from_params(scheme: Scheme, found: &AuthChallenge<'_>) -> Result<Self, ParseError> {
        if let Some(version) = found.param("version").filter(|version| *version != "0") {
            return Err(ParseError::ChallengeVersion {
                found: version.to_owned(),
            });
        }
        let token = found.param("token").or_else(|| found.param("macaroon"));
        let token = token.ok_or(ParseError::MissingParameter { name: "token" })?;
        let invoice = found
            .param("invoice")
            .ok_or(ParseError::MissingParameter { name: "invoice" })?;
        check_header_safe("token", token)?;
        check_header_safe("invoice", invoice)?;
        Ok(Self {
            scheme,
            token: token.to_owned(),
            invoice: invoice.to_owned(),
        })
    }

    /// The value of the `Authorization` header once the invoice is paid, under the name the server used.
    #[must_use]
    pub fn authorization(&self, preimage: &Preimage) -> String {
        format!("{} {}:{}", self.scheme, self.token, *preimage.to_hex())
    }

    /// The token as the server wrote it.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The token as a macaroon, to look at its identifier or to restrict it before use.
    ///
    /// # Errors
    /// Those of [`Macaroon::from_base64`]; other servers' tokens need not be V2 macaroons.
    pub fn macaroon(&self) -> Result<Macaroon, ParseError> {
        Macaroon::from_base64(&self.token)
    }

    /// The BOLT 11 invoice to pay, not yet decoded.
    #[must_use]
    pub fn invoice(&self) -> &str {
        &self.invoice
    }

    /// The name under which the server asked.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }
}

/// The value of the `WWW-Authenticate` header, always under the current name.
///
/// Order and spacing are part of the contract. lnget, Aperture and l402-requests find `macaroon` and `invoice` by their
/// place right after the scheme; the specification's own `version` and `token` follow for everybody else.
impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { token, invoice, .. } = self;
        write!(
            f,
            r#"L402 macaroon="{token}", invoice="{invoice}", version="0", token="{token}""#
        )
    }
}

/// Whatever is put into a header must neither end its quotes nor the header, and must not be nothing.
fn check_header_safe(what: &'static str, value: &str) -> Result<(), ParseError> {
    let safe = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\');
    if !value.is_empty() && value.bytes().all(safe) {
        Ok(())
    } else {
        Err(ParseError::HeaderUnsafe { what })
    }
}

fn check_length(header: &str) -> Result<(), ParseError> {
    let (found, limit) = (header.len(), MAX_CHALLENGE_BYTES);
    if found > limit {
        Err(ParseError::TooLarge {
            what: "challenge's bytes",
            found,
            limit,
        })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVOICE: &str = "lnbc3u1pexample";

    fn found(headers: &[&str]) -> (String, String) {
        let challenge = Challenge::find(headers.iter().copied()).unwrap();
        (challenge.token().to_owned(), challenge.invoice().to_owned())
    }

    fn refused(headers: &[&str]) -> ParseError {
        Challenge::find(headers.iter().copied()).unwrap_err()
    }

    #[test]
    fn the_header_has_exactly_the_agreed_form() {
        let macaroon = Macaroon::new(b"root key", b"id", None).unwrap();
        let m = macaroon.to_base64();
        assert_eq!(
            Challenge::new(&macaroon, INVOICE).unwrap().to_string(),
            format!(r#"L402 macaroon="{m}", invoice="{INVOICE}", version="0", token="{m}""#)
        );
    }

    #[test]
    fn an_invoice_that_would_break_the_header_is_refused() {
        let macaroon = Macaroon::new(b"root key", b"id", None).unwrap();
        for invoice in ["", "ln bc", "ln\"bc", "ln\r\nbc", "ln\\bc", "lnbç"] {
            let refusal = Challenge::new(&macaroon, invoice).unwrap_err();
            assert_eq!(refusal, ParseError::HeaderUnsafe { what: "invoice" }, "{invoice}");
        }
    }

    #[test]
    fn every_form_that_servers_send_is_read() {
        for header in [
            r#"L402 macaroon="bQ==", invoice="lnbc1""#,
            r#"L402 version="0", token="bQ==", invoice="lnbc1""#,
            r#"L402 version="0", token="bQ==", macaroon="bQ==", invoice="lnbc1""#,
            r#"L402 macaroon="bQ==", invoice="lnbc1", version="0", token="bQ==""#,
            r#"lsat invoice="lnbc1", macaroon="bQ==""#,
            r#"l402 MACAROON=bQ==, Invoice='lnbc1'"#,
            r#"  L402   macaroon = "bQ==" invoice = "lnbc1""#,
            r#"L402 realm="x", macaroon="bQ==", invoice="lnbc1", extra"#,
            r#"Payment id="1", request="eyJ9", L402 macaroon="bQ==", invoice="lnbc1""#,
            r#"L402 macaroon="bQ==", invoice="lnbc1", Payment id="1", token="other", invoice="other""#,
        ] {
            assert_eq!(found(&[header]), ("bQ==".to_owned(), "lnbc1".to_owned()), "{header}");
        }
    }

    #[test]
    fn the_l402_line_is_found_among_several() {
        let payment = r#"Payment id="1", method="lightning", request="eyJ9""#;
        let l402 = r#"L402 macaroon="l402", invoice="lnbc1""#;
        let lsat = r#"LSAT macaroon="lsat", invoice="lnbc1""#;
        assert_eq!(found(&[payment, l402]).0, "l402");
        assert_eq!(found(&[lsat, l402]).0, "l402");
        assert_eq!(found(&[payment, lsat]).0, "lsat");
        assert_eq!(found(&[r#"L402 macaroon="cut"#, lsat]).0, "lsat");
    }

    #[test]
    fn a_challenge_that_cannot_be_used_says_why() {
        assert_eq!(refused(&[]), ParseError::NoChallenge);
        assert_eq!(refused(&["Bearer", r#"Payment id="1""#]), ParseError::NoChallenge);
        assert_eq!(
            refused(&[r#"L402 macaroon="m""#]),
            ParseError::MissingParameter { name: "invoice" }
        );
        assert_eq!(
            refused(&[r#"L402 invoice="lnbc1""#, "LSAT"]),
            ParseError::MissingParameter { name: "token" }
        );
        let future = r#"L402 version="1", token="m", invoice="lnbc1""#;
        assert_eq!(
            refused(&[future]),
            ParseError::ChallengeVersion { found: "1".to_owned() }
        );
        assert_eq!(
            refused(&[r#"L402 token="a b", invoice="i""#]),
            ParseError::HeaderUnsafe { what: "token" }
        );
        assert!(matches!(
            refused(&[&"x".repeat(MAX_CHALLENGE_BYTES + 1)]),
            ParseError::TooLarge { .. }
        ));
    }

    #[test]
    fn the_answer_uses_the_servers_name_for_the_scheme_and_its_token_untouched() {
        let preimage = Preimage::from([1; 32]);
        let answer = |header: &str| Challenge::find([header]).unwrap().authorization(&preimage);
        let hex = "01".repeat(32);
        assert_eq!(answer(r#"LSAT macaroon="a-_", invoice="i""#), format!("LSAT a-_:{hex}"));
        assert_eq!(
            answer(r#"l402 token="x.y.z", invoice="i""#),
            format!("L402 x.y.z:{hex}")
        );
    }
}
