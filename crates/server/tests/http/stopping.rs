use std::time::{Duration, Instant};

use serde_json::Value;

use super::shop::{TestShop, request};

#[tokio::test]
async fn closing_answers_who_waits_and_gives_the_song_back_to_the_queue() {
    let mut shop = TestShop::open().await;
    let (challenge, authorization) = shop.bought(&request()).await;
    shop.engine.hold();
    shop.order_when(&challenge.order_url, |order| order["state"] == "generating")
        .await;
    let waiting = tokio::spawn(shop.post(&request()).header("Authorization", &authorization).send());
    let events = shop
        .http
        .get(format!("{}/events", challenge.order_url))
        .send()
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    shop.close().await;
    assert!(
        began.elapsed() < Duration::from_secs(8),
        "open streams do not hold the door"
    );
    assert_eq!(waiting.await.unwrap().unwrap().status(), 202, "come back later");
    drop(events);

    shop.engine.release();
    let order_path = challenge.order_url.strip_prefix(&shop.base).unwrap().to_owned();
    let shop = shop.reopen(|_| {}).await;
    let order = shop
        .order_when(&format!("{}{order_path}", shop.base), |order| {
            order["state"] == "delivered"
        })
        .await;
    assert!(order["result"]["audioUrl"].is_string());
    let response = shop.redeem(&request(), &authorization).await;
    assert_eq!(response.status(), 200);
    response.json::<Value>().await.unwrap();
}

#[tokio::test]
async fn a_song_that_is_nearly_done_is_finished_before_the_shop_closes() {
    let mut shop = TestShop::open().await;
    let (challenge, authorization) = shop.bought(&request()).await;
    shop.engine.hold();
    shop.order_when(&challenge.order_url, |order| order["state"] == "generating")
        .await;
    let engine = shop.engine.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(500)).await;
        engine.release();
    });
    shop.close().await;
    let shop = shop.reopen(|_| {}).await;
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
    assert_eq!(shop.engine.begun(), 1);
}
