//! An order as its buyer sees it.

use busker_core::order::{Order, OrderState};
use busker_core::song::{SongSection, StoredSong};
use serde::Serialize;
use utoipa::ToSchema;

use super::BaseUrl;
use crate::shop::Shop;

/// How often a waiting client should ask.
pub(super) const POLL_INTERVAL_MS: u64 = 1000;

/// Where an order stands.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrderView {
    /// quoted, expired, paid, generating, delivered, refundable, refunding or refunded.
    state: &'static str,
    /// For clients that wait: unpaid, processing, completed or failed.
    status: &'static str,
    /// What is being done, while generating.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// 0 to 1.
    progress: f64,
    /// Paid orders ahead of this one, while waiting for a worker.
    #[serde(skip_serializing_if = "Option::is_none")]
    queue_position: Option<u64>,
    /// This order's address.
    order_url: String,
    /// A stream of this order's changes.
    events_url: String,
    /// What it costs.
    price_sats: u64,
    /// The invoice's payment hash.
    payment_hash: String,
    /// The invoice, while it can be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice: Option<String>,
    /// When it was quoted, RFC 3339.
    created_at: String,
    /// When the invoice expires, RFC 3339.
    expires_at: String,
    /// When its payment was seen, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    paid_at: Option<String>,
    /// The model that makes it.
    model: String,
    /// The song, once delivered: the same as the paid request's answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<SongView>,
    /// Why the last try failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<String>,
    /// What is owed, when the song failed for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<RefundView>,
    /// No real money moved.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sandbox: bool,
    /// How often to ask.
    poll_interval_ms: u64,
}

/// A delivered song.
#[derive(Debug, Serialize, ToSchema)]
#[allow(non_snake_case, reason = "the wire format is camelCase for URLs")]
pub(super) struct SongView {
    /// The song.
    audioUrl: String,
    /// What it is called.
    title: String,
    /// How long it is.
    duration_seconds: f64,
    /// What is sung, with tags; empty for an instrumental.
    lyrics: String,
    /// ISO 639-1 code of the language it is sung in, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    /// The model that made it.
    model: String,
    /// The seed; send it with the same request to get the same song.
    seed: u64,
    /// The samples some instruments were played from, where the shop has any: the same song needs the same ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    soundfont: Option<String>,
    /// Beats a minute; dotted quarters in 6/8, 9/8 and 12/8.
    #[serde(skip_serializing_if = "Option::is_none")]
    tempo: Option<f64>,
    /// "E minor".
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    /// Most important first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    genres: Vec<String>,
    /// The form with its chords, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<SectionView>,
    /// The order's address.
    order_url: String,
    /// The cover, 1000 by 1000 pixels, as PNG; `svg` instead of `png` at its end gives the same as SVG.
    #[serde(skip_serializing_if = "Option::is_none")]
    coverUrl: Option<String>,
    /// Lyrics with times.
    #[serde(skip_serializing_if = "Option::is_none")]
    lrcUrl: Option<String>,
    /// Lyrics and chords in the ChordPro format.
    #[serde(skip_serializing_if = "Option::is_none")]
    chordsUrl: Option<String>,
    /// The notes.
    #[serde(skip_serializing_if = "Option::is_none")]
    midiUrl: Option<String>,
    /// A small waveform for players.
    #[serde(skip_serializing_if = "Option::is_none")]
    peaksUrl: Option<String>,
    /// What the buyer should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
    /// No real money moved.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    sandbox: bool,
}

/// One part of the song.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SectionView {
    /// "Verse 2".
    label: String,
    /// Seconds from the start of the song.
    start: f64,
    /// Seconds from the start of the song.
    end: f64,
    /// Chord symbols with a bar line after each bar: "Am | F | C G | Am".
    #[serde(skip_serializing_if = "String::is_empty")]
    chords: String,
}

/// Money owed to the buyer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct RefundView {
    /// Names the order.
    charge_id: String,
    /// In sats.
    refund_amount: u64,
    /// An LNURL-withdraw, where the shop sends refunds by itself.
    lnurl_withdraw: Option<String>,
    /// pending, paying or claimed.
    status: &'static str,
}

