//! One order at a time: what changes with each event, and what does not.

use std::time::Duration;

use busker_core::id::{Attempt, OrderId};
use busker_core::order::{DELIVERY_DEADLINE, Failure, LEASE, Order, OrderEvent, OrderState, Progress};
use busker_core::orders::{Change, StoreError};

use super::{OrdersBench, apply, done, now, order_in, quote, stored};
use crate::build;

/// The usual life, with every column looked at.
pub async fn an_order_is_paid_rendered_and_delivered(bench: &dyn OrdersBench) {
    let quoted = quote(bench, 1).await;
    let earliest = now(bench).await;

    let paid = apply(bench, quoted.id, OrderEvent::PaymentSettled).await;
    let settled_at = paid.settled_at.expect("a paid order knows when");
    assert!(settled_at >= earliest && settled_at <= now(bench).await);
    let expected = Order {
        state: OrderState::Paid,
        settled_at: Some(settled_at),
        deadline: Some(settled_at.plus(DELIVERY_DEADLINE)),
        ..quoted
    };
    assert_eq!(paid, expected);
    assert_eq!(bench.jobs().await, 1);

    let started = apply(bench, paid.id, OrderEvent::AttemptStarted(Attempt(1))).await;
    let lease_until = started.lease_until.expect("a running try has a lease");
    assert!(lease_until <= now(bench).await.plus(LEASE));
    let expected = Order {
        state: OrderState::Generating(Attempt(1)),
        attempts: 1,
        lease_until: Some(lease_until),
        ..paid
    };
    assert_eq!(started, expected);

    let song = build::stored_song(1);
    let change = Change::Delivered(Attempt(1), Box::new(song.clone()));
    let delivered = done(bench.orders().apply(started.id, change).await.unwrap());
    let expected = Order {
        state: OrderState::Delivered,
        lease_until: None,
        progress: Progress {
            fraction: 1.0,
            stage: String::new(),
        },
        song: Some(song),
        ..started
    };
    assert_eq!(delivered, expected);
    assert_eq!(stored(bench, delivered.id).await, delivered);
}

/// Three tries fail, the money goes back, and nothing happens after that.
pub async fn three_failed_tries_end_in_a_refund_that_pays_once(bench: &dyn OrdersBench) {
    let mut order = order_in(bench, 1, OrderState::Paid).await;
    for attempt in [Attempt(1), Attempt(2), Attempt(3)] {
        assert_eq!(order.state, OrderState::Paid);
        apply(bench, order.id, OrderEvent::AttemptStarted(attempt)).await;
        let failure = Failure {
            detail: format!("try {} failed", attempt.0),
            ..build::failure()
        };
        let failed = Change::Failed {
            attempt,
            failure: failure.clone(),
            final_try: false,
        };
        order = done(bench.orders().apply(order.id, failed).await.unwrap());
        assert_eq!((order.failures, order.attempts), (attempt.0, attempt.0));
        assert_eq!((order.failure.clone(), order.lease_until), (Some(failure), None));
    }
    assert_eq!(order.state, OrderState::Refundable);

    apply(bench, order.id, OrderEvent::RefundStarted).await;
    let failed_payout = apply(bench, order.id, OrderEvent::RefundFailed).await;
    assert_eq!(failed_payout.state, OrderState::Refundable);
    apply(bench, order.id, OrderEvent::RefundStarted).await;
    let refunded = apply(bench, order.id, OrderEvent::RefundPaid).await;
    assert_eq!((refunded.state, &refunded.song), (OrderState::Refunded, &None));

    let again = Change::Event(OrderEvent::RefundStarted);
    let again = bench.orders().apply(order.id, again).await.unwrap();
    assert!(again.refused.is_some());
    assert_eq!(again.order, refunded);
}

/// The buyer of a failed order asks for another try: it has all its tries and all its time again, and a job.
pub async fn a_buyer_may_ask_for_another_try(bench: &dyn OrdersBench) {
    let failed = order_in(bench, 1, OrderState::Refundable).await;
    bench.age(failed.id, Duration::from_secs(3600)).await;
    let jobs_before = bench.jobs().await;
    let retried = apply(bench, failed.id, OrderEvent::RetryRequested).await;
    assert_eq!((retried.state, retried.failures), (OrderState::Paid, 0));
    let deadline = retried.deadline.expect("a paid order has a deadline");
    assert!(deadline > now(bench).await && deadline <= now(bench).await.plus(DELIVERY_DEADLINE));
    assert_eq!(bench.jobs().await, jobs_before + 1);
    let started = apply(bench, failed.id, OrderEvent::AttemptStarted(Attempt(2))).await;
    assert_eq!(started.attempts, 2);
}

