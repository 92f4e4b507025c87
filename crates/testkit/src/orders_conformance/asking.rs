//! What the book says when asked.

use std::time::Duration;

use busker_core::id::{Attempt, OrderId, OrderKey, PaymentHash};
use busker_core::order::{Order, OrderState};
use busker_core::orders::{OrderFilter, StoreError};
use busker_core::request::AudioFormat;
use futures::future::join_all;

use super::{OrdersBench, now, order_in, quote, stored};
use crate::build;

/// Every field survives, found by every name.
pub async fn an_order_reads_back_as_it_was_written(bench: &dyn OrdersBench) {
    let mut order = build::order(1, now(bench).await);
    order.request.lyrics = "[Verse]\nQuotes ' \" and \\ and 日本語 and \u{0} and 🎸".to_owned();
    order.request.model = Some("band".to_owned());
    order.request.audio_format = AudioFormat::Pcm;
    order.request.seed = Some(u64::try_from(i64::MAX).unwrap());
    order.request.duration = Some(360);
    order.digest = order.request.digest();
    bench.orders().insert(&order).await.unwrap();
    quote(bench, 2).await;

    let orders = bench.orders();
    assert_eq!(orders.by_id(order.id).await.unwrap(), Some(order.clone()));
    assert_eq!(orders.by_key(&order.key).await.unwrap(), Some(order.clone()));
    assert_eq!(orders.by_payment(order.payment_hash).await.unwrap(), Some(order));
    assert_eq!(orders.by_id(OrderId([0xEE; 16])).await.unwrap(), None);
    assert_eq!(orders.by_key(&OrderKey([0xEE; 16])).await.unwrap(), None);
    assert_eq!(orders.by_payment(PaymentHash([0xEE; 32])).await.unwrap(), None);
}

/// Names are unique, and one bad order among many that arrive at once spoils no other.
pub async fn a_second_order_with_the_same_name_is_refused_and_its_neighbours_are_not(bench: &dyn OrdersBench) {
    let first = quote(bench, 1).await;
    let at = first.created_at;
    let fresh: Vec<Order> = (2..40).map(|number| build::order(number, at)).collect();
    let doubles = [
        Order {
            id: first.id,
            ..build::order(101, at)
        },
        Order {
            key: first.key,
            ..build::order(102, at)
        },
        Order {
            payment_hash: first.payment_hash,
            ..build::order(103, at)
        },
    ];
    let all: Vec<&Order> = fresh[..20].iter().chain(&doubles).chain(&fresh[20..]).collect();
    let answers = join_all(all.iter().map(|order| bench.orders().insert(order))).await;
    for (order, answer) in all.iter().zip(answers) {
        if fresh.contains(order) {
            answer.unwrap();
            assert_eq!(stored(bench, order.id).await, **order);
        } else {
            assert!(matches!(answer, Err(StoreError::Duplicate)), "{answer:?}");
        }
    }
    assert_eq!(stored(bench, first.id).await, first);
}

/// Newest first, by state if wished, and no more than asked for.
pub async fn the_newest_orders_are_listed_first(bench: &dyn OrdersBench) {
    let oldest = order_in(bench, 1, OrderState::Paid).await;
    let middle = order_in(bench, 2, OrderState::Quoted).await;
    let newest = order_in(bench, 3, OrderState::Paid).await;
    bench.age(oldest.id, Duration::from_secs(20)).await;
    bench.age(middle.id, Duration::from_secs(10)).await;

    let listed = async |state, limit| {
        let filter = OrderFilter { state, limit };
        let orders = bench.orders().list(&filter).await.unwrap();
        orders.iter().map(|order| order.id).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, 10).await, [newest.id, middle.id, oldest.id]);
    assert_eq!(listed(None, 2).await, [newest.id, middle.id]);
    assert_eq!(listed(Some(OrderState::Paid), 10).await, [newest.id, oldest.id]);
    assert_eq!(listed(Some(OrderState::Generating(Attempt(7))), 10).await, []);
}

/// An open quote is one that can still be paid in time.
pub async fn open_quotes_and_states_are_counted(bench: &dyn OrdersBench) {
    quote(bench, 1).await;
    let expired = quote(bench, 2).await;
    bench
        .age(expired.id, build::INVOICE_EXPIRY + Duration::from_secs(1))
        .await;
    order_in(bench, 3, OrderState::Paid).await;
    order_in(bench, 4, OrderState::Delivered).await;
    order_in(bench, 5, OrderState::Delivered).await;
    assert_eq!(bench.orders().open_quotes().await.unwrap(), 1);
    let counts = [("delivered", 2), ("paid", 1), ("quoted", 2)].map(|(state, count)| (state.to_owned(), count));
    assert_eq!(bench.orders().counts().await.unwrap(), counts);
}

/// Notes are kept by name.
pub async fn a_note_is_kept_and_replaced(bench: &dyn OrdersBench) {
    let orders = bench.orders();
    assert_eq!(orders.note("network").await.unwrap(), None);
    orders.set_note("network", "regtest").await.unwrap();
    orders.set_note("cursor", "").await.unwrap();
    orders.set_note("network", "mainnet").await.unwrap();
    assert_eq!(orders.note("network").await.unwrap().as_deref(), Some("mainnet"));
    assert_eq!(orders.note("cursor").await.unwrap().as_deref(), Some(""));
}

/// The database tells the time, in milliseconds.
pub async fn the_clock_moves_forward(bench: &dyn OrdersBench) {
    let first = now(bench).await;
    let second = now(bench).await;
    assert!(first <= second);
    assert!(first.unix_seconds() > 1_790_000_000, "{first}");
    assert!(second.unix_seconds() - first.unix_seconds() < 60, "{first} {second}");
}
