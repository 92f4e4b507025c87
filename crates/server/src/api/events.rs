//! An order's changes as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use busker_core::order::Order;
use futures::stream::{self, Stream};

use super::BaseUrl;
use super::order_view::OrderView;
use crate::hub::Listener;
use crate::problem::Problem;
use crate::shop::Shop;

/// Keeps proxies from closing a quiet stream.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Follow an order: an `order` event whenever it changes, until it is delivered or failed.
///
/// The data is the same as that of the order's own address. `Last-Event-ID` avoids hearing the known state again.
#[utoipa::path(
    get, path = "/api/l402/orders/{order_key}/events", tag = "orders",
    params(("order_key" = String, Path, description = "The key in the order's address")),
    responses(
        (status = 200, description = "text/event-stream of `order` events"),
        (status = 404, description = "No order has this key"),
    )
)]
pub(super) async fn follow(
    State(shop): State<Arc<Shop>>,
    base: BaseUrl,
    headers: HeaderMap,
    key: Result<Path<String>, PathRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let order = shop.order_by_key(key).await?;
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .map(str::to_owned);
    let listener = shop.hub.listen(order.id);
    let follower = Follower {
        shop,
        base,
        order,
        listener,
        told: last,
        over: false,
    };
    Ok(Sse::new(stream::unfold(follower, Follower::next)).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

struct Follower {
    shop: Arc<Shop>,
    base: BaseUrl,
    order: Order,
    listener: Listener,
    /// The id of the last event that the client has.
    told: Option<String>,
    over: bool,
}

impl Follower {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if self.over {
                return None;
            }
            let id = event_id(&self.order);
            if self.told.as_ref() != Some(&id) {
                let event = self.event(&id).await;
                self.over = self.order.state.is_settled();
                self.told = Some(id);
                return Some((Ok(event), self));
            }
            if self.order.state.is_settled() {
                return None;
            }
            tokio::select! {
                () = self.listener.changed() => {}
                () = self.shop.stopping.cancelled() => return None,
            }
            // While the database is away the stream stays open and looks again.
            if let Ok(Some(order)) = self.shop.orders.by_id(self.order.id).await {
                self.order = order;
            }
        }
    }

    async fn event(&self, id: &str) -> Event {
        let position = self.shop.position_of(&self.order).await.unwrap_or_default();
        let view = OrderView::new(&self.shop, &self.base, &self.order, position);
        let data = serde_json::to_string(&view).unwrap_or_default();
        Event::default().event("order").id(id).data(data)
    }
}

/// Changes exactly when something worth telling changed.
fn event_id(order: &Order) -> String {
    let permille = (order.progress.fraction * 1000.0).round();
    format!(
        "{}-{}-{}-{permille}-{}",
        order.state.name(),
        order.attempts,
        order.failures,
        order.progress.stage
    )
}