impl OrderView {
    pub(super) fn new(shop: &Shop, base: &BaseUrl, order: &Order, queue_position: Option<u64>) -> Self {
        let order_url = order_url(base, order);
        Self {
            state: order.state.name(),
            status: status(order.state),
            stage: matches!(order.state, OrderState::Generating(_)).then(|| order.progress.stage.clone()),
            progress: shown_progress(order),
            queue_position,
            events_url: format!("{order_url}/events"),
            order_url,
            price_sats: order.price.0,
            payment_hash: order.payment_hash.to_string(),
            invoice: (order.state == OrderState::Quoted).then(|| order.invoice.clone()),
            created_at: order.created_at.to_string(),
            expires_at: order.expires_at.to_string(),
            paid_at: order.settled_at.map(|at| at.to_string()),
            model: order.model.clone(),
            result: order.song.as_ref().map(|song| SongView::new(shop, base, order, song)),
            error_code: order
                .failure
                .as_ref()
                .filter(|_| order.song.is_none())
                .map(|failure| failure.code.clone()),
            refund: RefundView::of(order),
            sandbox: shop.is_sandbox(),
            poll_interval_ms: POLL_INTERVAL_MS,
        }
    }
}

impl SongView {
    pub(super) fn new(shop: &Shop, base: &BaseUrl, order: &Order, song: &StoredSong) -> Self {
        let file = |extension: &str| format!("{}/audio/{}.{extension}", base.0, song.audio.to_hex());
        let extra = |extension: &str| {
            song.extras
                .iter()
                .any(|extra| extra == extension)
                .then(|| file(extension))
        };
        Self {
            audioUrl: file(song.format.name()),
            title: song.facts.title.clone(),
            duration_seconds: song.duration_seconds,
            lyrics: song.facts.lyrics.clone(),
            language: song.facts.language.clone(),
            model: song.model.clone(),
            seed: song.facts.seed,
            soundfont: song.facts.soundfont.clone(),
            tempo: song.facts.tempo,
            key: song.facts.key.clone(),
            genres: song.facts.genres.clone(),
            sections: song.facts.sections.iter().map(SectionView::new).collect(),
            order_url: order_url(base, order),
            coverUrl: extra("png"),
            lrcUrl: extra("lrc"),
            chordsUrl: extra("cho"),
            midiUrl: extra("mid"),
            peaksUrl: extra("peaks.json"),
            warnings: song.facts.warnings.clone(),
            sandbox: shop.is_sandbox(),
        }
    }
}

impl SectionView {
    fn new(section: &SongSection) -> Self {
        let milliseconds = |seconds: f64| (seconds * 1000.0).round() / 1000.0;
        Self {
            label: section.label.clone(),
            start: milliseconds(section.start),
            end: milliseconds(section.end),
            chords: section.chords.clone(),
        }
    }
}

impl RefundView {
    pub(super) fn of(order: &Order) -> Option<Self> {
        let status = match order.state {
            OrderState::Refundable => "pending",
            OrderState::Refunding => "paying",
            OrderState::Refunded => "claimed",
            _ => return None,
        };
        Some(Self {
            charge_id: order.id.to_string(),
            refund_amount: order.price.0,
            lnurl_withdraw: None,
            status,
        })
    }
}

/// To three digits; more would pretend to know.
fn shown_progress(order: &Order) -> f64 {
    let fraction = if order.state == OrderState::Delivered {
        1.0
    } else {
        f64::from(order.progress.fraction)
    };
    (fraction * 1000.0).round() / 1000.0
}

pub(crate) fn order_url(base: &BaseUrl, order: &Order) -> String {
    format!("{}/api/l402/orders/{}", base.0, order.key.to_hex())
}

fn status(state: OrderState) -> &'static str {
    match state {
        OrderState::Quoted | OrderState::Expired => "unpaid",
        OrderState::Paid | OrderState::Generating(_) => "processing",
        OrderState::Delivered => "completed",
        OrderState::Refundable | OrderState::Refunding | OrderState::Refunded => "failed",
    }
}
