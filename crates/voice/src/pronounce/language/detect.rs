//! Telling languages apart by their words and letters.

use super::Language;
use super::words::{LISTED, common_in};
use crate::pronounce::scripts::{is_ideograph, kana};
use crate::pronounce::{dictionary, tokens};

/// How much speaks for each listed language, and what it was asked of.
struct Evidence {
    scores: [f32; LISTED.len()],
    words: usize,
    /// Words that the English dictionary has.
    known: usize,
    kana: usize,
    ideographs: usize,
    /// Letters of any script.
    letters: usize,
    latin: usize,
}

pub(super) fn language(text: &str) -> Language {
    let evidence = Evidence::of(text);
    if let Some(language) = evidence.by_script() {
        return language;
    }
    let english = evidence.scores[0];
    let (score, best) = evidence.best_but_english();
    // Most of what is sung in any language is common words.
    let enough = score >= 0.2 * evidence.words as f32 && score >= 1.0;
    if enough && score > english {
        best
    } else if evidence.known * 2 >= evidence.words {
        Language::English
    } else if enough {
        best
    } else {
        Language::Other
    }
}

pub(super) fn part(song: Language, text: &str) -> Language {
    let evidence = Evidence::of(text);
    match evidence.by_script() {
        Some(Language::Japanese) => return Language::Japanese,
        Some(_) => return song, // letters of no language listed are read alike in all of them
        None => {}
    }
    let scores = LISTED.iter().zip(evidence.scores);
    let own = scores
        .clone()
        .find(|(language, _)| **language == song)
        .map_or(0.0, |(_, score)| score);
    let (best, score) = scores.fold(
        (song, 0.0),
        |best, (&language, score)| {
            if score > best.1 { (language, score) } else { best }
        },
    );
    let strong = score >= 3.5 && score >= 2.0 * own && score >= 0.4 * evidence.words as f32;
    if strong { best } else { song }
}

/// Letters that only one or two of the languages have.
pub(super) fn by_letters(word: &str) -> Language {
    let has = |letters: &str| word.to_lowercase().contains(|letter| letters.contains(letter));
    if has("ãõ") {
        Language::Portuguese
    } else if has("ñáíóú") {
        Language::Spanish
    } else if has("ßäö") {
        Language::German
    } else if has("çœêèâàîôûëéï") {
        Language::French
    } else if has("ìò") {
        Language::Italian
    } else if has("ü") {
        Language::German
    } else {
        Language::Other
    }
}

impl Evidence {
    fn of(text: &str) -> Self {
        let mut evidence = Self {
            scores: [0.0; LISTED.len()],
            words: 0,
            known: 0,
            kana: 0,
            ideographs: 0,
            letters: 0,
            latin: 0,
        };
        for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
            evidence.letters += 1;
            evidence.kana += usize::from(kana::is_kana(letter));
            evidence.ideographs += usize::from(is_ideograph(letter));
            evidence.latin += usize::from(letter.is_ascii_alphabetic() || ('À'..='ɏ').contains(&letter));
        }
        for token in tokens::tokens(text, Language::English) {
            evidence.add(&token.text.to_lowercase().replace('’', "'"));
        }
        evidence
    }

    fn add(&mut self, word: &str) {
        self.words += 1;
        let known = dictionary::phones_with_endings(word).is_some();
        self.known += usize::from(known);
        let common = common_in(word);
        let shared = common.iter().filter(|common| **common).count().max(1) as f32;
        for (score, common) in self.scores.iter_mut().zip(common) {
            if common {
                *score += 0.5 + 0.5 / shared;
            }
        }
        let uncommon = !common.contains(&true);
        if known && uncommon && word.len() > 2 {
            self.scores[0] += 0.4;
        }
        for (score, marks) in self.scores.iter_mut().zip(MARKS) {
            let has_letter = word.contains(|letter| marks.letters.contains(letter));
            let has_ending = uncommon && !known && marks.endings.split(' ').any(|ending| word.ends_with(ending));
            let has_beginning = marks
                .beginnings
                .split(' ')
                .any(|beginning| !beginning.is_empty() && word.starts_with(beginning));
            *score += if has_letter { 0.5 } else { 0.0 } + if has_ending || has_beginning { 0.4 } else { 0.0 };
        }
    }

    /// Japanese, or nothing that the rules for Latin letters read.
    fn by_script(&self) -> Option<Language> {
        if self.kana * 4 >= self.letters && self.kana > 0 {
            return Some(Language::Japanese);
        }
        (self.latin * 2 < self.letters).then_some(Language::Other)
    }

    fn best_but_english(&self) -> (f32, Language) {
        let scores = self.scores.iter().zip(LISTED).skip(1);
        scores.fold((0.0, Language::Other), |best, (&score, language)| {
            if score > best.0 { (score, language) } else { best }
        })
    }
}

