//! From a line of text to words, syllables and phones.

mod asides;
mod dictionary;
mod english;
mod exceptions;
mod figures;
mod heteronyms;
mod initials;
mod language;
mod letters;
mod numbers;
mod scripts;
mod spelled;
mod spelling;
mod stretched;
mod syllabify;
mod tokens;

use std::collections::BTreeMap;

pub use asides::{Part, parts};
pub use language::{Language, warnings};
pub use numbers::cardinal;

use crate::phone::Phone;
use tokens::{Reading, Token};

/// One word as it is sung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The letters that are sung. The syllables' letters, put together, spell exactly this. A figure is spelled out:
    /// "7" becomes "seven".
    pub text: String,
    /// At least one.
    pub syllables: Vec<Syllable>,
    /// The dictionary has the word. A line of unknown words is probably not English.
    pub known: bool,
}

/// One syllable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// Its share of the word's letters, never empty.
    pub letters: String,
    /// 2 main stress, 1 secondary, 0 none. Function words ("the", "of") have none.
    pub stress: u8,
    /// What is spoken, exactly one vowel among it.
    pub phones: Vec<Phone>,
    /// How many more notes it is held over, one for each `_` written after it.
    pub held: u8,
}

/// Says how `text` is spoken.
///
/// Any text is accepted. What has no sound (punctuation, emoji) is left out, so the result may be empty.
pub fn pronounce(text: &str, language: Language) -> Vec<Word> {
    let mut spoken: BTreeMap<Token, Word> = BTreeMap::new(); // lyrics repeat themselves
    let mut words = Vec::new();
    for token in tokens::tokens(text, language) {
        let known = spoken.entry(token).or_insert_with_key(|token| word(token, language));
        words.push(known.clone());
    }
    if language == Language::English {
        heteronyms::settle(&mut words);
    }
    words
}

fn word(token: &Token, language: Language) -> Word {
    let text = &token.text;
    let mut word = match (token.reading, language) {
        (Reading::Initials, _) => english::initials(text),
        (Reading::English, _) => english::word(token),
        // Japanese songs have English words; they are written as such.
        (Reading::Usual, Language::English | Language::Japanese) if tokens::is_english(text) => english::word(token),
        (Reading::Usual, Language::English) => foreign(token),
        (Reading::Usual, _) => spelled::word(text, language).unwrap_or_else(|| scripts::word(text)),
    };
    if token.parts.len() > 1 && token.parts.len() != word.syllables.len() {
        word = spoken_in_parts(&token.parts, |part| self::word(&Token::plain(part), language));
    }
    for &(syllable, held) in &token.held {
        let index = syllable.min(word.syllables.len().saturating_sub(1));
        if let Some(syllable) = word.syllables.get_mut(index) {
            syllable.held = syllable.held.saturating_add(held);
        }
    }
    word
}

/// A word with letters that English has not: in the language that they tell of; "café" has become English.
fn foreign(token: &Token) -> Word {
    let language = Language::of_letters(&token.text);
    let at_home = !matches!(language, Language::Spanish | Language::Portuguese);
    at_home
        .then(|| english::accented(token))
        .flatten()
        .or_else(|| spelled::word(&token.text, language))
        .unwrap_or_else(|| scripts::word(&token.text))
}

/// A word whose writer split it in another number of parts than it has syllables: each part is spoken on its own.
fn spoken_in_parts(parts: &[String], spoken: impl Fn(&str) -> Word) -> Word {
    let words = parts.iter().map(|part| spoken(part)).collect::<Vec<_>>();
    Word {
        text: parts.concat(),
        known: words.iter().all(|word| word.known),
        syllables: words.into_iter().flat_map(|word| word.syllables).collect(),
    }
}

#[cfg(test)]
mod tests;
