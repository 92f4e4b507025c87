//! Bowed strings: sections and soloists.
//!
//! A bowed string moves in a saw (Helmholtz motion), so saws drive the bodies; the players of a section differ in pitch,
//! vibrato and place.

use super::guitar::Make;
use super::subtractive::{Patch, Voice};
use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::{Envelope, fade_out};
use crate::dsp::math::{sin_turns, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

const SECTION: Voice = Voice {
    patch: Patch {
        detune: &[-9.0, 9.0, -4.0, 4.0, 13.0, -13.0],
        spread: 0.7,
        noise: 0.012,
        air: 0.010,
        corner: 900.0,
        tracking: 1.4,
        sweep: 2700.0,
        filter: Envelope {
            attack: 0.2,
            decay: 1.0,
            sustain: 0.8,
            release: 0.3,
        },
        level: Envelope {
            attack: 0.13,
            decay: 1.0,
            sustain: 0.9,
            release: 0.4,
        },
        vibrato: (6.0, 5.3, 0.2),
        touch: 10.0,
        ..Patch::BASIC
    },
    body: &[(480.0, 1.2, 2.5), (1500.0, 1.0, -2.0), (2900.0, 1.4, 3.0)],
    top: (9000.0, 0.0),
    quick: 0.25,
};

/// A soloist's bow, to build instruments on.
const BOW: Patch = Patch {
    noise: 0.018,
    air: 0.004,
    corner: 2100.0,
    tracking: 1.5,
    sweep: 3400.0,
    filter: Envelope {
        attack: 0.13,
        decay: 0.8,
        sustain: 0.75,
        release: 0.2,
    },
    level: Envelope {
        attack: 0.07,
        decay: 0.5,
        sustain: 0.88,
        release: 0.18,
    },
    vibrato: (13.0, 5.6, 0.16),
    ..Patch::BASIC
};

/// Solo violin.
pub(super) const VIOLIN: Voice = Voice {
    patch: BOW,
    body: &[
        (285.0, 2.5, 3.5),
        (460.0, 2.5, 3.0),
        (1150.0, 1.0, -3.0),
        (2600.0, 1.3, 5.0),
    ],
    top: (6500.0, -4.0),
    quick: 0.4,
};

/// Solo viola: a body too small for its strings, so the nose speaks louder than the chest.
pub(super) const VIOLA: Voice = Voice {
    patch: Patch {
        corner: 1500.0,
        sweep: 2500.0,
        vibrato: (12.0, 5.3, 0.18),
        ..BOW
    },
    body: &[
        (220.0, 2.5, 3.5),
        (380.0, 2.5, 3.0),
        (950.0, 1.4, 2.5),
        (2100.0, 1.3, 2.0),
    ],
    top: (5000.0, -6.0),
    quick: 0.4,
};

/// Solo cello.
pub(super) const CELLO: Voice = Voice {
    patch: Patch {
        corner: 1300.0,
        sweep: 2100.0,
        filter: Envelope {
            attack: 0.16,
            ..BOW.filter
        },
        level: Envelope {
            attack: 0.09,
            ..BOW.level
        },
        vibrato: (11.0, 5.6, 0.16),
        ..BOW
    },
    body: &[
        (105.0, 2.0, 2.5),
        (220.0, 2.0, 3.0),
        (700.0, 1.0, -2.5),
        (1900.0, 1.2, 3.5),
    ],
    top: (5000.0, -5.0),
    quick: 0.4,
};

/// Erhu: two strings over a snakeskin, nasal, never still.
pub(super) const ERHU: Voice = Voice {
    patch: Patch {
        noise: 0.03,
        corner: 1700.0,
        sweep: 3000.0,
        vibrato: (24.0, 5.9, 0.10),
        ..BOW
    },
    body: &[(520.0, 2.2, 4.0), (1250.0, 2.2, 6.5), (2400.0, 1.6, 3.5)],
    top: (5500.0, -7.0),
    quick: 0.45,
};

/// A string section.
pub(super) fn ensemble(touch: &Touch, noise: &mut Noise) -> Sound {
    SECTION.play_section(touch, noise)
}

/// The section with trembling bows.
pub(super) fn tremolo(touch: &Touch, noise: &mut Noise) -> Sound {
    let mut sound = SECTION.play_section(touch, noise);
    for side in std::iter::once(&mut sound.left).chain(sound.right.as_mut()) {
        // Desks do not tremble together, so neither side ever stops.
        let rates = [noise.between(11.5, 12.5), noise.between(12.8, 14.0)];
        let mut phases = [noise.unit(), noise.unit()];
        for sample in side.iter_mut() {
            let mut shake = 0.0;
            for (phase, rate) in phases.iter_mut().zip(rates) {
                *phase = wrap(*phase + rate / RATE);
                shake += sin_turns(*phase);
            }
            *sample *= 0.72 + 0.28 * shake * 0.7;
        }
    }
    sound
}

/// The section plucked: short, round, several fingers a few milliseconds apart.
pub(super) fn pizzicato(touch: &Touch, noise: &mut Noise) -> Sound {
    let finger = Make {
        sustain: 1.5,
        halves: 26.0,
        shortest: 0.32,
        brilliance: (0.11, 0.07),
        position: (0.22, 0.34),
        corner: (1000.0, 2400.0),
        scrape: 0.12,
        tick: (0.03, 3200.0),
        thump: 0.10,
        tracking: 0.2,
        courses: &[0.0],
        tail: 0.0,
    };
    let length = samples(1.1);
    let mut side = |offset: &'static [f32]| {
        let make = Make {
            courses: offset,
            ..finger
        };
        let mut sound = make.strings(touch, length, noise);
        let late = samples(noise.between(0.002, 0.011));
        sound.rotate_right(late);
        sound[..late].fill(0.0);
        filter(
            &mut sound,
            &[Biquad::peak(290.0, 1.5, 3.0), Biquad::peak(520.0, 1.6, 2.0)],
        );
        fade_out(&mut sound, samples(0.2));
        let level = loudness(touch.velocity);
        sound.iter_mut().for_each(|sample| *sample *= level);
        sound
    };
    let left = side(&[-4.0, 4.0]);
    let right = side(&[3.0, -3.0]);
    Sound::stereo(left, right)
}
