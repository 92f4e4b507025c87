//! The server's decision about a credential, in two steps: is it genuine and paid, and does it cover this request?
//!
//! The steps are apart because a buyer who paid and then sends another body must still be led to the paid order: after
//! the first step its payment hash is known and can be trusted.

use subtle::ConstantTimeEq;

use crate::caveats::{Caveats, Demand};
use crate::credential::Credential;
use crate::error::{Refusal, VerifyError};
use crate::identifier::{Identifier, TokenId};
use crate::keys::MasterKeys;
use crate::macaroon::Macaroon;
use crate::payment::PaymentHash;

/// A macaroon of this server whose invoice's preimage was shown.
///
/// It proves that the preimage became known, not that the wallet has the money: whoever sells asks the wallet too.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The invoice; the key under which to look for the order.
    pub payment_hash: PaymentHash,
    /// Which of the macaroons for that invoice.
    pub token_id: TokenId,
    /// What the macaroon is good for.
    pub caveats: Caveats,
}

impl Verified {
    /// Whether the credential covers what is asked for now.
    ///
    /// # Errors
    /// The [`Refusal`] that names the reason; see [`Caveats::check`] for which of several.
    pub fn check(&self, demand: &Demand) -> Result<(), Refusal> {
        self.caveats.check(demand)
    }
}

/// Finds the macaroon of `credential` that one of `keys` signed and that its preimage pays for. Comparisons of secrets
/// take constant time.
///
/// # Errors
/// [`VerifyError`]: of several macaroons, the reason of the one that came furthest.
pub fn verify(keys: &MasterKeys, credential: &Credential) -> Result<Verified, VerifyError> {
    let paid = credential.preimage().payment_hash();
    let mut furthest = VerifyError::ForeignIdentifier;
    for macaroon in credential.macaroons() {
        match verify_one(keys, macaroon, &paid) {
            Ok(verified) => return Ok(verified),
            Err(error) => furthest = furthest.max(error),
        }
    }
    Err(furthest)
}

fn verify_one(keys: &MasterKeys, macaroon: &Macaroon, paid: &PaymentHash) -> Result<Verified, VerifyError> {
    let identifier = Identifier::from_bytes(macaroon.identifier()).ok_or(VerifyError::ForeignIdentifier)?;
    let root_keys = keys.root_keys(&identifier);
    if root_keys.is_empty() {
        return Err(VerifyError::UnknownKey);
    }
    if !root_keys.iter().any(|root_key| macaroon.is_signed_by(&**root_key)) {
        return Err(VerifyError::Forged);
    }
    let Identifier { payment_hash, token_id } = identifier;
    if !bool::from(payment_hash.ct_eq(paid)) {
        return Err(VerifyError::WrongPreimage);
    }
    Ok(Verified {
        payment_hash,
        token_id,
        caveats: Caveats::of(macaroon),
    })
}
