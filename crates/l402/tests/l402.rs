//! The crate as a server and as its clients see it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "l402/clients.rs"]
mod clients;
#[path = "l402/key_file.rs"]
mod key_file;
#[path = "l402/properties.rs"]
mod properties;
#[path = "l402/purchase.rs"]
mod purchase;
#[path = "l402/shop.rs"]
mod shop;
#[path = "l402/vectors.rs"]
mod vectors;
