//! Where songs are made: the order book, the queue, the audio store and the engines. It knows no wallet, so a machine
//! that only makes songs needs no right over money.

use std::sync::Arc;
use std::time::Duration;

use busker_core::audio::AudioStore;
use busker_core::engine::Catalog;
use busker_core::id::{Attempt, OrderId};
use busker_core::order::{Order, OrderEvent, Progress};
use busker_core::orders::{Applied, Change, Orders, StoreError};
use busker_core::queue::Queue;
use busker_engines::Engines;
use tokio_util::sync::CancellationToken;

use crate::hub::Hub;
use crate::settings::Settings;

/// What a workshop is made of.
pub struct WorkshopParts {
    /// Orders, durably.
    pub orders: Arc<dyn Orders>,
    /// What wakes workers.
    pub queue: Arc<dyn Queue>,
    /// Finished files.
    pub audio: Arc<dyn AudioStore>,
    /// Who plays.
    pub engines: Engines,
    /// What the operator set.
    pub settings: Settings,
}

/// The song-making half of a shop. Holds no order itself: any number of them may share one order book.
pub struct Workshop {
    pub(crate) orders: Arc<dyn Orders>,
    pub(crate) queue: Arc<dyn Queue>,
    pub(crate) audio: Arc<dyn AudioStore>,
    pub(crate) engines: Engines,
    pub(crate) catalog: Catalog,
    pub(crate) settings: Settings,
    pub(crate) hub: Hub,
    /// Cancelled when the process is asked to stop: nothing new begins, streams end.
    pub(crate) stopping: CancellationToken,
}

impl Workshop {
    /// Puts the parts together.
    pub fn new(parts: WorkshopParts) -> Arc<Self> {
        Arc::new(Self {
            orders: parts.orders,
            queue: parts.queue,
            audio: parts.audio,
            catalog: parts.engines.catalog(),
            engines: parts.engines,
            settings: parts.settings,
            hub: Hub::new(),
            stopping: CancellationToken::new(),
        })
    }

    /// The models that can be made here.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Applies a change and tells everybody who waits for the order.
    pub(crate) async fn apply(&self, id: OrderId, change: Change) -> Result<Applied, StoreError> {
        let applied = self.orders.apply(id, change).await?;
        if applied.refused.is_none() {
            metrics::counter!("busker_order_changes_total", "to" => applied.order.state.name()).increment(1);
            tracing::info!(order.id = %id, state = applied.order.state.name(), "order changed");
            self.hub.announce(id);
        }
        Ok(applied)
    }

    pub(crate) async fn apply_event(&self, id: OrderId, event: OrderEvent) -> Result<Applied, StoreError> {
        self.apply(id, Change::Event(event)).await
    }

    /// Notes progress and renews the lease. `false`: the order belongs to somebody else now.
    pub(crate) async fn heartbeat(&self, id: OrderId, tried: Attempt, progress: &Progress) -> Result<bool, StoreError> {
        let owned = self.orders.heartbeat(id, tried, progress).await?;
        self.hub.announce(id);
        Ok(owned)
    }

    /// The order, once it has an answer for its buyer, or `patience` is over, or the shop closes.
    pub(crate) async fn wait_until_settled(&self, id: OrderId, patience: Duration) -> Result<Order, StoreError> {
        let mut listener = self.hub.listen(id);
        let until = tokio::time::Instant::now() + patience;
        loop {
            let order = self.orders.by_id(id).await?.ok_or(StoreError::NotFound)?;
            if order.state.is_settled() || tokio::time::Instant::now() >= until || self.stopping.is_cancelled() {
                return Ok(order);
            }
            tokio::select! {
                () = listener.changed() => {}
                () = tokio::time::sleep_until(until) => {}
                () = self.stopping.cancelled() => {}
            }
        }
    }
}
