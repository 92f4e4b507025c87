//! Reads a request body into a valid song request, or says precisely why not.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use busker_core::engine::Catalog;
use busker_core::request::{InvalidRequest, Parsed, SongRequest};
use serde_json::{Value, json};

use crate::error_code::ErrorCode;
use crate::problem::Problem;

/// Room for the longest lyrics in four-byte characters, escaped, and then some.
const BODY_MAX: usize = 64 * 1024;

/// The largest body arrives within this time even over a modem.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn song_request(headers: &HeaderMap, body: Body, catalog: &Catalog) -> Result<Parsed, Problem> {
    require_json(headers)?;
    let declared = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > BODY_MAX) {
        return Err(too_large());
    }
    let bytes = tokio::time::timeout(BODY_PATIENCE, to_bytes(body, BODY_MAX))
        .await
        .map_err(|_| Problem::new(ErrorCode::RequestTimeout, "the body did not arrive in time"))?
        .map_err(|_| too_large())?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
        let place = if bytes.is_empty() {
            "the body is empty".to_owned()
        } else {
            format!("{error}")
        };
        Problem::new(ErrorCode::InvalidJson, format!("the body is not valid JSON: {place}")).example(example())
    })?;
    SongRequest::parse(&value, catalog).map_err(invalid)
}

/// No `Content-Type` at all is taken as JSON.
fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let Some(content_type) = headers.get(CONTENT_TYPE) else {
        return Ok(());
    };
    let essence = content_type
        .to_str()
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    if essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json")) {
        return Ok(());
    }
    let detail = format!(
        "the body must be sent as `application/json`, not `{}`",
        essence.chars().take(60).collect::<String>()
    );
    Err(Problem::new(ErrorCode::UnsupportedMediaType, detail).example(example()))
}

fn too_large() -> Problem {
    Problem::new(
        ErrorCode::BodyTooLarge,
        format!("the body is larger than {BODY_MAX} bytes"),
    )
}

fn invalid(error: InvalidRequest) -> Problem {
    let fields: Vec<Value> = error
        .0
        .iter()
        .map(|field| json!({"field": field.field, "detail": field.to_string(), "example": field.example}))
        .collect();
    let first = error.0.first().map(|field| field.example.clone()).unwrap_or_default();
    Problem::new(ErrorCode::InvalidParams, error.to_string())
        .example(first)
        .with("errors", fields)
}

fn example() -> Value {
    json!({"prompt": "E minor, 90 BPM, acoustic guitar ballad, male vocal", "lyrics": "[Verse]\nWalking home"})
}
