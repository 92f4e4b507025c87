//! Spanish, as in Latin America.

use super::Spelling;
use super::rules::Rule;
use crate::pronounce::Syllable;

pub(super) const SPELLING: Spelling = Spelling {
    rules: RULES,
    words: &[
        ("y", "IY"),
        ("mé-xi-co", "M EH . HH IY . K OW"),
        ("me-xi-ca-no", "M EH . HH IY . K AA . N OW"),
    ],
    unstressed: "a al con de del e el en es la las le les lo los me mi mis ni o por que se si sin su sus te tu tus u un y",
    accented: "áéíóú",
    stress,
};

/// The last but one after a vowel, n or s, otherwise the last (Real Academia Española: "Ortografía", 2010).
fn stress(word: &str, _: &[Syllable]) -> usize {
    usize::from(word.ends_with(['a', 'e', 'i', 'o', 'u', 'n', 's']))
}

const RULES: &[Rule] = &[
    ("", "ch", "", "CH"),
    ("", "ll", "", "Y"),
    ("", "rr", "", "R"),
    ("", "ñ", "", "N Y"),
    ("", "qui", "eéoó", "K Y"),
    ("", "qu", "eiéí", "K"),
    ("", "gü", "eiéí", "G W"),
    ("", "gui", "eéoó", "G Y"),
    ("", "gu", "eiéí", "G"),
    ("", "gu", "aoáó", "G W"),
    ("", "g", "eiéí", "HH"),
    ("", "j", "^", ""),
    ("", "j", "", "HH"),
    ("", "sc", "eiéí", "S"),
    ("", "cc", "eiéí", "K S"),
    ("", "c", "eiéí", "S"),
    ("", "z", "", "S"),
    ("", "hu", "aeáé", "W"),
    ("", "hi", "eé", "Y"),
    ("", "h", "", ""),
    ("^", "x", "", "S"),
    ("", "x", "", "K S"),
    ("V", "d", "V", "DH"),
    ("", "v", "", "B"),
    ("", "w", "", "W"),
    // Diphthongs, then the glides before a vowel.
    ("", "ai", "C^", "AY"),
    ("", "ay", "C^", "AY"),
    ("", "ái", "C^", "AY"),
    ("", "ei", "C^", "EY"),
    ("", "ey", "C^", "EY"),
    ("", "éi", "C^", "EY"),
    ("", "oi", "C^", "OY"),
    ("", "oy", "C^", "OY"),
    ("", "ói", "C^", "OY"),
    ("", "au", "C^", "AW"),
    ("", "áu", "C^", "AW"),
    ("", "eu", "C^", "EH W"),
    ("", "éu", "C^", "EH W"),
    ("", "uy", "^", "UW Y"),
    ("C", "ui", "", "W IY"),
    ("C", "iu", "", "Y UW"),
    ("C", "i", "aeoáéó", "Y"),
    ("C", "u", "aeoáéóí", "W"),
    ("", "y", "C^", "IY"),
    ("", "y", "", "Y"),
    ("", "o", "2", "AO"),
    ("", "a", "", "AA"),
    ("", "á", "", "AA"),
    ("", "e", "", "EH"),
    ("", "é", "", "EH"),
    ("", "i", "", "IY"),
    ("", "í", "", "IY"),
    ("", "o", "", "OW"),
    ("", "ó", "2", "AO"),
    ("", "ó", "", "OW"),
    ("", "u", "", "UW"),
    ("", "ú", "", "UW"),
    ("", "ü", "", "UW"),
];
