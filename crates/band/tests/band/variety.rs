//! No two songs are the same one.

use std::collections::BTreeSet;

use busker_band::compose::compose;
use busker_band::request::Request;

use crate::likeness::{Fingerprint, pairs};
use crate::songs::{ordinary, prompt};

fn seeds_of(text: &str, sung: bool) -> Vec<Fingerprint> {
    let song = |seed| {
        let lyrics = if sung { ordinary() } else { Vec::new() };
        let request = Request {
            seed,
            lyrics,
            instrumental: !sung,
            ..prompt(text)
        };
        Fingerprint::of(&compose(&request))
    };
    (0..20).map(song).collect()
}

#[test]
fn twenty_seeds_are_twenty_songs() {
    for (text, sung) in [
        ("pop in C major, 110 bpm, female vocal", true),
        ("slow blues in A minor, 80 bpm", true),
        ("house in F minor, 124 bpm", false),
        ("jazz in Bb major, 130 bpm", false),
    ] {
        let songs = seeds_of(text, sung);
        let unlike = pairs(&songs)
            .filter(|(one, other)| one.shared_tune(other) < 0.5)
            .count();
        assert!(unlike >= 189, "{text}: {unlike} of 190 pairs have tunes of their own");
        let same_bed = pairs(&songs).filter(|(one, other)| one.same_bed(other)).count();
        assert!(
            same_bed <= 9,
            "{text}: {same_bed} of 190 pairs share chords, drums and tempo"
        );
        let distinct = |count: usize, what: &str| assert!(count >= 6, "{text}: {count} of 20 {what}");
        distinct(
            songs
                .iter()
                .map(|song| &song.progression)
                .collect::<BTreeSet<_>>()
                .len(),
            "progressions",
        );
        distinct(
            songs.iter().map(|song| &song.drums).collect::<BTreeSet<_>>().len(),
            "grooves",
        );
        distinct(
            songs
                .iter()
                .map(|song| &song.arrangement)
                .collect::<BTreeSet<_>>()
                .len(),
            "arrangements",
        );
    }
}

#[test]
fn two_prompts_never_share_a_tune() {
    let texts = [
        "pop",
        "pop, please",
        "a pop song",
        "happy pop",
        "pop about the sea",
        "rock",
        "ballad",
        "test",
    ];
    let songs = texts.map(|text| {
        let request = Request {
            lyrics: ordinary(),
            ..prompt(text)
        };
        Fingerprint::of(&compose(&request))
    });
    for (one, other) in pairs(&songs) {
        assert!(one.shared_tune(other) < 0.5);
    }
}
