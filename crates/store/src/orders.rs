//! The order book: `busker_core::order`'s table as compare-and-set.
//!
//! A change reads the order, asks [`Order::apply`] for the next state, and writes it only where the order is still as it
//! was read. Whoever loses that race reads again and asks again, so of 64 nodes one wins and 63 get the winner's answer.

use std::time::Duration;

use async_trait::async_trait;
use busker_core::clock::Timestamp;
use busker_core::id::{Attempt, OrderId, OrderKey, PaymentHash};
use busker_core::order::{LATE_PAYMENT_GRACE, LEASE, Order, OrderEvent, OrderState, Progress, Refused};
use busker_core::orders::{Applied, Change, OrderFilter, Orders, Overdue, StoreError};
use busker_core::{crash, invariants};

use crate::db::{Db, Tx};
use crate::follow::follow;
use crate::insert::Inserter;
use crate::jobs::Jobs;
use crate::row::{self, Stored};
use crate::sql;
use crate::value::{Row, Value};

/// A paid order that nobody began for this long may have lost its job.
const QUIET: Duration = Duration::from_secs(60);

/// At most this many orders of a kind are handed to the reconciler at a time; the next time brings the next ones.
const OVERDUE_MAX: i64 = 200;

/// Orders in SQL.
#[derive(Debug)]
pub(crate) struct SqlOrders {
    db: Db,
    jobs: Jobs,
    inserter: Inserter,
}

impl SqlOrders {
    pub(crate) fn new(db: Db, jobs: Jobs) -> Self {
        let inserter = Inserter::start(db.clone());
        Self { db, jobs, inserter }
    }

    async fn one(&self, sql: &'static str, name: String) -> Result<Option<Order>, StoreError> {
        let rows = self.db.fetch(sql, &[name.into()]).await?;
        rows.first().map(|row| Ok(row::stored(row)?.order)).transpose()
    }

    /// `None`: somebody else changed the order between the read and the write.
    async fn try_apply(&self, id: OrderId, change: &Change) -> Result<Option<Applied>, StoreError> {
        let event = change.event();
        let mut tx = self.db.begin().await?;
        let Some(before) = read(&mut tx, id).await? else {
            return Err(StoreError::NotFound);
        };
        let state = match next_state(&before.order, change) {
            Ok(state) => state,
            Err(refused) => return Ok(Some(refuse(before.order, refused))),
        };
        let now = tx.now().await?;
        let after = follow(&before.order, change, state, now);
        debug_assert_eq!(invariants::broken(&after), None, "{event:?} of order {id}");
        debug_assert_eq!(
            invariants::broken_between(&before.order, &after),
            None,
            "{event:?} of order {id}"
        );

        let run_at = (state == OrderState::Paid).then(|| now.plus(pause_before_try(&after, event)));
        let swapped = tx
            .execute(sql::SWAP, &row::swapped(&before, &after, now, run_at)?)
            .await?;
        if swapped == 0 {
            return Ok(None);
        }
        if let Some(run_at) = run_at {
            self.jobs.push(&mut tx, id, before.revision + 1, run_at).await?;
        }
        crash_point(event, "before_commit");
        tx.commit().await?;
        crash_point(event, "after_commit");
        if run_at.is_some() {
            self.jobs.wake();
        }
        Ok(Some(Applied {
            order: after,
            refused: None,
        }))
    }
}

#[async_trait]
impl Orders for SqlOrders {
    async fn insert(&self, order: &Order) -> Result<(), StoreError> {
        debug_assert_eq!(order.state, OrderState::Quoted, "an order begins as a quote");
        self.inserter.insert(row::inserted(order)?).await
    }

    async fn apply(&self, id: OrderId, change: Change) -> Result<Applied, StoreError> {
        loop {
            if let Some(applied) = self.try_apply(id, &change).await? {
                return Ok(applied);
            }
        }
    }

    async fn by_id(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        self.one(sql::BY_ID, id.to_hex()).await
    }

    async fn by_key(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        self.one(sql::BY_KEY, key.to_hex()).await
    }

    async fn by_payment(&self, hash: PaymentHash) -> Result<Option<Order>, StoreError> {
        self.one(sql::BY_PAYMENT, hash.to_hex()).await
    }

    async fn list(&self, filter: &OrderFilter) -> Result<Vec<Order>, StoreError> {
        let limit = Value::from(filter.limit);
        let rows = match filter.state {
            Some(state) => {
                self.db
                    .fetch(sql::NEWEST_IN_STATE, &[limit, state.name().into()])
                    .await?
            }
            None => self.db.fetch(sql::NEWEST, &[limit]).await?,
        };
        rows.iter().map(|row| Ok(row::stored(row)?.order)).collect()
    }

    async fn heartbeat(&self, id: OrderId, attempt: Attempt, progress: &Progress) -> Result<bool, StoreError> {
        let mut tx = self.db.begin().await?;
        let lease_until = tx.now().await?.plus(LEASE);
        let values = row::heartbeat(id, attempt, progress, lease_until)?;
        let renewed = tx.execute(sql::HEARTBEAT, &values).await? == 1;
        tx.commit().await?;
        Ok(renewed)
    }

