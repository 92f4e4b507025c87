//! What the dictionary has wrong for singing, or does not have: reduced words, interjections, contractions.

use super::dictionary::Stressed;
use crate::phone::Phone::*;

/// The phones of a lower-case word that is not sung as the dictionary speaks it.
pub(super) fn phones(word: &str) -> Option<Vec<Stressed>> {
    let phones: &[Stressed] = match word {
        "a" => &[(AH, 0)],
        "the" => &[(DH, 0), (AH, 0)],
        "memory" => &[(M, 0), (EH, 2), (M, 0), (ER, 0), (IY, 0)],
        "every" => &[(EH, 2), (V, 0), (R, 0), (IY, 0)],
        "gonna" => &[(G, 0), (AH, 2), (N, 0), (AH, 0)],
        "wanna" => &[(W, 0), (AA, 2), (N, 0), (AH, 0)],
        "gotta" => &[(G, 0), (AA, 2), (T, 0), (AH, 0)],
        "lemme" => &[(L, 0), (EH, 2), (M, 0), (IY, 0)],
        "kinda" => &[(K, 0), (AY, 2), (N, 0), (D, 0), (AH, 0)],
        "'cause" | "cuz" | "cos" => &[(K, 0), (AH, 1), (Z, 0)],
        "'til" | "til" => &[(T, 0), (IH, 1), (L, 0)],
        "o'er" => &[(AO, 2), (R, 0)],
        "e'er" => &[(EH, 2), (R, 0)],
        "heaven's" => &[(HH, 0), (EH, 2), (V, 0), (AH, 0), (N, 0), (Z, 0)],
        "ooh" | "oo" | "oooh" | "ooo" => &[(UW, 2)],
        "oh" | "ohh" | "o" => &[(OW, 2)],
        "ah" | "aah" | "ahh" | "aaah" => &[(AA, 2)],
        "mm" | "mmm" | "hmm" | "hm" => &[(M, 0), (AH, 2), (M, 0)],
        "yeah" | "yea" => &[(Y, 0), (AE, 2)],
        "whoa" | "woah" | "wo" => &[(W, 0), (OW, 2)],
        "na" | "nah" => &[(N, 0), (AA, 2)],
        "la" | "lah" => &[(L, 0), (AA, 2)],
        "da" | "dah" => &[(D, 0), (AA, 2)],
        "doo" => &[(D, 0), (UW, 2)],
        "sha" => &[(SH, 0), (AA, 2)],
        "hey" | "heyy" => &[(HH, 0), (EY, 2)],
        "uh" => &[(AH, 2)],
        "w" => &[(D, 0), (AH, 2), (B, 0)],
        "lo" => &[(L, 0), (OW, 2)],
        "ya" => &[(Y, 0), (AH, 1)],
        "ok" => &[(OW, 0), (K, 0), (EY, 2)],
        "tonight" => &[(T, 0), (AH, 0), (N, 0), (AY, 2), (T, 0)],
        _ => return None,
    };
    Some(phones.to_vec())
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
        "a", "am", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does",
        "for", "from", "had", "has", "have", "he", "her", "him", "his", "i", "i'll", "i'm", "i've", "if", "in", "is",
        "it", "it's", "its", "let", "me", "my", "no", "nor", "of", "on", "or", "our", "shall", "she", "should", "so",
        "than", "that", "that's", "the", "their", "them", "then", "there", "they", "till", "to", "us", "was", "we",
        "we're", "were", "when", "where", "which", "who", "will", "with", "would", "you", "you're", "your",
    ];
    WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_word_is_found() {
        for word in ["a", "i'm", "let", "till", "your", "the"] {
            assert!(is_function_word(word), "{word}");
        }
        assert!(!is_function_word("night"));
    }
}
