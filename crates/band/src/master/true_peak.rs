//! Peaks between samples (ITU-R BS.1770-5, annex 2): four times as many points by a windowed sinc.

use std::ops::Range;

use crate::dsp::math::peak;
use crate::perform::{Threads, spans};

/// Points on either side of the interpolated one.
const HALF: usize = 12;

/// Sinc values for the three points between two samples.
pub(crate) struct Interpolator {
    phases: [[f32; 2 * HALF]; 3],
}

impl Interpolator {
    /// Ready to use.
    pub(crate) fn new() -> Self {
        let phases = std::array::from_fn(|phase| {
            let share = (phase + 1) as f64 / 4.0;
            let taps: [f64; 2 * HALF] = std::array::from_fn(|index| {
                let x = index as f64 - (HALF as f64 - 1.0) - share;
                let angle = std::f64::consts::PI * x;
                let window = 0.5 + 0.5 * libm::cos(angle / (HALF as f64 + 0.5));
                libm::sin(angle) / angle * window
            });
            let sum: f64 = taps.iter().sum();
            taps.map(|tap| (tap / sum) as f32)
        });
        Self { phases }
    }

    /// The highest magnitude from sample `index` up to the next one.
    #[inline]
    pub(crate) fn peak_at(&self, samples: &[f32], index: usize) -> f32 {
        let own = samples[index].abs();
        let Some(start) = index.checked_sub(HALF - 1) else {
            return own;
        };
        let Some(around) = samples.get(start..start + 2 * HALF) else {
            return own;
        };
        let mut peak = own;
        for taps in &self.phases {
            let mut lanes = [0.0_f32; 4];
            for quad in 0..HALF / 2 {
                for lane in 0..4 {
                    lanes[lane] += around[quad * 4 + lane] * taps[quad * 4 + lane];
                }
            }
            peak = peak.max(((lanes[0] + lanes[1]) + (lanes[2] + lanes[3])).abs());
        }
        peak
    }
}

/// The highest true peak of two channels, as a linear level.
pub(crate) fn highest(left: &[f32], right: &[f32], threads: Threads) -> f32 {
    let interpolator = Interpolator::new();
    let over_spans = |work: &(dyn Fn(&[f32], Range<usize>) -> f32 + Sync)| {
        spans::each(threads, left.len(), |range| {
            work(left, range.clone()).max(work(right, range))
        })
        .into_iter()
        .fold(0.0, f32::max)
    };
    let highest = over_spans(&|side, range| peak(&side[range]));
    // Between samples a band-limited wave rises by a few decibels at most; quiet stretches need no look.
    let worth = highest * 0.6;
    over_spans(&|side, range| {
        let mut peak = highest;
        for index in range {
            let next = side.get(index + 1).copied().unwrap_or(0.0);
            if side[index].abs().max(next.abs()) > worth {
                peak = peak.max(interpolator.peak_at(side, index));
            }
        }
        peak
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_sampled_beside_its_crests_shows_its_true_height() {
        // A quarter of the sample rate, an eighth of a turn off: every sample is at 0.707.
        let wave: Vec<f32> = (0..400)
            .map(|index| libm::sinf(std::f32::consts::TAU * (index as f32 / 4.0 + 0.125)))
            .map(|sample| sample * 0.5)
            .collect();
        let peak = highest(&wave, &wave, Threads::new(1));
        assert!((peak - 0.5).abs() < 0.01, "{peak}");
    }
}
