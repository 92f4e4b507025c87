//! What the dictionary has wrong for singing, or does not have: reduced words, interjections, contractions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::dictionary::{Stressed, arpabet};
use crate::phone::Phone::*;

/// The phones of a lower-case word that is not sung as the dictionary speaks it.
pub(super) fn phones(word: &str) -> Option<Vec<Stressed>> {
    if let Some(sung) = SUNG.get(word) {
        return Some(sung.clone());
    }
    let unit = repeated(word)?;
    SUNG.get(unit).map(|sung| sung.repeat(word.len() / unit.len()))
}

/// Sings "fire" and "hour" on one note: the dictionary gives their r a syllable of its own.
pub(super) fn contracted(word: &str, mut phones: Vec<Stressed>) -> Vec<Stressed> {
    let spelled = ["ire", "ires", "ired", "our", "ours"]
        .iter()
        .any(|ending| word.ends_with(ending));
    let glide = phones
        .windows(2)
        .position(|pair| matches!(pair, [(AY | AW, _), (ER, 0)]));
    if let (true, Some(at)) = (spelled, glide) {
        phones[at + 1] = (R, 0);
    }
    phones
}

/// Words that carry grammar rather than meaning; they sit on weak beats.
pub(super) fn is_function_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "'cause", "'em", "'n'", "'til", "a", "am", "an", "an'", "and", "are", "as", "at", "be", "been", "but", "by",
        "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "he'd", "he'll", "he's", "her",
        "him", "his", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "is", "it", "it'll", "it's", "its", "let", "may",
        "me", "might", "must", "my", "no", "nor", "of", "on", "or", "our", "shall", "she", "she'd", "she'll", "she's",
        "should", "so", "than", "that", "that's", "the", "their", "them", "then", "there", "there's", "they", "they'd",
        "they'll", "they're", "they've", "till", "to", "us", "was", "we", "we'd", "we'll", "we're", "we've", "were",
        "when", "where", "which", "who", "will", "with", "would", "ya", "you", "you'd", "you'll", "you're", "you've",
        "your",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// What is sung over and over without a space: "lalala" is "la" three times.
fn repeated(word: &str) -> Option<&'static str> {
    const UNITS: [&str; 18] = [
        "la", "na", "da", "ba", "oh", "ah", "ha", "he", "ho", "uh", "hey", "doo", "doot", "sha", "yeah", "ooh", "woah",
        "whoa",
    ];
    let unit = |unit: &&&str| word.len() > unit.len() && word.len().is_multiple_of(unit.len());
    let filled = |unit: &&&str| unit.repeat(word.len() / unit.len()) == word;
    UNITS.iter().filter(unit).find(filled).copied()
}

/// Several spellings of one sound stand in one line.
static SUNG: LazyLock<BTreeMap<&str, Vec<Stressed>>> = LazyLock::new(|| {
    let lines = TABLE
        .iter()
        .flat_map(|(words, phones)| words.split(' ').map(|word| (word, arpabet(phones))));
    lines.collect()
});

