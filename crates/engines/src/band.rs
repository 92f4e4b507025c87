//! The embedded band as an engine.

mod ask;
mod attempts;
mod sheet;
mod words;

use std::sync::Arc;
use std::time::Duration;

use busker_band::compose::compose;
use busker_band::master::gate::inspect;
use busker_band::perform::{Cut, Performance, Stage, Threads, Watch, perform};
use busker_core::amount::Sats;
use busker_core::engine::{Engine, EngineCard, EngineError, RenderOptions, RenderWatch, TypicalSeconds};
use busker_core::request::{DURATION_RANGE, SongRequest};
use busker_core::song::Song;

use crate::lyric_writer::LyricWriter;
use attempts::{Failure, first_good};
use words::{Asked, Scribe};

/// What a song costs unless the shop sets another price.
pub const DEFAULT_PRICE: Sats = Sats(300);
/// Share of the progress that is behind us once the song is on paper.
const COMPOSED: f32 = 0.03;

/// The band: needs no network, no model files and no other program, and is always ready.
#[derive(Debug, Clone)]
pub struct BandEngine {
    card: EngineCard,
    /// Who writes lyrics in the band's place.
    scribe: Option<Scribe>,
}

impl BandEngine {
    /// The band at `price` a song.
    pub fn new(price: Sats) -> Self {
        Self {
            scribe: None,
            card: EngineCard {
                id: 1,
                slug: "band".to_owned(),
                name: "Embedded band".to_owned(),
                description:
                    "Composes and plays every note on this server, in the genre, tempo, key and instruments you \
                              ask for. It does not sing yet: lyrics shape the song, an instrument plays their \
                              melody, and their words come with times."
                        .to_owned(),
                price_sats: price,
                max_seconds: DURATION_RANGE.1,
                vocals: false,
                instrumental: true,
                languages: Vec::new(),
                typical_seconds: TypicalSeconds { p50: 8.0, p95: 15.0 },
                default: true,
            },
        }
    }

    /// With `writer` for the lyrics that the band would write itself. It has `patience` for one song; after that, and
    /// whenever what it wrote cannot be used, the band writes.
    #[must_use]
    pub fn with_lyric_writer(mut self, writer: Arc<dyn LyricWriter>, patience: Duration) -> Self {
        self.scribe = Some(Scribe { writer, patience });
        self
    }
}

impl Default for BandEngine {
    fn default() -> Self {
        Self::new(DEFAULT_PRICE)
    }
}

impl Engine for BandEngine {
    fn card(&self) -> &EngineCard {
        &self.card
    }

    /// The song depends on the request alone, and on the words of a lyric writer where one is asked: a take that fails the last inspection, or the band itself, is followed by
    /// another from the next sub-seed, the same on every machine.
    fn render(
        &self,
        request: &SongRequest,
        options: &RenderOptions,
        watch: &dyn RenderWatch,
    ) -> Result<Song, EngineError> {
        let asked = Asked::new(ask::band_request(request)?, self.scribe.as_ref(), watch)?;
        let mut song = first_good(asked.request.seed, |seed| take(&asked.with_seed(seed), options, watch))?;
        song.facts.seed = asked.request.seed;
        Ok(song)
    }
}

/// One song from paper to sound, inspected.
fn take(asked: &Asked, options: &RenderOptions, watch: &dyn RenderWatch) -> Result<Song, Failure> {
    if watch.cancelled() {
        return Err(Failure::Cancelled);
    }
    watch.progress(0.0, "composing");
    let score = asked.titled(compose(&asked.request));
    watch.progress(COMPOSED, "composing");
    let performance = Performance {
        threads: options.threads.map_or_else(Threads::default, Threads::new),
        stems: options.stems,
        ..Performance::default()
    };
    let recording = perform(&score, &performance, &Listener(watch)).map_err(|Cut { .. }| Failure::Cancelled)?;
    inspect(&recording, &score).map_err(|fault| Failure::Faulty(fault.to_string()))?;
    watch.progress(1.0, "finishing");
    Ok(sheet::song(&score, recording))
}

/// Passes the band's progress on as one fraction of the whole.
struct Listener<'a>(&'a dyn RenderWatch);

impl Watch for Listener<'_> {
    fn progress(&self, stage: Stage, done: f32) {
        let (from, to) = match stage {
            Stage::Playing => (COMPOSED, 0.70),
            Stage::Mixing => (0.70, 0.80),
            Stage::Mastering => (0.80, 0.99),
        };
        self.0.progress(from + (to - from) * done.clamp(0.0, 1.0), stage.name());
    }

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}
