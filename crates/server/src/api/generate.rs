//! `/api/l402/generate-music`: ask the price, pay, get the song.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ALLOW, AUTHORIZATION, CACHE_CONTROL, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use busker_core::order::{Order, OrderState};
use serde_json::json;

use super::client::ClientAddress;
use super::order_view::{OrderView, POLL_INTERVAL_MS, RefundView, SongView, order_url};
use super::prefer::Preference;
use super::schema::{SongRequestBody, song_request_schema};
use super::{BaseUrl, GENERATE_PATH, X_JOB_ID, X_POLL_INTERVAL_MS, X_POLL_URL, body};
use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::quote::Quote;
use crate::redeem::{Denied, Reason};
use crate::shop::Shop;

const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// Buy a song.
///
/// Without `Authorization` the answer is a price: `402` with a macaroon and a Lightning invoice. With `Authorization:
/// L402 <macaroon>:<preimage>` and the same body the answer is the song, however often it is asked for. A song that
/// takes longer than the shop holds the call is answered by `202`; the same call again goes on waiting.
#[utoipa::path(
    post, path = GENERATE_PATH, tag = "songs", request_body = SongRequestBody,
    params(("Prefer" = Option<String>, Header, description = "`respond-async` or `wait=N` seconds (RFC 7240)")),
    security((), ("L402" = [])),
    responses(
        (status = 200, description = "The song", body = SongView),
        (status = 202, description = "Paid and in the making", body = OrderView),
        (status = 400, description = "The request is wrong; nothing was charged"),
        (status = 402, description = "Pay the invoice in `WWW-Authenticate`, then send the same request again"),
        (status = 413, description = "The body is too large"),
        (status = 415, description = "The body is not JSON"),
        (status = 429, description = "Too many unpaid quotes"),
        (status = 502, description = "The song could not be made; the order is refundable"),
        (status = 503, description = "The shop is not ready; paid orders are safe"),
    )
)]
pub(super) async fn buy(
    State(shop): State<Arc<Shop>>,
    ClientAddress(client): ClientAddress,
    base: BaseUrl,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let parsed = body::song_request(&headers, body, &shop.catalog).await?;
    let reason = match authorization(&headers) {
        None => None,
        Some(text) => match shop.redeem(text, &parsed.request).await {
            Ok(order) => return answer_paid(&shop, &base, &headers, order).await,
            Err(Denied::Problem(problem)) => return Err(problem),
            Err(Denied::PayAgain(reason)) => Some(reason),
        },
    };
    shop.allow_quote(client).await?;
    let quote = shop.quote(parsed.request).await?;
    Ok(payment_required(&shop, &base, &quote, reason, &parsed.warnings))
}

/// See the price without a body: the challenge for a small sample request.
#[utoipa::path(
    head, path = GENERATE_PATH, tag = "songs",
    responses((status = 402, description = "The challenge for a sample request"))
)]
pub(super) async fn challenge(State(shop): State<Arc<Shop>>, base: BaseUrl) -> Result<Response, Problem> {
    let quote = shop.sample_quote().await?;
    Ok(payment_required(&shop, &base, &quote, None, &[]))
}

/// What this endpoint sells and how, for machines.
#[utoipa::path(get, path = GENERATE_PATH, tag = "songs", responses((status = 200, description = "Discovery document")))]
pub(super) async fn discover(State(shop): State<Arc<Shop>>, base: BaseUrl) -> Response {
    let price = shop.catalog.cards().iter().map(|card| card.price_sats.0).min();
    let document = json!({
        "name": "Music Generation",
        "description": "A full song from a style prompt and lyrics, for sats: up to 6 minutes, in the asked key and \
                        tempo, arranged by section tags.",
        "content_type": "api",
        "billing": "prepaid",
        "price_sats": price,
        "currency": "sat",
        "sandbox": shop.is_sandbox(),
        "access": {
            "endpoint": format!("{}{GENERATE_PATH}", base.0),
            "method": "POST",
            "authentication": {
                "protocols": ["L402"],
                "header": "Authorization",
                "format": "L402 {macaroon}:{preimage}",
            },
        },
        "parameters": song_request_schema(),
        "limits": {"prompt_characters": 2000, "lyrics_characters": 3500, "max_seconds": 360, "body_bytes": 65536},
        "models_url": format!("{}/api/l402/models", base.0),
        "docs_url": format!("{}/l402/generate-music", base.0),
        "openapi_url": format!("{}/api/openapi.json", base.0),
        "error_codes_url": format!("{}/api/error-codes", base.0),
    });
    ([(ALLOW, "GET, HEAD, POST, OPTIONS")], Json(document)).into_response()
}

