//! The API as an OpenAPI 3.1 document, made from the handlers themselves.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Json, http::header::CACHE_CONTROL};
use serde_json::{Value, json};

use super::schema::song_request_schema;
use super::{GENERATE_PATH, documented};
use crate::shop::Shop;

pub(super) async fn serve(State(shop): State<Arc<Shop>>) -> Response {
    let mut document = openapi_json();
    let price = shop
        .catalog
        .cards()
        .iter()
        .map(|card| card.price_sats.0)
        .min()
        .unwrap_or_default();
    document["paths"][GENERATE_PATH]["post"]["x-payment-info"] = json!({
        "offers": [{"intent": "charge", "method": "lightning", "amount": price.to_string(), "currency": "sat",
                    "description": "one song"}],
    });
    ([(CACHE_CONTROL, "max-age=300")], Json(document)).into_response()
}

/// The document without anything that depends on this shop's prices.
pub fn openapi_json() -> Value {
    let (_, document) = documented().split_for_parts();
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["info"] = json!({
        "title": "busker",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Songs for sats. Ask for a price, pay a Lightning invoice, send the same request again with \
                        the proof of payment, get a song. No account.",
        "license": {"name": "MIT OR Apache-2.0"},
    });
    document["components"]["securitySchemes"]["L402"] = json!({
        "type": "http",
        "scheme": "L402",
        "description": "`Authorization: L402 <macaroon>:<preimage>`, from the 402 challenge and the paid invoice",
    });
    document["components"]["schemas"]["SongRequest"] = song_request_schema();
    document["x-llms-txt"] = json!("/llms.txt");
    document["x-l402-manifest"] = json!("/.well-known/l402-services");
    document["x-error-codes-endpoint"] = json!("/api/error-codes");
    document
}
