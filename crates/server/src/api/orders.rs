//! `/api/l402/orders/{order_key}`: whoever has the key may look, ask for another try, or ask for the money back.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use busker_core::order::{Order, OrderEvent, OrderState};
use busker_core::orders::StoreError;

use super::BaseUrl;
use super::order_view::{OrderView, order_url};
use crate::error_code::ErrorCode;
use crate::problem::Problem;
use crate::shop::Shop;

/// Where an order stands.
#[utoipa::path(
    get, path = "/api/l402/orders/{order_key}", tag = "orders",
    params(("order_key" = String, Path, description = "The key in the order's address: the only right needed")),
    responses((status = 200, body = OrderView), (status = 404, description = "No order has this key"))
)]
pub(super) async fn show(
    State(shop): State<Arc<Shop>>,
    base: BaseUrl,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let order = shop.order_by_key(key).await?;
    shop.order_response(&base, &order).await
}

/// Try a failed song again, for free.
#[utoipa::path(
    post, path = "/api/l402/orders/{order_key}/retry", tag = "orders",
    params(("order_key" = String, Path, description = "The key in the order's address")),
    responses(
        (status = 200, description = "The order waits for a worker again", body = OrderView),
        (status = 404, description = "No order has this key"),
        (status = 409, description = "The order has not failed"),
    )
)]
pub(super) async fn retry(
    State(shop): State<Arc<Shop>>,
    base: BaseUrl,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let order = shop.order_by_key(key).await?;
    let applied = shop.apply_event(order.id, OrderEvent::RetryRequested).await?;
    if applied.refused.is_some() {
        return Err(not_failed(&base, &applied.order));
    }
    shop.order_response(&base, &applied.order).await
}

/// Ask for the money of a failed song. This shop's wallet does not pay out by itself; the answer says so.
#[utoipa::path(
    post, path = "/api/l402/orders/{order_key}/refund", tag = "orders",
    params(("order_key" = String, Path, description = "The key in the order's address")),
    responses(
        (status = 404, description = "No order has this key"),
        (status = 409, description = "The order has not failed"),
        (status = 501, description = "This shop does not send refunds by itself"),
    )
)]
pub(super) async fn refund(
    State(shop): State<Arc<Shop>>,
    base: BaseUrl,
    key: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let order = shop.order_by_key(key).await?;
    if order.state != OrderState::Refundable {
        return Err(not_failed(&base, &order));
    }
    let detail = "this shop cannot send sats back by itself; the order is marked as refundable for its operator";
    let url = order_url(&base, &order);
    Err(Problem::new(ErrorCode::RefundsNotOffered, detail)
        .with("retry_url", format!("{url}/retry"))
        .with("order_url", url))
}

fn not_failed(base: &BaseUrl, order: &Order) -> Problem {
    let detail = format!(
        "the order is {}; only one whose song failed for good can be retried or refunded",
        order.state.name()
    );
    Problem::new(ErrorCode::NotRefundable, detail).with("order_url", order_url(base, order))
}

impl Shop {
    /// The order of a path. A path that is not even text is no order's either.
    pub(super) async fn order_by_key(&self, key: Result<Path<String>, PathRejection>) -> Result<Order, Problem> {
        let not_found = || Problem::new(ErrorCode::OrderNotFound, "no order has this key");
        let Path(key) = key.map_err(|_| not_found())?;
        let key = key.parse().map_err(|_| not_found())?;
        self.orders.by_key(&key).await?.ok_or_else(not_found)
    }

    pub(super) async fn position_of(&self, order: &Order) -> Result<Option<u64>, StoreError> {
        match order.state {
            OrderState::Paid => self.orders.queue_position(order.id).await.map(Some),
            _ => Ok(None),
        }
    }

    async fn order_response(&self, base: &BaseUrl, order: &Order) -> Result<Response, Problem> {
        let position = self.position_of(order).await?;
        let mut response = Json(OrderView::new(self, base, order, position)).into_response();
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Ok(response)
    }
}