/// A worker that shuts down gives its try back.
pub async fn a_try_that_was_given_back_counts_as_no_failure(bench: &dyn OrdersBench) {
    let running = order_in(bench, 1, OrderState::Generating(Attempt(1))).await;
    let jobs_before = bench.jobs().await;
    let released = apply(bench, running.id, OrderEvent::AttemptReleased(Attempt(1))).await;
    assert_eq!((released.state, released.failures), (OrderState::Paid, 0));
    assert_eq!((released.lease_until, released.attempts), (None, 1));
    assert_eq!(bench.jobs().await, jobs_before + 1);
    apply(bench, running.id, OrderEvent::AttemptStarted(Attempt(2))).await;
}

/// I7.
pub async fn a_late_payment_is_honoured(bench: &dyn OrdersBench) {
    let expired = order_in(bench, 1, OrderState::Expired).await;
    bench.age(expired.id, Duration::from_secs(23 * 3600)).await;
    assert_eq!(bench.jobs().await, 0);
    let paid = apply(bench, expired.id, OrderEvent::PaymentSettled).await;
    assert_eq!(paid.state, OrderState::Paid);
    assert!(paid.settled_at > Some(paid.expires_at));
    assert_eq!(bench.jobs().await, 1);
}

/// I3: an order is delivered together with its song or not at all.
pub async fn a_delivery_without_its_song_is_refused(bench: &dyn OrdersBench) {
    let running = order_in(bench, 1, OrderState::Generating(Attempt(1))).await;
    let empty_handed = Change::Event(OrderEvent::SongStored(Attempt(1)));
    let applied = bench.orders().apply(running.id, empty_handed).await.unwrap();
    assert!(applied.refused.is_some());
    assert_eq!(stored(bench, running.id).await, running);
}

/// The whole table: eight states, and every event in each of them.
pub async fn every_state_answers_every_event_as_the_domain_says(bench: &dyn OrdersBench) {
    let states = [
        OrderState::Quoted,
        OrderState::Expired,
        OrderState::Paid,
        OrderState::Generating(Attempt(1)),
        OrderState::Delivered,
        OrderState::Refundable,
        OrderState::Refunding,
        OrderState::Refunded,
    ];
    let mut number = 0;
    for state in states {
        for change in every_change() {
            number += 1;
            let before = order_in(bench, number, state).await;
            let expected = before.apply(change.event());
            let applied = bench.orders().apply(before.id, change.clone()).await.unwrap();
            assert_eq!(applied.order, stored(bench, before.id).await, "{state:?} {change:?}");
            match expected {
                Ok(state) => assert_eq!((applied.order.state, applied.refused), (state, None), "{change:?}"),
                Err(refused) => {
                    assert_eq!(applied.refused, Some(refused));
                    assert_eq!(applied.order, before, "a refused event changes nothing");
                }
            }
        }
    }
}

/// There is nothing to refuse.
pub async fn an_unknown_order_cannot_change(bench: &dyn OrdersBench) {
    let nobody = OrderId([0xEE; 16]);
    let applied = bench
        .orders()
        .apply(nobody, Change::Event(OrderEvent::PaymentSettled))
        .await;
    assert!(matches!(applied, Err(StoreError::NotFound)));
    assert!(bench.orders().requeue(nobody).await.is_ok());
    assert_eq!(bench.jobs().await, 0);
}

/// Each event once, with tries that run, are over, and have not begun.
fn every_change() -> Vec<Change> {
    let mut changes: Vec<Change> = [
        OrderEvent::PaymentSettled,
        OrderEvent::InvoiceExpired,
        OrderEvent::DeadlinePassed,
        OrderEvent::RetryRequested,
        OrderEvent::RefundStarted,
        OrderEvent::RefundFailed,
        OrderEvent::RefundPaid,
    ]
    .map(Change::Event)
    .into();
    for attempt in [Attempt(0), Attempt(1), Attempt(2)] {
        changes.push(Change::Event(OrderEvent::AttemptStarted(attempt)));
        changes.push(Change::Event(OrderEvent::AttemptReleased(attempt)));
        changes.push(Change::Delivered(attempt, Box::new(build::stored_song(1))));
        for final_try in [false, true] {
            changes.push(Change::Failed {
                attempt,
                failure: build::failure(),
                final_try,
            });
        }
    }
    changes
}
