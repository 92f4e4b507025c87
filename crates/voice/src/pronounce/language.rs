//! Which rules a text is read by.

mod detect;
mod words;

use super::scripts;

/// The language of a text, as far as it decides how the text is turned into phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// By the dictionary, then as the dictionary spells other words.
    English,
    /// By rules; the spelling tells nearly all.
    Spanish,
    /// By rules; the spelling tells nearly all but the stress.
    Italian,
    /// By rules, as in Brazil.
    Portuguese,
    /// By rules that mostly hold.
    German,
    /// By rules that mostly hold.
    French,
    /// Kana by their sounds, Latin letters as English; Chinese characters cannot be read.
    Japanese,
    /// Vowel groups with even stress; hangul and the common alphabets by their letters' usual sounds.
    Other,
}

impl Language {
    /// The language most of `text` seems to be in; for a song, give it all of the words at once.
    ///
    /// Common words, letters and endings of each language count, and for English the share of words that the dictionary
    /// knows. An empty text is English, so that nothing is warned about.
    pub fn detect(text: &str) -> Self {
        detect::language(text)
    }

    /// The language of a stanza or line of a song in this language: another one only where about four words speak for
    /// it, and twice as much as for the song's own. So a Spanish chorus of an English song is sung in Spanish, and "mi amor"
    /// is not.
    pub fn of_part(self, text: &str) -> Self {
        detect::part(self, text)
    }

    /// The language that has a word's letters, where they tell; for single words within English text.
    pub(super) fn of_letters(word: &str) -> Self {
        detect::by_letters(word)
    }

    /// Whether syllables are told apart by stress; otherwise all weigh the same.
    pub fn has_stress(self) -> bool {
        !matches!(self, Self::Japanese | Self::Other)
    }

    /// Its ISO 639-1 code, if it is a language that is known.
    pub fn code(self) -> Option<&'static str> {
        match self {
            Self::English => Some("en"),
            Self::Spanish => Some("es"),
            Self::Italian => Some("it"),
            Self::Portuguese => Some("pt"),
            Self::German => Some("de"),
            Self::French => Some("fr"),
            Self::Japanese => Some("ja"),
            Self::Other => None,
        }
    }

    /// What whoever asked for the song should know about words in this language; nothing for English.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Self::English => None,
            Self::Spanish => Some("the lyrics look Spanish; the singer has an English accent in it"),
            Self::Italian => Some("the lyrics look Italian; the singer has an English accent in it"),
            Self::Portuguese => Some("the lyrics look Portuguese; the singer has an English accent in it"),
            Self::German => {
                Some("the lyrics look German, which is approximated by letter rules with an English accent")
            }
            Self::French => {
                Some("the lyrics look French, which is approximated by letter rules with an English accent")
            }
            Self::Japanese => Some("the lyrics look Japanese; the singer has an English accent in it"),
            Self::Other => Some("the lyrics do not look English; other languages are sung by approximation"),
        }
    }
}

/// What whoever asked for the song should know about how `text`, read in `language`, is sung; mostly nothing.
pub fn warnings(text: &str, language: Language) -> Vec<&'static str> {
    let kanji = text.chars().any(scripts::is_ideograph);
    let kanji = kanji.then_some("Chinese characters (kanji) cannot be read and are sung as \"ah\"; write them in kana");
    language.warning().into_iter().chain(kanji).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_sung_right_is_said() {
        assert_eq!(warnings("I love you", Language::English), [""; 0]);
        assert_eq!(warnings("te quiero", Language::Spanish).len(), 1);
        assert_eq!(warnings("君が好き", Language::Japanese).len(), 2);
        assert_eq!(Language::Portuguese.code(), Some("pt"));
    }
}
