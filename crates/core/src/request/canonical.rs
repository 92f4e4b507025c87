//! One spelling for every song request (RFC 8785, JSON Canonicalization Scheme).

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::SongRequest;
use crate::id::RequestDigest;

/// RFC 8785 asks for sorted keys, no white space, minimal string escapes and ECMAScript numbers. `serde_json` escapes
/// exactly so, the keys are ASCII, and every number here is a small integer; the seed may pass 2^53, where JSON numbers
/// stop being exact, and is therefore written as a string.
pub(super) fn json(request: &SongRequest) -> String {
    let seed = request.seed.map(|seed| seed.to_string());
    let members: BTreeMap<&str, Value> = [
        ("audio_format", json!(request.audio_format.name())),
        ("bitrate", json!(request.bitrate)),
        ("duration", json!(request.duration)),
        ("is_instrumental", json!(request.is_instrumental)),
        ("lyrics", json!(request.lyrics)),
        ("lyrics_optimizer", json!(request.lyrics_optimizer)),
        ("modelId", json!(request.model.as_deref().unwrap_or("auto"))),
        ("prompt", json!(request.prompt)),
        ("sample_rate", json!(request.sample_rate)),
        ("seed", json!(seed)),
    ]
    .into();
    let written: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("\"{key}\":{value}"))
        .collect();
    format!("{{{}}}", written.join(","))
}

pub(super) fn digest(request: &SongRequest) -> RequestDigest {
    RequestDigest(Sha256::digest(json(request)).into())
}
