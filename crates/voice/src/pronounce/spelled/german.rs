//! German, by rules that mostly hold; its compounds are read as if they were one word.

use super::Spelling;
use super::rules::Rule;
use crate::phone::Phone;
use crate::pronounce::Syllable;

pub(super) const SPELLING: Spelling = Spelling {
    rules: RULES,
    words: &[
        ("der", "D EH R"),
        ("den", "D EY N"),
        ("dem", "D EY M"),
        ("des", "D EH S"),
        ("er", "EH R"),
        ("her", "HH EH R"),
        ("wer", "V EH R"),
        ("wen", "V EY N"),
        ("wem", "V EY M"),
        ("das", "D AA S"),
        ("was", "V AA S"),
        ("mit", "M IH T"),
        ("hin", "HH IH N"),
        ("bin", "B IH N"),
        ("von", "F AO N"),
        ("vom", "F AO M"),
        ("zum", "T S UH M"),
        ("es", "EH S"),
    ],
    unstressed: "am an auf aus bin bist das dem den der des die du ein er es für hat ich ihr im in ist mein mich mir mit so und \
        uns von war was wie wir zu zum zur dich dir dein sie sich sein",
    accented: "",
    stress,
};

/// The first syllable, or the second after an unstressed prefix; "-ieren" before its last.
fn stress(word: &str, syllables: &[Syllable]) -> usize {
    let last = syllables.len() - 1;
    if word.ends_with("ieren") {
        return 1;
    }
    if word.starts_with("zurück") || word.starts_with("zusammen") {
        return last - 1;
    }
    let prefixed = ["be", "ge", "er", "ver", "zer", "ent", "emp"]
        .iter()
        .any(|prefix| word.starts_with(prefix) && syllables[0].letters.chars().count() == prefix.len());
    let reduced = syllables
        .get(1)
        .is_none_or(|second| second.phones.contains(&Phone::AX) || second.phones.contains(&Phone::ER));
    if prefixed && !reduced { last - 1 } else { last }
}

const RULES: &[Rule] = &[
    ("", "sch", "", "SH"),
    ("", "chs", "", "K S"),
    ("aou", "ch", "", "K"),
    ("", "ch", "", "SH"),
    ("", "ck", "", "K"),
    ("^", "st", "", "SH T"),
    ("^", "sp", "", "SH P"),
    ("", "tz", "", "T S"),
    ("", "zz", "", "T S"),
    ("", "z", "", "T S"),
    ("", "ß", "", "S"),
    ("", "ss", "", "S"),
    ("", "s", "V", "Z"),
    ("", "qu", "", "K V"),
    ("", "ph", "", "F"),
    ("", "th", "", "T"),
    ("", "dt", "", "T"),
    ("", "ng", "", "NG"),
    ("", "nk", "", "NG K"),
    ("", "v", "", "F"),
    ("", "w", "", "V"),
    ("", "j", "", "Y"),
    ("", "ig", "^", "IH SH"),
    // Stops at the end are voiceless.
    ("", "b", "^", "P"),
    ("", "b", "=t^", "P"),
    ("", "b", "=st^", "P"),
    ("", "d", "^", "T"),
    ("", "g", "^", "K"),
    ("", "g", "=t^", "K"),
    ("", "g", "=st^", "K"),
    ("", "ei", "", "AY"),
    ("", "ai", "", "AY"),
    ("", "eu", "", "OY"),
    ("", "äu", "", "OY"),
    ("", "au", "", "AW"),
    ("", "ieh", "", "IY"),
    ("", "ie", "", "IY"),
    ("", "ih", "", "IY"),
    ("", "aa", "", "AA"),
    ("", "ee", "", "EY"),
    ("", "oo", "", "OW"),
    ("", "ah", "", "AA"),
    ("", "eh", "", "EY"),
    ("", "oh", "", "OW"),
    ("", "uh", "", "UW"),
    ("", "äh", "", "EH"),
    ("", "öh", "", "ER"),
    ("", "üh", "", "UW"),
    // Endings.
    ("+", "er", "^", "ER"),
    ("+", "ern", "^", "ER N"),
    ("+", "ert", "^", "ER T"),
    ("+", "en", "^", "AH N"),
    ("+", "el", "^", "AH L"),
    ("+", "em", "^", "AH M"),
    ("+", "es", "^", "AH S"),
    ("+", "et", "^", "AH T"),
    ("+", "e", "^", "AH"),
    ("", "e", "2", "EH"),
    ("", "e", "", "EY"),
    ("", "a", "", "AA"),
    ("", "i", "=r^", "IY"),
    ("", "i", "2", "IH"),
    ("", "i", "", "IY"),
    ("", "o", "2", "AO"),
    ("", "o", "", "OW"),
    ("", "u", "=r^", "UW"),
    ("", "u", "2", "UH"),
    ("", "u", "", "UW"),
    ("", "ä", "", "EH"),
    ("", "ö", "", "ER"),
    ("", "ü", "=r^", "UW"),
    ("", "ü", "2", "IH"),
    ("", "ü", "", "UW"),
    ("", "y", "", "IH"),
    ("", "h", "", "HH"),
    ("ö", "r", "", ""),
    ("", "x", "", "K S"),
    ("", "é", "", "EY"),
    ("", "à", "", "AA"),
];
