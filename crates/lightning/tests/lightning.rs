//! The wallets from outside: rules, restarts, crashes, several processes on one folder.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "lightning/checked.rs"]
mod checked;
#[path = "lightning/conformance.rs"]
mod conformance;
#[path = "lightning/crash.rs"]
mod crash;
#[path = "lightning/faults.rs"]
mod faults;
#[path = "lightning/sandbox.rs"]
mod sandbox;
#[path = "lightning/sharing.rs"]
mod sharing;
#[path = "lightning/support.rs"]
mod support;
