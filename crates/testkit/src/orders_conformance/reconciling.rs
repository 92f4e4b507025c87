//! What the reconciler finds, and what it does about it.

use std::collections::BTreeSet;
use std::time::Duration;

use busker_core::id::Attempt;
use busker_core::order::{DELIVERY_DEADLINE, LATE_PAYMENT_GRACE, LEASE, OrderEvent, OrderState};
use busker_core::orders::Overdue;
use futures::future::join_all;

use super::{OrdersBench, apply, now, order_in, quote, stored};
use crate::build;

/// More than the reconciler is handed at a time.
const CROWD: u64 = 230;

/// Whoever paid first comes first.
pub async fn the_queue_is_in_order_of_payment(bench: &dyn OrdersBench) {
    let orders = [
        order_in(bench, 1, OrderState::Paid).await,
        order_in(bench, 2, OrderState::Paid).await,
        order_in(bench, 3, OrderState::Paid).await,
    ];
    for (place, order) in [2_u64, 0, 1].into_iter().zip(&orders) {
        bench.age(order.id, Duration::from_secs(10 - place)).await;
    }
    let position = async |index: usize| bench.orders().queue_position(orders[index].id).await.unwrap();
    assert_eq!([position(0).await, position(1).await, position(2).await], [2, 0, 1]);
    apply(bench, orders[1].id, OrderEvent::AttemptStarted(Attempt(1))).await;
    assert_eq!([position(0).await, position(1).await, position(2).await], [1, 0, 0]);
}

/// One order of each kind that needs a hand, and one of each that does not.
pub async fn the_reconciler_sees_what_is_overdue(bench: &dyn OrdersBench) {
    let running = OrderState::Generating(Attempt(1));
    let second = Duration::from_secs(1);
    let waiting = order_in(bench, 1, OrderState::Paid).await;
    bench.age(waiting.id, Duration::from_secs(62)).await;
    let abandoned = order_in(bench, 2, running).await;
    bench.age(abandoned.id, LEASE + second).await;
    let late = order_in(bench, 3, running).await;
    bench.age(late.id, DELIVERY_DEADLINE + second).await;
    let renewed = bench
        .orders()
        .heartbeat(late.id, Attempt(1), &late.progress)
        .await
        .unwrap();
    assert!(renewed);
    let expired = quote(bench, 4).await;
    bench.age(expired.id, build::INVOICE_EXPIRY + second).await;
    let payable = order_in(bench, 5, OrderState::Expired).await;
    bench.age(payable.id, LATE_PAYMENT_GRACE).await;
    let given_up = order_in(bench, 6, OrderState::Expired).await;
    bench
        .age(given_up.id, LATE_PAYMENT_GRACE + build::INVOICE_EXPIRY + second)
        .await;
    let open = quote(bench, 7).await;
    order_in(bench, 8, OrderState::Paid).await;
    order_in(bench, 9, running).await;
    for (number, state) in (10..).zip([OrderState::Delivered, OrderState::Refundable, OrderState::Refunded]) {
        let settled = order_in(bench, number, state).await;
        bench.age(settled.id, DELIVERY_DEADLINE + second).await;
    }

    let mut overdue = bench.orders().overdue().await.unwrap();
    overdue.unsettled.sort();
    let mut unsettled = [&expired, &payable, &open].map(|order| (order.id, order.payment_hash));
    unsettled.sort();
    let expected = Overdue {
        waiting: vec![waiting.id],
        abandoned: vec![(abandoned.id, Attempt(1))],
        late: vec![late.id],
        expired: vec![expired.id],
        unsettled: unsettled.into(),
    };
    assert_eq!(overdue, expected);
}

/// The list is short and the line is long: nobody is forgotten.
pub async fn every_unsettled_order_gets_its_turn(bench: &dyn OrdersBench) {
    let at = now(bench).await;
    let orders: Vec<_> = (0..CROWD).map(|number| build::order(number, at)).collect();
    for inserted in join_all(orders.iter().map(|order| bench.orders().insert(order))).await {
        inserted.unwrap();
    }
    let mut seen = BTreeSet::new();
    for _ in 0..2 {
        let turn = bench.orders().overdue().await.unwrap().unsettled;
        assert!(!turn.is_empty() && turn.len() < orders.len());
        seen.extend(turn);
    }
    assert_eq!(seen.len(), orders.len());
}

/// Requeueing never doubles a job and never wakes workers for an order that is not paid.
pub async fn a_job_is_put_back_only_where_it_is_missing(bench: &dyn OrdersBench) {
    let paid = order_in(bench, 1, OrderState::Paid).await;
    let quoted = quote(bench, 2).await;
    bench.age(paid.id, Duration::from_secs(120)).await;
    assert_eq!(bench.orders().overdue().await.unwrap().waiting, [paid.id]);
    for id in [paid.id, paid.id, quoted.id] {
        bench.orders().requeue(id).await.unwrap();
    }
    assert_eq!(bench.jobs().await, 1);
    assert_eq!(
        bench.orders().overdue().await.unwrap().waiting,
        [],
        "it was just seen to"
    );
    assert_eq!(stored(bench, quoted.id).await.state, OrderState::Quoted);
}
