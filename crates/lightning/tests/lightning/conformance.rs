use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use busker_core::amount::Sats;
use busker_core::clock::{Clock, Timestamp};
use busker_core::id::Preimage;
use busker_core::wallet::Wallet;
use busker_lightning::CheckedWallet;
use busker_lightning::conformance::{Harness, run};
use busker_lightning::faults::{Faults, FaultyWallet, InvoiceFault, PayFault, WrongInvoice};

use crate::support::{NO_FEE, Shop};

struct SandboxHarness {
    shop: Shop,
    faults: Faults,
    checked: bool,
}

impl SandboxHarness {
    fn new() -> Self {
        Self {
            shop: Shop::new(),
            faults: Faults::default(),
            checked: true,
        }
    }
}

#[async_trait]
impl Harness for SandboxHarness {
    async fn wallet(&self) -> Result<Arc<dyn Wallet>, String> {
        let wallet = FaultyWallet::with_faults(self.shop.open(), self.faults.clone());
        if !self.checked {
            return Ok(Arc::new(wallet));
        }
        Ok(Arc::new(CheckedWallet::new(wallet, self.shop.clock.clone())))
    }

    async fn customer_pays(&self, invoice: &str) -> Result<Preimage, String> {
        let paid = self.shop.open().pay(invoice, NO_FEE).await;
        paid.map(|paid| paid.preimage).map_err(|error| error.to_string())
    }

    async fn customer_invoice(&self, amount: Sats, expiry: Duration) -> Result<String, String> {
        let made = self.shop.open().invoice(amount, "refund", expiry).await;
        made.map(|invoice| invoice.bolt11).map_err(|error| error.to_string())
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(2)
    }

    fn now(&self) -> Timestamp {
        self.shop.clock.now()
    }

    async fn pass(&self, time: Duration) {
        self.shop.clock.pass(time);
    }

    async fn take_down(&self) {
        self.faults.take_down();
    }

    async fn bring_back(&self) {
        self.faults.bring_back();
    }

    async fn fail_next_payment(&self) {
        self.faults.next_pay(PayFault::Fails);
    }

    async fn lose_next_payment(&self, paid: bool) {
        self.faults.next_pay(PayFault::LosesAnswer { paid });
    }
}

#[tokio::test]
async fn the_sandbox_keeps_every_rule() {
    assert_eq!(run(&SandboxHarness::new()).await, Ok(()));
}

#[tokio::test]
async fn settlements_that_come_twice_break_no_rule() {
    let harness = SandboxHarness::new();
    harness.faults.repeat_settlements(true);
    assert_eq!(run(&harness).await, Ok(()));
}

#[tokio::test]
async fn a_wallet_that_returns_wrong_invoices_is_found_out() {
    for wrong in [
        WrongInvoice::Network,
        WrongInvoice::Amount,
        WrongInvoice::Hash,
        WrongInvoice::Expired,
    ] {
        let harness = SandboxHarness {
            checked: false,
            ..SandboxHarness::new()
        };
        harness.faults.next_invoice(InvoiceFault::Wrong(wrong));
        let broken = run(&harness).await.unwrap_err();
        assert_eq!(broken.rule, "an invoice is what was asked for", "{wrong:?}");
    }
}

#[tokio::test]
async fn a_wallet_that_forgets_settlements_is_found_out() {
    let harness = SandboxHarness::new();
    harness.faults.hide_settlements();
    let broken = run(&harness).await.unwrap_err();
    assert_eq!(broken.rule, "a paid invoice stays settled");
}
