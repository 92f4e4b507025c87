//! The port that wakes workers. The orders are the truth; the queue only says "look here".

use std::sync::Arc;

use async_trait::async_trait;
use futures::future::BoxFuture;

use crate::id::OrderId;

/// Hands paid orders to workers, each at least once.
#[async_trait]
pub trait Queue: Send + Sync {
    /// Calls `worker` for each job, at most `slots` at a time, until `stop` is ready; then waits for the running ones.
    ///
    /// # Errors
    /// [`QueueError`] when it cannot go on by itself.
    async fn run(
        &self,
        slots: usize,
        worker: Arc<dyn JobHandler>,
        stop: BoxFuture<'static, ()>,
    ) -> Result<(), QueueError>;

    /// Jobs waiting.
    ///
    /// # Errors
    /// The database failed.
    async fn depth(&self) -> Result<u64, QueueError>;
}

/// Does a job. A job may come twice, also while the first is still running; the order's compare-and-set decides.
#[async_trait]
pub trait JobHandler: Send + Sync {
    /// Works on the order until it is delivered, failed or given back. Never panics for a job that came twice.
    async fn handle(&self, order: OrderId);
}

/// The queue failed.
#[derive(Debug, thiserror::Error)]
#[error("the job queue failed: {0}; paid orders are safe and will be picked up again")]
pub struct QueueError(pub String);
