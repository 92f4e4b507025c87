//! The CMU Pronouncing Dictionary, searched where it lies.

use crate::phone::{CONSONANTS, Phone, VOWELS, named};

/// Sorted by bytes: word, tab, one character a phone. `assets/pack_cmudict.py` explains the characters.
const WORDS: &str = include_str!("../../assets/cmudict.txt");

/// A phone with its stress: 2 main, 1 secondary, 0 none and for every consonant.
pub(super) type Stressed = (Phone, u8);

/// The phones of a lower-case word as it stands in the dictionary.
pub(super) fn phones(word: &str) -> Option<Vec<Stressed>> {
    let line = find(word.as_bytes())?;
    line.iter().map(|&code| unpack(code)).collect()
}

/// Every word with its phones, in the order of the file.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = (&'static str, Vec<Stressed>)> {
    let split = |line: &'static str| line.split_once('\t');
    WORDS
        .lines()
        .filter_map(split)
        .map(|(word, codes)| (word, codes.bytes().filter_map(unpack).collect()))
}

/// The phones of a word or, failing that, of its stem with the ending spoken: "lanterns'", "walkin'", "moonlit's".
pub(super) fn phones_with_endings(word: &str) -> Option<Vec<Stressed>> {
    if let Some(found) = phones(word) {
        return Some(found);
    }
    let bare = word.trim_matches('\'');
    if let Some(stem) = word.strip_suffix("in'")
        && let Some(found) = phones(&format!("{stem}ing"))
    {
        return Some(clipped(found));
    }
    if bare.len() < word.len()
        && let Some(found) = phones(bare)
    {
        return Some(found);
    }
    if let Some(stem) = bare.strip_suffix("in")
        && let Some(found) = phones(&format!("{stem}ing"))
    {
        return Some(clipped(found));
    }
    if let Some(stem) = bare.strip_suffix("'s").or_else(|| bare.strip_suffix('s')) {
        return phones(stem).map(plural);
    }
    if let Some(stem) = bare.strip_suffix("ed") {
        return phones(stem).or_else(|| phones(&format!("{stem}e"))).map(past);
    }
    const ENDINGS: [(&str, &[Stressed]); 4] = [
        ("ing", &[(Phone::IH, 0), (Phone::NG, 0)]),
        ("ly", &[(Phone::L, 0), (Phone::IY, 0)]),
        ("less", &[(Phone::L, 0), (Phone::AH, 0), (Phone::S, 0)]),
        ("ness", &[(Phone::N, 0), (Phone::AH, 0), (Phone::S, 0)]),
    ];
    ENDINGS.iter().find_map(|(ending, sounds)| {
        let mut found = bare
            .strip_suffix(ending)
            .filter(|stem| stem.len() > 2)
            .and_then(phones)?;
        found.extend_from_slice(sounds);
        Some(found)
    })
}

/// "walking" as "walkin'".
fn clipped(mut phones: Vec<Stressed>) -> Vec<Stressed> {
    if let Some(last) = phones.last_mut() {
        *last = (Phone::N, 0);
    }
    phones
}

fn plural(mut stem: Vec<Stressed>) -> Vec<Stressed> {
    use Phone::*;
    match stem.last().map(|last| last.0) {
        Some(S | Z | SH | ZH | CH | JH) => stem.extend([(IH, 0), (Z, 0)]),
        Some(P | T | K | F | TH) => stem.push((S, 0)),
        _ => stem.push((Z, 0)),
    }
    stem
}

fn past(mut stem: Vec<Stressed>) -> Vec<Stressed> {
    use Phone::*;
    match stem.last().map(|last| last.0) {
        Some(T | D) => stem.extend([(IH, 0), (D, 0)]),
        Some(P | K | F | TH | S | SH | CH) => stem.push((T, 0)),
        _ => stem.push((D, 0)),
    }
    stem
}

/// Binary search over lines of unequal length: the middle byte is moved back to the start of its line.
fn find(word: &[u8]) -> Option<&'static [u8]> {
    let bytes = WORDS.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle]
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(low, |at| low + at + 1);
        let end = start + bytes[start..].iter().position(|&byte| byte == b'\n')?;
        let tab = start + bytes[start..end].iter().position(|&byte| byte == b'\t')?;
        match bytes[start..tab].cmp(word) {
            std::cmp::Ordering::Equal => return Some(&bytes[tab + 1..end]),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Phones written as in the dictionary before it is packed: "M EH1 M ER0 IY0".
pub(super) fn arpabet(text: &str) -> Vec<Stressed> {
    let symbols = text.split(' ').filter_map(|symbol| {
        let name = symbol.trim_end_matches(|digit: char| digit.is_ascii_digit());
        let stress = match &symbol[name.len()..] {
            "1" => 2,
            "2" => 1,
            _ => 0,
        };
        Some((named(name)?, stress))
    });
    symbols.collect()
}

/// The phone of one character of the packed dictionary.
pub(super) fn unpack(code: u8) -> Option<Stressed> {
    let index = usize::from(code.checked_sub(b'!')?);
    let stresses = [0, 2, 1];
    match index.checked_sub(VOWELS.len() * 3) {
        None => Some((VOWELS[index / 3], stresses[index % 3])),
        Some(consonant) => CONSONANTS.get(consonant).map(|&phone| (phone, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_dictionary_is_found_and_has_a_vowel() {
        for line in WORDS.lines() {
            let (word, _) = line.split_once('\t').unwrap();
            let phones = phones(word).unwrap_or_else(|| panic!("{word} is lost"));
            assert!(
                phones.iter().all(|(phone, stress)| *stress == 0 || phone.is_vowel()),
                "{word}"
            );
        }
    }

    #[test]
    fn endings_the_dictionary_lacks_are_spoken_after_the_stem() {
        assert_eq!(phones_with_endings("walkin'").unwrap().last(), Some(&(Phone::N, 0)));
        assert_eq!(phones_with_endings("lovin'"), Some(arpabet("L AH1 V IH0 N")));
        assert_eq!(phones_with_endings("walkin").unwrap().last(), Some(&(Phone::N, 0)));
        assert_eq!(phones_with_endings("lanterns'"), phones("lanterns"));
        assert_eq!(phones_with_endings("xyzzyqq"), None);
    }
}
