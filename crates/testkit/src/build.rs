//! Builders of requests, orders and songs. All are valid; a number makes them distinct.

use std::time::Duration;

use busker_core::amount::Sats;
use busker_core::clock::Timestamp;
use busker_core::id::{AudioKey, FileDigest, OrderId, OrderKey, PaymentHash};
use busker_core::order::{Failure, Order, OrderState, Progress};
use busker_core::request::{AudioFormat, SongRequest};
use busker_core::song::{SongFacts, StoredSong};
use sha2::{Digest, Sha256};

/// How long a built order's invoice is open.
pub const INVOICE_EXPIRY: Duration = Duration::from_secs(600);

/// A request for a song, the `number`th.
pub fn request(number: u64) -> SongRequest {
    SongRequest {
        prompt: format!("E minor, 90 BPM, acoustic guitar ballad number {number}"),
        lyrics: "[Verse]\nWalking through the rain tonight".to_owned(),
        is_instrumental: false,
        lyrics_optimizer: false,
        model: None,
        sample_rate: 44_100,
        bitrate: 256_000,
        audio_format: AudioFormat::Mp3,
        seed: Some(number),
        duration: None,
    }
}

/// A fresh quote for [`request`]`(number)`, made at `created_at`.
pub fn order(number: u64, created_at: Timestamp) -> Order {
    let request = request(number);
    Order {
        id: OrderId(short_name("order", number)),
        key: OrderKey(short_name("key", number)),
        payment_hash: PaymentHash(long_name("payment", number)),
        invoice: format!("lnbcrt3u1p{number}"),
        price: Sats(300),
        model: "band".to_owned(),
        digest: request.digest(),
        request,
        state: OrderState::Quoted,
        attempts: 0,
        failures: 0,
        created_at,
        expires_at: created_at.plus(INVOICE_EXPIRY),
        settled_at: None,
        deadline: None,
        lease_until: None,
        progress: Progress::default(),
        song: None,
        failure: None,
    }
}

/// A song as stored, the `number`th.
pub fn stored_song(number: u64) -> StoredSong {
    StoredSong {
        audio: AudioKey(short_name("audio", number)),
        format: AudioFormat::Mp3,
        bytes: 1_000 + number,
        sha256: FileDigest(long_name("file", number)),
        duration_seconds: 61.5,
        model: "band".to_owned(),
        facts: SongFacts {
            title: format!("Song {number}"),
            seed: number,
            ..SongFacts::default()
        },
        extras: vec!["peaks.json".to_owned()],
    }
}

/// What a buyer is told when a try failed.
pub fn failure() -> Failure {
    Failure {
        code: "engine_failed".to_owned(),
        detail: "the band lost its place".to_owned(),
    }
}

fn long_name(kind: &str, number: u64) -> [u8; 32] {
    Sha256::digest(format!("{kind} {number}")).into()
}

fn short_name(kind: &str, number: u64) -> [u8; 16] {
    let mut name = [0; 16];
    name.copy_from_slice(&long_name(kind, number)[..16]);
    name
}
