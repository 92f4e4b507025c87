//! What is sold, for how much, and what can go wrong.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use busker_core::engine::EngineCard;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::error_code::{ErrorCode, ErrorCodeEntry};
use crate::problem::Problem;
use crate::shop::Shop;

/// The models on offer.
#[utoipa::path(
    get, path = "/api/l402/models", tag = "shop",
    responses((status = 200, description = "An array of {id, slug, name, description, price_sats, max_seconds, vocals, \
        instrumental, languages, typical_seconds: {p50, p95}, default}"))
)]
pub(super) async fn models(State(shop): State<Arc<Shop>>) -> Json<Vec<EngineCard>> {
    Json(shop.catalog.cards().to_vec())
}

#[derive(Deserialize, utoipa::IntoParams)]
pub(super) struct EstimateQuery {
    /// Always "generate-music" here; may be left out.
    service: Option<String>,
    /// A model's number or slug.
    #[serde(rename = "modelId")]
    model_id: Option<String>,
}

/// What a song costs, without an invoice.
#[utoipa::path(
    get, path = "/api/estimate-cost", tag = "shop", params(EstimateQuery),
    responses((status = 200, description = "The price"), (status = 400, description = "No such service or model"))
)]
pub(super) async fn estimate_cost(
    State(shop): State<Arc<Shop>>,
    Query(query): Query<EstimateQuery>,
) -> Result<Json<Value>, Problem> {
    let known = query
        .service
        .as_deref()
        .is_none_or(|service| matches!(service, "generate-music" | "music"));
    if !known {
        let problem = Problem::new(ErrorCode::InvalidParams, "the only service here is `generate-music`");
        return Err(problem.example(json!("generate-music")));
    }
    let model = query.model_id.as_deref().filter(|model| *model != "auto");
    let card = match model {
        None => shop
            .catalog
            .cards()
            .iter()
            .find(|card| card.default)
            .or_else(|| shop.catalog.cards().first()),
        Some(name) => shop
            .catalog
            .by_slug(name)
            .or_else(|| name.parse().ok().and_then(|id| shop.catalog.by_id(id))),
    };
    let card = card.ok_or_else(|| {
        Problem::new(ErrorCode::InvalidParams, "there is no such model; see /api/l402/models").example(json!("auto"))
    })?;
    Ok(Json(json!({
        "service": "generate-music",
        "model": card.slug,
        "price_sats": card.price_sats,
        "amount_sats": card.price_sats,
        "typical_seconds": card.typical_seconds,
        "sandbox": shop.is_sandbox(),
    })))
}

/// Every `error_code`: what it means, whether it was charged, what to do.
#[utoipa::path(get, path = "/api/error-codes", tag = "shop", responses((status = 200, body = Vec<ErrorCodeEntry>)))]
pub(super) async fn error_codes() -> Json<Vec<ErrorCodeEntry>> {
    Json(ErrorCode::ALL.iter().map(|code| code.entry()).collect())
}
