//! The embedded band: from words to sound, as a pure function of request and seed.
//!
//! [`compose`](compose::compose) turns a [`Request`](request::Request) into a [`Score`](score::Score): sections, chords,
//! tracks of notes, sung lines. [`perform`](perform::perform) turns a score into stereo sound, with
//! samples from a [`SoundFont`](soundfont::SoundFont) where it is given one. Neither reads a clock, a
//! file or the network, and neither depends on how many threads run it: the same request and seed give the same song,
//! bit for bit.

mod brief;
pub mod compose;
mod dsp;
mod error;
mod export;
mod form;
mod genre;
mod grid;
mod harmony;
mod instruments;
mod lyrics;
pub mod master;
mod melody;
mod mix;
mod parts;
pub mod perform;
pub mod request;
mod rng;
pub mod score;
pub mod soundfont;
mod title;
mod vocals;

pub use error::Error;
