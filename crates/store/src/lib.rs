//! Orders, queue and audio files, durably.
//!
//! [`Store::connect`] opens SQLite (one machine) or PostgreSQL (several) by URL and gives the order book and the job
//! queue that live in the same database, so that an order becomes paid and its job is enqueued in one transaction.
//! [`Files`] keeps finished songs. Start reading at `orders.rs`: it is the shadow of `busker_core::order`.

mod db;
mod error;
mod files;
mod follow;
mod insert;
mod jobs;
mod orders;
mod queue;
mod row;
mod sql;
mod store;
mod value;

pub use error::Error;
pub use files::Files;

pub use store::Store;
