//! Words of any alphabet, by vowel groups. Scripts that do not write vowels get two letters a syllable.

use super::{Syllable, continues, syllable};
use crate::phone::Phone::{self, *};

/// The syllables of a run of letters; none for an empty run.
pub(super) fn syllables(run: &str) -> Vec<Syllable> {
    let letters = clusters(run);
    let nuclei = nuclei(&letters);
    if nuclei.is_empty() {
        return letters
            .chunks(2)
            .map(|pair| syllable(pair.concat(), with_vowel(pair)))
            .collect();
    }
    let mut starts = vec![0];
    starts.extend(nuclei.windows(2).map(|pair| boundary(&letters, pair[0].1, pair[1].0)));
    let ends = starts.iter().copied().skip(1).chain([letters.len()]);
    let spans = starts.iter().copied().zip(ends).zip(&nuclei);
    spans
        .map(|((start, end), &(vowel, _))| {
            let mut phones = Vec::new();
            for (at, letter) in letters[start..end].iter().enumerate() {
                match sound(letter) {
                    Some(phone) if phone.is_vowel() && start + at != vowel => {}
                    Some(phone) => phones.push(phone),
                    None => {}
                }
            }
            syllable(letters[start..end].concat(), one_vowel(phones))
        })
        .collect()
}

/// Each letter with the marks that belong to it.
fn clusters(run: &str) -> Vec<String> {
    let mut clusters: Vec<String> = Vec::new();
    for letter in run.chars() {
        match clusters.last_mut() {
            Some(last) if continues(letter) => last.push(letter),
            _ => clusters.push(letter.to_string()),
        }
    }
    clusters
}

/// Vowel groups as (first, one past the last). Two open vowels, or an accented i or u, make two groups.
fn nuclei(letters: &[String]) -> Vec<(usize, usize)> {
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let Some(vowel) = letter.chars().next().filter(|letter| is_vowel(*letter)) else {
            continue;
        };
        match groups.last_mut() {
            Some((first, end)) if *end == at && !hiatus(&letters[*end - 1], vowel) && at - *first < 3 => *end = at + 1,
            _ => groups.push((at, at + 1)),
        }
    }
    groups
}

fn hiatus(before: &str, vowel: char) -> bool {
    let open = |letter: char| "aeoáéóàèòâêôäöаеоэяёαεοωάέόώ".contains(letter.to_lowercase().next().unwrap_or(letter));
    let accented = |letter: char| "íúìùïüÍÚ".contains(letter);
    let before = before.chars().next().unwrap_or(' ');
    (open(before) && open(vowel) && before != vowel) || accented(before) || accented(vowel)
}

/// Consonants between two vowels: the last goes with the second vowel, and a liquid takes its partner along.
fn boundary(letters: &[String], after: usize, vowel: usize) -> usize {
    let between = vowel - after;
    if between < 2 {
        return after;
    }
    let lower = |at: usize| letters[at].to_lowercase();
    let (first, second) = (lower(vowel - 2), lower(vowel - 1));
    let pairs = matches!(second.as_str(), "l" | "r" | "h" | "р" | "л" | "ρ" | "λ") && first != second;
    let same = first == second && matches!(first.as_str(), "l" | "r");
    if (pairs && !matches!(first.as_str(), "l" | "r" | "n" | "m") || same) || second == "h" {
        vowel - 2
    } else {
        vowel - 1
    }
}

fn is_vowel(letter: char) -> bool {
    sound(letter.encode_utf8(&mut [0; 4])).is_some_and(Phone::is_vowel)
}

fn with_vowel(letters: &[String]) -> Vec<Phone> {
    let mut phones = letters.iter().filter_map(|letter| sound(letter)).collect::<Vec<_>>();
    phones.insert(phones.len().min(1), AA);
    phones
}

fn one_vowel(mut phones: Vec<Phone>) -> Vec<Phone> {
    if !phones.iter().any(|phone| phone.is_vowel()) {
        phones.push(AA);
    }
    phones
}

/// The sound a letter usually has in the languages that write it.
fn sound(letter: &str) -> Option<Phone> {
    let letter = letter.chars().next()?.to_lowercase().next()?;
    Some(match letter {
        'a' | 'á' | 'à' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'а' | 'я' | 'α' | 'ά' => AA,
        'e' | 'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ä' | 'æ' | 'е' | 'э' | 'є' | 'ε' | 'έ' | 'ё' => {
            EH
        }
        'i' | 'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' | 'y' | 'ý' | 'и' | 'і' | 'ї' | 'ы' | 'ι' | 'ί' | 'η' | 'ή' => {
            IY
        }
        'o' | 'ó' | 'ò' | 'ô' | 'õ' | 'ō' | 'ö' | 'ø' | 'ő' | 'о' | 'ο' | 'ό' | 'ω' | 'ώ' | 'ơ' => OW,
        'u' | 'ú' | 'ù' | 'û' | 'ū' | 'ü' | 'ű' | 'ů' | 'у' | 'ю' | 'υ' | 'ύ' | 'ư' => UW,
        'b' | 'б' | 'β' => B,
        'c' | 'k' | 'q' | 'к' | 'κ' => K,
        'ç' | 's' | 'ś' | 'с' | 'σ' | 'ς' => S,
        'ш' | 'щ' | 'š' | 'ş' | 'x' => SH,
        'č' | 'ć' | 'ч' => CH,
        'd' | 'д' | 'δ' => D,
        'f' | 'ф' | 'φ' => F,
        'g' | 'г' | 'ґ' | 'γ' => G,
        'h' | 'х' | 'χ' => HH,
        'j' | 'й' => Y,
        'l' | 'л' | 'λ' | 'ł' => L,
        'm' | 'м' | 'μ' => M,
        'n' | 'ñ' | 'ń' | 'н' | 'ν' => N,
        'p' | 'п' | 'π' | 'ψ' => P,
        'r' | 'ř' | 'р' | 'ρ' => R,
        't' | 'т' | 'τ' | 'ц' => T,
        'θ' | 'þ' => TH,
        'v' | 'в' => V,
        'w' => W,
        'z' | 'ż' | 'ź' | 'з' | 'ζ' => Z,
        'ž' | 'ж' => ZH,
        _ => return None,
    })
}