    async fn queue_position(&self, id: OrderId) -> Result<u64, StoreError> {
        let position = self.db.number(sql::QUEUE_POSITION, &[id.to_hex().into()]).await?;
        row::whole(&id.to_hex(), position)
    }

    async fn open_quotes(&self) -> Result<u64, StoreError> {
        let now = self.db.now().await?;
        let open = self.db.number(sql::OPEN_QUOTES, &[now.into()]).await?;
        row::whole("", open)
    }

    async fn overdue(&self) -> Result<Overdue, StoreError> {
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?;
        let limit = Value::from(OVERDUE_MAX);
        let began = Value::from(back(now, QUIET));
        let oldest_payable = Value::from(back(now, LATE_PAYMENT_GRACE));
        let waiting = tx.fetch(sql::WAITING, &[began, limit.clone()]).await?;
        let abandoned = tx.fetch(sql::ABANDONED, &[now.into(), limit.clone()]).await?;
        let late = tx.fetch(sql::LATE, &[now.into(), limit.clone()]).await?;
        let expired = tx.fetch(sql::EXPIRED, &[now.into(), limit.clone()]).await?;
        let unsettled = tx
            .fetch(sql::TAKE_UNSETTLED, &[now.into(), oldest_payable, limit])
            .await?;
        let overdue = Overdue {
            waiting: waiting.iter().map(row::id).collect::<Result<_, _>>()?,
            abandoned: abandoned.iter().map(row::try_of_order).collect::<Result<_, _>>()?,
            late: late.iter().map(row::id).collect::<Result<_, _>>()?,
            expired: expired.iter().map(row::id).collect::<Result<_, _>>()?,
            unsettled: unsettled.iter().map(row::payment_of_order).collect::<Result<_, _>>()?,
        };
        tx.commit().await?;
        Ok(overdue)
    }

    async fn requeue(&self, id: OrderId) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        let now = tx.now().await?;
        let touched = tx.execute(sql::TOUCH, &[now.into(), id.to_hex().into()]).await?;
        let paid = read(&mut tx, id).await?.filter(|_| touched == 1);
        if let Some(stored) = paid {
            self.jobs.push_again(&mut tx, id, stored.revision, now).await?;
        }
        tx.commit().await?;
        self.jobs.wake();
        Ok(())
    }

    async fn counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let rows = self.db.fetch(sql::COUNTS, &[]).await?;
        let count = |row: &Row| Ok((row.text(0)?, row::whole("", row.int(1)?)?));
        rows.iter().map(count).collect()
    }

    async fn now(&self) -> Result<Timestamp, StoreError> {
        self.db.now().await
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        let rows = self.db.fetch(sql::NOTE, &[name.into()]).await?;
        rows.first().map(|row| row.text(0)).transpose()
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let mut tx = self.db.begin().await?;
        tx.execute(sql::SET_NOTE, &[name.into(), value.into()]).await?;
        tx.commit().await
    }
}

async fn read(tx: &mut Tx, id: OrderId) -> Result<Option<Stored>, StoreError> {
    let rows = tx.fetch(sql::BY_ID, &[id.to_hex().into()]).await?;
    rows.first().map(row::stored).transpose()
}

/// A delivery without its song would break I3, so it is refused like any other event that cannot happen.
fn next_state(order: &Order, change: &Change) -> Result<OrderState, Refused> {
    let event = change.event();
    if let Change::Event(OrderEvent::SongStored(_)) = change {
        return Err(Refused {
            state: order.state,
            event,
        });
    }
    order.apply(event)
}

fn refuse(order: Order, refused: Refused) -> Applied {
    Applied {
        order,
        refused: Some(refused),
    }
}

/// A failed try is not repeated at once: whatever was in the way may be gone a little later.
fn pause_before_try(order: &Order, event: OrderEvent) -> Duration {
    match (event, order.failures) {
        (OrderEvent::AttemptFailed { .. }, 1) => Duration::from_secs(2),
        (OrderEvent::AttemptFailed { .. }, _) => Duration::from_secs(10),
        _ => Duration::ZERO,
    }
}

fn back(now: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(
        now.0
            .saturating_sub(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
    )
}

fn crash_point(event: OrderEvent, moment: &str) {
    let name = match event {
        OrderEvent::PaymentSettled => "payment_settled",
        OrderEvent::InvoiceExpired => "invoice_expired",
        OrderEvent::AttemptStarted(_) => "attempt_started",
        OrderEvent::SongStored(_) => "song_stored",
        OrderEvent::AttemptFailed { .. } => "attempt_failed",
        OrderEvent::AttemptReleased(_) => "attempt_released",
        OrderEvent::DeadlinePassed => "deadline_passed",
        OrderEvent::RetryRequested => "retry_requested",
        OrderEvent::RefundStarted => "refund_started",
        OrderEvent::RefundFailed => "refund_failed",
        OrderEvent::RefundPaid => "refund_paid",
    };
    crash::point(&format!("store.apply.{name}.{moment}"));
}
