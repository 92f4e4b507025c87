//! What a prompt asks for is in the score.

use busker_band::compose::compose;
use busker_band::request::{LyricBlock, Request};
use busker_band::score::{Instrument, Role, Score};
use proptest::prelude::*;

use crate::laws::assert_lawful;
use crate::songs::{ordinary, prompt, untagged};

const GENRES: [&str; 25] = [
    "pop",
    "rock",
    "ballad",
    "folk",
    "jazz",
    "hip hop",
    "house",
    "synthwave",
    "country",
    "blues",
    "soul",
    "funk",
    "gospel",
    "trap",
    "lo-fi",
    "trance",
    "drum and bass",
    "dubstep",
    "ambient",
    "cinematic",
    "metal",
    "reggae",
    "bossa nova",
    "k-pop",
    "children",
];

const NAMED: [(&str, Instrument); 18] = [
    ("piano", Instrument::Piano),
    ("electric piano", Instrument::ElectricPiano),
    ("acoustic guitar", Instrument::SteelGuitar),
    ("nylon guitar", Instrument::NylonGuitar),
    ("clean guitar", Instrument::CleanGuitar),
    ("distorted guitar", Instrument::DistortedGuitar),
    ("violin", Instrument::Violin),
    ("cello", Instrument::Cello),
    ("string section", Instrument::Strings),
    ("flute", Instrument::Flute),
    ("saxophone", Instrument::Saxophone),
    ("trumpet", Instrument::Trumpet),
    ("brass section", Instrument::Brass),
    ("organ", Instrument::Organ),
    ("harp", Instrument::Harp),
    ("vibraphone", Instrument::Vibraphone),
    ("synth lead", Instrument::SawLead),
    ("upright bass", Instrument::UprightBass),
];

/// Share of the song's bars in which the instrument plays a note.
fn share_of_bars(score: &Score, instrument: Instrument) -> f64 {
    let bar = score.meter.bar_ticks();
    let bars = (score.end() / bar) as usize;
    let mut played = vec![false; bars];
    let tracks = score.tracks.iter();
    for track in tracks.filter(|track| track.instrument == instrument) {
        for note in &track.notes {
            played[(note.start / bar) as usize] = true;
        }
    }
    played.iter().filter(|played| **played).count() as f64 / bars as f64
}

#[test]
fn a_named_instrument_plays_in_a_third_of_the_bars_of_every_genre_and_in_front() {
    for (at, genre) in GENRES.iter().enumerate() {
        for (name, instrument) in NAMED.iter().skip(at % 2).step_by(2) {
            let request = Request {
                lyrics: ordinary(),
                seed: at as u64,
                ..prompt(&format!("{genre} with {name}"))
            };
            let score = compose(&request);
            let share = share_of_bars(&score, *instrument);
            assert!(share >= 0.3, "{genre} with {name}: {share:.2} of the bars");
            let in_front = |role| matches!(role, Role::MainComp | Role::Comp | Role::Lead | Role::Bass);
            assert!(
                score
                    .tracks
                    .iter()
                    .any(|track| track.instrument == *instrument && in_front(track.role)),
                "{genre} with {name}"
            );
        }
    }
}

#[test]
fn an_excluded_instrument_is_on_no_track_of_any_genre() {
    use Instrument::*;
    let exclusions: [(&str, &[Instrument]); 8] = [
        ("no piano", &[Piano, ElectricPiano]),
        (
            "without any guitars",
            &[SteelGuitar, NylonGuitar, CleanGuitar, DistortedGuitar],
        ),
        ("no synths", &[Supersaw, SawLead, SquareLead, Pluck, WarmPad, SynthBass]),
        ("no flute or violin", &[Flute, Violin]),
        ("no strings, no brass", &[Strings, Violin, Cello, Brass, Trumpet]),
        ("no saxophone and no organ", &[Saxophone, Organ]),
        (
            "no bass",
            &[
                ElectricBass,
                UprightBass,
                SynthBass,
                SubBass,
                Bass808,
                ReeseBass,
                AcidBass,
                WobbleBass,
                PickedBass,
            ],
        ),
        (
            "no drums",
            &[AcousticKit, BrushKit, ElectronicKit, BoomBapKit, HouseKit],
        ),
    ];
    for genre in GENRES {
        for (words, excluded) in exclusions {
            for instrumental in [true, false] {
                let request = Request {
                    instrumental,
                    ..prompt(&format!("{genre}, {words}"))
                };
                let score = compose(&request);
                assert_lawful(&score, &request);
                let heard = score.tracks.iter().find(|track| excluded.contains(&track.instrument));
                assert!(
                    heard.is_none(),
                    "{genre}, {words}: {:?}",
                    heard.map(|track| &track.name)
                );
                assert!(!words.contains("drums") || !has_drums(&score), "{genre}, {words}");
            }
        }
    }
}

