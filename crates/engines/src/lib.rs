//! Engines that turn a song request into sound, and the encoders that make it a file.
//!
//! [`Engines`] holds what this shop can play with, the [`BandEngine`] first of all. [`finish`] is what happens to
//! any engine's [`Song`](busker_core::song::Song): resampled, limited, encoded on all processors, heard again, tagged, and
//! given its small companions (cover, waveform outline, LRC, chords, MIDI).

mod band;
mod cover;
pub mod encode;
mod error;
mod files;
mod lyric_writer;
mod peaks;
mod registry;
mod sound;

pub use band::{BandEngine, DEFAULT_PRICE, SoundFontChoice, SoundFontFailure, installed_soundfont};
pub use cover::{COVER_SIDE, Cover, cover};
pub use encode::{Encoded, FileSpec, encode};
pub use error::EncodeError;
pub use files::{FinishedFiles, extra_media_type, finish};
pub use lyric_writer::{LyricWish, LyricWriter, LyricWriterError, Unusable, WrittenLyrics, read as read_lyrics};
pub use peaks::peaks;
pub use registry::Engines;
pub use sound::meter::{Reading, measure};
