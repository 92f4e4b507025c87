//! Bowed strings: a section, a violin, a cello.
//!
//! A bowed string moves in a saw (Helmholtz motion), so saws drive the bodies; the players of a section differ in pitch,
//! vibrato and place.

use super::subtractive::Patch;
use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;
use crate::dsp::samples;

/// A string section.
pub(super) fn ensemble(touch: &Touch, noise: &mut Noise) -> Sound {
    let short = touch.held < samples(0.4);
    let attack = if short { 0.03 } else { 0.13 };
    let patch = Patch {
        detune: &[-9.0, 9.0, -4.0, 4.0, 13.0, -13.0],
        spread: 0.7,
        noise: 0.012,
        air: 0.010,
        corner: 900.0,
        tracking: 1.4,
        sweep: 2700.0,
        filter: Envelope {
            attack: attack * 1.6,
            decay: 1.0,
            sustain: 0.8,
            release: 0.3,
        },
        level: Envelope {
            attack,
            decay: 1.0,
            sustain: 0.9,
            release: if short { 0.2 } else { 0.4 },
        },
        vibrato: (6.0, 5.3, 0.2),
        touch: 10.0,
        ..Patch::BASIC
    };
    let (mut left, mut right) = patch.voices(touch, noise);
    let body = [
        Biquad::peak(480.0, 1.2, 2.5),
        Biquad::peak(1500.0, 1.0, -2.0),
        Biquad::peak(2900.0, 1.4, 3.0),
    ];
    filter(&mut left, &body);
    filter(&mut right, &body);
    Sound::stereo(left, right)
}

/// Solo violin.
pub(super) fn violin(touch: &Touch, noise: &mut Noise) -> Sound {
    let body = [
        Biquad::peak(285.0, 2.5, 3.5),
        Biquad::peak(460.0, 2.5, 3.0),
        Biquad::peak(1150.0, 1.0, -3.0),
        Biquad::peak(2600.0, 1.3, 5.0),
        Biquad::high_shelf(6500.0, -4.0),
    ];
    solo(touch, noise, 13.0, 0.07, 2100.0, &body)
}

/// Solo cello.
pub(super) fn cello(touch: &Touch, noise: &mut Noise) -> Sound {
    let body = [
        Biquad::peak(105.0, 2.0, 2.5),
        Biquad::peak(220.0, 2.0, 3.0),
        Biquad::peak(700.0, 1.0, -2.5),
        Biquad::peak(1900.0, 1.2, 3.5),
        Biquad::high_shelf(5000.0, -5.0),
    ];
    solo(touch, noise, 11.0, 0.09, 1300.0, &body)
}

fn solo(touch: &Touch, noise: &mut Noise, vibrato: f32, attack: f32, corner: f32, body: &[Biquad]) -> Sound {
    let attack = if touch.held < samples(0.25) {
        attack * 0.4
    } else {
        attack
    };
    let patch = Patch {
        noise: 0.018,
        air: 0.004,
        corner,
        tracking: 1.5,
        sweep: corner * 1.6,
        filter: Envelope {
            attack: attack * 1.8,
            decay: 0.8,
            sustain: 0.75,
            release: 0.2,
        },
        level: Envelope {
            attack,
            decay: 0.5,
            sustain: 0.88,
            release: 0.18,
        },
        vibrato: (vibrato, 5.6, 0.16),
        ..Patch::BASIC
    };
    let (mut sound, _) = patch.voices(touch, noise);
    filter(&mut sound, body);
    Sound::mono(sound)
}
