//! A whole shop on a free port, for one test.

use std::sync::Arc;
use std::time::Duration;

use busker_core::clock::SystemClock;
use busker_core::id::Preimage;
use busker_core::orders::Orders;
use busker_core::wallet::Wallet;
use busker_engines::Engines;
use busker_l402::MasterKeys;
use busker_lightning::faults::{Faults, FaultyWallet};
use busker_lightning::{CheckedWallet, Sandbox};
use busker_server::{Served, Settings, Shop, Till, Workshop, WorkshopParts, serve};
use busker_store::{Files, Store};
use busker_testkit::ScriptedEngine;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const GENERATE: &str = "/api/l402/generate-music";

/// A running shop and what a test needs to reach into it.
pub(crate) struct TestShop {
    pub(crate) base: String,
    pub(crate) http: Client,
    pub(crate) engine: Arc<ScriptedEngine>,
    pub(crate) faults: Faults,
    pub(crate) orders: Arc<dyn Orders>,
    payer: Sandbox,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
    folder: Arc<TempDir>,
}

/// A 402 answer, read.
pub(crate) struct Challenge {
    pub(crate) macaroon: String,
    pub(crate) invoice: String,
    pub(crate) order_url: String,
    pub(crate) body: Value,
}

impl TestShop {
    pub(crate) async fn open() -> Self {
        Self::with(ScriptedEngine::new("band"), |_| {}).await
    }

    pub(crate) async fn with(engine: ScriptedEngine, change: impl FnOnce(&mut Settings)) -> Self {
        Self::start(Arc::new(engine), change, Arc::new(tempfile::tempdir().unwrap())).await
    }

    async fn start(engine: Arc<ScriptedEngine>, change: impl FnOnce(&mut Settings), folder: Arc<TempDir>) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut settings = Settings {
            quotes_per_minute: 0,
            reconcile_every: Duration::from_millis(200),
            drain: Duration::from_secs(2),
            ..Settings::default()
        };
        change(&mut settings);
        let path = folder.path();
        let store = Store::connect(&format!("sqlite://{}", path.join("busker.db").display()))
            .await
            .unwrap();
        let clock = Arc::new(SystemClock);
        let (wallet, faults) = FaultyWallet::new(Sandbox::open(path, clock.clone()).unwrap());
        let wallet = CheckedWallet::new(wallet, clock.clone());
        let workshop = Workshop::new(WorkshopParts {
            orders: store.orders.clone(),
            queue: store.queue.clone(),
            audio: Arc::new(Files::local(&path.join("audio")).unwrap()),
            engines: Engines::default().with(engine.clone()),
            settings,
        });
        let keys = MasterKeys::load_or_create(&path.join("master.key")).unwrap();
        let shop = Shop::open(
            workshop,
            Till {
                wallet: Arc::new(wallet),
                keys,
                clock: clock.clone(),
            },
        )
        .await
        .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            serve(
                shop,
                Served {
                    public: listener,
                    admin: None,
                },
                stopped,
            )
            .await
            .unwrap();
        });
        Self {
            base,
            http: Client::new(),
            engine,
            faults,
            orders: store.orders.clone(),
            payer: Sandbox::open(path, clock).unwrap(),
            stop: Some(stop),
            serving,
            folder,
        }
    }

    /// Closes the shop gracefully, then opens it again on the same data.
    pub(crate) async fn reopen(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        self.close().await;
        Self::start(self.engine.clone(), change, self.folder.clone()).await
    }

    pub(crate) async fn close(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
            tokio::time::timeout(Duration::from_secs(20), &mut self.serving)
                .await
                .expect("closes in time")
                .unwrap();
        }
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.base))
    }

    pub(crate) fn post(&self, body: &Value) -> RequestBuilder {
        self.http.post(format!("{}{GENERATE}", self.base)).json(body)
    }

    pub(crate) async fn quote(&self, body: &Value) -> Challenge {
        Challenge::of(self.post(body).send().await.unwrap()).await
    }

    pub(crate) async fn pay(&self, invoice: &str) -> Preimage {
        self.payer
            .pay(invoice, busker_core::amount::Msats(0))
            .await
            .unwrap()
            .preimage
    }

    pub(crate) async fn redeem(&self, body: &Value, authorization: &str) -> Response {
        self.post(body)
            .header("Authorization", authorization)
            .send()
            .await
            .unwrap()
    }

    /// Quotes and pays; the answer is the `Authorization` that opens the song.
    pub(crate) async fn bought(&self, body: &Value) -> (Challenge, String) {
        let challenge = self.quote(body).await;
        let preimage = self.pay(&challenge.invoice).await;
        let authorization = format!("L402 {}:{}", challenge.macaroon, preimage.to_hex());
        (challenge, authorization)
    }

    /// How many orders there are, in any state.
    pub(crate) async fn order_count(&self) -> u64 {
        self.orders.counts().await.unwrap().iter().map(|(_, count)| count).sum()
    }

    /// The order's JSON, once `ready` says so.
    pub(crate) async fn order_when(&self, url: &str, ready: impl Fn(&Value) -> bool) -> Value {
        for _ in 0..400 {
            let order: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
            if ready(&order) {
                return order;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("the order did not get there in ten seconds");
    }
}

impl Challenge {
    pub(crate) async fn of(response: Response) -> Self {
        assert_eq!(response.status(), 402);
        let headers = response.headers().get_all("www-authenticate");
        let found = busker_l402::Challenge::find(headers.iter().map(|value| value.to_str().unwrap())).unwrap();
        let body: Value = response.json().await.unwrap();
        Self {
            macaroon: found.token().to_owned(),
            invoice: found.invoice().to_owned(),
            order_url: body["order_url"].as_str().unwrap().to_owned(),
            body,
        }
    }
}

pub(crate) fn request() -> Value {
    json!({"prompt": "E minor, 90 BPM, acoustic guitar ballad", "lyrics": "[Verse]\nWalking through the rain tonight"})
}

/// The body of a problem document, after checking what all of them have.
pub(crate) async fn problem(response: Response) -> Value {
    let status = response.status();
    assert_eq!(
        response.headers()["content-type"],
        "application/problem+json",
        "{status}"
    );
    assert_eq!(
        response.headers().contains_key("www-authenticate"),
        status == 402,
        "{status}"
    );
    let code = response.headers()["x-error-code"].to_str().unwrap().to_owned();
    let body: Value = response.json().await.unwrap();
    assert_eq!(body["status"], status.as_u16());
    assert_eq!(body["error_code"], code);
    for member in ["type", "title", "detail", "error", "suggestion"] {
        assert!(
            body[member].as_str().is_some_and(|text| !text.is_empty()),
            "{code} has no {member}"
        );
    }
    body
}
