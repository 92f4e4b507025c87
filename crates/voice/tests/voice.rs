//! Laws that hold for any text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "voice/singing.rs"]
mod singing;

use busker_voice::pronounce::{Language, pronounce};
use proptest::prelude::*;

fn assert_lawful(text: &str) {
    for language in [Language::English, Language::Other, Language::detect(text)] {
        for word in pronounce(text, language) {
            let letters = word
                .syllables
                .iter()
                .map(|syllable| syllable.letters.as_str())
                .collect::<String>();
            assert_eq!(letters, word.text, "syllables of {text:?}");
            for syllable in &word.syllables {
                assert!(!syllable.letters.is_empty(), "an empty syllable in {:?}", word.text);
                assert!(syllable.stress <= 2);
                let vowels = syllable.phones.iter().filter(|phone| phone.is_vowel()).count();
                assert_eq!(vowels, 1, "{syllable:?} of {:?}", word.text);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_syllables_that_spell_the_words(text in "\\PC{0,80}") {
        assert_lawful(&text);
    }

    #[test]
    fn any_english_looking_text_gives_syllables_that_spell_the_words(text in "[a-zA-Z0-9'’_&.,! -]{0,80}") {
        assert_lawful(&text);
    }

    #[test]
    fn words_of_other_scripts_do_not_break_the_law(text in "[а-яα-ωぁ-んァ-ヶ가-힣अ-हا-ي一-丠ก-ฮáéíóúñ ]{0,40}") {
        assert_lawful(&text);
    }
}
