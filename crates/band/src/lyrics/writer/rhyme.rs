//! Which words rhyme: the same phones from the last stressed vowel on.

use super::Words;
use busker_voice::phone::Phone;
use busker_voice::pronounce::{Language, pronounce, rhyme};

/// What kind of word a line ends on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Noun,
    Where,
    Verb,
    Quality,
    When,
}

/// A word or phrase that can end a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Ending {
    pub(super) text: String,
    kind: Kind,
    sound: Vec<Phone>,
}

/// All endings.
#[derive(Debug)]
pub(super) struct Endings(Vec<Ending>);

impl Endings {
    pub(super) fn new(words: &Words) -> Self {
        let lists = [
            (Kind::Noun, &words.nouns),
            (Kind::Where, &words.wheres),
            (Kind::Verb, &words.verbs),
            (Kind::Quality, &words.qualities),
            (Kind::When, &words.whens),
        ];
        let ending = |kind: Kind, text: &String| {
            let sound = pronounce(text, Language::English).last().map(rhyme).unwrap_or_default();
            Ending {
                text: text.clone(),
                kind,
                sound,
            }
        };
        Self(
            lists
                .into_iter()
                .flat_map(|(kind, words)| words.iter().map(move |text| ending(kind, text)))
                .collect(),
        )
    }

    pub(super) fn of_kind(&self, kind: Kind) -> Vec<&Ending> {
        self.0.iter().filter(|ending| ending.kind == kind).collect()
    }

    /// Endings of this kind that rhyme with `ending` and do not end on the same word.
    pub(super) fn rhymes(&self, ending: &Ending, kind: Kind) -> Vec<&Ending> {
        let last = |text: &str| text.rsplit(' ').next().unwrap_or_default().to_owned();
        let differs = |other: &&Ending| last(&other.text) != last(&ending.text);
        self.0
            .iter()
            .filter(|other| other.kind == kind && other.sound == ending.sound)
            .filter(differs)
            .collect()
    }
}

/// The kind of the last gap of a frame.
pub(super) fn kind(frame: &str) -> Kind {
    let gap = frame.rsplit_once('{').map_or("", |(_, gap)| gap);
    match gap.split('}').next() {
        Some("where") => Kind::Where,
        Some("verb") => Kind::Verb,
        Some("quality") => Kind::Quality,
        Some("when") => Kind::When,
        _ => Kind::Noun,
    }
}
