//! From a line of text to words, syllables and phones.

mod asides;
mod dictionary;
mod exceptions;
mod language;
mod letters;
mod numbers;
mod scripts;
mod spelling;
mod syllabify;
mod tokens;

use std::collections::BTreeMap;

pub use asides::{Part, parts};
pub use language::Language;
pub use numbers::cardinal;

use crate::phone::Phone;
use tokens::Token;

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
    for token in tokens::tokens(text) {
        let known = spoken.entry(token.clone()).or_insert_with(|| word(token, language));
        words.push(known.clone());
    }
    words
}

fn word(token: Token, language: Language) -> Word {
    let Token { text, parts, held } = token;
    let mut word = match language {
        Language::English if text.chars().all(tokens::is_english_letter) => english(&text, &parts),
        _ => scripts::word(&text),
    };
    if parts.len() > 1 && parts.len() != word.syllables.len() {
        word = spoken_in_parts(&parts, language);
    }
    for (syllable, held) in held {
        let index = syllable.min(word.syllables.len().saturating_sub(1));
        if let Some(syllable) = word.syllables.get_mut(index) {
            syllable.held = syllable.held.saturating_add(held);
        }
    }
    word
}

/// A word of Latin letters: by the list of exceptions, then the dictionary, then by rule.
fn english(text: &str, parts: &[String]) -> Word {
    let lower = text.to_lowercase().replace('’', "'");
    let plain = lower.replace('-', "");
    let (phones, known) = match exceptions::phones(&plain).or_else(|| dictionary::phones_with_endings(&plain)) {
        Some(phones) => (phones, true),
        None => (letters::phones(&plain), false),
    };
    let mut syllables = syllabify::syllables(text, &exceptions::contracted(&plain, phones));
    if parts.len() == syllables.len() && parts.len() > 1 {
        for (syllable, part) in syllables.iter_mut().zip(parts) {
            syllable.letters.clone_from(part);
        }
    }
    if syllables.len() == 1 && exceptions::is_function_word(&plain) {
        syllables[0].stress = 0;
    }
    Word {
        text: text.to_owned(),
        syllables,
        known,
    }
}

/// A word whose writer split it in another number of parts than it has syllables: each part is spoken on its own.
fn spoken_in_parts(parts: &[String], language: Language) -> Word {
    let words = parts
        .iter()
        .map(|part| word(Token::plain(part), language))
        .collect::<Vec<_>>();
    Word {
        text: parts.concat(),
        known: words.iter().all(|word| word.known),
        syllables: words.into_iter().flat_map(|word| word.syllables).collect(),
    }
}

#[cfg(test)]
mod tests;
