//! Words spelled alike and spoken apart, told by their neighbours: "the wind" and "to wind", "the end" and "the song".
//!
//! One rule a word, mostly right; where no neighbour tells, the reading that lyrics have more often.

use super::dictionary::arpabet;
use super::{Word, syllabify};
use crate::phone::Phone;

/// Gives every word that has two readings the one its neighbours ask for.
pub(super) fn settle(words: &mut [Word]) {
    let spelled = words.iter().map(|word| word.text.to_lowercase().replace('’', "'"));
    let spelled = spelled.collect::<Vec<_>>();
    for index in 0..words.len() {
        let at = |index: Option<usize>| index.and_then(|index| spelled.get(index)).map_or("", String::as_str);
        let (before, after) = (at(index.checked_sub(1)), at(Some(index + 1)));
        if spelled[index] == "the" {
            if vowel_follows(words, index) {
                words[index].syllables[0].phones = vec![Phone::DH, Phone::IY];
            }
            continue;
        }
        let Some((_, usual, other, is_other)) = HETERONYMS.iter().find(|(word, ..)| *word == spelled[index]) else {
            continue;
        };
        let phones = arpabet(if is_other(before, after) { other } else { usual });
        let mut syllables = syllabify::syllables(&words[index].text, &phones);
        for (new, old) in syllables.iter_mut().zip(&words[index].syllables) {
            new.held = old.held;
        }
        words[index].syllables = syllables;
    }
}

fn vowel_follows(words: &[Word], index: usize) -> bool {
    let next = words.get(index + 1).and_then(|word| word.syllables.first());
    next.and_then(|syllable| syllable.phones.first())
        .is_some_and(|phone| phone.is_vowel())
}

/// The word, its usual phones, its other phones, and whether a word stands for the other between these two.
type Heteronym = (&'static str, &'static str, &'static str, fn(&str, &str) -> bool);

const HETERONYMS: &[Heteronym] = &[
    ("live", "L IH1 V", "L AY1 V", |before, after| {
        is_determiner(before) || ["go", "going", "gone", "playing"].contains(&before) || after == "from"
    }),
    ("lives", "L IH1 V Z", "L AY1 V Z", |before, _| {
        is_determiner(before)
            || [
                "of", "nine", "two", "many", "past", "whole", "all", "both", "save", "other",
            ]
            .contains(&before)
    }),
    ("read", "R IY1 D", "R EH1 D", |before, _| {
        is_perfect(before) || ["he", "she", "it", "was", "were", "be", "been", "is", "are"].contains(&before)
    }),
    ("wind", "W IH1 N D", "W AY1 N D", |before, after| {
        is_before_verb(before) || (!is_determiner(before) && ["up", "down"].contains(&after))
    }),
    ("winds", "W IH1 N D Z", "W AY1 N D Z", |before, _| {
        ["road", "river", "path", "it", "that", "stream"].contains(&before)
    }),
    ("tear", "T IH1 R", "T EH1 R", |before, after| {
        is_before_verb(before) || (!is_determiner(before) && is_torn(after))
    }),
    ("tears", "T IH1 R Z", "T EH1 R Z", |before, after| {
        !is_determiner(before) && !["of", "no", "these"].contains(&before) && is_torn(after)
    }),
    ("lead", "L IY1 D", "L EH1 D", |before, after| {
        ["of", "as", "like"].contains(&before) || ["bullet", "balloon", "pipe"].contains(&after)
    }),
    ("close", "K L OW1 S", "K L OW1 Z", |before, after| {
        !is_before_adjective(before) && (is_before_verb(before) || is_object(after))
    }),
    ("use", "Y UW1 Z", "Y UW1 S", |before, _| {
        is_determiner(before) || ["no", "any", "what", "of"].contains(&before)
    }),
    ("used", "Y UW1 Z D", "Y UW1 S T", |before, after| {
        after == "to" && !is_determiner(before)
    }),
    ("excuse", "IH0 K S K Y UW1 Z", "IH0 K S K Y UW1 S", |before, _| {
        is_determiner(before) || before == "no"
    }),
    ("house", "HH AW1 S", "HH AW1 Z", |before, _| before == "to"),
    ("wound", "W UW1 N D", "W AW1 N D", |_, after| {
        ["up", "down", "around"].contains(&after)
    }),
    ("bow", "B AW1", "B OW1", |before, after| {
        is_determiner(before) && after != "of" || after == "tie"
    }),
    ("sow", "S OW1", "S AW1", |before, _| is_determiner(before)),
    ("record", "R EH1 K ER0 D", "R AH0 K AO1 R D", |before, _| {
        is_before_verb(before)
    }),
    ("present", "P R EH1 Z AH0 N T", "P R AH0 Z EH1 N T", |before, _| {
        is_before_verb(before)
    }),
    ("desert", "D EH1 Z ER0 T", "D AH0 Z ER1 T", |before, _| {
        is_before_verb(before)
    }),
    ("object", "AA1 B JH EH0 K T", "AH0 B JH EH1 K T", |before, _| {
        is_before_verb(before)
    }),
    ("rebel", "R EH1 B AH0 L", "R AH0 B EH1 L", |before, _| {
        is_before_verb(before)
    }),
    ("perfect", "P ER1 F IH0 K T", "P ER0 F EH1 K T", |before, _| {
        before == "to"
    }),
    ("protest", "P R OW1 T EH2 S T", "P R AH0 T EH1 S T", |before, _| {
        is_before_verb(before)
    }),
    ("conflict", "K AA1 N F L IH0 K T", "K AH0 N F L IH1 K T", |before, _| {
        is_before_verb(before)
    }),
    ("contrast", "K AA1 N T R AE2 S T", "K AH0 N T R AE1 S T", |before, _| {
        is_before_verb(before)
    }),
    ("content", "K AH0 N T EH1 N T", "K AA1 N T EH0 N T", |before, _| {
        is_determiner(before)
    }),
    ("refuse", "R AH0 F Y UW1 Z", "R EH1 F Y UW2 S", |before, _| {
        is_determiner(before)
    }),
    ("produce", "P R AH0 D UW1 S", "P R OW1 D UW0 S", |before, _| {
        is_determiner(before)
    }),
    ("project", "P R AA1 JH EH0 K T", "P R AH0 JH EH1 K T", |before, _| {
        is_before_verb(before)
    }),
];

fn is_determiner(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "a", "an", "another", "each", "every", "her", "his", "its", "last", "my", "one", "our", "that", "the", "their",
        "this", "those", "your",
    ];
    WORDS.contains(&word)
}