const TABLE: &[(&str, &str)] = &[
    // Reduced words.
    ("a", "AH0"),
    ("the", "DH AH0"),
    ("an' 'n' n 'n n'", "AH0 N"),
    ("'em em", "AH0 M"),
    ("'cause cuz cos coz 'cos 'coz 'cuz", "K AH1 Z"),
    ("cause", "K AO1 Z"),
    ("'til til", "T IH1 L"),
    ("ya", "Y AH1"),
    ("o'er", "AO1 R"),
    ("e'er", "EH1 R"),
    ("ne'er", "N EH1 R"),
    ("'tis", "T IH1 Z"),
    ("'twas", "T W AH1 Z"),
    ("o'", "AH0"),
    ("'neath", "N IY1 TH"),
    ("'gainst", "G EH1 N S T"),
    ("'bout", "B AW1 T"),
    ("'fore", "F AO1 R"),
    ("'nother", "N AH1 DH ER0"),
    ("'stead", "S T EH1 D"),
    ("'fraid", "F R EY1 D"),
    ("'most", "M OW1 S T"),
    // Contractions of two or three words.
    ("gonna", "G AH1 N AH0"),
    ("wanna", "W AA1 N AH0"),
    ("gotta", "G AA1 T AH0"),
    ("lemme", "L EH1 M IY0"),
    ("gimme", "G IH1 M IY0"),
    ("kinda", "K AY1 N D AH0"),
    ("sorta", "S AO1 R T AH0"),
    ("outta", "AW1 T AH0"),
    ("lotta", "L AA1 T AH0"),
    ("oughta", "AO1 T AH0"),
    ("hafta", "HH AE1 F T AH0"),
    ("tryna", "T R AY1 N AH0"),
    ("finna", "F IH1 N AH0"),
    ("imma i'ma", "AY1 M AH0"),
    ("ima", "AY1 M AH0"),
    ("boutta", "B AW1 T AH0"),
    ("woulda", "W UH1 D AH0"),
    ("coulda", "K UH1 D AH0"),
    ("shoulda", "SH UH1 D AH0"),
    ("musta", "M AH1 S T AH0"),
    ("mighta", "M AY1 T AH0"),
    ("cha", "CH AH1"),
    ("gotcha", "G AA1 CH AH0"),
    ("whatcha watcha", "W AH1 CH AH0"),
    ("betcha", "B EH1 CH AH0"),
    ("dontcha doncha", "D OW1 N CH AH0"),
    ("wontcha", "W OW1 N CH AH0"),
    ("dunno", "D AH0 N OW1"),
    ("c'mon cmon", "K AH0 M AA1 N"),
    ("y'all ya'll yall", "Y AO1 L"),
    ("ain't aint", "EY1 N T"),
    ("innit", "IH1 N IH0 T"),
    ("d'you", "D Y UW1"),
    // Words of two notes where the dictionary has three, or three where it has two.
    ("memory", "M EH1 M ER0 IY0"),
    ("every ev'ry", "EH1 V R IY0"),
    ("everything ev'rything", "EH1 V R IY0 TH IH2 NG"),
    ("everybody ev'rybody", "EH1 V R IY0 B AA2 D IY0"),
    ("everyone ev'ryone", "EH1 V R IY0 W AH2 N"),
    ("everywhere ev'rywhere", "EH1 V R IY0 W EH2 R"),
    ("everyday", "EH1 V R IY0 D EY1"),
    ("different", "D IH1 F R AH0 N T"),
    ("favorite favourite", "F EY1 V R IH0 T"),
    ("camera", "K AE1 M R AH0"),
    ("heav'n", "HH EH1 V N"),
    ("heaven's", "HH EH1 V AH0 N Z"),
    ("pow'r", "P AW1 R"),
    ("flow'r", "F L AW1 R"),
    ("wand'ring", "W AA1 N D R IH0 NG"),
    ("rememb'ring", "R IH0 M EH1 M B R IH0 NG"),
    ("tonight tonite 2nite", "T AH0 N AY1 T"),
    // Interjections and what is sung without words.
    ("oh o ohh", "OW1"),
    ("ooh oo oooh ooo ou", "UW1"),
    ("ah aah ahh aa aaah aaa", "AA1"),
    ("aw aww awh", "AO1"),
    ("eh", "EH1"),
    ("ay ayy", "EY1"),
    ("ayo", "EY1 OW2"),
    ("uh uhh", "AH1"),
    ("um umm", "AH1 M"),
    ("mm mmm hmm hm mhm hmmm", "M AH1 M"),
    ("huh", "HH AH1"),
    ("uhuh", "AH1 HH AH2"),
    ("yeah yea yeh yeahh yah yeeah", "Y AE1"),
    ("hey", "HH EY1"),
    ("whoa woah wo whoah", "W OW1"),
    ("woo whoo wooo wooh hoo", "W UW1"),
    ("ha hah", "HH AA1"),
    ("na nah", "N AA1"),
    ("la lah", "L AA1"),
    ("da dah", "D AA1"),
    ("ba bah", "B AA1"),
    ("pa", "P AA1"),
    ("ra rah", "R AA1"),
    ("doo du", "D UW1"),
    ("doot", "D UW1 T"),
    ("sha shah", "SH AA1"),
    ("shoop", "SH UW1 P"),
    ("bop", "B AA1 P"),
    ("bum", "B AH1 M"),
    ("shh shhh sh", "SH AH1"),
    ("psst", "P S AH1 T"),
    ("brr brrr", "B ER1"),
    ("grr grrr", "G ER1"),
    ("skrrt skrt", "S K ER1 T"),
    ("lo", "L OW1"),
    ("hallelujah alleluia halleluiah", "HH AE2 L AH0 L UW1 Y AH0"),
    // Words of today, and short forms.
    ("ok okay", "OW0 K EY1"),
    ("bae", "B EY1"),
    ("emoji", "IH0 M OW1 JH IY0"),
    ("tiktok", "T IH1 K T AA2 K"),
    ("wifi", "W AY1 F AY2"),
    ("bitcoin", "B IH1 T K OY2 N"),
    ("nite", "N AY1 T"),
    ("luv", "L AH1 V"),
    ("lovin", "L AH1 V IH0 N"),
    ("beyonce", "B IY0 AO1 N S EY0"),
    ("thru", "TH R UW1"),
    ("tho", "DH OW1"),
    ("bass", "B EY1 S"),
    ("etc", "EH0 T S EH1 T ER0 AH0"),
    ("vs", "V ER1 S AH0 S"),
    ("mr", "M IH1 S T ER0"),
    ("mrs", "M IH1 S IH0 Z"),
    ("dr", "D AA1 K T ER0"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_word_is_found() {
        for word in ["a", "i'm", "let", "till", "your", "the", "'cause", "they've"] {
            assert!(is_function_word(word), "{word}");
        }
        assert!(!is_function_word("night"));
    }

    #[test]
    fn every_exception_is_spelled_in_phones_that_exist() {
        for (words, phones) in TABLE {
            let read = arpabet(phones);
            assert_eq!(read.len(), phones.split(' ').count(), "{words}");
            assert!(read.iter().any(|(phone, _)| phone.is_vowel()), "{words}");
        }
    }

    #[test]
    fn what_is_sung_over_and_over_is_read_as_often() {
        assert_eq!(phones("lalala"), Some(arpabet("L AA1 L AA1 L AA1")));
        assert_eq!(phones("ohohoh"), Some(arpabet("OW1 OW1 OW1")));
        assert_eq!(phones("lalalo"), None);
    }
}
