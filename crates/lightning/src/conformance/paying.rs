//! Payments by the wallet, as for refunds.

use busker_core::wallet::{Paid, PayError, Wallet};

use super::{EXPIRY, Harness, MAX_FEE, PRICE, Verdict, ensure, step};
use crate::bolt11::Bolt11;

pub(super) async fn a_payment_arrives_with_its_proof(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let invoice = harness.customer_invoice(PRICE, EXPIRY).await?;
    let hash = Bolt11::parse(&invoice)
        .map_err(step("the customer's invoice"))?
        .payment_hash();
    let paid = pay(harness, &*wallet, &invoice).await?.map_err(step("paying"))?;
    ensure(paid.preimage.payment_hash() == hash, || {
        "the preimage is of another payment".into()
    })?;
    ensure(paid.fee <= MAX_FEE, || {
        format!("the fee is {} of at most {MAX_FEE}", paid.fee)
    })
}

pub(super) async fn no_invoice_is_paid_twice(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let invoice = harness.customer_invoice(PRICE, EXPIRY).await?;
    pay(harness, &*wallet, &invoice).await?.map_err(step("paying"))?;
    refused_as_paid(harness, &*wallet, &invoice).await?;
    refused_as_paid(harness, &*harness.wallet().await?, &invoice).await
}

pub(super) async fn a_failed_payment_moved_nothing(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let invoice = harness.customer_invoice(PRICE, EXPIRY).await?;
    harness.fail_next_payment().await;
    let outcome = pay(harness, &*wallet, &invoice).await?;
    ensure(matches!(outcome, Err(PayError::Failed(_))), || {
        format!("a failed payment gave {outcome:?}")
    })?;
    let again = pay(harness, &*wallet, &invoice).await?;
    again.map(|_| ()).map_err(step("paying after a certain failure"))
}

pub(super) async fn a_lost_answer_is_no_failure(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    for paid in [true, false] {
        let invoice = harness.customer_invoice(PRICE, EXPIRY).await?;
        let hash = Bolt11::parse(&invoice)
            .map_err(step("the customer's invoice"))?
            .payment_hash();
        harness.lose_next_payment(paid).await;
        let outcome = pay(harness, &*wallet, &invoice).await?;
        ensure(outcome == Err(PayError::Unknown { hash }), || {
            format!("a lost answer gave {outcome:?}")
        })?;

        // The same invoice again is safe: the node pays it now, or knows that it did.
        if paid {
            refused_as_paid(harness, &*wallet, &invoice).await?;
        } else {
            let now = pay(harness, &*wallet, &invoice).await?;
            now.map_err(step("paying what was not paid"))?;
        }
    }
    Ok(())
}

async fn pay(harness: &dyn Harness, wallet: &dyn Wallet, invoice: &str) -> Result<Result<Paid, PayError>, String> {
    let answered = tokio::time::timeout(harness.patience(), wallet.pay(invoice, MAX_FEE)).await;
    answered.map_err(|_| "paying never returned".into())
}

/// A second payment is refused as impossible, not as failed: a failure would allow paying the debt some other way. The
/// reason says "already paid", so that whoever repeats a payment in doubt learns that it arrived.
async fn refused_as_paid(harness: &dyn Harness, wallet: &dyn Wallet, invoice: &str) -> Verdict {
    match pay(harness, wallet, invoice).await? {
        Err(PayError::Unpayable(reason)) if reason.contains("already paid") => Ok(()),
        other => Err(format!("paying again gave {other:?} instead of \"already paid\"")),
    }
}
