//! A look-ahead limiter for true peaks.
//!
//! The gain each instant needs is known before any sample is touched: its minimum over the look-ahead, released slowly,
//! then averaged over the same span. The average at a peak spans only values that already hold the peak down, so nothing
//! passes and nothing is distorted by a jump.

use std::collections::VecDeque;
use std::ops::Range;

use super::true_peak::Interpolator;
use crate::dsp::{RATE, math};
use crate::mix::loudness::STEP;
use crate::perform::{Threads, spans};

/// How far it looks ahead, samples: 2.5 ms.
const LOOK_AHEAD: usize = 110;

/// Time constant of the return to full level, seconds.
const RELEASE: f32 = 0.080;

/// Works out the gain that keeps one song's peaks down, at any level of that song.
pub(crate) struct Limiter {
    ceiling: f32,
    length: usize,
    /// Peaks above [`Self::lowest`], in order of time.
    peaks: Vec<Peak>,
    lowest: f32,
    threads: Threads,
}

/// A peak that lies anywhere between a sample and the next.
#[derive(Debug, Clone, Copy)]
struct Peak {
    sample: usize,
    level: f32,
}

/// The gain over a whole song.
pub(crate) struct Curve {
    gains: Vec<f32>,
}

/// How much louder than at first a song may get before its lower peaks are looked for, as a factor.
const RESERVE: f32 = 1.5;

impl Limiter {
    /// Nothing above `ceiling` decibels in a song that will be raised by about `gain`.
    pub(crate) fn new(ceiling: f32, left: &[f32], right: &[f32], gain: f32, threads: Threads) -> Self {
        let ceiling = math::gain(ceiling);
        let lowest = ceiling / (gain * RESERVE);
        Self {
            ceiling,
            length: left.len(),
            peaks: peaks(left, right, lowest, threads),
            lowest,
            threads,
        }
    }

    /// Whether all peaks of the song raised by `gain` are known.
    pub(crate) fn serves(&self, gain: f32) -> bool {
        self.ceiling / gain >= self.lowest
    }

    /// The gain that keeps the song, raised by `gain`, under the ceiling.
    pub(crate) fn curve(&self, gain: f32) -> Curve {
        let gains = spans::each(self.threads, self.length, |span| self.gains(gain, span, 1));
        Curve { gains: gains.concat() }
    }

    /// The share of the energy that passes at `gain`, for each step of `powers`: it weighs most where it takes most.
    ///
    /// The gain is worked out for blocks instead of samples, which is near enough to a hundredth of a decibel.
    pub(crate) fn passing(&self, powers: &Powers, gain: f32) -> Vec<f64> {
        let parts = spans::each(self.threads, self.length, |span| {
            let blocks = powers.blocks[span.start / BLOCK..span.end.div_ceil(BLOCK)].chunks(STEP / BLOCK);
            let gains = self.gains(gain, span, BLOCK);
            let share = |gains: &[f32], blocks: &[f32]| {
                let (mut before, mut after) = (1e-12_f32, 1e-12_f32);
                for (gain, power) in gains.iter().zip(blocks) {
                    before += power;
                    after += power * gain * gain;
                }
                f64::from(after / before)
            };
            let steps = gains.chunks(STEP / BLOCK).zip(blocks);
            steps.map(|(gains, blocks)| share(gains, blocks)).collect::<Vec<f64>>()
        });
        parts.concat()
    }

    /// The curve in `span`, one value for each `block` samples.
    fn gains(&self, gain: f32, span: Range<usize>, block: usize) -> Vec<f32> {
        let ahead = LOOK_AHEAD / block;
        let begin = spans::warm_up(span.start).start / block;
        let (first, last) = (span.start / block, span.end.div_ceil(block));
        let mut gains = self.needed(gain, begin..(last + ahead + 1).min(self.length.div_ceil(block)), block);
        hold_and_release(&mut gains, ahead, libm::expf(-(block as f32) / (RELEASE * RATE)));
        average(&mut gains, ahead);
        gains.truncate(last - begin);
        gains.drain(..first - begin);
        gains
    }

    /// What every block by itself would need.
    fn needed(&self, gain: f32, blocks: Range<usize>, block: usize) -> Vec<f32> {
        let limit = self.ceiling / gain;
        let mut gains = vec![1.0_f32; blocks.len()];
        let from = self
            .peaks
            .partition_point(|peak| (peak.sample + 1) / block < blocks.start);
        for peak in &self.peaks[from..] {
            if peak.sample / block >= blocks.end {
                break;
            }
            for place in [peak.sample / block, (peak.sample + 1) / block] {
                let place = place.checked_sub(blocks.start).and_then(|place| gains.get_mut(place));
                if let Some(gain) = place.filter(|_| peak.level > limit) {
                    *gain = gain.min(limit / peak.level);
                }
            }
        }
        gains
    }
}

