//! Whatever is wrong with a request, its sender reads what and why, no invoice exists, and nothing is stored.

use serde_json::{Value, json};

use super::shop::{GENERATE, TestShop, problem};

/// Body, expected status and code, and what the answer must mention.
fn table() -> Vec<(String, u16, &'static str, &'static str)> {
    let json_cases: Vec<(Value, &'static str)> = vec![
        (json!([]), "body"),
        (json!("text"), "body"),
        (json!(42), "body"),
        (json!(null), "body"),
        (json!({}), "prompt"),
        (json!({"prompt": ""}), "prompt"),
        (json!({"prompt": " \n\t "}), "prompt"),
        (json!({"prompt": null}), "prompt"),
        (json!({"prompt": 7}), "prompt"),
        (json!({"prompt": ["a"]}), "prompt"),
        (json!({"prompt": {"text": "a"}}), "prompt"),
        (json!({"prompt": "a".repeat(2001)}), "2000"),
        (json!({"prompt": "é".repeat(2001)}), "2000"),
        (json!({"prompt": "🎵".repeat(2001)}), "2000"),
        (json!({"prompt": "x", "lyrics": "a".repeat(3501)}), "3500"),
        (json!({"prompt": "x", "lyrics": "🎵".repeat(3501)}), "3500"),
        (json!({"prompt": "x", "lyrics": 5}), "lyrics"),
        (json!({"prompt": "x", "lyrics": ["[Verse]"]}), "lyrics"),
        (json!({"prompt": "x", "lyrics": "[Vers]\nla"}), "[Verse]"),
        (json!({"prompt": "x", "lyrics": "[Verse\nla"}), "line 1"),
        (json!({"prompt": "x", "lyrics": "[]\nla"}), "line 1"),
        (json!({"prompt": "x", "lyrics": "[Verse]\nla\n[Applause]"}), "line 3"),
        (json!({"prompt": "x", "is_instrumental": "true"}), "is_instrumental"),
        (json!({"prompt": "x", "is_instrumental": 1}), "is_instrumental"),
        (json!({"prompt": "x", "lyrics_optimizer": "yes"}), "lyrics_optimizer"),
        (json!({"prompt": "x", "lyrics_optimizer": []}), "lyrics_optimizer"),
        (json!({"prompt": "x", "modelId": "nobody"}), "auto"),
        (json!({"prompt": "x", "modelId": 99}), "auto"),
        (json!({"prompt": "x", "modelId": -1}), "auto"),
        (json!({"prompt": "x", "modelId": 1.5}), "auto"),
        (json!({"prompt": "x", "modelId": true}), "auto"),
        (json!({"prompt": "x", "sample_rate": 48000}), "44100"),
        (json!({"prompt": "x", "sample_rate": 44101}), "44100"),
        (json!({"prompt": "x", "sample_rate": "44100"}), "44100"),
        (json!({"prompt": "x", "sample_rate": -44100}), "44100"),
        (json!({"prompt": "x", "bitrate": 128}), "128000"),
        (json!({"prompt": "x", "bitrate": 320_000}), "256000"),
        (json!({"prompt": "x", "bitrate": "256000"}), "256000"),
        (json!({"prompt": "x", "audio_format": "MP3"}), "mp3"),
        (json!({"prompt": "x", "audio_format": "flac"}), "mp3"),
        (json!({"prompt": "x", "audio_format": 3}), "mp3"),
        (json!({"prompt": "x", "seed": -1}), "seed"),
        (json!({"prompt": "x", "seed": 9_223_372_036_854_775_808_u64}), "seed"),
        (json!({"prompt": "x", "seed": "1"}), "seed"),
        (json!({"prompt": "x", "seed": 0.5}), "seed"),
        (json!({"prompt": "x", "duration": 9}), "10 to 360"),
        (json!({"prompt": "x", "duration": 361}), "10 to 360"),
        (json!({"prompt": "x", "duration": "60"}), "10 to 360"),
    ];
    let mut rows: Vec<_> = json_cases
        .into_iter()
        .map(|(body, mention)| (body.to_string(), 400, "L402_INVALID_PARAMS", mention))
        .collect();
    for (body, mention) in [
        ("", "empty"),
        ("{", "line 1"),
        ("{\"prompt\": \"x\",}", "line 1"),
        ("prompt=test", "line 1"),
        ("{\"prompt\": \"\\ud800\"}", "line 1"),
        ("{\"prompt\": \"x\"} trailing", "trailing"),
    ] {
        rows.push((body.to_owned(), 400, "INVALID_JSON", mention));
    }
    rows.push((
        json!({"prompt": "x", "padding": "a".repeat(65_536)}).to_string(),
        413,
        "BODY_TOO_LARGE",
        "65536",
    ));
    rows
}