#[test]
fn a_drum_that_is_not_wanted_is_never_struck() {
    for (words, keys) in [
        ("no claps", [39].as_slice()),
        ("no hi-hats", &[42, 44, 46]),
        ("no snare", &[37, 38, 40]),
        ("no tambourine, no shaker", &[54, 70, 82]),
    ] {
        for genre in GENRES {
            let score = compose(&prompt(&format!("{genre}, {words}")));
            let drums = score
                .tracks
                .iter()
                .filter(|track| matches!(track.role, Role::Drums | Role::Percussion));
            let struck = drums
                .flat_map(|track| &track.notes)
                .filter(|note| keys.contains(&note.pitch))
                .count();
            assert_eq!(struck, 0, "{genre}, {words}");
        }
    }
}

fn has_drums(score: &Score) -> bool {
    score
        .tracks
        .iter()
        .any(|track| matches!(track.role, Role::Drums | Role::Percussion))
}

#[test]
fn only_the_named_instrument_plays() {
    for (text, allowed) in [
        ("only acoustic guitar", Instrument::SteelGuitar),
        ("just piano and voice, jazz", Instrument::Piano),
        ("solo piano, cinematic", Instrument::Piano),
        ("trap, solo violin only violin", Instrument::Violin),
        ("a cappella, gospel", Instrument::Choir),
    ] {
        for instrumental in [true, false] {
            let score = compose(&Request {
                instrumental,
                ..prompt(text)
            });
            let others = score.tracks.iter().filter(|track| track.instrument != allowed);
            let others = others.map(|track| &track.name).collect::<Vec<_>>();
            assert!(others.is_empty(), "{text}: {others:?}");
            assert!(!score.tracks.is_empty(), "{text}");
        }
    }
}

#[test]
fn a_style_is_played_by_its_own_instruments() {
    use Instrument::*;
    for (text, own, foreign) in [
        ("baroque", &[Harpsichord, Violin][..], &[SteelGuitar, Piano, Choir][..]),
        ("bluegrass", &[Banjo, Mandolin, Violin], &[CleanGuitar, Piano]),
        ("polka", &[Accordion], &[Organ, CleanGuitar, PedalSteel]),
        ("tango", &[Accordion, Violin], &[Organ, Flute]),
        ("klezmer", &[Clarinet, Accordion], &[Saxophone, Organ, Piano]),
        ("indian raga", &[Sitar, LatinKit], &[SteelGuitar, SubBass, Bell]),
        (
            "ragtime",
            &[HonkyTonk],
            &[SteelGuitar, CleanGuitar, Flute, Saxophone, UprightBass],
        ),
        ("salsa", &[LatinKit, Brass, Trumpet, Piano], &[BrushKit, NylonGuitar]),
        ("gregorian chant", &[Choir], &[SubBass, Bell, Harp, Cello, Strings]),
        (
            "mariachi",
            &[Trumpet, Violin, NylonGuitar],
            &[CleanGuitar, Organ, PedalSteel],
        ),
        ("celtic", &[Violin, Whistle], &[Accordion]),
        ("calypso", &[SteelDrum], &[Vibraphone]),
        ("japanese", &[Koto, Shamisen], &[SteelGuitar, Accordion]),
        ("turkish folk", &[Mandolin, Clarinet], &[SteelGuitar]),
    ] {
        for instrumental in [true, false] {
            let score = compose(&Request {
                instrumental,
                ..prompt(text)
            });
            let plays = |sound: &Instrument| score.tracks.iter().any(|track| track.instrument == *sound);
            let missing = own.iter().filter(|sound| !plays(sound)).collect::<Vec<_>>();
            let strange = foreign.iter().filter(|sound| plays(sound)).collect::<Vec<_>>();
            assert!(
                missing.is_empty() && strange.is_empty(),
                "{text}: without {missing:?}, with {strange:?}"
            );
        }
    }
}

