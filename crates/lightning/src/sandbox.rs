//! Play money: a wallet in one folder, with real BOLT11 invoices that anybody with the folder can pay.
//!
//! An invoice leaves no trace here. Its preimage is an HMAC of the wallet's key and the payment secret that stands in
//! the invoice, so the wallet knows its own invoices again without remembering them, and nobody without the key can
//! guess a preimage. Only settlements are written down, to a log that several processes share: `busker pay` in one
//! process pays what the server in another made. The price of forgetting: an invoice that is not settled is
//! [`Settlement::Open`] whatever its hash, expired and unknown ones included.
//!
//! Its money is on regtest, where no node connects to strangers, and its invoices say that they are play money.

mod key;
mod log;
mod settlements;
mod tail;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bitcoin::secp256k1::{All, Secp256k1};
use busker_core::amount::{Msats, Sats};
use busker_core::clock::Clock;
use busker_core::crash;
use busker_core::id::{PaymentHash, Preimage};
use busker_core::wallet::{
    Cursor, Invoice, Network, Paid, PayError, Settled, Settlement, Wallet, WalletCard, WalletError,
};
use futures::stream::BoxStream;

use crate::bolt11::Bolt11;
use crate::check::{check_network, check_still_payable};
use crate::error::LightningError;
use crate::forge::Draft;
use key::WalletKey;
use log::{Entry, Log};
use settlements::{Recorded, Settlements};

/// The folder of the wallet's files, below the data folder.
const FOLDER: &str = "sandbox";
const KEY_FILE: &str = "wallet.key";
const LOG_FILE: &str = "settlements.log";
const LOCK_FILE: &str = "settlements.lock";

/// Stands before every memo, so that any wallet that reads the invoice shows it.
const MEMO_PREFIX: &str = "busker sandbox: no real money. ";

/// Bytes of memo that BOLT11 has room for.
const LONGEST_MEMO: usize = 639;

/// Nothing here needs an invoice that is payable for longer.
const LONGEST_EXPIRY: Duration = Duration::from_secs(365 * 24 * 3600);

static CARD: WalletCard = WalletCard {
    name: "sandbox",
    network: Network::Regtest,
    sandbox: true,
    keeps_preimages_private: true,
};

/// The sandbox wallet. Any number of them, in any number of processes, may share a folder.
pub struct Sandbox {
    key: WalletKey,
    secp: Secp256k1<All>,
    settlements: Arc<Settlements>,
    clock: Arc<dyn Clock>,
}

