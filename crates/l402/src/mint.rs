//! Minting: from a quote to a macaroon that every known client carries unharmed.

use crate::caveat::{Caveat, RequestDigest, Service, UnixSeconds};
use crate::error::KeyError;
use crate::identifier::{Identifier, TokenId};
use crate::keys::MasterKeys;
use crate::macaroon::Macaroon;
use crate::payment::PaymentHash;
use crate::token_text;

/// What a buyer gets for paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The service and its tier.
    pub service: Service,
    /// The last second at which the macaroon is honoured. Give it long after the invoice's expiry: a payment may
    /// settle late.
    pub valid_until: UnixSeconds,
    /// The one request that is paid for.
    pub request: RequestDigest,
}

/// Locations to try in turn. Their lengths differ modulo three, because a payment hash whose own base64 holds a
/// forbidden word can only be saved by shifting it.
const LOCATIONS: [&[u8]; 3] = [b"busker", b"busker-", b"busker--"];

/// Each attempt fails with a probability of about one in 10⁵, so this many never run out in practice.
const MAX_ATTEMPTS: usize = 60;

impl MasterKeys {
    /// Mints a macaroon for an invoice with the newest key. Stores nothing.
    ///
    /// Its base64 never holds `L402` or `LSAT`: one client removes these words wherever it finds them.
    ///
    /// # Errors
    /// [`KeyError::Randomness`]; [`KeyError::NoCleanText`], which a new invoice cures; [`KeyError::Terms`] for a
    /// service name of several kilobytes.
    pub fn mint(&self, payment_hash: PaymentHash, terms: &Terms) -> Result<Macaroon, KeyError> {
        for location in LOCATIONS.into_iter().cycle().take(MAX_ATTEMPTS) {
            let token_id = TokenId::random(self.newest().id())?;
            let macaroon = self.mint_with(Identifier { payment_hash, token_id }, terms, location)?;
            if token_text::survives_scheme_removal(&macaroon.to_base64()) {
                return Ok(macaroon);
            }
        }
        Err(KeyError::NoCleanText)
    }

    fn mint_with(&self, identifier: Identifier, terms: &Terms, location: &[u8]) -> Result<Macaroon, KeyError> {
        let root_key = self.newest().root_key(&identifier);
        let mut macaroon = Macaroon::new(&*root_key, &identifier.to_bytes(), Some(location))?;
        for caveat in [
            Caveat::service(terms.service),
            Caveat::valid_until(terms.service, terms.valid_until),
            Caveat::request(terms.request),
        ] {
            macaroon.add_caveat(caveat.to_string())?;
        }
        Ok(macaroon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        Terms {
            service: Service::new("music", 0),
            valid_until: UnixSeconds(1_800_000_000),
            request: RequestDigest([3; 32]),
        }
    }

    #[test]
    fn a_minted_macaroon_commits_to_the_payment_hash_and_carries_the_three_caveats() {
        let macaroon = MasterKeys::new([1; 32], [])
            .mint(PaymentHash([2; 32]), &terms())
            .unwrap();
        let identifier = Identifier::from_bytes(macaroon.identifier()).unwrap();
        assert_eq!(identifier.payment_hash, PaymentHash([2; 32]));
        let caveats: Vec<String> = macaroon
            .caveats()
            .map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
            .collect();
        let request = format!("request_sha256={}", "03".repeat(32));
        assert_eq!(
            caveats,
            ["services=music:0", "music_valid_until=1800000000", request.as_str()]
        );
    }

    #[test]
    fn two_macaroons_for_one_invoice_differ() {
        let keys = MasterKeys::new([1; 32], []);
        let mint = || keys.mint(PaymentHash([2; 32]), &terms()).unwrap().to_base64();
        assert_ne!(mint(), mint());
    }

    #[test]
    fn a_payment_hash_that_spells_a_forbidden_word_is_shifted_until_it_does_not() {
        // The bytes `2f8d36` are `L402` in base64 when they start a group of three, `2c8493` are `LSAT`.
        let keys = MasterKeys::new([1; 32], []);
        for word in [[0x2f, 0x8d, 0x36], [0x2c, 0x84, 0x93]] {
            for at in 0..29 {
                let mut hash = [0; 32];
                hash[at..at + 3].copy_from_slice(&word);
                let text = keys.mint(PaymentHash(hash), &terms()).unwrap().to_base64();
                assert!(token_text::survives_scheme_removal(&text), "{text}");
            }
        }
    }

    #[test]
    fn a_payment_hash_that_spells_it_in_every_shift_is_given_up_with_an_error() {
        let keys = MasterKeys::new([1; 32], []);
        let mut hash = [0; 32];
        for (at, byte) in [0x2f, 0x8d, 0x36, 0, 0x2f, 0x8d, 0x36, 0, 0x2f, 0x8d, 0x36]
            .into_iter()
            .enumerate()
        {
            hash[at] = byte;
        }
        assert!(matches!(
            keys.mint(PaymentHash(hash), &terms()),
            Err(KeyError::NoCleanText)
        ));
    }
}
