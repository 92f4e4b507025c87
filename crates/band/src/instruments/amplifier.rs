//! The distorting guitar amplifier and its cabinet.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::saturate;
use crate::perform::part::Part;

/// Level the strings reach the preamplifier at, whatever they were played at: chords and single notes distort alike.
const INPUT_RMS: f32 = 0.16;

/// How an amplifier is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Gain into the valve.
    drive: f32,
    /// Below this the pickup's bass is kept from the valve, hertz.
    tight: f32,
    /// What the cabinet does around 2.5 kHz, decibels.
    bite: f32,
}

/// On the edge: single notes sing, chords growl.
pub(super) const CRUNCH: Setting = Setting {
    drive: 3.2,
    tight: 140.0,
    bite: 2.5,
};

/// Far over it.
pub(super) const LEAD: Setting = Setting {
    drive: 11.0,
    tight: 105.0,
    bite: 4.0,
};

/// Drives both sides of the part through valve and cabinet.
pub(super) fn overdrive(part: &mut Part, setting: Setting) {
    let level = rms(part).max(1e-5);
    let gain = setting.drive * INPUT_RMS / level;
    let mut pickup = Cascade::new([
        Biquad::high_pass(setting.tight, 0.7),
        Biquad::peak(780.0, 0.8, 4.5),
        Biquad::low_pass(6800.0, 0.7),
    ]);
    let mut cabinet = Cascade::new([
        Biquad::high_pass(82.0, 0.9),
        Biquad::peak(125.0, 1.2, 2.5),
        Biquad::peak(430.0, 1.0, -3.0),
        Biquad::peak(2500.0, 1.1, setting.bite),
        Biquad::low_pass(4700.0, 0.95),
        Biquad::low_pass(5600.0, 0.7),
    ]);
    let mut valves = [Valve::new(gain), Valve::new(gain)];
    part.each(|left, right| {
        for (left, right) in left.chunks_mut(256).zip(right.chunks_mut(256)) {
            for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                let [one, other] = pickup.next([*left, *right]);
                [*left, *right] = cabinet.next([valves[0].next(one), valves[1].next(other)]);
            }
            pickup.settle();
            cabinet.settle();
        }
    });
}

fn rms(part: &Part) -> f32 {
    let (mut sum, mut count) = (0.0_f64, 0_usize);
    for stretch in &part.active {
        sum += part.left[stretch.clone()]
            .iter()
            .map(|sample| f64::from(sample * sample))
            .sum::<f64>();
        count += stretch.len();
    }
    libm::sqrt(sum / count.max(1) as f64) as f32
}

/// Taps on each side of the half-band interpolator.
const HALF: usize = 4;

/// An asymmetric soft clipper at twice the sample rate.
///
/// Midpoints come from an eight-tap half-band filter, which also brings the result back down, so that the upper
/// harmonics of the clipping fold back attenuated.
struct Valve {
    gain: f32,
    taps: [f32; 2 * HALF],
    input: [f32; 2 * HALF],
    shaped: [f32; 2 * HALF],
    between: [f32; 2 * HALF],
    bias: f32,
}

impl Valve {
    fn new(gain: f32) -> Self {
        let mut taps: [f32; 2 * HALF] = std::array::from_fn(|index| {
            let x = index as f32 - HALF as f32 + 0.5;
            let window = 0.5 + 0.5 * libm::cosf(std::f32::consts::PI * x / (HALF as f32 + 0.5));
            libm::sinf(std::f32::consts::PI * x) / (std::f32::consts::PI * x) * window
        });
        let sum: f32 = taps.iter().sum();
        taps.iter_mut().for_each(|tap| *tap /= sum);
        let zero = [0.0; 2 * HALF];
        Self {
            gain,
            taps,
            input: zero,
            shaped: zero,
            between: zero,
            bias: 0.0,
        }
    }

    #[inline(always)]
    fn next(&mut self, sample: f32) -> f32 {
        shift(&mut self.input, sample);
        let midpoint = dot(&self.input, &self.taps);
        let whole = self.clip(self.input[HALF]);
        let half = self.clip(midpoint);
        shift(&mut self.shaped, whole);
        shift(&mut self.between, half);
        let output = 0.5 * (self.shaped[HALF - 1] + dot(&self.between, &self.taps));
        // The asymmetry leaves a direct current that follows the level; the coupling capacitor removes it.
        self.bias += (output - self.bias) * (std::f32::consts::TAU * 25.0 / RATE);
        (output - self.bias) * 0.5
    }

    #[inline(always)]
    fn clip(&self, sample: f32) -> f32 {
        let driven = sample * self.gain;
        let first = saturate(driven + 0.18 * driven.abs().min(1.5));
        saturate(first * 1.5)
    }
}

#[inline(always)]
fn shift(memory: &mut [f32; 2 * HALF], sample: f32) {
    memory.copy_within(1.., 0);
    memory[2 * HALF - 1] = sample;
}

#[inline(always)]
fn dot(memory: &[f32; 2 * HALF], taps: &[f32; 2 * HALF]) -> f32 {
    let mut sum = [0.0_f32; 4];
    for index in 0..4 {
        sum[index] = memory[index] * taps[index] + memory[index + 4] * taps[index + 4];
    }
    (sum[0] + sum[1]) + (sum[2] + sum[3])
}
