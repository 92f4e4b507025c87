//! The best reading of a word's letters under a linear model: a beam search over one label for each letter.
//!
//! A label is what one letter stands for: none, one or two phones. A reading's score is the sum of the weights of its
//! features, which are windows of letters around each label and the labels before it (Jiampojamarn, Cherry, Kondrak:
//! "Joint processing and discriminative training for letter-to-phoneme conversion", 2008). Features are hashed to cells of
//! one table (Weinberger et al.: "Feature hashing", 2009). Learning and reading share these lines, so they cannot disagree.

/// Cells of the weight table.
pub(crate) const CELLS: usize = 1 << 19;

/// Readings kept after each letter.
const BEAM: usize = 6;

/// Windows of letters around the one that is read: how many to the left and to the right.
const WINDOWS: [(usize, usize); 16] = [
    (0, 0),
    (1, 0),
    (0, 1),
    (1, 1),
    (2, 0),
    (0, 2),
    (2, 1),
    (1, 2),
    (2, 2),
    (3, 1),
    (1, 3),
    (3, 3),
    (0, 4),
    (4, 0),
    (2, 4),
    (5, 1),
];

/// Letters before and after the word, so that every window is whole.
const MARGIN: usize = 5;

/// Labels before the one that is chosen that its weight may depend on.
const HISTORY: usize = 5;

/// Which labels each letter may have: `a` to `z`, as the first label and one past the last.
pub(crate) type Candidates = [(u16, u16); 26];

/// A word of lower-case letters, with what the features of its places are made of.
pub(crate) struct Reading {
    padded: Vec<u8>,
    windows: Vec<[u64; WINDOWS.len()]>,
}

/// The labels chosen so far, and what they score.
#[derive(Clone)]
struct Path {
    labels: Vec<u16>,
    score: i64,
}

impl Reading {
    pub(crate) fn of(word: &[u8]) -> Self {
        let mut padded = vec![b'#'; MARGIN];
        padded.extend_from_slice(word);
        padded.extend([b'#'; MARGIN]);
        let windows = (MARGIN..MARGIN + word.len()).map(|at| {
            let mut place = [0; WINDOWS.len()];
            for (number, (hash, (left, right))) in (1..).zip(place.iter_mut().zip(WINDOWS)) {
                *hash = hashed(
                    number,
                    padded[at - left..=at + right].iter().map(|&letter| u64::from(letter)),
                );
            }
            place
        });
        let windows = windows.collect();
        Self { padded, windows }
    }

    /// The label of every letter in the reading of the highest score.
    pub(crate) fn best(&self, candidates: &Candidates, weight: &impl Fn(usize) -> i32) -> Vec<u16> {
        let mut paths = vec![Path {
            labels: Vec::new(),
            score: 0,
        }];
        for (at, windows) in self.windows.iter().enumerate() {
            let (first, end) = candidates[usize::from(self.letter(at) - b'a')];
            let by_letters = (first..end).map(|label| {
                let cells = windows.iter().map(|&window| cell(window, label));
                (label, cells.map(|cell| i64::from(weight(cell))).sum::<i64>())
            });
            let by_letters = by_letters.collect::<Vec<_>>();
            let mut longer: Vec<(i64, usize, u16)> = Vec::with_capacity(paths.len() * by_letters.len());
            for (index, path) in paths.iter().enumerate() {
                let history = self.history(at, &path.labels);
                for &(label, score) in &by_letters {
                    let by_history = history.iter().map(|&before| i64::from(weight(cell(before, label))));
                    longer.push((path.score + score + by_history.sum::<i64>(), index, label));
                }
            }
            longer.sort_by(|one, two| two.0.cmp(&one.0).then(one.1.cmp(&two.1)).then(one.2.cmp(&two.2)));
            longer.truncate(BEAM);
            let grown = longer.iter().map(|&(score, index, label)| {
                let mut labels = paths[index].labels.clone();
                labels.push(label);
                Path { labels, score }
            });
            paths = grown.collect();
        }
        paths.into_iter().next().map(|best| best.labels).unwrap_or_default()
    }

    /// The cells of every feature of the label at `at`, the labels before it being given.
    #[allow(dead_code, reason = "only learning asks for them")]
    pub(crate) fn cells(&self, at: usize, labels: &[u16]) -> impl Iterator<Item = usize> {
        let label = labels[at];
        let history = self.history(at, &labels[..at]);
        self.windows[at]
            .into_iter()
            .chain(history)
            .map(move |feature| cell(feature, label))
    }

    /// Features of the labels before `at`: the last one to five, and the last one or two between the letters around.
    fn history(&self, at: usize, labels: &[u16]) -> [u64; HISTORY + 3] {
        let before = |back: usize| match labels.len().checked_sub(back) {
            Some(index) => u64::from(labels[index]),
            None => u64::from(u16::MAX),
        };
        let letters = |offset: usize| u64::from(self.padded[MARGIN + at + offset]);
        let mut features = [0; HISTORY + 3];
        for (length, feature) in (1..).zip(features.iter_mut().take(HISTORY)) {
            *feature = hashed(100 + length as u64, (1..=length).map(before));
        }
        features[HISTORY] = hashed(200, [before(1), letters(1)].into_iter());
        features[HISTORY + 1] = hashed(201, [before(1), letters(1), letters(2)].into_iter());
        features[HISTORY + 2] = hashed(202, [before(1), before(2), letters(1), letters(2)].into_iter());
        features
    }

    fn letter(&self, at: usize) -> u8 {
        self.padded[MARGIN + at]
    }
}

/// FNV-1a over whole values.
pub(crate) fn hashed(kind: u64, values: impl Iterator<Item = u64>) -> u64 {
    values.fold(0xCBF2_9CE4_8422_2325 ^ kind, |hash, value| {
        (hash ^ value).wrapping_mul(0x0100_0000_01B3).rotate_left(23)
    })
}

fn cell(feature: u64, label: u16) -> usize {
    const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
    let mixed = (feature ^ u64::from(label).wrapping_mul(GOLDEN)).wrapping_mul(GOLDEN);
    (mixed >> 45) as usize
}
