//! The words: lines with their syllables, under the sections they belong to.

mod breath;
mod roles;
mod writer;

use busker_voice::phone::Phone;
use busker_voice::pronounce::{self, Language, pronounce};

use crate::request::LyricBlock;
use crate::score::Tag;

pub(crate) use writer::{Commission, Written, write};

/// The text of one section, in the order of the song.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stanza {
    pub(crate) tag: Tag,
    /// As the buyer wrote it, or the tag's name.
    pub(crate) label: String,
    pub(crate) lines: Vec<Line>,
}

/// One line of lyrics.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// As written.
    pub(crate) text: String,
    pub(crate) syllables: Vec<Syllable>,
}

/// One syllable to be sung.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Syllable {
    pub(crate) letters: String,
    /// Index of the word within what one voice sings of the line.
    pub(crate) word: usize,
    /// Index of the syllable within the word.
    pub(crate) part: usize,
    /// 1 main stress to 0 none.
    pub(crate) stress: f32,
    /// What is spoken, exactly one vowel among it.
    pub(crate) phones: Vec<Phone>,
    /// How many more notes it is held over.
    pub(crate) held: u8,
    /// It stands in brackets: for the voices behind the lead.
    pub(crate) aside: bool,
}

/// The stanzas of the given lyrics. Untagged blocks find their place in the form; `sung` is false for an instrumental,
/// whose tags count and whose words do not.
pub(crate) fn stanzas(blocks: &[LyricBlock], language: Language, sung: bool) -> Vec<Stanza> {
    let stanza = |(tag, block): (Tag, &LyricBlock)| Stanza {
        tag,
        label: if block.label.is_empty() {
            tag.name().to_owned()
        } else {
            block.label.clone()
        },
        lines: if sung {
            let language = language.of_part(&block.lines.join("\n"));
            block.lines.iter().filter_map(|text| line(text, language)).collect()
        } else {
            Vec::new()
        },
    };
    let blocks = breath::divided(blocks);
    without_lonely_asides(roles::tags(&blocks).into_iter().zip(&blocks).map(stanza).collect())
}

/// The language most of the lyrics are in.
pub(crate) fn language(blocks: &[LyricBlock]) -> Language {
    let text = blocks
        .iter()
        .flat_map(|block| &block.lines)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n");
    Language::detect(&text)
}

/// What the buyer should know about how these words are sung, each thing once.
pub(crate) fn warnings(blocks: &[LyricBlock], language: Language) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in blocks.iter().map(|block| block.lines.join("\n")) {
        for warning in pronounce::warnings(&text, language.of_part(&text)) {
            if all.iter().all(|known| known != warning) {
                all.push(warning.to_owned());
            }
        }
    }
    all
}

/// A line with its syllables; `None` when nothing in it can be sung.
fn line(text: &str, language: Language) -> Option<Line> {
    let mut syllables = Vec::new();
    let mut words = [0, 0];
    for piece in pronounce::parts(text) {
        for spoken in pronounce(&piece.text, language) {
            let alone = spoken.syllables.len() == 1;
            let word = &mut words[usize::from(piece.aside)];
            for (part, syllable) in spoken.syllables.into_iter().enumerate() {
                let stress = match (syllable.stress, alone) {
                    _ if !language.has_stress() => 0.5,
                    (2, false) => 1.0,
                    (1 | 2, true) => 0.8,
                    (1, false) => 0.5,
                    (_, true) => 0.15,
                    (_, false) => 0.1,
                };
                syllables.push(Syllable {
                    letters: syllable.letters,
                    word: *word,
                    part,
                    stress,
                    phones: syllable.phones,
                    held: syllable.held,
                    aside: piece.aside,
                });
            }
            *word += 1;
        }
    }
    (!syllables.is_empty()).then(|| Line {
        text: text.to_owned(),
        syllables,
    })
}

/// Lyrics of which all stands in brackets are the lead's.
fn without_lonely_asides(mut stanzas: Vec<Stanza>) -> Vec<Stanza> {
    let syllables = || {
        stanzas
            .iter()
            .flat_map(|stanza| &stanza.lines)
            .flat_map(|line| &line.syllables)
    };
    if syllables().any(|syllable| !syllable.aside) {
        return stanzas;
    }
    let lines = stanzas.iter_mut().flat_map(|stanza| &mut stanza.lines);
    lines
        .flat_map(|line| &mut line.syllables)
        .for_each(|syllable| syllable.aside = false);
    stanzas
}

impl Line {
    /// Notes it needs: one a syllable and one for each time a syllable is held over.
    pub(crate) fn notes(&self) -> usize {
        self.syllables
            .iter()
            .map(|syllable| 1 + usize::from(syllable.held))
            .sum()
    }
}
