use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::amount::{Msats, Sats};
use busker_core::clock::Clock;
use busker_core::id::PaymentHash;
use busker_core::wallet::{Cursor, Invoice, Paid, PayError, Settled, Settlement, Wallet, WalletCard, WalletError};
use futures::stream::BoxStream;

use crate::check::{Expected, check};

/// A wallet whose every invoice is checked before it is handed on, so that no adapter can forget to.
pub struct CheckedWallet<W> {
    inner: W,
    clock: Arc<dyn Clock>,
}

impl<W: Wallet> CheckedWallet<W> {
    /// Checks what `inner` makes against its own card and `clock`.
    pub fn new(inner: W, clock: Arc<dyn Clock>) -> Self {
        Self { inner, clock }
    }
}

#[async_trait]
impl<W: Wallet> Wallet for CheckedWallet<W> {
    fn card(&self) -> &WalletCard {
        self.inner.card()
    }

    async fn invoice(&self, amount: Sats, memo: &str, expiry: Duration) -> Result<Invoice, WalletError> {
        let made = self.inner.invoice(amount, memo, expiry).await?;
        let expected = Expected {
            network: self.inner.card().network,
            amount,
            expiry,
            payment_hash: Some(made.payment_hash),
        };
        Ok(check(&made.bolt11, &expected, self.clock.now())?)
    }

    async fn lookup(&self, hash: PaymentHash) -> Result<Settlement, WalletError> {
        self.inner.lookup(hash).await
    }

    async fn watch(&self, from: Cursor) -> Result<BoxStream<'static, Settled>, WalletError> {
        self.inner.watch(from).await
    }

    async fn pay(&self, invoice: &str, max_fee: Msats) -> Result<Paid, PayError> {
        self.inner.pay(invoice, max_fee).await
    }

    async fn check(&self) -> Result<(), WalletError> {
        self.inner.check().await
    }
}
