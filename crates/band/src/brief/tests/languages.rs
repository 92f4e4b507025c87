//! Whole prompts in other languages.

use super::read;
use crate::score::Instrument::{self, *};
use crate::score::Voice::{self, *};

/// Prompt, leading genre, an instrument that is wanted, a singer, and whether it is dark (-1), bright (1) or neither.
type Row = (&'static str, &'static str, Option<Instrument>, Option<Voice>, i8);

const PROMPTS: &[Row] = &[
    (
        "balada triste con piano y voz femenina, sin batería",
        "ballad",
        Some(Piano),
        Some(Female),
        -1,
    ),
    (
        "rock rápido con guitarras distorsionadas, voz masculina",
        "rock",
        Some(DistortedGuitar),
        Some(Male),
        0,
    ),
    (
        "bossa nova alegre com violão e voz feminina",
        "bossa nova",
        Some(NylonGuitar),
        Some(Female),
        1,
    ),
    (
        "samba animado com cavaquinho, voz masculina",
        "bossa nova",
        Some(Ukulele),
        Some(Male),
        1,
    ),
    (
        "chanson triste avec accordéon, voix de femme, folk",
        "folk",
        Some(Accordion),
        Some(Female),
        -1,
    ),
    (
        "rock rapide, guitare électrique, voix masculine",
        "rock",
        None,
        Some(Male),
        0,
    ),
    (
        "langsame Ballade mit Klavier, Frauenstimme, traurig",
        "ballad",
        Some(Piano),
        Some(Female),
        -1,
    ),
    (
        "fröhliches Kinderlied mit Gitarre",
        "children",
        Some(SteelGuitar),
        None,
        1,
    ),
    (
        "canzone allegra con chitarra, voce maschile",
        "pop",
        None,
        Some(Male),
        1,
    ),
    ("ballata triste con pianoforte e archi", "ballad", Some(Piano), None, -1),
    (
        "vrolijk liedje met gitaar, mannenstem, folk",
        "folk",
        Some(SteelGuitar),
        Some(Male),
        1,
    ),
    (
        "smutna ballada z fortepianem, kobiecy głos",
        "ballad",
        Some(Piano),
        Some(Female),
        -1,
    ),
    (
        "грустный рок с электрогитарой, мужской вокал",
        "rock",
        None,
        Some(Male),
        -1,
    ),
    (
        "весёлая детская песня с аккордеоном",
        "children",
        Some(Accordion),
        None,
        1,
    ),
    (
        "悲しいピアノバラード、女性ボーカル",
        "ballad",
        Some(Piano),
        Some(Female),
        -1,
    ),
    ("明るいロック、ギター、男性ボーカル", "rock", None, Some(Male), 1),
    ("悲伤的钢琴抒情歌曲，女声", "ballad", Some(Piano), Some(Female), -1),
    ("快乐的爵士，萨克斯，男声", "jazz", Some(Saxophone), Some(Male), 1),
    (
        "슬픈 발라드, 피아노, 여성 보컬",
        "ballad",
        Some(Piano),
        Some(Female),
        -1,
    ),
    ("신나는 재즈, 색소폰", "jazz", Some(Saxophone), None, 1),
    (
        "उदास बॉलीवुड गाना, बांसुरी, महिला आवाज़",
        "k-pop",
        Some(Flute),
        Some(Female),
        -1,
    ),
    ("traurige Rockmusik", "rock", None, None, -1),
    ("fröhliche Popmusik", "pop", None, None, 1),
    ("trauriges Klavierlied", "pop", Some(Piano), None, -1),
    ("موسيقى جاز حزينة مع بيانو", "jazz", Some(Piano), None, -1),
    (
        "hüzünlü piyano, kadın sesi, jazz",
        "jazz",
        Some(Piano),
        Some(Female),
        -1,
    ),
];

#[test]
fn prompts_are_understood_in_many_languages() {
    for (prompt, genre, sound, voice, light) in PROMPTS {
        let brief = read(prompt);
        assert_eq!(brief.style.names[0], *genre, "{prompt}");
        if let Some(sound) = sound {
            let wanted = &brief.wishes.wanted;
            assert!(
                wanted.iter().any(|wish| wish.instrument == *sound),
                "{prompt}: {wanted:?}"
            );
        }
        if let Some(voice) = voice {
            assert_eq!(brief.singers[0].voice, *voice, "{prompt}");
        }
        match light {
            1 => assert!(brief.mood.brightness > 0.2, "{prompt}"),
            -1 => assert!(brief.mood.brightness < -0.2, "{prompt}"),
            _ => {}
        }
    }
}

#[test]
fn decisions_quote_the_foreign_words() {
    let because = |prompt: &str, what: &str| {
        let decisions = read(prompt).decisions;
        decisions
            .into_iter()
            .find(|decision| decision.what == what)
            .unwrap()
            .because
    };
    assert_eq!(
        because("悲しいピアノバラード、女性ボーカル", "singer"),
        "\"女性ボーカル\""
    );
    assert_eq!(because("langsame Ballade", "tempo"), "\"langsame\"");
    assert_eq!(
        because("rock con guitarra acústica", "instrument"),
        "\"guitarra acústica\""
    );
}

#[test]
fn english_words_stay_english() {
    let brief = read("folk about sin and solo travel, die with me, no regrets");
    assert_eq!(brief.style.names, ["folk"]);
    assert!(brief.wishes.only.is_none() && !brief.wishes.no_drums);
}
