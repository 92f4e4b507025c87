//! A worker's hands: they do what a real worker does to an order, and what the test says.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use busker_core::id::OrderId;
use busker_core::order::{OrderEvent, OrderState};
use busker_core::orders::{Change, Orders};
use busker_core::queue::JobHandler;
use tokio::sync::watch;

use super::QueueBench;
use crate::build;

/// Begins the order's next try and delivers a song, unless told to wait, to fail or to panic.
pub struct Hands {
    orders: Arc<dyn Orders>,
    held: watch::Sender<bool>,
    failures: AtomicUsize,
    panics: AtomicUsize,
    calls: AtomicUsize,
    in_hand: AtomicUsize,
    most: AtomicUsize,
    songs: AtomicUsize,
}

impl Hands {
    /// Hands that work on the orders of `bench`.
    pub fn new(bench: &QueueBench) -> Arc<Self> {
        Arc::new(Self {
            orders: Arc::clone(&bench.orders),
            held: watch::Sender::new(false),
            failures: AtomicUsize::new(0),
            panics: AtomicUsize::new(0),
            calls: AtomicUsize::new(0),
            in_hand: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
            songs: AtomicUsize::new(0),
        })
    }

    /// The next tries fail.
    pub fn fail_next(&self, times: usize) {
        self.failures.store(times, Ordering::SeqCst);
    }

    /// The next jobs panic before anything was done.
    pub fn panic_next(&self, times: usize) {
        self.panics.store(times, Ordering::SeqCst);
    }

    /// Tries begun from now on wait.
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// Waiting tries go on.
    pub fn release(&self) {
        self.held.send_replace(false);
    }

    /// Songs delivered.
    pub fn songs(&self) -> usize {
        self.songs.load(Ordering::SeqCst)
    }

    /// The largest number of tries that ran at once.
    pub fn most_at_once(&self) -> usize {
        self.most.load(Ordering::SeqCst)
    }

    /// Returns when this many tries are running.
    pub async fn wait_until_in_hand(&self, tries: usize) {
        while self.in_hand.load(Ordering::SeqCst) < tries {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Returns when this many jobs have come.
    pub async fn wait_until_calls(&self, calls: usize) {
        while self.calls.load(Ordering::SeqCst) < calls {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn try_once(&self, id: OrderId) {
        let order = self.orders.by_id(id).await.unwrap().expect("a job has an order");
        let attempt = order.next_attempt();
        let began = Change::Event(OrderEvent::AttemptStarted(attempt));
        if order.state != OrderState::Paid || self.orders.apply(id, began).await.unwrap().refused.is_some() {
            return; // it came twice
        }
        let running = self.in_hand.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(running, Ordering::SeqCst);
        let mut held = self.held.subscribe();
        held.wait_for(|held| !held).await.expect("the hands outlive their jobs");
        self.in_hand.fetch_sub(1, Ordering::SeqCst);

        let fails = take_one(&self.failures);
        let change = if fails {
            Change::Failed {
                attempt,
                failure: build::failure(),
                final_try: false,
            }
        } else {
            Change::Delivered(attempt, Box::new(build::stored_song(1)))
        };
        let applied = self.orders.apply(id, change).await.unwrap();
        let is_delivered = !fails && applied.refused.is_none();
        self.songs.fetch_add(usize::from(is_delivered), Ordering::SeqCst);
    }
}

#[async_trait]
impl JobHandler for Hands {
    async fn handle(&self, order: OrderId) {
        self.calls.fetch_add(1, Ordering::SeqCst);
        assert!(!take_one(&self.panics), "the test wants this panic");
        self.try_once(order).await;
    }
}

/// Counts down; true until zero was reached.
fn take_one(counter: &AtomicUsize) -> bool {
    counter
        .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1))
        .is_ok()
}
