//! The plainest order book: a map behind a lock. It forgets everything, so only tests use it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use busker_core::clock::{Clock, Timestamp};
use busker_core::id::{Attempt, OrderId, OrderKey, PaymentHash};
use busker_core::order::{
    DELIVERY_DEADLINE, LATE_PAYMENT_GRACE, LEASE, Order, OrderEvent, OrderState, Progress, Refused,
};
use busker_core::orders::{Applied, Change, OrderFilter, Orders, Overdue, StoreError};

use crate::FixedClock;

/// After this long without a beginning a paid order counts as waiting.
const QUIET: Duration = Duration::from_secs(60);

/// At most this many orders of a kind are overdue at a time.
const OVERDUE_MAX: usize = 200;

/// Orders in memory, by a clock of the test's choice.
pub struct MemoryOrders {
    clock: Arc<dyn Clock>,
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    entries: BTreeMap<OrderId, Entry>,
    jobs: BTreeSet<(OrderId, u64)>,
    notes: BTreeMap<String, String>,
}

struct Entry {
    order: Order,
    changes: u64,
    checked_at: Timestamp,
    queued_at: Timestamp,
}

impl MemoryOrders {
    /// An empty book.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            book: Mutex::default(),
        }
    }

    /// How many jobs were enqueued and not taken.
    pub fn jobs(&self) -> usize {
        self.book().jobs.len()
    }

    /// Takes the oldest order's job, as a worker does.
    pub fn take_job(&self) -> Option<OrderId> {
        self.book().jobs.pop_first().map(|(id, _)| id)
    }

    /// Moves all times of an order into the past.
    pub fn age(&self, id: OrderId, by: Duration) {
        let mut book = self.book();
        let entry = book.entries.get_mut(&id).expect("the order to age exists");
        let order = &mut entry.order;
        order.created_at = before(order.created_at, by);
        order.expires_at = before(order.expires_at, by);
        order.settled_at = order.settled_at.map(|at| before(at, by));
        order.deadline = order.deadline.map(|at| before(at, by));
        order.lease_until = order.lease_until.map(|at| before(at, by));
        entry.checked_at = before(entry.checked_at, by);
        entry.queued_at = before(entry.queued_at, by);
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap()
    }

    fn find(&self, wanted: impl Fn(&Order) -> bool) -> Option<Order> {
        let book = self.book();
        let found = book.entries.values().find(|entry| wanted(&entry.order));
        found.map(|entry| entry.order.clone())
    }
}

impl Default for MemoryOrders {
    fn default() -> Self {
        Self::new(Arc::new(FixedClock::default()))
    }
}

#[async_trait]
impl Orders for MemoryOrders {
    async fn insert(&self, order: &Order) -> Result<(), StoreError> {
        let mut book = self.book();
        let is_taken = |other: &Entry| {
            other.order.id == order.id || other.order.key == order.key || other.order.payment_hash == order.payment_hash
        };
        if book.entries.values().any(is_taken) {
            return Err(StoreError::Duplicate);
        }
        let entry = Entry {
            order: order.clone(),
            changes: 0,
            checked_at: order.created_at,
            queued_at: order.created_at,
        };
        book.entries.insert(order.id, entry);
        Ok(())
    }

    async fn apply(&self, id: OrderId, change: Change) -> Result<Applied, StoreError> {
        let now = self.clock.now();
        let mut book = self.book();
        let entry = book.entries.get_mut(&id).ok_or(StoreError::NotFound)?;
        let allowed = match &change {
            Change::Event(event @ OrderEvent::SongStored(_)) => Err(Refused {
                state: entry.order.state,
                event: *event,
            }),
            _ => entry.order.apply(change.event()),
        };
        let state = match allowed {
            Ok(state) => state,
            Err(refused) => {
                return Ok(Applied {
                    order: entry.order.clone(),
                    refused: Some(refused),
                });
            }
        };
        change_order(&mut entry.order, change, state, now);
        entry.changes += 1;
        entry.checked_at = now;
        let (order, changes) = (entry.order.clone(), entry.changes);
        if state == OrderState::Paid {
            entry.queued_at = now;
            book.jobs.insert((id, changes));
        }
        Ok(Applied { order, refused: None })
    }

    async fn by_id(&self, id: OrderId) -> Result<Option<Order>, StoreError> {
        Ok(self.find(|order| order.id == id))
    }

    async fn by_key(&self, key: &OrderKey) -> Result<Option<Order>, StoreError> {
        Ok(self.find(|order| order.key == *key))
    }

    async fn by_payment(&self, hash: PaymentHash) -> Result<Option<Order>, StoreError> {
        Ok(self.find(|order| order.payment_hash == hash))
    }

    async fn list(&self, filter: &OrderFilter) -> Result<Vec<Order>, StoreError> {
        let book = self.book();
        let is_wanted = |order: &&Order| filter.state.is_none_or(|state| state.name() == order.state.name());
        let orders = book.entries.values().map(|entry| &entry.order);
        let mut orders: Vec<Order> = orders.filter(is_wanted).cloned().collect();
        orders.sort_by_key(|order| std::cmp::Reverse((order.created_at, order.id)));
        orders.truncate(filter.limit as usize);
        Ok(orders)
    }

