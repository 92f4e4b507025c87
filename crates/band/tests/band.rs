//! Laws of composition, for any request.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "band/arrangement.rs"]
mod arrangement;
#[path = "band/balance.rs"]
mod balance;
#[path = "band/export.rs"]
mod export;
#[path = "band/form.rs"]
mod form;
#[path = "band/laws.rs"]
mod laws;
#[path = "band/likeness.rs"]
mod likeness;
#[path = "band/music.rs"]
mod music;
#[path = "band/prompts.rs"]
mod prompts;
#[path = "band/songs.rs"]
mod songs;
#[path = "band/tunes.rs"]
mod tunes;
#[path = "band/variety.rs"]
mod variety;
#[path = "band/voices.rs"]
mod voices;
