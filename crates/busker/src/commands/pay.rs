//! `busker pay`: pays an invoice and prints the proof.

use std::process::ExitCode;

use anyhow::Context;
use busker_core::amount::Msats;
use serde_json::json;

use crate::cli::Pay;
use crate::config::Config;
use crate::{output, wiring};

/// A fee limit that never stops a sandbox payment and never surprises anybody elsewhere.
const MAX_FEE: Msats = Msats(10_000);

pub(crate) async fn run(config: Config, args: Pay) -> anyhow::Result<ExitCode> {
    let invoice = args.invoice.trim();
    let prefix = invoice
        .get(..10)
        .filter(|prefix| prefix.eq_ignore_ascii_case("lightning:"));
    let invoice = &invoice[prefix.map_or(0, str::len)..];
    let paid = pay_or_find(&config, invoice).await?;
    let hash = paid.payment_hash();
    if args.json {
        output::json(&json!({"preimage": paid.to_hex(), "payment_hash": hash.to_string()}))?;
    } else {
        output::note(format_args!(
            "paid with play money (sandbox); payment hash {hash}; the preimage is"
        ));
        output::line(paid.to_hex());
    }
    Ok(ExitCode::SUCCESS)
}

/// Paying twice what was paid once from here gives the same proof again, so a script may repeat itself.
async fn pay_or_find(config: &Config, invoice: &str) -> anyhow::Result<busker_core::id::Preimage> {
    let sandbox = wiring::open_sandbox(config)?;
    if let Some(preimage) = sandbox
        .preimage_of_settled(invoice)
        .await
        .context("the invoice cannot be looked up")?
    {
        return Ok(preimage);
    }
    let paid = wiring::open_wallet(config)?
        .pay(invoice, MAX_FEE)
        .await
        .context("the invoice was not paid")?;
    Ok(paid.preimage)
}
