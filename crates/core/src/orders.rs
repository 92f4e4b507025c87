//! The port of the orders' durable memory.

use async_trait::async_trait;

use crate::clock::Timestamp;
use crate::id::{Attempt, OrderId, OrderKey, PaymentHash};
use crate::order::{Failure, Order, OrderEvent, OrderState, Progress, Refused};
use crate::song::StoredSong;

/// Remembers orders. Each method is durable when it returns (I6).
#[async_trait]
pub trait Orders: Send + Sync {
    /// Stores a new order in state `quoted`.
    ///
    /// # Errors
    /// [`StoreError`]; a second order with the same id, key or payment hash is refused.
    async fn insert(&self, order: &Order) -> Result<(), StoreError>;

    /// Applies an event by compare-and-set on the state. When the order becomes `paid`, its job is enqueued in the same
    /// transaction. An event that the order refuses changes nothing and is no error.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or the database failed and nothing was changed.
    async fn apply(&self, id: OrderId, change: Change) -> Result<Applied, StoreError>;

    /// By id.
    ///
    /// # Errors
    /// The database failed.
    async fn by_id(&self, id: OrderId) -> Result<Option<Order>, StoreError>;

    /// By the buyer's key.
    ///
    /// # Errors
    /// The database failed.
    async fn by_key(&self, key: &OrderKey) -> Result<Option<Order>, StoreError>;

    /// By the payment it waits for.
    ///
    /// # Errors
    /// The database failed.
    async fn by_payment(&self, hash: PaymentHash) -> Result<Option<Order>, StoreError>;

    /// The newest orders first.
    ///
    /// # Errors
    /// The database failed.
    async fn list(&self, filter: &OrderFilter) -> Result<Vec<Order>, StoreError>;

    /// Notes how far the running try is and renews its lease. `false`: the try no longer owns the order.
    ///
    /// # Errors
    /// The database failed; the lease was not renewed.
    async fn heartbeat(&self, id: OrderId, attempt: Attempt, progress: &Progress) -> Result<bool, StoreError>;

    /// How many paid orders stand before this one in the queue.
    ///
    /// # Errors
    /// The database failed.
    async fn queue_position(&self, id: OrderId) -> Result<u64, StoreError>;

    /// Unpaid orders whose invoice is still open.
    ///
    /// # Errors
    /// The database failed.
    async fn open_quotes(&self) -> Result<u64, StoreError>;

    /// What the reconciler must look at, judged by the database's clock (I8).
    ///
    /// # Errors
    /// The database failed.
    async fn overdue(&self) -> Result<Overdue, StoreError>;

    /// Puts a paid order's job into the queue again; harmless when it is there already.
    ///
    /// # Errors
    /// The database failed.
    async fn requeue(&self, id: OrderId) -> Result<(), StoreError>;

    /// How many orders stand in each state.
    ///
    /// # Errors
    /// The database failed.
    async fn counts(&self) -> Result<Vec<(String, u64)>, StoreError>;

    /// The database's clock; also proof that it answers.
    ///
    /// # Errors
    /// The database failed.
    async fn now(&self) -> Result<Timestamp, StoreError>;

    /// A durable note of this shop, such as the network it was first started on.
    ///
    /// # Errors
    /// The database failed.
    async fn note(&self, name: &str) -> Result<Option<String>, StoreError>;

    /// Writes a durable note, replacing the old one.
    ///
    /// # Errors
    /// The database failed.
    async fn set_note(&self, name: &str, value: &str) -> Result<(), StoreError>;
}

/// An event with what is to be remembered beside the new state.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Any event that carries nothing.
    Event(OrderEvent),
    /// The song of this try.
    Delivered(Attempt, Box<StoredSong>),
    /// This try failed, and why.
    Failed {
        /// Which try.
        attempt: Attempt,
        /// For the buyer.
        failure: Failure,
        /// Another try cannot help.
        final_try: bool,
    },
}

impl Change {
    /// The event for [`Order::apply`].
    pub fn event(&self) -> OrderEvent {
        match self {
            Self::Event(event) => *event,
            Self::Delivered(attempt, _) => OrderEvent::SongStored(*attempt),
            Self::Failed { attempt, final_try, .. } => OrderEvent::AttemptFailed {
                attempt: *attempt,
                final_try: *final_try,
            },
        }
    }
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The order as it is now stored.
    pub order: Order,
    /// Why nothing changed, when nothing did.
    pub refused: Option<Refused>,
}

/// Which orders to list.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Only this state (by [`OrderState::name`]); all when `None`.
    pub state: Option<OrderState>,
    /// At most this many.
    pub limit: u32,
}

/// Orders that need a hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overdue {
    /// Paid, and no worker has begun for a while: their job may be lost.
    pub waiting: Vec<OrderId>,
    /// Generating, and the lease ran out: the worker is gone.
    pub abandoned: Vec<(OrderId, Attempt)>,
    /// Paid or generating past the deadline.
    pub late: Vec<OrderId>,
    /// Quoted, and the invoice expired.
    pub expired: Vec<OrderId>,
    /// Quoted or expired, within the time in which a payment still counts: ask the wallet about them.
    pub unsettled: Vec<(OrderId, PaymentHash)>,
}

/// The durable memory failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No such order.
    #[error("there is no such order")]
    NotFound,
    /// It is there already.
    #[error("an order with this id, key or payment hash exists already")]
    Duplicate,
    /// The database does not answer or refuses to write. Nothing was changed.
    #[error("the database failed: {0}; is it running, and is its disk full?")]
    Unavailable(String),
    /// What is stored cannot be read by this program.
    #[error("the stored order {id} cannot be read: {problem}; was it written by a newer version?")]
    Unreadable {
        /// Which.
        id: String,
        /// What is wrong.
        problem: String,
    },
}
