use reqwest::StatusCode;
use serde_json::{Value, json};

use super::*;

fn answer(status: u16, json: Value) -> Answer {
    Answer::for_test(StatusCode::from_u16(status).unwrap(), &[], json)
}

#[test]
fn a_proof_is_given_up_only_for_reasons_that_last() {
    for (status, code, expected) in [
        (200, "", Verdict::Ready),
        (202, "", Verdict::InTheMaking),
        (402, "PAYMENT_NOT_SETTLED", Verdict::Unsettled),
        (402, "PAYMENT_REQUIRED", Verdict::Unsettled),
        (402, "", Verdict::Unsettled),
        (402, "CREDENTIAL_EXPIRED", Verdict::Refused),
        (402, "CREDENTIAL_FOREIGN", Verdict::Refused),
        (402, "REQUEST_MISMATCH", Verdict::Refused),
        (429, "RATE_LIMITED", Verdict::Outage),
        (500, "INTERNAL_ERROR", Verdict::Outage),
        (502, "", Verdict::Outage),
        (502, "GENERATION_FAILED", Verdict::Failed),
        (503, "WALLET_UNAVAILABLE", Verdict::Outage),
        (501, "", Verdict::Wrong),
        (404, "NOT_FOUND", Verdict::Wrong),
    ] {
        assert_eq!(
            verdict(&answer(status, json!({"error_code": code}))),
            expected,
            "{status} {code}"
        );
    }
}

#[test]
fn an_order_is_followed_where_and_as_often_as_the_shop_says() {
    let asked = Url::parse("https://shop.example/api/l402/generate-music").unwrap();
    let by_body = answer(202, json!({"poll_url": "/orders/1", "poll_interval_ms": 250}));
    assert_eq!(
        poll_address(&by_body, &asked).unwrap().as_str(),
        "https://shop.example/orders/1"
    );
    assert_eq!(poll_interval(&by_body), Duration::from_millis(250));
    let by_header = Answer::for_test(
        StatusCode::ACCEPTED,
        &[("location", "orders/2"), ("retry-after", "7")],
        json!({}),
    );
    assert_eq!(
        poll_address(&by_header, &asked).unwrap().as_str(),
        "https://shop.example/api/l402/orders/2"
    );
    assert_eq!(poll_interval(&by_header), Duration::from_secs(7));
    let to_itself = Answer::for_test(
        StatusCode::ACCEPTED,
        &[("location", "/api/l402/generate-music")],
        json!({}),
    );
    assert_eq!(poll_address(&to_itself, &asked), None);
}

#[test]
fn a_failed_song_names_what_can_be_done() {
    let asked = Url::parse("https://shop.example/api").unwrap();
    let json = json!({"detail": "no", "retry_url": "/o/1/retry", "refund": {"status": "claimed"}});
    let failed = Failed::read(&answer(502, json), &asked);
    assert_eq!(failed.words, "no");
    assert_eq!(failed.retry_url.unwrap().as_str(), "https://shop.example/o/1/retry");
    assert!(failed.refunded && failed.refund_url.is_none());
}

#[test]
fn progress_is_told_in_words() {
    let told = |order| work(&order).map(|work| work.stage);
    assert_eq!(
        told(json!({"progress": 0.5, "stage": "mixing"})).as_deref(),
        Some("mixing")
    );
    assert_eq!(
        told(json!({"progress": 0.0, "queue_position": 2})).as_deref(),
        Some("waiting, 2 before this one")
    );
    assert_eq!(told(json!({"progress": 0.0, "state": "quoted"})), None);
    assert_eq!(told(json!({})), None);
}
