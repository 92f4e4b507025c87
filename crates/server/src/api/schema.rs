//! What a buyer may send, as a schema: the OpenAPI document, the discovery answer and the docs page all show this one.

use serde::Deserialize;
use serde_json::Value;
use utoipa::{PartialSchema, ToSchema};

/// A song request. Unknown fields are ignored and named in `warnings`; `null` counts as omitted.
#[derive(Deserialize, ToSchema)]
#[schema(title = "SongRequest")]
#[expect(
    dead_code,
    reason = "documents the body; `SongRequest::parse` reads it, with better errors"
)]
pub(crate) struct SongRequestBody {
    /// What the song should sound like: style, tempo, key, mood, instruments, singer. 1 to 2000 characters.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "E minor, 90 BPM, acoustic guitar ballad, male vocal, emotional"
    )]
    prompt: String,
    /// Up to 3500 characters. Section tags on lines of their own: [Intro] [Verse] [Pre Chorus] [Chorus] [Interlude]
    /// [Bridge] [Outro] [Post Chorus] [Transition] [Break] [Hook] [Build Up] [Inst] [Solo].
    #[schema(
        max_length = 3500,
        example = "[Verse]\nWalking through the rain tonight\n\n[Chorus]\nBut I still remember you"
    )]
    lyrics: Option<String>,
    /// No word is sung; the tags of `lyrics` still give the form.
    #[schema(default = false)]
    is_instrumental: Option<bool>,
    /// Write lyrics from the prompt when `lyrics` is empty.
    #[schema(default = false)]
    lyrics_optimizer: Option<bool>,
    /// A model's number or slug from `GET /api/l402/models`, or "auto".
    #[schema(value_type = Option<Value>, default = "auto", example = "auto")]
    #[serde(rename = "modelId")]
    model_id: Option<Value>,
    /// Hertz: 16000, 24000, 32000 or 44100.
    #[schema(default = 44100, example = 44100)]
    sample_rate: Option<u32>,
    /// Bits a second of an MP3: 32000, 64000, 128000 or 256000. MP3 at 16000 and 24000 Hz ends at 160000.
    #[schema(default = 256_000, example = 256_000)]
    bitrate: Option<u32>,
    /// "mp3", "wav" or "pcm" (16-bit little-endian, interleaved stereo, no header).
    #[schema(default = "mp3", example = "mp3")]
    audio_format: Option<String>,
    /// 0 to 2^63 - 1. The same request with the same seed is the same song, bit for bit. By default it follows from the
    /// request.
    #[schema(minimum = 0, example = 42)]
    seed: Option<u64>,
    /// Wished length in seconds, 10 to 360; a section is never cut to reach it. By default it follows from the lyrics.
    #[schema(minimum = 10, maximum = 360, example = 180)]
    duration: Option<u32>,
}

/// The fields in the order people should read them.
pub(crate) const FIELDS: [&str; 10] = [
    "prompt",
    "lyrics",
    "is_instrumental",
    "lyrics_optimizer",
    "modelId",
    "sample_rate",
    "bitrate",
    "audio_format",
    "seed",
    "duration",
];

/// The schema as JSON, with the enumerations that clients need.
pub(crate) fn song_request_schema() -> Value {
    let mut schema = serde_json::to_value(SongRequestBody::schema()).unwrap_or_default();
    let enumerations = [
        ("sample_rate", serde_json::json!([16000, 24000, 32000, 44100])),
        ("bitrate", serde_json::json!([32000, 64000, 128_000, 256_000])),
        ("audio_format", serde_json::json!(["mp3", "wav", "pcm"])),
    ];
    for (field, values) in enumerations {
        schema["properties"][field]["enum"] = values;
    }
    schema["properties"]["modelId"]["type"] = serde_json::json!(["integer", "string", "null"]);
    schema
}
