//! What a shop writes down about its buyers: nothing of what they asked for, and nothing that is worth money.

use std::fs::File;

use serde_json::{Value, json};

use super::crash::post;
use super::shop::{Shop, busker, object};

const PROMPT: &str = "a waltz for my secret garden";
const LYRICS: &str = "[Verse]\nOnly the blackbird knows my name";

#[test]
fn logs_at_their_most_talkative_hold_no_prompt_lyric_preimage_macaroon_or_key() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("shop.log");
    let shop = Shop::open_talkative(folder.path(), File::create(&log).unwrap());

    let body = json!({"prompt": PROMPT, "lyrics": LYRICS, "duration": 10});
    let (_, challenge) = post(&shop.url, &body, None).unwrap();
    let macaroon = challenge["macaroon"].as_str().unwrap().to_owned();
    let invoice = challenge["invoice"].as_str().unwrap();
    let paid = object(&busker(folder.path()).args(["pay", invoice, "--json"]).output().unwrap());
    let preimage = paid["preimage"].as_str().unwrap().to_owned();
    let authorization = format!("L402 {macaroon}:{preimage}");
    let song = loop {
        match post(&shop.url, &body, Some(&authorization)).unwrap() {
            (200, song) => break song,
            (202, _) => {}
            (status, answer) => panic!("{status}: {answer}"),
        }
    };
    let refused = json!({"prompt": PROMPT, "lyrics": "[Blackbird knows my name]"});
    assert_eq!(post(&shop.url, &refused, None).unwrap().0, 400);
    drop(shop);

    let log = std::fs::read_to_string(log).unwrap();
    assert!(
        log.lines().count() > 5 && log.contains("order changed"),
        "the shop tells what happens"
    );
    let order_key = challenge["order_url"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    let audio_key = song["audioUrl"]
        .as_str()
        .unwrap()
        .rsplit('/')
        .next()
        .unwrap()
        .split('.')
        .next()
        .unwrap()
        .to_owned();
    for (what, secret) in [
        ("prompt", "secret garden"),
        ("lyrics", "lackbird"),
        ("macaroon", macaroon.as_str()),
        ("preimage", preimage.as_str()),
        ("order key", order_key.as_str()),
        ("audio key", audio_key.as_str()),
    ] {
        let leak = log.lines().find(|line| line.contains(secret));
        assert!(leak.is_none(), "a {what} is in the log: {}", leak.unwrap_or_default());
    }
    for line in log.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "not JSON: {line}");
    }
}
