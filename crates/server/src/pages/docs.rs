//! How to buy a song, with commands that work on this very server.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Redirect, Response};
use busker_core::section::SectionTag;
use serde_json::Value;

use crate::api::BaseUrl;
use crate::api::schema::{FIELDS, song_request_schema};
use crate::error_code::{ErrorCode, ErrorCodeEntry};
use crate::shop::Shop;

/// The request of the documentation, exactly as it is copied from the page: a short ballad with two sections.
pub const EXAMPLE_REQUEST: &str = r#"{"prompt":"E minor, 90 BPM, acoustic guitar ballad, male vocal, emotional","lyrics":"[Verse]\nWalking through the rain tonight\nEvery drop a memory falling down\n\n[Chorus]\nBut I still remember you\nIn every song that plays","is_instrumental":false,"lyrics_optimizer":false,"sample_rate":44100,"bitrate":256000,"audio_format":"mp3"}"#;

#[derive(Template)]
#[template(path = "docs.html")]
struct DocsPage {
    base: String,
    sandbox: bool,
    example: &'static str,
    models: Vec<ModelRow>,
    parameters: Vec<ParameterRow>,
    tags: Vec<&'static str>,
    errors: Vec<ErrorCodeEntry>,
    hold_seconds: u64,
    expiry_minutes: u64,
}

struct ModelRow {
    id: u32,
    slug: String,
    name: String,
    description: String,
    sats: u64,
    typical: String,
}

struct ParameterRow {
    name: String,
    kind: String,
    default: String,
    description: String,
}

pub(super) async fn front() -> Redirect {
    Redirect::temporary("/l402/generate-music")
}

pub(super) async fn page(State(shop): State<Arc<Shop>>, base: BaseUrl) -> Response {
    let models = shop.catalog.cards().iter().map(|card| ModelRow {
        id: card.id,
        slug: card.slug.clone(),
        name: card.name.clone(),
        description: card.description.clone(),
        sats: card.price_sats.0,
        typical: format!("{:.0}–{:.0} s", card.typical_seconds.p50, card.typical_seconds.p95),
    });
    super::render(&DocsPage {
        base: base.0,
        sandbox: shop.is_sandbox(),
        example: EXAMPLE_REQUEST,
        models: models.collect(),
        parameters: parameters(),
        tags: SectionTag::ALL.iter().take(14).map(|tag| tag.name()).collect(),
        errors: ErrorCode::ALL.iter().map(|code| code.entry()).collect(),
        hold_seconds: shop.settings.hold_max.as_secs(),
        expiry_minutes: shop.settings.invoice_expiry.as_secs() / 60,
    })
}

/// The rows of the parameter table, from the same schema that machines read.
fn parameters() -> Vec<ParameterRow> {
    let schema = song_request_schema();
    let rows = FIELDS.iter().map(|name| {
        let property = &schema["properties"][*name];
        ParameterRow {
            name: (*name).to_owned(),
            kind: kind(&property["type"]),
            default: if *name == "prompt" {
                "required".to_owned()
            } else {
                shown(&property["default"])
            },
            description: property["description"].as_str().unwrap_or_default().replace('`', ""),
        }
    });
    rows.collect()
}

fn kind(kind: &Value) -> String {
    match kind {
        Value::Array(kinds) => {
            let kinds: Vec<&str> = kinds
                .iter()
                .filter_map(Value::as_str)
                .filter(|kind| *kind != "null")
                .collect();
            kinds.join(" or ")
        }
        kind => kind.as_str().unwrap_or("any").to_owned(),
    }
}

fn shown(value: &Value) -> String {
    if value.is_null() {
        String::new()
    } else {
        value.to_string()
    }
}
