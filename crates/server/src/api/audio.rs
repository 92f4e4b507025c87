//! `/audio/{key}.{ext}`: finished files.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Query, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, IF_RANGE, RANGE,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use busker_core::audio::AudioError;
use busker_core::id::AudioKey;
use busker_core::request::AudioFormat;
use futures::TryStreamExt;
use serde::Deserialize;

use super::range::{Wanted, wanted};
use crate::error_code::ErrorCode;
use crate::files::{CARD, FileCard};
use crate::problem::Problem;
use crate::shop::Shop;

/// A file never changes, and its address is a secret of whoever has it.
const FOREVER: HeaderValue = HeaderValue::from_static("private, max-age=31536000, immutable");

#[derive(Deserialize)]
pub(super) struct AudioQuery {
    download: Option<String>,
}

/// A finished file: the song, or what was made beside it (`.png`, `.svg`, `.lrc`, `.cho`, `.mid`, `.peaks.json`).
#[utoipa::path(
    get, path = "/audio/{file}", tag = "songs",
    params(
        ("file" = String, Path, description = "As given in `audioUrl` and its companions"),
        ("download" = Option<String>, Query, description = "Present: browsers save the file instead of playing it"),
        ("Range" = Option<String>, Header, description = "One range of bytes"),
    ),
    responses(
        (status = 200, description = "The file"),
        (status = 206, description = "A part of it"),
        (status = 304, description = "Unchanged"),
        (status = 404, description = "No such file"),
        (status = 416, description = "The range lies outside the file"),
    )
)]
pub(super) async fn serve(
    State(shop): State<Arc<Shop>>,
    method: Method,
    headers: HeaderMap,
    file: Result<Path<String>, PathRejection>,
    Query(query): Query<AudioQuery>,
) -> Result<Response, Problem> {
    let Path(file) = file.map_err(|_| not_found())?;
    let (key, extension) = file.split_once('.').ok_or_else(not_found)?;
    let key: AudioKey = key.parse().map_err(|_| not_found())?;
    let media_type = media_type(extension).ok_or_else(not_found)?;
    let card = shop.file_card(&key).await?;
    let total = shop.audio.size(&key, extension).await.map_err(unavailable)?;
    let etag = format!("\"{}-{extension}\"", card.sha256);
    let header = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());

    let known =
        header(IF_NONE_MATCH).is_some_and(|tags| tags.trim() == "*" || tags.split(',').any(|tag| same(tag, &etag)));
    if known {
        return Ok((StatusCode::NOT_MODIFIED, [(ETAG, etag), (CACHE_CONTROL, text(FOREVER))]).into_response());
    }
    let range_is_for_this_file = header(IF_RANGE).is_none_or(|tag| tag.trim() == etag);
    let wanted = wanted(header(RANGE).filter(|_| range_is_for_this_file), total);
    let range = match wanted {
        Wanted::Whole => None,
        Wanted::Part(range) => Some(range),
        Wanted::Outside => {
            let problem = Problem::new(ErrorCode::RangeNotSatisfiable, format!("the file has {total} bytes"));
            return Ok(([(CONTENT_RANGE, format!("bytes */{total}"))], problem).into_response());
        }
    };
    let length = range.as_ref().map_or(total, |range| range.end - range.start);
    let body = if method == Method::HEAD {
        Body::empty()
    } else {
        let open = shop
            .audio
            .open(&key, extension, range.clone())
            .await
            .map_err(unavailable)?;
        Body::from_stream(open.content.map_err(std::io::Error::other))
    };
    let mut response = Response::new(body);
    let out = response.headers_mut();
    if let Some(range) = range {
        out.insert(
            CONTENT_RANGE,
            value(&format!("bytes {}-{}/{total}", range.start, range.end - 1)),
        );
    }
    out.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    out.insert(CONTENT_LENGTH, HeaderValue::from(length));
    out.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    out.insert(ETAG, value(&etag));
    out.insert(CACHE_CONTROL, FOREVER);
    out.insert(
        CONTENT_DISPOSITION,
        value(&disposition(&card.title, extension, query.download.is_some())),
    );
    if out.contains_key(CONTENT_RANGE) {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

impl Shop {
    async fn file_card(&self, key: &AudioKey) -> Result<FileCard, Problem> {
        let open = self.audio.open(key, CARD, None).await.map_err(unavailable)?;
        let chunks: Vec<bytes::Bytes> = open.content.try_collect().await.map_err(unavailable)?;
        serde_json::from_slice(&chunks.concat()).map_err(|_| {
            tracing::error!("a stored file card cannot be read");
            Problem::new(ErrorCode::InternalError, "the file cannot be served right now")
        })
    }
}

fn media_type(extension: &str) -> Option<&'static str> {
    let format = AudioFormat::ALL.into_iter().find(|format| format.name() == extension);
    format
        .map(AudioFormat::media_type)
        .or_else(|| busker_engines::extra_media_type(extension))
}

fn same(tag: &str, etag: &str) -> bool {
    tag.trim().trim_start_matches("W/") == etag
}

/// A file name people can read: ASCII for old clients, UTF-8 for the rest (RFC 6266, RFC 8187).
fn disposition(title: &str, extension: &str, download: bool) -> String {
    let kind = if download { "attachment" } else { "inline" };
    let readable = |c: char| {
        if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'') {
            c
        } else {
            ' '
        }
    };
    let name: String = title.chars().map(readable).collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name: String = if name.is_empty() {
        "song".to_owned()
    } else {
        name.chars().take(80).collect()
    };
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let encoded: String = name
        .bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b == b'-' {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect();
    format!("{kind}; filename=\"{ascii}.{extension}\"; filename*=UTF-8''{encoded}.{extension}")
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

fn text(value: HeaderValue) -> String {
    value.to_str().unwrap_or_default().to_owned()
}

fn not_found() -> Problem {
    Problem::new(ErrorCode::NotFound, "there is no such file")
}

fn unavailable(error: AudioError) -> Problem {
    match error {
        AudioError::NotFound => not_found(),
        error => {
            tracing::error!(%error, "a finished file could not be read");
            Problem::new(ErrorCode::ServiceUnavailable, "the file cannot be read right now").retry_after(10)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::disposition;

    #[test]
    fn file_names_are_readable_and_cannot_break_the_header() {
        assert_eq!(
            disposition("Rain \"Tonight\"\r\n", "mp3", true),
            "attachment; filename=\"Rain Tonight.mp3\"; filename*=UTF-8''Rain%20Tonight.mp3"
        );
        assert!(disposition("雨", "wav", false).contains("filename*=UTF-8''%E9%9B%A8.wav"));
        assert!(disposition("", "mp3", false).contains("\"song.mp3\""));
    }
}
