//! Tine electric piano by frequency modulation (J. Chowning, 1973): a body that barks when struck hard, a tine's chime.

use super::{Sound, Touch, loudness};
use crate::dsp::math::{hertz, sin_turns, smoothing, wrap};
use crate::dsp::{RATE, samples};

/// The tine sounds this many times higher than the key.
const TINE: f32 = 14.0;

/// The sound of one note.
pub(super) fn play(touch: &Touch) -> Sound {
    let pitch = f32::from(touch.pitch);
    let frequency = hertz(pitch);
    let step = frequency / RATE;
    let length = touch.held + samples(0.3);
    // High bars are short.
    let life = (3.4 * libm::exp2f((60.0 - pitch) / 26.0)).clamp(0.7, 7.0);
    let (body_fall, bark_fall, chime_fall) = (smoothing(life / 2.2), smoothing(0.9), smoothing(0.09));
    let mut body = loudness(touch.velocity) * 0.45;
    let mut bark = 0.07 + 0.27 * touch.velocity * touch.velocity;
    let mut chime = if frequency * TINE < 15_000.0 {
        0.10 * touch.velocity
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
