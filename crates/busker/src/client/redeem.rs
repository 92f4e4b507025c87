//! From a proof of payment to a song, however long it takes and whatever breaks on the way. Nothing here can pay.

use std::convert::Infallible;
use std::time::Duration;

use anyhow::{Context, bail};
use reqwest::header::LOCATION;
use reqwest::{StatusCode, Url};
use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::delivery::Delivery;
use super::http::{Answer, HELD_CALL, Http, NoAnswer, QUICK_CALL};
use super::patience::Patience;
use super::teller::{Event, Teller, Work};

/// A shop that is down this long comes back later than a person waits; the purchase is kept.
const OUTAGE: Duration = Duration::from_secs(180);

/// A song that takes longer is fetched by running the command again.
const LONGEST_WAIT: Duration = Duration::from_secs(45 * 60);

/// How long to follow an order before the shop is asked for the song again all the same.
const FOLLOW: Duration = Duration::from_secs(60);

const USUAL_POLL: Duration = Duration::from_secs(1);

/// A paid request on its way to its song.
pub(crate) struct Redeem<'a> {
    pub(crate) http: &'a Http,
    pub(crate) teller: &'a dyn Teller,
    pub(crate) url: Url,
    pub(crate) body: &'a str,
    pub(crate) authorization: String,
    /// Where the order can be watched meanwhile.
    pub(crate) order_url: Option<Url>,
    /// How long a payment may remain unseen by the shop.
    pub(crate) settling: Duration,
    /// Ask for another try when the song failed for good.
    pub(crate) retry: bool,
}

/// How it ended.
pub(crate) enum Redeemed {
    /// With a song.
    Song(Delivery),
    /// The shop does not accept the proof, and will not.
    Refused(String),
    /// The song could not be made.
    Failed(Failed),
}

/// A song that could not be made.
pub(crate) struct Failed {
    pub(crate) words: String,
    pub(crate) retry_url: Option<Url>,
    pub(crate) refund_url: Option<Url>,
    /// The sats are back with the buyer.
    pub(crate) refunded: bool,
}

/// What to make of an answer.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Ready,
    InTheMaking,
    Unsettled,
    Refused,
    Failed,
    Outage,
    Wrong,
}

impl Redeem<'_> {
    /// Shows the proof until there is a song or a final answer.
    ///
    /// # Errors
    /// When nothing final can be had for now; the proof keeps its worth.
    pub(crate) async fn run(mut self) -> anyhow::Result<Redeemed> {
        let mut outage = Patience::lasting(OUTAGE);
        let mut unsettled = Patience::lasting(self.settling);
        let until = Instant::now() + LONGEST_WAIT;
        while Instant::now() < until {
            let answer = match self.call().await {
                Ok(answer) => answer,
                Err(silence) if silence.timed_out() => continue,
                Err(silence) => {
                    self.wait(&mut outage, None, &silence.to_string()).await?;
                    continue;
                }
            };
            match verdict(&answer) {
                Verdict::Ready => {
                    let song = Delivery::read(&answer.json, &self.url);
                    return song
                        .map(Redeemed::Song)
                        .context("the shop says that the song is ready, but not where");
                }
                Verdict::InTheMaking => {
                    outage.renew();
                    if let Some(song) = self.follow(&answer).await {
                        return Ok(Redeemed::Song(song));
                    }
                }
                Verdict::Unsettled => {
                    self.wait(&mut unsettled, answer.retry_after(), &answer.in_words())
                        .await?
                }
                Verdict::Refused => return Ok(self.refused(&answer).await),
                Verdict::Failed => {
                    let failed = Failed::read(&answer, &self.url);
                    match failed.retry_url.clone().filter(|_| self.retry && !failed.refunded) {
                        None => return Ok(Redeemed::Failed(failed)),
                        Some(address) => self.ask_for_another_try(address).await?,
                    }
                }
                Verdict::Outage => self.wait(&mut outage, answer.retry_after(), &answer.in_words()).await?,
                Verdict::Wrong => bail!("{}", answer.in_words()),
            }
        }
        bail!("the song is still not ready")
    }

    /// One paid call, and meanwhile a look at the order for the sake of the progress bar.
    async fn call(&self) -> Result<Answer, NoAnswer> {
        let call = self
            .http
            .post(self.url.as_str(), self.body, Some(&self.authorization), HELD_CALL);
        match &self.order_url {
            None => call.await,
            Some(order) => tokio::select! {
                answer = call => answer,
                never = self.watch(order) => match never {},
            },
        }
    }

    async fn watch(&self, order: &Url) -> Infallible {
        loop {
            sleep(USUAL_POLL).await;
            if let Ok(answer) = self.http.get(order.clone()).await {
                self.show(&answer.json);
            }
        }
    }

    /// Follows the order of a `202` until the song is there; `None` when it is time to show the proof again.
    async fn follow(&self, accepted: &Answer) -> Option<Delivery> {
        self.show(&accepted.json);
        let interval = poll_interval(accepted);
        let Some(address) = poll_address(accepted, &self.url) else {
            sleep(interval).await;
            return None;
        };
        let until = Instant::now() + FOLLOW;
        while Instant::now() < until {
            sleep(interval).await;
            let answer = self
                .http
                .get(address.clone())
                .await
                .ok()
                .filter(|answer| answer.status.is_success())?;
            if let Some(song) = Delivery::read(&answer.json, &address) {
                return Some(song);
            }
            self.show(&answer.json);
            if !is_in_the_making(&answer.json) {
                return None;
            }
        }
        None
    }

    /// A proof that opens nothing any more may still stand for an order that can be seen.
    async fn refused(&self, answer: &Answer) -> Redeemed {
        let named = answer.json["paid_order_url"]
            .as_str()
            .and_then(|address| self.url.join(address).ok());
        for address in named.into_iter().chain(self.order_url.clone()) {
            let seen = self.http.get(address.clone()).await;
            if let Some(song) = seen.ok().and_then(|answer| Delivery::read(&answer.json, &address)) {
                return Redeemed::Song(song);
            }
        }
        Redeemed::Refused(answer.in_words())
    }

    /// Once: what fails again is not tried for ever.
    async fn ask_for_another_try(&mut self, address: Url) -> anyhow::Result<()> {
        self.retry = false;
        let answer = self.http.post(address.as_str(), "{}", None, QUICK_CALL).await?;
        if !answer.status.is_success() {
            bail!("the shop gives no other try: {}", answer.in_words());
        }
        Ok(())
    }

    async fn wait(&self, patience: &mut Patience, asked: Option<Duration>, why: &str) -> anyhow::Result<()> {
        let Some(pause) = patience.pause(asked) else {
            bail!("{why}")
        };
        self.teller.tell(Event::TryingAgain { why, pause });
        sleep(pause).await;
        Ok(())
    }

    fn show(&self, order: &Value) {
        if let Some(work) = work(order) {
            self.teller.tell(Event::Working(&work));
        }
    }
}

