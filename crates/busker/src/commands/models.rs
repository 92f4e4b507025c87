//! `busker models`: what this shop sells.

use std::process::ExitCode;

use crate::cli::Models;
use crate::config::Config;
use crate::{output, wiring};

pub(crate) fn run(config: Config, args: &Models) -> anyhow::Result<ExitCode> {
    let catalog = wiring::engines(&config).catalog();
    if args.json {
        output::json(&catalog.cards())?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = ["ID", "SLUG", "PRICE", "UP TO", "USUALLY", "SINGS", "ABOUT"]
        .map(str::to_owned)
        .to_vec();
    let rows = catalog.cards().iter().map(|card| {
        vec![
            card.id.to_string(),
            card.slug.clone(),
            card.price_sats.to_string(),
            format!("{} s", card.max_seconds),
            format!("{:.0}-{:.0} s", card.typical_seconds.p50, card.typical_seconds.p95),
            if card.vocals {
                card.languages.join(", ")
            } else {
                "no".to_owned()
            },
            card.description.clone(),
        ]
    });
    output::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>());
    Ok(ExitCode::SUCCESS)
}
