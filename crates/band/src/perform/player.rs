//! A track's notes, rendered once for each different sound and summed where they belong.

use std::ops::Range;

use super::part::Part;
use super::schedule::{Event, damping, group};
use crate::dsp::math::decay;
use crate::dsp::{RATE, samples};
use crate::instruments::{self, Nature, Sound, Touch, body, loudness, place, profile};
use crate::score::{Instrument, Role, Score, Track};
use crate::soundfont::SoundFont;

/// The longest a free-ringing sound is rendered for, in samples.
const LONGEST: usize = 14 * RATE as usize;

/// Plays `track` into two silent channels, from `soundfont` where that has the instrument.
pub(super) fn track(score: &Score, track: &Track, soundfont: Option<&SoundFont>, silence: [Vec<f32>; 2]) -> Part {
    let mut sampler = soundfont.and_then(|font| font.sampler(track.instrument));
    let [mut left, mut right] = silence;
    let mut sounding = Vec::with_capacity(track.notes.len());
    for (key, events) in group(score, track) {
        let held = events.iter().map(|event| event.held).max().unwrap_or(0).min(LONGEST);
        let touch = Touch {
            pitch: key.pitch,
            velocity: key.velocity(),
            held,
            variant: key.variant,
            from: key.from,
            beat: 60.0 * RATE / score.tempo as f32,
        };
        let sampled = sampler.as_mut().and_then(|sampler| sampler.play(&touch));
        let mut sound = sampled.unwrap_or_else(|| instruments::play(track.instrument, &touch));
        // A rhythm guitar is played twice, a solo once.
        if track.role == Role::Lead && profile(track.instrument).nature == Nature::Driven {
            sound.right = None;
        }
        let sides = sides(track.instrument, key.pitch);
        for event in &events {
            let level = loudness(event.velocity) / loudness(key.velocity());
            let gains = [sides[0] * level, sides[1] * level];
            sounding.push(add(&sound, track.instrument, event, gains, &mut left, &mut right));
        }
    }
    let mut part = Part::new(left, right, &sounding);
    // Samples were recorded with body and amplifier; drums only stand in this band's room.
    if sampler.is_none() || instruments::is_kit(track.instrument) {
        body::finish(track.instrument, &mut part);
    }
    part
}

/// A sung part on both sides, silent stretches found.
pub(super) fn voice(samples: Vec<f32>) -> Part {
    let right = samples.clone();
    voices(samples, right)
}

/// Sung parts with places of their own, silent stretches found.
pub(super) fn voices(mut left: Vec<f32>, mut right: Vec<f32>) -> Part {
    const BLOCK: usize = 4_410;
    let sounds = |block: &[f32]| block.iter().any(|sample| sample.abs() > 1e-5);
    let mut sounding: Vec<Range<usize>> = Vec::new();
    for (index, (left, right)) in left.chunks_mut(BLOCK).zip(right.chunks_mut(BLOCK)).enumerate() {
        if sounds(left) || sounds(right) {
            sounding.push(index * BLOCK..index * BLOCK + left.len());
        } else {
            left.fill(0.0);
            right.fill(0.0);
        }
    }
    Part::new(left, right, &sounding)
}

/// Gains that put a pitch where it sits within its instrument, at constant power.
fn sides(instrument: Instrument, pitch: u8) -> [f32; 2] {
    let turn = (place(instrument, pitch) + 1.0) / 8.0;
    let root = std::f32::consts::SQRT_2;
    [
        root * crate::dsp::math::sin_turns(turn + 0.25),
        root * crate::dsp::math::sin_turns(turn),
    ]
}

/// Adds one note and tells where it sounds.
fn add(
    sound: &Sound,
    instrument: Instrument,
    event: &Event,
    gains: [f32; 2],
    left: &mut [f32],
    right: &mut [f32],
) -> Range<usize> {
    let damping = damping(instrument, event);
    let free = sound.left.len();
    let held = if damping.is_some() { event.held.min(free) } else { free };
    let tail = damping.map_or(0, |seconds| samples(seconds * 1.1)).min(free - held);
    let start = event.start.min(left.len());
    let end = (start + held + tail).min(left.len());
    let other = sound.right.as_ref().unwrap_or(&sound.left);
    for (side, source, gain) in [(left, &sound.left, gains[0]), (right, other, gains[1])] {
        let place = &mut side[start..end];
        let (before, after) = place.split_at_mut(held.min(place.len()));
        for (sample, source) in before.iter_mut().zip(source) {
            *sample += source * gain;
        }
        let fall = decay(damping.unwrap_or(1.0));
        let mut level = gain;
        for (sample, source) in after.iter_mut().zip(&source[held..]) {
            level *= fall;
            *sample += source * level;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_at_unity_on_both_sides() {
        let [left, right] = sides(Instrument::Flute, 70);
        assert!((left - 1.0).abs() < 1e-4 && (right - 1.0).abs() < 1e-4);
    }

    #[test]
    fn a_damped_note_stops_soon_after_the_key_is_let_go() {
        let sound = Sound::mono(vec![1.0; 44_100]);
        let event = Event {
            start: 100,
            held: 1_000,
            velocity: 1.0,
            choked: false,
        };
        let (mut left, mut right) = (vec![0.0; 44_100], vec![0.0; 44_100]);
        let range = add(&sound, Instrument::Piano, &event, [1.0, 1.0], &mut left, &mut right);
        assert_eq!(range.start, 100);
        assert_eq!(left[1_000], 1.0);
        assert!(left[range.end - 1] < 1e-3 && range.end < 14_000);
        assert!(left[range.end..].iter().all(|sample| *sample == 0.0));
    }

    #[test]
    fn notes_beyond_the_end_are_left_out() {
        let sound = Sound::mono(vec![1.0; 500]);
        let event = Event {
            start: 900,
            held: 500,
            velocity: 1.0,
            choked: false,
        };
        let (mut left, mut right) = (vec![0.0; 800], vec![0.0; 800]);
        let range = add(
            &sound,
            Instrument::AcousticKit,
            &event,
            [1.0, 1.0],
            &mut left,
            &mut right,
        );
        assert!(range.is_empty());
    }
}
