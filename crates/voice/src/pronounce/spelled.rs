//! Languages whose spelling tells how words are spoken: rules from letters to phones, syllables and stress.
//!
//! The phones are the nearest of English, so all of them are sung with an English accent.

mod french;
mod german;
mod italian;
mod portuguese;
mod rules;
mod spanish;

use super::{Language, Syllable, Word, dictionary, syllabify};
use rules::Unit;

/// What there is to know of a language.
struct Spelling {
    /// The first rule that fits is taken.
    rules: &'static [rules::Rule],
    /// Words the rules read wrong: the parts between hyphens, and the phones of each part between full stops.
    words: &'static [(&'static str, &'static str)],
    /// Words of one syllable that carry grammar rather than meaning, between spaces.
    unstressed: &'static str,
    /// Vowels whose accent says that they are stressed.
    accented: &'static str,
    /// Which syllable is stressed where no accent says so, counted from the end: 0 is the last.
    stress: fn(&str, &[Syllable]) -> usize,
}

/// Reads a word by the rules of `language`; `None` where it has no rules, or they find no vowel.
pub(super) fn word(text: &str, language: Language) -> Option<Word> {
    let spelling = match language {
        Language::Spanish => &spanish::SPELLING,
        Language::Italian => &italian::SPELLING,
        Language::Portuguese => &portuguese::SPELLING,
        Language::German => &german::SPELLING,
        Language::French => &french::SPELLING,
        Language::English | Language::Japanese | Language::Other => return None,
    };
    let lower = text.to_lowercase().replace('’', "'");
    if lower.chars().count() != text.chars().count() || !lower.chars().any(|letter| letter.is_ascii_lowercase()) {
        return None;
    }
    let mut units: Vec<Unit> = Vec::new();
    for piece in lower.split_inclusive('\'') {
        match spelling.words.iter().find(|(word, _)| word.replace('-', "") == piece) {
            Some((word, phones)) => units.extend(listed(word, phones)),
            None => units.extend(rules::units(piece, spelling.rules)?),
        }
    }
    let bare = lower.rsplit('\'').next().unwrap_or_default();
    let mut syllables = rules::syllables(text, &units);
    if syllables.is_empty() {
        return None;
    }
    match syllables.as_mut_slice() {
        [alone] => {
            alone.stress = if spelling.unstressed.split(' ').any(|word| word == lower) {
                0
            } else {
                2
            }
        }
        _ => {
            let accent = |syllable: &Syllable| {
                syllable
                    .letters
                    .to_lowercase()
                    .contains(|letter| spelling.accented.contains(letter))
            };
            let last = syllables.len() - 1;
            let main = match syllables.iter().position(accent) {
                Some(accented) => accented,
                None => last - (spelling.stress)(bare, &syllables).min(last),
            };
            syllables[main].stress = 2;
        }
    }
    Some(Word {
        text: text.to_owned(),
        syllables,
        known: false,
    })
}

/// Each part of a listed word is one unit.
fn listed(word: &str, phones: &str) -> impl Iterator<Item = Unit> {
    word.split('-').zip(phones.split(" . ")).map(|(letters, phones)| Unit {
        letters: letters.chars().count(),
        phones: dictionary::arpabet(phones).iter().map(syllabify::sung).collect(),
    })
}

#[cfg(test)]
mod tests;
