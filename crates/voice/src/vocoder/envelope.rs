//! The spectral envelope of a frame: what the mouth does to the source, as natural-log amplitude.

use super::aperiodicity::Voicing;
use super::colour::Colour;
use super::minimum_phase::{POINTS, point_hertz};
use super::{Frame, PITCHES, Spectrum, Timbre};
use crate::math::{DECIBELS_PER_NEPER, bounded, piecewise};
use crate::model::ORDER;

/// The all-pass constant of the mel-cepstra.
const ALPHA: f64 = 0.45;

/// The sample rate of the recordings behind the cepstra.
const SOURCE_RATE: f64 = 32_000.0;

/// Nepers from the cepstra's scale, on which full scale is about 2¹⁵, to ours.
const LEVEL: f32 = -9.2;

/// Mean log amplitude of the embedded voice's vowels below 5 kHz, on our scale.
const VOWEL: f32 = -1.0;

/// A breath: Hz, dB re the mean vowel.
const BREATH: [(f32, f32); 8] = [
    (0.0, -60.0),
    (300.0, -38.0),
    (900.0, -26.0),
    (1700.0, -24.0),
    (3000.0, -28.0),
    (5000.0, -27.0),
    (8000.0, -33.0),
    (16_000.0, -48.0),
];

/// No envelope leaves this range: 50 dB over a loud vowel's strongest formant would be no voice.
const LEAST: f32 = -20.0;
const MOST: f32 = 5.0;

/// No coefficient of a cepstrum can be of use beyond this.
const COEFFICIENT: f32 = 40.0;

/// Draws the envelopes of one singer.
#[derive(Debug)]
pub(crate) struct Envelopes {
    /// For each coefficient the cosine at every point.
    cosines: Vec<Vec<f32>>,
    breath: Vec<f32>,
    fundamental: Fundamental,
    continuation: Continuation,
    ceiling: Ceiling,
}

impl Envelopes {
    pub(crate) fn new(timbre: &Timbre) -> Self {
        Self {
            cosines: cosines(f64::from(timbre.formant)),
            breath: (0..POINTS)
                .map(|point| VOWEL + piecewise(&BREATH, point_hertz(point)) / DECIBELS_PER_NEPER)
                .collect(),
            fundamental: Fundamental::new(timbre.formant),
            continuation: Continuation::new(timbre.formant),
            ceiling: Ceiling::new(),
        }
    }

    /// Writes the envelope of `frame` into `envelope`, which has [`POINTS`] points.
    pub(crate) fn draw(&self, frame: &Frame, index: usize, voicing: Voicing, colour: &Colour, envelope: &mut [f32]) {
        match &frame.spectrum {
            Spectrum::Breath => envelope.copy_from_slice(&self.breath),
            Spectrum::Cepstrum(cepstrum) => {
                self.unwarp(cepstrum, envelope);
                self.fundamental.apply(frame.pitch, voicing.voiced, envelope);
                self.continuation.apply(voicing.voiced, envelope);
                let sonorant = bounded(frame.sonorant, 0.0, 1.0);
                if sonorant > 0.0 {
                    colour.apply(index, sonorant, envelope);
                }
                self.ceiling.apply(voicing.clear(), envelope);
            }
        }
        let gain = bounded(frame.gain, -60.0, 60.0);
        for value in envelope {
            *value = bounded(*value + gain, LEAST, MOST);
        }
    }

    /// ln|H(ω)| = Σ cₘ cos(mβ(ω)), where β is the phase of the all-pass that bends the frequency axis.
    fn unwarp(&self, cepstrum: &[f32; ORDER], envelope: &mut [f32]) {
        envelope.fill(LEVEL);
        let mut coefficients = cepstrum.iter().map(|value| bounded(*value, -COEFFICIENT, COEFFICIENT));
        // Three at a time, so that the sums are read and written less often.
        for rows in self.cosines.chunks_exact(3) {
            let mut next = || coefficients.next().unwrap_or(0.0);
            let (a, b, c) = (next(), next(), next());
            let [first, second, third] = rows else { continue };
            let rows = first.iter().zip(second).zip(third);
            for (value, ((first, second), third)) in envelope.iter_mut().zip(rows) {
                *value += a * first + b * second + c * third;
            }
        }
    }
}

const _: () = assert!(ORDER.is_multiple_of(3));

