//! Tracks to song: every channel strip, the sums, reverb and echo, the rise and fall of the sections.
//!
//! Levels are not set but measured: each part is brought to the loudness its role asks for, whatever its instrument and
//! however many notes it plays, so any arrangement balances itself.

pub(crate) mod compressor;
pub(crate) mod deesser;
pub(crate) mod desk;
pub(crate) mod dynamics;
pub(crate) mod echo;
pub(crate) mod loudness;
pub(crate) mod reverb;
pub(crate) mod sidechain;
pub(crate) mod singing;
pub(crate) mod strip;
pub(crate) mod surroundings;
pub(crate) mod throws;
pub(crate) mod vocal;
pub(crate) mod width;

pub(crate) use desk::{Desk, Mixed};
pub(crate) use strip::Strip;
pub(crate) use surroundings::Surroundings;
