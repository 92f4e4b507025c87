//! The port of everything that receives and sends sats. A wallet never decides; it reports.

use std::time::Duration;

use async_trait::async_trait;
use futures::stream::BoxStream;
use serde::{Deserialize, Serialize};

use crate::amount::{Msats, Sats};
use crate::clock::Timestamp;
use crate::id::{PaymentHash, Preimage};

/// A Lightning backend.
#[async_trait]
pub trait Wallet: Send + Sync {
    /// What it is.
    fn card(&self) -> &WalletCard;

    /// Makes an invoice. Every adapter parses and checks what its backend returned before handing it on.
    ///
    /// # Errors
    /// [`WalletError`]; no invoice exists that anybody could pay.
    async fn invoice(&self, amount: Sats, memo: &str, expiry: Duration) -> Result<Invoice, WalletError>;

    /// What the backend says about an invoice of its own.
    ///
    /// # Errors
    /// [`WalletError`] when the backend cannot be asked.
    async fn lookup(&self, hash: PaymentHash) -> Result<Settlement, WalletError>;

    /// Settlements from `from` on, as they happen. A hint, not the truth: the reconciler asks [`Wallet::lookup`] as well.
    ///
    /// # Errors
    /// [`WalletError`] when the backend cannot be asked; the stream itself ends on failure.
    async fn watch(&self, from: Cursor) -> Result<BoxStream<'static, Settled>, WalletError>;

    /// Pays an invoice.
    ///
    /// # Errors
    /// [`PayError`] says whether the money may have moved.
    async fn pay(&self, invoice: &str, max_fee: Msats) -> Result<Paid, PayError>;

    /// Whether it could make an invoice now.
    ///
    /// # Errors
    /// Why not, for the operator.
    async fn check(&self) -> Result<(), WalletError>;
}

/// A wallet's nature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletCard {
    /// "sandbox", "lnd", …
    pub name: &'static str,
    /// The network its money is on.
    pub network: Network,
    /// Play money: say so everywhere.
    pub sandbox: bool,
    /// Nobody learns a preimage before the payment settled, so a right preimage alone proves payment (I1).
    pub keeps_preimages_private: bool,
}

/// Where the money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Network {
    /// Real money.
    Mainnet,
    /// Test money.
    Testnet,
    /// Test money with signed blocks.
    Signet,
    /// Private test money.
    Regtest,
}

impl Network {
    /// As configured and stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mainnet => "mainnet",
            Self::Testnet => "testnet",
            Self::Signet => "signet",
            Self::Regtest => "regtest",
        }
    }
}

/// An invoice that was checked: network, amount, hash, expiry and signature are what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// BOLT11 text, lower case.
    pub bolt11: String,
    /// The payment's name.
    pub payment_hash: PaymentHash,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// What a backend says about one of its invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Not paid, and still payable as far as the backend knows.
    Open,
    /// Paid.
    Settled,
    /// Not paid and no longer payable.
    Closed,
    /// The backend does not know it.
    Unknown,
}

/// An invoice was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Which.
    pub payment_hash: PaymentHash,
    /// Watching from here on misses nothing.
    pub cursor: Cursor,
}

/// A place in a backend's stream of settlements; its meaning is the backend's own. Empty: from the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cursor(pub String);

/// A payment that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// The proof.
    pub preimage: Preimage,
    /// What the route cost.
    pub fee: Msats,
}

/// The backend could not do what was asked. Trying again is safe.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// It does not answer.
    #[error("the wallet does not answer: {0}; is the node running, and is its address right?")]
    Unreachable(String),
    /// It answered that it will not.
    #[error("the wallet refused: {0}")]
    Refused(String),
    /// It returned an invoice that is not what was asked for.
    #[error("the wallet returned a wrong invoice: {0}; check `wallet.network` and the node")]
    WrongInvoice(String),
}

/// A payment did not arrive, or nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PayError {
    /// The invoice cannot be paid by this wallet at all: unreadable, expired, other network, already paid.
    #[error("this invoice cannot be paid: {0}")]
    Unpayable(String),
    /// No money moved.
    #[error("the payment failed and no money moved: {0}")]
    Failed(String),
    /// The payment may or may not have happened. Never pay another invoice for the same debt before this is known.
    #[error("the wallet did not say whether payment {hash} succeeded; look it up before you pay again")]
    Unknown {
        /// The payment in doubt.
        hash: PaymentHash,
    },
}