#[tokio::test]
async fn every_bad_body_is_explained_and_costs_nothing() {
    let shop = TestShop::open().await;
    let table = table();
    assert!(table.len() >= 40);
    for (body, status, code, mention) in table {
        let shown: String = body.chars().take(80).collect();
        let request = shop
            .http
            .post(format!("{}{GENERATE}", shop.base))
            .header("Content-Type", "application/json");
        let response = request.body(body).send().await.unwrap();
        assert_eq!(response.status(), status, "{shown}");
        let problem = problem(response).await;
        assert_eq!(problem["error_code"], code, "{shown}");
        assert!(problem.to_string().contains(mention), "{shown}: {problem}");
        assert!(
            code != "L402_INVALID_PARAMS" || !problem["example"].is_null(),
            "{shown} has no example"
        );
        assert!(problem.get("invoice").is_none() && problem.get("macaroon").is_none());
    }
    assert_eq!(shop.order_count().await, 0);
}

#[tokio::test]
async fn only_json_is_taken_for_json() {
    let shop = TestShop::open().await;
    let url = format!("{}{GENERATE}", shop.base);
    let body = json!({"prompt": "test"}).to_string();
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
    ] {
        let request = shop
            .http
            .post(&url)
            .header("Content-Type", content_type)
            .body(body.clone());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 415, "{content_type}");
        assert_eq!(problem(response).await["error_code"], "UNSUPPORTED_MEDIA_TYPE");
    }
    assert_eq!(shop.order_count().await, 0);
    for content_type in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/vnd.song+json",
    ] {
        let request = shop
            .http
            .post(&url)
            .header("Content-Type", content_type)
            .body(body.clone());
        assert_eq!(request.send().await.unwrap().status(), 402, "{content_type}");
    }
    assert_eq!(
        shop.http.post(&url).body(body).send().await.unwrap().status(),
        402,
        "no content type at all"
    );
}

#[tokio::test]
async fn the_longest_request_in_the_widest_characters_fits() {
    let shop = TestShop::open().await;
    let body = json!({"prompt": "🎵".repeat(2000), "lyrics": "\u{1F3B5}".repeat(3500)});
    shop.quote(&body).await;
    let escaped = format!("{{\"prompt\":\"{}\"}}", "\\ud83c\\udfb5".repeat(2000));
    let request = shop
        .http
        .post(format!("{}{GENERATE}", shop.base))
        .header("Content-Type", "application/json");
    assert_eq!(request.body(escaped).send().await.unwrap().status(), 402);
}

#[tokio::test]
async fn unknown_addresses_and_methods_are_problem_documents() {
    let shop = TestShop::open().await;
    let cases = [
        (shop.get("/nowhere"), 404, "NOT_FOUND"),
        (shop.get("/api/l402/orders/none"), 404, "ORDER_NOT_FOUND"),
        (
            shop.get(&format!("/api/l402/orders/{}", "0".repeat(32))),
            404,
            "ORDER_NOT_FOUND",
        ),
        (shop.get("/api/l402/orders/%ff"), 404, "ORDER_NOT_FOUND"),
        (shop.get("/api/l402/orders/%ff/events"), 404, "ORDER_NOT_FOUND"),
        (shop.get("/audio/%ff.mp3"), 404, "NOT_FOUND"),
        (shop.get("/audio/none"), 404, "NOT_FOUND"),
        (shop.get(&format!("/audio/{}.mp3", "0".repeat(32))), 404, "NOT_FOUND"),
        (
            shop.get(&format!("/audio/{}.card.json", "0".repeat(32))),
            404,
            "NOT_FOUND",
        ),
        (shop.get("/audio/..%2f..%2fmaster.key"), 404, "NOT_FOUND"),
        (
            shop.http.put(format!("{}{GENERATE}", shop.base)),
            405,
            "METHOD_NOT_ALLOWED",
        ),
        (
            shop.http.delete(format!("{}{GENERATE}", shop.base)),
            405,
            "METHOD_NOT_ALLOWED",
        ),
        (
            shop.get("/api/estimate-cost?modelId=nobody"),
            400,
            "L402_INVALID_PARAMS",
        ),
        (shop.get("/api/estimate-cost?service=video"), 400, "L402_INVALID_PARAMS"),
    ];
    for (request, status, code) in cases {
        let response = request.send().await.unwrap();
        let url = response.url().clone();
        assert_eq!(response.status(), status, "{url}");
        assert_eq!(problem(response).await["error_code"], code, "{url}");
    }
}
