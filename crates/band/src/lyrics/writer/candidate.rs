//! A line that could be sung, with what decides whether it fits.

use busker_voice::phone::Phone;
use busker_voice::pronounce::{Language, Word, pronounce};

/// One line and how it sounds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// The line of the stock it was made from: two forms of one line are not sung in one song.
    pub(super) origin: String,
    /// Where it stands in its list, whose lines come in couplets.
    pub(super) place: usize,
    pub(super) text: String,
    pub(super) syllables: usize,
    /// How it ends; `None` where the dictionary does not know the last word.
    pub(super) ending: Option<Ending>,
    /// Lower-case words that would be noticed if they came again.
    pub(super) notable: Vec<String>,
}

/// The sound of a line's last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) word: String,
    /// Consonants before the vowel that rhymes: "light" and "delight" have the same, so they are no rhyme.
    onset: Vec<Phone>,
    /// From the vowel of the last syllable that has any stress on.
    pub(super) tail: Vec<Phone>,
}

/// Shorter words are too common to be noticed.
const NOTABLE_LETTERS: usize = 5;

/// Longer words that are too common all the same.
const COMMON: [&str; 26] = [
    "about", "after", "again", "always", "before", "could", "every", "never", "nothing", "should", "still", "their",
    "there", "there's", "these", "they're", "thing", "things", "under", "until", "where", "wherever", "whatever",
    "whole", "would", "you're",
];

impl Candidate {
    /// `text` as one form of `origin`.
    pub(super) fn of(origin: &str, text: String) -> Self {
        let words = pronounce(&text, Language::English);
        let notable = words
            .iter()
            .map(|word| word.text.to_lowercase())
            .filter(|word| word.chars().count() >= NOTABLE_LETTERS && !COMMON.contains(&word.as_str()));
        Self {
            syllables: words.iter().map(|word| word.syllables.len()).sum(),
            ending: words.last().filter(|word| word.known).and_then(Ending::of),
            notable: notable.collect(),
            origin: origin.to_owned(),
            place: 0,
            text,
        }
    }

    /// Two half lines as one.
    pub(super) fn joined(first: &Self, second: &Self) -> Self {
        Self::of(&first.origin, format!("{}, {}", first.text, lowered(&second.text)))
    }

    /// Whether `second` stands after it as the other line of its couplet.
    pub(super) fn begins_couplet_with(&self, second: &Self) -> bool {
        self.place.is_multiple_of(2) && second.place == self.place + 1
    }

    pub(super) fn rhymes_with(&self, other: &Self) -> bool {
        match (&self.ending, &other.ending) {
            (Some(one), Some(two)) => one.rhymes_with(two),
            _ => false,
        }
    }
}

impl Ending {
    /// From the last syllable with any stress on, so that "everywhere" ends like "air".
    fn of(word: &Word) -> Option<Self> {
        let from = word.syllables.iter().rposition(|syllable| syllable.stress > 0);
        let from = from.unwrap_or(word.syllables.len().checked_sub(1)?);
        let phones = word.syllables[from..].iter().flat_map(|syllable| &syllable.phones);
        let phones = phones.copied().collect::<Vec<_>>();
        let vowel = phones.iter().position(|phone| phone.is_vowel())?;
        let (onset, tail) = phones.split_at(vowel);
        Some(Self {
            word: word.text.to_lowercase(),
            onset: onset.to_vec(),
            tail: blended(tail),
        })
    }

    pub(super) fn rhymes_with(&self, other: &Self) -> bool {
        self.tail == other.tail && self.onset != other.onset && !self.tail.is_empty()
    }
}

/// Before r, the dictionary writes one vowel in two ways: "here" and "near".
fn blended(tail: &[Phone]) -> Vec<Phone> {
    let mut tail = tail.to_vec();
    if let [Phone::IY, Phone::R, ..] = tail[..] {
        tail[0] = Phone::IH;
    }
    tail
}

/// The start of a sentence as the middle of one: "I" and names keep their capital.
fn lowered(text: &str) -> String {
    let first = text.split([' ', '\'']).next().unwrap_or_default();
    if first == "I" {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .chain(letters)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rhyme(one: &str, two: &str) -> bool {
        Candidate::of(one, one.to_owned()).rhymes_with(&Candidate::of(two, two.to_owned()))
    }

    #[test]
    fn rhymes_go_by_sound_and_never_by_the_same_sound_whole() {
        assert!(rhyme("Under the moon", "It will be over soon"));
        assert!(rhyme("Music in the air", "It is everywhere"));
        assert!(rhyme("Always near", "I am here"));
        assert!(rhyme("There's dust on the floor", "I can't take any more"));
        assert!(!rhyme("Over the sea", "All I can see"), "the same sound is no rhyme");
        assert!(!rhyme("Coming down to the town", "All the lights of downtown"));
        assert!(!rhyme("Carry the love", "Nothing to move"));
        assert!(!rhyme("Somewhere in Xyzzq", "Somewhere in Yzzq"));
    }

    #[test]
    fn half_lines_become_one_sentence() {
        let half = |text: &str| Candidate::of(text, text.to_owned());
        let joined = Candidate::joined(&half("Out on the line"), &half("The headlights shine"));
        assert_eq!(
            (joined.text.as_str(), joined.syllables),
            ("Out on the line, the headlights shine", 8)
        );
        assert_eq!(Candidate::joined(&half("Hey"), &half("I see")).text, "Hey, I see");
    }
}
