//! The stories that every order book lives through alike, whatever it is made of.
//!
//! [`orders_conformance!`](crate::orders_conformance!) turns them into one test each. A story takes an empty book of its
//! own.

mod asking;
mod histories;
mod life;
mod races;
mod reconciling;

use std::time::Duration;

use async_trait::async_trait;
use busker_core::clock::Timestamp;
use busker_core::id::{Attempt, OrderId};
use busker_core::order::{Order, OrderEvent, OrderState};
use busker_core::orders::{Applied, Change, Orders};

use crate::build;

pub use asking::*;
pub use histories::*;
pub use life::*;
pub use races::*;
pub use reconciling::*;

/// An order book on the bench: empty, and with its time at hand.
#[async_trait]
pub trait OrdersBench: Send + Sync {
    /// The book.
    fn orders(&self) -> &dyn Orders;

    /// How many jobs wait for workers.
    async fn jobs(&self) -> u64;

    /// Moves all times of an order into the past.
    async fn age(&self, id: OrderId, by: Duration);
}

/// Makes one `#[tokio::test]` of each story. `$bench` is an async function that gives an `Option` of an
/// [`OrdersBench`](crate::orders_conformance::OrdersBench) with an empty book; `None` when it cannot run here.
#[macro_export]
macro_rules! orders_conformance {
    ($bench:path) => {
        $crate::orders_conformance!(@each $bench;
            an_order_reads_back_as_it_was_written
            a_second_order_with_the_same_name_is_refused_and_its_neighbours_are_not
            the_newest_orders_are_listed_first
            open_quotes_and_states_are_counted
            a_note_is_kept_and_replaced
            the_clock_moves_forward
            an_order_is_paid_rendered_and_delivered
            three_failed_tries_end_in_a_refund_that_pays_once
            a_buyer_may_ask_for_another_try
            a_try_that_was_given_back_counts_as_no_failure
            a_late_payment_is_honoured
            a_delivery_without_its_song_is_refused
            every_state_answers_every_event_as_the_domain_says
            an_unknown_order_cannot_change
            sixty_four_payments_at_once_enqueue_one_job
            sixty_four_workers_at_once_start_one_try
            only_the_running_try_keeps_the_lease
            the_queue_is_in_order_of_payment
            the_reconciler_sees_what_is_overdue
            every_unsettled_order_gets_its_turn
            a_job_is_put_back_only_where_it_is_missing
            random_histories_agree_with_the_model
        );
    };
    (@each $bench:path; $($story:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                if let Some(bench) = $bench().await {
                    $crate::orders_conformance::$story(&bench).await;
                }
            }
        )*
    };
}

/// Puts the `number`th order into the book.
async fn quote(bench: &dyn OrdersBench, number: u64) -> Order {
    let order = build::order(number, now(bench).await);
    bench.orders().insert(&order).await.unwrap();
    order
}

/// Puts the `number`th order into the book and leads it to `state` by the shortest way.
async fn order_in(bench: &dyn OrdersBench, number: u64, state: OrderState) -> Order {
    let first = Attempt(1);
    let hopeless = Change::Failed {
        attempt: first,
        failure: build::failure(),
        final_try: true,
    };
    let delivered = Change::Delivered(first, Box::new(build::stored_song(number)));
    let paid = || vec![Change::Event(OrderEvent::PaymentSettled)];
    let started = || [paid(), vec![Change::Event(OrderEvent::AttemptStarted(first))]].concat();
    let refundable = || [started(), vec![hopeless.clone()]].concat();
    let refunding = || [refundable(), vec![Change::Event(OrderEvent::RefundStarted)]].concat();
    let way = match state {
        OrderState::Quoted => Vec::new(),
        OrderState::Expired => vec![Change::Event(OrderEvent::InvoiceExpired)],
        OrderState::Paid => paid(),
        OrderState::Generating(_) => started(),
        OrderState::Delivered => [started(), vec![delivered]].concat(),
        OrderState::Refundable => refundable(),
        OrderState::Refunding => refunding(),
        OrderState::Refunded => [refunding(), vec![Change::Event(OrderEvent::RefundPaid)]].concat(),
    };
    let mut order = quote(bench, number).await;
    for change in way {
        order = done(bench.orders().apply(order.id, change).await.unwrap());
    }
    assert_eq!(order.state, state);
    order
}

/// Applies an event that must succeed.
async fn apply(bench: &dyn OrdersBench, id: OrderId, event: OrderEvent) -> Order {
    done(bench.orders().apply(id, Change::Event(event)).await.unwrap())
}

fn done(applied: Applied) -> Order {
    assert_eq!(applied.refused, None);
    applied.order
}

async fn stored(bench: &dyn OrdersBench, id: OrderId) -> Order {
    bench
        .orders()
        .by_id(id)
        .await
        .unwrap()
        .expect("the order is in the book")
}

async fn now(bench: &dyn OrdersBench) -> Timestamp {
    bench.orders().now().await.unwrap()
}
