//! English words the dictionary does not know, spoken by rule: longest spelling first, a silent final e, stress by ending.

use super::dictionary::Stressed;
use super::spelling::is_vowel_letter;
use crate::phone::Phone::{self, *};

/// The phones of a lower-case word of Latin letters. Never empty of vowels.
pub(super) fn phones(word: &str) -> Vec<Stressed> {
    let letters = word.chars().filter(char::is_ascii_alphabetic).collect::<Vec<_>>();
    let mut spoken = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let rest = &letters[at..];
        let (length, sounds) = spelled(rest).unwrap_or_else(|| (1, single(&letters, at)));
        spoken.extend(sounds.iter().copied());
        at += length;
    }
    if !spoken.iter().any(|phone: &Phone| phone.is_vowel()) {
        spoken.insert(spoken.len().min(1), AH);
    }
    stressed(word, &spoken)
}

/// Spellings of several letters, longest first.
const SPELLINGS: [(&str, &[Phone]); 47] = [
    ("tion", &[SH, AH, N]),
    ("sion", &[ZH, AH, N]),
    ("ight", &[AY, T]),
    ("ough", &[OW]),
    ("augh", &[AO]),
    ("ture", &[CH, ER]),
    ("tch", &[CH]),
    ("igh", &[AY]),
    ("eau", &[OW]),
    ("sch", &[SH]),
    ("ch", &[CH]),
    ("sh", &[SH]),
    ("th", &[TH]),
    ("ph", &[F]),
    ("wh", &[W]),
    ("gh", &[G]),
    ("ck", &[K]),
    ("ng", &[NG]),
    ("qu", &[K, W]),
    ("kn", &[N]),
    ("wr", &[R]),
    ("ee", &[IY]),
    ("ea", &[IY]),
    ("ie", &[IY]),
    ("ei", &[EY]),
    ("ey", &[IY]),
    ("ai", &[EY]),
    ("ay", &[EY]),
    ("oa", &[OW]),
    ("oo", &[UW]),
    ("ou", &[AW]),
    ("ow", &[OW]),
    ("oi", &[OY]),
    ("oy", &[OY]),
    ("au", &[AO]),
    ("aw", &[AO]),
    ("ew", &[UW]),
    ("ue", &[UW]),
    ("ui", &[UW]),
    ("ar", &[AA, R]),
    ("er", &[ER]),
    ("ir", &[ER]),
    ("or", &[AO, R]),
    ("ur", &[ER]),
    ("io", &[IY, OW]),
    ("ia", &[IY, AH]),
    ("eo", &[IY, OW]),
];

fn spelled(rest: &[char]) -> Option<(usize, &'static [Phone])> {
    let found = SPELLINGS.iter().find(|(spelling, _)| {
        spelling.len() <= rest.len() && spelling.chars().zip(rest).all(|(wanted, &letter)| wanted == letter)
    });
    if let Some((spelling, sounds)) = found {
        return Some((spelling.len(), sounds));
    }
    let doubled = rest.len() > 1 && rest[0] == rest[1] && !is_vowel_letter(rest[0]);
    doubled.then(|| (2, consonant(rest[0], rest.get(2).copied())))
}

fn single(letters: &[char], at: usize) -> &'static [Phone] {
    let letter = letters[at];
    let next = letters.get(at + 1).copied();
    if !is_vowel_letter(letter) || (letter == 'y' && at == 0) {
        return consonant(letter, next);
    }
    let is_last = next.is_none();
    let others = letters[..at].iter().any(|&other| is_vowel_letter(other));
    match letter {
        'e' if is_last && others => &[],
        'y' if is_last => {
            if others {
                &[IY]
            } else {
                &[AY]
            }
        }
        _ if is_last || before_silent_e(letters, at) => long(letter),
        _ => short(letter),
    }
}

/// A vowel, one consonant and a final e: the vowel is long ("home").
fn before_silent_e(letters: &[char], at: usize) -> bool {
    at + 3 == letters.len() && !is_vowel_letter(letters[at + 1]) && letters[at + 2] == 'e'
}

fn long(letter: char) -> &'static [Phone] {
    match letter {
        'a' => &[EY],
        'e' => &[IY],
        'i' | 'y' => &[AY],
        'o' => &[OW],
        _ => &[UW],
    }
}

fn short(letter: char) -> &'static [Phone] {
    match letter {
        'a' => &[AE],
        'e' => &[EH],
        'i' | 'y' => &[IH],
        'o' => &[AA],
        _ => &[AH],
    }
}

fn consonant(letter: char, next: Option<char>) -> &'static [Phone] {
    let soft = matches!(next, Some('e' | 'i' | 'y'));
    match letter {
        'b' => &[B],
        'c' if soft => &[S],
        'd' => &[D],
        'f' => &[F],
        'g' if soft => &[JH],
        'g' => &[G],
        'h' => &[HH],
        'j' => &[JH],
        'l' => &[L],
        'm' => &[M],
        'n' => &[N],
        'p' => &[P],
        'r' => &[R],
        's' => &[S],
        't' => &[T],
        'v' => &[V],
        'w' => &[W],
        'x' => &[K, S],
        'y' => &[Y],
        'z' => &[Z],
        _ => &[K],
    }
}

/// Endings that fix the stress, counted in syllables from the end; otherwise the first of two, the third last of more.
fn stressed(word: &str, phones: &[Phone]) -> Vec<Stressed> {
    let count = phones.iter().filter(|phone| phone.is_vowel()).count();
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    let unstressed_start = ["re", "be", "de", "a", "un", "en", "ex"]
        .iter()
        .any(|prefix| word.starts_with(prefix));
    let from_end = if ends_in(&["tion", "sion", "ic", "ics"]) {
        2
    } else if ends_in(&["ee", "eer", "ette", "oon"]) || (count == 2 && unstressed_start) {
        1
    } else {
        count.min(3)
    };
    let main = count.saturating_sub(from_end);
    let mut vowel = 0;
    phones
        .iter()
        .map(|&phone| {
            if !phone.is_vowel() {
                return (phone, 0);
            }
            vowel += 1;
            (phone, if vowel == main + 1 { 2 } else { 0 })
        })
        .collect()
}
