//! Noise that tells the ear something is coming, and that it has come.

use super::{Sound, Touch};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::{fade_in, fade_out};
use crate::dsp::math::{decay, saturate, sin_turns, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::oscillator::Oscillator;
use crate::dsp::samples;
use crate::dsp::state_variable::MovingLowPass;

/// A sweep that rises over the whole length of the note and stops dead.
pub(super) fn riser(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held.max(samples(0.2));
    let (mut left, mut right) = (vec![0.0_f32; length], vec![0.0_f32; length]);
    let mut sweep = MovingLowPass::new(2.2);
    let mut floor = [0.0_f32; 2];
    let mut saws = [Oscillator::new(0.0, 0.0), Oscillator::new(0.0, 0.0)];
    for index in 0..length {
        let share = index as f32 / length as f32;
        if index % 16 == 0 {
            sweep.set_corner(300.0 * libm::exp2f(share * 5.0));
        }
        let hiss = sweep.next([noise.white(), noise.white()]);
        let step = 110.0 * (1.0 + share * share * 3.0) / RATE;
        (saws[0].step, saws[1].step) = (step, step * 1.006);
        let level = share * share * (0.4 + 0.6 * touch.velocity);
        for (side, buffer) in [&mut left, &mut right].into_iter().enumerate() {
            // A slow follower takes the rumble out of the noise.
            floor[side] += (hiss[side] - floor[side]) * 0.02;
            buffer[index] = ((hiss[side] - floor[side]) * 0.7 + saws[side].saw() * 0.06) * level;
        }
    }
    for side in [&mut left, &mut right] {
        fade_in(side, samples(0.02));
        fade_out(side, samples(0.012));
    }
    Sound::stereo(left, right)
}

/// A low drop under a burst of noise that dies away over two seconds.
pub(super) fn impact(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = samples(2.4);
    let (mut left, mut right) = (vec![0.0_f32; length], vec![0.0_f32; length]);
    let mut dulling = MovingLowPass::new(0.7);
    let (boom_fall, hiss_fall) = (decay(1.7), decay(1.9));
    let (mut boom, mut hiss_level) = (0.9 * touch.velocity, 0.35 * touch.velocity);
    let mut phase = 0.0_f32;
    for index in 0..length {
        let seconds = index as f32 / RATE;
        if index % 16 == 0 {
            dulling.set_corner(500.0 + 6500.0 * libm::expf(-seconds * 3.0));
        }
        phase = wrap(phase + (34.0 + 60.0 / (1.0 + seconds * 9.0)) / RATE);
        let low = saturate(sin_turns(phase) * 1.4) * boom;
        let [hiss_left, hiss_right] = dulling.next([noise.white(), noise.white()]);
        left[index] = low + hiss_left * hiss_level;
        right[index] = low + hiss_right * hiss_level;
        boom *= boom_fall;
        hiss_level *= hiss_fall;
    }
    for side in [&mut left, &mut right] {
        fade_in(side, samples(0.002));
        fade_out(side, samples(0.4));
    }
    Sound::stereo(left, right)
}

/// A worn record between the notes: sparse clicks of all sizes over a little hiss.
pub(super) fn crackle(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held.max(samples(0.1));
    let mut side = || {
        let mut sound = vec![0.0_f32; length];
        let mut needle = Filter::new(Biquad::band_pass(2600.0, 0.45));
        let mut surface = Filter::new(Biquad::band_pass(5200.0, 0.4));
        let mut wait = noise.between(0.0, 0.05) * RATE;
        for sample in &mut sound {
            wait -= 1.0;
            let click = if wait <= 0.0 {
                // Gaps are exponential, sizes mostly small.
                wait = -libm::logf(noise.unit().max(1e-4)) * 0.045 * RATE;
                let size = noise.unit();
                noise.white().signum() * (0.3 + 3.0 * size * size * size * size)
            } else {
                0.0
            };
            *sample = needle.next(click) + surface.next(noise.white()) * 0.012;
        }
        fade_in(&mut sound, samples(0.02));
        fade_out(&mut sound, samples(0.02));
        sound.iter_mut().for_each(|sample| *sample *= touch.velocity);
        sound
    };
    let left = side();
    let right = side();
    Sound::stereo(left, right)
}
