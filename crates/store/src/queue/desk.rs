//! The jobs in hand.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use busker_core::id::OrderId;
use busker_core::queue::JobHandler;
use tokio::sync::Semaphore;

/// Keeps jobs running when the worker that took them is lost, and turns away a job that is in hand already.
#[derive(Clone)]
pub(crate) struct Desk {
    handler: Arc<dyn JobHandler>,
    in_hand: Arc<Mutex<HashSet<OrderId>>>,
    slots: Arc<Semaphore>,
    size: u32,
}

impl Desk {
    pub(crate) fn new(handler: Arc<dyn JobHandler>, slots: usize) -> Self {
        let size = u32::try_from(slots.min(Semaphore::MAX_PERMITS)).unwrap_or(u32::MAX);
        Self {
            handler,
            in_hand: Arc::default(),
            slots: Arc::new(Semaphore::new(size as usize)),
            size,
        }
    }

    /// Returns when the job is done. A caller that stops listening does not stop the job.
    pub(crate) async fn work_on(&self, order: OrderId) {
        let Some(in_hand) = InHand::take(&self.in_hand, order) else {
            return;
        };
        // a worker that replaces a lost one finds the lost one's jobs still running: they keep their slots
        let Ok(slot) = Arc::clone(&self.slots).acquire_owned().await else {
            return;
        };
        let handler = Arc::clone(&self.handler);
        let job = tokio::spawn(async move {
            handler.handle(order).await;
            drop((in_hand, slot));
        });
        if let Err(error) = job.await {
            tracing::error!(order.id = %order, %error, "a job ended badly; the reconciler will see to its order");
        }
    }

    /// Waits until no job is in hand.
    pub(crate) async fn drain(&self) {
        let _all = self.slots.acquire_many(self.size).await;
    }
}

/// Marks an order as being worked on until dropped.
struct InHand {
    set: Arc<Mutex<HashSet<OrderId>>>,
    order: OrderId,
}

impl InHand {
    fn take(set: &Arc<Mutex<HashSet<OrderId>>>, order: OrderId) -> Option<Self> {
        let is_new = set.lock().unwrap_or_else(PoisonError::into_inner).insert(order);
        is_new.then(|| Self {
            set: Arc::clone(set),
            order,
        })
    }
}

impl Drop for InHand {
    fn drop(&mut self) {
        self.set
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.order);
    }
}
