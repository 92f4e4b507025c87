//! From the score to sound: every track played, every line sung, mixed and mastered.
//!
//! Tracks are played in parallel and summed in score order, so the sound does not depend on the number of threads, nor
//! on whether stems are kept. Only a few tracks are in memory at a time.

pub(crate) mod crew;
pub(crate) mod part;
mod player;
mod schedule;
mod singing;
pub(crate) mod spans;
mod vocals;

pub use crew::{Threads, map};
pub(crate) use schedule::{backbeats, kicks};

use crate::dsp::RATE;
use crate::master::{self, Loudness};
use crate::mix::{Desk, Mixed, Strip, Surroundings};
use crate::score::Score;
use crate::soundfont::SoundFont;
use part::{Blanks, Part};
use vocals::Voices;

/// How to perform, beside what the score says.
#[derive(Debug, Clone)]
pub struct Performance {
    /// Threads to play on. The sound is the same for any number.
    pub threads: Threads,
    /// Keep every track by itself as well.
    pub stems: bool,
    /// Samples for the instruments they suit better. Without, the band plays everything itself.
    pub soundfont: Option<SoundFont>,
    /// Sing what is to be sung. Without, the band plays alone, as for somebody who wants to sing themselves.
    pub sing: bool,
}

impl Default for Performance {
    fn default() -> Self {
        Self {
            threads: Threads::default(),
            stems: false,
            soundfont: None,
            sing: true,
        }
    }
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
    /// The highest peak of the lead in each of [`Score::vocals`], as sung, before the mix; empty where nobody sings. In an
    /// ordinary line it is between 0.08 and 0.25.
    pub sung: Vec<f32>,
    /// Tracks and voices by themselves, when asked for. Together they are the mix before mastering, but for the last: voices
    /// as they were sung, before the mix, whose names end in [`DRY`].
    pub stems: Vec<Stem>,
}

impl Recording {
    /// Length in seconds.
    pub fn seconds(&self) -> f64 {
        self.left.len() as f64 / f64::from(self.rate)
    }
}

/// How the names of stems end that are no part of the mix.
pub const DRY: &str = "-dry";

/// One track by itself at 44,100 samples a second, as loud as it stands in the mix.
#[derive(Debug, Clone, PartialEq)]
pub struct Stem {
    /// The track's name; "lead-vocal" and "backing-vocals" with their own room, and the same with [`DRY`]; "effects" for
    /// reverb and echo of all.
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
    /// Lines become voices.
    Singing,
    /// Tracks become a song.
    Mixing,
    /// The song gets its final tone and level.
    Mastering,
}

impl Stage {
    /// "playing", "singing", "mixing", "mastering".
    pub fn name(self) -> &'static str {
        match self {
            Self::Playing => "playing",
            Self::Singing => "singing",
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
    let surroundings = Surroundings::of(score, options.sing);
    let (mut mixed, voices) = mixed(score, options, &surroundings, watch)?;
    check(watch, Stage::Mixing)?;
    watch.progress(Stage::Mixing, 1.0);

    let mut stems = std::mem::take(&mut mixed.stems);
    stems.extend(voices.dry);
    watch.progress(Stage::Mastering, 0.0);
    let mastered = master::finish(mixed, &score.mix, surroundings.end, options.threads);
    check(watch, Stage::Mastering)?;
    watch.progress(Stage::Mastering, 1.0);

    Ok(Recording {
        rate: RATE as u32,
        left: mastered.left,
        right: mastered.right,
        loudness: mastered.loudness,
        sung: voices.sung,
        stems: stems.into_iter().map(|stem| stem.cut_to(mastered.length)).collect(),
    })
}

/// Everybody on the desk and mixed down, and what is known of the voices before that.
///
/// The band plays first: how loud the voices are is measured against it.
fn mixed(
    score: &Score,
    options: &Performance,
    surroundings: &Surroundings,
    watch: &dyn Watch,
) -> Result<(Mixed, Voices), Cut> {
    let mut desk = Desk::new(surroundings, options.stems);
    play_tracks(score, options, surroundings, &mut desk, watch)?;
    let voices = if options.sing && !score.vocals.is_empty() {
        vocals::sing(score, options, surroundings, &mut desk, watch)?
    } else {
        Voices::default()
    };
    check(watch, Stage::Mixing)?;
    watch.progress(Stage::Mixing, 0.0);
    Ok((desk.mix_down(score, options.threads), voices))
}

impl Stem {
    /// As long as the finished song.
    fn cut_to(mut self, length: usize) -> Self {
        self.left.truncate(length);
        self.right.truncate(length);
        self
    }
}

/// Tracks in score order, each through its channel strip onto the desk.
fn play_tracks(
    score: &Score,
    options: &Performance,
    surroundings: &Surroundings,
    desk: &mut Desk,
    watch: &dyn Watch,
) -> Result<(), Cut> {
    watch.progress(Stage::Playing, 0.0);
    let count = score.tracks.len();
    let blanks = Blanks::new(surroundings.length);
    let play = |index: usize| -> Option<(Strip, Part)> {
        if watch.cancelled() {
            return None;
        }
        let track = &score.tracks[index];
        let strip = Strip::for_track(track, surroundings);
        let part = player::track(score, track, options.soundfont.as_ref(), blanks.take());
        let part = strip.process(part, surroundings);
        Some((strip, part))
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
