//! Instruments in, out and alone.

use super::read;
use crate::score::Instrument::{self, *};

fn wanted(prompt: &str) -> Vec<Instrument> {
    read(prompt).wishes.wanted.iter().map(|wish| wish.instrument).collect()
}

#[test]
fn named_instruments() {
    for (prompt, sounds) in [
        ("rock with distorted guitar", vec![DistortedGuitar]),
        ("heavily distorted electric guitars", vec![DistortedGuitar]),
        ("pop with soft piano", vec![FeltPiano]),
        ("acoustic guitar and cello", vec![SteelGuitar, Cello]),
        ("folk with guitar", vec![SteelGuitar]),
        ("metal with guitars", vec![DistortedGuitar]),
        ("bossa nova with guitar", vec![NylonGuitar]),
        ("nylon-string guitar", vec![NylonGuitar]),
        ("ukulele", vec![Ukulele]),
        ("banjo, fiddle", vec![Banjo, Violin]),
        ("accordion", vec![Accordion]),
        ("Rhodes", vec![ElectricPiano]),
        ("Hammond organ", vec![Organ]),
        ("sax solo", vec![Saxophone]),
        ("violin", vec![Violin]),
        ("lush strings", vec![Strings]),
        ("harp and flute", vec![Harp, Flute]),
        ("808 bass", vec![Bass808]),
        ("upright bass", vec![UprightBass]),
        ("music box", vec![MusicBox]),
        ("steel drums", vec![SteelDrum]),
        ("hang drum", vec![Vibraphone]),
        ("ukelele", vec![Ukulele]),
        ("pop with bass, piano", vec![ElectricBass, Piano]),
        ("drum and bass", vec![]),
        ("a song about a bass player", vec![]),
        ("good vibes", vec![]),
        ("lost my key", vec![]),
        ("guitarra acústica y piano", vec![SteelGuitar, Piano]),
        ("E-Gitarre, Klavier", vec![CleanGuitar, Piano]),
        ("guitares saturées", vec![DistortedGuitar]),
        ("скрипка и пианино", vec![Violin, Piano]),
        ("ピアノとバイオリン", vec![Piano, Violin]),
        ("钢琴和小提琴", vec![Piano, Violin]),
        ("피아노와 첼로", vec![Piano, Cello]),
        ("violin instead of guitar", vec![Violin]),
        ("no piano, Rhodes", vec![ElectricPiano]),
        ("just a bit of piano", vec![Piano]),
    ] {
        assert_eq!(wanted(prompt), sounds, "{prompt}");
    }
}

#[test]
fn excluded_instruments() {
    for (prompt, sounds) in [
        ("without piano", vec![Piano]),
        (
            "no guitars",
            vec![SteelGuitar, NylonGuitar, CleanGuitar, DistortedGuitar],
        ),
        ("without any guitars", vec![SteelGuitar, DistortedGuitar]),
        ("no electric guitar", vec![CleanGuitar, DistortedGuitar]),
        ("no synths", vec![Supersaw, SawLead, SquareLead, Pluck, WarmPad]),
        ("no strings or brass", vec![Strings, Violin, Brass, Trumpet]),
        ("no bass", vec![ElectricBass, SubBass]),
        ("flute instead of saxophone", vec![Saxophone]),
        ("piano-free", vec![Piano]),
        ("pop rather than violin", vec![Violin]),
        ("sin guitarra", vec![SteelGuitar]),
        ("sans piano, rapide", vec![Piano]),
        ("ohne Klavier", vec![Piano]),
        ("senza chitarra", vec![SteelGuitar]),
        ("bez gitary", vec![SteelGuitar]),
        ("без скрипки", vec![Violin]),
        ("ピアノなし", vec![Piano]),
        ("不要钢琴", vec![Piano]),
        ("피아노 없이", vec![Piano]),
        ("sem violão", vec![NylonGuitar]),
        ("zonder gitaar", vec![SteelGuitar]),
    ] {
        let without = read(prompt).wishes.without;
        assert!(
            sounds.iter().all(|sound| without.contains(sound)),
            "{prompt}: {without:?}"
        );
    }
    assert!(
        !read("no electric guitar, acoustic guitar")
            .wishes
            .without
            .contains(&SteelGuitar)
    );
    assert!(!read("no piano but a violin").wishes.without.contains(&Violin));
    assert!(!read("no drums and a soft violin").wishes.without.contains(&Violin));
}

