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

/// The phones by syllable: `'` before the main stress, `_` after for every note it is held on.
fn spoken(text: &str, language: Language) -> String {
    let words = pronounce(text, language);
    let syllables = words.iter().flat_map(|word| &word.syllables).map(|syllable| {
        let phones = syllable
            .phones
            .iter()
            .map(|phone| format!("{phone:?}"))
            .collect::<Vec<_>>();
        let stress = if syllable.stress == 2 { "'" } else { "" };
        format!(
            "{stress}{}{}",
            phones.join(" "),
            " _".repeat(usize::from(syllable.held))
        )
    });
    syllables.collect::<Vec<_>>().join(" . ")
}

#[test]
fn the_words_of_lyrics_are_spoken_as_they_are_sung() {
    for (text, expected) in [
        ("apple", "'AE . P AX L"),
        ("memory", "'M EH . M ER . IY"),
        ("every", "'EH V . R IY"),
        ("gonna", "'G AH . N AX"),
        ("wanna", "'W AA . N AX"),
        ("gotta", "'G AA . T AX"),
        ("'cause", "K AH Z"),
        ("ooh", "'UW"),
        ("oooh", "'UW"),
        ("aah", "'AA"),
        ("mmm", "'M AH M"),
        ("yeah", "'Y AE"),
        ("na", "'N AA"),
        ("la", "'L AA"),
        ("doo", "'D UW"),
        ("sha", "'SH AA"),
        ("whoa", "'W OW"),
        ("ain't", "'EY N T"),
        ("y'all", "'Y AO L"),
        ("'em", "AX M"),
        ("o'er", "'AO R"),
        ("livin'", "'L IH . V IH N"),
        ("lovin'", "'L AH . V IH N"),
        ("loooove", "'L AH V"),
        ("heyyy", "'HH EY"),
        ("goood", "'G UH D"),
        ("DJ", "D IY . 'JH EY"),
        ("TV", "T IY . 'V IY"),
        ("NYC", "EH N . W AY . 'S IY"),
        ("USA", "Y UW . EH S . 'EY"),
        ("U.S.A.", "Y UW . EH S . 'EY"),
        ("tonight", "T AX . 'N AY T"),
        ("fire", "'F AY R"),
        ("hour", "'AW R"),
        ("desire", "D IH . 'Z AY R"),
        ("remember", "R IH . 'M EH M . B ER"),
        ("hallelujah", "HH AE . L AX . 'L UW . Y AX"),
        ("walkin'", "'W AO . K IH N"),
        ("heartbeat", "'HH AA R T . B IY T"),
        ("starlit", "'S T AA R . L IH T"),
        ("moonlight", "'M UW N . L AY T"),
        ("café", "K AX . 'F EY"),
        ("Beyoncé", "B IY . 'AO N . S EY"),
        ("hahaha", "'HH AA . 'HH AA . 'HH AA"),
        ("lalala", "'L AA . 'L AA . 'L AA"),
        ("la-la-la", "'L AA . 'L AA . 'L AA"),
        ("rock-and-roll", "'R AA K . AX N D . 'R OW L"),
        ("to-mor-row", "T AX . 'M AA . R OW"),
        ("love__", "'L AH V _ _"),
        ("oh~", "'OW _"),
        ("everybody", "'EH V . R IY . B AA . D IY"),
        ("favorite", "'F EY V . R IH T"),
        ("camera", "'K AE M . R AX"),
        ("different", "'D IH F . R AX N T"),
        ("heaven's", "'HH EH . V AX N Z"),
        ("c'mon", "K AX . 'M AA N"),
        ("dunno", "D AX . 'N OW"),
        ("tryna", "'T R AY . N AX"),
        ("imma", "'AY . M AX"),
        ("shoulda", "'SH UH . D AX"),
        ("gimme", "'G IH . M IY"),
        ("lemme", "'L EH . M IY"),
        ("outta", "'AW . T AX"),
        ("kinda", "'K AY N . D AX"),
        ("til", "'T IH L"),
        ("'bout", "'B AW T"),
        ("uh-huh", "'AH . 'HH AH"),
        ("gr8", "'G R EY T"),
        ("b4", "B IH . 'F AO R"),
        ("wifi", "'W AY . F AY"),
        ("emoji", "IH . 'M OW . JH IY"),
        ("tiktok", "'T IH K . T AA K"),
        ("bass", "'B EY S"),
        ("sooooo", "'S OW _"),
    ] {
        assert_eq!(spoken(text, Language::English), expected, "{text}");
    }
}

#[test]
fn kana_are_spoken_mora_by_mora() {
    for (text, expected) in [
        ("さくら", "S AA . K UW . L AA"),
        ("きょう", "K Y OW . OW"),
        ("がっこう", "G AA K . K OW . OW"),
        ("ラーメン", "L AA _ . M EH N _"),
        ("ほん", "HH OW N _"),
        ("は", "W AA"),
        ("わたしは", "W AA . T AA . SH IY . W AA"),
        ("君は", "AA . W AA"),
        ("へ", "EH"),
        ("を", "OW"),
        ("きって", "K IY T . T EH"),
        ("しゃしん", "SH AA . SH IY N _"),
        ("とうきょう", "T OW . OW . K Y OW . OW"),
        ("ありがとう", "AA . L IY . G AA . T OW . OW"),
        ("ｶﾗｵｹ", "K AA . L AA . OW . K EH"),
        ("ふたり", "F UW . T AA . L IY"),
        ("つき", "T S UW . K IY"),
        ("じかん", "JH IY . K AA N _"),
        ("んだ", "AX N . D AA"),
    ] {
        assert_eq!(spoken(text, Language::Japanese), expected, "{text}");
    }
}

#[test]
fn a_word_of_another_language_within_english_is_read_by_its_letters() {
    assert_eq!(spoken("my corazón", Language::English), "M AY . K OW . R AA . 'S AO N");
    assert_eq!(spoken("my grüße", Language::English), "M AY . 'G R UW . S AX");
}

#[test]
fn english_words_in_a_japanese_song_are_english() {
    assert_eq!(spoken("Baby きみ", Language::Japanese), "'B EY . B IY . K IY . M IY");
}

#[test]
fn what_has_no_sound_is_left_out() {
    for text in ["", "?! … —", "❤️🔥👩‍👩‍👧🇧🇷🅰️", "\u{200B}\u{AD}"] {
        assert_eq!(pronounce(text, Language::English), [], "{text}");
    }
}

#[test]
fn figures_are_sung_in_the_language_of_the_song() {
    let text = |text: &str, language| {
        let words = pronounce(text, language).into_iter().map(|word| word.text);
        words.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        text("24/7 at 3:30, #1!", Language::English),
        "twenty four seven at three thirty number one"
    );
    assert_eq!(text("w/ you b/c", Language::English), "with you because");
    assert_eq!(text("31 días", Language::Spanish), "treinta y uno días");
    assert_eq!(text("99 Luftballons", Language::German), "ninety nine Luftballons");
    assert_eq!(spoken("7", Language::Japanese), "'S EH . V AX N");
}
