//! A finished song, in memory and as what is remembered of it once stored.

use serde::{Deserialize, Serialize};

use crate::id::{AudioKey, FileDigest};
use crate::request::AudioFormat;

/// What an engine hands over.
#[derive(Debug, Clone, Default)]
pub struct Song {
    /// Frames a second of [`Song::samples`].
    pub rate: u32,
    /// Interleaved stereo, -1 to 1, mastered.
    pub samples: Vec<f32>,
    /// What is known about it.
    pub facts: SongFacts,
    /// Lyric lines with times, in order; empty for an instrumental.
    pub lines: Vec<LyricLine>,
    /// The score as JSON, where the engine has one.
    pub score: Option<serde_json::Value>,
    /// A standard MIDI file, where the engine has a score.
    pub midi: Option<Vec<u8>>,
    /// Lyrics with times as LRC text, where there are lyrics.
    pub lrc: Option<String>,
    /// Lyrics under their chords in the ChordPro format, where the engine has a score.
    pub chordpro: Option<String>,
    /// Single instruments, when asked for.
    pub stems: Vec<Stem>,
}

/// What is known about a song.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SongFacts {
    /// What it is called.
    pub title: String,
    /// Lyrics as sung, tags on lines of their own; empty for an instrumental.
    pub lyrics: String,
    /// ISO 639-1 code of the language it is sung in, where known: "en".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Beats a minute as musicians count them (dotted quarters in 6/8), where known.
    pub tempo: Option<f64>,
    /// "E minor", where known.
    pub key: Option<String>,
    /// Genre names, most important first.
    pub genres: Vec<String>,
    /// The form with its chords, in order, where known. Songs stored by older versions have none.
    #[serde(default)]
    pub sections: Vec<SongSection>,
    /// The seed it was made from.
    pub seed: u64,
    /// The SoundFont that sampled instruments were played from, by name and fingerprint, if one was: with another one, or
    /// none, the same seed sounds otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soundfont: Option<String>,
    /// What the buyer should know.
    pub warnings: Vec<String>,
}

/// One part of a song's form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SongSection {
    /// "Verse 2", as the lyrics have it.
    pub label: String,
    /// Seconds from the start of the song.
    pub start: f64,
    /// Seconds from the start of the song.
    pub end: f64,
    /// How much is going on: 0 (a breath) to 1 (the last chorus).
    pub energy: f32,
    /// Chord symbols with a bar line after each bar: "Am | F | C G | Am"; empty where unknown.
    pub chords: String,
}

/// One line of lyrics and when it sounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LyricLine {
    /// The words.
    pub text: String,
    /// Seconds from the start of the song.
    pub start: f64,
    /// Seconds from the start of the song.
    pub end: f64,
    /// Its words in order, where their times are known; put together they are the text.
    pub words: Vec<LyricWord>,
}

/// One word of a line and when it sounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LyricWord {
    /// As written, with its punctuation and the space before it.
    pub text: String,
    /// Seconds from the start of the song.
    pub start: f64,
}

/// One instrument of a song by itself.
#[derive(Debug, Clone)]
pub struct Stem {
    /// Lower-case, fit for a file name.
    pub name: String,
    /// Interleaved stereo at the song's rate.
    pub samples: Vec<f32>,
}

/// A song on durable storage: what a buyer is told about it, for ever the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredSong {
    /// Names its files.
    pub audio: AudioKey,
    /// Format of the main file.
    pub format: AudioFormat,
    /// Length of the main file.
    pub bytes: u64,
    /// SHA-256 of the main file, as read back from storage (I9).
    pub sha256: FileDigest,
    /// Length of the song.
    pub duration_seconds: f64,
    /// The model that made it.
    pub model: String,
    /// What is known about it.
    pub facts: SongFacts,
    /// Extensions of the files stored beside it under the same key: "cho", "lrc", "mid", "peaks.json", "png", "svg".
    pub extras: Vec<String>,
}
