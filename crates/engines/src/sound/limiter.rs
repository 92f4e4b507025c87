//! A look-ahead limiter for true peaks.
//!
//! Peaks between samples are found by interpolating four times (BS.1770-4, annex 2). The gain each of them needs is
//! spread by a running minimum over the look-ahead and smoothed by a moving average of the same length, so the gain at
//! a peak is never above what that peak needs, and never jumps.

use std::collections::VecDeque;
use std::ops::Range;

use busker_band::perform::{self, Threads};

use super::sinc::{stereo_dot, windowed_sinc};

/// Half the look-ahead, in seconds: long enough not to bend a bass note, short enough not to be heard as ducking.
const REACH_SECONDS: f64 = 0.004;
/// Interpolated values between one sample and the next, that sample included.
const PHASES: usize = 4;
/// Samples to either side that an interpolated value is made from.
const HALF_TAPS: usize = 12;
/// Peaks between samples are looked for only near samples above this share of the ceiling.
const WORTH_LOOKING: f32 = 0.5;
/// Frames searched for peaks at a time.
const SPAN: usize = 1 << 18;

/// Interleaved stereo `samples` times `gain`, its true peaks held under `ceiling` (both as factors of amplitude).
pub(crate) fn limit(samples: &[f32], rate: u32, gain: f32, ceiling: f32) -> Vec<f32> {
    let mut louder: Vec<f32> = samples.iter().map(|sample| sample * gain).collect();
    let dips = dips(&louder, rate, ceiling);
    apply(&dips, &mut louder);
    louder
}

/// Softens `samples` wherever `played`, which is what a codec made of them, has true peaks above `ceiling`, by as much.
pub(crate) fn soften_where_loud(samples: &mut [f32], played: &[f32], rate: u32, ceiling: f32) {
    apply(&dips(played, rate, ceiling), samples);
}

/// A frame, and the factor that brings the peak between it and the next one down to the ceiling.
type Peak = (usize, f32);

/// A stretch in which the gain is below 1.
struct Dip {
    /// Its first frame.
    start: usize,
    /// One factor for each frame.
    gains: Vec<f32>,
}

/// Where `samples` must be softened, and how much.
fn dips(samples: &[f32], rate: u32, ceiling: f32) -> Vec<Dip> {
    let reach = ((f64::from(rate) * REACH_SECONDS) as usize).max(1);
    let frames = samples.len() / 2;
    let mut stretches: Vec<(Range<usize>, Vec<Peak>)> = Vec::new();
    for (frame, factor) in peaks(samples, ceiling) {
        // Minimum and average spread a gain by their reach each; one frame more is at 1 again.
        let touched = frame.saturating_sub(2 * reach + 1)..(frame + 2 * reach + 3).min(frames);
        match stretches.last_mut() {
            Some((range, peaks)) if touched.start <= range.end => {
                range.end = touched.end;
                peaks.push((frame, factor));
            }
            _ => stretches.push((touched, vec![(frame, factor)])),
        }
    }
    let dip = |(range, peaks): (Range<usize>, Vec<Peak>)| {
        let mut needed = vec![1.0_f32; range.len()];
        for (frame, factor) in peaks {
            // The peak may lie anywhere up to the next frame.
            for gain in needed.iter_mut().skip(frame - range.start).take(2) {
                *gain = gain.min(factor);
            }
        }
        Dip {
            start: range.start,
            gains: moving_average(&running_minimum(&needed, reach), reach),
        }
    };
    stretches.into_iter().map(dip).collect()
}

fn apply(dips: &[Dip], samples: &mut [f32]) {
    for dip in dips {
        for (frame, gain) in samples.chunks_exact_mut(2).skip(dip.start).zip(&dip.gains) {
            frame[0] *= gain;
            frame[1] *= gain;
        }
    }
}

/// All peaks above the ceiling, in order.
fn peaks(samples: &[f32], ceiling: f32) -> Vec<Peak> {
    let frames = samples.len() / 2;
    let spans = (0..frames).step_by(SPAN).map(|start| start..(start + SPAN).min(frames));
    let branches = interpolation_branches();
    let found = perform::map(spans.collect(), Threads::default(), |span: Range<usize>| {
        span.filter_map(|frame| {
            let peak = peak_from(samples, frame, ceiling, &branches);
            (peak > ceiling).then(|| (frame, ceiling / peak))
        })
        .collect::<Vec<Peak>>()
    });
    found.into_iter().flatten().collect()
}