#[test]
fn drums_and_bass_in_and_out() {
    for prompt in [
        "no drums",
        "pop without drums",
        "drumless",
        "beatless techno",
        "no drums or bass",
        "no percussion",
        "no drums please",
        "sin batería",
        "ohne Schlagzeug",
        "sans batterie",
        "senza batteria, chitarra",
        "sem bateria",
        "zonder drums, gitaar",
        "bez perkusji",
        "без барабанов",
        "ドラムなし",
        "没有鼓",
        "드럼 없이",
        "बिना ड्रम",
        "بدون طبول",
        "a cappella",
        "just piano and voice",
        "only acoustic guitar",
        "solo piano",
        "no drums, heavy drums",
        "davulsuz pop",
        "pop utan trummor",
        "ροκ χωρίς τύμπανα",
        "hymn",
    ] {
        assert!(read(prompt).wishes.no_drums, "{prompt}");
    }
    for prompt in [
        "drums",
        "less drums",
        "light drums",
        "drum and bass",
        "not drum and bass, rock",
        "no vocals, drums and bass",
        "only piano and drums",
        "no piano, heavy drums",
        "hymn with drums",
    ] {
        assert!(!read(prompt).wishes.no_drums, "{prompt}");
    }
    assert!(read("no drums or bass").wishes.no_bass);
    assert!(!read("no bass drum").wishes.no_bass);
    assert!(read("less drums").wishes.drum_trim < 0.0);
    assert!(read("ambient with drums").style.rhythm.drums_from < 1.0);
}

#[test]
fn pitched_drums_ask_for_no_kit() {
    for prompt in ["folk with hang drum", "handpan", "steel drums", "tongue drum, ambient"] {
        assert!(read(prompt).wishes.drums.is_none(), "{prompt}");
    }
    assert!(read("drums").wishes.drums.is_some());
}

#[test]
fn what_the_band_has_not_is_played_by_the_nearest_sound_and_says_so() {
    for (prompt, because) in [
        ("bagpipes", "\"bagpipes\" is played by the organ, the nearest sound"),
        (
            "hurdy-gurdy",
            "\"hurdy-gurdy\" is played by the violin, the nearest sound",
        ),
        ("pop, violin", "\"violin\""),
    ] {
        let decisions = read(prompt).decisions;
        let played = decisions.iter().find(|decision| decision.what == "instrument").unwrap();
        assert_eq!(played.because, because, "{prompt}");
    }
}

#[test]
fn an_exclusion_wins_over_a_wish_and_says_so() {
    for prompt in [
        "no drums, heavy drums",
        "no piano, grand piano",
        "no guitar, acoustic guitar",
    ] {
        let brief = read(prompt);
        assert!(
            brief
                .decisions
                .iter()
                .any(|decision| decision.because.contains("excluded never sounds")),
            "{prompt}: {:?}",
            brief.decisions
        );
    }
}

#[test]
fn only_means_nobody_else() {
    for prompt in [
        "just piano and voice",
        "only acoustic guitar",
        "solo piano",
        "piano only",
        "nothing but cello, only cello",
        "a cappella",
        "solo guitar",
        "solamente piano",
        "ピアノだけ",
    ] {
        assert!(read(prompt).wishes.only.is_some(), "{prompt}");
    }
    for prompt in [
        "piano",
        "piano solo",
        "not just piano",
        "pop with piano",
        "just a touch of piano",
    ] {
        assert!(read(prompt).wishes.only.is_none(), "{prompt}");
    }
}

#[test]
fn an_exclusion_leaves_the_genre_behind_it() {
    for (prompt, genre) in [
        ("drumless jazz", "jazz"),
        ("without piano jazz", "jazz"),
        ("no drums house", "house"),
        ("no synths house", "house"),
        ("beatless ambient", "ambient"),
        ("no guitar country", "country"),
        ("ohne Gitarre Rock", "rock"),
        ("no guitar or jazz, folk", "folk"),
        ("drum & bass", "drum and bass"),
        ("dark drum & bass, 174 BPM", "drum and bass"),
    ] {
        assert_eq!(read(prompt).style.names[0], genre, "{prompt}");
    }
}

#[test]
fn drums_are_left_out_in_any_wording() {
    for prompt in [
        "please do not use drums",
        "leave out the drums",
        "pop, drums: none",
        "pop with the drums off",
        "I hate drums. metal",
        "don't add drums",
        "folk, nothing but piano",
    ] {
        let wishes = read(prompt).wishes;
        assert!(wishes.no_drums && wishes.drums.is_none(), "{prompt}");
    }
    assert_eq!(wanted("folk, nothing but piano"), [Piano]);
}

#[test]
fn single_drums_are_left_out_without_the_others() {
    for (prompt, keys) in [
        ("pop, no tambourine", vec![54]),
        ("no claps, house", vec![39]),
        ("no hi-hats pop", vec![42, 44, 46]),
        ("pop, no kick drum", vec![35, 36]),
        ("rock without snare drum", vec![37, 38, 40]),
        ("pop with claps", vec![]),
    ] {
        let wishes = read(prompt).wishes;
        assert_eq!(wishes.unstruck, keys, "{prompt}");
        assert!(!wishes.no_drums, "{prompt}");
    }
    assert_eq!(wanted("salsa, congas, no bongos"), [LatinKit]);
}
