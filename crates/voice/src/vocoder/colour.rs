//! What one singer's vowels have on top of the recorded ones: ring, tilt, and never standing quite still.

use super::minimum_phase::{POINTS, point_hertz};
use super::{HOP, RATE, Timbre};
use crate::math::{DECIBELS_PER_NEPER, bounded, exp};
use crate::noise::Noise;

/// Bands that vary on their own.
const BANDS: usize = 12;

/// Centres of the lowest and the highest of them, in Hz; the others lie between at equal ratios.
const LOWEST: f32 = 200.0;
const HIGHEST: f32 = 9000.0;

/// Standard deviation of a band's level, in nepers.
const DEPTH: f32 = 0.09;

/// How fast the levels wander, in Hz.
const WANDER: f32 = 6.0;

/// Width of the singer's formant, in Hz (standard deviation).
const RING_WIDTH: f32 = 450.0;

/// The colour of one take.
#[derive(Debug)]
pub(crate) struct Colour {
    /// Ring and tilt, in nepers.
    steady: Vec<f32>,
    /// For each band the first point it reaches and its weights from there on.
    bands: Vec<(usize, Vec<f32>)>,
    /// For each frame the level of every band, in nepers.
    levels: Vec<[f32; BANDS]>,
}

impl Colour {
    /// For `frames` frames.
    pub(crate) fn new(timbre: &Timbre, frames: usize, noise: &mut Noise) -> Self {
        Self {
            steady: (0..POINTS).map(|point| steady(timbre, point_hertz(point))).collect(),
            bands: bands(),
            levels: levels(frames, noise),
        }
    }

    /// Adds the colour of frame `index` to an envelope, as much as it is `sonorant`.
    pub(crate) fn apply(&self, index: usize, sonorant: f32, envelope: &mut [f32]) {
        for (value, steady) in envelope.iter_mut().zip(&self.steady) {
            *value += sonorant * steady;
        }
        for ((first, weights), level) in self.bands.iter().zip(&self.levels[index]) {
            let level = sonorant * level;
            for (value, weight) in envelope[*first..].iter_mut().zip(weights) {
                *value += level * weight;
            }
        }
    }
}

fn steady(timbre: &Timbre, hertz: f32) -> f32 {
    let distance = (hertz - timbre.ring_hz) / RING_WIDTH;
    let ring = timbre.ring_db * exp(-0.5 * distance * distance);
    let octaves = bounded(libm::log2f(hertz.max(1.0) / 800.0), 0.0, 3.0);
    (ring + timbre.tilt_db * octaves) / DECIBELS_PER_NEPER
}

/// Triangles on a logarithmic axis; the lowest and the highest band go on to the ends.
fn bands() -> Vec<(usize, Vec<f32>)> {
    let ratio = libm::log2f(HIGHEST / LOWEST) / (BANDS - 1) as f32;
    let place = |point: usize| {
        let octaves = libm::log2f(point_hertz(point).max(1.0) / LOWEST);
        bounded(octaves / ratio, 0.0, (BANDS - 1) as f32)
    };
    (0..BANDS)
        .map(|band| {
            let weight = |point: usize| 1.0 - (place(point) - band as f32).abs();
            let first = (0..POINTS).find(|point| weight(*point) > 0.0).unwrap_or(0);
            let weights = (first..POINTS).map(weight).take_while(|weight| *weight > 0.0).collect();
            (first, weights)
        })
        .collect()
}

/// Low-passed noise of [`DEPTH`] for every band.
fn levels(frames: usize, noise: &mut Noise) -> Vec<[f32; BANDS]> {
    let keep = exp(-std::f32::consts::TAU * WANDER * (HOP / RATE) as f32);
    let add = DEPTH * (1.0 - keep * keep).sqrt();
    let mut level: [f32; BANDS] = std::array::from_fn(|_| DEPTH * noise.normal());
    (0..frames)
        .map(|_| {
            for level in &mut level {
                *level = *level * keep + add * noise.normal();
            }
            level
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_share_every_frequency_between_them() {
        let bands = bands();
        for point in 0..POINTS {
            let sum: f32 = bands
                .iter()
                .filter_map(|(first, weights)| weights.get(point.checked_sub(*first)?))
                .sum();
            assert!((sum - 1.0).abs() < 1e-4, "{} Hz: {sum}", point_hertz(point));
        }
    }

    #[test]
    fn levels_wander_slowly_and_as_far_as_asked() {
        let levels = levels(20_000, &mut Noise::new(1, 0));
        let power: f32 = levels.iter().map(|level| level[3] * level[3]).sum::<f32>() / 20_000.0;
        assert!((power.sqrt() / DEPTH - 1.0).abs() < 0.1);
        let steps: f32 = levels
            .windows(2)
            .map(|pair| (pair[1][3] - pair[0][3]).abs())
            .sum::<f32>()
            / 20_000.0;
        assert!(steps < 0.6 * DEPTH);
    }

    #[test]
    fn ring_stands_where_asked_and_tilt_spares_the_low_end() {
        let timbre = Timbre {
            tilt_db: 2.0,
            ..Timbre::male()
        };
        assert!(steady(&timbre, 400.0).abs() < 1e-3);
        let plain = Timbre {
            ring_db: 0.0,
            ..timbre.clone()
        };
        let ring = (steady(&timbre, 2850.0) - steady(&plain, 2850.0)) * DECIBELS_PER_NEPER;
        assert!((ring - 4.0).abs() < 1e-3);
        assert!((steady(&plain, 1600.0) * DECIBELS_PER_NEPER - 2.0).abs() < 1e-3);
        assert!((steady(&plain, 12_000.0) * DECIBELS_PER_NEPER - 6.0).abs() < 1e-3);
    }
}
