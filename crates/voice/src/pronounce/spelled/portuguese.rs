//! Portuguese, as in Brazil.

use super::Spelling;
use super::rules::Rule;
use crate::pronounce::Syllable;

pub(super) const SPELLING: Spelling = Spelling {
    rules: RULES,
    words: &[
        ("e", "IY"),
        ("o", "UW"),
        ("os", "UW S"),
        ("mui-to", "M UW Y N . T UW"),
        ("mui-ta", "M UW Y N . T AA"),
    ],
    unstressed: "a ao as com da das de do dos e é em eu lhe me meu na nas no nos o os ou para pra por que se seu sem te teu um",
    accented: "áâãéêíóôõú",
    stress,
};

/// The last after i, u, their nasals, l, r, z and x, otherwise the last but one.
fn stress(word: &str, _: &[Syllable]) -> usize {
    let word = word.strip_suffix('s').unwrap_or(word);
    let last = word.ends_with(['i', 'u', 'l', 'r', 'z', 'x'])
        || word.ends_with("im")
        || word.ends_with("um")
        || word.ends_with("om");
    usize::from(!last)
}

const RULES: &[Rule] = &[
    ("", "lh", "", "L Y"),
    ("", "nh", "", "N Y"),
    ("", "ch", "", "SH"),
    ("", "rr", "", "HH"),
    ("^nls", "r", "", "HH"),
    ("", "ss", "", "S"),
    ("", "sc", "eiéíê", "S"),
    ("", "ç", "", "S"),
    ("", "c", "eiéíêy", "S"),
    ("", "que", "^", "K IY"),
    ("", "qu", "eiéíê", "K"),
    ("", "qu", "", "K W"),
    ("", "gue", "^", "G IY"),
    ("", "gu", "eiéíê", "G"),
    ("", "gu", "aoáãâ", "G W"),
    ("", "g", "eiéíê", "ZH"),
    ("", "j", "", "ZH"),
    ("=^e", "x", "V", "Z"),
    ("", "x", "", "SH"),
    ("V", "s", "V", "Z"),
    ("", "z", "^", "S"),
    ("", "h", "", ""),
    ("", "t", "ií", "CH"),
    ("", "t", "=e^", "CH"),
    ("", "t", "=es^", "CH"),
    ("", "d", "ií", "JH"),
    ("", "d", "=e^", "JH"),
    ("", "d", "=es^", "JH"),
    // Nasal vowels.
    ("", "ão", "", "AW N"),
    ("", "ãe", "", "AY N"),
    ("", "õe", "", "OY N"),
    ("", "ã", "", "AH1 N"),
    ("C", "am", "^", "AW N"),
    ("", "em", "^", "EY N"),
    ("", "ém", "^", "EY N"),
    ("", "êm", "^", "EY N"),
    ("", "ens", "^", "EY N S"),
    ("", "éns", "^", "EY N S"),
    ("iou", "m", "^", "N"),
    // Diphthongs; l after a vowel is one of their ends.
    ("", "ai", "", "AY"),
    ("", "ei", "", "EY"),
    ("", "éi", "", "EY"),
    ("", "oi", "", "OY"),
    ("", "ói", "", "OY"),
    ("", "ou", "", "OW"),
    ("", "au", "", "AW"),
    ("", "al", "Xmn", "AW"),
    ("", "ál", "Xmn", "AW"),
    ("", "eu", "", "EH W"),
    ("", "éu", "", "EH W"),
    ("", "iu", "^", "IY W"),
    ("", "ui", "", "UW Y"),
    ("", "ol", "Xmn", "OW"),
    ("V", "l", "Xmn", "W"),
    ("C", "e", "^", "IY"),
    ("C", "e", "=s^", "IY"),
    ("CV", "o", "^", "UW"),
    ("CV", "o", "=s^", "UW"),
    ("", "o", "mn", "OW"),
    ("", "o", "2", "AO"),
    ("", "a", "", "AA"),
    ("", "á", "", "AA"),
    ("", "à", "", "AA"),
    ("", "â", "", "AH1"),
    ("", "e", "", "EH"),
    ("", "é", "", "EH"),
    ("", "ê", "", "EY"),
    ("", "i", "", "IY"),
    ("", "í", "", "IY"),
    ("", "o", "", "OW"),
    ("", "ó", "", "AO"),
    ("", "ô", "", "OW"),
    ("", "õ", "", "OW N"),
    ("", "u", "", "UW"),
    ("", "ú", "", "UW"),
    ("", "ü", "", "W"),
    ("", "y", "", "IY"),
    ("", "v", "", "V"),
    ("", "w", "", "W"),
    ("", "z", "", "Z"),
];
