//! Tells everybody who waits in this process that an order changed.
//!
//! A hint only: waiters also look for themselves once a second, so a change made by another node is seen too.

use std::time::Duration;

use busker_core::id::OrderId;
use tokio::sync::broadcast;

/// How many announcements a slow listener may miss before it simply looks for itself.
const BACKLOG: usize = 1024;

/// How often a waiter looks without having been told.
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub(crate) struct Hub {
    changes: broadcast::Sender<OrderId>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        Self {
            changes: broadcast::channel(BACKLOG).0,
        }
    }

    pub(crate) fn announce(&self, id: OrderId) {
        // Nobody listening is the usual case and no error.
        let _ = self.changes.send(id);
    }

    pub(crate) fn listen(&self, id: OrderId) -> Listener {
        Listener {
            id,
            changes: self.changes.subscribe(),
        }
    }
}

/// Waits for news of one order. Subscribe first, then look, then wait: so that nothing is missed in between.
pub(crate) struct Listener {
    id: OrderId,
    changes: broadcast::Receiver<OrderId>,
}

impl Listener {
    /// Returns when the order may have changed.
    pub(crate) async fn changed(&mut self) {
        let told = async {
            loop {
                match self.changes.recv().await {
                    Ok(id) if id != self.id => {}
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => return,
                    Err(broadcast::error::RecvError::Closed) => std::future::pending().await,
                }
            }
        };
        let _ = tokio::time::timeout(LOOK_EVERY, told).await;
    }
}