impl Failed {
    fn read(answer: &Answer, asked: &Url) -> Self {
        let address = |name: &str| answer.json[name].as_str().and_then(|address| asked.join(address).ok());
        Self {
            words: answer.json["detail"]
                .as_str()
                .map_or_else(|| answer.in_words(), str::to_owned),
            retry_url: address("retry_url"),
            refund_url: address("refund_url"),
            refunded: answer.json["refund"]["status"] == "claimed",
        }
    }
}

fn verdict(answer: &Answer) -> Verdict {
    const NEVER: [&str; 5] = [
        "CREDENTIAL_EXPIRED",
        "CREDENTIAL_FOREIGN",
        "CREDENTIAL_MALFORMED",
        "WRONG_PREIMAGE",
        "REQUEST_MISMATCH",
    ];
    let status = answer.status;
    if status == StatusCode::ACCEPTED {
        Verdict::InTheMaking
    } else if status.is_success() {
        Verdict::Ready
    } else if status == StatusCode::PAYMENT_REQUIRED {
        if NEVER.contains(&answer.error_code()) {
            Verdict::Refused
        } else {
            Verdict::Unsettled
        }
    } else if answer.error_code() == "GENERATION_FAILED" || answer.json["refund"].is_object() {
        Verdict::Failed
    } else if is_temporary(status) {
        Verdict::Outage
    } else {
        Verdict::Wrong
    }
}

/// Whether the same request may fare better later.
pub(crate) fn is_temporary(status: StatusCode) -> bool {
    let passing = [
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
        StatusCode::TOO_MANY_REQUESTS,
    ];
    passing.contains(&status) || (status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED)
}

fn poll_address(accepted: &Answer, asked: &Url) -> Option<Url> {
    let named = accepted.json["poll_url"]
        .as_str()
        .or_else(|| accepted.header("x-poll-url"));
    let address = asked.join(named.or_else(|| accepted.header(LOCATION))?).ok()?;
    // The selling address answers a question without proof by a price.
    (address != *asked).then_some(address)
}

fn poll_interval(accepted: &Answer) -> Duration {
    let named = accepted.json["poll_interval_ms"].as_u64();
    let named = named
        .or_else(|| accepted.header("x-poll-interval-ms")?.parse().ok())
        .map(Duration::from_millis);
    let interval = named.or_else(|| accepted.retry_after()).unwrap_or(USUAL_POLL);
    interval.clamp(Duration::from_millis(100), Duration::from_secs(30))
}

fn is_in_the_making(order: &Value) -> bool {
    const OVER: [&str; 6] = ["completed", "succeeded", "failed", "error", "cancelled", "canceled"];
    !order["status"].as_str().is_some_and(|status| OVER.contains(&status))
}

fn work(order: &Value) -> Option<Work> {
    let fraction = order["progress"].as_f64()?;
    let stage = match (order["stage"].as_str(), order["queue_position"].as_u64()) {
        (Some(stage), _) if !stage.is_empty() => stage.to_owned(),
        (_, Some(ahead)) if ahead > 0 => format!("waiting, {ahead} before this one"),
        _ if order["state"] == "quoted" => return None,
        _ => "waiting for the band".to_owned(),
    };
    Some(Work {
        fraction: fraction.clamp(0.0, 1.0),
        stage,
    })
}

#[cfg(test)]
mod tests;
