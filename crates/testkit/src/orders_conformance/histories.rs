//! Random histories, lived through by the book and by the plainest one side by side.

use busker_core::clock::Timestamp;
use busker_core::id::Attempt;
use busker_core::invariants;
use busker_core::order::{Order, OrderEvent, OrderState, Progress};
use busker_core::orders::{Change, Orders};

use super::{OrdersBench, now, stored};
use crate::{MemoryOrders, build};

const HISTORIES: u64 = 16;
const EVENTS: usize = 40;

/// Same answers, same orders, no promise broken; times differ, because each book has a clock of its own.
pub async fn random_histories_agree_with_the_model(bench: &dyn OrdersBench) {
    let model = MemoryOrders::default();
    for seed in 0..HISTORIES {
        let mut dice = Dice(seed);
        let order = build::order(seed, now(bench).await);
        bench.orders().insert(&order).await.unwrap();
        model.insert(&order).await.unwrap();
        for step in 0..EVENTS {
            let before = stored(bench, order.id).await;
            let change = dice.change(&before);
            let what = format!("seed {seed}, step {step}: {change:?} in {:?}", before.state);
            if dice.below(4) == 0 {
                let attempt = Attempt(before.attempts);
                let beats = bench
                    .orders()
                    .heartbeat(order.id, attempt, &before.progress)
                    .await
                    .unwrap();
                assert_eq!(
                    beats,
                    model.heartbeat(order.id, attempt, &before.progress).await.unwrap(),
                    "{what}"
                );
            }
            let ours = bench.orders().apply(order.id, change.clone()).await.unwrap();
            let theirs = model.apply(order.id, change).await.unwrap();
            assert_eq!(ours.refused, theirs.refused, "{what}");
            assert_eq!(timeless(&ours.order), timeless(&theirs.order), "{what}");

            let after = stored(bench, order.id).await;
            assert_eq!(ours.order, after, "{what}");
            assert_eq!(invariants::broken(&after), None, "{what}");
            assert_eq!(invariants::broken_between(&before, &after), None, "{what}");
            assert!(invariants::lease_is_sane(&after, now(bench).await), "{what}");
            assert!(invariants::ends_in_time(&after, now(bench).await), "{what}");
        }
    }
    assert_eq!(
        bench.jobs().await,
        model.jobs() as u64,
        "as many jobs as times an order became paid"
    );
}

/// The order with every time replaced by whether there is one.
fn timeless(order: &Order) -> Order {
    let there = |at: Option<Timestamp>| at.map(|_| Timestamp(0));
    Order {
        settled_at: there(order.settled_at),
        deadline: there(order.deadline),
        lease_until: there(order.lease_until),
        progress: Progress::default(),
        ..order.clone()
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a few lines, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    /// Mostly what may happen next, sometimes anything; a song or a refund is rare, because it ends the history.
    fn change(&mut self, order: &Order) -> Change {
        let attempt = Attempt((order.attempts + self.below(4)).saturating_sub(1));
        let likely = match order.state {
            OrderState::Quoted | OrderState::Expired => OrderEvent::PaymentSettled,
            OrderState::Paid => OrderEvent::AttemptStarted(order.next_attempt()),
            OrderState::Refundable if self.below(3) > 0 => OrderEvent::RetryRequested,
            OrderState::Refundable => OrderEvent::RefundStarted,
            OrderState::Refunding => OrderEvent::RefundFailed,
            _ => OrderEvent::AttemptReleased(attempt),
        };
        match self.below(20) {
            0 => Change::Delivered(attempt, Box::new(build::stored_song(attempt.0.into()))),
            1..4 => Change::Failed {
                attempt,
                failure: build::failure(),
                final_try: self.below(4) == 0,
            },
            4 => Change::Event(OrderEvent::InvoiceExpired),
            5 => Change::Event(OrderEvent::DeadlinePassed),
            6 => Change::Event(OrderEvent::AttemptStarted(attempt)),
            7 => Change::Event(OrderEvent::RefundStarted),
            8 if self.below(4) == 0 => Change::Event(OrderEvent::RefundPaid),
            _ => Change::Event(likely),
        }
    }
}
