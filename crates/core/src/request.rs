//! What a buyer may ask for.
//!
//! [`SongRequest::parse`] is the one gate: whatever passes it can be made into a song, so nothing is refused after
//! payment. Limits count Unicode scalar values after trimming, without what cannot be seen.

mod canonical;
mod fields;
mod plain;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::Catalog;
use crate::id::RequestDigest;
use crate::lyrics::{Lyrics, LyricsError};
use fields::Fields;

/// Longest prompt, in characters.
pub const PROMPT_MAX: usize = 2000;
/// Longest lyrics, in characters.
pub const LYRICS_MAX: usize = 3500;
/// Sample rates offered, in hertz; the last is the default.
pub const SAMPLE_RATES: [u32; 4] = [16_000, 24_000, 32_000, 44_100];
/// MP3 bit rates offered, in bits a second; the last is the default.
pub const BITRATES: [u32; 4] = [32_000, 64_000, 128_000, 256_000];
/// Shortest and longest `duration`, in seconds.
pub const DURATION_RANGE: (u32, u32) = (10, 360);
/// Largest `seed`.
pub const SEED_MAX: u64 = i64::MAX as u64;

/// A song request, valid and with every default filled in.
///
/// Its `Debug` shows no prompt and no lyrics: they are private.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SongRequest {
    /// Style, tempo, key, mood, instruments, singer; 1 to [`PROMPT_MAX`] characters, trimmed.
    pub prompt: String,
    /// Words and section tags, trimmed, lines ended by `\n`; may be empty.
    pub lyrics: String,
    /// No word is sung; tags still give the form.
    pub is_instrumental: bool,
    /// Write lyrics from the prompt when there are none.
    pub lyrics_optimizer: bool,
    /// The slug of the model asked for; `None` leaves the choice to the shop.
    pub model: Option<String>,
    /// In hertz.
    pub sample_rate: u32,
    /// In bits a second; used by MP3 only.
    pub bitrate: u32,
    /// File format.
    pub audio_format: AudioFormat,
    /// Asked seed, at most [`SEED_MAX`]; `None` derives it from the digest.
    pub seed: Option<u64>,
    /// Wished length in seconds.
    pub duration: Option<u32>,
}

/// File formats on offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AudioFormat {
    /// MPEG-1/2 layer III.
    Mp3,
    /// RIFF, 16-bit little-endian.
    Wav,
    /// Bare 16-bit little-endian samples, interleaved stereo.
    Pcm,
}

impl AudioFormat {
    /// In the order they are documented.
    pub const ALL: [Self; 3] = [Self::Mp3, Self::Wav, Self::Pcm];

    /// As buyers write it, which is also the file extension.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Pcm => "pcm",
        }
    }

    /// The media type the file is served as. `audio/L16` would promise network byte order, so bare samples are plain bytes.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Pcm => "application/octet-stream",
        }
    }
}

/// A request that passed the gate, and what its sender should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The request.
    pub request: SongRequest,
    /// Sentences for the buyer: unknown fields, switches without effect.
    pub warnings: Vec<String>,
}

/// Everything that is wrong with a request, first field first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
pub struct InvalidRequest(pub Vec<FieldError>);

/// One field that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` {problem}")]
pub struct FieldError {
    /// The field's name; `body` for the whole.
    pub field: &'static str,
    /// What was wrong and what the limit is, as the rest of a sentence.
    pub problem: String,
    /// A correct value, as JSON.
    pub example: Value,
}

impl SongRequest {
    /// Reads and checks a request body.
    ///
    /// # Errors
    /// [`InvalidRequest`] names every field that is wrong, its limit and a correct example.
    pub fn parse(body: &Value, catalog: &Catalog) -> Result<Parsed, InvalidRequest> {
        let mut fields = Fields::of(body)?;
        let prompt = fields.text(
            "prompt",
            PROMPT_MAX,
            "E minor, 90 BPM, acoustic guitar ballad, male vocal",
        );
        let lyrics = fields.text("lyrics", LYRICS_MAX, "[Verse]\nWalking through the rain tonight");
        let request = Self {
            prompt: prompt.unwrap_or_default(),
            lyrics: lyrics.unwrap_or_default(),
            is_instrumental: fields.flag("is_instrumental"),
            lyrics_optimizer: fields.flag("lyrics_optimizer"),
            model: fields.model(catalog),
            sample_rate: fields.one_of("sample_rate", &SAMPLE_RATES),
            bitrate: fields.one_of("bitrate", &BITRATES),
            audio_format: fields.audio_format(),
            seed: fields.whole_number("seed", 0, SEED_MAX, 42),
            duration: fields
                .whole_number("duration", DURATION_RANGE.0.into(), DURATION_RANGE.1.into(), 180)
                .and_then(|seconds| u32::try_from(seconds).ok()),
        };
        if request.prompt.is_empty() {
            fields.require(
                "prompt",
                "is required: say what the song should sound like, in 1 to 2000 characters",
            );
        }
        let parsed_lyrics = Lyrics::parse(&request.lyrics);
        if let Err(error) = &parsed_lyrics {
            fields.refuse_lyrics(error);
        }
        fields.finish()?;
        let mut warnings = fields.into_warnings();
        request.warn_of_idle_switches(&parsed_lyrics.unwrap_or_default(), &mut warnings);
        Ok(Parsed { request, warnings })
    }

    /// The lyrics as sections and lines.
    ///
    /// # Errors
    /// Never for a request that came from [`SongRequest::parse`].
    pub fn sections(&self) -> Result<Lyrics, LyricsError> {
        Lyrics::parse(&self.lyrics)
    }

    /// The request as RFC 8785 JSON: the same for every spelling of the same wish.
    pub fn canonical_json(&self) -> String {
        canonical::json(self)
    }

    /// SHA-256 of [`SongRequest::canonical_json`]. A credential is bound to it (I5).
    pub fn digest(&self) -> RequestDigest {
        canonical::digest(self)
    }

    /// The seed the song is made from: the one asked for, or one that follows from the request itself.
    pub fn effective_seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| {
            let digest = self.digest().0;
            let mut first_bytes = [0; 8];
            first_bytes.copy_from_slice(&digest[..8]);
            u64::from_be_bytes(first_bytes) & SEED_MAX
        })
    }

    fn warn_of_idle_switches(&self, lyrics: &Lyrics, warnings: &mut Vec<String>) {
        if self.is_instrumental && self.lyrics_optimizer {
            warnings.push("`lyrics_optimizer` has no effect on an instrumental".to_owned());
        } else if self.lyrics_optimizer && lyrics.has_words() {
            warnings.push("`lyrics_optimizer` has no effect: the lyrics you sent are used as they are".to_owned());
        }
        if !self.is_instrumental && !self.lyrics_optimizer && !lyrics.has_words() {
            warnings
                .push("no lyrics were sent: they will be written for you; set `is_instrumental` for none".to_owned());
        }
    }
}

impl std::fmt::Debug for SongRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SongRequest")
            .field("model", &self.model)
            .field("audio_format", &self.audio_format)
            .field("sample_rate", &self.sample_rate)
            .field("bitrate", &self.bitrate)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
