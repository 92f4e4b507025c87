//! What buyers' clients send as proof, well or badly: never 401, never a song for nothing, never a paid song lost.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use busker_l402::Macaroon;
use serde_json::json;

use super::shop::{Challenge, GENERATE, TestShop, problem, request};

#[tokio::test]
async fn every_spelling_of_a_right_credential_opens_the_song() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    let preimage = shop.pay(&challenge.invoice).await.to_hex();
    let m = &challenge.macaroon;
    let unpadded = m.trim_end_matches('=');
    let url_alphabet = URL_SAFE_NO_PAD.encode(STANDARD.decode(m).unwrap());
    let mut appended = Macaroon::from_base64(m).unwrap();
    appended.add_caveat(format!("preimage={preimage}")).unwrap();
    let appended = appended.to_base64();
    let other = shop.quote(&request()).await.macaroon;
    let spellings = [
        format!("L402 {m}:{preimage}"),
        format!("LSAT {m}:{preimage}"),
        format!("l402 {m}:{preimage}"),
        format!("Lsat  {m}:{preimage} "),
        format!("L402 {unpadded}:{preimage}"),
        format!("L402 {url_alphabet}:{preimage}"),
        format!("L402 {m}:{}", preimage.to_uppercase()),
        format!("L402 {appended}:{preimage}"),
        format!("L402 {other},{m}:{preimage}"),
        format!("L402 {m},{other}:{preimage}"),
    ];
    for authorization in spellings {
        let response = shop.redeem(&request(), &authorization).await;
        assert_eq!(response.status(), 200, "{}", authorization.split(' ').next().unwrap());
        assert!(!response.headers().contains_key("www-authenticate"));
    }
    let beside = shop
        .post(&request())
        .header("Authorization", "Bearer proxy")
        .header("Authorization", format!("L402 {m}:{preimage}"));
    assert_eq!(beside.send().await.unwrap().status(), 200, "ours beside another");
    assert_eq!(shop.engine.begun(), 1, "one payment, one song");
}

#[tokio::test]
async fn every_wrong_credential_is_answered_by_a_fresh_challenge_that_says_why() {
    let shop = TestShop::open().await;
    let (challenge, good) = shop.bought(&request()).await;
    let m = &challenge.macaroon;
    let preimage = good.rsplit(':').next().unwrap().to_owned();
    let unpaid = shop.quote(&request()).await;
    let mut bytes = STANDARD.decode(m).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let forged = STANDARD.encode(&bytes);
    let truncated = &m[..m.len() - 8];
    let stranger = foreign_macaroon(&challenge.invoice);
    let mut narrowed = Macaroon::from_base64(m).unwrap();
    narrowed.add_caveat("music_valid_until=1000").unwrap();
    let expired = narrowed.to_base64();
    let mut other_service = Macaroon::from_base64(m).unwrap();
    other_service.add_caveat("services=video:0").unwrap();
    let other_service = other_service.to_base64();
    let cases = [
        (String::new(), "CREDENTIAL_MALFORMED"),
        ("Bearer abc".to_owned(), "CREDENTIAL_MALFORMED"),
        ("Basic dXNlcjpwYXNz".to_owned(), "CREDENTIAL_MALFORMED"),
        ("L402".to_owned(), "CREDENTIAL_MALFORMED"),
        ("L402 :".to_owned(), "CREDENTIAL_MALFORMED"),
        (format!("L402 {m}"), "CREDENTIAL_MALFORMED"),
        (format!("L402 {m}:"), "CREDENTIAL_MALFORMED"),
        (format!("L402 {m}:abcd"), "CREDENTIAL_MALFORMED"),
        (format!("L402 {m}:{}", "zz".repeat(32)), "CREDENTIAL_MALFORMED"),
        (format!("L402 !!!:{preimage}"), "CREDENTIAL_MALFORMED"),
        (format!("L402 {truncated}:{preimage}"), "CREDENTIAL_MALFORMED"),
        (format!("L402 {}:{preimage}", "A".repeat(9000)), "CREDENTIAL_MALFORMED"),
        (format!("L402 {forged}:{preimage}"), "CREDENTIAL_FOREIGN"),
        (format!("L402 {stranger}:{preimage}"), "CREDENTIAL_FOREIGN"),
        (format!("L402 {other_service}:{preimage}"), "CREDENTIAL_FOREIGN"),
        (format!("L402 {m}:{}", "00".repeat(32)), "WRONG_PREIMAGE"),
        (format!("L402 {}:{preimage}", unpaid.macaroon), "WRONG_PREIMAGE"),
        (format!("L402 {expired}:{preimage}"), "CREDENTIAL_EXPIRED"),
    ];
    for (authorization, code) in cases {
        let shown: String = authorization.chars().take(60).collect();
        let response = shop.redeem(&request(), &authorization).await;
        assert_eq!(response.status(), 402, "{shown}");
        let body = problem(response).await;
        assert_eq!(body["error_code"], code, "{shown}");
        assert!(body["invoice"].as_str().unwrap().starts_with("lnbcrt"), "{shown}");
    }
    assert_eq!(
        shop.redeem(&request(), &good).await.status(),
        200,
        "the right one still works"
    );
}

