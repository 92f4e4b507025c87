//! Seeded randomness for sound: hiss, phases, small human differences.

/// A stream of random numbers, the same for the same seed on every machine (xorshift32 after a SplitMix64 seed).
#[derive(Debug, Clone)]
pub(crate) struct Noise(u32);

impl Noise {
    /// A stream of its own for every seed, also for neighbouring ones.
    pub(crate) fn new(seed: u64) -> Self {
        let mut mixed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let state = (mixed ^ (mixed >> 31)) as u32;
        Self(if state == 0 { 0x1234_5678 } else { state })
    }

    #[inline(always)]
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    /// Uniform in 0 ≤ x < 1.
    #[inline(always)]
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 8) as f32 / 16_777_216.0
    }

    /// Uniform in −1 ≤ x < 1: white noise when drawn each sample.
    #[inline(always)]
    pub(crate) fn white(&mut self) -> f32 {
        self.unit() * 2.0 - 1.0
    }

    /// Uniform between two bounds.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_centred_and_repeats_for_a_seed() {
        let mut first = Noise::new(7);
        let mut second = Noise::new(7);
        let mut sum = 0.0_f64;
        for _ in 0..100_000 {
            let value = first.white();
            assert_eq!(value, second.white());
            sum += f64::from(value);
        }
        assert!((sum / 100_000.0).abs() < 0.01);
    }
}
