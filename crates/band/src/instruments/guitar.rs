//! Guitars and harp: plucked strings of different make. Their bodies and amplifiers come after, see [`super::body`].

use super::{Sound, Touch, loudness};
use crate::dsp::math::{cents, hertz};
use crate::dsp::noise::Noise;
use crate::dsp::string::Pluck;
use crate::dsp::{RATE, samples};

/// Room for the damped end of a note.
const TAIL: f32 = 0.3;

/// Steel-string acoustic guitar, played near the sound hole with a plectrum.
pub(super) fn steel(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    pluck(touch, noise, TAIL, |velocity, noise| Pluck {
        frequency: hertz(pitch),
        sustain: (9.0 * libm::exp2f((40.0 - pitch) / 20.0)).max(1.6),
        brilliance: 0.75 + 0.35 * velocity,
        position: noise.between(0.15, 0.21),
        corner: 2600.0 + 6500.0 * velocity,
        scrape: 0.16,
    })
}

/// Nylon-string guitar, played with the fingertips.
pub(super) fn nylon(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    pluck(touch, noise, TAIL, |velocity, noise| Pluck {
        frequency: hertz(pitch),
        sustain: (5.0 * libm::exp2f((40.0 - pitch) / 20.0)).max(1.2),
        brilliance: 0.36,
        position: noise.between(0.24, 0.31),
        corner: 1300.0 + 3200.0 * velocity,
        scrape: 0.08,
    })
}

/// Electric guitar through a clean amplifier, neck pickup.
pub(super) fn clean(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    pluck(touch, noise, TAIL, |velocity, noise| Pluck {
        frequency: hertz(pitch),
        sustain: (10.0 * libm::exp2f((40.0 - pitch) / 22.0)).max(2.2),
        brilliance: 0.9,
        position: noise.between(0.19, 0.25),
        corner: 2200.0 + 4800.0 * velocity,
        scrape: 0.10,
    })
}

/// Electric guitar for the distorting amplifier: two takes, one for each side, as a record would have it.
pub(super) fn overdriven(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held + samples(0.12);
    let pitch = f32::from(touch.pitch);
    let mut take = |offset: f32, late: usize| {
        let string = Pluck {
            frequency: hertz(pitch) * cents(offset),
            sustain: 9.0,
            brilliance: 1.1,
            position: noise.between(0.10, 0.15),
            corner: 3500.0 + 3500.0 * touch.velocity,
            scrape: 0.12,
        };
        let mut sound = vec![0.0; late];
        sound.extend(string.play(length - late, noise));
        // The amplifier compresses; the hand still counts a little.
        let level = 0.55 + 0.45 * touch.velocity;
        sound.iter_mut().for_each(|sample| *sample *= level);
        sound
    };
    let late = samples(0.009 + 0.002 * touch.variant as f32);
    let left = take(-1.0, 0);
    let right = take(1.0, late);
    Sound::stereo(left, right)
}

/// Concert harp.
pub(super) fn harp(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    pluck(touch, noise, 1.0, |velocity, noise| Pluck {
        frequency: hertz(pitch),
        sustain: (6.5 * libm::exp2f((48.0 - pitch) / 24.0)).max(1.3),
        brilliance: 0.45 + 0.2 * velocity,
        position: noise.between(0.38, 0.46),
        corner: 1600.0 + 3800.0 * velocity,
        scrape: 0.03,
    })
}

fn pluck(touch: &Touch, noise: &mut Noise, tail: f32, string: impl Fn(f32, &mut Noise) -> Pluck) -> Sound {
    let length = touch.held + samples(tail);
    let mut sound = string(touch.velocity, noise).play(length, noise);
    // The pulse reaches the top at once; a quarter millisecond keeps the plectrum from clicking.
    crate::dsp::envelope::fade_in(&mut sound, (0.000_3 * RATE) as usize);
    let level = loudness(touch.velocity);
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}
