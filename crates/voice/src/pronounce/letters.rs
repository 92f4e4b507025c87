//! English words the dictionary does not know, spoken as the dictionary's words that are spelled alike.
//!
//! What is spoken was learnt from the dictionary by `examples/learn_letters.rs`; `assets/README.md` says how well.

mod search;
mod stress;

use std::sync::LazyLock;

use super::dictionary::{self, Stressed};
use crate::phone::{CONSONANTS, Phone, VOWELS};
use search::{Candidates, Reading};
use stress::Unstressed;

/// One byte a weight.
const LETTERS: &[u8; search::CELLS] = include_bytes!("../../assets/letters.bin");
const STRESS: &[u8; stress::CELLS] = include_bytes!("../../assets/stress.bin");

/// What each letter may stand for.
static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels::read(include_str!("../../assets/letters.txt")));

struct Labels {
    phones: Vec<Vec<Phone>>,
    candidates: Candidates,
}

/// The phones of a lower-case word. Letters other than `a` to `z` are silent. Never empty of vowels.
pub(super) fn phones(word: &str) -> Vec<Stressed> {
    let letters = word.bytes().filter(u8::is_ascii_lowercase).collect::<Vec<_>>();
    let labels = &*LABELS;
    let read = Reading::of(&letters).best(&labels.candidates, &|cell| i32::from(LETTERS[cell] as i8));
    let spoken = read.iter().flat_map(|&label| &labels.phones[usize::from(label)]);
    let mut spoken = spoken.copied().collect::<Vec<_>>();
    if !spoken.iter().any(|phone| phone.is_vowel()) {
        spoken.insert(spoken.len().min(1), Phone::AH);
    }
    let numbers = spoken.iter().map(|&phone| number(phone)).collect::<Vec<_>>();
    let stresses = Unstressed::of(&letters, &numbers).best(&|cell| i32::from(STRESS[cell] as i8));
    let mut stresses = stresses.into_iter();
    let with_stress = |phone: Phone| {
        (
            phone,
            if phone.is_vowel() {
                stresses.next().unwrap_or(0)
            } else {
                0
            },
        )
    };
    spoken.into_iter().map(with_stress).collect()
}

/// Vowels first, as the packed dictionary counts them.
fn number(phone: Phone) -> u8 {
    let all = VOWELS.iter().chain(&CONSONANTS);
    all.zip(0..)
        .find(|(other, _)| **other == phone)
        .map_or(0, |(_, number)| number)
}

impl Labels {
    /// One line a letter, `a` to `z`: its labels, each of the codes of the packed dictionary.
    fn read(table: &str) -> Self {
        let mut phones: Vec<Vec<Phone>> = Vec::new();
        let mut candidates = [(0, 0); 26];
        for (line, range) in table.lines().zip(&mut candidates) {
            let first = phones.len();
            let labels = line.split(' ').skip(1);
            phones.extend(labels.map(|label| {
                label
                    .bytes()
                    .filter_map(dictionary::unpack)
                    .map(|phone| phone.0)
                    .collect()
            }));
            *range = (first as u16, phones.len() as u16);
        }
        Self { phones, candidates }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Substitutions, deletions and insertions that make one of the other.
    fn errors(one: &[Phone], two: &[Phone]) -> usize {
        let mut row = (0..=two.len()).collect::<Vec<_>>();
        for (at, phone) in one.iter().enumerate() {
            let mut next = vec![at + 1];
            for (place, other) in two.iter().enumerate() {
                let best = (row[place + 1] + 1).min(next[place] + 1);
                next.push(best.min(row[place] + usize::from(phone != other)));
            }
            row = next;
        }
        row[two.len()]
    }

    #[test]
    fn words_that_were_not_learnt_are_mostly_read_right() {
        let (mut words, mut right, mut stressed, mut phones_in_all, mut wrong) = (0, 0, 0, 0, 0);
        for (word, expected) in dictionary::words().step_by(50) {
            let read = phones(word);
            let bare = |phones: &[Stressed]| phones.iter().map(|phone| phone.0).collect::<Vec<_>>();
            let (read_bare, expected_bare) = (bare(&read), bare(&expected));
            words += 1;
            right += usize::from(read_bare == expected_bare);
            stressed += usize::from(read == expected);
            phones_in_all += expected_bare.len();
            wrong += errors(&read_bare, &expected_bare);
        }
        let share = |part: usize, whole: usize| part as f64 / whole as f64;
        println!(
            "{} {} {}",
            share(right, words),
            share(stressed, words),
            share(wrong, phones_in_all)
        );
        assert!(share(right, words) >= 0.68, "{right} of {words} words");
        assert!(
            share(stressed, words) >= 0.60,
            "{stressed} of {words} words with their stress"
        );
        assert!(
            share(wrong, phones_in_all) <= 0.08,
            "{wrong} of {phones_in_all} phones wrong"
        );
    }
}
