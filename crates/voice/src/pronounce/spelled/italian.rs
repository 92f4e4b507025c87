//! Italian.

use super::Spelling;
use super::rules::Rule;
use crate::pronounce::Syllable;

pub(super) const SPELLING: Spelling = Spelling {
    rules: RULES,
    words: &[
        ("ciao", "CH AW"),
        ("i-o", "IY . OW"),
        ("mi-o", "M IY . OW"),
        ("mi-a", "M IY . AA"),
        ("mi-e", "M IY . EH"),
        ("di-o", "D IY . OW"),
        ("ad-di-o", "AA D . D IY . OW"),
        ("zi-o", "T S IY . OW"),
        ("zi-a", "T S IY . AA"),
        ("vi-a", "V IY . AA"),
        ("si-a", "S IY . AA"),
        ("ma-gi-a", "M AA . JH IY . AA"),
        ("bu-gi-a", "B UW . JH IY . AA"),
        ("no-stal-gi-a", "N OW . S T AA L . JH IY . AA"),
        ("e-ner-gi-a", "EH . N EH R . JH IY . AA"),
        ("fol-li-a", "F OW L . L IY . AA"),
        ("al-le-gri-a", "AA L . L EH . G R IY . AA"),
        ("ma-ri-a", "M AA . R IY . AA"),
    ],
    unstressed: "a ad al ai che chi con da dal de dei del di e ed è fra gli ho i il in la le lo ma me mi ne nel non o per se \
        si su sul te ti tra tu un va vi",
    accented: "àèéìòóù",
    stress,
};

/// The last but one, but for endings and common words that are stressed before it.
fn stress(word: &str, _: &[Syllable]) -> usize {
    const ENDINGS: [&str; 17] = [
        "issimo", "issima", "issimi", "issime", "abile", "ibile", "evole", "ebbero", "essero", "assero", "irono",
        "arono", "erono", "avano", "evano", "ivano", "mente",
    ];
    const WORDS: &str = "albero alberi angelo angeli anima anime amano attimo attimi brivido brividi camera cantano \
        chiedere chiudere correre credere cuocere debole domenica edera essere facile difficile fantastico favola giovane \
        giovani isola lacrima lacrime libero libera limite logico macchina magico magica musica \
        nascere numero oceano ordine ospite pagina parlano pallido passano perdere piangere \
        piccolo piccola piccoli popolo povero povera prendere pubblico rendere ridere romantico rompere sabato scegliere scendere accendere spegnere crescere fingere dividere decidere uccidere esistere resistere \
        scrivere secolo semplice sognano solito spirito stringere stupido stupida subito tavola tavolo tenero tenera timido \
        tornano ultimo ultima umido unico unica vedono vivere vivono volano vogliono zucchero dammelo dimmelo parlami \
        baciami amami guardami portami stringimi ballano dicono";
    let ends = ENDINGS.iter().any(|ending| word.ends_with(ending)) && !word.ends_with("mente");
    if ends || WORDS.split_whitespace().any(|listed| listed == word) {
        2
    } else {
        1
    }
}

const RULES: &[Rule] = &[
    ("", "gli", "aeouàéòù", "L Y"),
    ("", "gli", "", "L Y IY"),
    ("", "gn", "", "N Y"),
    ("", "sci", "aeouàòù", "SH"),
    ("", "sc", "eiéèì", "SH"),
    ("", "cci", "aeouàòù", "CH"),
    ("", "cc", "eiéèì", "CH"),
    ("", "ci", "aeouàòù", "CH"),
    ("", "c", "eiéèì", "CH"),
    ("", "cch", "", "K"),
    ("", "ch", "", "K"),
    ("", "ggi", "aeouàòù", "JH"),
    ("", "gg", "eiéèì", "JH"),
    ("", "gi", "aeouàòù", "JH"),
    ("", "g", "eiéèì", "JH"),
    ("", "gh", "", "G"),
    ("", "cqu", "", "K W"),
    ("", "qu", "", "K W"),
    ("", "gu", "aeiouàèéìò", "G W"),
    ("", "zz", "", "T S"),
    ("", "z", "", "T S"),
    ("V", "s", "V", "Z"),
    ("", "s", "bdglmnrv", "Z"),
    ("", "h", "", ""),
    ("", "ai", "C^", "AY"),
    ("", "ei", "C^", "EY"),
    ("", "oi", "C^", "OY"),
    ("", "au", "C^", "AW"),
    ("C", "eu", "", "EH W"),
    ("V", "i", "V", "Y"),
    ("^", "i", "aeouàèéò", "Y"),
    ("sdfn", "i", "=a^", "IY"),
    ("C", "i", "aeouàèéòù", "Y"),
    ("C", "uoi", "", "W OY"),
    ("C", "u", "òo", "W"),
    ("^", "u", "oò", "W"),
    ("", "o", "2", "AO"),
    ("", "a", "", "AA"),
    ("", "à", "", "AA"),
    ("", "e", "", "EH"),
    ("", "è", "", "EH"),
    ("", "é", "", "EY"),
    ("", "i", "", "IY"),
    ("", "ì", "", "IY"),
    ("", "o", "", "OW"),
    ("", "ò", "", "AO"),
    ("", "ó", "", "OW"),
    ("", "u", "", "UW"),
    ("", "ù", "", "UW"),
    ("", "j", "", "Y"),
    ("", "v", "", "V"),
    ("", "w", "", "W"),
    ("", "x", "", "K S"),
    ("", "y", "", "IY"),
];
