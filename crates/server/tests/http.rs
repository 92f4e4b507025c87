//! The shop over real HTTP: real database, real files, the sandbox wallet with faults on request, a scripted engine.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    missing_docs,
    reason = "tests fail by panicking"
)]

mod http {
    mod audio;
    mod bad_requests;
    mod challenge;
    mod credentials;
    mod orders;
    mod outages;
    mod pages;
    mod redeem;
    mod shop;
    mod stopping;
}
