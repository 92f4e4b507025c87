//! Randomness that never moves: each part of the song draws from its own stream of the seed.

/// A SplitMix64 generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
#[derive(Debug, Clone)]
pub(crate) struct Rng {
    state: u64,
}

const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;

impl Rng {
    /// The stream of `seed` that belongs to `place`, such as `["drums", "Verse", "2"]`. A new draw in one stream leaves
    /// all others as they are.
    pub(crate) fn stream(seed: u64, place: &[&str]) -> Self {
        let mut state = mix(seed ^ GOLDEN);
        for name in place {
            for byte in name.bytes().chain([0xFF]) {
                state = mix(state ^ u64::from(byte)).wrapping_add(GOLDEN);
            }
        }
        Self { state }
    }

    /// The seed of one song: two prompts with the same seed are still two songs.
    pub(crate) fn seed(seed: u64, prompt: &str) -> u64 {
        Self::stream(seed, &[prompt]).next()
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// Uniform in 0..1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 24) as f32
    }

    /// Uniform in 0..count; 0 when there is nothing to choose from.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        if count == 0 {
            0
        } else {
            (self.next() % count as u64) as usize
        }
    }

    /// True with this probability.
    pub(crate) fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// Roughly normal, mean 0 and deviation 1, never beyond ±3.5: the sum of four uniform draws.
    pub(crate) fn normal(&mut self) -> f32 {
        let sum = (0..4).map(|_| self.unit() * 2.0 - 1.0).sum::<f32>();
        sum * 0.866
    }

    /// One of `items`.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_one_seed_are_independent_and_repeatable() {
        let first = |place: &[&str]| Rng::stream(7, place).next();
        assert_eq!(first(&["drums", "1"]), first(&["drums", "1"]));
        assert_ne!(first(&["drums", "1"]), first(&["drums", "2"]));
        assert_ne!(first(&["ab", "c"]), first(&["a", "bc"]));
    }

    #[test]
    fn draws_stay_within_their_bounds() {
        let mut rng = Rng::stream(1, &[]);
        for _ in 0..10_000 {
            assert!((0.0..1.0).contains(&rng.unit()));
            assert!(rng.below(7) < 7);
            assert!(rng.normal().abs() <= 3.5);
        }
    }
}
