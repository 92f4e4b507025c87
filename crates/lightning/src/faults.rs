//! A wallet that fails on request, for tests of everything that must survive a failing wallet.
//!
//! ```
//! # async fn example(sandbox: busker_lightning::Sandbox, invoice: &str) {
//! use busker_core::amount::Msats;
//! use busker_core::wallet::Wallet;
//! use busker_lightning::faults::{FaultyWallet, PayFault};
//!
//! let (wallet, faults) = FaultyWallet::new(sandbox);
//! faults.next_pay(PayFault::LosesAnswer { paid: true });
//! let outcome = wallet.pay(invoice, Msats(1000)).await;
//! // The money moved, and the caller does not know.
//! # }
//! ```

mod script;
mod stream;

pub use script::{CallFault, Faults, InvoiceFault, PayFault, WrongInvoice};

use std::future::pending;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::amount::{Msats, Sats};
use busker_core::id::PaymentHash;
use busker_core::wallet::{Cursor, Invoice, Paid, PayError, Settled, Settlement, Wallet, WalletCard, WalletError};
use futures::stream::BoxStream;

use crate::bolt11::Bolt11;

/// Does what `W` does, except where its [`Faults`] say otherwise.
pub struct FaultyWallet<W> {
    inner: W,
    faults: Faults,
}

impl<W: Wallet> FaultyWallet<W> {
    /// A wallet without faults so far, and the handle that gives it some.
    pub fn new(inner: W) -> (Self, Faults) {
        let faults = Faults::default();
        (Self::with_faults(inner, faults.clone()), faults)
    }

    /// A wallet that obeys a handle which exists already, as after a restart.
    pub fn with_faults(inner: W, faults: Faults) -> Self {
        Self { inner, faults }
    }

    /// The wallet behind the faults.
    pub fn inner(&self) -> &W {
        &self.inner
    }

    async fn suffer(&self, fault: Option<CallFault>) -> Result<(), WalletError> {
        if self.faults.is_down() {
            return Err(unreachable());
        }
        match fault {
            None => Ok(()),
            Some(CallFault::Unreachable) => Err(unreachable()),
            Some(CallFault::Hangs) => pending().await,
        }
    }

    async fn wrong_invoice(
        &self,
        wrong: WrongInvoice,
        amount: Sats,
        memo: &str,
        expiry: Duration,
    ) -> Result<Invoice, WalletError> {
        let right = self.inner.invoice(amount, memo, expiry).await?;
        Ok(wrong.instead_of(&right, self.card().network, amount, expiry)?)
    }
}

#[async_trait]
impl<W: Wallet> Wallet for FaultyWallet<W> {
    fn card(&self) -> &WalletCard {
        self.inner.card()
    }

    async fn invoice(&self, amount: Sats, memo: &str, expiry: Duration) -> Result<Invoice, WalletError> {
        match self.faults.take_invoice() {
            Some(InvoiceFault::Call(fault)) => self.suffer(Some(fault)).await?,
            Some(InvoiceFault::Wrong(wrong)) => return self.wrong_invoice(wrong, amount, memo, expiry).await,
            None => self.suffer(None).await?,
        }
        self.inner.invoice(amount, memo, expiry).await
    }

    async fn lookup(&self, hash: PaymentHash) -> Result<Settlement, WalletError> {
        self.suffer(self.faults.take_lookup()).await?;
        let truth = self.inner.lookup(hash).await?;
        if truth == Settlement::Settled && self.faults.hides_settlements() {
            return Ok(Settlement::Open);
        }
        Ok(truth)
    }

    async fn watch(&self, from: Cursor) -> Result<BoxStream<'static, Settled>, WalletError> {
        self.suffer(self.faults.take_watch()).await?;
        let inner = self.inner.watch(from).await?;
        Ok(stream::faulty(inner, &self.faults))
    }

    async fn pay(&self, invoice: &str, max_fee: Msats) -> Result<Paid, PayError> {
        let fault = self.faults.take_pay();
        if self.faults.is_down() {
            return Err(PayError::Failed(unreachable().to_string()));
        }
        match fault {
            None => self.inner.pay(invoice, max_fee).await,
            Some(PayFault::Fails) => Err(PayError::Failed("a test asked for it".into())),
            Some(PayFault::Hangs { paid }) => {
                if paid {
                    self.inner.pay(invoice, max_fee).await?;
                }
                pending().await
            }
            Some(PayFault::LosesAnswer { paid }) => {
                let parsed = Bolt11::parse(invoice).map_err(|problem| PayError::Unpayable(problem.to_string()))?;
                if paid {
                    self.inner.pay(invoice, max_fee).await?;
                }
                Err(PayError::Unknown {
                    hash: parsed.payment_hash(),
                })
            }
        }
    }

    async fn check(&self) -> Result<(), WalletError> {
        self.suffer(None).await?;
        self.inner.check().await
    }
}

fn unreachable() -> WalletError {
    WalletError::Unreachable("a test asked for it".into())
}
