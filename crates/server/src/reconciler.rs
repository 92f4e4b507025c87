//! Looks every few seconds for orders that fell between two stools, and helps them on. Safe to run on every node.

use std::sync::Arc;

use busker_core::id::{OrderId, PaymentHash};
use busker_core::order::{Failure, OrderEvent};
use busker_core::orders::{Change, Overdue, StoreError};
use busker_core::wallet::Settlement;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::error_code::ErrorCode;
use crate::shop::Shop;
use crate::workshop::Workshop;

/// For a shop, until it closes: lost work and missed payments.
pub(crate) async fn reconcile_shop(shop: Arc<Shop>) {
    let mut tick = shop.reconciler_interval();
    while shop.next_round(&mut tick).await {
        if let Err(error) = shop.help_all().await {
            tracing::warn!(%error, "the reconciler could not look at the order book; it will try again");
        }
        shop.limits.tidy();
    }
}

/// For a machine that only makes songs, until it stops: lost work.
pub(crate) async fn reconcile_workshop(workshop: Arc<Workshop>) {
    let mut tick = workshop.reconciler_interval();
    while workshop.next_round(&mut tick).await {
        let helped = async { workshop.help_lost_work(&workshop.orders.overdue().await?).await };
        if let Err(error) = helped.await {
            tracing::warn!(%error, "the reconciler could not look at the order book; it will try again");
        }
    }
}

impl Workshop {
    fn reconciler_interval(&self) -> Interval {
        let mut tick = interval(self.settings.reconcile_every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tick
    }

    async fn next_round(&self, tick: &mut Interval) -> bool {
        tokio::select! {
            _ = tick.tick() => true,
            () = self.stopping.cancelled() => false,
        }
    }

    async fn help_lost_work(&self, overdue: &Overdue) -> Result<(), StoreError> {
        for &(id, attempt) in &overdue.abandoned {
            tracing::warn!(order.id = %id, attempt = attempt.0, "a worker was lost in the middle of a song");
            let failure = Failure {
                code: ErrorCode::GenerationFailed.code().to_owned(),
                detail: "the worker that made the song was lost".to_owned(),
            };
            self.apply(
                id,
                Change::Failed {
                    attempt,
                    failure,
                    final_try: false,
                },
            )
            .await?;
        }
        for &id in &overdue.late {
            tracing::error!(order.id = %id, "an order missed its deadline and is now refundable");
            self.apply_event(id, OrderEvent::DeadlinePassed).await?;
        }
        for &id in &overdue.waiting {
            tracing::warn!(order.id = %id, "a paid order waited without a worker; it is queued again");
            self.orders.requeue(id).await?;
        }
        Ok(())
    }
}

impl Shop {
    async fn help_all(&self) -> Result<(), StoreError> {
        let overdue = self.orders.overdue().await?;
        self.help_lost_work(&overdue).await?;
        for &(id, hash) in &overdue.unsettled {
            self.look_for_payment(id, hash).await?;
        }
        for &id in &overdue.expired {
            self.apply_event(id, OrderEvent::InvoiceExpired).await?;
        }
        Ok(())
    }

    /// Asks the wallet about an order that is not known to be paid.
    async fn look_for_payment(&self, id: OrderId, hash: PaymentHash) -> Result<(), StoreError> {
        match self.wallet.lookup(hash).await {
            Ok(Settlement::Settled) => self.apply_event(id, OrderEvent::PaymentSettled).await.map(|_| ()),
            Ok(_) => Ok(()),
            Err(error) => {
                tracing::debug!(%error, "the wallet could not be asked about a payment");
                Ok(())
            }
        }
    }
}
