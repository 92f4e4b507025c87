use serde_json::Value;

use super::shop::{TestShop, request};

#[tokio::test]
async fn the_docs_page_shows_commands_for_this_very_server() {
    let shop = TestShop::open().await;
    let response = shop.get("/l402/generate-music").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    let page = response.text().await.unwrap();
    assert!(page.contains(&format!("curl -X POST {}/api/l402/generate-music", shop.base)));
    assert!(page.contains("Walking through the rain tonight"));
    assert!(page.contains("Sandbox."));
    for field in ["prompt", "lyrics", "modelId", "sample_rate", "duration"] {
        assert!(page.contains(&format!("<code>{field}</code>")), "{field}");
    }
    for tag in ["[Pre Chorus]", "[Build Up]", "[Outro]"] {
        assert!(page.contains(tag), "{tag}");
    }
    assert!(!page.contains("<script"));
    for address in page.split(['"', '\'', ' ']).filter(|word| word.starts_with("http")) {
        assert!(address.starts_with(&shop.base), "{address} is elsewhere");
    }
}

#[tokio::test]
async fn the_sandbox_payment_page_pays_once_and_shows_the_proof() {
    let shop = TestShop::open().await;
    let challenge = shop.quote(&request()).await;
    let url = format!("{}/sandbox/pay", shop.base);
    let form = shop
        .http
        .get(challenge.body["sandbox_pay_url"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert!(form.text().await.unwrap().contains(&challenge.invoice));
    let pay = |invoice: &str| {
        shop.http
            .post(&url)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("invoice={invoice}"))
            .send()
    };
    let page = pay(&challenge.invoice).await.unwrap().text().await.unwrap();
    let preimage = page
        .split("<code>")
        .nth(1)
        .unwrap()
        .split("</code>")
        .next()
        .unwrap()
        .to_owned();
    let response = shop
        .redeem(&request(), &format!("L402 {}:{preimage}", challenge.macaroon))
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(
        pay(&challenge.invoice).await.unwrap().status(),
        400,
        "an invoice is paid once"
    );
    assert_eq!(pay("nonsense").await.unwrap().status(), 400);
}

#[tokio::test]
async fn directories_find_the_paid_path_and_what_it_needs() {
    let shop = TestShop::open().await;
    let services: Value = shop
        .get("/.well-known/l402-services")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(services["services"][0]["endpoint"], "/api/l402/generate-music");
    assert_eq!(services["services"][0]["request_schema"]["prompt"]["required"], true);
    let l402: Value = shop
        .get("/.well-known/l402")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(l402["pricing_sats"], 300);
    let llms = shop.get("/llms.txt").send().await.unwrap().text().await.unwrap();
    assert!(llms.starts_with("# busker\n\n> ") && llms.contains(&shop.base));
}

#[tokio::test]
async fn the_openapi_document_changes_only_on_purpose() {
    let document = busker_server::openapi_json();
    assert_eq!(document["openapi"], "3.1.0");
    insta::assert_json_snapshot!("openapi", document);
}

#[tokio::test]
async fn the_served_openapi_document_tells_the_price() {
    let shop = TestShop::open().await;
    let document: Value = shop
        .get("/api/openapi.json")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let offer = &document["paths"]["/api/l402/generate-music"]["post"]["x-payment-info"]["offers"][0];
    assert_eq!(offer["amount"], "300");
}
