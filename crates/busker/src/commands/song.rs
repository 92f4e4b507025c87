//! `busker song`: buys a song from any L402 music API.

use std::process::ExitCode;

use busker_core::amount::Sats;
use serde_json::{Value, json};

use crate::cli::Song;
use crate::client::address::generate_url;
use crate::client::http::Http;
use crate::client::meter::{Meter, plain};
use crate::client::payer::Payer;
use crate::client::purchase::{Purchase, Stage};
use crate::client::purchases::Purchases;
use crate::client::quote::Offer;
use crate::client::teller::{Event, Teller, Work};
use crate::client::{Bought, Buyer, Earlier, Wish};
use crate::config::Config;
use crate::output;
use crate::output::Failure;

pub(crate) async fn run(config: Config, args: Song) -> anyhow::Result<ExitCode> {
    let wish = wish(&args).map_err(Failure::usage)?;
    let teller = Told { meter: Meter::new() };
    let buyer = Buyer {
        http: Http::new()?,
        purchases: Purchases::below(&config.data_dir),
        payer: if args.manual {
            Payer::ByHand
        } else {
            Payer::Wallet(Box::new(config))
        },
        teller: &teller,
    };
    let work = async {
        if args.dry_run {
            show_price(&buyer, &wish, args.json).await
        } else {
            buy(&buyer, &wish, args.json).await
        }
    };
    let outcome = tokio::select! {
        outcome = Box::pin(work) => outcome,
        _ = tokio::signal::ctrl_c() => {
            teller.meter.clear();
            let kept = buyer.purchases.peek(wish.url.as_str(), &wish.body).ok().flatten();
            output::note(format_args!("interrupted; {}", how_to_go_on(kept.as_ref())));
            return Ok(ExitCode::from(130));
        }
    };
    teller.meter.clear();
    outcome.map(|()| ExitCode::SUCCESS)
}

fn wish(args: &Song) -> anyhow::Result<Wish> {
    Ok(Wish {
        url: generate_url(&args.url)?,
        body: args.parameters.body()?.to_string(),
        max: Sats(args.max_sats),
        earlier: if args.again { Earlier::BuyAnother } else { Earlier::Use },
        retry: args.retry,
        output: args.output.clone(),
    })
}

async fn buy(buyer: &Buyer<'_>, wish: &Wish, as_json: bool) -> anyhow::Result<()> {
    let bought = buyer.buy(wish).await?;
    if as_json {
        return output::json(&as_object(&bought));
    }
    output::line(summary(&bought));
    for warning in &bought.song.warnings {
        output::note(format_args!("note: {}", plain(warning)));
    }
    Ok(())
}

/// What was bought, for programs.
pub(crate) fn as_object(bought: &Bought) -> Value {
    let song = &bought.song;
    let mut object = json!({
        "output": bought.path, "title": song.title, "duration_seconds": song.duration_seconds,
        "price_sats": bought.price, "payment_hash": bought.payment_hash, "order_url": bought.order_url,
        "audio_url": song.audio_url.as_str(), "model": song.model, "seed": song.seed, "key": song.key,
        "tempo": song.tempo, "resumed": bought.resumed, "warnings": song.warnings,
    });
    for (name, url) in &song.extras {
        object[format!("{name}_url")] = json!(url.as_str());
    }
    object
}

