use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::amount::Sats;
use busker_core::clock::Timestamp;
use busker_core::id::Preimage;
use busker_core::wallet::Wallet;

/// Everything around the wallet under test. An error text means that the harness itself could not do its part.
#[async_trait]
pub trait Harness: Send + Sync {
    /// The wallet under test, opened anew on the same money, as after a restart. Wallets opened before stay usable.
    async fn wallet(&self) -> Result<Arc<dyn Wallet>, String>;

    /// A customer pays an invoice of the wallet.
    async fn customer_pays(&self, invoice: &str) -> Result<Preimage, String>;

    /// A customer asks for money.
    async fn customer_invoice(&self, amount: Sats, expiry: Duration) -> Result<String, String>;

    /// How long a settlement may take to be seen, and a payment to be answered.
    fn patience(&self) -> Duration {
        Duration::from_secs(10)
    }

    /// The time, as the wallet and its customers see it.
    fn now(&self) -> Timestamp;

    /// Lets time pass for the wallet and its customers.
    async fn pass(&self, time: Duration);

    /// From now on the backend does not answer.
    async fn take_down(&self);

    /// The backend answers again.
    async fn bring_back(&self);

    /// The next payment fails for certain, on its way or in the backend.
    async fn fail_next_payment(&self);

    /// The answer to the next payment gets lost; before that the money moved, or not.
    async fn lose_next_payment(&self, paid: bool);
}
