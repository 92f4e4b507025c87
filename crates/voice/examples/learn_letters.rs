//! Learns how English letters are spoken from the packed dictionary: `cargo run -p busker-voice --example learn_letters`
//! writes `letters.txt`, `letters.bin` and `stress.bin` beside `cmudict.txt`, the same bytes every time.
//!
//! Letters are aligned with phones by expectation maximisation over one best alignment each (Black, Lenzo, Pagel: "Issues in
//! building general letter to sound rules", 1998); then two averaged perceptrons (Collins: "Discriminative training
//! methods for hidden Markov models", 2002) learn which label each letter has and which vowel is stressed. Every
//! fiftieth word of the dictionary is left out, so that what was learnt can be measured.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a tool that stops when its input is not as it was packed"
)]

#[path = "learn_letters/align.rs"]
mod align;
#[path = "learn_letters/perceptron.rs"]
mod perceptron;
#[path = "../src/pronounce/letters/search.rs"]
mod search;
#[path = "../src/pronounce/letters/stress.rs"]
mod stress;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use align::Alignment;
use perceptron::Perceptron;
use search::{Candidates, Reading};
use stress::Unstressed;

/// A word of the dictionary: phones by their number, and the stress of each.
struct Entry {
    letters: Vec<u8>,
    phones: Vec<u8>,
    stress: Vec<u8>,
}

/// Every word with this remainder is left out.
const HELD_OUT: usize = 50;

/// A label that fewer words have is taken for a misspelling.
const LEAST_WORDS: usize = 4;

fn main() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let packed = fs::read_to_string(assets.join("cmudict.txt")).unwrap();
    let entries = packed
        .lines()
        .enumerate()
        .filter(|(number, _)| number % HELD_OUT != 0)
        .filter_map(|(_, line)| entry(line))
        .collect::<Vec<_>>();
    let aligned = Alignment::learn(&entries);
    let labels = Labels::of(&entries, &aligned);
    fs::write(assets.join("letters.txt"), labels.table()).unwrap();

    let examples = entries.iter().zip(&aligned).filter_map(|(entry, chunks)| {
        let gold = labels.of_word(&entry.letters, chunks.as_ref()?)?;
        Some((Reading::of(&entry.letters), gold))
    });
    let examples = examples.collect::<Vec<_>>();
    let letters = Perceptron::learn(search::CELLS, &examples, 8, |model, (reading, gold)| {
        let guess = reading.best(&labels.candidates, &|cell| model.weight(cell));
        if guess == *gold {
            return false;
        }
        for at in 0..gold.len() {
            reading.cells(at, gold).for_each(|cell| model.add(cell, 1));
            reading.cells(at, &guess).for_each(|cell| model.add(cell, -1));
        }
        true
    });
    fs::write(assets.join("letters.bin"), letters.packed()).unwrap();

    let examples = entries.iter().map(|entry| {
        let vowels = entry
            .phones
            .iter()
            .zip(&entry.stress)
            .filter(|(phone, _)| **phone < stress::VOWELS);
        (
            Unstressed::of(&entry.letters, &entry.phones),
            vowels.map(|(_, stress)| *stress).collect::<Vec<_>>(),
        )
    });
    let examples = examples.filter(|(_, gold)| gold.iter().filter(|stress| **stress == 2).count() == 1);
    let examples = examples.collect::<Vec<_>>();
    let stress = Perceptron::learn(stress::CELLS, &examples, 8, |model, (word, gold)| {
        let guess = word.best(&|cell| model.weight(cell));
        for (at, (&right, &guessed)) in gold.iter().zip(&guess).enumerate() {
            if right != guessed {
                word.cells(at, right).for_each(|cell| model.add(cell, 1));
                word.cells(at, guessed).for_each(|cell| model.add(cell, -1));
            }
        }
        guess != *gold
    });
    fs::write(assets.join("stress.bin"), stress.packed()).unwrap();
}

/// A line of the packed dictionary, without apostrophes; `None` where a word is hardly one.
fn entry(line: &str) -> Option<Entry> {
    let (word, codes) = line.split_once('\t')?;
    let letters = word.bytes().filter(u8::is_ascii_lowercase).collect::<Vec<_>>();
    let decoded = codes.bytes().map(|code| match code - b'!' {
        vowel @ 0..45 => (vowel / 3, [0, 2, 1][usize::from(vowel % 3)]),
        consonant => (consonant - 30, 0),
    });
    let (phones, stress) = decoded.unzip();
    (letters.len() > 1).then_some(Entry {
        letters,
        phones,
        stress,
    })
}

/// What letters may stand for, numbered through.
struct Labels {
    numbers: BTreeMap<(u8, Vec<u8>), u16>,
    candidates: Candidates,
}

impl Labels {
    fn of(entries: &[Entry], aligned: &[Option<Vec<Vec<u8>>>]) -> Self {
        let mut counts: BTreeMap<(u8, Vec<u8>), usize> = BTreeMap::new();
        for (entry, chunks) in entries.iter().zip(aligned) {
            for (letter, chunk) in entry.letters.iter().zip(chunks.iter().flatten()) {
                *counts.entry((*letter, chunk.clone())).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count >= LEAST_WORDS);
        let numbers: BTreeMap<_, _> = counts.into_keys().zip(0..).collect();
        let mut candidates = [(0, 0); 26];
        for (letter, range) in (b'a'..=b'z').zip(&mut candidates) {
            let of_letter = numbers
                .iter()
                .filter(|((of, _), _)| *of == letter)
                .map(|(_, number)| *number);
            let first = of_letter.clone().min().unwrap();
            *range = (first, of_letter.max().unwrap() + 1);
        }
        Self { numbers, candidates }
    }

    fn of_word(&self, letters: &[u8], chunks: &[Vec<u8>]) -> Option<Vec<u16>> {
        let number = |(letter, chunk): (&u8, &Vec<u8>)| self.numbers.get(&(*letter, chunk.clone())).copied();
        letters.iter().zip(chunks).map(number).collect()
    }

    /// One line a letter: what it may stand for, each phone written as in the packed dictionary, `~` for none.
    fn table(&self) -> String {
        let code = |phone: &u8| char::from(b'!' + if *phone < stress::VOWELS { phone * 3 } else { phone + 30 });
        let mut table = String::new();
        for letter in b'a'..=b'z' {
            table.push(char::from(letter));
            for (_, chunk) in self.numbers.keys().filter(|(of, _)| *of == letter) {
                table.push(' ');
                if chunk.is_empty() {
                    table.push('~');
                }
                table.extend(chunk.iter().map(code));
            }
            table.push('\n');
        }
        table
    }
}