fn cosines(formant: f64) -> Vec<Vec<f32>> {
    let warped: Vec<f64> = (0..POINTS)
        .map(|point| {
            let hertz = f64::from(point_hertz(point)) / formant;
            let omega = (std::f64::consts::TAU * hertz / SOURCE_RATE).min(std::f64::consts::PI);
            omega + 2.0 * libm::atan2(ALPHA * libm::sin(omega), 1.0 - ALPHA * libm::cos(omega))
        })
        .collect();
    (0..ORDER)
        .map(|order| {
            warped
                .iter()
                .map(|beta| libm::cos(order as f64 * beta) as f32)
                .collect()
        })
        .collect()
}

/// The point at a frequency.
fn point_at(hertz: f32) -> usize {
    ((hertz / point_hertz(1)) as usize).min(POINTS - 1)
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// The lowest peak of the envelopes is no resonance but the fundamental of the speech they were learnt from. Where another
/// pitch is sung, its fundamental lies in the valley above that peak or on the slope below; it is lifted to the peak's level.
/// The envelope itself stays where it is: bending it along with the pitch would push the first resonance, by which vowels
/// are told apart.
#[derive(Debug)]
struct Fundamental {
    /// The points among which the recorded peak stands.
    recorded: std::ops::Range<usize>,
}

impl Fundamental {
    /// Where the peaks of the embedded voice's vowels lie, in Hz.
    const RECORDED: (f32, f32) = (160.0, 260.0);
    /// The lift reaches so far to either side of the sung fundamental, as a share of it: not to its octave.
    const REACH: f32 = 0.8;
    /// The most that is lifted, nepers (12 dB).
    const MOST: f32 = 1.38;
    /// The sung fundamental stays this far below the recorded one, nepers (2 dB).
    const BELOW: f32 = 0.23;

    fn new(formant: f32) -> Self {
        Self {
            recorded: point_at(Self::RECORDED.0 * formant)..point_at(Self::RECORDED.1 * formant) + 1,
        }
    }

    fn apply(&self, pitch: f32, voiced: f32, envelope: &mut [f32]) {
        let sung = bounded(pitch, PITCHES.0, PITCHES.1);
        let peak = envelope[self.recorded.clone()].iter().copied().fold(f32::MIN, f32::max);
        let missing = peak - Self::BELOW - envelope[point_at(sung)];
        let lift = bounded(missing, 0.0, Self::MOST) * voiced;
        let reach = Self::REACH * sung;
        for (point, value) in envelope.iter_mut().enumerate().take(point_at(sung + reach) + 1) {
            let away = (point_hertz(point) - sung).abs() / reach;
            if away < 1.0 {
                *value += lift * (1.0 - away * away) * (1.0 - away * away);
            }
        }
    }
}

/// The envelope above what was recorded: from the mean of the highest part, falling.
#[derive(Debug)]
struct Continuation {
    /// The first point of what the mean is taken of.
    averaged: usize,
    /// Between these points the envelope fades into its continuation.
    fade: std::ops::Range<usize>,
}

impl Continuation {
    /// Share of the recorded band that is trusted.
    const TRUSTED: f32 = 0.9;
    /// Nepers a kHz.
    const VOICED_SLOPE: f32 = -3.5 / DECIBELS_PER_NEPER;
    const UNVOICED_SLOPE: f32 = -1.2 / DECIBELS_PER_NEPER;

    fn new(formant: f32) -> Self {
        let edge = SOURCE_RATE as f32 / 2.0 * formant * Self::TRUSTED;
        Self {
            averaged: point_at(edge * 0.85),
            fade: point_at(edge - 400.0)..point_at(edge),
        }
    }

    fn apply(&self, voiced: f32, envelope: &mut [f32]) {
        let level = mean(&envelope[self.averaged..self.fade.end]);
        let length = self.fade.len() as f32;
        for (step, value) in envelope[self.fade.clone()].iter_mut().enumerate() {
            *value += (level - *value) * (step as f32 / length);
        }
        let slope = Self::UNVOICED_SLOPE + (Self::VOICED_SLOPE - Self::UNVOICED_SLOPE) * voiced;
        let step = slope * point_hertz(1) / 1000.0;
        for (distance, value) in envelope[self.fade.end..].iter_mut().enumerate() {
            *value = level + step * distance as f32;
        }
    }
}

/// How loud the top of a clear sound may be: else a band of noise whistles over dark vowels.
#[derive(Debug)]
struct Ceiling {
    /// Where the level below the top is taken.
    reference: std::ops::Range<usize>,
}

impl Ceiling {
    const BELOW: std::ops::Range<f32> = 5000.0..7500.0;
    /// Nepers a kHz.
    const SLOPE: f32 = -2.0 / DECIBELS_PER_NEPER;

    fn new() -> Self {
        Self {
            reference: point_at(Self::BELOW.start)..point_at(Self::BELOW.end),
        }
    }

    fn apply(&self, share: f32, envelope: &mut [f32]) {
        if share <= 0.0 {
            return;
        }
        let level = mean(&envelope[self.reference.clone()]);
        let step = Self::SLOPE * point_hertz(1) / 1000.0;
        for (distance, value) in envelope[self.reference.end..].iter_mut().enumerate() {
            let over = *value - (level + step * distance as f32);
            *value -= share * if over > 0.0 { over } else { 0.0 };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hill of 2 nepers and 60 Hz around `hertz` on a plain that falls by 1 neper in 5 kHz.
    fn hill(hertz: f32) -> Vec<f32> {
        (0..POINTS)
            .map(|point| {
                let distance = (point_hertz(point) - hertz) / 60.0;
                2.0 * libm::expf(-0.5 * distance * distance) - point_hertz(point) / 5000.0
            })
            .collect()
    }

    /// The value between two points.
    fn at(envelope: &[f32], hertz: f32) -> f32 {
        let place = hertz / point_hertz(1);
        let (low, share) = (place as usize, place.fract());
        envelope[low] + (envelope[low + 1] - envelope[low]) * share
    }

    #[test]
    fn the_fundamental_is_lifted_where_it_is_sung_and_its_octave_stays() {
        for (formant, sung) in [(1.0, 130.0), (1.0, 205.0), (1.0, 330.0), (0.86, 98.0), (0.86, 330.0)] {
            let before = hill(205.0 * formant);
            let mut after = before.clone();
            Fundamental::new(formant).apply(sung, 1.0, &mut after);
            let peak = at(&before, 205.0 * formant);
            let short = (peak - at(&after, sung)).max(0.0);
            let was_short = (peak - at(&before, sung)).max(0.0);
            let allowed = (was_short - Fundamental::MOST).max(Fundamental::BELOW);
            assert!(
                short < allowed + 0.3,
                "{sung} Hz, formant {formant}: {was_short} to {short}"
            );
            let octave = point_at(1.8 * sung) + 2;
            assert_eq!(before[octave..], after[octave..], "{sung} Hz, formant {formant}");
        }
    }

    #[test]
    fn noise_keeps_the_envelope_as_it_was_recorded() {
        let before = hill(205.0);
        let mut after = before.clone();
        Fundamental::new(1.0).apply(440.0, 0.0, &mut after);
        assert!(
            before
                .iter()
                .zip(&after)
                .all(|(before, after)| (before - after).abs() < 1e-4)
        );
    }

    #[test]
    fn above_the_recorded_band_voices_fall_faster_than_noise() {
        let continued = |voiced| {
            let mut envelope = vec![1.0; POINTS];
            Continuation::new(0.86).apply(voiced, &mut envelope);
            at(&envelope, 12_384.0 + 5000.0) * DECIBELS_PER_NEPER
        };
        assert!((continued(1.0) - (8.69 - 17.5)).abs() < 0.3);
        assert!((continued(0.0) - (8.69 - 6.0)).abs() < 0.3);
    }

    #[test]
    fn a_band_that_stands_out_at_the_top_of_a_vowel_is_brought_down() {
        let whistle = hill(10_000.0);
        let mut vowel = whistle.clone();
        Ceiling::new().apply(1.0, &mut vowel);
        let plain = at(&whistle, 6250.0);
        assert!(at(&vowel, 10_000.0) <= plain - 5.0 / DECIBELS_PER_NEPER + 0.05);
        assert_eq!(vowel[..point_at(7400.0)], whistle[..point_at(7400.0)]);
        let mut noise = whistle.clone();
        Ceiling::new().apply(0.0, &mut noise);
        assert_eq!(noise, whistle);
    }
}
