//! Struck bodies as sums of decaying sines.

use super::RATE;
use super::math::decay;
use super::noise::Noise;

/// One way a body rings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Mode {
    /// Hertz.
    pub(crate) frequency: f32,
    /// Peak level.
    pub(crate) level: f32,
    /// Seconds to fall by 60 dB.
    pub(crate) decay: f32,
}

impl Mode {
    /// Frequency, level, decay.
    pub(crate) fn new(frequency: f32, level: f32, decay: f32) -> Self {
        Self {
            frequency,
            level,
            decay,
        }
    }
}

/// Where the sines start.
#[derive(Debug)]
pub(crate) enum Phases<'a> {
    /// All at zero: a struck string or bar.
    Zero,
    /// Anywhere: a plate, whose modes know nothing of each other.
    Random(&'a mut Noise),
}

/// Modes worked on together: two vectors of four, or one of eight.
const LANES: usize = 8;

/// `length` samples of the modes ringing together. A mode stops where it has become inaudible.
///
/// Each mode is a phasor turned and shrunk once a sample; eight of them fill the vector registers.
pub(crate) fn ring(modes: &[Mode], length: usize, phases: Phases<'_>) -> Vec<f32> {
    let mut output = vec![0.0_f32; length];
    let mut phases = phases;
    let mut audible: Vec<Mode> = modes
        .iter()
        .copied()
        .filter(|mode| mode.frequency < RATE * 0.45)
        .collect();
    // Modes of like decay share a vector, so that no long one keeps seven dead ones running.
    audible.sort_by(|one, other| lifetime(other).total_cmp(&lifetime(one)));
    for group in audible.chunks(LANES) {
        let (mut real, mut imaginary) = ([0.0_f32; LANES], [0.0_f32; LANES]);
        let (mut turn_real, mut turn_imaginary) = ([0.0_f32; LANES], [0.0_f32; LANES]);
        for (lane, mode) in group.iter().enumerate() {
            let omega = std::f64::consts::TAU * f64::from(mode.frequency) / f64::from(RATE);
            let shrink = f64::from(decay(mode.decay));
            turn_real[lane] = (libm::cos(omega) * shrink) as f32;
            turn_imaginary[lane] = (libm::sin(omega) * shrink) as f32;
            let phase = match &mut phases {
                Phases::Zero => 0.0,
                Phases::Random(noise) => noise.unit() * std::f32::consts::TAU,
            };
            real[lane] = mode.level * libm::cosf(phase);
            imaginary[lane] = mode.level * libm::sinf(phase);
        }
        let life = group.iter().map(lifetime).fold(0.0, f32::max);
        let end = length.min(super::samples(life));
        for sample in &mut output[..end] {
            let mut sum = [0.0_f32; 4];
            for lane in 0..LANES {
                let turned = real[lane] * turn_real[lane] - imaginary[lane] * turn_imaginary[lane];
                imaginary[lane] = real[lane] * turn_imaginary[lane] + imaginary[lane] * turn_real[lane];
                real[lane] = turned;
            }
            for lane in 0..4 {
                sum[lane] = imaginary[lane] + imaginary[lane + 4];
            }
            *sample += (sum[0] + sum[1]) + (sum[2] + sum[3]);
        }
    }
    output
}

/// Seconds until a mode is 100 dB below full level.
fn lifetime(mode: &Mode) -> f32 {
    let audible = 100.0 + super::math::decibels(mode.level.abs());
    mode.decay * (audible / 60.0).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_falls_by_sixty_decibels_in_its_decay_time() {
        let sound = ring(&[Mode::new(500.0, 1.0, 0.5)], 44_100, Phases::Zero);
        let peak = |range: std::ops::Range<usize>| sound[range].iter().fold(0.0_f32, |most, x| most.max(x.abs()));
        let fallen = 20.0 * libm::log10f(peak(22_050..22_250) / peak(0..200));
        assert!((fallen + 60.0).abs() < 1.5, "{fallen}");
    }
}
