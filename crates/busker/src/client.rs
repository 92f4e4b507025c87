//! Buys songs from any L402 music API, so that nothing is ever paid twice and nothing paid is ever lost.
//!
//! A purchase is written down before it is paid ([`purchases`]), [`decision`] says what to do next from what is kept,
//! [`payer`] pays, [`redeem`] shows the proof until there is a song, [`download`] fetches it. Whatever breaks in
//! between, the same command goes on from there.

pub(crate) mod address;
mod decision;
pub(crate) mod delivery;
mod download;
mod file_name;
pub(crate) mod http;
pub(crate) mod meter;
mod patience;
pub(crate) mod payer;
pub(crate) mod purchase;
pub(crate) mod purchases;
pub(crate) mod quote;
mod redeem;
pub(crate) mod teller;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, anyhow, bail};
use busker_core::amount::Sats;
use busker_core::clock::{Clock, SystemClock};
use busker_core::crash;
use busker_core::id::{PaymentHash, Preimage};
use reqwest::{StatusCode, Url};

pub(crate) use self::decision::Earlier;
use self::decision::{Step, next_step};
use self::delivery::Delivery;
use self::download::{Download, Place};
use self::http::{Answer, Http, QUICK_CALL};
use self::patience::Patience;
use self::payer::{Payer, Unpaid};
use self::purchase::{Purchase, Stage};
use self::purchases::{Purchases, Slot};
use self::quote::{Offer, Quote};
use self::redeem::{Failed, Redeem, Redeemed, is_temporary};
use self::teller::{Event, Teller};
use crate::output::Failure;

/// Before anything is paid a shop that does not answer is given up soon.
const PATIENCE_UNPAID: Duration = Duration::from_secs(3);

/// A wallet's payment may take this long to show at the shop.
const SETTLING: Duration = Duration::from_secs(90);

/// An invoice with less time left than this is not worth starting to pay.
const TIME_TO_PAY: Duration = Duration::from_secs(15);

/// What to buy, and on which terms.
pub(crate) struct Wish {
    /// Where it is sold.
    pub(crate) url: Url,
    /// The request as JSON.
    pub(crate) body: String,
    /// Never pay more.
    pub(crate) max: Sats,
    /// What to do with an earlier purchase of the same.
    pub(crate) earlier: Earlier,
    /// Ask for another try when the song failed for good.
    pub(crate) retry: bool,
    /// Where to save it.
    pub(crate) output: Option<PathBuf>,
}

/// A song on the disk.
pub(crate) struct Bought {
    pub(crate) path: PathBuf,
    pub(crate) song: Delivery,
    pub(crate) price: Sats,
    pub(crate) payment_hash: PaymentHash,
    pub(crate) order_url: Option<String>,
    /// Nothing was paid this time: an earlier purchase went on.
    pub(crate) resumed: bool,
}

/// Buys songs.
pub(crate) struct Buyer<'a> {
    pub(crate) http: Http,
    pub(crate) purchases: Purchases,
    pub(crate) payer: Payer,
    pub(crate) teller: &'a dyn Teller,
}

