//! Whether the band can sing on this machine: two words, sung and looked at.

use std::time::{Duration, Instant};

use busker_core::engine::{Engine, EngineError, RenderOptions, RenderWatch};
use busker_core::request::{AudioFormat, SongRequest};

use super::BandEngine;

/// The lead by itself, before the mix.
const LEAD: &str = "lead-vocal-dry";
/// A voice whose highest peak is lower is none: −20 dBFS.
const FAINT: f32 = 0.1;

impl BandEngine {
    /// Sings two words in a short song, without its SoundFont, and gives the time that took: a second or so.
    ///
    /// # Errors
    /// [`EngineError`] when no song came out, or one in which nobody sings.
    pub fn rehearse(&self) -> Result<Duration, EngineError> {
        let began = Instant::now();
        let band = Self::new(self.card.price_sats);
        let options = RenderOptions {
            stems: true,
            ..RenderOptions::default()
        };
        let song = band.render(&two_words(), &options, &Unwatched)?;
        let lead = song.stems.iter().find(|stem| stem.name == LEAD);
        let peak = lead.map(|lead| lead.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs())));
        match peak {
            Some(peak) if peak.is_finite() && peak > FAINT => Ok(began.elapsed()),
            _ => Err(EngineError::Permanent(
                "nobody sings in a song with words; this build of busker is broken, take another".to_owned(),
            )),
        }
    }
}

fn two_words() -> SongRequest {
    SongRequest {
        prompt: "solo piano, 120 BPM".to_owned(),
        lyrics: "[Verse]\nHello world".to_owned(),
        is_instrumental: false,
        lyrics_optimizer: false,
        model: None,
        sample_rate: 44_100,
        bitrate: 256_000,
        audio_format: AudioFormat::Wav,
        seed: Some(1),
        duration: Some(10),
    }
}

struct Unwatched;

impl RenderWatch for Unwatched {
    fn progress(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        false
    }
}
