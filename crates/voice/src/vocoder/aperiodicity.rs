//! How much of a sound is noise, at each frequency.
//!
//! The recorded voice does not say; the kind of sound does. Vowels are clear below and noisy on top, voiced fricatives
//! noisy nearly everywhere, and a breathy singer adds to both.

use super::minimum_phase::{BINS, MinimumPhase, RESPONSE};
use super::transform::Complexes;
use super::{Excitation, Frame, RATE, Timbre};
use crate::math::{gain, piecewise, sin_cos};
use crate::noise::Noise;

/// Noise in vowels, sonorants and voiced stops: frequency in Hz, dB of the whole amplitude.
const CLEAR: [(f32, f32); 6] = [
    (0.0, -28.0),
    (1500.0, -24.0),
    (4000.0, -14.0),
    (6000.0, -9.0),
    (9000.0, -4.0),
    (14_000.0, -1.0),
];

/// Noise in v, dh, z, zh and jh.
const FRICATIVE: [(f32, f32); 4] = [(0.0, -14.0), (700.0, -10.0), (2000.0, -3.0), (3500.0, 0.0)];

/// Least share of the periodic part: what is below cannot be heard.
const LEAST: f32 = 1e-3;

/// Weights of the frames around one when voicing changes, so that nothing clicks.
const SMOOTHING: [f32; 5] = [1.0, 2.0, 3.0, 2.0, 1.0];

/// What the source of one frame is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Voicing {
    /// 0 to 1: power of the voiced source; the rest is bare noise.
    pub(crate) voiced: f32,
    /// 0 to 1: share of voiced fricatives in the voiced source.
    pub(crate) fricative: f32,
}

impl Voicing {
    /// 0 to 1: how much this is a vowel, a sonorant or a voiced stop.
    pub(crate) fn clear(self) -> f32 {
        self.voiced * (1.0 - self.fricative)
    }
}

/// The voicing of every frame, each change spread over the two frames around it. Silence has no say.
pub(crate) fn voicing(frames: &[Frame], timbre: &Timbre) -> Vec<Voicing> {
    let reach = SMOOTHING.len() / 2;
    (0..frames.len())
        .map(|index| {
            if frames[index].excitation == Excitation::Silent {
                return Voicing::default();
            }
            let (mut unvoiced, mut clear, mut fricative) = (0.0, 0.0, 0.0);
            for (offset, weight) in SMOOTHING.iter().enumerate() {
                let neighbour = (index + offset).checked_sub(reach).and_then(|at| frames.get(at));
                match neighbour.map(|frame| frame.excitation) {
                    Some(Excitation::Unvoiced) => unvoiced += weight,
                    Some(Excitation::Voiced) => clear += weight,
                    Some(Excitation::Fricative) => fricative += weight,
                    Some(Excitation::Silent) | None => {}
                }
            }
            let voiced: f32 = clear + fricative;
            Voicing {
                voiced: voiced / (voiced + unvoiced) * (1.0 - timbre.whisper),
                fricative: if voiced > 0.0 { fricative / voiced } else { 0.0 },
            }
        })
        .collect()
}

/// Filters that make pulses and noise the source of any voicing, at the bins of a frame's filter.
#[derive(Debug)]
pub(crate) struct Masks {
    clear: Mask,
    fricative: Mask,
    /// What noise passes when nothing is voiced.
    open: Complexes,
}

#[derive(Debug)]
struct Mask {
    pulses: Complexes,
    noise: Complexes,
}

impl Masks {
    pub(crate) fn new(timbre: &Timbre, minimum_phase: &mut MinimumPhase) -> Self {
        let steady = steady();
        let dispersion = dispersion();
        let mut mask = |points: &[(f32, f32)]| {
            let level = |hertz: f32| gain((piecewise(points, hertz) + timbre.breathiness_db).min(0.0));
            let mut noise = minimum_phase.of_curve(|hertz| level(hertz).max(LEAST));
            let mut pulses = minimum_phase.of_curve(|hertz| (1.0 - level(hertz) * level(hertz)).sqrt().max(LEAST));
            multiply(&mut noise, &steady);
            multiply(&mut pulses, &steady);
            multiply(&mut pulses, &dispersion);
            Mask { pulses, noise }
        };
        Self {
            clear: mask(&CLEAR),
            fricative: mask(&FRICATIVE),
            open: steady,
        }
    }

