//! Invoices that must not be paid.

use std::time::Duration;

use busker_core::amount::Msats;
use busker_core::wallet::{Network, PayError, Wallet};

use super::{EXPIRY, Harness, MAX_FEE, PRICE, Verdict, step};
use crate::forge::Forged;

pub(super) async fn what_cannot_be_paid_is_refused(harness: &dyn Harness) -> Verdict {
    let wallet = harness.wallet().await?;
    let network = wallet.card().network;
    let (now, price) = (harness.now(), Some(Msats::from(PRICE)));
    let elsewhere = if network == Network::Mainnet {
        Network::Regtest
    } else {
        Network::Mainnet
    };
    let forge = |network, amount| {
        let invoice = Forged {
            network,
            amount,
            made_at: now,
            expiry: EXPIRY,
            ..Forged::default()
        };
        invoice.sign().map_err(step("forging an invoice"))
    };
    refused(&*wallet, "no invoice", "lnbcrt1notaninvoice").await?;
    refused(&*wallet, "an empty text", "").await?;
    refused(&*wallet, "an invoice on another network", &forge(elsewhere, price)?).await?;
    refused(&*wallet, "an invoice without an amount", &forge(network, None)?).await?;

    let expired = harness.customer_invoice(PRICE, EXPIRY).await?;
    harness.pass(EXPIRY + Duration::from_secs(1)).await;
    refused(&*wallet, "an expired invoice", &expired).await
}

async fn refused(wallet: &dyn Wallet, what: &str, invoice: &str) -> Verdict {
    match wallet.pay(invoice, MAX_FEE).await {
        Err(PayError::Unpayable(_)) => Ok(()),
        other => Err(format!("{what} gave {other:?}")),
    }
}
