//! Engines and encoders, seen from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[cfg(feature = "mp3")]
#[path = "engines/any_song.rs"]
mod any_song;
#[cfg(feature = "mp3")]
#[path = "engines/band.rs"]
mod band;
#[cfg(feature = "mp3")]
#[path = "engines/mp3.rs"]
mod mp3;
#[path = "engines/odd_lyrics.rs"]
mod odd_lyrics;
#[cfg(feature = "mp3")]
#[path = "engines/player.rs"]
mod player;
#[path = "engines/registry.rs"]
mod registry;
#[path = "engines/sound.rs"]
mod sound;
#[cfg(feature = "mp3")]
#[path = "engines/tags.rs"]
mod tags;
#[cfg(feature = "mp3")]
#[path = "../../band/src/soundfont/tiny.rs"]
mod tiny;
#[path = "engines/wav.rs"]
mod wav;