/// Marks of words that are not listed.
struct Marks {
    letters: &'static str,
    endings: &'static str,
    beginnings: &'static str,
}

const MARKS: [Marks; LISTED.len()] = [
    Marks {
        letters: "",
        endings: "ing ed n't 'll 've 's in'",
        beginnings: "",
    },
    Marks {
        letters: "ñáíóú",
        endings: "ción ando iendo ado idad ito ita ar er ir os as",
        beginnings: "",
    },
    Marks {
        letters: "èìòù",
        endings: "zione ando endo are ere ire ato uto ita ezza iamo ai zza sse tto tta llo lla",
        beginnings: "l' un' dell' nell' all' dall' c'è",
    },
    Marks {
        letters: "ãõçâêôáóí",
        endings: "ção ando endo indo ado inho inha eiro eira ar er ir ou ei ões",
        beginnings: "",
    },
    Marks {
        letters: "äöüß",
        endings: "en ung cht sch er keit heit est lich te",
        beginnings: "ge sch ver",
    },
    Marks {
        letters: "çèêëîïûœàù",
        endings: "eux eau ons ez ent er oir ais ait elle ette tion eur ée és",
        beginnings: "l' d' j' c' n' s' t' m' qu'",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_lyrics_are_told_apart() {
        for (text, expected) in [
            ("Paper boats along the gutter line", Language::English),
            ("Neon rivers burning bright", Language::English),
            ("La la la, oh yeah", Language::English),
            ("Mi amor, I will wait for you tonight", Language::English),
            ("Che sarà, sarà, whatever will be will be", Language::English),
            ("", Language::English),
            ("Eres mi corazón, siempre serás", Language::Spanish),
            ("Quiero bailar contigo esta noche", Language::Spanish),
            ("La luna sobre el mar", Language::Spanish),
            ("Volare, cantare, nel blu dipinto di blu", Language::Italian),
            ("Ti amo, non ho che te nel mio cuore", Language::Italian),
            ("Eu não vou te esquecer, meu coração", Language::Portuguese),
            ("Olha que coisa mais linda, mais cheia de graça", Language::Portuguese),
            ("Ich liebe dich so sehr in dieser Nacht", Language::German),
            (
                "Über den Wolken muss die Freiheit wohl grenzenlos sein",
                Language::German,
            ),
            ("Je t'aime encore, mon amour, sous la pluie", Language::French),
            ("Non, rien de rien, je ne regrette rien", Language::French),
            ("さくら さくら", Language::Japanese),
            ("君の名前を呼ぶ", Language::Japanese),
            ("Я тебя люблю", Language::Other),
            ("我愛你", Language::Other),
            ("사랑해", Language::Other),
            ("Ik hou zoveel van jou mijn schatje", Language::Other),
        ] {
            assert_eq!(language(text), expected, "{text}");
        }
    }

    #[test]
    fn a_part_is_in_another_language_only_if_it_clearly_is() {
        for (song, text, expected) in [
            (Language::English, "Te quiero más que ayer, mi vida", Language::Spanish),
            (Language::English, "Mi amor", Language::English),
            (Language::English, "Oh la la, mon amour", Language::English),
            (Language::Spanish, "Baby I will never let you go", Language::English),
            (Language::Spanish, "Oh yeah", Language::Spanish),
            (
                Language::Japanese,
                "I love you, stay with me tonight",
                Language::English,
            ),
            (Language::English, "さくら", Language::Japanese),
            (Language::English, "Люблю тебя", Language::English),
        ] {
            assert_eq!(part(song, text), expected, "{text}");
        }
    }
}
