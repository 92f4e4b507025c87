use std::time::{Duration, Instant};

use busker_core::engine::EngineError;
use busker_testkit::{ScriptedEngine, WARNING};
use serde_json::{Value, json};

use super::shop::{TestShop, problem, request};

#[tokio::test]
async fn sixty_four_parallel_redeems_are_one_song_and_one_answer() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    shop.engine.hold();
    let (body, authorization) = (&request(), &authorization);
    let calls = (0..64).map(|_| shop.redeem(body, authorization));
    let release = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        shop.engine.release();
    };
    let (responses, ()) = futures::join!(futures::future::join_all(calls), release);
    let mut answers = std::collections::BTreeSet::new();
    for response in responses {
        assert_eq!(response.status(), 200);
        answers.insert(response.text().await.unwrap());
    }
    assert_eq!(answers.len(), 1, "64 equal answers");
    assert_eq!((shop.engine.begun(), shop.order_count().await), (1, 1));
}

#[tokio::test]
async fn the_answer_is_the_documented_one_and_its_files_are_there() {
    let shop = TestShop::open().await;
    let (challenge, authorization) = shop.bought(&request()).await;
    let song: Value = shop.redeem(&request(), &authorization).await.json().await.unwrap();
    assert!(song["audioUrl"].as_str().unwrap().starts_with(&shop.base));
    assert_eq!(song["order_url"], challenge.order_url);
    assert_eq!(song["model"], "band");
    assert_eq!(song["sandbox"], true);
    for member in ["title", "duration_seconds", "lyrics", "seed", "peaksUrl", "lrcUrl"] {
        assert!(!song[member].is_null(), "{member}");
    }
    assert_eq!(
        (&song["language"], &song["warnings"]),
        (&json!("en"), &json!([WARNING]))
    );
    let order: Value = shop
        .http
        .get(&challenge.order_url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(order["result"], song, "the order tells the same");
    let file = shop.http.get(song["audioUrl"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "audio/mpeg");
    assert!(file.bytes().await.unwrap().len() > 1000);
}

#[tokio::test]
async fn a_song_in_the_making_is_answered_by_202_as_asked_and_the_same_call_goes_on_waiting() {
    let shop = TestShop::open().await;
    let (challenge, authorization) = shop.bought(&request()).await;
    shop.engine.hold();
    let call = || shop.post(&request()).header("Authorization", &authorization);
    let began = Instant::now();
    let response = call().header("Prefer", "respond-async").send().await.unwrap();
    assert_eq!(response.status(), 202);
    assert!(began.elapsed() < Duration::from_secs(1));
    let headers = response.headers().clone();
    assert_eq!(headers["location"], challenge.order_url.as_str());
    assert_eq!(headers["x-poll-url"], challenge.order_url.as_str());
    assert_eq!(headers["preference-applied"], "respond-async");
    for header in ["retry-after", "x-job-id", "x-poll-interval-ms"] {
        assert!(headers.contains_key(header), "{header}");
    }
    let body: Value = response.json().await.unwrap();
    assert_eq!(
        (&body["status"], &body["poll_url"]),
        (&json!("processing"), &json!(challenge.order_url))
    );
    assert!(body["poll_interval_ms"].is_u64() && body["progress"].is_number());

    let began = Instant::now();
    let response = call().header("Prefer", "wait=1").send().await.unwrap();
    assert_eq!(response.status(), 202);
    assert!((900..3000).contains(&began.elapsed().as_millis()));

    shop.engine.release();
    assert_eq!(call().send().await.unwrap().status(), 200);
    assert_eq!(shop.engine.begun(), 1);
}

#[tokio::test]
async fn the_shops_own_limit_ends_a_hold() {
    let shop = TestShop::with(ScriptedEngine::new("band"), |settings| {
        settings.hold_max = Duration::from_millis(300)
    })
    .await;
    let (_, authorization) = shop.bought(&request()).await;
    shop.engine.hold();
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 202);
}

#[tokio::test]
async fn a_song_is_made_for_a_payer_who_never_comes_back() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    shop.pay(&challenge.invoice).await;
    let order = shop
        .order_when(&challenge.order_url, |order| order["state"] == "delivered")
        .await;
    assert_eq!(order["status"], "completed");
    assert!(order["result"]["audioUrl"].is_string());
}

#[tokio::test]
async fn a_failed_try_is_repeated_by_itself() {
    let shop = TestShop::with(ScriptedEngine::new("band").failing(1), |_| {}).await;
    let (_, authorization) = shop.bought(&request()).await;
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
    assert_eq!(shop.engine.begun(), 2);
}

#[tokio::test]
async fn a_song_that_cannot_be_made_is_refundable_says_so_and_can_be_retried_for_free() {
    let hopeless = EngineError::Permanent("no such chord".to_owned());
    let shop = TestShop::with(ScriptedEngine::new("band").failing_with([hopeless]), |_| {}).await;
    let (challenge, authorization) = shop.bought(&request()).await;
    let response = shop.redeem(&request(), &authorization).await;
    assert_eq!(response.status(), 502);
    let body = problem(response).await;
    assert_eq!(body["error_code"], "GENERATION_FAILED");
    assert_eq!(body["refund"]["refund_amount"], 300);
    assert_eq!(body["refund"]["status"], "pending");
    assert!(
        !body.to_string().contains("chord"),
        "the buyer reads nothing of the engine's insides"
    );

    let refund = shop
        .http
        .post(format!("{}/refund", challenge.order_url))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(refund).await["error_code"], "REFUNDS_NOT_OFFERED");
    let retried = shop
        .http
        .post(format!("{}/retry", challenge.order_url))
        .send()
        .await
        .unwrap();
    assert_eq!(retried.status(), 200);
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
    let again = shop
        .http
        .post(format!("{}/retry", challenge.order_url))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(again).await["error_code"], "NOT_REFUNDABLE");
}

#[tokio::test]
async fn a_payment_seen_late_by_the_wallet_is_waited_for_and_then_honoured() {
    let shop = TestShop::open().await;
    shop.faults.hide_settlements();
    let (_, authorization) = shop.bought(&request()).await;
    let early = shop.redeem(&request(), &authorization).await;
    assert_eq!(early.status(), 402);
    assert_eq!(problem(early).await["error_code"], "PAYMENT_NOT_SETTLED");
    assert_eq!(shop.engine.begun(), 0, "no song before the wallet says settled");
    shop.faults.reveal_settlements();
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
}

#[tokio::test]
async fn settlements_told_twice_are_one_song() {
    let shop = TestShop::open().await;
    shop.faults.repeat_settlements(true);
    let challenge = shop.quote(&request()).await;
    shop.pay(&challenge.invoice).await;
    shop.order_when(&challenge.order_url, |order| order["state"] == "delivered")
        .await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(shop.engine.begun(), 1);
}

#[tokio::test]
async fn a_payment_made_while_the_shop_was_closed_is_found() {
    let mut shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    let order_path = challenge.order_url.strip_prefix(&shop.base).unwrap().to_owned();
    shop.close().await;
    shop.pay(&challenge.invoice).await;
    let shop = shop.reopen(|_| {}).await;
    let url = format!("{}{order_path}", shop.base);
    shop.order_when(&url, |order| order["state"] == "delivered").await;
}
