//! Grand piano: stretched partials, two strings a note, a hammer that is brighter the harder it strikes.

use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::fade_in;
use crate::dsp::math::{cents, hertz, smoothing};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// Where the hammer meets the string.
const STRIKE: f32 = 0.122;

/// Partials at most, for each of two strings.
const PARTIALS: usize = 32;

/// The sound of one note.
pub(super) fn play(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held + samples(0.35);
    let mut left = ring(&partials(touch), length, Phases::Zero);
    knock(touch, noise, &mut left);
    // A soft hammer stays on the string for longer.
    fade_in(&mut left, samples(0.001 + 0.003 * (1.0 - touch.velocity)));
    let level = loudness(touch.velocity) * 0.35;
    left.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(left)
}

/// Each partial twice: the pair's vertical swing, loud and short, and what is left in the other plane, soft and long.
fn partials(touch: &Touch) -> Vec<Mode> {
    let pitch = f32::from(touch.pitch);
    let fundamental = hertz(pitch);
    let stiffness = 0.000_22 * libm::exp2f((pitch - 48.0) / 13.3);
    let longest = 22.0 * libm::exp2f((40.0 - pitch) / 19.0);
    let felt = 700.0 + fundamental * 2.0 + touch.velocity * touch.velocity * 4600.0;
    // The fundamental itself is put where the key says, whatever the stiffness does above it.
    let stretch = 1.0 / (1.0 + stiffness).sqrt();
    let mut modes = Vec::with_capacity(PARTIALS * 2);
    for number in 1..=PARTIALS {
        let order = number as f32;
        let frequency = fundamental * order * (1.0 + stiffness * order * order).sqrt() * stretch;
        if frequency > 14_000.0 {
            break;
        }
        let comb = libm::sinf(std::f32::consts::PI * order * STRIKE).abs() + 0.04;
        let rolloff = 1.0 + (frequency / felt) * (frequency / felt);
        let level = comb / (libm::powf(order, 0.55) * rolloff);
        let life = longest / (1.0 + 0.000_02 * frequency * frequency.sqrt() + 0.035 * order);
        modes.push(Mode::new(frequency, level * 0.8, (life * 0.34).max(0.12)));
        modes.push(Mode::new(frequency * cents(0.4), level * 0.36, life.max(0.1)));
    }
    modes
}

/// The hammer's thump on the soundboard.
fn knock(touch: &Touch, noise: &mut Noise, sound: &mut [f32]) {
    let frequency = hertz(f32::from(touch.pitch));
    let mut board = Filter::new(Biquad::band_pass(170.0 + frequency * 0.35, 0.8));
    let mut felt = Filter::new(Biquad::band_pass(1900.0, 0.6));
    let fall = smoothing(0.010);
    let mut level = touch.velocity * 0.8;
    for sample in sound.iter_mut().take((0.05 * RATE) as usize) {
        let hiss = noise.white() * level;
        *sample += board.next(hiss) * 1.5 + felt.next(hiss) * 0.12;
        level *= fall;
    }
}
