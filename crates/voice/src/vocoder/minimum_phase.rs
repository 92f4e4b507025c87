//! The filter whose amplitude is as asked and whose energy comes as early as it can: minimum phase.
//!
//! The logarithm of its spectrum is the transform of the causal part of the cepstrum (Oppenheim and Schafer,
//! "Discrete-Time Signal Processing", on the complex cepstrum): transform the log amplitude, drop negative quefrencies,
//! double positive ones, transform back.

use super::RATE;
use super::transform::{Complexes, Transform};
use crate::math::exp_complex;

/// Samples of a frame's piece of sound: its share of the source and the ringing of the filter. The embedded voice's
/// filters have rung out below −45 dB by then, at every formant factor.
pub(crate) const RESPONSE: usize = 1536;

/// Bins of a filter's spectrum, from 0 to half the sample rate.
pub(crate) const BINS: usize = RESPONSE / 2 + 1;

/// Length of the transform that takes an envelope to its cepstrum.
const GRID: usize = 1024;

/// Points of an envelope, from 0 to half the sample rate.
pub(crate) const POINTS: usize = GRID / 2 + 1;

/// Frequency of a point of an envelope.
pub(crate) fn point_hertz(point: usize) -> f32 {
    (point as f64 * RATE / GRID as f64) as f32
}

/// Makes filters of envelopes. Two at a time: real signals share a complex transform.
#[derive(Debug)]
pub(crate) struct MinimumPhase {
    to_cepstrum: Transform,
    to_spectrum: Transform,
    logs: Complexes,
    folded: Complexes,
}

impl MinimumPhase {
    pub(crate) fn new() -> Self {
        Self {
            to_cepstrum: Transform::new(GRID),
            to_spectrum: Transform::new(RESPONSE),
            logs: Complexes::zeros(GRID),
            folded: Complexes::zeros(RESPONSE),
        }
    }

    /// The filters of two envelopes of natural-log amplitude.
    pub(crate) fn filters(&mut self, envelopes: &[Vec<f32>; 2], filters: &mut [Complexes; 2]) {
        mirror(&envelopes[0], &mut self.logs.real);
        mirror(&envelopes[1], &mut self.logs.imaginary);
        // Both envelopes are even, so each part of the transform is the cepstrum of one of them.
        self.to_cepstrum.forward(&mut self.logs);
        fold(&self.logs.real, &mut self.folded.real);
        fold(&self.logs.imaginary, &mut self.folded.imaginary);
        self.to_spectrum.forward(&mut self.folded);
        let [first, second] = filters;
        unpack(&self.folded, first, second);
        for filter in [first, second] {
            exp_complex(&mut filter.real, &mut filter.imaginary);
        }
    }

    /// The filter of an amplitude given for every frequency in Hz.
    pub(crate) fn of_curve(&mut self, amplitude: impl Fn(f32) -> f32) -> Complexes {
        let curve: Vec<f32> = (0..POINTS)
            .map(|point| libm::logf(amplitude(point_hertz(point))))
            .collect();
        let mut filters = [Complexes::zeros(BINS), Complexes::zeros(BINS)];
        self.filters(&[curve.clone(), curve], &mut filters);
        let [filter, _] = filters;
        filter
    }
}

/// The whole of an even sequence of which one half is given.
fn mirror(half: &[f32], whole: &mut [f32]) {
    whole[..POINTS].copy_from_slice(&half[..POINTS]);
    for (to, from) in whole[POINTS..].iter_mut().zip(half[1..POINTS - 1].iter().rev()) {
        *to = *from;
    }
}

/// The causal cepstrum with the energy of both halves.
fn fold(cepstrum: &[f32], folded: &mut [f32]) {
    const SCALE: f32 = 1.0 / GRID as f32;
    for (to, from) in folded[..POINTS].iter_mut().zip(cepstrum) {
        *to = 2.0 * SCALE * from;
    }
    folded[0] *= 0.5;
    folded[POINTS - 1] *= 0.5;
    folded[POINTS..].fill(0.0);
}

