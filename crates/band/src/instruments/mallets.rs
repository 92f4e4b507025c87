//! Bars and bells: few, well-known partials.

use super::{Sound, Touch, loudness};
use crate::dsp::envelope::fade_in;
use crate::dsp::math::{hertz, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// Vibraphone, motor on: bars tuned 1 : 4 : 10.
pub(super) fn vibraphone(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let life = (7.0 * libm::exp2f((60.0 - f32::from(touch.pitch)) / 24.0)).clamp(1.5, 9.0);
    let hard = touch.velocity;
    let modes = [
        Mode::new(frequency, 1.0, life),
        Mode::new(frequency * 3.99, 0.10 + 0.22 * hard, life * 0.3),
        Mode::new(frequency * 9.92, 0.02 + 0.10 * hard, life * 0.08),
    ];
    let mut sound = ring(&modes, touch.held + samples(0.6), Phases::Zero);
    fade_in(&mut sound, samples(0.002));
    let level = loudness(touch.velocity) * 0.5;
    let (mut motor, step) = (0.25_f32, 5.2 / RATE);
    for sample in &mut sound {
        motor = wrap(motor + step);
        *sample *= level * (1.0 - 0.18 * (1.0 - sin_turns(motor)));
    }
    Sound::mono(sound)
}

/// Glockenspiel: free steel bars, 1 : 2.76 : 5.40 : 8.93, and the tick of the mallet.
pub(super) fn glockenspiel(touch: &Touch, noise: &mut Noise) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let life = (3.0 * libm::exp2f((72.0 - f32::from(touch.pitch)) / 24.0)).clamp(0.9, 4.0);
    let hard = touch.velocity;
    let modes = [
        Mode::new(frequency, 1.0, life),
        Mode::new(frequency * 2.756, 0.14 + 0.20 * hard, life * 0.35),
        Mode::new(frequency * 5.404, 0.05 + 0.14 * hard, life * 0.16),
        Mode::new(frequency * 8.933, 0.02 + 0.06 * hard, life * 0.08),
    ];
    let mut sound = ring(&modes, samples(life * 1.2), Phases::Zero);
    let (mut tick, fall) = (0.12 * hard, smoothing(0.002));
    for sample in sound.iter_mut().take(samples(0.02)) {
        *sample += noise.white() * tick;
        tick *= fall;
    }
    finish(sound, touch)
}

/// Glassy synthesizer bell: a strong fundamental under slightly stretched partials.
pub(super) fn bell(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let life = (4.5 * libm::exp2f((66.0 - f32::from(touch.pitch)) / 30.0)).clamp(1.2, 6.0);
    let hard = 0.5 + 0.5 * touch.velocity;
    let modes = [
        Mode::new(frequency, 1.0, life),
        Mode::new(frequency * 2.003, 0.45 * hard, life * 0.6),
        Mode::new(frequency * 3.01, 0.22 * hard, life * 0.4),
        Mode::new(frequency * 4.23, 0.16 * hard, life * 0.28),
        Mode::new(frequency * 5.43, 0.10 * hard, life * 0.2),
        Mode::new(frequency * 6.79, 0.07 * hard, life * 0.12),
    ];
    let sound = ring(&modes, samples(life * 1.1), Phases::Zero);
    finish(sound, touch)
}

fn finish(sound: Vec<f32>, touch: &Touch) -> Sound {
    let mut sound = sound;
    fade_in(&mut sound, samples(0.001));
    crate::dsp::envelope::fade_out(&mut sound, samples(0.1));
    let level = loudness(touch.velocity) * 0.45;
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}
