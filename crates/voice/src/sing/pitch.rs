//! The sung fundamental frequency: notes joined as a voice joins them, scoops, late vibrato and drift.
//!
//! The shape follows what is measured on trained singers: a note is reached like a damped spring with a slight overshoot
//! (Saitou, Unoki, Akagi: "Development of an F0 control model based on F0 dynamic characteristics for singing-voice
//! synthesis", Speech Communication 46, 2005); vibrato comes late and only on long notes (Sundberg: "The Science of the
//! Singing Voice", 1987).

use std::f64::consts::TAU;

use super::syllables::{Sung, Tone};
use super::timing::Sounding;
use crate::model::FRAME_SECONDS;
use crate::noise::Noise;
use crate::singer::Manner;

/// The spring's damping; below 1 it overshoots.
const DAMPING: f64 = 0.72;

/// The spring's natural frequency on notes of ordinary length and on the shortest, hertz.
const SPRING: (f64, f64) = (5.2, 9.0);

/// Steps of the spring in one frame.
const STEPS: usize = 5;

/// An upward leap of so many semitones onto a stressed syllable is approached from below.
const LEAP: f32 = 3.0;

/// A scoop dies away in this time, seconds.
const SCOOP_DECAY: f64 = 0.035;

/// Vibrato: the shortest note that has any, when it begins, how long it takes to grow and to end, seconds.
const VIBRATO_NOTE: f64 = 0.6;
const VIBRATO_DELAY: f64 = 0.28;
const VIBRATO_GROWTH: f64 = 0.45;
const VIBRATO_END: f64 = 0.12;

/// Random drift: rms in semitones below 8 Hz and below 1 Hz.
const DRIFT: (f64, f64) = (0.035, 0.03);

/// The part of the seed's randomness that pitch uses.
const PITCH: u64 = 0x7069_7463;

/// One note and when the voice turns to it.
struct Turn {
    at: f64,
    tone: Tone,
    scooped: bool,
}

/// Hertz for each of `frames` frames from `start` seconds on.
pub(crate) fn curve(
    sung: &[Sung],
    plan: &[Sounding],
    start: f64,
    frames: usize,
    manner: &Manner,
    seed: u64,
) -> Vec<f32> {
    let turns = turns(sung, plan);
    let mut pitch = sprung(&turns, start, frames);
    for turn in &turns {
        if turn.scooped {
            scoop(&mut pitch, turn.tone.start, start, f64::from(manner.scoop));
        }
    }
    let mut chance = Noise::new(seed, PITCH);
    for turn in &turns {
        vibrate(&mut pitch, turn.tone, start, manner, &mut chance);
    }
    drift(&mut pitch, &mut chance);
    pitch.into_iter().map(hertz).collect()
}

/// A MIDI note number as hertz, A4 = 440.
fn hertz(note: f64) -> f32 {
    (440.0 * libm::exp2((note - 69.0) / 12.0)) as f32
}

fn turns(sung: &[Sung], plan: &[Sounding]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (index, syllable) in sung.iter().enumerate() {
        let from = plan
            .iter()
            .find(|sounding| sounding.syllable == index)
            .map_or(syllable.start(), |first| first.from);
        for (number, tone) in syllable.notes.iter().enumerate() {
            let at = if number == 0 {
                (0.5 * (from + tone.start)).clamp(tone.start - 0.08, tone.start - 0.045)
            } else {
                tone.start - 0.05
            };
            let leaps = turns
                .last()
                .is_some_and(|before| tone.pitch - before.tone.pitch >= LEAP);
            let scooped = number == 0 && (syllable.first || (leaps && syllable.stress > 0.4));
            turns.push(Turn {
                at,
                tone: *tone,
                scooped,
            });
        }
    }
    turns
}

/// Note numbers, each note reached by a damped spring that is stiffer for short notes.
fn sprung(turns: &[Turn], start: f64, frames: usize) -> Vec<f64> {
    let step = FRAME_SECONDS / STEPS as f64;
    let mut upcoming = turns.iter().peekable();
    let (mut goal, mut spring) = upcoming
        .peek()
        .map_or((60.0, SPRING.0), |turn| (f64::from(turn.tone.pitch), SPRING.0));
    let (mut place, mut speed) = (goal, 0.0);
    let mut pitch = Vec::with_capacity(frames);
    for frame in 0..frames {
        let now = start + frame as f64 * FRAME_SECONDS;
        while let Some(turn) = upcoming.next_if(|turn| turn.at <= now) {
            let length = turn.tone.end - turn.tone.start;
            let short = ((0.40 - length) / 0.25).clamp(0.0, 1.0);
            spring = SPRING.0 + (SPRING.1 - SPRING.0) * short;
            goal = f64::from(turn.tone.pitch);
        }
        let turn_rate = TAU * spring;
        for _ in 0..STEPS {
            let pull = turn_rate * turn_rate * (goal - place) - 2.0 * DAMPING * turn_rate * speed;
            speed += pull * step;
            place += speed * step;
        }
        pitch.push(place);
    }
    pitch
}

/// Comes up to the note from `depth` semitones below.
fn scoop(pitch: &mut [f64], note: f64, start: f64, depth: f64) {
    for (frame, pitch) in pitch.iter_mut().enumerate() {
        let since = start + frame as f64 * FRAME_SECONDS - note;
        if (-0.15..0.15).contains(&since) {
            let rest = if since < 0.0 {
                1.0
            } else {
                libm::exp(-since / SCOOP_DECAY)
            };
            *pitch -= depth * rest * ((since + 0.15) / 0.1).clamp(0.0, 1.0);
        }
    }
}

