use std::time::Duration;

use futures::StreamExt;
use serde_json::{Value, json};

use super::shop::{TestShop, problem, request};

#[tokio::test]
async fn an_order_tells_its_life_to_whoever_has_its_address() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    let order: Value = shop
        .http
        .get(&challenge.order_url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&order["state"], &order["status"]),
        (&json!("quoted"), &json!("unpaid"))
    );
    assert_eq!(order["invoice"], challenge.invoice.as_str());
    shop.engine.hold();
    shop.pay(&challenge.invoice).await;
    let order = shop
        .order_when(&challenge.order_url, |order| order["state"] == "generating")
        .await;
    assert!(order.get("invoice").is_none(), "nobody should pay twice");
    assert!(order["paid_at"].is_string());
    shop.order_when(&challenge.order_url, |order| order["stage"] == "playing")
        .await;
    shop.engine.release();
    let order = shop
        .order_when(&challenge.order_url, |order| order["state"] == "delivered")
        .await;
    assert_eq!(order["progress"], 1.0);
    assert!(order["result"]["audioUrl"].is_string());
}

#[tokio::test]
async fn a_waiting_order_knows_its_place_in_the_queue() {
    let shop = TestShop::open().await;
    shop.engine.hold();
    let first = shop.quote(&request()).await;
    shop.pay(&first.invoice).await;
    shop.order_when(&first.order_url, |order| order["state"] == "generating")
        .await;
    let mut last = None;
    for number in 0..3 {
        let challenge = shop
            .quote(&json!({"prompt": format!("song {number}"), "is_instrumental": true}))
            .await;
        shop.pay(&challenge.invoice).await;
        shop.order_when(&challenge.order_url, |order| order["state"] == "paid")
            .await;
        last = Some(challenge);
    }
    let order = shop
        .order_when(&last.unwrap().order_url, |order| order["state"] == "paid")
        .await;
    assert_eq!(order["queue_position"], 2);
    shop.engine.release();
}

#[tokio::test]
async fn events_follow_an_order_to_its_end() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    let events = format!("{}/events", challenge.order_url);
    let response = shop.http.get(&events).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let reading = tokio::spawn(async move {
        let mut text = String::new();
        let mut stream = response.bytes_stream();
        while let Some(chunk) = stream.next().await {
            text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
        text
    });
    shop.pay(&challenge.invoice).await;
    let text = tokio::time::timeout(Duration::from_secs(10), reading)
        .await
        .expect("the stream ends")
        .unwrap();
    let states: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("data:"))
        .map(|data| {
            serde_json::from_str::<Value>(data).unwrap()["state"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(states.first().map(String::as_str), Some("quoted"));
    assert_eq!(states.last().map(String::as_str), Some("delivered"));
    let last_id = text
        .lines()
        .filter_map(|line| line.strip_prefix("id:"))
        .next_back()
        .unwrap()
        .trim()
        .to_owned();
    let again = shop
        .http
        .get(&events)
        .header("Last-Event-ID", last_id)
        .send()
        .await
        .unwrap();
    assert_eq!(again.text().await.unwrap(), "", "what is known is not told again");
}

#[tokio::test]
async fn an_unpaid_order_expires_and_a_late_payment_still_counts() {
    let engine = busker_testkit::ScriptedEngine::new("band");
    let shop = TestShop::with(engine, |settings| settings.invoice_expiry = Duration::from_secs(2)).await;
    let paid_late = shop.quote(&request()).await;
    shop.faults.hide_settlements();
    shop.pay(&paid_late.invoice).await;
    shop.order_when(&paid_late.order_url, |order| order["state"] == "expired")
        .await;
    shop.faults.reveal_settlements();
    shop.order_when(&paid_late.order_url, |order| order["state"] == "delivered")
        .await;
}

#[tokio::test]
async fn an_order_that_has_not_failed_is_neither_retried_nor_refunded() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    for what in ["retry", "refund"] {
        let response = shop
            .http
            .post(format!("{}/{what}", challenge.order_url))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 409);
        assert_eq!(problem(response).await["error_code"], "NOT_REFUNDABLE");
    }
}

#[tokio::test]
async fn what_is_sold_and_what_can_go_wrong_is_told_for_free() {
    let shop = TestShop::open().await;
    let models: Value = shop.get("/api/l402/models").send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&models[0]["slug"], &models[0]["price_sats"]),
        (&json!("band"), &json!(300))
    );
    assert!(models[0]["typical_seconds"]["p95"].is_number());
    let estimate: Value = shop
        .get("/api/estimate-cost")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(estimate["price_sats"], 300);
    let codes: Value = shop.get("/api/error-codes").send().await.unwrap().json().await.unwrap();
    assert!(
        codes
            .as_array()
            .unwrap()
            .iter()
            .any(|code| code["error_code"] == "REQUEST_MISMATCH")
    );
    assert_eq!(shop.get("/healthz").send().await.unwrap().status(), 200);
    let ready = shop.get("/readyz").send().await.unwrap();
    assert_eq!(ready.status(), 200);
    let ready: Value = ready.json().await.unwrap();
    assert_eq!(
        ready,
        json!({"wallet": true, "database": true, "audio_store": true, "engine": true})
    );
}
