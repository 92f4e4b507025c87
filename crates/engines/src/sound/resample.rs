//! Changes the sample rate by a ratio of whole numbers, with one polyphase low-pass (Crochiere and Rabiner,
//! *Multirate Digital Signal Processing*, section 2.5).
//!
//! Pass band to 0.455 of the slower rate, 90 dB down from its Nyquist frequency on. The output starts at the same
//! instant as the input: the filter's delay is taken out.

use busker_band::perform::{self, Threads};

use super::sinc::{dot, windowed_sinc};

/// Half the filter's length, in samples of the slower rate.
const HALF_WIDTH: usize = 64;
/// The -6 dB point as a fraction of the slower rate: half a transition band (0.045) below Nyquist.
const CUTOFF: f64 = 0.4775;

/// `samples` (interleaved stereo) at `to` instead of `from` frames a second; both above zero.
pub(crate) fn resample(samples: &[f32], from: u32, to: u32) -> Vec<f32> {
    if from == to {
        return samples.to_vec();
    }
    let filter = Polyphase::new(from, to);
    let channels = perform::map(vec![0, 1], Threads::default(), |channel| filter.run(samples, channel));
    let [left, right] = channels.as_slice() else {
        return Vec::new();
    };
    left.iter().zip(right).flat_map(|(l, r)| [*l, *r]).collect()
}

/// The filter, cut into one branch for each place an output sample can have between two input samples.
struct Polyphase {
    up: usize,
    down: usize,
    taps: usize,
    /// `up` branches of `taps` coefficients.
    branches: Vec<f32>,
}

impl Polyphase {
    fn new(from: u32, to: u32) -> Self {
        let divisor = greatest_common_divisor(from, to);
        let (up, down) = ((to / divisor) as usize, (from / divisor) as usize);
        let slower_over_input = (f64::from(to) / f64::from(from)).min(1.0);
        let reach = (HALF_WIDTH as f64 / slower_over_input).ceil() as usize;
        let taps = 2 * reach;
        let mut branches = Vec::with_capacity(up * taps);
        for branch in 0..up {
            let fraction = branch as f64 / up as f64;
            let coefficients: Vec<f64> = (0..taps)
                .map(|tap| {
                    let distance = tap as f64 - (reach as f64 - 1.0) - fraction;
                    windowed_sinc(distance * slower_over_input, HALF_WIDTH as f64, CUTOFF)
                })
                .collect();
            let sum: f64 = coefficients.iter().sum();
            branches.extend(coefficients.iter().map(|c| (c / sum) as f32));
        }
        Self {
            up,
            down,
            taps,
            branches,
        }
    }

    fn run(&self, samples: &[f32], channel: usize) -> Vec<f32> {
        let frames = samples.len() / 2;
        let reach = self.taps / 2;
        let mut padded = vec![0.0; reach];
        padded.extend(samples.chunks_exact(2).map(|frame| frame[channel]));
        padded.resize(frames + 2 * reach + 1, 0.0);
        let frames_out = (frames * self.up).div_ceil(self.down);
        (0..frames_out)
            .map(|index| {
                let position = index * self.down;
                let (whole, branch) = (position / self.up, position % self.up);
                let inputs = &padded[whole + 1..whole + 1 + self.taps];
                dot(inputs, &self.branches[branch * self.taps..(branch + 1) * self.taps])
            })
            .collect()
    }
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::resample;
    use std::f64::consts::TAU;

    fn sine(rate: u32, hertz: f64, seconds: f64) -> Vec<f32> {
        let frames = (f64::from(rate) * seconds) as usize;
        (0..frames)
            .flat_map(|n| {
                let value = (TAU * hertz * n as f64 / f64::from(rate)).sin() as f32 * 0.5;
                [value, -value]
            })
            .collect()
    }

    #[test]
    fn a_tone_keeps_its_pitch_level_and_place() {
        for to in [16_000, 24_000, 32_000, 48_000] {
            for hertz in [50.0, 1_000.0, 7_200.0] {
                let heard = resample(&sine(44_100, hertz, 0.5), 44_100, to);
                let wanted = sine(to, hertz, 0.5);
                assert_eq!(heard.len(), wanted.len());
                let middle = wanted.len() / 4 / 2 * 2..wanted.len() * 3 / 4 / 2 * 2;
                let worst = heard[middle.clone()]
                    .iter()
                    .zip(&wanted[middle])
                    .map(|(h, w)| (h - w).abs())
                    .fold(0.0, f32::max);
                assert!(worst < 2e-4, "{hertz} Hz at {to}: off by {worst}");
            }
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_gone_and_does_not_fold_back() {
        let heard = resample(&sine(44_100, 8_100.0, 0.5), 44_100, 16_000);
        let middle = &heard[heard.len() / 4..heard.len() * 3 / 4];
        let worst = middle.iter().fold(0.0, |peak: f32, s| peak.max(s.abs()));
        assert!(worst < 3e-5, "{worst}");
    }

    #[test]
    fn nothing_and_a_single_frame_resample() {
        assert!(resample(&[], 44_100, 16_000).is_empty());
        assert_eq!(resample(&[0.1, 0.2], 44_100, 16_000).len(), 2);
    }
}
