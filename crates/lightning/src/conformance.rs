//! The rules that every wallet keeps, as a suite for adapters' tests.
//!
//! A new adapter writes a [`Harness`], which plays its customer, its clock and its network, and runs [`run`] in a test:
//! against recorded answers everywhere, against a live node where there is one. Each rule makes invoices of its own, so
//! the rules may share a wallet that was used before.

mod harness;
mod outages;
mod paying;
mod receiving;
mod refusals;

pub use harness::Harness;

use std::future::Future;
use std::time::Duration;

use busker_core::amount::{Msats, Sats};
use busker_core::wallet::{Invoice, Wallet};

/// Runs every rule, one after another.
///
/// # Errors
/// The first rule that the wallet broke.
pub async fn run(harness: &dyn Harness) -> Result<(), Broken> {
    named(
        "an invoice is what was asked for",
        receiving::an_invoice_is_what_was_asked_for(harness),
    )
    .await?;
    named(
        "every invoice is a payment of its own",
        receiving::every_invoice_is_its_own(harness),
    )
    .await?;
    named(
        "nothing is settled before it is paid",
        receiving::nothing_is_settled_unpaid(harness),
    )
    .await?;
    named(
        "a paid invoice stays settled",
        receiving::a_paid_invoice_stays_settled(harness),
    )
    .await?;
    named("watching misses nothing", receiving::watching_misses_nothing(harness)).await?;
    named(
        "an expired invoice cannot be paid",
        receiving::an_expired_invoice_cannot_be_paid(harness),
    )
    .await?;
    named(
        "a payment found late is found",
        receiving::a_payment_found_late_is_found(harness),
    )
    .await?;
    named(
        "a payment arrives with its proof",
        paying::a_payment_arrives_with_its_proof(harness),
    )
    .await?;
    named("no invoice is paid twice", paying::no_invoice_is_paid_twice(harness)).await?;
    named(
        "a failed payment moved nothing",
        paying::a_failed_payment_moved_nothing(harness),
    )
    .await?;
    named(
        "a lost answer is no failure",
        paying::a_lost_answer_is_no_failure(harness),
    )
    .await?;
    named(
        "what cannot be paid is refused",
        refusals::what_cannot_be_paid_is_refused(harness),
    )
    .await?;
    named(
        "an outage is reported and survived",
        outages::an_outage_is_reported_and_survived(harness),
    )
    .await
}

/// A rule that a wallet broke.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the wallet broke the rule \"{rule}\": {what}")]
pub struct Broken {
    /// The rule.
    pub rule: &'static str,
    /// What happened instead.
    pub what: String,
}

/// What a rule says: nothing, or what happened that must not.
type Verdict = Result<(), String>;

/// What the rules pay; above every backend's smallest payment.
const PRICE: Sats = Sats(300);
const EXPIRY: Duration = Duration::from_secs(600);
/// More than any backend may ask for in a test.
const MAX_FEE: Msats = Msats(10_000);

async fn named(rule: &'static str, verdict: impl Future<Output = Verdict>) -> Result<(), Broken> {
    verdict.await.map_err(|what| Broken { rule, what })
}

/// The rule is kept if `holds`.
fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// For a step that is no part of the rule.
fn step<E: std::fmt::Display>(what: &'static str) -> impl FnOnce(E) -> String {
    move |error| format!("{what} failed: {error}")
}

async fn new_invoice(wallet: &dyn Wallet) -> Result<Invoice, String> {
    let made = wallet.invoice(PRICE, "conformance", EXPIRY).await;
    made.map_err(step("making an invoice"))
}
