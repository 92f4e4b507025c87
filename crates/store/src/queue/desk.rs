//! The jobs in hand.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use busker_core::id::OrderId;
use busker_core::queue::JobHandler;
use tokio::sync::Semaphore;

/// Keeps jobs running when the worker that took them is lost, and works on each order once at a time.
#[derive(Clone)]
pub(crate) struct Desk {
    handler: Arc<dyn JobHandler>,
    in_hand: InHand,
    slots: Arc<Semaphore>,
    size: u32,
}

/// The orders being worked on, and whether their job came again meanwhile.
type InHand = Arc<Mutex<HashMap<OrderId, bool>>>;

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
    ///
    /// A job that is in hand already is left to whoever has it: they look at the order once more when they are done, for
    /// it may have become paid again in their last moments.
    pub(crate) async fn work_on(&self, order: OrderId) {
        let Some(mut mark) = Mark::set(&self.in_hand, order) else {
            return;
        };
        // a worker that replaces a lost one finds the lost one's jobs still running: they keep their slots
        let Ok(slot) = Arc::clone(&self.slots).acquire_owned().await else {
            return;
        };
        let handler = Arc::clone(&self.handler);
        let job = tokio::spawn(async move {
            loop {
                handler.handle(order).await;
                if !mark.came_again() {
                    break;
                }
            }
            drop(slot);
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

/// Marks an order as being worked on, also when its handler panics.
struct Mark {
    in_hand: InHand,
    order: OrderId,
    is_set: bool,
}

impl Mark {
    fn set(in_hand: &InHand, order: OrderId) -> Option<Self> {
        match lock(in_hand).entry(order) {
            Entry::Occupied(mut mark) => {
                mark.insert(true);
                None
            }
            Entry::Vacant(place) => {
                place.insert(false);
                Some(Self {
                    in_hand: Arc::clone(in_hand),
                    order,
                    is_set: true,
                })
            }
        }
    }

    /// Whether the job came again. If it did not, the mark is gone with the answer, so that none can come in between.
    fn came_again(&mut self) -> bool {
        let mut in_hand = lock(&self.in_hand);
        let came_again = in_hand.get_mut(&self.order).is_some_and(std::mem::take);
        if !came_again {
            in_hand.remove(&self.order);
            self.is_set = false;
        }
        came_again
    }
}

impl Drop for Mark {
    fn drop(&mut self) {
        if self.is_set {
            lock(&self.in_hand).remove(&self.order);
        }
    }
}

fn lock(in_hand: &InHand) -> MutexGuard<'_, HashMap<OrderId, bool>> {
    in_hand.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use async_trait::async_trait;
    use tokio::sync::Notify;

    use super::*;

    const ORDER: OrderId = OrderId([1; 16]);

    #[derive(Default)]
    struct Slow {
        began: AtomicUsize,
        go_on: Notify,
    }

    #[async_trait]
    impl JobHandler for Slow {
        async fn handle(&self, _order: OrderId) {
            self.began.fetch_add(1, Ordering::SeqCst);
            self.go_on.notified().await;
        }
    }

    async fn until_began(handler: &Slow, times: usize) {
        while handler.began.load(Ordering::SeqCst) < times {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn a_job_that_comes_again_is_looked_at_again_afterwards() {
        let handler = Arc::new(Slow::default());
        let desk = Desk::new(handler.clone(), 2);
        let first = tokio::spawn({
            let desk = desk.clone();
            async move { desk.work_on(ORDER).await }
        });
        until_began(&handler, 1).await;
        desk.work_on(ORDER).await;
        assert_eq!(handler.began.load(Ordering::SeqCst), 1, "not while the first runs");
        handler.go_on.notify_one();
        until_began(&handler, 2).await;
        handler.go_on.notify_one();
        assert!(first.await.is_ok());
        assert!(lock(&desk.in_hand).is_empty());
    }

    #[tokio::test]
    async fn a_job_outlives_the_worker_that_took_it() {
        let handler = Arc::new(Slow::default());
        let desk = Desk::new(handler.clone(), 1);
        let worker = tokio::spawn({
            let desk = desk.clone();
            async move { desk.work_on(ORDER).await }
        });
        until_began(&handler, 1).await;
        worker.abort();
        assert!(worker.await.is_err());
        assert_eq!(lock(&desk.in_hand).len(), 1);
        handler.go_on.notify_one();
        desk.drain().await;
        assert!(lock(&desk.in_hand).is_empty());
    }
}