/// The spectra of two real signals, which were transformed as real and imaginary part of one.
pub(crate) fn unpack(both: &Complexes, first: &mut Complexes, second: &mut Complexes) {
    let length = both.real.len();
    let half = length / 2;
    for k in 0..=half {
        let mirrored = if k == 0 { 0 } else { length - k };
        let (re, im) = (both.real[k], both.imaginary[k]);
        let (mirrored_re, mirrored_im) = (both.real[mirrored], both.imaginary[mirrored]);
        first.real[k] = 0.5 * (re + mirrored_re);
        first.imaginary[k] = 0.5 * (im - mirrored_im);
        second.real[k] = 0.5 * (im + mirrored_im);
        second.imaginary[k] = 0.5 * (mirrored_re - re);
    }
}

/// One spectrum of which the inverse transform's real part is the first real signal and its imaginary part the second:
/// the reverse of [`unpack`].
pub(crate) fn pack(first: &Complexes, second: &Complexes, both: &mut Complexes) {
    let length = both.real.len();
    let half = length / 2;
    for k in 0..=half {
        both.real[k] = first.real[k] - second.imaginary[k];
        both.imaginary[k] = first.imaginary[k] + second.real[k];
    }
    for k in 1..half {
        both.real[length - k] = first.real[k] + second.imaginary[k];
        both.imaginary[length - k] = second.real[k] - first.imaginary[k];
    }
    // Bins 0 and N/2 of a real signal are real; what noise of calculation stands there must not leak into the other.
    (both.real[0], both.imaginary[0]) = (first.real[0], second.real[0]);
    (both.real[half], both.imaginary[half]) = (first.real[half], second.real[half]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    #[test]
    fn a_filter_has_the_amplitude_asked_for_and_its_energy_early() {
        let mut minimum_phase = MinimumPhase::new();
        let amplitude = |hertz: f32| 1.0 + 3.0 * libm::expf(-((hertz - 1000.0) / 600.0) * ((hertz - 1000.0) / 600.0));
        let filter = minimum_phase.of_curve(amplitude);
        for k in 0..BINS {
            let hertz = k as f32 * RATE as f32 / RESPONSE as f32;
            let power = filter.real[k] * filter.real[k] + filter.imaginary[k] * filter.imaginary[k];
            assert!((power.sqrt() / amplitude(hertz) - 1.0).abs() < 0.01, "{hertz} Hz");
        }
        let mut both = Complexes::zeros(RESPONSE);
        pack(&filter, &filter, &mut both);
        Transform::new(RESPONSE).inverse(&mut both);
        let energy = |samples: &[f32]| samples.iter().map(|sample| sample * sample).sum::<f32>();
        assert!(energy(&both.real[200..]) < 1e-4 * energy(&both.real[..200]));
    }

    #[test]
    fn two_real_signals_share_one_transform() {
        let mut noise = Noise::new(3, 0);
        let given = Complexes {
            real: (0..RESPONSE).map(|_| noise.white()).collect(),
            imaginary: (0..RESPONSE).map(|_| noise.white()).collect(),
        };
        let mut transform = Transform::new(RESPONSE);
        let mut both = given.clone();
        transform.forward(&mut both);
        let (mut first, mut second) = (Complexes::zeros(BINS), Complexes::zeros(BINS));
        unpack(&both, &mut first, &mut second);
        // The first alone has the spectrum that was unpacked.
        let mut alone = given.clone();
        alone.imaginary.fill(0.0);
        transform.forward(&mut alone);
        assert!((0..BINS).all(|k| (alone.real[k] - first.real[k]).abs() < 1e-3));
        pack(&first, &second, &mut both);
        transform.inverse(&mut both);
        for index in 0..RESPONSE {
            assert!((both.real[index] / RESPONSE as f32 - given.real[index]).abs() < 1e-5);
            assert!((both.imaginary[index] / RESPONSE as f32 - given.imaginary[index]).abs() < 1e-5);
        }
    }
}
