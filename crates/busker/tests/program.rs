//! The whole program, as its users start it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "program/client.rs"]
mod client;
#[path = "program/crash.rs"]
mod crash;
#[path = "program/help.rs"]
mod help;
#[path = "program/lyrics.rs"]
mod lyrics;
#[path = "program/odd_lyrics.rs"]
mod odd_lyrics;
#[path = "program/odd_shops.rs"]
mod odd_shops;
#[path = "program/privacy.rs"]
mod privacy;
#[path = "program/render.rs"]
mod render;
#[path = "program/shop.rs"]
mod shop;
#[path = "program/stub.rs"]
mod stub;
