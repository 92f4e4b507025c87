//! Numbers in figures and in words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use busker_voice::pronounce::cardinal;

use super::prompt::Prompt;

/// The largest number that is read in words.
const LARGEST: u32 = 400;

/// Every number up to [`LARGEST`] as it is said.
static SPELLED: LazyLock<BTreeMap<String, u32>> =
    LazyLock::new(|| (1..=LARGEST).map(|number| (cardinal(number), number)).collect());

/// A number at `at` and how many words it takes: "92.5", "ninety", "one hundred and twenty", "a hundred five".
pub(super) fn number(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    figure(prompt.at(at))
        .map(|value| (value, 1))
        .or_else(|| spelled(prompt, at))
}

/// A number in digits.
pub(super) fn figure(text: &str) -> Option<f64> {
    text.starts_with(|sign: char| sign.is_ascii_digit())
        .then(|| text.parse::<f64>().ok())?
        .filter(|value| value.is_finite())
}

fn spelled(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    const MOST_WORDS: usize = 5;
    let hundred_follows = prompt.at(at + 1) == "hundred";
    (1..=MOST_WORDS).rev().find_map(|length| {
        let words = (at..at + length).map(|at| prompt.at(at)).collect::<Vec<_>>();
        if words.last().is_some_and(|last| last.is_empty() || *last == "and") {
            return None;
        }
        let spoken = words.iter().enumerate().filter_map(|(place, word)| match *word {
            "a" if place == 0 && hundred_follows => Some("one"),
            "and" if place == 2 => None,
            word => Some(word),
        });
        let said = spoken.collect::<Vec<_>>().join(" ");
        SPELLED.get(&said).map(|value| (f64::from(*value), length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_figures_and_in_words() {
        for (text, value, length) in [
            ("92.5", 92.5, 1),
            ("ninety", 90.0, 1),
            ("ninety-five bpm", 95.0, 2),
            ("one hundred and twenty bpm", 120.0, 4),
            ("a hundred five", 105.0, 3),
            ("two hundred", 200.0, 2),
        ] {
            assert_eq!(number(&Prompt::read(text), 0), Some((value, length)), "{text}");
        }
        assert_eq!(number(&Prompt::read("a song"), 0), None);
        assert_eq!(number(&Prompt::read("infinity"), 0), None);
    }
}
