//! Signs invoices with a given key: the sandbox's own, and the wrong ones that tests need.

use std::time::Duration;

use bitcoin::hashes::{Hash as _, sha256};
use bitcoin::secp256k1::{Secp256k1, SecretKey, Signing};
use busker_core::amount::Msats;
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::Network;
use lightning_invoice::{Currency, InvoiceBuilder, PaymentSecret};

use crate::error::LightningError;

/// Blocks the last hop may take, the default of BOLT #11. No block is ever mined for these invoices.
const FINAL_CLTV_DELTA: u64 = 18;

/// What an invoice says.
pub(crate) struct Draft<'a> {
    pub(crate) network: Network,
    /// `None` leaves it to the payer.
    pub(crate) amount: Option<Msats>,
    pub(crate) payment_hash: PaymentHash,
    pub(crate) payment_secret: [u8; 32],
    pub(crate) memo: &'a str,
    /// Kept in whole seconds.
    pub(crate) made_at: Timestamp,
    /// Kept in whole seconds, rounded up.
    pub(crate) expiry: Duration,
}

impl Draft<'_> {
    /// When the signed invoice will expire.
    pub(crate) fn expires_at(&self) -> Timestamp {
        let made_at = Timestamp::from_unix_seconds(self.made_at.unix_seconds());
        made_at.plus(Duration::from_secs(self.expiry_seconds()))
    }

    fn expiry_seconds(&self) -> u64 {
        self.expiry.as_secs() + u64::from(self.expiry.subsec_nanos() > 0)
    }

    /// The invoice, in lower case.
    ///
    /// # Errors
    /// [`LightningError::CannotMake`] when BOLT11 has no room for what it should say.
    pub(crate) fn sign<C: Signing>(self, secp: &Secp256k1<C>, key: &SecretKey) -> Result<String, LightningError> {
        let made_at = u64::try_from(self.made_at.unix_seconds()).unwrap_or(0);
        let mut draft = InvoiceBuilder::new(currency_of(self.network))
            .payment_hash(sha256::Hash::from_byte_array(self.payment_hash.0))
            .description(self.memo.to_owned())
            .duration_since_epoch(Duration::from_secs(made_at))
            .expiry_time(Duration::from_secs(self.expiry_seconds()))
            .min_final_cltv_expiry_delta(FINAL_CLTV_DELTA)
            .payment_secret(PaymentSecret(self.payment_secret));
        if let Some(Msats(amount)) = self.amount {
            draft = draft.amount_milli_satoshis(amount);
        }
        let signed = draft.build_signed(|message| secp.sign_ecdsa_recoverable(message, key));
        signed
            .map(|invoice| invoice.to_string())
            .map_err(|problem| LightningError::CannotMake(problem.to_string()))
    }
}

fn currency_of(network: Network) -> Currency {
    match network {
        Network::Mainnet => Currency::Bitcoin,
        Network::Testnet => Currency::BitcoinTestnet,
        Network::Signet => Currency::Signet,
        Network::Regtest => Currency::Regtest,
    }
}

/// An invoice of nobody: rightly signed, by a key that no node has.
pub(crate) struct Forged {
    pub(crate) network: Network,
    pub(crate) amount: Option<Msats>,
    pub(crate) payment_hash: PaymentHash,
    pub(crate) made_at: Timestamp,
    pub(crate) expiry: Duration,
}

impl Forged {
    /// Its text.
    ///
    /// # Errors
    /// As [`Draft::sign`].
    pub(crate) fn sign(self) -> Result<String, LightningError> {
        let draft = Draft {
            network: self.network,
            amount: self.amount,
            payment_hash: self.payment_hash,
            payment_secret: [0x5e; 32],
            memo: "made for a test",
            made_at: self.made_at,
            expiry: self.expiry,
        };
        let key = SecretKey::from_slice(&[0x42; 32]).map_err(|error| LightningError::CannotMake(error.to_string()))?;
        draft.sign(&Secp256k1::signing_only(), &key)
    }
}

impl Default for Forged {
    /// 300 sats on regtest, payable for an hour from 2026-11-22T07:39:59Z on.
    fn default() -> Self {
        Self {
            network: Network::Regtest,
            amount: Some(Msats(300_000)),
            payment_hash: PaymentHash([0x77; 32]),
            made_at: Timestamp::from_unix_seconds(1_795_333_199),
            expiry: Duration::from_secs(3600),
        }
    }
}
