//! `busker demo`: the whole story in one command. Opens a shop on this machine and buys a song from it like a stranger.

mod story;

use std::process::ExitCode;

use anyhow::{Context, anyhow, bail};
use busker_core::amount::Sats;
use busker_server::{EXAMPLE_REQUEST, Served};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use self::story::Story;
use super::serve::{listen, stop_signal};
use super::song;
use crate::cli::Demo;
use crate::client::address::generate_url;
use crate::client::http::Http;
use crate::client::payer::Payer;
use crate::client::purchases::Purchases;
use crate::client::{Bought, Buyer, Earlier, Wish};
use crate::config::{Config, ServerConfig, WorkerConfig};
use crate::{output, wiring};

/// A stranger does not know the price, but knows what a song may cost.
const MAX: Sats = Sats(1000);

/// An interrupted demo need not finish its song.
const DRAIN_SECONDS: u64 = 1;

pub(crate) async fn run(config: Config, args: Demo) -> anyhow::Result<ExitCode> {
    let config = demo_config(&config);
    let shop = OpenShop::open(&config).await?;
    let story = Story::new(args.json);
    story.shop_opened(&shop.url);
    let outcome = tokio::select! {
        bought = Box::pin(buy(&config, &args, &shop, &story)) => Some(bought),
        () = stop_signal() => None,
    };
    story.end();
    let Some(bought) = outcome else {
        output::note("interrupted; no real money moved. `busker demo` begins anew");
        shop.close().await?;
        return Ok(ExitCode::from(130));
    };
    let bought = match bought {
        Ok(bought) => bought,
        Err(error) => {
            // The reason matters more than how the shop closes.
            let _ = shop.close().await;
            return Err(error);
        }
    };
    if args.json {
        output::json(&as_object(&bought, &story, &shop.url))?;
    }
    story.what_next(args.keep.then_some((shop.url.as_str(), config.data_dir.as_path())));
    if args.keep {
        stop_signal().await;
    }
    shop.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// A shop of its own, whatever else is configured: sandbox, one song at a time, everything in one folder.
fn demo_config(config: &Config) -> Config {
    Config {
        data_dir: config.data_dir.join("demo"),
        server: ServerConfig {
            drain_seconds: DRAIN_SECONDS,
            ..ServerConfig::default()
        },
        worker: WorkerConfig {
            slots: 1,
            threads_per_song: config.worker.threads_per_song,
            ..WorkerConfig::default()
        },
        engines: config.engines.clone(),
        log: config.log.clone(),
        ..Config::default()
    }
}

async fn buy(config: &Config, args: &Demo, shop: &OpenShop, story: &Story) -> anyhow::Result<Bought> {
    let body = match &args.prompt {
        None => EXAMPLE_REQUEST.to_owned(),
        Some(prompt) => json!({"prompt": prompt}).to_string(),
    };
    let wish = Wish {
        url: generate_url(&shop.url)?,
        body,
        max: MAX,
        earlier: Earlier::Ignore,
        retry: false,
        output: Some(args.output.clone()),
    };
    story.asking(&wish);
    let buyer = Buyer {
        http: Http::new()?,
        purchases: Purchases::below(&config.data_dir),
        payer: Payer::Wallet(Box::new(config.clone())),
        teller: story,
    };
    let bought = buyer.buy(&wish).await?;
    story.bought(&bought);
    Ok(bought)
}

fn as_object(bought: &Bought, story: &Story, shop: &str) -> serde_json::Value {
    let mut object = song::as_object(bought);
    object["shop_url"] = json!(shop);
    object["sandbox"] = json!(true);
    object["made_in_seconds"] = json!(story.seconds_to_make());
    object
}

/// A shop that runs in this process.
struct OpenShop {
    url: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<anyhow::Result<()>>,
}

impl OpenShop {
    async fn open(config: &Config) -> anyhow::Result<Self> {
        let (shop, store) = wiring::open_shop(config).await?;
        if !shop.is_sandbox() {
            bail!("the demo only ever plays with play money");
        }
        let public: TcpListener = listen(([127, 0, 0, 1], 0).into()).await?;
        let url = format!("http://{}", public.local_addr()?);
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let stop = async {
                let _ = stopped.await;
            };
            let served = busker_server::serve(shop, Served { public, admin: None }, stop).await;
            store.close().await;
            served.context("the shop failed")
        });
        Ok(Self { url, stop, serving })
    }

    async fn close(self) -> anyhow::Result<()> {
        // A shop that closed by itself hears nothing; its own error follows.
        let _ = self.stop.send(());
        self.serving.await.map_err(|error| anyhow!("the shop broke: {error}"))?
    }
}
