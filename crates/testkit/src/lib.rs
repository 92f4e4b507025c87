//! Fakes, builders and conformance suites for busker's own tests. Never part of a release.
//!
//! [`mod@orders_conformance`] holds the stories that every order book must live through; [`MemoryOrders`] is the plainest
//! one, and the model that the others are compared with.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking"
)]

pub mod build;
mod clock;
mod engine;
mod memory_orders;
pub mod orders_conformance;
mod postgres;
pub mod queue_conformance;

pub use clock::FixedClock;
pub use engine::{ScriptedEngine, WARNING};
pub use memory_orders::MemoryOrders;
pub use postgres::Postgres;
