//! The shop's HTTP face. One file an endpoint group; `generate` is the one that takes money.

mod audio;
mod body;
mod client;
mod discovery;
mod events;
mod generate;
mod health;
mod models;
pub(crate) mod openapi;
mod order_view;
mod orders;
mod prefer;
mod range;
pub(crate) mod schema;

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, Method};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowHeaders, AllowOrigin, CorsLayer};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error_code::ErrorCode;
use crate::pages;
use crate::problem::Problem;
use crate::shop::Shop;

pub(crate) use client::BaseUrl;

/// Where songs are bought.
pub(crate) const GENERATE_PATH: &str = "/api/l402/generate-music";

pub(crate) const X_JOB_ID: HeaderName = HeaderName::from_static("x-job-id");
pub(crate) const X_POLL_URL: HeaderName = HeaderName::from_static("x-poll-url");
pub(crate) const X_POLL_INTERVAL_MS: HeaderName = HeaderName::from_static("x-poll-interval-ms");

/// The documented endpoints, with their documentation.
pub(crate) fn documented() -> OpenApiRouter<Arc<Shop>> {
    OpenApiRouter::new()
        .routes(routes!(generate::buy, generate::challenge, generate::discover))
        .routes(routes!(models::models))
        .routes(routes!(models::estimate_cost))
        .routes(routes!(models::error_codes))
        .routes(routes!(orders::show))
        .routes(routes!(events::follow))
        .routes(routes!(orders::retry))
        .routes(routes!(orders::refund))
        .routes(routes!(audio::serve))
        .routes(routes!(health::live))
        .routes(routes!(health::ready))
}

/// Everything a buyer can reach.
pub(crate) fn router(shop: Arc<Shop>) -> Router {
    let (api, _) = documented().split_for_parts();
    api.route("/api/openapi.json", get(openapi::serve))
        .route("/llms.txt", get(discovery::llms))
        .route("/.well-known/l402-services", get(discovery::l402_services))
        .route("/.well-known/l402", get(discovery::l402))
        .merge(pages::router(&shop))
        .fallback(|| async { Problem::new(ErrorCode::NotFound, "there is nothing at this address") })
        .method_not_allowed_fallback(|| async {
            Problem::new(ErrorCode::MethodNotAllowed, "this address does not take this method")
        })
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a handler panicked");
            Problem::new(ErrorCode::InternalError, "something unforeseen happened").into_response()
        }))
        .layer(middleware::from_fn(measure))
        .layer(cors())
        .with_state(shop)
}

/// What only the operator should reach.
pub(crate) fn admin_router(shop: Arc<Shop>, metrics: metrics_exporter_prometheus::PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .with_state(shop.clone())
        .merge(
            Router::new()
                .route("/metrics", get(health::metrics))
                .with_state((shop, metrics)),
        )
}

/// Any page may use the API from a browser. A wildcard would not cover `Authorization`, so asked headers are mirrored.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::any())
        .allow_methods([Method::GET, Method::HEAD, Method::POST, Method::OPTIONS])
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([
            axum::http::header::WWW_AUTHENTICATE,
            crate::problem::X_ERROR_CODE,
            axum::http::header::LOCATION,
            axum::http::header::RETRY_AFTER,
            axum::http::header::CONTENT_DISPOSITION,
            X_JOB_ID,
            X_POLL_URL,
            X_POLL_INTERVAL_MS,
        ])
        .max_age(std::time::Duration::from_secs(86_400))
}

/// Counts and times requests by route, never by address: paths hold keys.
async fn measure(route: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let seconds = began.elapsed().as_secs_f64();
    metrics::counter!("busker_http_requests_total", "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("busker_http_seconds", "route" => route.clone()).record(seconds);
    tracing::debug!(%method, route, status, seconds, "answered");
    response
}