impl Buyer<'_> {
    /// Buys the song, or goes on with its purchase.
    ///
    /// # Errors
    /// With an exit code of its own where one is documented. What was paid for can be had by the same call again.
    pub(crate) async fn buy(&self, wish: &Wish) -> anyhow::Result<Bought> {
        check_output(wish.output.as_deref()).map_err(Failure::usage)?;
        let slot = self.purchases.hold(wish.url.as_str(), &wish.body)?;
        let mut earlier = wish.earlier;
        let mut resumed = true;
        loop {
            let kept = slot.load()?;
            let quote = kept
                .as_ref()
                .map(|kept| Quote::read(&kept.www_authenticate))
                .transpose()?;
            match (
                next_step(kept.as_ref(), quote.as_ref().is_some_and(is_payable), earlier),
                kept,
                quote,
            ) {
                (Step::Pay, Some(kept), Some(quote)) => {
                    self.pay(&slot, kept, &quote, wish.max).await?;
                    resumed = false;
                }
                (Step::AskWallet, Some(kept), Some(quote)) => self.ask_wallet(&slot, kept, &quote).await?,
                (Step::Redeem, Some(kept), Some(quote)) => return self.fetch(wish, &slot, kept, &quote, resumed).await,
                (_, kept, _) => {
                    let offer = self.offer(wish).await?;
                    self.check_terms(&offer.quote, wish.max)?;
                    if let Some(kept) = &kept {
                        slot.set_aside(kept)?;
                    }
                    slot.save(&offer.purchase)?;
                    earlier = Earlier::Use;
                }
            }
        }
    }

    /// Asks for the price. Nothing is kept.
    ///
    /// # Errors
    /// When the shop does not name one.
    pub(crate) async fn offer(&self, wish: &Wish) -> anyhow::Result<Offer> {
        let mut patience = Patience::lasting(PATIENCE_UNPAID);
        loop {
            let answer = self.http.post(wish.url.as_str(), &wish.body, None, QUICK_CALL).await;
            let (why, asked) = match answer {
                Ok(answer) if answer.status == StatusCode::PAYMENT_REQUIRED => {
                    let offer = Offer::read(&wish.url, &wish.body, &answer)?;
                    self.teller.tell(Event::Offered(&offer));
                    return Ok(offer);
                }
                Ok(answer) if is_temporary(answer.status) => (anyhow!("{}", answer.in_words()), answer.retry_after()),
                Ok(answer) => return Err(no_price(&answer, &wish.url)),
                Err(silence) => {
                    let hint = format!(
                        "no shop at {}: is its address right, and is it open?",
                        origin(&wish.url)
                    );
                    (anyhow!(silence).context(hint), None)
                }
            };
            let Some(pause) = patience.pause(asked) else {
                return Err(why);
            };
            self.teller.tell(Event::TryingAgain {
                why: &format!("{why:#}"),
                pause,
            });
            tokio::time::sleep(pause).await;
        }
    }

    fn check_terms(&self, quote: &Quote, max: Sats) -> anyhow::Result<()> {
        let price = quote.price();
        if price > max {
            let hint = format!("--max-sats {} allows it", price.0);
            let error = anyhow!("the song costs {price}, more than your limit of {max}; nothing was paid ({hint})");
            return Err(Failure::too_dear(error));
        }
        self.payer.check(quote)
    }

    async fn pay(&self, slot: &Slot, kept: Purchase, quote: &Quote, max: Sats) -> anyhow::Result<()> {
        self.check_terms(quote, max)?;
        self.teller.tell(Event::Paying(quote));
        slot.save(&kept.clone().at(Stage::Paying))?;
        match self.payer.pay(quote).await {
            Ok(preimage) => {
                crash::point("song.paid_but_not_kept");
                self.keep_proof(slot, kept, quote, preimage)
            }
            Err(Unpaid::Surely(error)) => {
                slot.save(&kept.at(Stage::Quoted))?;
                Err(error)
            }
            Err(Unpaid::Perhaps(error)) => Err(error),
        }
    }

    async fn ask_wallet(&self, slot: &Slot, kept: Purchase, quote: &Quote) -> anyhow::Result<()> {
        self.teller.tell(Event::GoesOn(
            "a payment was begun earlier; asking the wallet what became of it",
        ));
        match self.payer.proof_of_earlier(quote).await? {
            Some(preimage) => self.keep_proof(slot, kept, quote, preimage),
            None => slot.save(&kept.at(Stage::Quoted)),
        }
    }

    fn keep_proof(&self, slot: &Slot, kept: Purchase, quote: &Quote, preimage: Preimage) -> anyhow::Result<()> {
        slot.save(&kept.at(Stage::Paid { preimage }))?;
        crash::point("song.paid_and_kept");
        self.teller.tell(Event::Paid(quote, preimage));
        Ok(())
    }

    async fn fetch(
        &self,
        wish: &Wish,
        slot: &Slot,
        kept: Purchase,
        quote: &Quote,
        resumed: bool,
    ) -> anyhow::Result<Bought> {
        let preimage = kept.preimage().context("a purchase without proof cannot be fetched")?;
        if resumed {
            self.teller.tell(Event::GoesOn(match kept.stage {
                Stage::Paid { .. } => "paid earlier; fetching the song, nothing is paid again",
                _ => "bought earlier; fetching it again for free (another --seed is another take)",
            }));
        }
        self.teller.tell(Event::Redeeming);
        let song = match self.redeem(wish, &kept, quote, preimage).await? {
            Redeemed::Song(song) => song,
            Redeemed::Refused(reason) => {
                slot.save(&kept.at(Stage::Closed {
                    preimage,
                    reason: reason.clone(),
                }))?;
                bail!("the shop does not accept this purchase any more: {reason} (--again buys it anew)");
            }
            Redeemed::Failed(failed) => {
                if failed.refunded {
                    slot.save(&kept.at(Stage::Closed {
                        preimage,
                        reason: failed.words.clone(),
                    }))?;
                }
                return Err(Failure::refundable(explain(&failed)));
            }
        };
        self.teller.tell(Event::Ready(&song));
        let earlier = kept.saved_file().map(PathBuf::from);
        let place = Place {
            output: wish.output.as_deref(),
            earlier: earlier.as_deref(),
        };
        let path = Download::new(&self.http, self.teller, &song, place).run().await?;
        let order_url = song
            .order_url
            .as_ref()
            .map(Url::to_string)
            .or_else(|| kept.order_url.clone());
        slot.save(&kept.at(Stage::Downloaded {
            preimage,
            file: path.display().to_string(),
        }))?;
        Ok(Bought {
            path,
            song,
            price: quote.price(),
            payment_hash: quote.payment_hash(),
            order_url,
            resumed,
        })
    }

    async fn redeem(
        &self,
        wish: &Wish,
        kept: &Purchase,
        quote: &Quote,
        preimage: Preimage,
    ) -> anyhow::Result<Redeemed> {
        // What was fetched once was settled: the shop only has to look.
        let settling = if matches!(kept.stage, Stage::Paid { .. }) {
            SETTLING
        } else {
            Duration::from_secs(3)
        };
        let redeem = Redeem {
            http: &self.http,
            teller: self.teller,
            url: wish.url.clone(),
            body: &kept.body,
            authorization: quote.authorization(preimage),
            order_url: kept.order_url.as_ref().and_then(|url| Url::parse(url).ok()),
            settling,
            retry: wish.retry,
        };
        redeem
            .run()
            .await
            .context("paid, but the song is not here yet; run the same command again, it is kept")
    }
}

