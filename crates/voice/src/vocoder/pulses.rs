//! When the vocal folds close: the pulses of the voiced source.

use super::aperiodicity::Voicing;
use super::{Frame, HOP, PITCHES, RATE, Timbre};
use crate::math::bounded;
use crate::noise::Noise;

/// Standard deviation of a period, relative to its length.
const JITTER: f32 = 0.004;

/// Standard deviation of a pulse's strength.
const SHIMMER: f32 = 0.02;

/// A new voiced stretch begins with a pulse at most this much after its first frame, so that two takes do not begin
/// alike.
const LATEST_START: f32 = 0.001;

/// One closure of the vocal folds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pulse {
    /// Samples after the first frame; between samples as a rule.
    pub(crate) at: f64,
    /// Until the next pulse, in samples.
    pub(crate) period: f32,
    /// √period, give or take: a train of pulses then has the power of white noise of unit power, at every pitch.
    pub(crate) strength: f32,
}

/// All pulses of `frames`, in order of time.
pub(crate) fn pulses(frames: &[Frame], voicing: &[Voicing], timbre: &Timbre, noise: &mut Noise) -> Vec<Pulse> {
    let mut pulses = Vec::new();
    let mut frame = 0;
    while frame < frames.len() {
        if voicing[frame].voiced <= 0.0 {
            frame += 1;
            continue;
        }
        let first = frame;
        while frame < frames.len() && voicing[frame].voiced > 0.0 {
            frame += 1;
        }
        stretch(frames, first..frame, timbre, noise, &mut pulses);
    }
    pulses
}

/// The pulses of one voiced stretch, until the frame after it.
fn stretch(
    frames: &[Frame],
    range: std::ops::Range<usize>,
    timbre: &Timbre,
    noise: &mut Noise,
    pulses: &mut Vec<Pulse>,
) {
    let end = range.end as f64 * HOP;
    let mut at = range.start as f64 * HOP + f64::from(noise.unit() * LATEST_START) * RATE;
    while at < end {
        // The pitch in the middle of the period decides its length, so that glides arrive on time.
        let here = RATE / f64::from(pitch(frames, at));
        let period = RATE / f64::from(pitch(frames, at + 0.5 * here));
        let varied = period * f64::from(1.0 + (JITTER * timbre.jitter * noise.normal()).max(-0.5));
        pulses.push(Pulse {
            at,
            period: varied as f32,
            strength: (period as f32).sqrt() * (1.0 + SHIMMER * timbre.shimmer * noise.normal()),
        });
        at += varied;
    }
}

/// The pitch between two frames.
fn pitch(frames: &[Frame], at: f64) -> f32 {
    let place = at / HOP;
    let before = (place as usize).min(frames.len() - 1);
    let after = (before + 1).min(frames.len() - 1);
    let share = bounded((place - before as f64) as f32, 0.0, 1.0);
    let of = |frame: usize| bounded(frames[frame].pitch, PITCHES.0, PITCHES.1);
    of(before) + (of(after) - of(before)) * share
}

/// Impulses between samples: a sine cardinal under a Kaiser window, tabled for fractions of a sample.
#[derive(Debug)]
pub(crate) struct Impulse {
    /// One row for each fraction, `TAPS` samples each; one more than there are fractions.
    rows: Vec<[f32; Impulse::TAPS]>,
}

impl Impulse {
    const TAPS: usize = 24;
    const FRACTIONS: usize = 64;

    pub(crate) fn new() -> Self {
        let half = Self::TAPS as f64 / 2.0;
        let rows = (0..=Self::FRACTIONS)
            .map(|row| {
                let fraction = row as f64 / Self::FRACTIONS as f64;
                std::array::from_fn(|tap| {
                    let distance = tap as f64 + 1.0 - half - fraction;
                    (sinc(distance) * kaiser(distance / half)) as f32
                })
            })
            .collect();
        Self { rows }
    }

    /// Adds an impulse of `strength` at `at`, in samples from the first of `buffer`; what falls outside is cut off.
    pub(crate) fn add(&self, at: f64, strength: f32, buffer: &mut [f32]) {
        let whole = libm::floor(at);
        let place = (at - whole) as f32 * Self::FRACTIONS as f32;
        let row = (place as usize).min(Self::FRACTIONS - 1);
        let share = place - row as f32;
        let first = whole as i64 + 1 - (Self::TAPS / 2) as i64;
        for (tap, (low, high)) in self.rows[row].iter().zip(&self.rows[row + 1]).enumerate() {
            if let Some(sample) = usize::try_from(first + tap as i64)
                .ok()
                .and_then(|index| buffer.get_mut(index))
            {
                *sample += strength * (low + (high - low) * share);
            }
        }
    }

    /// Samples on either side of an impulse that it reaches.
    pub(crate) const REACH: f64 = Self::TAPS as f64 / 2.0;
}

fn sinc(x: f64) -> f64 {
    let angle = std::f64::consts::PI * x;
    if angle.abs() < 1e-9 {
        1.0
    } else {
        libm::sin(angle) / angle
    }
}

/// The Kaiser window with β = 6, zero beyond ±1.
fn kaiser(x: f64) -> f64 {
    const BETA: f64 = 6.0;
    if x.abs() >= 1.0 {
        0.0
    } else {
        bessel(BETA * libm::sqrt(1.0 - x * x)) / bessel(BETA)
    }
}

/// The modified Bessel function of the first kind and order 0, by its power series.
fn bessel(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let mut term = 1.0;
    (1..40).fold(1.0, |sum, k| {
        term *= quarter / f64::from(k * k);
        sum + term
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_impulse_between_samples_is_as_loud_as_one_on_a_sample_and_comes_when_asked() {
        let impulse = Impulse::new();
        for fraction in [0.0, 0.1, 0.25, 0.5, 0.77, 0.999] {
            let mut buffer = [0.0; 64];
            impulse.add(30.0 + fraction, 2.0, &mut buffer);
            let sum: f32 = buffer.iter().sum();
            let centre: f32 = buffer
                .iter()
                .enumerate()
                .map(|(at, value)| at as f32 * value)
                .sum::<f32>()
                / sum;
            assert!((sum - 2.0).abs() < 4e-3, "{fraction}: {sum}");
            assert!((centre - 30.0 - fraction as f32).abs() < 0.02, "{fraction}: {centre}");
        }
    }

    #[test]
    fn an_impulse_at_the_edge_is_cut_off() {
        let mut buffer = [0.0; 8];
        Impulse::new().add(-20.0, 1.0, &mut buffer);
        Impulse::new().add(30.0, 1.0, &mut buffer);
        assert_eq!(buffer, [0.0; 8]);
        Impulse::new().add(-0.5, 1.0, &mut buffer);
        assert!(buffer[0] > 0.5);
    }
}