/// Every sample from which to the next one a peak of either channel lies above `lowest`.
fn peaks(left: &[f32], right: &[f32], lowest: f32, threads: Threads) -> Vec<Peak> {
    let interpolator = Interpolator::new();
    let worth = lowest * 0.6;
    let found = spans::each(threads, left.len(), |span| {
        let level = |sample: usize| left[sample].abs().max(right[sample].abs());
        let mut found = Vec::new();
        for sample in span {
            // A peak between two samples may tower over the first of them alone.
            let near = level(sample).max(level((sample + 1).min(left.len() - 1)));
            if near < worth {
                continue;
            }
            let level = interpolator
                .peak_at(left, sample)
                .max(interpolator.peak_at(right, sample));
            if level > lowest {
                found.push(Peak { sample, level });
            }
        }
        found
    });
    found.concat()
}

/// The least gain of the coming look-ahead, rising back along an exponential.
fn hold_and_release(gains: &mut [f32], ahead: usize, release: f32) {
    let mut queue: VecDeque<(usize, f32)> = VecDeque::with_capacity(ahead + 2);
    let mut current = 1.0_f32;
    let mut entering = 0;
    for index in 0..gains.len() {
        while entering < gains.len() && entering <= index + ahead {
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
        current = least.min(1.0 - (1.0 - current) * release);
        // Writing behind the reader: the queue holds every value still needed.
        gains[index] = current;
    }
}

/// The mean of the last look-ahead.
fn average(gains: &mut [f32], window: usize) {
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

/// Samples in a block of [`Powers`]; look-ahead and loudness steps are whole blocks.
const BLOCK: usize = 10;

/// Power of a song in short blocks.
pub(crate) struct Powers {
    blocks: Vec<f32>,
}

impl Powers {
    /// Of two channels.
    pub(crate) fn of(left: &[f32], right: &[f32], threads: Threads) -> Self {
        let blocks = spans::each(threads, left.len(), |span| {
            let sides = left[span.clone()].chunks(BLOCK).zip(right[span].chunks(BLOCK));
            let power = |side: &[f32]| side.iter().map(|sample| sample * sample).sum::<f32>();
            sides
                .map(|(left, right)| power(left) + power(right))
                .collect::<Vec<f32>>()
        });
        Self {
            blocks: blocks.concat(),
        }
    }
}

impl Curve {
    /// The factors for the samples of `span`.
    pub(crate) fn within(&self, span: Range<usize>) -> &[f32] {
        &self.gains[span]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::noise::Noise;
    use crate::master::true_peak::highest;

    fn limit(left: &mut [f32], right: &mut [f32]) {
        let curve = Limiter::new(-1.5, left, right, 1.0, Threads::new(2)).curve(1.0);
        for side in [left, right] {
            let gains = curve.within(0..side.len());
            side.iter_mut().zip(gains).for_each(|(sample, gain)| *sample *= gain);
        }
    }

    #[test]
    fn what_passes_is_foretold_from_blocks() {
        let mut noise = Noise::new(2);
        let source: Vec<f32> = (0..STEP * 12)
            .map(|index| noise.white() * if index % 9000 < 900 { 1.6 } else { 0.3 })
            .collect();
        let limiter = Limiter::new(-1.5, &source, &source, 1.0, Threads::new(2));
        let foretold = limiter.passing(&Powers::of(&source, &source, Threads::new(2)), 1.0);
        let mut held = source.clone();
        limit(&mut held, &mut source.clone());
        let power = |side: &[f32]| side.iter().map(|sample| sample * sample).sum::<f32>();
        for ((before, after), foretold) in source.chunks(STEP).zip(held.chunks(STEP)).zip(foretold) {
            let share = power(after) / power(before);
            let error = 10.0 * libm::log10f(share / foretold as f32);
            assert!(error.abs() < 0.1, "{share} {foretold}");
        }
    }

    #[test]
    fn no_true_peak_passes_the_ceiling() {
        let mut noise = Noise::new(9);
        let mut left: Vec<f32> = (0..60_000)
            .map(|index| noise.white() * if index % 9000 < 300 { 2.0 } else { 0.2 })
            .collect();
        let mut right: Vec<f32> = left.iter().map(|sample| sample * 0.7).collect();
        limit(&mut left, &mut right);
        let peak = math::decibels(highest(&left, &right, Threads::new(1)));
        assert!(peak < -1.0, "{peak}");
        let sample_peak = left.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!(math::decibels(sample_peak) <= -1.49);
    }

    #[test]
    fn quiet_sound_passes_untouched() {
        let mut left = vec![0.1; 5000];
        let mut right = left.clone();
        limit(&mut left, &mut right);
        assert!(left.iter().all(|sample| *sample == 0.1));
    }
}
