//! Electric pianos: tines by frequency modulation (J. Chowning, 1973), whose body barks when struck hard, and reeds.

use super::{Sound, Touch, loudness};
use crate::dsp::math::{hertz, sin_turns, smoothing, wrap};
use crate::dsp::{RATE, samples};

/// The tine sounds this many times higher than the key.
const TINE: f32 = 14.0;

/// Tine piano: the sound of one note.
pub(super) fn tine(touch: &Touch) -> Sound {
    let pitch = f32::from(touch.pitch);
    let frequency = hertz(pitch);
    let step = frequency / RATE;
    let length = touch.held + samples(0.3);
    // High bars are short.
    let life = (3.4 * libm::exp2f((60.0 - pitch) / 26.0)).clamp(0.7, 7.0);
    let mut body = loudness(touch.velocity) * 0.45;
    // Long tines swing wide in front of their pickups: the lower the note, the more it barks and chimes.
    let under = libm::exp2f((60.0 - pitch) / 12.0).clamp(1.0, 3.5);
    let mut bark = (0.07 + 0.27 * touch.velocity * touch.velocity) * (0.5 + 0.5 * under);
    let (body_fall, bark_fall, chime_fall) = (smoothing(life / 2.2), smoothing(0.9), smoothing(0.09 * under * under));
    let mut chime = if frequency * TINE < 15_000.0 {
        0.10 * touch.velocity * under
    } else {
        0.0
    };
    let (mut carrier, mut tine) = (0.0_f32, 0.0_f32);
    let attack = samples(0.0015) as f32;
    let sound = (0..length)
        .map(|index| {
            carrier = wrap(carrier + step);
            tine = wrap(tine + step * TINE);
            let modulator = sin_turns(carrier);
            // One turn is added before wrapping because phase modulation may point backwards.
            let tone = sin_turns(wrap(carrier + bark * modulator + 1.0));
            let octave = sin_turns(wrap(carrier * 2.0)) * bark * 0.35;
            let ring = sin_turns(wrap(tine)) * chime;
            let rise = (index as f32 / attack).min(1.0);
            let sample = (tone + octave + ring) * body * rise;
            body *= body_fall;
            bark *= bark_fall;
            chime *= chime_fall;
            sample
        })
        .collect();
    Sound::mono(sound)
}

/// Reed piano: a flat steel reed swings in an electrostatic pickup, whose gap makes the harmonics.
///
/// The output is the inverse of the gap, 1 / (1 − a·sin): even and odd harmonics that grow with the swing, so that a soft
/// note is nearly a sine and a hard one barks.
pub(super) fn reed(touch: &Touch) -> Sound {
    let pitch = f32::from(touch.pitch);
    let step = hertz(pitch) / RATE;
    let length = touch.held + samples(0.25);
    let life = (2.6 * libm::exp2f((60.0 - pitch) / 24.0)).clamp(0.6, 5.0);
    let (body_fall, bark_fall, tick_fall) = (smoothing(life / 2.2), smoothing(life / 3.4), smoothing(0.012));
    let mut body = loudness(touch.velocity) * 0.5;
    // High reeds would fold back; their swing is smaller as well.
    let headroom = (1.0 - hertz(pitch) / 3500.0).clamp(0.15, 1.0);
    let mut bark = (0.46 + 0.46 * touch.velocity) * headroom;
    let mut tick = 0.10 * touch.velocity;
    let (mut phase, mut high) = (0.0_f32, 0.0_f32);
    let attack = samples(0.001) as f32;
    let mut mean = 0.0_f32;
    let follow = 1.0 - smoothing(0.02);
    let sound = (0..length)
        .map(|index| {
            phase = wrap(phase + step);
            high = wrap(high + (step * 6.3).min(0.3));
            let swing = sin_turns(phase);
            let gap = swing / (1.0 - bark * swing) * (1.0 - 0.45 * bark);
            mean += (gap - mean) * follow;
            let rise = (index as f32 / attack).min(1.0);
            let sample = (gap - mean + sin_turns(high) * tick) * body * rise;
            body *= body_fall;
            bark *= bark_fall;
            tick *= tick_fall;
            sample
        })
        .collect();
    Sound::mono(sound)
}
