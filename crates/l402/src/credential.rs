//! What the buyer sends back: `Authorization: L402 <macaroon>[,<macaroon>…]:<preimage>`.

use std::fmt;

use crate::error::ParseError;
use crate::macaroon::Macaroon;
use crate::payment::Preimage;
use crate::scheme::Scheme;

/// The longest `Authorization` value that is read, in bytes.
pub const MAX_CREDENTIAL_BYTES: usize = 8 * 1024;

/// One or more macaroons and the proof of payment.
#[derive(Clone)]
pub struct Credential {
    scheme: Scheme,
    macaroons: Vec<Macaroon>,
    preimage: Preimage,
}

impl Credential {
    /// Puts together what a client sends for one macaroon.
    #[must_use]
    pub fn new(macaroon: Macaroon, preimage: Preimage) -> Self {
        Self {
            scheme: Scheme::L402,
            macaroons: vec![macaroon],
            preimage,
        }
    }

    /// Reads the value of an `Authorization` header.
    ///
    /// Accepts `L402` and `LSAT` in any case, white space around every part, macaroons in either base64 alphabet with
    /// or without padding, and a preimage in any case. Of several macaroons those that cannot be read are skipped while
    /// one can: they may be for another verifier.
    ///
    /// # Errors
    /// [`ParseError::OtherScheme`] when this is not an L402 credential at all; otherwise what is wrong with it.
    pub fn parse(header: &str) -> Result<Self, ParseError> {
        let header = header.trim();
        let (scheme, rest) = header.split_once([' ', '\t']).unwrap_or((header, ""));
        let scheme = Scheme::named(scheme).ok_or(ParseError::OtherScheme)?;
        if header.len() > MAX_CREDENTIAL_BYTES {
            let what = "credential's bytes";
            return Err(ParseError::TooLarge {
                what,
                found: header.len(),
                limit: MAX_CREDENTIAL_BYTES,
            });
        }

        let no_colon = ParseError::Credential {
            problem: "there is no colon",
        };
        let (macaroons, preimage) = rest.rsplit_once(':').ok_or(no_colon)?;
        let macaroons = parse_macaroons(macaroons)?;
        let preimage = Preimage::from_hex(preimage.trim())?;
        Ok(Self {
            scheme,
            macaroons,
            preimage,
        })
    }

    /// The value of the `Authorization` header.
    #[must_use]
    pub fn to_header(&self) -> String {
        let macaroons: Vec<String> = self.macaroons.iter().map(Macaroon::to_base64).collect();
        format!("{} {}:{}", self.scheme, macaroons.join(","), *self.preimage.to_hex())
    }

    /// The name under which the client knows the scheme.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// At least one; none of them is authenticated yet.
    #[must_use]
    pub fn macaroons(&self) -> &[Macaroon] {
        &self.macaroons
    }

    /// The proof of payment.
    #[must_use]
    pub fn preimage(&self) -> &Preimage {
        &self.preimage
    }
}

