//! The embedded band as an engine.

mod ask;
mod attempts;
mod rehearsal;
mod sheet;
mod sounds;
mod words;

use std::sync::Arc;
use std::time::Duration;

use busker_band::compose::compose;
use busker_band::master::gate::{inspect, key};
use busker_band::perform::{Cut, Performance, Stage, Threads, Watch, perform};
use busker_band::score::Mode;
use busker_band::soundfont::SoundFont;
use busker_core::amount::Sats;
use busker_core::engine::{Engine, EngineCard, EngineError, RenderOptions, RenderWatch, TypicalSeconds};
use busker_core::request::{DURATION_RANGE, SongRequest};
use busker_core::song::Song;

use crate::lyric_writer::LyricWriter;
use attempts::{Failure, Take, first_good};
use sounds::Sounds;
pub use sounds::{SoundFontChoice, SoundFontFailure, installed_soundfont};
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
    sounds: Sounds,
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
                    "Composes, plays and sings every note on this server, in the genre, tempo, key, instruments and \
                              voice you ask for. At home in English; the other languages listed are sung with an accent, \
                              the rest is approximated."
                        .to_owned(),
                price_sats: price,
                max_seconds: DURATION_RANGE.1,
                vocals: true,
                instrumental: true,
                languages: ["en", "es", "it", "pt", "de", "fr", "ja"].map(str::to_owned).to_vec(),
                typical_seconds: TypicalSeconds { p50: 5.0, p95: 12.0 },
                default: true,
            },
            sounds: Sounds::default(),
        }
    }

    /// With `writer` for the lyrics that the band would write itself. It has `patience` for one song; after that, and
    /// whenever what it wrote cannot be used, the band writes.
    #[must_use]
    pub fn with_lyric_writer(mut self, writer: Arc<dyn LyricWriter>, patience: Duration) -> Self {
        self.scribe = Some(Scribe { writer, patience });
        self
    }

    /// The same band with samples from a SoundFont for the instruments they suit. Nothing is read yet.
    #[must_use]
    pub fn with_soundfont(mut self, choice: SoundFontChoice) -> Self {
        self.sounds = Sounds::new(choice);
        self
    }

    /// The name of the SoundFont in use, if one is. Reads the file if no song has needed it yet; that may take a second.
    ///
    /// # Errors
    /// [`SoundFontFailure`]: songs are made all the same, without it.
    pub fn soundfont(&self) -> Result<Option<String>, SoundFontFailure> {
        Ok(self.sounds.open()?.map(|font| font.name()))
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

    /// The song depends on the request alone, on the words of a lyric writer where one is asked, and on the SoundFont where
    /// one is used: a take that fails the last inspection, that does not sound in its key, or that the band itself fails
    /// at, is followed by another from the next sub-seed, the same on every machine.
    fn render(
        &self,
        request: &SongRequest,
        options: &RenderOptions,
        watch: &dyn RenderWatch,
    ) -> Result<Song, EngineError> {
        let asked = Asked::new(ask::band_request(request)?, self.scribe.as_ref(), watch)?;
        let play = |soundfont: Option<&SoundFont>| {
            first_good(asked.request.seed, |seed| {
                take(&asked.with_seed(seed), options, soundfont, watch)
            })
        };
        let mut song = match self.sounds.open() {
            Ok(Some(soundfont)) => match play(Some(&soundfont)) {
                Ok(mut song) => {
                    song.facts.soundfont = Some(soundfont.name());
                    song
                }
                Err(EngineError::Cancelled) => return Err(EngineError::Cancelled),
                Err(_) => own_instruments(play(None)?),
            },
            Ok(None) => play(None)?,
            Err(_) => own_instruments(play(None)?),
        };
        song.facts.seed = asked.request.seed;
        Ok(song)
    }
}

/// Tells that `song` was played without the samples this shop usually plays with.
fn own_instruments(mut song: Song) -> Song {
    let warning = "the samples this shop plays with could not be used; the band's own instruments play everything";
    song.facts.warnings.push(warning.to_owned());
    song
}

/// One song from paper to sound, inspected.
fn take(
    asked: &Asked,
    options: &RenderOptions,
    soundfont: Option<&SoundFont>,
    watch: &dyn RenderWatch,
) -> Result<Take, Failure> {
    if watch.cancelled() {
        return Err(Failure::Cancelled);
    }
    watch.progress(0.0, "composing");
    let score = asked.titled(compose(&asked.request));
    watch.progress(COMPOSED, "composing");
    let performance = Performance {
        threads: options.threads.map_or_else(Threads::default, Threads::new),
        stems: options.stems,
        soundfont: soundfont.cloned(),
        ..Performance::default()
    };
    let recording = perform(&score, &performance, &Listener(watch)).map_err(|Cut { .. }| Failure::Cancelled)?;
    inspect(&recording, &score).map_err(|fault| Failure::Faulty(fault.to_string()))?;
    let key_fit = match score.key.mode {
        // Other modes share their notes with these two, and listeners hear one or the other.
        Mode::Major | Mode::Minor => key::fit(&recording, score.key).unwrap_or(0.0),
        _ => 0.0,
    };
    watch.progress(1.0, "finishing");
    Ok(Take {
        song: sheet::song(&score, recording),
        key_fit,
    })
}

/// Passes the band's progress on as one fraction of the whole.
struct Listener<'a>(&'a dyn RenderWatch);

impl Watch for Listener<'_> {
    fn progress(&self, stage: Stage, done: f32) {
        let (from, to) = match stage {
            Stage::Playing => (COMPOSED, 0.40),
            Stage::Singing => (0.40, 0.70),
            Stage::Mixing => (0.70, 0.80),
            Stage::Mastering => (0.80, 0.99),
        };
        self.0.progress(from + (to - from) * done.clamp(0.0, 1.0), stage.name());
    }

    fn cancelled(&self) -> bool {
        self.0.cancelled()
    }
}
