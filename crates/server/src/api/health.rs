//! Whether the process lives, whether it may take money, and how it is doing.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, http::header::CONTENT_TYPE};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::shop::Shop;
use crate::vitals::Vitals;

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, description = "ok")))]
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// Wallet, database, audio store and an engine answer, so new orders are taken.
#[utoipa::path(
    get, path = "/readyz", tag = "operations",
    responses((status = 200, body = Vitals), (status = 503, description = "Something is down", body = Vitals))
)]
pub(super) async fn ready(State(shop): State<Arc<Shop>>) -> Response {
    let vitals = shop.vitals().await;
    let open = vitals.may_quote() && !shop.stopping.is_cancelled();
    let status = if open {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, Json(vitals)).into_response()
}

/// Prometheus text: counters of this process, and the order book's state as of now.
pub(super) async fn metrics(State((shop, handle)): State<(Arc<Shop>, PrometheusHandle)>) -> Response {
    if let Ok(counts) = shop.orders.counts().await {
        for (state, count) in counts {
            metrics::gauge!("busker_orders", "state" => state).set(as_gauge(count));
        }
    }
    if let Ok(depth) = shop.queue.depth().await {
        metrics::gauge!("busker_queue_depth").set(as_gauge(depth));
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a gauge shows magnitudes; counts stay far below 2^53"
)]
fn as_gauge(count: u64) -> f64 {
    count as f64
}
