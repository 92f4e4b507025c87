//! Basses: two plucked, two synthetic.

use super::subtractive::{Patch, Wave};
use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{hertz, saturate, sin_turns, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::string::Pluck;
use crate::dsp::{RATE, samples};

/// Four-string electric bass played with the fingers.
pub(super) fn electric(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    let string = Pluck {
        frequency: hertz(pitch),
        sustain: 7.0,
        brilliance: 0.45,
        position: noise.between(0.17, 0.22),
        corner: 700.0 + 1600.0 * touch.velocity,
        scrape: 0.10,
    };
    let mut sound = string.play(touch.held + samples(0.15), noise);
    let tone = 700.0 + 1900.0 * touch.velocity * touch.velocity;
    filter(
        &mut sound,
        &[
            Biquad::low_pass(tone, 0.8),
            Biquad::low_pass(4200.0, 0.6),
            Biquad::low_shelf(110.0, 3.0),
        ],
    );
    let level = loudness(touch.velocity);
    // Pickup and preamplifier round the peaks: overtones that small loudspeakers can still show.
    sound
        .iter_mut()
        .for_each(|sample| *sample = saturate(*sample * 1.6) * level * 0.7);
    Sound::mono(sound)
}

/// Double bass, plucked.
pub(super) fn upright(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    let string = Pluck {
        frequency: hertz(pitch),
        sustain: 2.6,
        brilliance: 0.16,
        position: noise.between(0.30, 0.36),
        corner: 320.0 + 700.0 * touch.velocity,
        scrape: 0.14,
    };
    let mut sound = string.play(touch.held + samples(0.18), noise);
    let body = [
        Biquad::peak(98.0, 2.5, 4.0),
        Biquad::peak(190.0, 2.0, 3.0),
        Biquad::peak(700.0, 1.2, 2.0),
        Biquad::low_pass(1500.0 + 1200.0 * touch.velocity, 0.7),
    ];
    filter(&mut sound, &body);
    let level = loudness(touch.velocity) * 0.6;
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}

/// Analogue-style bass: saw and sub square through a snapping filter.
pub(super) fn synth(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        wave: Wave::Saw,
        detune: &[-3.0, 3.0],
        spread: 0.0,
        sub: 0.5,
        corner: 180.0,
        tracking: 1.2,
        sweep: 1900.0,
        resonance: 1.3,
        filter: Envelope {
            attack: 0.003,
            decay: 0.14,
            sustain: 0.22,
            release: 0.08,
        },
        level: Envelope {
            attack: 0.004,
            decay: 0.35,
            sustain: 0.75,
            release: 0.07,
        },
        ..Patch::BASIC
    };
    patch.play(touch, noise)
}

/// The long low note of hip hop: a sine that drops in, with a little grit so that it is heard on small speakers.
pub(super) fn sub(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.004,
        decay: 1.1,
        sustain: 0.55,
        release: 0.10,
    };
    let mut envelope = shape.start(touch.held);
    let length = touch.held + shape.tail();
    let mut phase = 0.0_f32;
    // What slides in is already sounding: no drop, no second attack.
    let mut drop = if touch.from.is_some() { 0.0 } else { 1.6_f32 };
    let drop_decay = libm::expf(-1.0 / (0.014 * RATE));
    let drive = 1.5 + 0.8 * touch.velocity;
    let level = loudness(touch.velocity) * 0.7;
    let sound = (0..length)
        .map(|index| {
            phase = wrap(phase + frequency * touch.bend(index) * (1.0 + drop) / RATE);
            drop *= drop_decay;
            saturate(sin_turns(phase) * drive) * envelope.next() * level
        })
        .collect();
    Sound::mono(sound)
}
