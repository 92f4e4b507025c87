//! Who pays: the configured wallet, or the buyer by hand.

use std::io::BufRead;

use anyhow::{Context, anyhow, bail};
use busker_core::amount::Msats;
use busker_core::id::Preimage;
use busker_core::wallet::PayError;

use super::quote::Quote;
use crate::config::Config;
use crate::{output, wiring};

/// What routing a song's price may cost.
const MAX_FEE: Msats = Msats(10_000);

/// Where the sandbox's limits begin, and what helps.
const SANDBOX_HINT: &str = "the sandbox pays only shops that share its data folder: give the shop's --data-dir, or pay \
                            by hand with --manual";

/// Who pays.
pub(crate) enum Payer {
    /// The wallet of this configuration.
    Wallet(Box<Config>),
    /// A person with a wallet of their own.
    ByHand,
}

/// A payment did not end with a proof.
pub(crate) enum Unpaid {
    /// No money moved.
    Surely(anyhow::Error),
    /// Money may have moved.
    Perhaps(anyhow::Error),
}

impl Payer {
    /// Refuses an invoice whose money this payer cannot have, before anything is written down.
    pub(crate) fn check(&self, quote: &Quote) -> anyhow::Result<()> {
        let Self::Wallet(config) = self else { return Ok(()) };
        let wallet = wiring::open_wallet(config)?;
        let (card, asked) = (wallet.card(), quote.invoice.network());
        if card.network == asked {
            return Ok(());
        }
        let kind = if card.sandbox {
            ", which has play money only"
        } else {
            ""
        };
        bail!(
            "the shop wants {} on {}, but the configured wallet is `{}` on {}{kind}; nothing was paid. Pay by hand \
             with --manual, or configure a wallet for that network",
            quote.price(),
            asked.name(),
            card.name,
            card.network.name(),
        )
    }

    /// The proof of an earlier payment whose outcome is not known here; `None` when it surely was not made.
    pub(crate) async fn proof_of_earlier(&self, quote: &Quote) -> anyhow::Result<Option<Preimage>> {
        match self {
            Self::Wallet(config) => {
                let sandbox = wiring::open_sandbox(config)?;
                sandbox
                    .preimage_of_settled(quote.invoice.text())
                    .await
                    .context(SANDBOX_HINT)
            }
            Self::ByHand => {
                output::note("You were shown this invoice before:");
                output::note(quote.invoice.text());
                output::note("If you paid it, enter the preimage. If you did not, press Enter alone.");
                ask_for_preimage(quote, true).await
            }
        }
    }

    /// Pays the quote.
    pub(crate) async fn pay(&self, quote: &Quote) -> Result<Preimage, Unpaid> {
        match self {
            Self::Wallet(config) => pay_from_wallet(config, quote).await,
            Self::ByHand => {
                show_invoice(quote);
                let proof = ask_for_preimage(quote, false).await.map_err(Unpaid::Perhaps)?;
                proof.ok_or_else(|| Unpaid::Perhaps(anyhow!("no preimage was entered")))
            }
        }
    }
}

async fn pay_from_wallet(config: &Config, quote: &Quote) -> Result<Preimage, Unpaid> {
    let wallet = wiring::open_wallet(config).map_err(Unpaid::Surely)?;
    let paid = wallet.pay(quote.invoice.text(), MAX_FEE).await;
    let preimage = match paid {
        Ok(paid) => paid.preimage,
        Err(error @ PayError::Unknown { .. }) => {
            return Err(Unpaid::Perhaps(
                anyhow!(error).context("run the same command again, which asks the wallet first"),
            ));
        }
        Err(error @ PayError::Unpayable(_)) if wallet.card().sandbox => {
            return Err(Unpaid::Surely(anyhow!("{error}; {SANDBOX_HINT}")));
        }
        Err(error) => return Err(Unpaid::Surely(anyhow!(error))),
    };
    if preimage.payment_hash() != quote.payment_hash() {
        return Err(Unpaid::Perhaps(anyhow!(
            "the wallet's preimage does not fit the invoice it paid"
        )));
    }
    Ok(preimage)
}

fn show_invoice(quote: &Quote) {
    let invoice = quote.invoice.text();
    output::note(format_args!(
        "Pay {} with any Lightning wallet on {}:",
        quote.price(),
        quote.invoice.network().name()
    ));
    output::note("");
    // Upper case makes the code a third smaller; wallets read either.
    let link = format!("LIGHTNING:{}", invoice.to_ascii_uppercase());
    if output::interactive()
        && let Ok(code) = fast_qr::QRBuilder::new(link).ecl(fast_qr::ECL::L).build()
    {
        output::note(code.to_str());
    }
    output::note(invoice);
    output::note("");
    output::note("Then enter the preimage that the wallet shows as proof (64 hexadecimal digits):");
}

/// Reads lines until one is the preimage of the invoice. An empty line is an answer only where `may_skip`.
async fn ask_for_preimage(quote: &Quote, may_skip: bool) -> anyhow::Result<Option<Preimage>> {
    loop {
        let line = read_line().await?;
        let Some(line) = line else {
            bail!("no preimage was entered; if you paid, run the same command again and enter it then");
        };
        let line = line.trim();
        if line.is_empty() {
            if may_skip {
                return Ok(None);
            }
            continue;
        }
        match line.parse::<Preimage>() {
            Err(_) => output::note("That is no preimage: it has 64 hexadecimal digits. Once more:"),
            Ok(preimage) if preimage.payment_hash() != quote.payment_hash() => {
                output::note("That is the preimage of another invoice. Once more:");
            }
            Ok(preimage) => return Ok(Some(preimage)),
        }
    }
}

/// A line of standard input, or `None` at its end. On a thread of its own, which a leaving program need not wait for.
async fn read_line() -> anyhow::Result<Option<String>> {
    let (send, receive) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        let _ = send.send(read.map(|bytes| (bytes > 0).then_some(line)));
    });
    receive.await?.context("standard input cannot be read")
}