/// The highest peak of both channels from `frame` to the next; 0 where it cannot be near the ceiling.
fn peak_from(samples: &[f32], frame: usize, ceiling: f32, branches: &[Branch]) -> f32 {
    let here = samples[2 * frame..]
        .iter()
        .take(4)
        .fold(0.0_f32, |most, sample| most.max(sample.abs()));
    if here < ceiling * WORTH_LOOKING {
        return 0.0;
    }
    let mut padded = [0.0; 4 * HALF_TAPS];
    let around = match (frame + 1)
        .checked_sub(HALF_TAPS)
        .map(|first| 2 * first..2 * first + 4 * HALF_TAPS)
    {
        Some(range) if range.end <= samples.len() => &samples[range],
        _ => {
            for (index, value) in padded.iter_mut().enumerate() {
                let place = (2 * (frame + 1) + index).checked_sub(2 * HALF_TAPS);
                *value = place.and_then(|place| samples.get(place)).copied().unwrap_or(0.0);
            }
            &padded
        }
    };
    branches.iter().fold(here, |most, branch| {
        let [left, right] = stereo_dot(around, branch);
        most.max(left.abs()).max(right.abs())
    })
}

/// Coefficients of one interpolated value, each of them once for either channel.
type Branch = [f32; 4 * HALF_TAPS];

fn interpolation_branches() -> Vec<Branch> {
    (1..PHASES)
        .map(|phase| {
            let fraction = phase as f64 / PHASES as f64;
            let mut branch = [0.0; 4 * HALF_TAPS];
            for (tap, coefficients) in branch.chunks_exact_mut(2).enumerate() {
                let distance = tap as f64 - (HALF_TAPS as f64 - 1.0) - fraction;
                coefficients.fill(windowed_sinc(distance, HALF_TAPS as f64, 0.5) as f32);
            }
            branch
        })
        .collect()
}

/// The least value within `reach` to either side, by a queue that keeps only candidates (Lemire 2006).
fn running_minimum(values: &[f32], reach: usize) -> Vec<f32> {
    let mut candidates: VecDeque<usize> = VecDeque::new();
    let mut minima = Vec::with_capacity(values.len());
    for incoming in 0..values.len() + reach {
        if let Some(&value) = values.get(incoming) {
            while candidates.back().is_some_and(|&last| values[last] >= value) {
                candidates.pop_back();
            }
            candidates.push_back(incoming);
        }
        if incoming < reach {
            continue;
        }
        let centre = incoming - reach;
        while candidates.front().is_some_and(|&first| first + reach < centre) {
            candidates.pop_front();
        }
        minima.push(candidates.front().map_or(1.0, |&first| values[first]));
    }
    minima.truncate(values.len());
    minima
}

/// The mean over `reach` to either side; beyond the ends the gain is taken to stay as it is there.
fn moving_average(values: &[f32], reach: usize) -> Vec<f32> {
    let last = values.len().saturating_sub(1);
    let at = |index: usize| f64::from(values[index.saturating_sub(reach).min(last)]);
    let width = 2 * reach + 1;
    let mut sum: f64 = (0..width.min(values.len() * width)).map(at).sum();
    (0..values.len())
        .map(|centre| {
            let mean = sum / width as f64;
            sum += at(centre + width) - at(centre);
            mean as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::limit;
    use crate::sound::amplitude;
    use crate::sound::meter::measure;

    /// Two tones whose sum peaks between samples, with a burst in the middle.
    fn music(rate: u32) -> Vec<f32> {
        (0..rate * 3)
            .flat_map(|n| {
                let time = f64::from(n) / f64::from(rate);
                let loud = if (1.0..1.2).contains(&time) { 1.6 } else { 0.5 };
                let a = (time * 3_300.0 * std::f64::consts::TAU + 0.4).sin() * loud;
                let b = (time * 91.0 * std::f64::consts::TAU).sin() * 0.3;
                [(a + b) as f32, (a - b) as f32]
            })
            .collect()
    }

    #[test]
    fn no_true_peak_passes_the_ceiling_at_any_rate() {
        for rate in [16_000, 24_000, 32_000, 44_100] {
            let held = limit(&music(rate), rate, 1.0, amplitude(-1.2) as f32);
            let reading = measure(&held, rate).expect("the meter works at this rate");
            assert!(reading.true_peak <= -1.1, "{rate}: {reading:?}");
        }
    }

    #[test]
    fn what_is_under_the_ceiling_is_left_exactly_as_it_was() {
        let quiet: Vec<f32> = music(44_100).iter().map(|sample| sample * 0.25).collect();
        assert_eq!(limit(&quiet, 44_100, 1.0, 0.9), quiet);
    }

    #[test]
    fn only_the_neighbourhood_of_a_peak_gets_softer() {
        let loud = music(44_100);
        let held = limit(&loud, 44_100, 1.0, 0.87);
        let before_the_burst = 2 * 44_100 * 9 / 10;
        assert_eq!(held[..before_the_burst], loud[..before_the_burst]);
    }

    #[test]
    fn nothing_and_a_single_loud_frame_pass() {
        assert!(limit(&[], 44_100, 1.0, 0.9).is_empty());
        let held = limit(&[4.0, -4.0], 44_100, 1.0, 0.9);
        assert!(held.iter().all(|sample| sample.abs() <= 0.9001), "{held:?}");
    }
}
