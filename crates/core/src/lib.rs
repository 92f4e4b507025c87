//! The domain of a song shop, without I/O: requests, orders, prices, invariants, ports.
//!
//! Read [`order`] first: one pure function holds the whole life of an order. [`request`] is what a buyer may ask for;
//! [`engine`], [`wallet`], [`orders`], [`queue`] and [`audio`] are the ports that the other crates plug into.

pub mod amount;
pub mod audio;
pub mod clock;
pub mod crash;
pub mod engine;
pub mod id;
pub mod invariants;
pub mod lyrics;
pub mod order;
pub mod orders;
pub mod queue;
pub mod request;
pub mod section;
pub mod song;
pub mod wallet;
