//! Which rules a text is read by.

use super::{dictionary, tokens};

/// How text is turned into phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Dictionary, then English letter-to-sound rules.
    English,
    /// es
    Spanish,
    /// it
    Italian,
    /// pt
    Portuguese,
    /// de
    German,
    /// fr
    French,
    /// ja
    Japanese,
    /// Vowel groups with even stress; kana, hangul and the common alphabets by their letters' usual sounds.
    Other,
}

impl Language {
    /// Whether syllables are told apart by stress; otherwise all weigh the same.
    pub fn has_stress(self) -> bool {
        !matches!(self, Self::Japanese | Self::Other)
    }

    /// The better reading for `text`: English where the dictionary knows at least half of the words.
    ///
    /// An empty text is English, so that nothing is warned about.
    pub fn detect(text: &str) -> Self {
        let words = tokens::tokens(text, Self::English);
        let known = words
            .iter()
            .filter(|word| dictionary::phones_with_endings(&word.text.to_lowercase()).is_some());
        if known.count() * 2 >= words.len() {
            Self::English
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lyrics_are_told_apart_by_the_share_of_known_words() {
        assert_eq!(Language::detect("Paper boats along the gutter line"), Language::English);
        assert_eq!(Language::detect("Eres mi corazón, siempre serás"), Language::Other);
        assert_eq!(Language::detect("さくら さくら"), Language::Other);
        assert_eq!(Language::detect(""), Language::English);
    }
}
