//! Follows the settlement log as it grows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use busker_core::wallet::{Cursor, Settled};
use futures::StreamExt;
use futures::stream::{self, BoxStream};

use super::blocking;
use super::log::ReadOn;
use super::settlements::Settlements;
use crate::error::LightningError;

/// How long a settlement by another process may go unnoticed. Looking costs one `open` and one `fstat`.
const INTERVAL: Duration = Duration::from_millis(100);

/// Settlements held in memory at a time.
const BATCH: usize = 256;

/// Every settlement from byte `from` of the log on. Ends when the log cannot be read.
pub(super) fn follow(settlements: Arc<Settlements>, from: u64) -> BoxStream<'static, Settled> {
    let tail = Tail {
        settlements,
        position: from,
        ready: VecDeque::new(),
    };
    stream::unfold(tail, async |mut tail| match tail.next().await {
        Ok(settled) => Some((settled, tail)),
        Err(error) => {
            tracing::warn!(%error, "the sandbox wallet stops watching for settlements");
            None
        }
    })
    .boxed()
}

struct Tail {
    settlements: Arc<Settlements>,
    position: u64,
    ready: VecDeque<Settled>,
}

impl Tail {
    async fn next(&mut self) -> Result<Settled, LightningError> {
        loop {
            if let Some(settled) = self.ready.pop_front() {
                return Ok(settled);
            }
            self.read_batch().await?;
            if self.ready.is_empty() {
                tokio::time::sleep(INTERVAL).await;
            }
        }
    }

    async fn read_batch(&mut self) -> Result<(), LightningError> {
        let settlements = Arc::clone(&self.settlements);
        let from = self.position;
        let read = blocking(move || {
            let mut ready = VecDeque::new();
            let position = settlements.log().read(from, |entry, behind| {
                ready.push_back(Settled {
                    payment_hash: entry.payment_hash,
                    cursor: Cursor(behind.to_string()),
                });
                if ready.len() < BATCH { ReadOn::Yes } else { ReadOn::No }
            })?;
            Ok((position, ready))
        });
        (self.position, self.ready) = read.await?;
        Ok(())
    }
}