impl Sandbox {
    /// Opens the wallet in `data_dir`, or makes a new one there. Reads files, so call it at start.
    ///
    /// # Errors
    /// [`LightningError`] when the files cannot be read or created, or are damaged.
    pub fn open(data_dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, LightningError> {
        let folder = data_dir.join(FOLDER);
        fs::create_dir_all(&folder).map_err(LightningError::io("create", &folder))?;
        let key = WalletKey::load_or_create(&folder.join(KEY_FILE))?;
        Self::with_key(key, &folder, clock)
    }

    /// Opens the wallet that is already in `data_dir`: paying an invoice with a new wallet could only fail.
    ///
    /// # Errors
    /// [`LightningError::NoWallet`] when there is none, and whatever [`Sandbox::open`] says.
    pub fn open_existing(data_dir: &Path, clock: Arc<dyn Clock>) -> Result<Self, LightningError> {
        let folder = data_dir.join(FOLDER);
        let path = folder.join(KEY_FILE);
        let key = WalletKey::load(&path)?.ok_or(LightningError::NoWallet { path })?;
        Self::with_key(key, &folder, clock)
    }

    fn with_key(key: WalletKey, folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, LightningError> {
        let log = Log::open(folder.join(LOG_FILE), folder.join(LOCK_FILE))?;
        Ok(Self {
            key,
            secp: Secp256k1::new(),
            settlements: Arc::new(Settlements::load(log)?),
            clock,
        })
    }

    /// The preimage of an invoice that was paid before, or `None` if it was not paid. A node never pays an invoice
    /// twice; whoever lost the proof of the first payment gets it here, also after the invoice expired.
    ///
    /// # Errors
    /// [`LightningError`] when the invoice is not this wallet's, or the log cannot be read.
    pub async fn preimage_of_settled(&self, invoice: &str) -> Result<Option<Preimage>, LightningError> {
        let (invoice, preimage) = self.own_invoice(invoice)?;
        let settled = self.is_settled(invoice.payment_hash()).await?;
        Ok(settled.then_some(preimage))
    }

    async fn is_settled(&self, hash: PaymentHash) -> Result<bool, LightningError> {
        let settlements = Arc::clone(&self.settlements);
        blocking(move || settlements.contains(hash)).await
    }

    /// The invoice and its preimage, if this wallet made it.
    fn own_invoice(&self, text: &str) -> Result<(Bolt11, Preimage), LightningError> {
        let invoice = Bolt11::parse(text)?;
        check_network(&invoice, CARD.network)?;
        if invoice.payee() != self.key.node_key().public_key(&self.secp) {
            return Err(LightningError::NotOurs);
        }
        let preimage = self.key.preimage(&invoice.payment_secret());
        if preimage.payment_hash() != invoice.payment_hash() {
            return Err(LightningError::NotOurs);
        }
        Ok((invoice, preimage))
    }

    /// The invoice, its preimage and what to write down, if it may be paid now.
    fn payable(&self, text: &str) -> Result<(Entry, Preimage), LightningError> {
        let (invoice, preimage) = self.own_invoice(text)?;
        let amount = invoice.amount().ok_or(LightningError::NoAmount)?;
        let now = self.clock.now();
        check_still_payable(&invoice, now)?;
        let entry = Entry {
            settled_at: now,
            payment_hash: invoice.payment_hash(),
            amount,
        };
        Ok((entry, preimage))
    }
}

#[async_trait]
impl Wallet for Sandbox {
    fn card(&self) -> &WalletCard {
        &CARD
    }

    async fn invoice(&self, amount: Sats, memo: &str, expiry: Duration) -> Result<Invoice, WalletError> {
        // A payment of nothing is no payment; too large an amount does not fit an invoice.
        if amount == Sats(0) {
            return Err(WalletError::Refused("an invoice over 0 sats cannot be paid".into()));
        }
        if expiry.is_zero() || expiry > LONGEST_EXPIRY {
            return Err(WalletError::Refused(format!(
                "an invoice cannot be payable for {} seconds",
                expiry.as_secs()
            )));
        }
        let mut payment_secret = [0; 32];
        getrandom::fill(&mut payment_secret).map_err(LightningError::NoRandomness)?;
        let draft = Draft {
            network: CARD.network,
            amount: Some(amount.into()),
            payment_hash: self.key.preimage(&payment_secret).payment_hash(),
            payment_secret,
            memo: &play_money_memo(memo),
            made_at: self.clock.now(),
            expiry,
        };
        let (payment_hash, expires_at) = (draft.payment_hash, draft.expires_at());
        let bolt11 = draft.sign(&self.secp, self.key.node_key())?;
        Ok(Invoice {
            bolt11,
            payment_hash,
            expires_at,
        })
    }

    async fn lookup(&self, hash: PaymentHash) -> Result<Settlement, WalletError> {
        if self.is_settled(hash).await? {
            return Ok(Settlement::Settled);
        }
        Ok(Settlement::Open)
    }

    async fn watch(&self, from: Cursor) -> Result<BoxStream<'static, Settled>, WalletError> {
        let settlements = Arc::clone(&self.settlements);
        let start = blocking(move || settlements.log().position(&from)).await?;
        Ok(tail::follow(Arc::clone(&self.settlements), start))
    }

    async fn pay(&self, invoice: &str, _max_fee: Msats) -> Result<Paid, PayError> {
        let (entry, preimage) = self
            .payable(invoice)
            .map_err(|problem| PayError::Unpayable(problem.to_string()))?;
        let hash = entry.payment_hash;
        let settlements = Arc::clone(&self.settlements);
        let recorded = blocking(move || {
            crash::point("sandbox.pay.before_log");
            let recorded = settlements.record(entry);
            crash::point("sandbox.pay.after_log");
            recorded
        });
        match recorded.await {
            Ok(Recorded::Now) => Ok(Paid {
                preimage,
                fee: Msats(0),
            }),
            Ok(Recorded::Before) => Err(PayError::Unpayable("invoice is already paid".into())),
            Err(LightningError::NotSynced { .. } | LightningError::Stopping) => Err(PayError::Unknown { hash }),
            Err(problem) => Err(PayError::Failed(problem.to_string())),
        }
    }

    async fn check(&self) -> Result<(), WalletError> {
        let settlements = Arc::clone(&self.settlements);
        Ok(blocking(move || settlements.refresh()).await?)
    }
}

/// `memo` behind the warning, cut to what an invoice can hold.
fn play_money_memo(memo: &str) -> String {
    let mut text = format!("{MEMO_PREFIX}{memo}");
    text.truncate(text.floor_char_boundary(LONGEST_MEMO));
    text
}

/// Runs file work where it may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LightningError> + Send + 'static,
) -> Result<T, LightningError> {
    let outcome = tokio::task::spawn_blocking(work).await;
    outcome.unwrap_or(Err(LightningError::Stopping))
}

#[cfg(test)]
mod tests;