/// "I will tear", "don't close".
fn is_before_verb(word: &str) -> bool {
    const WORDS: [&str; 34] = [
        "can",
        "can't",
        "cannot",
        "could",
        "couldn't",
        "did",
        "didn't",
        "do",
        "don't",
        "gonna",
        "gotta",
        "i",
        "let's",
        "may",
        "might",
        "must",
        "never",
        "please",
        "shall",
        "should",
        "shouldn't",
        "they",
        "to",
        "wanna",
        "we",
        "who",
        "will",
        "won't",
        "would",
        "wouldn't",
        "you",
        "always",
        "let",
        "ain't",
    ];
    WORDS.contains(&word) || word.ends_with("'ll") || word.ends_with("'d")
}

/// "I have read".
fn is_perfect(word: &str) -> bool {
    ["have", "has", "had", "having", "never"].contains(&word) || word.ends_with("'ve")
}

/// "so close", "hold me close".
fn is_before_adjective(word: &str) -> bool {
    const WORDS: [&str; 24] = [
        "so", "too", "as", "how", "very", "this", "that", "be", "is", "are", "was", "were", "am", "stay", "come",
        "hold", "get", "getting", "keep", "draw", "pull", "me", "near", "held",
    ];
    WORDS.contains(&word) || word.ends_with("'m") || word.ends_with("'re") || word.ends_with("'s")
}

/// "close the door", "close your eyes".
fn is_object(word: &str) -> bool {
    is_determiner(word) || ["it", "them", "these", "up", "down", "off"].contains(&word)
}

/// "tear it down", "tears us apart".
fn is_torn(word: &str) -> bool {
    const WORDS: [&str; 19] = [
        "it", "me", "us", "down", "apart", "up", "you", "away", "through", "out", "this", "them", "him", "her", "off",
        "into", "my", "the", "your",
    ];
    WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use crate::phone::Phone;
    use crate::pronounce::{Language, pronounce};

    fn phones(text: &str, word: &str) -> String {
        let words = pronounce(text, Language::English);
        let found = words
            .iter()
            .find(|found| found.text.eq_ignore_ascii_case(word))
            .unwrap();
        let phones = found.syllables.iter().flat_map(|syllable| &syllable.phones);
        phones
            .map(|phone: &Phone| format!("{phone:?}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn neighbours_tell_how_a_word_is_meant() {
        for (text, word, expected) in [
            ("the end of the night", "the", "DH IY"),
            ("the song", "the", "DH AX"),
            ("the hour is late", "the", "DH IY"),
            ("the one I love", "the", "DH AX"),
            ("I live for you", "live", "L IH V"),
            ("the live show", "live", "L AY V"),
            ("all of our lives", "lives", "L AY V Z"),
            ("she lives alone", "lives", "L IH V Z"),
            ("I will read your letter", "read", "R IY D"),
            ("the letters I have read", "read", "R EH D"),
            ("the wind is cold", "wind", "W IH N D"),
            ("don't wind me up", "wind", "W AY N D"),
            ("a single tear falls", "tear", "T IH R"),
            ("tear it down", "tear", "T EH R"),
            ("love tears us apart", "tears", "T EH R Z"),
            ("my tears fall", "tears", "T IH R Z"),
            ("take the lead", "lead", "L IY D"),
            ("heavy as lead", "lead", "L EH D"),
            ("close your eyes", "close", "K L OW Z"),
            ("hold me close", "close", "K L OW S"),
            ("so close the stars", "close", "K L OW S"),
            ("it's no use", "use", "Y UW S"),
            ("use me", "use", "Y UW Z"),
            ("we used to dance", "used", "Y UW S T"),
            ("he used me", "used", "Y UW Z D"),
            ("play the record", "record", "R EH K ER D"),
            ("they record it", "record", "R AX K AO R D"),
            ("desert rain", "desert", "D EH Z ER T"),
        ] {
            assert_eq!(phones(text, word), expected, "{text}");
        }
    }
}
