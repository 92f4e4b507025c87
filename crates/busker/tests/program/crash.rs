//! The program dies at every dangerous moment, is started again, and nothing is lost or done twice.
//!
//! A debug build aborts at the place that `BUSKER_CRASH_AT` names, as `kill -9` or a power cut would: no destructor
//! runs, nothing is flushed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::shop::{Shop, busker, object, payments};

/// Where the server dies, in the order of an order's life.
const SERVER_POINTS: [&str; 14] = [
    "store.insert.before_commit",
    "store.insert.after_commit",
    "watcher.taken",
    "store.apply.payment_settled.before_commit",
    "store.apply.payment_settled.after_commit",
    "store.apply.attempt_started.before_commit",
    "store.apply.attempt_started.after_commit",
    "worker.started",
    "worker.made",
    "audio.put.before_write",
    "audio.put.after_write",
    "worker.stored",
    "store.apply.song_stored.before_commit",
    "store.apply.song_stored.after_commit",
];

/// A place that no process passes.
const NOWHERE: &str = "nowhere";

/// Where the paying process dies.
const PAYER_POINTS: [&str; 2] = ["sandbox.pay.before_log", "sandbox.pay.after_log"];

/// A lost worker's lease, the reconciler's round, and the song itself on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn whatever_kills_the_server_a_paid_song_is_made_once_and_charged_once() {
    let threads: Vec<_> = SERVER_POINTS
        .into_iter()
        .map(|point| std::thread::spawn(move || (point, std::panic::catch_unwind(|| buy_through_a_crash(point, None)))))
        .collect();
    let failed: Vec<&str> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .filter_map(|(point, outcome)| outcome.is_err().then_some(point))
        .collect();
    assert!(failed.is_empty(), "orders did not survive a crash at {failed:?}");
}

#[test]
fn whatever_kills_the_paying_program_paying_again_is_safe() {
    for point in PAYER_POINTS {
        buy_through_a_crash(NOWHERE, Some(point));
    }
}

fn buy_through_a_crash(server_point: &str, payer_point: Option<&str>) {
    let folder = TempDir::new().unwrap();
    let dir = folder.path();
    let body = json!({"prompt": format!("calm piano, {server_point}"), "is_instrumental": true, "duration": 10});
    let mut shop = Shop::open_doomed(dir, server_point);

    // When the server dies over the quote, the buyer was told nothing and simply asks again.
    let (mut restarted, challenge) = match post(&shop.url, &body, None) {
        Some((402, challenge)) => (false, challenge),
        Some((status, answer)) => panic!("{status}: {answer}"),
        None => {
            shop = restart(shop, dir);
            (true, post(&shop.url, &body, None).expect("an answer").1)
        }
    };
    let preimage = pay(dir, challenge["invoice"].as_str().unwrap(), payer_point);
    let authorization = format!("L402 {}:{preimage}", challenge["macaroon"].as_str().unwrap());

    // The same credential again after each loss of the line, as a client with a short time-out does.
    let begun = Instant::now();
    let song = loop {
        match post(&shop.url, &body, Some(&authorization)) {
            Some((200, song)) => break song,
            Some((202, _)) => {}
            Some((status, answer)) => panic!("{status}: {answer}"),
            None => {
                assert!(!restarted, "{server_point}: the shop died twice");
                shop = restart(shop, dir);
                restarted = true;
            }
        }
        assert!(begun.elapsed() < PATIENCE, "{server_point}: no song in time");
    };
    assert_eq!(
        restarted,
        server_point != NOWHERE,
        "{server_point}: the crash was to happen"
    );

    let orders = object(&busker(dir).args(["orders", "list", "--json"]).output().unwrap());
    let paid: Vec<&Value> = orders
        .as_array()
        .unwrap()
        .iter()
        .filter(|order| !order["paid_at"].is_null())
        .collect();
    assert_eq!(paid.len(), 1, "{server_point}: one payment");
    assert_eq!(paid[0]["state"], "delivered", "{server_point}");
    assert_eq!(payments(dir), 1, "{server_point}: charged once");
    let key = song["audioUrl"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let stored = std::fs::read(dir.join("audio").join(&key[..2]).join(&key[2..4]).join(&key)).unwrap();
    assert_eq!(
        stored.len() as u64,
        paid[0]["audio_bytes"],
        "{server_point}: the whole file is there"
    );
}

/// Waits for the death that was ordered, then opens the shop again on the same data.
fn restart(mut doomed: Shop, dir: &Path) -> Shop {
    assert!(
        doomed.dies_within(Duration::from_secs(10)),
        "the line was lost and the shop lives"
    );
    Shop::open(dir)
}

/// Status and body, or `None` when the line was lost.
pub(crate) fn post(url: &str, body: &Value, authorization: Option<&str>) -> Option<(u16, Value)> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::new();
        let mut call = client
            .post(format!("{url}/api/l402/generate-music"))
            .json(body)
            .header("Prefer", "wait=20");
        if let Some(authorization) = authorization {
            call = call.header("Authorization", authorization);
        }
        let answer = call.send().await.ok()?;
        Some((answer.status().as_u16(), answer.json().await.ok()?))
    })
}

/// Pays; when the paying process is to die, it is run once more, as a user would.
fn pay(dir: &Path, invoice: &str, dies_at: Option<&str>) -> String {
    let payer = || -> Command {
        let mut command = busker(dir);
        command.args(["pay", invoice, "--json"]);
        command
    };
    if let Some(point) = dies_at {
        let status = payer()
            .env("BUSKER_CRASH_AT", point)
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(!status.success(), "the payer was to die at {point}");
    }
    object(&payer().output().unwrap())["preimage"]
        .as_str()
        .unwrap()
        .to_owned()
}
