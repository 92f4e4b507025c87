//! Words of other languages as English ones, so that everything after this reads English only.
//!
//! The words are data: `prompt/languages.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::cut::{cut, folded, is_unspaced};
use super::prompt::Word;

/// English phrase to its names, by language.
type File = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Every foreign phrase, folded.
#[derive(Debug, Default)]
pub(super) struct Languages {
    entries: BTreeMap<String, Vec<Entry>>,
    /// Words of the longest spaced phrase.
    longest: usize,
    /// Letters of the longest unspaced phrase.
    widest: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    english: String,
    language: String,
    /// Counts only beside a sure word of its language.
    unsure: bool,
}

/// The embedded languages.
pub(super) fn languages() -> &'static Languages {
    static LANGUAGES: LazyLock<Languages> =
        LazyLock::new(|| Languages::read(include_str!("../../prompt/languages.toml")).unwrap_or_default());
    &LANGUAGES
}

impl Languages {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file = toml::from_str::<File>(text)?;
        let mut languages = Self::default();
        for (language, table) in file {
            for (english, names) in table {
                for name in names {
                    let (unsure, name) = name
                        .strip_prefix('?')
                        .map_or((false, name.as_str()), |name| (true, name));
                    let key = cut(name)
                        .into_iter()
                        .map(|word| word.text)
                        .collect::<Vec<_>>()
                        .join(" ");
                    languages.longest = languages.longest.max(key.split(' ').count());
                    languages.widest = languages.widest.max(key.chars().count());
                    languages.entries.entry(key).or_default().push(Entry {
                        english: english.clone(),
                        language: language.clone(),
                        unsure,
                    });
                }
            }
        }
        Ok(languages)
    }

    /// The words with everything known in English. Unknown ones stay.
    pub(super) fn translate(&self, words: Vec<Word>) -> Vec<Word> {
        let words = words.into_iter().flat_map(|word| self.split(word)).collect::<Vec<_>>();
        let spoken = self.spoken(&words);
        let mut translated = Vec::with_capacity(words.len());
        let mut at = 0;
        while at < words.len() {
            match self.longest_at(&words, at, &spoken) {
                Some((english, length)) => {
                    push_english(&mut translated, english, &words[at..at + length]);
                    at += length;
                }
                None => {
                    translated.push(words[at].clone());
                    at += 1;
                }
            }
        }
        translated
    }

    /// Languages of which a sure word stands in the prompt.
    fn spoken(&self, words: &[Word]) -> BTreeSet<&str> {
        let phrases =
            (0..words.len()).flat_map(|at| (1..=self.longest).filter_map(move |length| phrase(words, at, length)));
        let entries = phrases.filter_map(|phrase| self.entry(&phrase)).flatten();
        entries
            .filter(|entry| !entry.unsure)
            .map(|entry| entry.language.as_str())
            .collect()
    }

    fn longest_at(&self, words: &[Word], at: usize, spoken: &BTreeSet<&str>) -> Option<(&str, usize)> {
        (1..=self.longest).rev().find_map(|length| {
            let entries = self.entry(&phrase(words, at, length)?)?;
            let believed = |entry: &&Entry| spoken.contains(entry.language.as_str());
            let entry = entries.iter().find(believed)?;
            Some((entry.english.as_str(), length))
        })
    }

    fn entry(&self, phrase: &str) -> Option<&Vec<Entry>> {
        let singular = || phrase.strip_suffix('s').filter(|stem| stem.chars().count() > 3);
        self.entries.get(phrase).or_else(|| self.entries.get(singular()?))
    }

    /// Writing without spaces is cut where known words begin and end; the longest known word wins.
    fn split(&self, word: Word) -> Vec<Word> {
        if !word.written.starts_with(is_unspaced) {
            return vec![word];
        }
        let letters = word.written.chars().collect::<Vec<_>>();
        let mut parts: Vec<Word> = Vec::new();
        let mut unknown = String::new();
        let mut at = 0;
        let part = |written: String, first: bool| Word {
            text: folded(&written),
            written,
            begins_phrase: word.begins_phrase && first,
            joined: if first { word.joined } else { true },
            continues: false,
        };
        while at < letters.len() {
            let known = (1..=self.widest.min(letters.len() - at)).rev().find(|length| {
                // One Hangul syllable is a word only where it stands alone: "락" is rock, "락" within a word is not.
                let syllable = *length == 1 && letters.len() > 1 && matches!(letters[at], '\u{ac00}'..='\u{d7af}');
                let written = letters[at..at + length].iter().collect::<String>();
                !syllable && self.entries.contains_key(&folded(&written))
            });
            let Some(length) = known else {
                unknown.push(letters[at]);
                at += 1;
                continue;
            };
            if !unknown.is_empty() {
                parts.push(part(std::mem::take(&mut unknown), parts.is_empty()));
            }
            parts.push(part(letters[at..at + length].iter().collect(), parts.is_empty()));
            at += length;
        }
        if !unknown.is_empty() {
            parts.push(part(unknown, parts.is_empty()));
        }
        parts
    }
}

/// `length` words from `at` on, if they are one phrase.
fn phrase(words: &[Word], at: usize, length: usize) -> Option<String> {
    let words = words.get(at..at + length)?;
    if words.iter().skip(1).any(|word| word.begins_phrase) {
        return None;
    }
    Some(
        words
            .iter()
            .map(|word| word.text.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn push_english(words: &mut Vec<Word>, english: &str, source: &[Word]) {
    let written = source
        .iter()
        .map(|word| word.written.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    for (at, text) in english.split(' ').enumerate() {
        words.push(Word {
            text: text.to_owned(),
            written: written.clone(),
            begins_phrase: source[0].begins_phrase && at == 0,
            joined: source[0].joined && at == 0,
            continues: at > 0,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(text: &str) -> String {
        let words = languages().translate(cut(text));
        words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_file_can_be_read() {
        let read = Languages::read(include_str!("../../prompt/languages.toml"));
        assert!(read.is_ok_and(|languages| languages.entries.len() > 800));
    }

    #[test]
    fn phrases_are_translated_whole_and_unknown_words_stay() {
        for (text, wanted) in [
            ("balada triste sin batería", "ballad sad without drums"),
            ("langsame Ballade ohne Schlagzeug", "slow ballad without drums"),
            ("悲しいピアノバラード", "sad piano ballad"),
            ("быстрый рок без пианино", "fast rock without piano"),
            ("Una canción para Maria", "una song para maria"),
            ("guitarras distorsionadas", "distorted guitar"),
        ] {
            assert_eq!(english(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_word_that_is_also_english_needs_company_of_its_language() {
        assert_eq!(english("sin city rock"), "sin city rock");
        assert_eq!(english("a long lied about Klaus"), "a long lied about klaus");
        assert_eq!(english("rock sin guitarra"), "rock without guitar");
    }
}