/// The readable ones of a comma-separated list; the first one's error if none is.
fn parse_macaroons(list: &str) -> Result<Vec<Macaroon>, ParseError> {
    let mut readable = Vec::new();
    let mut first_error = None;
    for text in list.split(',').map(str::trim).filter(|text| !text.is_empty()) {
        match Macaroon::from_base64(text) {
            Ok(macaroon) => readable.push(macaroon),
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    if readable.is_empty() {
        return Err(first_error.unwrap_or(ParseError::Credential {
            problem: "there is no macaroon",
        }));
    }
    Ok(readable)
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("scheme", &self.scheme)
            .field("macaroons", &self.macaroons.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PREIMAGE: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    /// A macaroon whose base64 has padding and both letters in which the alphabets differ.
    fn macaroon() -> Macaroon {
        (0_u16..)
            .map(|n| Macaroon::new(b"root key", &n.to_be_bytes(), None).unwrap())
            .find(|macaroon| macaroon.to_base64().contains('+') && macaroon.to_base64().contains('/'))
            .unwrap()
    }

    fn bytes_of(credential: &Credential) -> Vec<Vec<u8>> {
        credential.macaroons().iter().map(Macaroon::to_bytes).collect()
    }

    #[test]
    fn every_spelling_that_clients_use_is_read() {
        let m = macaroon().to_base64();
        let unpadded = m.trim_end_matches('=');
        let url = m.replace('+', "-").replace('/', "_");
        let url_unpadded = url.trim_end_matches('=');
        assert!(m != unpadded && m != url);
        let upper = PREIMAGE.to_uppercase();
        for header in [
            format!("L402 {m}:{PREIMAGE}"),
            format!("LSAT {m}:{PREIMAGE}"),
            format!("l402 {unpadded}:{PREIMAGE}"),
            format!("Lsat {url}:{upper}"),
            format!("L402 {url_unpadded}:{PREIMAGE}"),
            format!("  L402 \t  {m} : {PREIMAGE}  "),
            format!("L402\t{m}:{PREIMAGE}\t"),
        ] {
            let credential = Credential::parse(&header).unwrap();
            assert_eq!(bytes_of(&credential), [macaroon().to_bytes()], "{header}");
            assert_eq!(*credential.preimage().to_hex(), PREIMAGE);
        }
    }

    #[test]
    fn the_scheme_is_remembered() {
        let m = macaroon().to_base64();
        assert_eq!(
            Credential::parse(&format!("lsat {m}:{PREIMAGE}")).unwrap().scheme(),
            Scheme::Lsat
        );
        assert_eq!(
            Credential::parse(&format!("L402 {m}:{PREIMAGE}")).unwrap().scheme(),
            Scheme::L402
        );
    }

    #[test]
    fn several_macaroons_are_read_in_their_order_and_foreign_formats_among_them_are_skipped() {
        let one = macaroon();
        let two = Macaroon::new(b"root key", b"two", None).unwrap();
        let header = format!("L402 eyJ2IjoxfQ==,{}, {},:{PREIMAGE}", one.to_base64(), two.to_base64());
        assert_eq!(
            bytes_of(&Credential::parse(&header).unwrap()),
            [one.to_bytes(), two.to_bytes()]
        );
    }

    #[test]
    fn other_schemes_are_told_apart_from_broken_credentials() {
        for header in ["", "Bearer abc", "Payment eyJ9", "Basic dTpw", "L402: x:y", "L402x y:z"] {
            assert_eq!(
                Credential::parse(header).unwrap_err(),
                ParseError::OtherScheme,
                "{header}"
            );
        }
        let long_bearer = format!("Bearer {}", "x".repeat(2 * MAX_CREDENTIAL_BYTES));
        assert_eq!(Credential::parse(&long_bearer).unwrap_err(), ParseError::OtherScheme);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let m = macaroon().to_base64();
        let message = |header: &str| Credential::parse(header).unwrap_err().to_string();

        assert!(message("L402").contains("no colon"));
        assert!(message(&format!("L402 {m}")).contains("no colon"));
        assert!(message(&format!("L402 :{PREIMAGE}")).contains("no macaroon"));
        assert!(message(&format!("L402 {m}:")).contains("64 hexadecimal digits"));
        assert!(message(&format!("L402 {m}:{}", &PREIMAGE[1..])).contains("64 hexadecimal digits"));
        assert!(message(&format!("L402 {m}:{m}:{PREIMAGE}")).contains("not base64"));
        assert!(message(&format!("L402 {m}\u{7}:{PREIMAGE}")).contains("not base64"));
        assert!(message(&format!("L402 eyJ2IjoxfQ==:{PREIMAGE}")).contains("JSON"));
        assert!(message(&format!("L402 AgEE:{PREIMAGE}")).contains("damaged"));
    }

    #[test]
    fn a_credential_of_more_than_8_kib_is_refused() {
        let header = format!("L402 {}:{PREIMAGE}", "A".repeat(MAX_CREDENTIAL_BYTES));
        assert!(matches!(Credential::parse(&header), Err(ParseError::TooLarge { .. })));
    }

    #[test]
    fn the_largest_macaroon_fits_into_a_credential() {
        // Everything but the identifier: version, tag and length, two section ends, signature.
        const OVERHEAD: usize = 1 + 3 + 2 + 34;
        let largest = Macaroon::new(b"root key", &[0; crate::MAX_MACAROON_BYTES - OVERHEAD], None).unwrap();
        assert_eq!(largest.to_bytes().len(), crate::MAX_MACAROON_BYTES);
        let header = Credential::new(largest, Preimage::from([0; 32])).to_header();
        assert!(Credential::parse(&header).is_ok());
    }

    #[test]
    fn what_is_written_is_read_back() {
        let credential = Credential::new(macaroon(), Preimage::from([7; 32]));
        let read = Credential::parse(&credential.to_header()).unwrap();
        assert_eq!(bytes_of(&read), bytes_of(&credential));
        assert_eq!(read.preimage().as_bytes(), &[7; 32]);
    }

    #[test]
    fn debug_output_shows_no_secret() {
        let credential = Credential::new(macaroon(), Preimage::from([7; 32]));
        assert_eq!(
            format!("{credential:?}"),
            "Credential { scheme: L402, macaroons: 1, .. }"
        );
    }
}
