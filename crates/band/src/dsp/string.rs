//! A plucked string as a pair of tuned feedback delays, one for each plane it swings in.
//!
//! Extended Karplus-Strong (D. Jaffe and J. Smith, 1983). The delay of the loss filter at the fundamental is counted in
//! full and the rest is made exact by a first-order all-pass, so that every note is in tune to a fraction of a cent.

use super::RATE;
use super::math::{cents, decay};
use super::noise::Noise;

/// A string and how it is plucked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pluck {
    /// Fundamental, hertz.
    pub(crate) frequency: f32,
    /// Seconds for the fundamental to fall by 60 dB.
    pub(crate) sustain: f32,
    /// Seconds for what sounds at 3 kHz to fall by 60 dB.
    pub(crate) brilliance: f32,
    /// Where along the string it is plucked, 0-0.5.
    pub(crate) position: f32,
    /// Corner of the plectrum or finger, hertz: harder is brighter.
    pub(crate) corner: f32,
    /// Share of scrape noise in the pluck, 0-1.
    pub(crate) scrape: f32,
}

impl Pluck {
    /// `length` samples of the free string. Level is about the same for every pitch.
    pub(crate) fn play(&self, length: usize, noise: &mut Noise) -> Vec<f32> {
        let mut output = vec![0.0; length];
        let detuning = noise.between(0.5, 0.9);
        // The plane towards the bridge speaks loud and dies soon, the other one hums on; their slight difference beats.
        // The louder one is tuned down a little so that the sum is centred.
        for (share, offset, life) in [(0.72, -0.35 * detuning, 0.7), (0.34, 0.8 * detuning, 1.3)] {
            let frequency = self.frequency * cents(offset);
            self.swing(frequency, share, life, noise, &mut output);
        }
        output
    }

    fn swing(&self, frequency: f32, share: f32, life: f32, noise: &mut Noise, output: &mut [f32]) {
        let loss = self.loss(frequency, life);
        let delay = Loop::tuned(frequency, loss);
        let mut line = self.excitation(delay.length, noise);
        // Per turn of the loop, what the damping filter does not already take at the fundamental.
        let feedback = libm::powf(decay(self.sustain * life), RATE / frequency).min(0.999_99);
        let (mut last, mut all_pass_in, mut all_pass_out) = (0.0_f32, 0.0_f32, 0.0_f32);
        let mut index = 0;
        for sample in output.iter_mut() {
            let value = line[index];
            *sample += value * share;
            let damped = ((1.0 - loss) * value + loss * last) * feedback + 1e-20;
            last = value;
            let passed = delay.coefficient * (damped - all_pass_out) + all_pass_in;
            all_pass_in = damped;
            all_pass_out = passed;
            line[index] = passed;
            index += 1;
            if index == line.len() {
                index = 0;
            }
        }
    }

    /// Weight of the two-tap average in the loop that gives the asked decay at 3 kHz (or at three times the fundamental).
    fn loss(&self, frequency: f32, life: f32) -> f32 {
        let probe = 3000.0_f32.max(3.0 * frequency).min(RATE * 0.4);
        let per_turn = libm::powf(decay(self.brilliance * life), 2.0 * RATE / frequency);
        let cosine = libm::cosf(std::f32::consts::TAU * probe / RATE);
        // |H|² = 1 − 2 s (1 − s) (1 − cos ω), solved for s.
        let product = ((1.0 - per_turn) / (2.0 * (1.0 - cosine))).clamp(0.0, 0.249);
        (1.0 - (1.0 - 4.0 * product).sqrt()) / 2.0
    }

    /// One turn of the loop: a rounded push at the plucking point and its mirror image, with some scrape on it.
    fn excitation(&self, length: usize, noise: &mut Noise) -> Vec<f32> {
        let mut line = vec![0.0_f32; length];
        let pluck = ((length as f32 * self.position) as usize).clamp(1, length.saturating_sub(1).max(1));
        line[0] = 1.0;
        line[pluck % length] -= 1.0;
        let scale = (length as f32).sqrt();
        for value in &mut line {
            *value = *value * scale * (1.0 - self.scrape) + noise.white() * self.scrape * 1.6;
        }
        // What a string passes on to the bridge falls by 6 dB an octave; the finger's roundness adds two more poles.
        let slope = 2.8 * self.frequency;
        for corner in [slope, self.corner, self.corner] {
            soften(&mut line, corner);
        }
        disperse(&mut line);
        let mean = line.iter().sum::<f32>() / length as f32;
        let power = line.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / length as f32;
        let level = 0.3 / power.sqrt().max(1e-6);
        line.iter().map(|value| (value - mean) * level).collect()
    }
}

/// A one-pole low-pass run twice around, so that the loop joins without a step.
fn soften(line: &mut [f32], corner: f32) {
    let pole = libm::expf(-std::f32::consts::TAU * corner / RATE).min(0.995);
    let mut state = 0.0;
    for turn in 0..2 {
        for value in line.iter_mut() {
            state = state * pole + *value * (1.0 - pole);
            if turn == 1 {
                *value = state;
            }
        }
    }
}

/// Spreads a sharp push over half a millisecond, treble first, as a stiff string does: same spectrum, lower crest.
fn disperse(line: &mut [f32]) {
    const COEFFICIENT: f32 = 0.55;
    for _ in 0..8 {
        let (mut input, mut output) = (0.0_f32, 0.0_f32);
        for turn in 0..2 {
            for value in line.iter_mut() {
                let passed = COEFFICIENT * (output - *value) + input;
                (input, output) = (*value, passed);
                if turn == 1 {
                    *value = passed;
                }
            }
        }
    }
}

/// A delay whose total is one period.
struct Loop {
    length: usize,
    coefficient: f32,
}

impl Loop {
    /// Splits the period into whole samples and an all-pass between 0.4 and 1.4 samples, exact at the fundamental.
    fn tuned(frequency: f32, loss: f32) -> Self {
        let omega = std::f64::consts::TAU * f64::from(frequency) / f64::from(RATE);
        let loss = f64::from(loss);
        let damping = libm::atan2(loss * libm::sin(omega), 1.0 - loss + loss * libm::cos(omega)) / omega;
        let wanted = f64::from(RATE) / f64::from(frequency) - damping;
        let length = (wanted - 0.4).max(2.0) as usize;
        let rest = wanted - length as f64;
        let coefficient = libm::sin((1.0 - rest) * omega / 2.0) / libm::sin((1.0 + rest) * omega / 2.0);
        Self {
            length,
            coefficient: coefficient as f32,
        }
    }
}
