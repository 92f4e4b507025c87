//! Which words in capitals are said letter by letter: "DJ", "NYC", "U.S.A."

use super::dictionary;

/// Never said as a word.
const ALWAYS: [&str; 54] = [
    "ABC", "ATL", "ATM", "BBC", "BFF", "BMW", "BPM", "CD", "CDS", "CEO", "CIA", "CNN", "DC", "DJ", "DM", "DMS", "DNA",
    "DVD", "EP", "FBI", "FM", "GPS", "GTA", "HBO", "IDK", "IQ", "JFK", "LAX", "LP", "LSD", "MC", "MTV", "NBA", "NFL",
    "NJ", "NY", "NYC", "OMG", "PC", "RIP", "SOS", "SUV", "TNT", "TV", "UFO", "UFOS", "UK", "USA", "VHS", "VIP", "WTF",
    "XO", "XXX", "XYZ",
];

/// Said as a word where everything is in capitals, or meant as one where it is not.
const AMONG_SMALL_LETTERS: [&str; 6] = ["AC", "AI", "AM", "ID", "LA", "PM"];

/// Whether `word`, letters only, is said letter by letter; `shouted` where all of the text is in capitals.
pub(super) fn are_said(word: &str, shouted: bool) -> bool {
    let capitals = word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    if !capitals {
        return false;
    }
    let vowelless =
        || !word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) && dictionary::phones(&word.to_lowercase()).is_none();
    ALWAYS.contains(&word)
        || (!shouted && AMONG_SMALL_LETTERS.contains(&word))
        || (word.len() <= 5 && !is_sound(word) && vowelless())
}

/// "MMM" and "SHH" are sounds.
fn is_sound(word: &str) -> bool {
    let runs = word.as_bytes().windows(2).any(|pair| pair[0] == pair[1]);
    runs || matches!(word, "HM" | "SH" | "MR" | "MRS" | "DR" | "VS")
}

/// Letters with a point after each, as "U.S.A."
pub(super) fn are_pointed(word: &str) -> bool {
    let bytes = word.as_bytes();
    let pairs = bytes
        .chunks(2)
        .filter(|pair| pair[0].is_ascii_alphabetic() && pair.get(1).is_none_or(|&point| point == b'.'));
    bytes.len() > 2 && pairs.count() == bytes.len().div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_that_are_no_word_are_said_letter_by_letter() {
        for (word, shouted, said) in [
            ("DJ", true, true),
            ("LA", false, true),
            ("LA", true, false),
            ("LOVE", false, false),
            ("BTS", false, true),
            ("I", false, false),
            ("MMM", false, false),
            ("dj", false, false),
        ] {
            assert_eq!(are_said(word, shouted), said, "{word}");
        }
        assert!(are_pointed("U.S.A.") && are_pointed("L.A"));
        assert!(!are_pointed("a.") && !are_pointed("end.Now"));
    }
}