fn vibrate(pitch: &mut [f64], tone: Tone, start: f64, manner: &Manner, chance: &mut Noise) {
    let rate = f64::from(manner.vibrato_rate) * (1.0 + 0.03 * f64::from(chance.white()));
    let (wander, phase) = (f64::from(chance.unit()), f64::from(chance.unit()));
    if tone.end - tone.start < VIBRATO_NOTE {
        return;
    }
    let depth = f64::from(manner.vibrato_cents) / 100.0;
    let (from, to) = (tone.start + VIBRATO_DELAY, tone.end + 0.1);
    let mut turned = 0.5 * phase;
    for (frame, pitch) in pitch.iter_mut().enumerate() {
        let now = start + frame as f64 * FRAME_SECONDS;
        if (from..to).contains(&now) {
            let grown = ((now - from) / VIBRATO_GROWTH).clamp(0.0, 1.0) * ((to - now) / VIBRATO_END).clamp(0.0, 1.0);
            turned += rate * (1.0 + 0.03 * libm::sin(TAU * (0.7 * now + wander))) * FRAME_SECONDS;
            *pitch += depth * grown * libm::sin(TAU * turned);
        }
    }
}

/// Nobody holds a note like a machine.
fn drift(pitch: &mut [f64], chance: &mut Noise) {
    let mut quick = LowPass::new(8.0, DRIFT.0);
    let mut slow = LowPass::new(1.0, DRIFT.1);
    for pitch in pitch {
        *pitch += quick.next(chance) + slow.next(chance);
    }
}

/// White noise through two equal one-pole low-passes, scaled to an rms value.
struct LowPass {
    keep: f64,
    scale: f64,
    state: [f64; 2],
}

impl LowPass {
    fn new(hertz: f64, rms: f64) -> Self {
        let keep = libm::exp(-TAU * hertz * FRAME_SECONDS);
        // The output's variance for unit variance in: (1-k)^4 (1+k^2) / (1-k^2)^3.
        let variance = libm::pow(1.0 - keep, 4.0) * (1.0 + keep * keep) / libm::pow(1.0 - keep * keep, 3.0);
        Self {
            keep,
            scale: rms / variance.sqrt(),
            state: [0.0; 2],
        }
    }

    fn next(&mut self, chance: &mut Noise) -> f64 {
        let mut value = f64::from(chance.white());
        for state in &mut self.state {
            *state = self.keep * *state + (1.0 - self.keep) * value;
            value = *state;
        }
        value * self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sound;
    use crate::phone::Phone;

    fn syllable(notes: &[(f64, f64, f32)], first: bool) -> Sung {
        Sung {
            onset: Vec::new(),
            vowel: Sound::Phone(Phone::AA),
            coda: Vec::new(),
            stress: 1.0,
            notes: notes
                .iter()
                .map(|&(start, end, pitch)| Tone {
                    start,
                    end,
                    pitch,
                    velocity: 0.7,
                })
                .collect(),
            first,
            last: false,
        }
    }

    fn cents(hertz: f32, note: f64) -> f64 {
        1200.0 * libm::log2(f64::from(hertz) / 440.0) - 100.0 * (note - 69.0)
    }

    #[test]
    fn each_note_is_in_tune_in_its_middle() {
        let notes = [(0.5, 0.8, 57.0), (0.8, 1.0, 64.0), (1.0, 2.2, 60.0), (2.2, 2.35, 69.0)];
        let sung: Vec<Sung> = notes.iter().map(|note| syllable(&[*note], note.0 == 0.5)).collect();
        for seed in 0..20 {
            let curve = curve(&sung, &[], 0.2, 460, &Manner::default(), seed);
            for (from, to, note) in notes {
                let (from, to) = (from + 0.09, to - 0.06_f64.min(0.3 * (to - from)));
                let frames = ((from - 0.2) / FRAME_SECONDS) as usize..((to - 0.2) / FRAME_SECONDS) as usize;
                let mut errors: Vec<f64> = curve[frames]
                    .iter()
                    .map(|hertz| cents(*hertz, f64::from(note)))
                    .collect();
                errors.sort_by(f64::total_cmp);
                let median = errors[errors.len() / 2];
                let bound = if to - from > 0.12 { 16.0 } else { 90.0 };
                assert!(median.abs() < bound, "seed {seed}, note {note}: {median} cents");
            }
        }
    }

    #[test]
    fn only_long_notes_have_vibrato() {
        let swing = |length: f64| {
            let sung = [syllable(&[(0.5, 0.5 + length, 60.0)], false)];
            let manner = Manner {
                vibrato_cents: 60.0,
                ..Manner::default()
            };
            let curve = curve(&sung, &[], 0.0, 400, &manner, 1);
            let frames = ((0.5 + length - 0.25) / FRAME_SECONDS) as usize..((0.5 + length) / FRAME_SECONDS) as usize;
            let cents: Vec<f64> = curve[frames].iter().map(|hertz| cents(*hertz, 60.0)).collect();
            cents.iter().copied().fold(f64::MIN, f64::max) - cents.iter().copied().fold(f64::MAX, f64::min)
        };
        assert!(swing(1.4) > 70.0 && swing(0.5) < 40.0, "{} {}", swing(1.4), swing(0.5));
    }

    #[test]
    fn drift_has_the_asked_size() {
        let mut filter = LowPass::new(8.0, 0.035);
        let mut chance = Noise::new(3, 0);
        let sum: f64 = (0..200_000).map(|_| libm::pow(filter.next(&mut chance), 2.0)).sum();
        let rms = (sum / 200_000.0).sqrt();
        assert!((rms - 0.035).abs() < 0.002, "{rms}");
    }
}
