//! Which vowel of a word is stressed, under a linear model of its letters and phones.

use super::search::hashed;

/// Cells of the weight table.
pub(crate) const CELLS: usize = 1 << 16;

/// A word whose phones are known and whose stress is not. Phones are numbers, vowels those below `VOWELS`.
pub(crate) struct Unstressed {
    /// The features of every vowel.
    vowels: Vec<Vec<u64>>,
}

/// As many of the phones' numbers are vowels.
pub(crate) const VOWELS: u8 = 15;

impl Unstressed {
    pub(crate) fn of(word: &[u8], phones: &[u8]) -> Self {
        let places = phones.iter().enumerate().filter(|(_, phone)| **phone < VOWELS);
        let places = places.map(|(place, _)| place).collect::<Vec<_>>();
        let features = |index: usize| features(word, phones, &places, index);
        Self {
            vowels: (0..places.len()).map(features).collect(),
        }
    }

    /// The stress of every vowel: exactly one has 2.
    pub(crate) fn best(&self, weight: &impl Fn(usize) -> i32) -> Vec<u8> {
        let score = |index: usize, stress: u8| {
            self.cells(index, stress)
                .map(|cell| i64::from(weight(cell)))
                .sum::<i64>()
        };
        let scores = (0..self.vowels.len()).map(|index| [0, 1, 2].map(|stress| score(index, stress)));
        let scores = scores.collect::<Vec<_>>();
        let gain = |index: usize| scores[index][2] - scores[index][0].max(scores[index][1]);
        let main = (0..scores.len()).rev().max_by_key(|&index| gain(index));
        let stress = |(index, score): (usize, &[i64; 3])| match main {
            Some(main) if main == index => 2,
            _ => u8::from(score[1] > score[0]),
        };
        scores.iter().enumerate().map(stress).collect()
    }

    /// The cells of every feature of a vowel with a stress.
    pub(crate) fn cells(&self, index: usize, stress: u8) -> impl Iterator<Item = usize> {
        const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = move |feature: &u64| (feature ^ u64::from(stress + 1).wrapping_mul(MIX)).wrapping_mul(MIX);
        self.vowels[index]
            .iter()
            .map(move |feature| (mixed(feature) >> 48) as usize)
    }
}

fn features(word: &[u8], phones: &[u8], places: &[usize], index: usize) -> Vec<u64> {
    let count = places.len() as u64;
    let (from_front, from_back) = (index as u64, (places.len() - 1 - index) as u64);
    let vowel = |index: Option<usize>| {
        index
            .and_then(|index| places.get(index))
            .map_or(99, |&place| u64::from(phones[place]))
    };
    let this = vowel(Some(index));
    let (before, after) = (vowel(index.checked_sub(1)), vowel(Some(index + 1)));
    let place = places[index];
    let next = places.get(index + 1).copied().unwrap_or(phones.len());
    let coda = (next - place - 1).min(3) as u64;
    let start = index.checked_sub(1).map_or(0, |index| places[index] + 1);
    let consonants =
        |kind: u64, from: usize, to: usize| hashed(kind, phones[from..to].iter().map(|&phone| u64::from(phone)));
    let (onset, following) = (consonants(1, start, place), consonants(2, place + 1, next));
    let mut features = vec![
        hashed(10, [count, from_front].into_iter()),
        hashed(11, [count, from_front, this].into_iter()),
        hashed(12, [count, from_front, this, coda].into_iter()),
        hashed(13, [from_back, before, this, after].into_iter()),
        hashed(14, [count, from_front, before, this, after].into_iter()),
        hashed(15, [this, following, from_back].into_iter()),
        hashed(16, [this, onset, from_front].into_iter()),
        hashed(17, [from_back.min(3), this, following, after].into_iter()),
        hashed(18, [onset, this, following].into_iter()),
    ];
    let shape = places.iter().map(|&place| u64::from(phones[place]));
    features.push(hashed(19, shape.chain([from_front])));
    for length in 1..=6.min(word.len()) {
        let ending = word[word.len() - length..].iter().map(|&letter| u64::from(letter));
        features.push(hashed(20, ending.clone().chain([from_back])));
        features.push(hashed(21, ending.chain([count, from_back])));
        let beginning = word[..length].iter().map(|&letter| u64::from(letter));
        features.push(hashed(22, beginning.clone().chain([from_front])));
        features.push(hashed(23, beginning.chain([count, from_front])));
    }
    features
}
