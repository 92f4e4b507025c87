//! Words with a letter written over and over to be held: "sooooo", "loooove", "heyyy".

use super::{Syllable, dictionary, exceptions};

/// A letter as often in a row as this is not spelling, but holding.
const RUN: usize = 3;

/// A letter as often in a row as this is held over one more note.
const HELD_RUN: usize = 5;

/// Words that would be others with their letter doubled ("stop" and "stoop").
const SINGLE: [&str; 24] = [
    "so", "no", "go", "oh", "me", "he", "she", "we", "be", "do", "the", "stop", "more", "come", "lose", "hey", "hell",
    "for", "on", "got", "my", "by", "who", "hot",
];

/// A stretched word without what was added.
pub(super) struct Plain {
    /// Letters in lower case, as the dictionary has them.
    pub(super) word: String,
    /// How many letters of the stretched word each of them stands for.
    counts: Vec<usize>,
}

impl Plain {
    /// The plain word of a stretched one; `None` where no letter stands three times in a row.
    ///
    /// Each run becomes one letter or two, whichever the dictionary knows.
    pub(super) fn of(lower: &str) -> Option<Self> {
        let mut runs: Vec<(char, usize)> = Vec::new();
        for letter in lower.chars() {
            match runs.last_mut() {
                Some((last, count)) if *last == letter => *count += 1,
                _ => runs.push((letter, 1)),
            }
        }
        runs.iter().any(|(_, count)| *count >= RUN).then_some(())?;
        let with = |longest: usize| {
            let mut counts = Vec::new();
            let mut word = String::new();
            for &(letter, count) in &runs {
                let kept = if count >= RUN { longest } else { count };
                word.extend(std::iter::repeat_n(letter, kept));
                counts.extend(std::iter::repeat_n(1, kept - 1));
                counts.push(count + 1 - kept);
            }
            Self { word, counts }
        };
        let (single, double) = (with(1), with(2));
        if SINGLE.contains(&single.word.as_str()) {
            return Some(single);
        }
        let doubled = dictionary::phones(&double.word).is_some() && exceptions::phones(&single.word).is_none();
        Some(if doubled { double } else { single })
    }

    /// The syllables of the plain word with the letters of the stretched one.
    pub(super) fn stretch(&self, syllables: &mut [Syllable], text: &str) {
        let mut letters = text.chars();
        let mut counts = self.counts.iter();
        for syllable in syllables {
            let plain = counts.by_ref().take(syllable.letters.chars().count());
            let runs = plain.copied().collect::<Vec<_>>();
            syllable.letters = letters.by_ref().take(runs.iter().sum()).collect();
            if runs.iter().any(|&run| run >= HELD_RUN) {
                syllable.held = syllable.held.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretched_word_is_the_plain_one() {
        for (stretched, plain) in [
            ("sooooo", "so"),
            ("nooo", "no"),
            ("loooove", "love"),
            ("heyyyy", "hey"),
            ("goood", "good"),
            ("stoooop", "stop"),
            ("yeeeah", "yeah"),
            ("freeee", "free"),
            ("baaaaaby", "baby"),
            ("yesss", "yes"),
            ("alllll", "all"),
            ("meee", "me"),
            ("ohhhhh", "oh"),
            ("pleaseee", "please"),
        ] {
            assert_eq!(Plain::of(stretched).unwrap().word, plain);
        }
        assert!(Plain::of("good").is_none());
    }
}
