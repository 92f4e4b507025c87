//! Seeded randomness: breath noise, small human differences.

/// A stream of random numbers, the same for the same seed on every machine (xorshift32 after a SplitMix64 seed).
#[derive(Debug, Clone)]
pub(crate) struct Noise(u32);

impl Noise {
    /// A stream of its own for every seed and `part`, also for neighbouring ones.
    pub(crate) fn new(seed: u64, part: u64) -> Self {
        let state = mix(mix(seed) ^ part) as u32;
        Self(if state == 0 { 0x9E37_79B9 } else { state })
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

    /// White noise of unit power: uniform within ±√3.
    #[inline(always)]
    pub(crate) fn white(&mut self) -> f32 {
        (self.unit() * 2.0 - 1.0) * 1.732_050_8
    }

    /// Nearly normal, mean 0 and variance 1, never beyond ±3.5: the sum of four uniform numbers.
    pub(crate) fn normal(&mut self) -> f32 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 1.732_050_8
    }
}

/// The finaliser of SplitMix64: neighbouring numbers become unrelated ones.
fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(mut draw: impl FnMut() -> f32) -> (f64, f64) {
        let values: Vec<f64> = (0..200_000).map(|_| f64::from(draw())).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let power = values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64;
        (mean, power)
    }

    #[test]
    fn noise_is_centred_and_of_unit_power() {
        let mut noise = Noise::new(7, 0);
        let (mean, power) = moments(|| noise.white());
        assert!(mean.abs() < 0.01 && (power - 1.0).abs() < 0.01, "{mean} {power}");
        let (mean, power) = moments(|| noise.normal());
        assert!(mean.abs() < 0.01 && (power - 1.0).abs() < 0.01, "{mean} {power}");
    }

    #[test]
    fn neighbouring_seeds_and_parts_are_unrelated() {
        let draw = |seed, part| {
            let mut noise = Noise::new(seed, part);
            (0..4000).map(|_| noise.white()).collect::<Vec<f32>>()
        };
        let first = draw(1, 0);
        assert_eq!(first, draw(1, 0));
        for other in [draw(2, 0), draw(1, 1), draw(0, 1)] {
            let product: f32 = first.iter().zip(&other).map(|(one, two)| one * two).sum();
            assert!((product / 4000.0).abs() < 0.06);
        }
    }
}
