//! Loudness as broadcasters measure it (ITU-R BS.1770-5): K-weighting, 400 ms blocks, two gates.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::perform::{Threads, spans};

/// Samples in a step of 100 ms; four steps make a block.
pub(crate) const STEP: usize = RATE as usize / 10;

/// The two K-weighting filters: the head's shelf and the low cut, by bilinear transform of the analogue prototypes.
pub(crate) fn k_weighting(rate: f64) -> [Biquad; 2] {
    let shelf = {
        let k = libm::tan(std::f64::consts::PI * 1_681.974_450_955_533 / rate);
        let (high, q) = (libm::pow(10.0, 3.999_843_853_973_347 / 20.0), 0.707_175_236_955_419_6);
        let band = libm::pow(high, 0.499_666_774_154_541_6);
        Biquad::from_coefficients(
            [
                high + band * k / q + k * k,
                2.0 * (k * k - high),
                high - band * k / q + k * k,
            ],
            [1.0 + k / q + k * k, 2.0 * (k * k - 1.0), 1.0 - k / q + k * k],
        )
    };
    let low_cut = {
        let k = libm::tan(std::f64::consts::PI * 38.135_470_876_024_44 / rate);
        let q = 0.500_327_037_323_877_3;
        let a0 = 1.0 + k / q + k * k;
        // The numerator is 1, −2, 1 as printed in the recommendation, not divided by a0.
        Biquad::from_coefficients([a0, -2.0 * a0, a0], [a0, 2.0 * (k * k - 1.0), 1.0 - k / q + k * k])
    };
    [shelf, low_cut]
}

/// Weighted energy of every 100 ms step; loudness of any stretch follows without another pass.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Energies {
    steps: Vec<f64>,
}

/// Collects [`Energies`] while samples pass by.
#[derive(Debug, Clone)]
pub(crate) struct Meter {
    weighting: Cascade<2>,
    steps: Vec<f64>,
    total: f64,
    count: usize,
    step: usize,
}

impl Meter {
    /// For sound at `rate` samples a second.
    pub(crate) fn new(rate: f32) -> Self {
        Self {
            weighting: Cascade::new(k_weighting(f64::from(rate))),
            steps: Vec::new(),
            total: 0.0,
            count: 0,
            step: (rate / 10.0) as usize,
        }
    }

    /// Lets the filters hear what sounds before the part to be measured.
    pub(crate) fn warm_up(&mut self, left: &[f32], right: &[f32]) {
        for (left, right) in left.chunks(512).zip(right.chunks(512)) {
            for (left, right) in left.iter().zip(right) {
                self.weighting.next_late([*left, *right]);
            }
            self.weighting.settle();
        }
    }

    /// Adds two channels.
    pub(crate) fn add(&mut self, left: &[f32], right: &[f32]) {
        let mut position = 0;
        while position < left.len() {
            // Short runs keep the single-precision sum exact enough.
            let run = (self.step - self.count).min(left.len() - position).min(512);
            let mut sum = [0.0_f32; 2];
            for (left, right) in left[position..position + run]
                .iter()
                .zip(&right[position..position + run])
            {
                // A sample later than it came, which no loudness shows.
                let weighted = self.weighting.next_late([*left, *right]);
                for (sum, sample) in sum.iter_mut().zip(weighted) {
                    *sum += sample * sample;
                }
            }
            self.weighting.settle();
            self.total += f64::from(sum[0] + sum[1]);
            self.count += run;
            position += run;
            if self.count == self.step {
                self.steps.push(self.total / self.step as f64);
                (self.total, self.count) = (0.0, 0);
            }
        }
    }

    /// What was collected.
    pub(crate) fn finish(self) -> Energies {
        Energies { steps: self.steps }
    }
}

/// Measures two whole channels at [`RATE`].
pub(crate) fn measure(left: &[f32], right: &[f32], threads: Threads) -> Energies {
    Energies::joined(spans::each(threads, left.len(), |range| {
        let mut meter = Meter::new(RATE);
        let before = spans::warm_up(range.start);
        meter.warm_up(&left[before.clone()], &right[before]);
        meter.add(&left[range.clone()], &right[range]);
        meter.finish()
    }))
}

impl Energies {
    /// Of stretches that follow each other; all but the last are whole steps long.
    pub(crate) fn joined(parts: Vec<Self>) -> Self {
        Self {
            steps: parts.into_iter().flat_map(|part| part.steps).collect(),
        }
    }