#[test]
fn every_genre_plays_every_metre_with_drums_that_fit() {
    for genre in GENRES.iter().filter(|genre| **genre != "ambient") {
        for metre in ["2/4", "3/4", "5/4", "6/8", "7/8", "9/8", "12/8"] {
            let request = Request {
                instrumental: true,
                ..prompt(&format!("{genre}, {metre}"))
            };
            let score = compose(&request);
            assert_lawful(&score, &request);
            assert_eq!(format!("{}/{}", score.meter.beats, score.meter.unit), metre);
            let bar = score.meter.bar_ticks();
            let kit = score.tracks.iter().find(|track| track.role == Role::Drums);
            let kit = kit.unwrap_or_else(|| panic!("{genre}, {metre} has no drums"));
            let lift = score
                .sections
                .iter()
                .max_by(|a, b| a.energy.total_cmp(&b.energy))
                .unwrap();
            let fits = |number: &u32| {
                let start = lift.start + number * bar;
                let hits = kit.notes.iter().map(|note| note.start);
                let hits = hits
                    .filter(|hit| (start..start + bar).contains(hit))
                    .collect::<Vec<_>>();
                let on_one = hits.iter().any(|hit| *hit < start + bar / 16);
                let late = hits.iter().any(|hit| *hit >= start + bar / 2);
                on_one && late && hits.len() >= 2
            };
            // A fill or a stop may do without the first or the last of them.
            let fitting = (0..lift.bars).filter(fits).count();
            assert!(
                fitting * 4 >= lift.bars as usize * 3,
                "{genre}, {metre}: {fitting} of {} bars",
                lift.bars
            );
        }
    }
}

fn assert_complete(score: &Score, request: &Request) {
    assert_lawful(score, request);
    let seconds = score.seconds(score.end());
    assert!((20.0..=360.0).contains(&seconds), "{seconds} s: {:?}", request.prompt);
    assert!((30.0..=300.0).contains(&score.felt_tempo()), "{}", score.felt_tempo());
    assert!(!score.tracks.is_empty());
    for what in [
        "genre",
        "mood",
        "meter",
        "tempo",
        "key",
        "instrument",
        "singer",
        "length",
    ] {
        let decision = score.decisions.iter().find(|decision| decision.what == what);
        assert!(decision.is_some_and(|decision| !decision.because.is_empty()), "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_prompt_gives_a_complete_song(
        text in prop_oneof![
            "\\PC{1,200}",
            "[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Hangul}、。 ]{1,60}",
            "[🎸🎹🥁🔥😀❤️✨ ]{1,20}",
            "(no|without|only|just|instead of|a|A|very|not|sin|ohne|なし|in|at|key of|,|\\.|-|/|:|\"|') ?(drums|piano|guitar|A minor|90|3/4|2:30|80s|H-Moll|♯|♭|♩=|bpm|polka|waltz|choir|bass|rock|300 bpm|10 bpm|called \"|[0-9]{1,4}|[a-h][#b]?m?)( |, ){1,3}",
        ],
        instrumental in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let request = Request { instrumental, seed, ..prompt(&text) };
        assert_complete(&compose(&request), &request);
    }
}

#[test]
fn extreme_prompts_give_complete_songs_and_no_two_the_same() {
    let long = "a sad story about the sea, ".repeat(75);
    let texts = [
        "a",
        "b",
        "?",
        "!",
        "🎸",
        "🔥🔥",
        "test",
        "...",
        "1",
        "♯",
        "あ",
        long.as_str(),
        "300 BPM",
        "10 bpm",
        "999 bpm",
    ];
    let mut tunes = Vec::new();
    for text in texts {
        let request = prompt(text);
        let score = compose(&request);
        assert_complete(&score, &request);
        tunes.push(
            score
                .tracks
                .iter()
                .flat_map(|track| &track.notes)
                .map(|note| (note.start, note.pitch))
                .collect::<Vec<_>>(),
        );
    }
    for (at, tune) in tunes.iter().enumerate() {
        assert!(!tunes[..at].contains(tune), "{:?}", texts[at]);
    }
}

#[test]
fn two_lines_at_any_tempo_last_twenty_seconds() {
    for text in ["300 bpm", "250 bpm punk", "999 bpm", "200 bpm, 3/4", "2/4, 300 bpm"] {
        for lyrics in [
            vec![untagged(&["Hello hello", "Goodbye my friend"])],
            vec![LyricBlock {
                tag: Some(busker_band::score::Tag::Chorus),
                label: "Chorus".to_owned(),
                lines: vec!["Go".to_owned(), "Stop".to_owned()],
            }],
        ] {
            let request = Request { lyrics, ..prompt(text) };
            assert_complete(&compose(&request), &request);
        }
    }
}

#[test]
fn a_length_and_a_title_in_the_prompt_are_honoured() {
    let score = compose(&prompt("folk called \"Paper Boats\", 2 minutes, 96 bpm"));
    assert_eq!(score.title, "Paper Boats");
    let seconds = score.seconds(score.end());
    assert!((105.0..=135.0).contains(&seconds), "{seconds} s");
}
