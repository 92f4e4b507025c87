//! What no song repeats after a prompt.

use super::stock::STOCK;

/// Endings that make another form of the same word.
const ENDINGS: [&str; 8] = ["", "s", "es", "ed", "ing", "in", "er", "y"];

/// Whether every word of `text` may be sung to anybody.
pub(super) fn is_clean(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    !words.map(str::to_lowercase).any(|word| is_rude(&word))
}

fn is_rude(word: &str) -> bool {
    STOCK.unsaid.iter().any(|rude| {
        let Some(ending) = word.strip_prefix(rude.as_str()) else {
            return false;
        };
        let last = rude.chars().last().unwrap_or_default();
        ENDINGS.contains(&ending)
            || ending
                .strip_prefix(last)
                .is_some_and(|ending| ENDINGS.contains(&ending))
    })
}

#[cfg(test)]
mod tests {
    use super::is_clean;

    #[test]
    fn rude_words_are_found_in_every_form_and_decent_ones_left_alone() {
        for rude in [
            "what a shit day",
            "Fucking great",
            "the BITCHES",
            "shitty",
            "a slutty one",
        ] {
            assert!(!is_clean(rude), "{rude}");
        }
        for decent in [
            "the grass",
            "class of Essex",
            "a cocktail",
            "Dickens",
            "my skill",
            "the assassin's title",
            "analysis",
        ] {
            assert!(is_clean(decent), "{decent}");
        }
    }
}
