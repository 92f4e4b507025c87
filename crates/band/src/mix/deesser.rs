//! Softens sibilants.

use super::compressor::Compressor;
use crate::dsp::RATE;

/// Where sibilants begin, hertz.
const CORNER: f32 = 5_200.0;

/// Samples worked on at a time.
const BLOCK: usize = 256;

/// Holds down what a voice has above [`CORNER`] once it comes near the loudness of the whole voice.
///
/// The two bands are a first-order pair, which sums to the voice exactly while nothing is held.
#[derive(Debug, Clone)]
pub(crate) struct Deesser {
    low: [f32; 2],
    pace: f32,
    hold: Compressor,
}

impl Deesser {
    /// For a voice of `loudness` LUFS.
    pub(crate) fn new(loudness: f32) -> Self {
        let pace = 1.0 - libm::expf(-std::f32::consts::TAU * CORNER / RATE);
        Self {
            low: [0.0; 2],
            pace,
            hold: Compressor::new(loudness - 12.0, 5.0, 0.001, 0.06),
        }
    }

    /// Works on two channels in place.
    pub(crate) fn run(&mut self, left: &mut [f32], right: &mut [f32]) {
        let (mut high_left, mut high_right) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
        for (left, right) in left.chunks_mut(BLOCK).zip(right.chunks_mut(BLOCK)) {
            let (high_left, high_right) = (&mut high_left[..left.len()], &mut high_right[..left.len()]);
            self.low[0] = split(left, high_left, self.low[0], self.pace);
            self.low[1] = split(right, high_right, self.low[1], self.pace);
            self.hold.run(high_left, high_right);
            join(left, high_left);
            join(right, high_right);
        }
    }
}

/// Leaves the low band in `side` and puts the rest into `high`. Returns the filter's state.
fn split(side: &mut [f32], high: &mut [f32], state: f32, pace: f32) -> f32 {
    let mut low = state;
    for (sample, high) in side.iter_mut().zip(high) {
        low += (*sample - low) * pace + 1e-20;
        *high = *sample - low;
        *sample = low;
    }
    low
}

fn join(side: &mut [f32], high: &[f32]) {
    side.iter_mut().zip(high).for_each(|(side, high)| *side += high);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_after(hertz: f32) -> f32 {
        let wave = |index: usize| libm::sinf(std::f32::consts::TAU * ((hertz * index as f32 / RATE) % 1.0)) * 0.1;
        let mut left: Vec<f32> = (0..22_050).map(wave).collect();
        let mut right = left.clone();
        Deesser::new(-20.0).run(&mut left, &mut right);
        let power: f32 = left[11_025..].iter().map(|sample| sample * sample).sum();
        10.0 * libm::log10f(power / 11_025.0 / 0.005)
    }

    #[test]
    fn an_s_is_softened_and_a_vowel_is_not() {
        assert!(level_after(400.0).abs() < 0.2, "{}", level_after(400.0));
        assert!(level_after(8000.0) < -1.8, "{}", level_after(8000.0));
    }
}