/// The credential; where a proxy's or another scheme's stands beside it, the one that is ours.
fn authorization(headers: &HeaderMap) -> Option<&str> {
    let is_ours = |text: &&str| {
        let scheme = text.trim_start().get(..4).unwrap_or_default();
        scheme.eq_ignore_ascii_case("L402") || scheme.eq_ignore_ascii_case("LSAT")
    };
    let mut all = headers
        .get_all(AUTHORIZATION)
        .iter()
        .map(|value| value.to_str().unwrap_or_default());
    let first = all.next()?;
    Some(std::iter::once(first).chain(all).find(is_ours).unwrap_or(first))
}

fn payment_required(
    shop: &Shop,
    base: &BaseUrl,
    quote: &Quote,
    reason: Option<Reason>,
    warnings: &[String],
) -> Response {
    let order = &quote.order;
    let (code, detail, paid_order) = match reason {
        Some(reason) => (reason.code, reason.detail, reason.paid_order),
        None => (
            ErrorCode::PaymentRequired,
            format!("this song costs {}", order.price),
            None,
        ),
    };
    // The challenge was built from base64 and bech32 text, so it always fits into a header.
    let Ok(header) = HeaderValue::from_str(&quote.challenge.to_string()) else {
        return Problem::new(ErrorCode::InternalError, "the challenge does not fit into a header").into_response();
    };
    let token = quote.challenge.token();
    let mut problem = Problem::new(code, detail)
        .challenge(header)
        .with("invoice", order.invoice.clone())
        .with("macaroon", token)
        .with("token", token)
        .with("payment_hash", order.payment_hash.to_string())
        .with("price_sats", order.price.0)
        .with("amount_sats", order.price.0)
        .with("expires_at", order.expires_at.to_string())
        .with("order_url", order_url(base, order));
    if let Some(paid) = paid_order {
        problem = problem.with("paid_order_url", order_url(base, &paid));
    }
    if !warnings.is_empty() {
        problem = problem.with("warnings", warnings.to_vec());
    }
    if shop.is_sandbox() {
        problem = problem
            .with("sandbox", true)
            .with(
                "sandbox_notice",
                "no real money moves here: pay with `busker pay` or at `sandbox_pay_url`",
            )
            .with(
                "sandbox_pay_url",
                format!("{}/sandbox/pay?invoice={}", base.0, order.invoice),
            );
    }
    problem.into_response()
}

/// Waits for the song as long as the buyer and the shop allow, then answers with what there is.
async fn answer_paid(shop: &Shop, base: &BaseUrl, headers: &HeaderMap, order: Order) -> Result<Response, Problem> {
    let preference = Preference::of(headers);
    let order = match order.state {
        OrderState::Delivered => order,
        _ => {
            shop.wait_until_settled(order.id, preference.patience(shop.settings.hold_max))
                .await?
        }
    };
    let mut response = if let Some(song) = &order.song {
        Json(SongView::new(shop, base, &order, song)).into_response()
    } else if order.state.is_settled() {
        return Err(failed(base, &order));
    } else {
        still_waiting(shop, base, &order).await?
    };
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(applied) = preference
        .applied()
        .and_then(|applied| HeaderValue::from_str(&applied).ok())
    {
        response.headers_mut().insert(PREFERENCE_APPLIED, applied);
    }
    Ok(response)
}

async fn still_waiting(shop: &Shop, base: &BaseUrl, order: &Order) -> Result<Response, Problem> {
    let position = shop.position_of(order).await?;
    let view = OrderView::new(shop, base, order, position);
    let url = order_url(base, order);
    let mut body = serde_json::to_value(view).unwrap_or_default();
    body["poll_url"] = json!(url);
    let mut response = (StatusCode::ACCEPTED, Json(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(POLL_INTERVAL_MS.div_ceil(1000)));
    headers.insert(X_POLL_INTERVAL_MS, HeaderValue::from(POLL_INTERVAL_MS));
    for (name, value) in [
        (LOCATION, url.clone()),
        (X_POLL_URL, url),
        (X_JOB_ID, order.id.to_string()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    Ok(response)
}

fn failed(base: &BaseUrl, order: &Order) -> Problem {
    let detail = match order.state {
        OrderState::Refunded => "the song could not be made and your sats were sent back",
        _ => "the song could not be made; the order is refundable: `retry_url` tries again for free",
    };
    let refund = serde_json::to_value(RefundView::of(order)).unwrap_or_default();
    let url = order_url(base, order);
    Problem::new(ErrorCode::GenerationFailed, detail)
        .with("refund", refund)
        .with("retry_url", format!("{url}/retry"))
        .with("refund_url", format!("{url}/refund"))
        .with("order_url", url)
}
