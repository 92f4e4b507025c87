//! Every statement about orders, once, for both databases.
//!
//! Time never stands in a statement: the database's clock is read first and passed in (I8).

/// What [`crate::row`] reads, in its order.
macro_rules! columns {
    () => {
        "id, order_key, payment_hash, invoice, price, model, request, digest, state, attempts, failures, created_at, \
         expires_at, settled_at, deadline, lease_until, progress, song, failure, revision"
    };
}

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ", columns!(), " FROM orders ", $rest)
    };
}

/// Touches no row when the id, the key or the payment hash is taken.
pub(crate) const INSERT: &str = concat!(
    "INSERT INTO orders (",
    columns!(),
    ", checked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
     $21) ON CONFLICT DO NOTHING"
);

/// The compare-and-set: touches no row when the order is not as it was read.
pub(crate) const SWAP: &str = "UPDATE orders SET state = $1, attempts = $2, failures = $3, settled_at = $4, \
     deadline = $5, lease_until = $6, progress = $7, song = $8, failure = $9, queued_at = $10, checked_at = $11, \
     revision = revision + 1 WHERE id = $12 AND state = $13 AND attempts = $14 AND revision = $15";

pub(crate) const BY_ID: &str = select!("WHERE id = $1");
pub(crate) const BY_KEY: &str = select!("WHERE order_key = $1");
pub(crate) const BY_PAYMENT: &str = select!("WHERE payment_hash = $1");
pub(crate) const NEWEST: &str = select!("ORDER BY created_at DESC, id DESC LIMIT $1");
pub(crate) const NEWEST_IN_STATE: &str = select!("WHERE state = $2 ORDER BY created_at DESC, id DESC LIMIT $1");

/// Touches no row when the try no longer owns the order.
pub(crate) const HEARTBEAT: &str = "UPDATE orders SET lease_until = $1, progress = $2 \
     WHERE id = $3 AND state = 'generating' AND attempts = $4";

pub(crate) const QUEUE_POSITION: &str = "SELECT COUNT(*) FROM orders AS before \
     JOIN orders AS mine ON mine.id = $1 AND mine.state = 'paid' \
     WHERE before.state = 'paid' AND (before.queued_at < mine.queued_at \
     OR (before.queued_at = mine.queued_at AND before.id < mine.id))";

pub(crate) const OPEN_QUOTES: &str = "SELECT COUNT(*) FROM orders WHERE state = 'quoted' AND expires_at > $1";

pub(crate) const COUNTS: &str = "SELECT state, COUNT(*) FROM orders GROUP BY state ORDER BY state";

/// Paid, and neither begun nor looked at since `$1`.
pub(crate) const WAITING: &str =
    "SELECT id FROM orders WHERE state = 'paid' AND checked_at < $1 ORDER BY checked_at, id LIMIT $2";

pub(crate) const ABANDONED: &str = "SELECT id, attempts FROM orders WHERE state = 'generating' AND lease_until < $1 \
     ORDER BY lease_until, id LIMIT $2";

pub(crate) const LATE: &str = "SELECT id FROM orders WHERE state IN ('paid', 'generating') AND deadline < $1 \
     ORDER BY deadline, id LIMIT $2";

pub(crate) const EXPIRED: &str =
    "SELECT id FROM orders WHERE state = 'quoted' AND expires_at < $1 ORDER BY expires_at, id LIMIT $2";

/// Takes the unpaid orders that were not looked at for longest, and puts them at the end of the line: all get their
/// turn, however many there are.
pub(crate) const TAKE_UNSETTLED: &str = "UPDATE orders SET checked_at = $1 WHERE id IN (SELECT id FROM orders \
     WHERE state IN ('quoted', 'expired') AND expires_at > $2 ORDER BY checked_at, id LIMIT $3) \
     RETURNING id, payment_hash";

/// An order whose job was put back gets another quiet while before it counts as waiting again.
pub(crate) const TOUCH: &str = "UPDATE orders SET checked_at = $1 WHERE id = $2 AND state = 'paid'";

pub(crate) const NOTE: &str = "SELECT value FROM notes WHERE name = $1";

pub(crate) const SET_NOTE: &str =
    "INSERT INTO notes (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