    /// Turns the spectra of the bare pulses and the bare noise into that of the source; it lands in `pulses`.
    pub(crate) fn apply(&self, voicing: Voicing, pulses: &mut Complexes, noise: &Complexes) {
        if voicing.voiced <= 0.0 {
            pulses.real.copy_from_slice(&noise.real);
            pulses.imaginary.copy_from_slice(&noise.imaginary);
            multiply(pulses, &self.open);
            return;
        }
        // Equal power while the voice comes or goes: pulses by the square root, noise by its distance from bare noise.
        let strength = voicing.voiced.sqrt();
        let fricative = voicing.fricative;
        let clear = 1.0 - fricative;
        let bare = 1.0 - voicing.voiced;
        let parts = |mask: &Complexes, k: usize| (mask.real[k], mask.imaginary[k]);
        for k in 0..BINS {
            let (a, b) = (parts(&self.clear.pulses, k), parts(&self.fricative.pulses, k));
            let pulse_mask = (
                strength * (clear * a.0 + fricative * b.0),
                strength * (clear * a.1 + fricative * b.1),
            );
            let (a, b, c) = (
                parts(&self.clear.noise, k),
                parts(&self.fricative.noise, k),
                parts(&self.open, k),
            );
            let noise_mask = (
                voicing.voiced * (clear * a.0 + fricative * b.0) + bare * c.0,
                voicing.voiced * (clear * a.1 + fricative * b.1) + bare * c.1,
            );
            let (p, n) = (parts(pulses, k), parts(noise, k));
            pulses.real[k] = p.0 * pulse_mask.0 - p.1 * pulse_mask.1 + n.0 * noise_mask.0 - n.1 * noise_mask.1;
            pulses.imaginary[k] = p.0 * pulse_mask.1 + p.1 * pulse_mask.0 + n.0 * noise_mask.1 + n.1 * noise_mask.0;
        }
    }
}

/// Multiplies `numbers` by `factors`, one by one.
pub(crate) fn multiply(numbers: &mut Complexes, factors: &Complexes) {
    let factors = factors.real.iter().zip(&factors.imaginary);
    for ((re, im), (factor_re, factor_im)) in numbers.real.iter_mut().zip(&mut numbers.imaginary).zip(factors) {
        (*re, *im) = (*re * factor_re - *im * factor_im, *re * factor_im + *im * factor_re);
    }
}

/// Takes away what stands still, below 40 Hz: (1 − z⁻¹) / (1 − r z⁻¹).
fn steady() -> Complexes {
    const POLE: f32 = 0.994;
    let mut response = Complexes::zeros(BINS);
    for k in 0..BINS {
        let (sine, cosine) = sin_cos(std::f32::consts::TAU * k as f32 / RESPONSE as f32);
        let (top, bottom) = ((1.0 - cosine, sine), (1.0 - POLE * cosine, POLE * sine));
        let power = bottom.0 * bottom.0 + bottom.1 * bottom.1;
        response.real[k] = (top.0 * bottom.0 + top.1 * bottom.1) / power;
        response.imaginary[k] = (top.1 * bottom.0 - top.0 * bottom.1) / power;
    }
    response
}

/// Samples by which the highest frequencies may come before or after the lowest: 0.45 ms.
pub(crate) const DISPERSION: usize = 20;

/// A fixed smooth group delay, none below 1.5 kHz and up to ±0.45 ms above 5.5 kHz: real vocal folds do not close at
/// once, and pulses of one sharp moment buzz.
fn dispersion() -> Complexes {
    const POINTS: usize = 40;
    let mut noise = Noise::new(5, 0);
    let nyquist = RATE as f32 / 2.0;
    let points: Vec<(f32, f32)> = (0..POINTS)
        .map(|index| {
            let hertz = nyquist * index as f32 / (POINTS - 1) as f32;
            let reach = ((hertz - 1500.0) / 4000.0).clamp(0.0, 1.0);
            (hertz, DISPERSION as f32 * reach * (noise.unit() * 2.0 - 1.0))
        })
        .collect();
    let step = std::f32::consts::TAU / RESPONSE as f32;
    let mut phase = 0.0;
    let mut response = Complexes::zeros(BINS);
    for k in 0..BINS {
        phase += step * piecewise(&points, k as f32 * RATE as f32 / RESPONSE as f32);
        (response.imaginary[k], response.real[k]) = sin_cos(-phase);
    }
    // The highest frequency stands still.
    response.imaginary[BINS - 1] = 0.0;
    response
}
