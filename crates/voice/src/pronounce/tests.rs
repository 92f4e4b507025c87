use super::*;

fn split(text: &str) -> String {
    let words = pronounce(text, Language::English);
    let words = words.iter().map(|word| {
        word.syllables
            .iter()
            .map(|syllable| syllable.letters.as_str())
            .collect::<Vec<_>>()
            .join("-")
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_split_where_a_singer_splits_them() {
    for (text, syllables) in [
        ("Memory of the morning", "Me-mor-y of the mor-ning"),
        ("apple whisper tonight", "ap-ple whis-per to-night"),
        ("Hello, beautiful world!", "Hel-lo beau-ti-ful world"),
        ("I've been walkin' home", "I've been wal-kin' home"),
        ("every window burning", "eve-ry win-dow bur-ning"),
        ("people hour fire desires", "peo-ple hour fire de-sires"),
    ] {
        assert_eq!(split(text), syllables);
    }
}

#[test]
fn stress_is_the_dictionarys_and_function_words_have_none() {
    let words = pronounce("remember the tonight", Language::English);
    let stresses = |index: usize| {
        words[index]
            .syllables
            .iter()
            .map(|part| part.stress)
            .collect::<Vec<_>>()
    };
    assert_eq!(stresses(0), [0, 2, 0]);
    assert_eq!(stresses(1), [0]);
    assert_eq!(stresses(2), [0, 2]);
}

#[test]
fn hyphens_split_and_underscores_hold() {
    let words = pronounce("hal-le-lu-jah love__", Language::English);
    assert_eq!(words[0].text, "hallelujah");
    assert_eq!(
        words[0]
            .syllables
            .iter()
            .map(|part| part.letters.as_str())
            .collect::<Vec<_>>(),
        ["hal", "le", "lu", "jah"]
    );
    assert_eq!(words[1].syllables[0].held, 2);
}

#[test]
fn figures_and_symbols_are_spoken() {
    let words = pronounce("7 & 21st", Language::English);
    assert_eq!(
        words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(),
        ["seven", "and", "twenty", "first"]
    );
}

#[test]
fn one_block_of_kana_or_hangul_is_one_syllable() {
    assert_eq!(pronounce("さくら", Language::Other)[0].syllables.len(), 3);
    assert_eq!(pronounce("きょう", Language::Other)[0].syllables.len(), 2);
    assert_eq!(pronounce("사랑", Language::Other)[0].syllables.len(), 2);
    assert_eq!(pronounce("我愛你", Language::English)[0].syllables.len(), 3);
}

#[test]
fn other_languages_split_by_vowel_groups_with_even_stress() {
    let words = pronounce("corazón serás poeta Любовь", Language::Other);
    assert_eq!(
        words.iter().map(|word| word.syllables.len()).collect::<Vec<_>>(),
        [3, 2, 3, 2]
    );
    assert!(
        words
            .iter()
            .flat_map(|word| &word.syllables)
            .all(|part| part.stress == 1)
    );
}

#[test]
fn unknown_words_are_spoken_by_rule() {
    let word = &pronounce("Zandoria", Language::English)[0];
    assert!(!word.known);
    assert_eq!(word.syllables.len(), 4);
    assert_eq!(word.syllables.iter().filter(|part| part.stress == 2).count(), 1);
}
