//! What can go wrong between a song and its file.

use busker_core::request::AudioFormat;

/// Why a song could not be written as a file.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The song says zero frames a second; the engine that made it is broken.
    #[error("the song has no sample rate; the engine that made it must set one")]
    NoSampleRate,
    /// This program was built without that format.
    #[error("this program was built without {}; build it with the `mp3` feature of busker-engines", .0.name())]
    FormatLeftOut(AudioFormat),
    /// The MP3 encoder refused the settings or the sound.
    #[error("the MP3 encoder failed while {doing}: {cause}")]
    Mp3 {
        /// What it was asked to do.
        doing: &'static str,
        /// Its own words.
        cause: String,
    },
    /// The finished MP3 could not be read back.
    #[error("the finished MP3 cannot be played to its end; the encoder is broken")]
    Unreadable,
    /// The loudness meter refused the sound.
    #[error("loudness could not be measured at {rate} Hz: {cause}")]
    Meter {
        /// Frames a second.
        rate: u32,
        /// The meter's words.
        cause: String,
    },
    /// The cover could not be drawn.
    #[error("the cover could not be drawn: {0}")]
    Cover(String),
    /// The tag could not be written.
    #[error("the ID3 tag could not be written: {0}")]
    Tag(#[from] id3::Error),
}
