//! Grouping phones into syllables and giving each its share of the letters.

use super::dictionary::Stressed;
use super::{Syllable, spelling};
use crate::phone::{Phone, is_onset};

/// The syllables of a word spelled `text` and spoken `phones`.
///
/// Always at least one. Where a word has fewer letters than spoken syllables, only the first is kept, because every
/// syllable shows at least one letter.
pub(super) fn syllables(text: &str, phones: &[Stressed]) -> Vec<Syllable> {
    let mut groups = grouped(phones);
    let letters = text.chars().collect::<Vec<_>>();
    if letters.len() < groups.len() {
        groups.truncate(1);
    }
    let first_phones = groups.iter().map(|group| group.first_phone).collect::<Vec<_>>();
    let plain = phones.iter().map(|phone| phone.0).collect::<Vec<_>>();
    let starts = letter_starts(&letters, &plain, &first_phones);
    let ends = starts.iter().copied().skip(1).chain([letters.len()]);
    let shares = starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| letters[start..end].iter().collect::<String>());
    shares
        .zip(groups)
        .map(|(letters, group)| Syllable {
            letters,
            stress: group.stress,
            phones: group.phones,
            held: 0,
        })
        .collect()
}

struct Group {
    first_phone: usize,
    phones: Vec<Phone>,
    stress: u8,
}

/// Consonants between two vowels go with the second as far as English words can begin with them; after a short
/// stressed vowel the first of several stays ("whis-per").
fn grouped(phones: &[Stressed]) -> Vec<Group> {
    let nuclei = phones
        .iter()
        .enumerate()
        .filter(|(_, phone)| phone.0.is_vowel())
        .map(|(at, _)| at);
    let nuclei = nuclei.collect::<Vec<_>>();
    if nuclei.is_empty() {
        let phones = phones.iter().map(|phone| phone.0).chain([Phone::AH]).collect();
        return vec![Group {
            first_phone: 0,
            phones,
            stress: 2,
        }];
    }
    let mut starts = vec![0];
    for pair in nuclei.windows(2) {
        let between = phones[pair[0] + 1..pair[1]]
            .iter()
            .map(|phone| phone.0)
            .collect::<Vec<_>>();
        let (vowel, stress) = phones[pair[0]];
        let checked = matches!(vowel, Phone::AE | Phone::EH | Phone::IH | Phone::AH | Phone::UH) && stress > 0;
        let least = usize::from(checked && between.len() > 1);
        let coda = (least..=between.len())
            .find(|&coda| is_onset(&between[coda..]))
            .unwrap_or(between.len());
        starts.push(pair[0] + 1 + coda);
    }
    let ends = starts.iter().copied().skip(1).chain([phones.len()]);
    let spans = starts.iter().copied().zip(ends).zip(&nuclei);
    spans
        .map(|((start, end), &nucleus)| Group {
            first_phone: start,
            phones: phones[start..end].iter().map(sung).collect(),
            stress: phones[nucleus].1,
        })
        .collect()
}

/// The neutral vowel has a name of its own where a voice is to sing it.
pub(super) fn sung(phone: &Stressed) -> Phone {
    match *phone {
        (Phone::AH, 0) => Phone::AX,
        (phone, _) => phone,
    }
}

/// Where each syllable's letters begin: strictly ascending, the first at 0.
fn letter_starts(letters: &[char], phones: &[Phone], first_phones: &[usize]) -> Vec<usize> {
    let count = first_phones.len();
    let aligned = spelling::align(letters, phones);
    let mut starts = first_phones.iter().map(|&phone| aligned[phone]).collect::<Vec<_>>();
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    for start in starts.iter_mut().skip(1) {
        let doubled = *start + 1 < letters.len() && letters[*start] == letters[*start + 1];
        let consonant = letters
            .get(*start)
            .is_some_and(|letter| !spelling::is_vowel_letter(*letter));
        if doubled && consonant {
            *start += 1; // "ap-ple" rather than "a-pple"
        }
    }
    let ascending = starts.windows(2).all(|pair| pair[0] < pair[1]);
    if ascending && starts.last().is_none_or(|&last| last < letters.len()) {
        return starts;
    }
    (0..count).map(|index| index * letters.len() / count).collect()
}
