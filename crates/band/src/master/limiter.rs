//! A look-ahead limiter for true peaks.
//!
//! The gain each instant needs is known before any sample is touched: its minimum over the look-ahead, released slowly,
//! then averaged over the same span. The average at a peak spans only values that already hold the peak down, so nothing
//! passes and nothing is distorted by a jump.

use std::collections::VecDeque;

use super::true_peak::Interpolator;
use crate::dsp::math;

/// How far it looks ahead, seconds.
const LOOK_AHEAD: f32 = 0.0025;

/// Time constant of the return to full level, seconds.
const RELEASE: f32 = 0.080;

/// Works out [`Curve`]s.
pub(crate) struct Limiter {
    ceiling: f32,
    ahead: usize,
    release: f32,
    interpolator: Interpolator,
}

/// The gain over a whole song.
pub(crate) struct Curve {
    gains: Vec<f32>,
}

impl Limiter {
    /// Nothing above `ceiling` decibels at `rate` samples a second.
    pub(crate) fn new(ceiling: f32, rate: f32) -> Self {
        Self {
            ceiling: math::gain(ceiling),
            ahead: ((LOOK_AHEAD * rate) as usize).max(8),
            release: libm::expf(-1.0 / (RELEASE * rate)),
            interpolator: Interpolator::new(),
        }
    }

    /// The gain that keeps two channels, raised by `gain`, under the ceiling.
    pub(crate) fn curve(&mut self, left: &[f32], right: &[f32], gain: f32) -> Curve {
        let mut gains = self.needed(left, right, gain);
        self.hold_and_release(&mut gains);
        self.average(&mut gains);
        Curve { gains }
    }

    /// What every sample by itself would need.
    fn needed(&self, left: &[f32], right: &[f32], gain: f32) -> Vec<f32> {
        let limit = self.ceiling / gain;
        let worth = limit * 0.6;
        let mut gains = vec![1.0_f32; left.len()];
        for index in 0..left.len() {
            // A peak between two samples may tower over the first of them alone.
            let next = left
                .get(index + 1)
                .zip(right.get(index + 1))
                .map_or(0.0, |(left, right)| left.abs().max(right.abs()));
            if left[index].abs().max(right[index].abs()).max(next) < worth {
                continue;
            }
            let peak = self
                .interpolator
                .peak_at(left, index)
                .max(self.interpolator.peak_at(right, index));
            if peak > limit {
                let need = limit / peak;
                gains[index] = gains[index].min(need);
                // The peak may lie anywhere up to the next sample.
                if let Some(next) = gains.get_mut(index + 1) {
                    *next = next.min(need);
                }
            }
        }
        gains
    }

    /// The least gain of the coming look-ahead, rising back along an exponential.
    fn hold_and_release(&self, gains: &mut [f32]) {
        let mut queue: VecDeque<(usize, f32)> = VecDeque::with_capacity(self.ahead + 2);
        let mut current = 1.0_f32;
        let mut entering = 0;
        for index in 0..gains.len() {
            while entering < gains.len() && entering <= index + self.ahead {
                let value = gains[entering];
                while queue.back().is_some_and(|(_, last)| *last >= value) {
                    queue.pop_back();
                }
                queue.push_back((entering, value));
                entering += 1;
            }
            while queue.front().is_some_and(|(place, _)| *place < index) {
                queue.pop_front();
            }
            let least = queue.front().map_or(1.0, |(_, value)| *value);
            current = least.min(1.0 - (1.0 - current) * self.release);
            // Writing behind the reader: the queue holds every value still needed.
            gains[index] = current;
        }
    }

    /// The mean of the last look-ahead.
    fn average(&self, gains: &mut [f32]) {
        let window = self.ahead;
        // As if what the first sample needs had been held before it: a song may begin with its loudest stroke.
        let first = gains.first().copied().unwrap_or(1.0);
        let mut memory = vec![first; window];
        let mut sum = f64::from(first) * window as f64;
        let mut place = 0;
        for value in gains.iter_mut() {
            sum += f64::from(*value) - f64::from(memory[place]);
            memory[place] = *value;
            place = if place + 1 == window { 0 } else { place + 1 };
            *value = ((sum / window as f64) as f32).min(1.0);
        }
    }
}

impl Curve {
    /// The share of the energy that passes, for each tenth of a second: it weighs most where it takes most.
    pub(crate) fn passing(&self, left: &[f32], right: &[f32], rate: f32) -> Vec<f64> {
        let step = (rate / 10.0) as usize;
        let share = |gains: &[f32], left: &[f32], right: &[f32]| {
            let (mut before, mut after) = (1e-12_f32, 1e-12_f32);
            for (gain, (left, right)) in gains.iter().zip(left.iter().zip(right)) {
                let power = left * left + right * right;
                before += power;
                after += power * gain * gain;
            }
            f64::from(after / before)
        };
        let channels = left.chunks(step).zip(right.chunks(step));
        self.gains
            .chunks(step)
            .zip(channels)
            .map(|(gains, (left, right))| share(gains, left, right))
            .collect()
    }

    /// Multiplies both channels by `gain` and the curve.
    pub(crate) fn apply(&self, left: &mut [f32], right: &mut [f32], gain: f32) {
        for side in [left, right] {
            for (sample, limit) in side.iter_mut().zip(&self.gains) {
                *sample *= limit * gain;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::noise::Noise;
    use crate::master::true_peak::highest;

    #[test]
    fn no_true_peak_passes_the_ceiling() {
        let mut noise = Noise::new(9);
        let mut left: Vec<f32> = (0..60_000)
            .map(|index| noise.white() * if index % 9000 < 300 { 2.0 } else { 0.2 })
            .collect();
        let mut right: Vec<f32> = left.iter().map(|sample| sample * 0.7).collect();
        let curve = Limiter::new(-1.5, 44_100.0).curve(&left, &right, 1.0);
        curve.apply(&mut left, &mut right, 1.0);
        let peak = math::decibels(highest(&left, &right));
        assert!(peak < -1.0, "{peak}");
        let sample_peak = left.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!(math::decibels(sample_peak) <= -1.49);
    }

    #[test]
    fn quiet_sound_passes_untouched() {
        let mut left = vec![0.1; 5000];
        let mut right = left.clone();
        Limiter::new(-1.5, 44_100.0)
            .curve(&left, &right, 1.0)
            .apply(&mut left, &mut right, 1.0);
        assert!(left.iter().all(|sample| *sample == 0.1));
    }
}
