//! How different the band's songs are: `cargo run -p busker-band --example variety`, about a minute.
//!
//! Composes every genre with several seeds, sung and played, and twenty seeds of single prompts; compares all pairs.
#![allow(clippy::print_stdout, reason = "an example reports on standard output")]

#[path = "../tests/band/likeness.rs"]
mod likeness;

use std::collections::BTreeSet;

use busker_band::compose::compose;
use busker_band::request::Request;
use likeness::{Fingerprint, pairs};

const GENRES: [&str; 25] = [
    "ambient",
    "ballad",
    "blues",
    "bossa nova",
    "children",
    "cinematic",
    "country",
    "drum and bass",
    "dubstep",
    "folk",
    "funk",
    "gospel",
    "hip hop",
    "house",
    "jazz",
    "k-pop",
    "lo-fi",
    "metal",
    "pop",
    "reggae",
    "rock",
    "soul",
    "synthwave",
    "trance",
    "trap",
];

fn main() {
    println!(
        "{:<34} {:>6} {:>9} {:>9} {:>9} {:>7} {:>7} {:>7}",
        "songs", "pairs", "tunes<0.5", "most like", "same bed", "chords", "drums", "bands"
    );
    let all = |instrumental: bool| {
        let songs = GENRES
            .iter()
            .flat_map(|genre| (0..4).map(move |seed| song(genre, seed, instrumental)));
        songs.collect::<Vec<_>>()
    };
    report("25 genres x 4 seeds, sung", &all(false));
    report("25 genres x 4 seeds, played", &all(true));
    for genre in GENRES {
        let songs = (0..20).map(|seed| song(genre, seed, seed % 2 == 0)).collect::<Vec<_>>();
        report(&format!("20 seeds of \"{genre}\""), &songs);
    }
}

fn song(text: &str, seed: u64, instrumental: bool) -> Fingerprint {
    Fingerprint::of(&compose(&Request {
        prompt: text.to_owned(),
        lyrics: Vec::new(),
        instrumental,
        duration: None,
        seed,
    }))
}

fn report(what: &str, songs: &[Fingerprint]) {
    let likeness = pairs(songs)
        .map(|(one, other)| one.shared_tune(other))
        .collect::<Vec<_>>();
    let total = likeness.len().max(1) as f64;
    let unlike = likeness.iter().filter(|shared| **shared < 0.5).count() as f64;
    let same_bed = pairs(songs).filter(|(one, other)| one.same_bed(other)).count() as f64;
    println!(
        "{what:<34} {:>6} {:>8.2}% {:>9.2} {:>8.2}% {:>7} {:>7} {:>7}",
        likeness.len(),
        100.0 * unlike / total,
        likeness.iter().copied().fold(0.0, f64::max),
        100.0 * same_bed / total,
        songs
            .iter()
            .map(|song| &song.progression)
            .collect::<BTreeSet<_>>()
            .len(),
        songs.iter().map(|song| &song.drums).collect::<BTreeSet<_>>().len(),
        songs
            .iter()
            .map(|song| &song.arrangement)
            .collect::<BTreeSet<_>>()
            .len(),
    );
}
