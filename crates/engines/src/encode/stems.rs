//! Single instruments as files.

use busker_core::song::{Song, SongFacts, Stem};

use super::{pcm, wav};

/// The loudest sample among stems that had to come down: -1 dBFS.
const LOUDEST: f32 = 0.891_25;

/// What all stems of a song are multiplied by, so that none clips: a single instrument may be louder than the mix it
/// came from. It is one number for all, so that the stems still add up to the mix before mastering, only softer; 1
/// where no stem is above -1 dBFS.
pub fn stem_gain(stems: &[Stem]) -> f32 {
    let samples = stems.iter().flat_map(|stem| &stem.samples);
    let peak = samples.fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    if peak > LOUDEST { LOUDEST / peak } else { 1.0 }
}

/// Writes one instrument as a 16-bit WAV at the song's own rate, `gain` times as loud as in the mix.
pub fn encode_stem(song: &Song, stem: &Stem, gain: f32) -> Vec<u8> {
    let facts = SongFacts {
        title: format!("{} ({})", song.facts.title, stem.name),
        ..song.facts.clone()
    };
    let samples: Vec<f32> = stem.samples.iter().map(|sample| sample * gain).collect();
    wav::with_header(&pcm::quantize(&samples, song.facts.seed), song.rate, &facts, &[])
}
