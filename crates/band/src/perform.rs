//! From the score to sound: every track played, mixed and mastered.
//!
//! Tracks are played in parallel and summed in score order, so the sound does not depend on the number of threads, nor
//! on whether stems are kept. Only a few tracks are in memory at a time.

pub(crate) mod crew;
pub(crate) mod part;
mod player;
mod schedule;
pub(crate) mod spans;

pub use crew::Threads;
pub(crate) use schedule::{backbeats, kicks};

use crate::dsp::RATE;
use crate::master::{self, Loudness};
use crate::mix::{Desk, Strip, Surroundings};
use crate::score::{Score, Track, VOCAL_MELODY};
use crate::soundfont::SoundFont;
use part::{Blanks, Part};

/// How to perform, beside what the score says.
#[derive(Debug, Clone, Default)]
pub struct Performance {
    /// Threads to play on. The sound is the same for any number.
    pub threads: Threads,
    /// Keep every track by itself as well.
    pub stems: bool,
    /// Samples for the instruments they suit better. Without, the band plays everything itself.
    pub soundfont: Option<SoundFont>,
    /// Sung parts, rendered beforehand, to be mixed with the band.
    pub voices: Vec<Voice>,
}

/// A sung part at 44,100 samples a second, beginning with the first sample of the song.
#[derive(Debug, Clone)]
pub struct Voice {
    /// Unique, lower-case, fit for a file name: "lead-vocal", "harmony".
    pub name: String,
    /// Lead or behind it.
    pub place: VoicePlace,
    /// Where it stands, −1 left to 1 right.
    pub pan: f32,
    /// One channel of samples, any level.
    pub samples: Vec<f32>,
}

/// Where a voice stands in the mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoicePlace {
    /// In front of everything.
    Lead,
    /// Doubles and harmonies, six decibels behind.
    Backing,
}

/// A finished song.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Samples a second.
    pub rate: u32,
    /// Left channel, −1 to 1.
    pub left: Vec<f32>,
    /// Right channel, as long as the left one.
    pub right: Vec<f32>,
    /// Measured loudness and peak.
    pub loudness: Loudness,
    /// Tracks by themselves, when asked for. Together they are the mix before mastering.
    pub stems: Vec<Stem>,
}

impl Recording {
    /// Length in seconds.
    pub fn seconds(&self) -> f64 {
        self.left.len() as f64 / f64::from(self.rate)
    }
}

/// One track by itself at 44,100 samples a second, as loud as it stands in the mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Stem {
    /// The track's name, or "effects" for reverb and echo of all of them.
    pub name: String,
    /// Left channel.
    pub left: Vec<f32>,
    /// Right channel.
    pub right: Vec<f32>,
}

/// Part of the work under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Notes become tracks.
    Playing,
    /// Tracks become a song.
    Mixing,
    /// The song gets its final tone and level.
    Mastering,
}

impl Stage {
    /// "playing", "mixing", "mastering".
    pub fn name(self) -> &'static str {
        match self {
            Self::Playing => "playing",
            Self::Mixing => "mixing",
            Self::Mastering => "mastering",
        }
    }
}

/// Someone who follows the performance and may end it.
pub trait Watch: Sync {
    /// `done` of `stage`, 0-1, is behind us.
    fn progress(&self, stage: Stage, done: f32);

    /// Whether nobody wants the song any more. Asked several times a second.
    fn cancelled(&self) -> bool;
}

/// Nobody watches; the performance runs to its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn progress(&self, _: Stage, _: f32) {}

    fn cancelled(&self) -> bool {
        false
    }
}

/// The watcher ended the performance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the performance was cancelled while {}; perform the score again for a song", .during.name())]
pub struct Cut {
    /// What was under way.
    pub during: Stage,
}

/// Plays, mixes and masters `score`.
///
/// # Errors
/// [`Cut`] when the watcher cancels.
pub fn perform(score: &Score, options: &Performance, watch: &dyn Watch) -> Result<Recording, Cut> {
    let surroundings = Surroundings::of(score, &options.voices);
    let mut desk = Desk::new(&surroundings, options.stems);
    play_tracks(score, options, &surroundings, &mut desk, watch)?;

    check(watch, Stage::Mixing)?;
    watch.progress(Stage::Mixing, 0.0);
    let mut mixed = desk.mix_down(score, options.threads);
    check(watch, Stage::Mixing)?;
    watch.progress(Stage::Mixing, 1.0);

    let stems = std::mem::take(&mut mixed.stems);
    watch.progress(Stage::Mastering, 0.0);
    let mastered = master::finish(mixed, &score.mix, surroundings.end, options.threads);
    check(watch, Stage::Mastering)?;
    watch.progress(Stage::Mastering, 1.0);

    Ok(Recording {
        rate: RATE as u32,
        left: mastered.left,
        right: mastered.right,
        loudness: mastered.loudness,
        stems: stems.into_iter().map(|stem| stem.cut_to(mastered.length)).collect(),
    })
}

impl Stem {
    /// As long as the finished song.
    fn cut_to(mut self, length: usize) -> Self {
        self.left.truncate(length);
        self.right.truncate(length);
        self
    }
}

/// Voices first, then tracks in score order, each through its channel strip onto the desk.
fn play_tracks(
    score: &Score,
    options: &Performance,
    surroundings: &Surroundings,
    desk: &mut Desk,
    watch: &dyn Watch,
) -> Result<(), Cut> {
    watch.progress(Stage::Playing, 0.0);
    let voices = options.voices.len();
    // An instrument that stands in for a singer rests when the singer is there.
    let tracks: Vec<&Track> = score
        .tracks
        .iter()
        .filter(|track| voices == 0 || track.name != VOCAL_MELODY)
        .collect();
    let count = voices + tracks.len();
    let blanks = Blanks::new(surroundings.length);
    let play = |index: usize| -> Option<(Strip, Part)> {
        if watch.cancelled() {
            return None;
        }
        if let Some(voice) = options.voices.get(index) {
            let strip = Strip::for_voice(voice);
            return Some((
                strip.clone(),
                strip.process(player::voice(voice, surroundings.length), surroundings),
            ));
        }
        let track = tracks[index - voices];
        let strip = Strip::for_track(track, surroundings);
        Some((
            strip.clone(),
            strip.process(
                player::track(score, track, options.soundfont.as_ref(), blanks.take()),
                surroundings,
            ),
        ))
    };
    let mut done = 0;
    let mut cut = false;
    crew::in_order(count, options.threads, play, |played| {
        match played {
            Some((strip, part)) => desk
                .add(&strip, part)
                .into_iter()
                .for_each(|part| blanks.give_back(part)),
            None => cut = true,
        }
        done += 1;
        watch.progress(Stage::Playing, done as f32 / count.max(1) as f32);
    });
    if cut {
        Err(Cut { during: Stage::Playing })
    } else {
        Ok(())
    }
}

fn check(watch: &dyn Watch, during: Stage) -> Result<(), Cut> {
    if watch.cancelled() { Err(Cut { during }) } else { Ok(()) }
}

#[cfg(test)]
pub(crate) mod tests;
