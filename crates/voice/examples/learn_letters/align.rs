//! Which phones of a word each of its letters stands for.

use std::collections::BTreeMap;

use super::Entry;
use super::stress::VOWELS;

/// Log likelihoods of letters and what they stand for.
pub(crate) struct Alignment {
    likelihood: BTreeMap<(u8, Vec<u8>), f64>,
}

/// One letter stands for as many phones at most.
const MOST: usize = 2;

const ROUNDS: usize = 6;

impl Alignment {
    /// For every entry the phones of each letter; `None` where there are more than two phones a letter.
    pub(crate) fn learn(entries: &[Entry]) -> Vec<Option<Vec<Vec<u8>>>> {
        let mut model = Self {
            likelihood: BTreeMap::new(),
        };
        for _ in 0..ROUNDS {
            let mut counts: BTreeMap<(u8, Vec<u8>), f64> = BTreeMap::new();
            let mut totals = [0.0; 256];
            for entry in entries.iter().step_by(2) {
                for (&letter, chunk) in entry.letters.iter().zip(model.chunks(entry).into_iter().flatten()) {
                    *counts.entry((letter, chunk)).or_default() += 1.0;
                    totals[usize::from(letter)] += 1.0;
                }
            }
            let likelihood = |((letter, chunk), count): ((u8, Vec<u8>), f64)| {
                let share = libm::log(count / totals[usize::from(letter)]);
                ((letter, chunk), share)
            };
            model.likelihood = counts.into_iter().map(likelihood).collect();
        }
        entries.iter().map(|entry| model.chunks(entry)).collect()
    }

    fn score(&self, letter: u8, chunk: &[u8]) -> f64 {
        if self.likelihood.is_empty() {
            return match chunk {
                [] => -2.2,
                [phone] if (*phone < VOWELS) == b"aeiouy".contains(&letter) => -1.0,
                [_] => -3.0,
                _ => -4.0,
            };
        }
        let unseen = -9.0 - 3.0 * chunk.len() as f64;
        self.likelihood
            .get(&(letter, chunk.to_vec()))
            .copied()
            .unwrap_or(unseen)
    }

    fn chunks(&self, entry: &Entry) -> Option<Vec<Vec<u8>>> {
        let (letters, phones) = (&entry.letters, &entry.phones);
        let width = phones.len() + 1;
        let mut best = vec![f64::NEG_INFINITY; width * (letters.len() + 1)];
        let mut taken = vec![0; best.len()];
        best[0] = 0.0;
        for (row, &letter) in letters.iter().enumerate() {
            for from in 0..width {
                let before = best[row * width + from];
                if before == f64::NEG_INFINITY {
                    continue;
                }
                for length in 0..=MOST.min(phones.len() - from) {
                    let total = before + self.score(letter, &phones[from..from + length]);
                    let cell = (row + 1) * width + from + length;
                    if total > best[cell] {
                        best[cell] = total;
                        taken[cell] = length;
                    }
                }
            }
        }
        let mut end = phones.len();
        if best[letters.len() * width + end] == f64::NEG_INFINITY {
            return None;
        }
        let mut chunks = Vec::new();
        for row in (1..=letters.len()).rev() {
            let start = end - taken[row * width + end];
            chunks.push(phones[start..end].to_vec());
            end = start;
        }
        chunks.reverse();
        Some(chunks)
    }
}