/// What was bought, for people: `song.mp3: “Rain Tonight”, 74.2 s, E minor, 90 BPM`.
pub(crate) fn summary(bought: &Bought) -> String {
    let song = &bought.song;
    let mut text = format!("{}:", bought.path.display());
    let facts = [
        song.title.as_ref().map(|title| format!("“{title}”")),
        song.duration_seconds.map(|seconds| format!("{seconds:.1} s")),
        song.key.clone(),
        song.tempo.map(|tempo| format!("{tempo:.0} BPM")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    text.push(' ');
    text.push_str(&if facts.is_empty() {
        "saved".to_owned()
    } else {
        facts.join(", ")
    });
    plain(&text)
}

fn how_to_go_on(kept: Option<&Purchase>) -> &'static str {
    match kept.map(|kept| &kept.stage) {
        None | Some(Stage::Quoted) => "nothing was paid",
        Some(Stage::Paying) => "it may have been paid: the same command again asks the wallet before anything else",
        Some(Stage::Paid { .. }) => "it is paid, and that is kept: the same command again goes on from here",
        Some(Stage::Downloaded { .. } | Stage::Closed { .. }) => "the same command again fetches it for free",
    }
}

async fn show_price(buyer: &Buyer<'_>, wish: &Wish, as_json: bool) -> anyhow::Result<()> {
    let offer = buyer.offer(wish).await?;
    let model = model(buyer, wish).await;
    let quote = &offer.quote;
    let (price, expires_at) = (quote.price(), quote.invoice.expires_at().to_string());
    if as_json {
        return output::json(&json!({
            "price_sats": price, "expires_at": expires_at, "payment_hash": quote.payment_hash(),
            "network": quote.invoice.network().name(), "sandbox": offer.sandbox, "model": model["slug"],
            "typical_seconds": model["typical_seconds"], "warnings": offer.warnings,
        }));
    }
    let mut rows = vec![vec!["price".to_owned(), price_in_words(&offer, wish.max)]];
    if let Some(name) = model["name"].as_str().or_else(|| model["slug"].as_str()) {
        rows.push(vec!["model".to_owned(), plain(name)]);
    }
    let typical = &model["typical_seconds"];
    if let (Some(usual), Some(long)) = (typical["p50"].as_f64(), typical["p95"].as_f64()) {
        rows.push(vec![
            "usual wait".to_owned(),
            format!("{usual:.0} s, seldom over {long:.0} s"),
        ]);
    }
    rows.push(vec!["offer ends".to_owned(), expires_at]);
    output::table(&rows);
    output::note("nothing was paid or kept");
    Ok(())
}

fn price_in_words(offer: &Offer, max: Sats) -> String {
    let price = offer.quote.price();
    let money = if offer.sandbox { " of play money" } else { "" };
    let limit = if price > max {
        format!(", over your limit of {max}")
    } else {
        String::new()
    };
    format!("{price}{money}{limit}")
}

/// The model that would make the song, where the shop has a list of them: the one asked for, or the usual one.
async fn model(buyer: &Buyer<'_>, wish: &Wish) -> Value {
    let list = async {
        let answer = buyer.http.get(wish.url.join("models").ok()?).await.ok()?;
        answer.status.is_success().then_some(answer.json)
    };
    let list = list.await.unwrap_or_default();
    let models = list.as_array().map(Vec::as_slice).unwrap_or_default();
    let asked: Value = serde_json::from_str(&wish.body).unwrap_or_default();
    choose_model(models, &asked["modelId"]).cloned().unwrap_or_default()
}

fn choose_model<'a>(models: &'a [Value], asked: &Value) -> Option<&'a Value> {
    let named = match asked {
        Value::String(name) if name != "auto" => name.clone(),
        Value::Number(id) => id.to_string(),
        _ => {
            return models
                .iter()
                .find(|model| model["default"] == true)
                .or_else(|| models.first());
        }
    };
    let number = named.parse::<u64>().ok();
    models
        .iter()
        .find(|model| model["slug"] == named || (number.is_some() && model["id"].as_u64() == number))
}

/// Tells a purchase in a few lines on standard error.
struct Told {
    meter: Meter,
}

impl Teller for Told {
    fn tell(&self, event: Event<'_>) {
        match event {
            Event::Offered(offer) => {
                for warning in &offer.warnings {
                    self.meter.note(format_args!("note: {}", plain(warning)));
                }
            }
            Event::GoesOn(how) => self.meter.note(how),
            Event::Paying(quote) => self.meter.note(format_args!("paying {}", quote.price())),
            Event::Paid(quote, _) => self
                .meter
                .note(format_args!("paid; payment hash {}", quote.payment_hash())),
            Event::Redeeming => self.meter.show(&Work {
                fraction: 0.0,
                stage: "asking for the song".to_owned(),
            }),
            Event::Working(work) => self.meter.show(work),
            Event::TryingAgain { why, pause } => {
                let seconds = pause.as_secs_f32();
                self.meter
                    .note(format_args!("{}; trying again in {seconds:.1} s", plain(why)));
            }
            Event::Downloading { done, total } => self.meter.show(&downloading(done, total)),
            Event::Ready(_) => {}
            Event::Saved => self.meter.clear(),
        }
    }
}

/// A download as work on the song.
#[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
pub(crate) fn downloading(done: u64, total: Option<u64>) -> Work {
    let fraction = total.map_or(1.0, |total| done as f64 / total.max(1) as f64);
    Work {
        fraction,
        stage: "downloading".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::choose_model;

    #[test]
    fn the_model_shown_is_the_one_asked_for_or_the_usual_one() {
        let models = [
            json!({"id": 1, "slug": "small"}),
            json!({"id": 2, "slug": "band", "default": true}),
        ];
        let chosen = |asked| choose_model(&models, &asked).map(|model| model["id"].clone());
        assert_eq!(chosen(json!(null)), Some(json!(2)));
        assert_eq!(chosen(json!("auto")), Some(json!(2)));
        assert_eq!(chosen(json!("small")), Some(json!(1)));
        assert_eq!(chosen(json!(1)), Some(json!(1)));
        assert_eq!(chosen(json!("2")), Some(json!(2)));
        assert_eq!(chosen(json!("large")), None);
        assert!(choose_model(&[], &json!(null)).is_none());
    }
}
