//! Gaussians: what the leaves of the trees hold.

use super::{BrokenVoice, WIDTH};

/// A normal distribution of `N` independent values.
pub(crate) struct Leaf<const N: usize> {
    pub(super) mean: [f32; N],
    pub(super) variance: [f32; N],
}

/// The distribution of a state's mel-cepstrum: the coefficients, their first and their second differences.
#[derive(Clone, Copy)]
pub(crate) struct Gaussian<'a> {
    pub(crate) mean: &'a [f32; WIDTH],
    /// Every one is positive.
    pub(crate) variance: &'a [f32; WIDTH],
}

impl Leaf<WIDTH> {
    pub(crate) fn gaussian(&self) -> Gaussian<'_> {
        Gaussian {
            mean: &self.mean,
            variance: &self.variance,
        }
    }
}

impl<const N: usize> Leaf<N> {
    /// The leaves of `trees` trees: how many each has (`u32`), then for each leaf its means and its variances (`f32`),
    /// all little-endian.
    pub(super) fn read_all(bytes: &[u8], trees: usize) -> Result<Vec<Vec<Self>>, BrokenVoice> {
        let broken = |problem| BrokenVoice {
            part: "a table of distributions",
            problem,
        };
        let (words, rest) = bytes.as_chunks::<4>();
        let (counts, values) = words.split_at_checked(trees).ok_or(broken("is too short"))?;
        let leaves = values.chunks_exact(2 * N);
        let total = counts
            .iter()
            .map(|&word| u64::from(u32::from_le_bytes(word)))
            .sum::<u64>();
        if !rest.is_empty() || !leaves.remainder().is_empty() || total != leaves.len() as u64 {
            return Err(broken("has not the length it speaks of"));
        }
        let mut leaves = leaves.map(|leaf| {
            let number = |index: usize| f32::from_le_bytes(leaf[index]);
            let leaf = Self {
                mean: std::array::from_fn(number),
                variance: std::array::from_fn(|index| number(N + index)),
            };
            let sound = leaf.mean.iter().all(|mean| mean.is_finite())
                && leaf
                    .variance
                    .iter()
                    .all(|variance| variance.is_normal() && *variance > 0.0);
            sound.then_some(leaf).ok_or(broken("has a value that cannot be"))
        });
        let of_tree = |&count: &[u8; 4]| leaves.by_ref().take(u32::from_le_bytes(count) as usize).collect();
        counts.iter().map(of_tree).collect()
    }
}
