//! Hears of payments from the wallet's stream. A hint: what the stream misses, the reconciler asks for.

use std::sync::Arc;
use std::time::Duration;

use busker_core::order::OrderEvent;
use busker_core::orders::StoreError;
use busker_core::wallet::{Cursor, Settled};
use futures::StreamExt;

use crate::shop::Shop;

/// The note that remembers how far the stream was read.
const CURSOR_NOTE: &str = "watcher.cursor";

/// A broken stream is opened again after this long.
const REOPEN_AFTER: Duration = Duration::from_secs(1);

/// Notices payments until the shop closes. Safe to run on every node: the compare-and-set counts each payment once.
pub(crate) async fn watch_settlements(shop: Arc<Shop>) {
    loop {
        let broken = tokio::select! {
            broken = follow(&shop) => broken,
            () = shop.stopping.cancelled() => return,
        };
        tracing::debug!(
            reason = broken,
            "the wallet's stream of settlements ended; opening it again"
        );
        tokio::select! {
            () = tokio::time::sleep(REOPEN_AFTER) => {}
            () = shop.stopping.cancelled() => return,
        }
    }
}

async fn follow(shop: &Shop) -> String {
    let cursor = match shop.orders.note(CURSOR_NOTE).await {
        Ok(note) => Cursor(note.unwrap_or_default()),
        Err(error) => return error.to_string(),
    };
    let mut settlements = match shop.wallet.watch(cursor).await {
        Ok(stream) => stream,
        Err(error) => return error.to_string(),
    };
    while let Some(settled) = settlements.next().await {
        if let Err(error) = take(shop, &settled).await {
            return error.to_string();
        }
    }
    "the stream ended".to_owned()
}

/// The cursor moves only after the payment is in the order book, so a crash between repeats it and loses nothing.
async fn take(shop: &Shop, settled: &Settled) -> Result<(), StoreError> {
    if let Some(order) = shop.orders.by_payment(settled.payment_hash).await? {
        shop.apply_event(order.id, OrderEvent::PaymentSettled).await?;
    }
    busker_core::crash::point("watcher.taken");
    shop.orders.set_note(CURSOR_NOTE, &settled.cursor.0).await
}
