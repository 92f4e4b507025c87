//! 16-bit samples, dithered.

use super::delivery::Format;
use crate::error::EncodeError;

/// Two channels of two bytes.
pub(crate) const BYTES_A_FRAME: u32 = 4;

/// 16-bit little-endian samples, interleaved.
pub(crate) struct Pcm {
    /// The dither follows from it.
    pub(crate) seed: u64,
}

impl Format for Pcm {
    fn usual_overshoot(&self) -> f64 {
        0.0
    }

    fn write(&self, samples: &[f32]) -> Result<Vec<u8>, EncodeError> {
        Ok(quantize(samples, self.seed))
    }

    fn play(&self, file: &[u8], _: u64) -> Result<Vec<f32>, EncodeError> {
        let steps = file
            .chunks_exact(2)
            .map(|bytes| i16::from_le_bytes([bytes[0], bytes[1]]));
        Ok(steps.map(|step| f32::from(step) / f32::from(i16::MAX)).collect())
    }
}

/// Rounds to 16 bits with triangular dither of two steps' width, which makes the rounding error independent of the
/// music (Lipshitz, Wannamaker and Vanderkooy 1992). Digital silence stays silent. The noise follows from `seed`.
pub(crate) fn quantize(samples: &[f32], seed: u64) -> Vec<u8> {
    let mut noise = Noise(seed);
    let mut bytes = Vec::with_capacity(samples.len() * 2);
    for &sample in samples {
        let dither = noise.triangular();
        let step = if sample == 0.0 {
            0
        } else {
            // `as` saturates: a peak beyond full scale is clipped, never wrapped.
            (sample * f32::from(i16::MAX) + dither).round() as i16
        };
        bytes.extend_from_slice(&step.to_le_bytes());
    }
    bytes
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Noise(u64);

impl Noise {
    /// The difference of two even numbers below one: from -1 to 1, most often near 0.
    fn triangular(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        let (first, second) = ((bits >> 40) as f32, (bits & 0xFF_FFFF) as f32);
        (first - second) / 16_777_216.0
    }
}

#[cfg(test)]
mod tests {
    use super::quantize;

    fn steps(bytes: &[u8]) -> Vec<i16> {
        bytes
            .chunks_exact(2)
            .map(|b| i16::from_le_bytes([b[0], b[1]]))
            .collect()
    }

    #[test]
    fn silence_stays_silent_and_too_loud_is_clipped_not_wrapped() {
        assert_eq!(steps(&quantize(&[0.0, 3.0, -3.0, 0.0], 1)), [0, 32_767, -32_768, 0]);
    }

    #[test]
    fn a_level_between_two_steps_survives_on_average() {
        let level = 100.3 / 32_767.0;
        let written = steps(&quantize(&vec![level; 100_000], 7));
        let mean = written.iter().map(|&s| f64::from(s)).sum::<f64>() / written.len() as f64;
        assert!((mean - 100.3).abs() < 0.02, "{mean}");
        assert!(written.iter().all(|&s| (99..=102).contains(&s)));
    }

    #[test]
    fn the_noise_follows_from_the_seed() {
        let music = vec![0.01; 1_000];
        assert_eq!(quantize(&music, 3), quantize(&music, 3));
        assert_ne!(quantize(&music, 3), quantize(&music, 4));
    }
}
