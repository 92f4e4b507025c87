//! Other sample rates.

use super::level;
use crate::perform::Recording;

/// Zero crossings of the interpolating sinc on either side: better than 100 dB with the window below.
const CROSSINGS: f64 = 32.0;

/// Kaiser window parameter.
const BETA: f64 = 9.0;

/// Where the filter begins to close, as a share of the lower of the two Nyquist frequencies.
const ROLLOFF: f64 = 0.94;

/// The recording at `rate` samples a second, at the same loudness and under the same ceiling.
///
/// A windowed sinc (J. Smith and P. Gossett, 1984), one filter for each of the phases the two rates make. Band-limiting
/// raises peaks, so the result is limited again. Stems are not carried along.
pub fn resample(recording: &Recording, rate: u32) -> Recording {
    if rate == recording.rate || rate == 0 {
        return Recording {
            stems: Vec::new(),
            ..recording.clone()
        };
    }
    let bank = Bank::new(recording.rate, rate);
    let (mut left, mut right) = (bank.run(&recording.left), bank.run(&recording.right));
    let loudness = level(&mut left, &mut right, rate as f32);
    Recording {
        rate,
        left,
        right,
        loudness,
        stems: Vec::new(),
    }
}

struct Bank {
    /// Samples in and out a common period has.
    step_in: usize,
    step_out: usize,
    reach: usize,
    phases: Vec<Vec<f32>>,
}

impl Bank {
    fn new(from: u32, to: u32) -> Self {
        let common = greatest_common_divisor(from, to);
        let (step_in, step_out) = ((from / common) as usize, (to / common) as usize);
        // In terms of input samples: the filter stretches when the output is slower.
        let cutoff = ROLLOFF * (f64::from(to) / f64::from(from)).min(1.0);
        let reach = (CROSSINGS / cutoff) as usize + 1;
        let phases = (0..step_out)
            .map(|phase| {
                let offset = (phase * step_in % step_out) as f64 / step_out as f64;
                let taps: Vec<f64> = (0..2 * reach)
                    .map(|index| {
                        let x = index as f64 - (reach as f64 - 1.0) - offset;
                        cutoff * sinc(x * cutoff) * kaiser(x / reach as f64)
                    })
                    .collect();
                let sum: f64 = taps.iter().sum();
                taps.iter().map(|tap| (tap / sum) as f32).collect()
            })
            .collect();
        Self {
            step_in,
            step_out,
            reach,
            phases,
        }
    }

    fn run(&self, input: &[f32]) -> Vec<f32> {
        let length = (input.len() * self.step_out).div_ceil(self.step_in);
        (0..length)
            .map(|index| {
                let centre = index * self.step_in / self.step_out;
                let taps = &self.phases[index % self.step_out];
                let first = centre as isize - (self.reach as isize - 1);
                match usize::try_from(first)
                    .ok()
                    .and_then(|first| input.get(first..first + taps.len()))
                {
                    Some(window) => dot(window, taps),
                    None => taps
                        .iter()
                        .zip(first..)
                        .filter_map(|(tap, place)| Some(tap * input.get(usize::try_from(place).ok()?)?))
                        .sum(),
                }
            })
            .collect()
    }
}

/// In eight lanes, always the same ones.
fn dot(window: &[f32], taps: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (whole, taps_whole) = (window.chunks_exact(8), taps.chunks_exact(8));
    let rest: f32 = whole
        .remainder()
        .iter()
        .zip(taps_whole.remainder())
        .map(|(a, b)| a * b)
        .sum();
    for (a, b) in whole.zip(taps_whole) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle.abs() < 1e-9 {
        1.0
    } else {
        libm::sin(angle) / angle
    }
}

fn kaiser(x: f64) -> f64 {
    let inside = 1.0 - x * x;
    if inside <= 0.0 {
        0.0
    } else {
        bessel(BETA * inside.sqrt()) / bessel(BETA)
    }
}

/// Modified Bessel function of order zero, by its power series.
fn bessel(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for order in 1..40 {
        let factor = x / (2.0 * f64::from(order));
        term *= factor * factor;
        sum += term;
    }
    sum
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(rate: f32, hertz: f32, count: usize) -> Vec<f32> {
        (0..count)
            .map(|index| libm::sin(std::f64::consts::TAU * f64::from(hertz) * index as f64 / f64::from(rate)) as f32)
            .collect()
    }

    #[test]
    fn a_tone_keeps_its_pitch_and_shape_at_every_rate() {
        let input = sine(44_100.0, 1000.0, 44_100);
        for rate in [16_000, 22_050, 24_000, 32_000, 48_000] {
            let output = Bank::new(44_100, rate).run(&input);
            let expected = sine(rate as f32, 1000.0, output.len());
            let worst = (400..output.len() - 400)
                .map(|i| (output[i] - expected[i]).abs())
                .fold(0.0, f32::max);
            assert!(worst < 1e-4, "{rate}: {worst}");
        }
    }

    #[test]
    fn what_a_lower_rate_cannot_hold_is_gone() {
        let output = Bank::new(44_100, 16_000).run(&sine(44_100.0, 9500.0, 44_100));
        let worst = output[500..15_000]
            .iter()
            .fold(0.0_f32, |most, sample| most.max(sample.abs()));
        assert!(worst < 1e-4, "{worst}");
    }
}
