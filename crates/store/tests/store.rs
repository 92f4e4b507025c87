//! The conformance suites over real databases and a real disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "store/crash.rs"]
mod crash;
#[path = "store/files.rs"]
mod files;
#[cfg(feature = "postgres")]
#[path = "store/postgres.rs"]
mod postgres;
#[path = "store/sqlite.rs"]
mod sqlite;

/// Moves all times of an order into the past.
const AGE: &str = "UPDATE orders SET created_at = created_at - $1, expires_at = expires_at - $1, \
     settled_at = settled_at - $1, deadline = deadline - $1, lease_until = lease_until - $1, \
     queued_at = queued_at - $1, checked_at = checked_at - $1 WHERE id = $2";