    /// The same sound with each 100 ms turned up or down by a factor.
    pub(crate) fn scaled(&self, factor: impl Fn(usize) -> f64) -> Self {
        Self {
            steps: self
                .steps
                .iter()
                .enumerate()
                .map(|(index, energy)| energy * factor(index))
                .collect(),
        }
    }

    /// Gated loudness of everything, LUFS; `None` when nothing is louder than −70.
    pub(crate) fn integrated(&self) -> Option<f32> {
        gated(&self.steps)
    }

    /// Of single steps, whatever lies between them.
    pub(crate) fn of(steps: Vec<f64>) -> Self {
        Self { steps }
    }

    /// The energy of each 100 ms.
    pub(crate) fn steps(&self) -> &[f64] {
        &self.steps
    }

    /// Loudness of everything without gates, LUFS; `None` in silence.
    pub(crate) fn mean(&self) -> Option<f32> {
        loudness_of(self.steps.iter().sum::<f64>() / self.steps.len().max(1) as f64)
    }

    /// Gated loudness between two samples, LUFS.
    pub(crate) fn between(&self, start: usize, end: usize) -> Option<f32> {
        let last = (end / STEP).min(self.steps.len());
        gated(&self.steps[(start / STEP).min(last)..last])
    }

    /// The spread of three-second loudness, 95th over 10th percentile, LU: how much a song breathes.
    pub(crate) fn short_term_range(&self) -> f32 {
        let mut levels: Vec<f32> = self
            .steps
            .windows(30)
            .step_by(10)
            .filter_map(|window| loudness_of(window.iter().sum::<f64>() / 30.0))
            .filter(|level| *level > -70.0)
            .collect();
        if levels.is_empty() {
            return 0.0;
        }
        levels.sort_by(f32::total_cmp);
        let at = |share: f32| levels[((levels.len() - 1) as f32 * share) as usize];
        at(0.95) - at(0.10)
    }
}

fn loudness_of(energy: f64) -> Option<f32> {
    (energy > 1e-12).then(|| (-0.691 + 10.0 * libm::log10(energy)) as f32)
}

/// Mean of the blocks above −70 LUFS and within 10 LU of their mean.
fn gated(steps: &[f64]) -> Option<f32> {
    const ABSOLUTE: f64 = 1.172_195e-7; // −70 LUFS as energy
    let blocks: Vec<f64> = if steps.len() < 4 {
        vec![steps.iter().sum::<f64>() / steps.len().max(1) as f64]
    } else {
        steps
            .windows(4)
            .map(|window| window.iter().sum::<f64>() / 4.0)
            .collect()
    };
    let mean_above = |gate: f64| {
        let (mut sum, mut count) = (0.0, 0_u32);
        for block in blocks.iter().filter(|block| **block > gate) {
            sum += block;
            count += 1;
        }
        (count > 0).then(|| sum / f64::from(count))
    };
    let first = mean_above(ABSOLUTE)?;
    let second = mean_above((first * 0.1).max(ABSOLUTE))?;
    loudness_of(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hertz: f32, level: f32, seconds: usize) -> Vec<f32> {
        let step = hertz / RATE;
        (0..seconds * RATE as usize)
            .map(|index| level * libm::sinf(std::f32::consts::TAU * ((index as f32 * step) % 1.0)))
            .collect()
    }

    #[test]
    fn a_full_scale_kilohertz_in_one_channel_reads_minus_three() {
        let left = sine(997.0, 1.0, 5);
        let right = vec![0.0; left.len()];
        let level = measure(&left, &right, Threads::new(1)).integrated().unwrap();
        assert!((level + 3.01).abs() < 0.05, "{level}");
    }

    #[test]
    fn silence_between_phrases_does_not_count() {
        let mut left = sine(997.0, 0.1, 5);
        left.extend(vec![0.0; 10 * RATE as usize]);
        let level = measure(&left, &left, Threads::new(1)).integrated().unwrap();
        assert!((level + 20.0).abs() < 0.4, "{level}");
    }

    #[test]
    fn silence_has_no_loudness() {
        assert_eq!(
            measure(&[0.0; 88_200], &[0.0; 88_200], Threads::new(2)).integrated(),
            None
        );
    }
}
