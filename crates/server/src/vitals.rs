//! Whether everything that a song needs is there (I10).

use std::sync::Mutex;
use std::time::{Duration, Instant};

use busker_core::invariants;
use serde::Serialize;

use crate::shop::Shop;

/// A finding is believed this long: quotes must not each write a probe file.
const FRESH: Duration = Duration::from_secs(5);

/// A part that does not answer for this long counts as down.
const PATIENCE: Duration = Duration::from_secs(5);

/// Written at each look: a full disk still lets everybody read.
const PROBE_NOTE: &str = "vitals.probe";

/// What answered when it was last asked.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct Vitals {
    /// An invoice could be made.
    pub wallet: bool,
    /// The order book could be written to.
    pub database: bool,
    /// A file could be written.
    pub audio_store: bool,
    /// At least one engine could play.
    pub engine: bool,
}

impl Vitals {
    /// Whether an invoice may be made (I10).
    pub fn may_quote(&self) -> bool {
        invariants::may_quote(self.wallet, self.database, self.audio_store, self.engine)
    }
}

#[derive(Default)]
pub(crate) struct VitalsCache(Mutex<Option<(Instant, Vitals)>>);

impl Shop {
    /// What answers now, or answered a moment ago.
    pub async fn vitals(&self) -> Vitals {
        if let Some(vitals) = self.vitals_cache.fresh() {
            return vitals;
        }
        let vitals = self.examine().await;
        self.vitals_cache.keep(vitals.clone());
        vitals
    }

    async fn examine(&self) -> Vitals {
        let wallet = tokio::time::timeout(PATIENCE, self.wallet.check());
        let database = tokio::time::timeout(PATIENCE, self.orders.set_note(PROBE_NOTE, "written"));
        let audio = tokio::time::timeout(PATIENCE, self.audio.check());
        let (wallet, database, audio) = tokio::join!(wallet, database, audio);
        Vitals {
            wallet: found("wallet", wallet),
            database: found("database", database),
            audio_store: found("audio store", audio),
            engine: self.engines.ready().is_ok(),
        }
    }
}

fn found<E: std::fmt::Display>(part: &str, answer: Result<Result<(), E>, tokio::time::error::Elapsed>) -> bool {
    match answer {
        Ok(Ok(())) => return true,
        Ok(Err(error)) => tracing::warn!(part, %error, "a part of the shop is down; no new quotes until it is back"),
        Err(_) => tracing::warn!(
            part,
            "a part of the shop does not answer; no new quotes until it is back"
        ),
    }
    false
}

impl VitalsCache {
    fn fresh(&self) -> Option<Vitals> {
        let cached = self.0.lock().ok()?;
        cached
            .as_ref()
            .filter(|(at, _)| at.elapsed() < FRESH)
            .map(|(_, vitals)| vitals.clone())
    }

    fn keep(&self, vitals: Vitals) {
        if let Ok(mut cached) = self.0.lock() {
            *cached = Some((Instant::now(), vitals));
        }
    }
}
