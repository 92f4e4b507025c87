//! Reading letters by rules with the letters around them (Elovitz et al.: "Letter-to-sound rules for automatic translation
//! of English text to phonetics", 1976, has the form), and dividing what was read into syllables.

use crate::phone::Phone;
use crate::pronounce::syllabify::sung;
use crate::pronounce::{Syllable, dictionary};

/// What stands before, the letters, what stands after, and the phones.
///
/// An AH without a figure is the neutral vowel. Before and after: nothing fits all; otherwise each character is an alternative. `^` is the edge of the word, `V` a
/// vowel, `+` any vowel further off as well, `C` a consonant, `X` a consonant that is not n, m or h, or the edge, `2` a consonant before another or before
/// the edge; a small letter is itself. After `=` stand letters that must follow in this order, `^` among them.
pub(super) type Rule = (&'static str, &'static str, &'static str, &'static str);

/// What these letters are in every one of the languages, where none of its own rules fits.
const COMMON: [Rule; 14] = [
    ("", "b", "", "B"),
    ("", "c", "", "K"),
    ("", "d", "", "D"),
    ("", "f", "", "F"),
    ("", "g", "", "G"),
    ("", "k", "", "K"),
    ("", "l", "", "L"),
    ("", "m", "", "M"),
    ("", "n", "", "N"),
    ("", "p", "", "P"),
    ("", "q", "", "K"),
    ("", "r", "", "R"),
    ("", "s", "", "S"),
    ("", "t", "", "T"),
];

/// Letters that are read together.
pub(super) struct Unit {
    pub(super) letters: usize,
    /// At most one is a vowel.
    pub(super) phones: Vec<Phone>,
}

impl Unit {
    fn is_nucleus(&self) -> bool {
        self.phones.iter().any(|phone| phone.is_vowel())
    }
}

/// Reads a word of lower-case letters by a language's own rules and those it shares; `None` where no rule fits a letter.
pub(super) fn units(word: &str, rules: &[Rule]) -> Option<Vec<Unit>> {
    let letters = word.chars().collect::<Vec<_>>();
    let mut units = Vec::new();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let fits = |(before, spelling, after, _): &&Rule| {
            let length = spelling.chars().count();
            spelling.chars().eq(letters[at..].iter().copied().take(length))
                && is_before(before, &letters[..at])
                && is_after(after, &letters[at + length..])
        };
        let unit = match rules.iter().chain(&COMMON).find(fits) {
            Some((_, spelling, _, phones)) => Unit {
                letters: spelling.chars().count(),
                phones: dictionary::arpabet(phones).iter().map(sung).collect(),
            },
            None if letter.is_alphabetic() => return None,
            None => Unit {
                letters: 1,
                phones: Vec::new(),
            },
        };
        let doubled = unit.letters == 1 && is_consonant(letter) && letters.get(at + 1) == Some(&letter);
        let letters = if doubled { 2 } else { unit.letters };
        at += letters;
        units.push(Unit { letters, ..unit });
    }
    Some(units)
}

fn is_before(wanted: &str, before: &[char]) -> bool {
    if let Some(order) = wanted.strip_prefix('=') {
        let mut place = before.iter().rev();
        return order.chars().rev().all(|mark| match (mark, place.next()) {
            ('^', None) => true,
            (mark, Some(letter)) => mark == *letter,
            _ => false,
        });
    }
    let last = before.last().copied();
    let later = wanted.contains('+') && before.iter().copied().any(is_vowel);
    wanted.is_empty() || later || wanted.chars().any(|mark| is_neighbour(mark, last, None))
}

fn is_after(wanted: &str, after: &[char]) -> bool {
    if let Some(order) = wanted.strip_prefix('=') {
        let mut place = after.iter().filter(|letter| letter.is_alphabetic());
        return order.chars().all(|mark| match (mark, place.next()) {
            ('^', None) => true,
            (mark, Some(letter)) => mark == *letter,
            _ => false,
        });
    }
    let first = after.first().copied().filter(|letter| letter.is_alphabetic());
    let second = after.get(1).copied().filter(|letter| letter.is_alphabetic());
    wanted.is_empty() || wanted.chars().any(|mark| is_neighbour(mark, first, second))
}

fn is_neighbour(mark: char, letter: Option<char>, beyond: Option<char>) -> bool {
    match (mark, letter) {
        ('^', letter) => letter.is_none(),
        ('X', None) => true,
        ('X', Some(letter)) => is_consonant(letter) && !matches!(letter, 'n' | 'm' | 'h'),
        ('V', Some(letter)) => is_vowel(letter),
        ('C', Some(letter)) => is_consonant(letter),
        ('2', Some(letter)) => is_consonant(letter) && beyond.is_none_or(is_consonant),
        (mark, Some(letter)) => mark == letter,
        (_, None) => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouyáéíóúàèìòùâêîôûäëïöüãõæœ".contains(letter)
}

fn is_consonant(letter: char) -> bool {
    letter.is_alphabetic() && !is_vowel(letter)
}

/// The syllables of a word read as `units`, none stressed; none where there is no vowel.
///
/// The last consonant between two vowels goes with the second, with the stop before a liquid and whatever is before a
/// glide.
pub(super) fn syllables(text: &str, units: &[Unit]) -> Vec<Syllable> {
    let nuclei = units.iter().enumerate().filter(|(_, unit)| unit.is_nucleus());
    let nuclei = nuclei.map(|(at, _)| at).collect::<Vec<_>>();
    let mut starts = vec![0];
    starts.extend(nuclei.windows(2).map(|pair| boundary(units, pair[0] + 1, pair[1])));
    let ends = starts.iter().copied().skip(1).chain([units.len()]);
    let mut letters = text.chars();
    let divided = starts.iter().zip(ends).zip(&nuclei).map(|((&start, end), _)| {
        let count = units[start..end].iter().map(|unit| unit.letters).sum();
        Syllable {
            letters: letters.by_ref().take(count).collect(),
            stress: 0,
            phones: units[start..end]
                .iter()
                .flat_map(|unit| &unit.phones)
                .copied()
                .collect(),
            held: 0,
        }
    });
    divided.collect()
}

/// Where the syllable of the nucleus at `end` begins, the one before it ending at `start` or later.
fn boundary(units: &[Unit], start: usize, end: usize) -> usize {
    use Phone::*;
    let sounding = |before: usize| (start..before).rev().find(|&at| !units[at].phones.is_empty());
    let first = |at: usize| units[at].phones[0];
    let nucleus_glides = matches!(first(end), W | Y);
    let mut from = end;
    let mut wanted = true;
    let mut glide = nucleus_glides;
    while wanted || glide {
        let Some(at) = sounding(from).filter(|&at| first(at) != NG) else {
            break;
        };
        let liquid = matches!(first(at), L | R) && units[at].phones.len() == 1;
        glide = matches!(first(at), W | Y);
        from = at;
        wanted = glide;
        if liquid && let Some(stop) = sounding(at).filter(|&stop| matches!(first(stop), P | B | T | D | K | G | F | V))
        {
            from = stop;
        }
    }
    from
}
