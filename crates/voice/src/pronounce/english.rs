//! English words: by the list of exceptions, then the dictionary, then by rule.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::dictionary::{self, Stressed};
use super::stretched::Plain;
use super::tokens::Token;
use super::{Syllable, Word, exceptions, letters, spoken_in_parts, syllabify};

/// Letters that English words are made of.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\'' | '’')
}

/// A word of Latin letters and apostrophes.
pub(super) fn word(token: &Token) -> Word {
    let Token { text, parts, .. } = token;
    let plain = text.to_lowercase().replace('’', "'");
    if parts.len() > 1 && phones(&plain).is_none() && parts.iter().all(|part| is_known(part)) {
        return spoken_in_parts(parts, |part| word(&Token::plain(part)));
    }
    let (mut syllables, known) = match phones(&plain) {
        Some(phones) => (syllabified(text, &plain, phones), true),
        None => by_rule(text, &plain),
    };
    if parts.len() == syllables.len() && parts.len() > 1 {
        for (syllable, part) in syllables.iter_mut().zip(parts) {
            syllable.letters.clone_from(part);
        }
    }
    Word {
        text: text.clone(),
        syllables,
        known,
    }
}

/// A word with accents that the dictionary knows without them, as "café".
pub(super) fn accented(token: &Token) -> Option<Word> {
    let bare = token
        .text
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .collect::<String>();
    let same_length = bare.chars().count() == token.text.chars().count();
    if !same_length || !bare.chars().all(is_letter) || !is_known(&bare) {
        return None;
    }
    let mut found = word(&Token::plain(&bare));
    let mut letters = token.text.chars();
    for syllable in &mut found.syllables {
        syllable.letters = letters.by_ref().take(syllable.letters.chars().count()).collect();
    }
    found.text.clone_from(&token.text);
    Some(found)
}

/// Letters said one by one: "DJ", "U.S.A."
pub(super) fn initials(text: &str) -> Word {
    let count = text.chars().count();
    let letter = |(index, letter): (usize, char)| {
        let phones = match letter.to_ascii_lowercase() {
            'a' => dictionary::arpabet("EY1"),
            'w' => dictionary::arpabet("D AH1 B"),
            'z' => dictionary::arpabet("Z IY1"),
            other => dictionary::phones(&other.to_string()).unwrap_or_else(|| dictionary::arpabet("AH1")),
        };
        Syllable {
            letters: letter.to_string(),
            stress: if index + 1 == count { 2 } else { 1 },
            phones: phones.into_iter().map(|phone| phone.0).collect(),
            held: 0,
        }
    };
    Word {
        text: text.to_owned(),
        syllables: text.chars().enumerate().map(letter).collect(),
        known: true,
    }
}

/// The phones of a lower-case word that needs no rule.
fn phones(plain: &str) -> Option<Vec<Stressed>> {
    exceptions::phones(plain).or_else(|| dictionary::phones_with_endings(plain))
}

fn is_known(part: &str) -> bool {
    phones(&part.to_lowercase().replace('’', "'")).is_some()
}

/// A stretched word as the plain one, any other by its letters.
fn by_rule(text: &str, plain: &str) -> (Vec<Syllable>, bool) {
    let Some(shorter) = Plain::of(plain) else {
        return (syllabified(text, plain, letters::phones(plain)), false);
    };
    let found = phones(&shorter.word);
    let known = found.is_some();
    let phones = found.unwrap_or_else(|| letters::phones(&shorter.word));
    let mut syllables = syllabified(&shorter.word, &shorter.word, phones);
    shorter.stretch(&mut syllables, text);
    if let [alone] = syllables.as_mut_slice() {
        alone.stress = 2; // whoever holds a word means it
    }
    (syllables, known)
}

fn syllabified(text: &str, plain: &str, phones: Vec<Stressed>) -> Vec<Syllable> {
    let mut syllables = syllabify::syllables(text, &exceptions::contracted(plain, phones));
    if let [alone] = syllables.as_mut_slice()
        && exceptions::is_function_word(plain)
    {
        alone.stress = 0;
    }
    syllables
}
