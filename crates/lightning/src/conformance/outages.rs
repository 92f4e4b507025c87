//! A backend that goes away and comes back.

use busker_core::wallet::{Cursor, PayError, WalletError};

use super::receiving::until_settled;
use super::{EXPIRY, Harness, MAX_FEE, PRICE, Verdict, ensure, new_invoice, step};

pub(super) async fn an_outage_is_reported_and_survived(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let invoice = new_invoice(&*wallet).await?;
    let debt = harness.customer_invoice(PRICE, EXPIRY).await?;

    harness.take_down().await;
    unreachable("check", wallet.check().await)?;
    unreachable("invoice", wallet.invoice(PRICE, "outage", EXPIRY).await)?;
    unreachable("lookup", wallet.lookup(invoice.payment_hash).await)?;
    unreachable("watch", wallet.watch(Cursor::default()).await)?;
    let during = wallet.pay(&debt, MAX_FEE).await;
    let reported = matches!(during, Err(PayError::Failed(_) | PayError::Unknown { .. }));
    ensure(reported, || format!("pay gave {during:?}"))?;

    harness.bring_back().await;
    wallet
        .check()
        .await
        .map_err(step("the wallet's own check after the outage"))?;
    harness.customer_pays(&invoice.bolt11).await?;
    until_settled(&*wallet, invoice.payment_hash, harness.patience()).await?;

    let after = wallet.pay(&debt, MAX_FEE).await;
    let was_in_doubt = matches!(during, Err(PayError::Unknown { .. }));
    let settled = after.is_ok() || was_in_doubt && matches!(after, Err(PayError::Unpayable(_)));
    ensure(settled, || format!("after the outage pay gave {after:?}"))
}

fn unreachable<T>(call: &str, outcome: Result<T, WalletError>) -> Verdict {
    match outcome {
        Err(WalletError::Unreachable(_)) => Ok(()),
        Err(other) => Err(format!("during an outage {call} said \"{other}\"")),
        Ok(_) => Err(format!("during an outage {call} claimed success")),
    }
}