    async fn heartbeat(&self, id: OrderId, attempt: Attempt, progress: &Progress) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let mut book = self.book();
        match book.entries.get_mut(&id) {
            Some(entry) if entry.order.state == OrderState::Generating(attempt) => {
                entry.order.lease_until = Some(now.plus(LEASE));
                entry.order.progress = progress.clone();
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    async fn queue_position(&self, id: OrderId) -> Result<u64, StoreError> {
        let book = self.book();
        let place = |entry: &Entry| (entry.queued_at, entry.order.id);
        let is_paid = |entry: &&Entry| entry.order.state == OrderState::Paid;
        let Some(mine) = book.entries.get(&id).filter(is_paid).map(place) else {
            return Ok(0);
        };
        let earlier = book
            .entries
            .values()
            .filter(is_paid)
            .filter(|other| place(other) < mine);
        Ok(earlier.count() as u64)
    }

    async fn open_quotes(&self) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let book = self.book();
        let is_open = |entry: &&Entry| entry.order.state == OrderState::Quoted && entry.order.expires_at > now;
        Ok(book.entries.values().filter(is_open).count() as u64)
    }

    async fn overdue(&self) -> Result<Overdue, StoreError> {
        let now = self.clock.now();
        let mut book = self.book();
        let mut overdue = Overdue::default();
        for Entry { order, checked_at, .. } in book.entries.values() {
            let is_late = order.deadline.is_some_and(|deadline| deadline < now);
            match order.state {
                OrderState::Paid if *checked_at < before(now, QUIET) => overdue.waiting.push(order.id),
                OrderState::Generating(attempt) if order.lease_until.is_some_and(|until| until < now) => {
                    overdue.abandoned.push((order.id, attempt));
                }
                OrderState::Quoted if order.expires_at < now => overdue.expired.push(order.id),
                _ => {}
            }
            if is_late && matches!(order.state, OrderState::Paid | OrderState::Generating(_)) {
                overdue.late.push(order.id);
            }
        }
        let is_unsettled = |entry: &&mut Entry| {
            !entry.order.state.is_paid() && entry.order.expires_at > before(now, LATE_PAYMENT_GRACE)
        };
        let mut unsettled: Vec<&mut Entry> = book.entries.values_mut().filter(is_unsettled).collect();
        unsettled.sort_by_key(|entry| (entry.checked_at, entry.order.id));
        for entry in unsettled.into_iter().take(OVERDUE_MAX) {
            entry.checked_at = now;
            overdue.unsettled.push((entry.order.id, entry.order.payment_hash));
        }
        Ok(overdue)
    }

    async fn requeue(&self, id: OrderId) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut book = self.book();
        let Some(entry) = book.entries.get_mut(&id) else {
            return Ok(());
        };
        if entry.order.state == OrderState::Paid {
            entry.checked_at = now;
            let changes = entry.changes;
            book.jobs.insert((id, changes));
        }
        Ok(())
    }

    async fn counts(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let mut counts = BTreeMap::new();
        for entry in self.book().entries.values() {
            *counts.entry(entry.order.state.name().to_owned()).or_insert(0) += 1;
        }
        Ok(counts.into_iter().collect())
    }

    async fn now(&self) -> Result<Timestamp, StoreError> {
        Ok(self.clock.now())
    }

    async fn note(&self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(self.book().notes.get(name).cloned())
    }

    async fn set_note(&self, name: &str, value: &str) -> Result<(), StoreError> {
        self.book().notes.insert(name.to_owned(), value.to_owned());
        Ok(())
    }
}

fn change_order(order: &mut Order, change: Change, state: OrderState, now: Timestamp) {
    let deadline = Some(now.plus(DELIVERY_DEADLINE));
    let event = change.event();
    match change {
        Change::Delivered(_, song) => {
            order.song = Some(*song);
            order.failure = None;
        }
        Change::Failed { failure, .. } => order.failure = Some(failure),
        Change::Event(_) => {}
    }
    match event {
        OrderEvent::PaymentSettled => (order.settled_at, order.deadline) = (Some(now), deadline),
        OrderEvent::RetryRequested => (order.failures, order.deadline) = (0, deadline),
        OrderEvent::AttemptStarted(attempt) => order.attempts = attempt.0,
        OrderEvent::AttemptFailed { .. } => order.failures += 1,
        _ => {}
    }
    let is_running = matches!(state, OrderState::Generating(_));
    order.lease_until = is_running.then(|| now.plus(LEASE));
    order.progress.stage.clear();
    order.progress.fraction = if state == OrderState::Delivered { 1.0 } else { 0.0 };
    order.state = state;
}

fn before(at: Timestamp, by: Duration) -> Timestamp {
    Timestamp(at.0 - i64::try_from(by.as_millis()).expect("a test goes back by less than all time"))
}
