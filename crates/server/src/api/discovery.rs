//! What directories and agents read to find us. Endpoints are paths: directories compare them with the path they probe.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::schema::song_request_schema;
use super::{BaseUrl, GENERATE_PATH};
use crate::shop::Shop;

const DESCRIPTION: &str = "A full song from a style prompt and lyrics, paid per song over Lightning with L402.";

fn price(shop: &Shop) -> Option<u64> {
    shop.catalog.cards().iter().map(|card| card.price_sats.0).min()
}

pub(super) async fn l402_services(State(shop): State<Arc<Shop>>) -> Json<Value> {
    Json(json!({
        "version": "1",
        "name": "busker",
        "description": DESCRIPTION,
        "protocol": "L402",
        "payment_network": "lightning",
        "sandbox": shop.is_sandbox(),
        "docs_url": "/l402/generate-music",
        "openapi_url": "/api/openapi.json",
        "error_codes_url": "/api/error-codes",
        "estimate_cost_url": "/api/estimate-cost",
        "model_discovery": "/api/l402/models",
        "llms_txt_url": "/llms.txt",
        "authentication": {"header": "Authorization", "format": "L402 {macaroon}:{preimage}"},
        "services": [{
            "name": "generate-music",
            "description": DESCRIPTION,
            "endpoint": GENERATE_PATH,
            "method": "POST",
            "price_sats": price(&shop),
            "request_schema": {"prompt": {"type": "string", "required": true}, "lyrics": {"type": "string", "required": false}},
            "input_schema": song_request_schema(),
        }],
    }))
}

pub(super) async fn l402(State(shop): State<Arc<Shop>>) -> Json<Value> {
    Json(json!({
        "protocol": "L402",
        "auth_scheme": "L402",
        "auth_header_format": "L402 {macaroon}:{preimage}",
        "endpoints": [{"path": GENERATE_PATH, "method": "POST", "description": DESCRIPTION}],
        "pricing_sats": price(&shop),
        "example": {"prompt": "E minor, 90 BPM, acoustic guitar ballad, male vocal, emotional"},
        "docs": "/l402/generate-music",
    }))
}

pub(super) async fn llms(State(shop): State<Arc<Shop>>, base: BaseUrl) -> Response {
    let base = &base.0;
    let price = price(&shop).unwrap_or_default();
    let sandbox = if shop.is_sandbox() {
        "\nThis server is a sandbox: no real money moves.\n"
    } else {
        ""
    };
    let page = format!(
        "# busker\n\n> {DESCRIPTION} {price} sats a song. No account.\n{sandbox}\n\
         ## Buy a song\n\n\
         1. POST {base}{GENERATE_PATH} with JSON {{\"prompt\": \"...\", \"lyrics\": \"[Verse]\\n...\"}}: the answer is 402 \
         with `WWW-Authenticate: L402 macaroon=\"...\", invoice=\"...\"`.\n\
         2. Pay the invoice; keep the preimage.\n\
         3. POST the same body again with `Authorization: L402 <macaroon>:<preimage>`: the answer is \
         {{\"audioUrl\": \"...\"}}. On 202 send the same request again, or follow `Location`. The same credential always \
         gives the same song, so repeat freely after a time-out; never pay twice.\n\n\
         ## Links\n\n\
         - [Documentation]({base}/l402/generate-music)\n\
         - [OpenAPI]({base}/api/openapi.json)\n\
         - [Models and prices]({base}/api/l402/models)\n\
         - [Error codes]({base}/api/error-codes)\n\
         - [Services]({base}/.well-known/l402-services)\n"
    );
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], page).into_response()
}
