//! Invoices, settlements and the watching of them.

use std::collections::HashSet;
use std::time::Duration;

use busker_core::id::PaymentHash;
use busker_core::wallet::{Cursor, Settled, Settlement, Wallet};
use futures::StreamExt;
use futures::stream::BoxStream;

use super::{EXPIRY, Harness, PRICE, Verdict, ensure, new_invoice, step};
use crate::bolt11::Bolt11;
use crate::check::{Expected, check};

pub(super) async fn an_invoice_is_what_was_asked_for(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    wallet.check().await.map_err(step("the wallet's own check"))?;
    let made = wallet.invoice(PRICE, "one song, ünïcode", EXPIRY).await;
    let made = made.map_err(step("making an invoice"))?;
    let expected = Expected {
        network: wallet.card().network,
        amount: PRICE,
        expiry: EXPIRY,
        payment_hash: Some(made.payment_hash),
    };
    let read = check(&made.bolt11, &expected, harness.now()).map_err(|problem| problem.to_string())?;
    ensure(read == made, || {
        format!("the wallet says {made:?}, the invoice says {read:?}")
    })?;
    let memo = Bolt11::parse(&made.bolt11)
        .map_err(|problem| problem.to_string())?
        .memo();
    ensure(memo.contains("one song, ünïcode"), || {
        format!("the memo reads {memo:?}")
    })
}

pub(super) async fn every_invoice_is_its_own(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let mut hashes = HashSet::new();
    for _ in 0..5 {
        hashes.insert(new_invoice(&*wallet).await?.payment_hash);
    }
    ensure(hashes.len() == 5, || {
        format!("5 equal requests made {} payments", hashes.len())
    })
}

pub(super) async fn nothing_is_settled_unpaid(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let open = new_invoice(&*wallet).await?;
    let state = lookup(&*wallet, open.payment_hash).await?;
    ensure(state == Settlement::Open, || format!("a new invoice is {state:?}"))?;

    let foreign = PaymentHash([0xf0; 32]);
    let state = lookup(&*wallet, foreign).await?;
    ensure(state != Settlement::Settled, || {
        "a payment that never was is settled".into()
    })?;

    harness.pass(EXPIRY + Duration::from_secs(1)).await;
    let state = lookup(&*wallet, open.payment_hash).await?;
    ensure(state != Settlement::Settled, || "an expired invoice is settled".into())
}

pub(super) async fn a_paid_invoice_stays_settled(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let (paid, open) = (new_invoice(&*wallet).await?, new_invoice(&*wallet).await?);
    let preimage = harness.customer_pays(&paid.bolt11).await?;
    ensure(preimage.payment_hash() == paid.payment_hash, || {
        "the preimage is of another payment".into()
    })?;
    until_settled(&*wallet, paid.payment_hash, harness.patience()).await?;

    let restarted = harness.wallet().await?;
    until_settled(&*restarted, paid.payment_hash, harness.patience()).await?;
    let state = lookup(&*restarted, open.payment_hash).await?;
    ensure(state == Settlement::Open, || {
        format!("the invoice beside the paid one is {state:?}")
    })
}

pub(super) async fn watching_misses_nothing(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let first = new_invoice(&*wallet).await?;
    harness.customer_pays(&first.bolt11).await?;
    let mut stream = watch(&*wallet, Cursor::default()).await?;
    let cursor = until_seen(&mut stream, &[first.payment_hash], harness.patience()).await?;

    // Nobody watches while these two are paid.
    drop(stream);
    let (second, third) = (new_invoice(&*wallet).await?, new_invoice(&*wallet).await?);
    harness.customer_pays(&second.bolt11).await?;
    harness.customer_pays(&third.bolt11).await?;
    let restarted = harness.wallet().await?;
    let mut stream = watch(&*restarted, cursor).await?;
    until_seen(
        &mut stream,
        &[second.payment_hash, third.payment_hash],
        harness.patience(),
    )
    .await?;

    // And this one while the stream is open.
    let fourth = new_invoice(&*restarted).await?;
    harness.customer_pays(&fourth.bolt11).await?;
    until_seen(&mut stream, &[fourth.payment_hash], harness.patience())
        .await
        .map(|_| ())
}

pub(super) async fn an_expired_invoice_cannot_be_paid(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let invoice = new_invoice(&*wallet).await?;
    harness.pass(EXPIRY + Duration::from_secs(1)).await;
    let outcome = harness.customer_pays(&invoice.bolt11).await;
    ensure(outcome.is_err(), || "it was paid".into())
}

pub(super) async fn a_payment_found_late_is_found(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let before = {
        let mark = new_invoice(&*wallet).await?;
        harness.customer_pays(&mark.bolt11).await?;
        let mut stream = watch(&*wallet, Cursor::default()).await?;
        until_seen(&mut stream, &[mark.payment_hash], harness.patience()).await?
    };
    let invoice = new_invoice(&*wallet).await?;
    harness.customer_pays(&invoice.bolt11).await?;
    drop(wallet);

    harness.pass(EXPIRY * 2).await;
    let restarted = harness.wallet().await?;
    until_settled(&*restarted, invoice.payment_hash, harness.patience()).await?;
    let mut stream = watch(&*restarted, before).await?;
    until_seen(&mut stream, &[invoice.payment_hash], harness.patience())
        .await
        .map(|_| ())
}

pub(super) async fn lookup(wallet: &dyn Wallet, hash: PaymentHash) -> Result<Settlement, String> {
    wallet.lookup(hash).await.map_err(step("looking up an invoice"))
}

/// Backends may take a moment after the payer holds the preimage.
pub(super) async fn until_settled(wallet: &dyn Wallet, hash: PaymentHash, patience: Duration) -> Verdict {
    let settled = async {
        while lookup(wallet, hash).await? != Settlement::Settled {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    };
    let in_time = tokio::time::timeout(patience, settled).await;
    in_time.unwrap_or_else(|_| Err("a paid invoice is not settled".into()))
}

async fn watch(wallet: &dyn Wallet, from: Cursor) -> Result<BoxStream<'static, Settled>, String> {
    wallet.watch(from).await.map_err(step("watching"))
}

/// Reads on until all of `wanted` were seen, whatever else comes and how often. The answer is the last cursor.
async fn until_seen(
    stream: &mut BoxStream<'static, Settled>,
    wanted: &[PaymentHash],
    patience: Duration,
) -> Result<Cursor, String> {
    let mut missing: HashSet<PaymentHash> = wanted.iter().copied().collect();
    let seen = async {
        while let Some(settled) = stream.next().await {
            missing.remove(&settled.payment_hash);
            if missing.is_empty() {
                return Ok(settled.cursor);
            }
        }
        Err("the stream ended".to_owned())
    };
    let in_time = tokio::time::timeout(patience, seen).await;
    in_time.unwrap_or_else(|_| Err("a settlement did not come".into()))
}