#[tokio::test]
async fn a_bad_body_comes_before_a_good_credential_and_loses_nothing() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    let response = shop.redeem(&json!({"prompt": ""}), &authorization).await;
    assert_eq!(response.status(), 400);
    problem(response).await;
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
}

#[tokio::test]
async fn one_changed_character_is_another_song_and_the_paid_one_is_pointed_at() {
    let shop = TestShop::open().await;
    let (challenge, authorization) = shop.bought(&request()).await;
    let mut changed = request();
    changed["lyrics"] = json!("[Verse]\nWalking through the rain tonighT");
    let response = shop.redeem(&changed, &authorization).await;
    assert_eq!(response.status(), 402);
    let body = problem(response).await;
    assert_eq!(body["error_code"], "REQUEST_MISMATCH");
    assert_eq!(body["paid_order_url"], challenge.order_url);
    assert_ne!(body["order_url"], challenge.order_url);
    shop.order_when(&challenge.order_url, |order| order["state"] == "delivered")
        .await;
}

#[tokio::test]
async fn spacing_key_order_and_spelled_out_defaults_are_the_same_request() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    let spelled = format!(
        "{{ \"audio_format\": \"mp3\", \"bitrate\": 256000.0,\n \"lyrics\": {}, \"prompt\": \" {} \", \"seed\": null }}",
        request()["lyrics"],
        request()["prompt"].as_str().unwrap()
    );
    let call = shop
        .http
        .post(format!("{}{GENERATE}", shop.base))
        .header("Content-Type", "application/json");
    let response = call
        .header("Authorization", authorization)
        .body(spelled)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_credential_still_opens_its_song_after_the_shop_was_closed_and_opened_again() {
    let shop = TestShop::open().await;
    let (_, authorization) = shop.bought(&request()).await;
    let first: serde_json::Value = shop.redeem(&request(), &authorization).await.json().await.unwrap();
    let shop = shop.reopen(|_| {}).await;
    let second: serde_json::Value = shop.redeem(&request(), &authorization).await.json().await.unwrap();
    let path = |url: &serde_json::Value| url.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!(path(&first["audioUrl"]), path(&second["audioUrl"]));
    assert_eq!(shop.engine.begun(), 1);
}

/// A macaroon for the same invoice, signed by somebody else.
fn foreign_macaroon(invoice: &str) -> String {
    let hash = busker_lightning::Bolt11::parse(invoice).unwrap().payment_hash();
    let terms = busker_l402::Terms {
        service: busker_l402::Service::new("music", 0),
        valid_until: busker_l402::UnixSeconds(4_000_000_000),
        request: busker_l402::RequestDigest([0; 32]),
    };
    let keys = busker_l402::MasterKeys::new([9; 32], []);
    keys.mint(busker_l402::PaymentHash(hash.0), &terms).unwrap().to_base64()
}

#[tokio::test]
async fn a_fresh_challenge_after_a_wrong_credential_can_be_paid() {
    let shop = TestShop::open().await;
    let challenge = Challenge::of(shop.redeem(&request(), "Bearer nothing").await).await;
    let preimage = shop.pay(&challenge.invoice).await;
    let response = shop
        .redeem(
            &request(),
            &format!("L402 {}:{}", challenge.macaroon, preimage.to_hex()),
        )
        .await;
    assert_eq!(response.status(), 200);
}
