//! What is remembered beside an order's new state.

use busker_core::clock::Timestamp;
use busker_core::order::{DELIVERY_DEADLINE, LEASE, Order, OrderEvent, OrderState, Progress};
use busker_core::orders::Change;

/// The order after `change` led it to `state` at `now`, which is the database's time (I8).
pub(crate) fn follow(before: &Order, change: &Change, state: OrderState, now: Timestamp) -> Order {
    let mut after = before.clone();
    after.state = state;
    after.lease_until = None;
    match change.event() {
        OrderEvent::PaymentSettled => {
            after.settled_at = Some(now);
            after.deadline = Some(now.plus(DELIVERY_DEADLINE));
        }
        OrderEvent::AttemptStarted(attempt) => {
            after.attempts = attempt.0;
            after.lease_until = Some(now.plus(LEASE));
            after.progress = Progress::default();
        }
        OrderEvent::AttemptFailed { .. } => {
            after.failures += 1;
            after.progress = Progress::default();
        }
        OrderEvent::SongStored(_) => {
            after.failure = None;
            after.progress = Progress {
                fraction: 1.0,
                stage: String::new(),
            };
        }
        OrderEvent::RetryRequested => {
            after.failures = 0;
            after.deadline = Some(now.plus(DELIVERY_DEADLINE));
            after.progress = Progress::default();
        }
        OrderEvent::AttemptReleased(_) | OrderEvent::DeadlinePassed => after.progress = Progress::default(),
        OrderEvent::InvoiceExpired | OrderEvent::RefundStarted | OrderEvent::RefundFailed | OrderEvent::RefundPaid => {}
    }
    match change {
        Change::Delivered(_, song) => after.song = Some((**song).clone()),
        Change::Failed { failure, .. } => after.failure = Some(failure.clone()),
        Change::Event(_) => {}
    }
    after
}
