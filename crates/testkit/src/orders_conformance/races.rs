//! Many at once: one wins, and the others are told what the winner made of it.

use std::time::Duration;

use busker_core::id::Attempt;
use busker_core::invariants;
use busker_core::order::{LEASE, OrderEvent, OrderState, Progress};
use busker_core::orders::Change;
use futures::future::join_all;

use super::{OrdersBench, apply, now, order_in, quote, stored};

/// I4: a payment seen by 64 nodes at once is one payment.
pub async fn sixty_four_payments_at_once_enqueue_one_job(bench: &dyn OrdersBench) {
    let order = quote(bench, 1).await;
    let pay = || {
        bench
            .orders()
            .apply(order.id, Change::Event(OrderEvent::PaymentSettled))
    };
    let answers = join_all((0..64).map(|_| pay())).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| answer.refused.is_none()).count(), 1);
    let paid = stored(bench, order.id).await;
    assert!(answers.iter().all(|answer| answer.order == paid), "all get one answer");
    assert_eq!(bench.jobs().await, 1);
}

/// I4: a job that 64 workers have begins once.
pub async fn sixty_four_workers_at_once_start_one_try(bench: &dyn OrdersBench) {
    let order = order_in(bench, 1, OrderState::Paid).await;
    let begin = || {
        bench
            .orders()
            .apply(order.id, Change::Event(OrderEvent::AttemptStarted(Attempt(1))))
    };
    let answers = join_all((0..64).map(|_| begin())).await;
    let began = answers
        .into_iter()
        .filter(|answer| answer.as_ref().unwrap().refused.is_none());
    assert_eq!(began.count(), 1);
    assert_eq!(stored(bench, order.id).await.attempts, 1);
}

/// I8: a lease belongs to the running try, and is given by the database's clock.
pub async fn only_the_running_try_keeps_the_lease(bench: &dyn OrdersBench) {
    let progress = Progress {
        fraction: 0.25,
        stage: "singing".to_owned(),
    };
    let order = order_in(bench, 1, OrderState::Generating(Attempt(1))).await;
    bench.age(order.id, LEASE + Duration::from_secs(1)).await;
    assert!(stored(bench, order.id).await.lease_until < Some(now(bench).await));

    assert!(bench.orders().heartbeat(order.id, Attempt(1), &progress).await.unwrap());
    let renewed = stored(bench, order.id).await;
    assert_eq!(renewed.progress, progress);
    assert!(renewed.lease_until > Some(now(bench).await));
    assert!(invariants::lease_is_sane(&renewed, now(bench).await));

    for stranger in [Attempt(0), Attempt(2)] {
        assert!(!bench.orders().heartbeat(order.id, stranger, &progress).await.unwrap());
    }
    apply(bench, order.id, OrderEvent::AttemptReleased(Attempt(1))).await;
    assert!(!bench.orders().heartbeat(order.id, Attempt(1), &progress).await.unwrap());
    assert_eq!(stored(bench, order.id).await.lease_until, None);
}