impl Purchase {
    fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }
}

fn is_payable(quote: &Quote) -> bool {
    !quote.invoice.is_expired(SystemClock.now().plus(TIME_TO_PAY))
}

/// Finds out before the payment that there is nowhere to put the song.
fn check_output(output: Option<&Path>) -> anyhow::Result<()> {
    let folder = match output {
        Some(path) if !path.is_dir() => path.parent().filter(|folder| !folder.as_os_str().is_empty()),
        _ => None,
    };
    match folder {
        Some(folder) if !folder.is_dir() => bail!("there is no folder {} to save the song in", folder.display()),
        _ => Ok(()),
    }
}

/// The shop named no price, and will not.
fn no_price(answer: &Answer, url: &Url) -> anyhow::Error {
    let status = answer.status;
    if status == StatusCode::NOT_FOUND || status == StatusCode::METHOD_NOT_ALLOWED {
        return Failure::usage(anyhow!(
            "no songs are sold at {url} ({status}); give the shop's address with --url"
        ));
    }
    if status.is_success() {
        return anyhow!("{url} answers {status} without asking to be paid: it is no L402 shop");
    }
    let mut words = answer.in_words();
    let example = &answer.json["example"];
    if !example.is_null() {
        words = format!("{words} Example: {example}");
    }
    if status.is_client_error() {
        Failure::usage(anyhow!(words))
    } else {
        anyhow!(words)
    }
}

fn explain(failed: &Failed) -> anyhow::Error {
    let mut words = failed.words.clone();
    if failed.refunded {
        words = format!("{words} (--again buys it anew)");
    } else {
        if let Some(retry) = &failed.retry_url {
            words = format!("{words}\n  another try, free: the same command with --retry, or POST {retry}");
        }
        if let Some(refund) = &failed.refund_url {
            words = format!("{words}\n  money back:        POST {refund}");
        }
    }
    anyhow!(words)
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Failed, check_output, explain};

    #[test]
    fn a_missing_folder_is_found_before_anything_is_paid() {
        assert!(check_output(None).is_ok());
        assert!(check_output(Some(Path::new("song.mp3"))).is_ok());
        assert!(check_output(Some(Path::new("/nowhere/at/all/song.mp3"))).is_err());
    }

    #[test]
    fn a_failed_song_says_how_to_get_another_try_or_the_money() {
        let url = |path: &str| Some(reqwest::Url::parse(&format!("https://shop.example/{path}")).unwrap());
        let failed = |refunded| Failed {
            words: "no".into(),
            retry_url: url("retry"),
            refund_url: url("refund"),
            refunded,
        };
        let text = explain(&failed(false)).to_string();
        assert!(text.contains("POST https://shop.example/retry") && text.contains("POST https://shop.example/refund"));
        assert!(!explain(&failed(true)).to_string().contains("POST"));
    }
}
