//! Laws that hold for any text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

#[path = "voice/singing.rs"]
mod singing;

use busker_voice::pronounce::{Language, parts, pronounce};
use proptest::prelude::*;

const LANGUAGES: [Language; 8] = [
    Language::English,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
    Language::German,
    Language::French,
    Language::Japanese,
    Language::Other,
];

fn assert_lawful(text: &str) {
    let language = Language::detect(text);
    assert_eq!(language.of_part(""), language);
    for part in parts(text) {
        assert!(!part.text.trim().is_empty());
    }

    for language in LANGUAGES {
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
    fn any_characters_at_all_give_syllables_that_spell_the_words(text in any::<String>()) {
        assert_lawful(&text);
    }

    #[test]
    fn any_figures_and_signs_are_read(text in "[0-9.,:/$€£%°#&+@'½ akKMxstndrhp()（-]{0,40}") {
        assert_lawful(&text);
    }

    #[test]
    fn any_word_of_a_spelled_language_is_read(text in "[a-zß-öø-ÿœğşñ'’_~-]{0,30}( [a-zà-ÿ]{1,12}){0,3}") {
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

#[test]
fn texts_that_break_careless_readers_are_read() {
    for text in [
        "a".repeat(300),
        "bcd".repeat(100),
        "_".repeat(600),
        "la".repeat(600),
        "e\u{301}".repeat(40),
        "\u{301}\u{300}".to_owned(),
        "👩\u{200D}👩\u{200D}👧 🇧🇷 🅰️ love❤️you".to_owned(),
        "שלום مرحبا \u{202E}evol\u{202C}".to_owned(),
        "\0\u{1}\u{7F}\u{FEFF}\u{200B}a\u{AD}b".to_owned(),
        "İstanbul ǅ ﬁre ｌｏｖｅ ｶﾗｵｹ ½ ² Ⅳ ™".to_owned(),
        "--- ''' ... -'-_-~ 'n' -a- _a_ a--b a.b. .a".to_owned(),
        "んんっっーー っか ーか ゃ 々 〆 ヶ".to_owned(),
        "$ $$5 5$ #1# 1/2/3 3:99 99:30 1,2,3 1,000,000,000,000 0.0.0 %% 007".to_owned(),
    ] {
        assert_lawful(&text);
    }
}
