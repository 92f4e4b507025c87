//! What every track needs to know of the song around it.

use super::singing::Singing;
use super::throws::Throws;
use crate::dsp::{RATE, samples};
use crate::perform::kicks;
use crate::score::{Instrument, Role, Score};

/// Facts about the song in samples.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Surroundings {
    /// Samples to work on: the song and room for its tail.
    pub(crate) length: usize,
    /// Where the last bar ends.
    pub(crate) end: usize,
    /// First samples of the bass drum's strokes.
    pub(crate) kicks: Vec<usize>,
    /// Samples in a quarter note.
    pub(crate) beat: f32,
    /// Who plays what for, one entry a track with notes.
    pub(crate) lineup: Vec<(Role, Instrument)>,
    /// What of the drums is thrown into the delay.
    pub(crate) throws: Throws,
    /// When somebody sings: accompaniment leaves room for the words.
    pub(crate) singing: Singing,
}

/// The longest tail after the last bar, seconds.
const LONGEST_TAIL: f32 = 3.6;

/// The shortest tail, seconds.
const SHORTEST_TAIL: f32 = 1.5;

/// The largest share of the song a tail adds: a few seconds of music do not ring for as long again.
const LARGEST_TAIL: f32 = 0.25;

impl Surroundings {
    /// Of `score`, with what is sung in it or without.
    pub(crate) fn of(score: &Score, sing: bool) -> Self {
        let end = (score.seconds(score.end()) * f64::from(RATE)) as usize;
        let longest = (score.seconds(score.end()) as f32 * LARGEST_TAIL).clamp(SHORTEST_TAIL, LONGEST_TAIL);
        let tail = samples((0.9 + score.mix.reverb_seconds).clamp(SHORTEST_TAIL, longest));
        Self {
            length: end + tail,
            end,
            kicks: kicks(score),
            beat: 60.0 / score.tempo.max(20.0) as f32 * RATE,
            lineup: score
                .tracks
                .iter()
                .filter(|track| !track.notes.is_empty())
                .map(|track| (track.role, track.instrument))
                .collect(),
            throws: Throws::of(score),
            singing: if sing { Singing::of(score) } else { Singing::default() },
        }
    }
}
