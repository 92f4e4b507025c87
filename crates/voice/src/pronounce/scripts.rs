//! Words of any script, with even stress: vowel groups, one block of kana or hangul a syllable.

mod alphabet;
mod hangul;
pub(super) mod kana;

use super::{Syllable, Word, tokens};
use crate::phone::Phone;

/// The stress of every syllable where the language's own is not known.
const EVEN: u8 = 1;

/// Splits any word into syllables. Every syllable has at least one letter and exactly one vowel.
pub(super) fn word(text: &str) -> Word {
    let mut syllables: Vec<Syllable> = Vec::new();
    let mut run = String::new();
    for letter in text.chars() {
        let block = hangul::phones(letter)
            .or_else(|| kana::phones(letter))
            .or_else(|| ideograph(letter));
        match block {
            Some(phones) => {
                syllables.extend(alphabet::syllables(&std::mem::take(&mut run)));
                syllables.push(syllable(letter.to_string(), phones));
            }
            None if run.is_empty() && continues(letter) && !syllables.is_empty() => {
                if let Some(last) = syllables.last_mut() {
                    last.letters.push(letter);
                    last.held = last.held.saturating_add(kana::join(letter, &mut last.phones));
                }
            }
            None if run.is_empty() && kana::is_n(letter) => {
                syllables.push(syllable(letter.to_string(), vec![Phone::AX, Phone::N]))
            }
            None => run.push(letter),
        }
    }
    syllables.extend(alphabet::syllables(&run));
    if syllables.is_empty() {
        syllables.push(syllable(text.to_owned(), vec![Phone::AA]));
    }
    kana::settle(text, &mut syllables);
    Word {
        text: text.to_owned(),
        syllables,
        known: false,
    }
}

/// A mark, or a small kana that shares the block before it.
fn continues(letter: char) -> bool {
    kana::is_joined(letter) || tokens::is_mark(letter)
}

/// Chinese characters: one syllable each. Their sound depends on the language, so an open vowel stands in.
fn ideograph(letter: char) -> Option<Vec<Phone>> {
    is_ideograph(letter).then(|| vec![Phone::AA])
}

/// Whether this is a Chinese character.
pub(super) fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
}

fn syllable(letters: String, phones: Vec<Phone>) -> Syllable {
    Syllable {
        letters,
        stress: EVEN,
        phones,
        held: 0,
    }
}
