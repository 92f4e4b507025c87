use serde_json::{Value, json};

use super::shop::{GENERATE, TestShop, request};

#[tokio::test]
async fn the_first_header_line_is_the_one_that_every_client_reads() {
    let shop = TestShop::open().await;
    let response = shop.post(&request()).send().await.unwrap();
    assert_eq!(response.status(), 402);
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let lines: Vec<String> = response
        .headers()
        .get_all("www-authenticate")
        .iter()
        .map(|line| line.to_str().unwrap().to_owned())
        .collect();
    let body: Value = response.json().await.unwrap();
    let (macaroon, invoice) = (body["macaroon"].as_str().unwrap(), body["invoice"].as_str().unwrap());
    assert_eq!(
        lines,
        [format!(
            "L402 macaroon=\"{macaroon}\", invoice=\"{invoice}\", version=\"0\", token=\"{macaroon}\""
        )]
    );
    assert_eq!(body["token"], macaroon);
    assert_eq!((&body["price_sats"], &body["amount_sats"]), (&json!(300), &json!(300)));
    assert_eq!(body["sandbox"], true);
    assert_eq!(body["payment_hash"].as_str().unwrap().len(), 64);
    assert!(body["expires_at"].as_str().unwrap().ends_with('Z'));
    assert!(invoice.starts_with("lnbcrt") && invoice.len() >= 100);
}

#[tokio::test]
async fn a_four_letter_prompt_is_enough_and_unknown_fields_are_named() {
    let shop = TestShop::open().await;
    let challenge = shop
        .quote(&json!({"prompt": "test", "colour": "blue", "is_instrumental": true}))
        .await;
    assert_eq!(
        challenge.body["warnings"],
        json!(["unknown field `colour` was ignored"])
    );
}

#[tokio::test]
async fn head_answers_with_a_challenge_and_makes_one_quote_for_many_lookers() {
    let shop = TestShop::open().await;
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..5 {
        let response = shop.http.head(format!("{}{GENERATE}", shop.base)).send().await.unwrap();
        assert_eq!(response.status(), 402);
        seen.insert(response.headers()["www-authenticate"].to_str().unwrap().to_owned());
    }
    assert_eq!(seen.len(), 1);
    assert_eq!(shop.order_count().await, 1);
}

#[tokio::test]
async fn get_is_free_discovery_whatever_credential_a_client_sends_along() {
    let shop = TestShop::open().await;
    let response = shop
        .get(GENERATE)
        .header("Authorization", "L402 stale:token")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let document: Value = response.json().await.unwrap();
    assert_eq!(document["price_sats"], 300);
    assert_eq!(document["access"]["method"], "POST");
    assert_eq!(document["access"]["endpoint"], format!("{}{GENERATE}", shop.base));
    assert_eq!(
        document["parameters"]["properties"]["audio_format"]["enum"],
        json!(["mp3", "wav", "pcm"])
    );
    assert_eq!(shop.order_count().await, 0);
}

#[tokio::test]
async fn a_browser_may_call_the_api_from_any_page() {
    let shop = TestShop::open().await;
    let preflight = shop
        .http
        .request(reqwest::Method::OPTIONS, format!("{}{GENERATE}", shop.base))
        .header("Origin", "https://elsewhere.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization,content-type,prefer")
        .send()
        .await
        .unwrap();
    assert!(preflight.status().is_success());
    let allowed = preflight.headers()["access-control-allow-headers"].to_str().unwrap();
    assert!(allowed.contains("authorization"), "{allowed}");
    let response = shop
        .post(&request())
        .header("Origin", "https://elsewhere.example")
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    let exposed = response.headers()["access-control-expose-headers"].to_str().unwrap();
    for header in [
        "www-authenticate",
        "x-error-code",
        "location",
        "retry-after",
        "x-job-id",
        "x-poll-url",
        "x-poll-interval-ms",
    ] {
        assert!(exposed.contains(header), "{header} is not exposed");
    }
}

#[tokio::test]
async fn quotes_are_limited_by_network_and_paid_calls_are_not() {
    let engine = busker_testkit::ScriptedEngine::new("band");
    let shop = TestShop::with(engine, |settings| settings.quotes_per_minute = 3).await;
    let (_, authorization) = shop.bought(&request()).await;
    let mut limited = None;
    for _ in 0..5 {
        let response = shop.post(&request()).send().await.unwrap();
        if response.status() == 429 {
            limited = Some(response);
        }
    }
    let limited = limited.expect("the limit holds");
    assert!(
        limited.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            >= 1
    );
    assert_eq!(super::shop::problem(limited).await["error_code"], "RATE_LIMITED");
    assert_eq!(shop.redeem(&request(), &authorization).await.status(), 200);
}

#[tokio::test]
async fn open_unpaid_invoices_are_capped() {
    let engine = busker_testkit::ScriptedEngine::new("band");
    let shop = TestShop::with(engine, |settings| settings.open_quotes_max = 2).await;
    shop.quote(&request()).await;
    shop.quote(&request()).await;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await;
    assert_eq!(shop.post(&request()).send().await.unwrap().status(), 429);
    assert_eq!(shop.order_count().await, 2);
}
