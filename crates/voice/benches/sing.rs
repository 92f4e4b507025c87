//! How fast the singer sings: `cargo bench -p busker-voice`.
//!
//! One voice on one core; seconds of sound for each second of work, the best of some rounds.
#![allow(clippy::print_stdout, reason = "a bench reports on standard output")]

use std::time::Instant;

use busker_voice::pronounce::{Language, pronounce};
use busker_voice::{Line, Note, RATE, Singer, Syllable, sing};

const LYRICS: &str = "walking through the rain tonight every drop a memory falling down";
const ROUNDS: usize = 10;

fn main() {
    println!("{:>8} {:>8} {:>8}", "singer", "seconds", "x real");
    for (name, singer, lowest) in [("female", Singer::female(), 57.0), ("male", Singer::male(), 45.0)] {
        let lines = [line(lowest)];
        let mut best = f64::INFINITY;
        let mut length = 0.0;
        for seed in 0..ROUNDS {
            let begin = Instant::now();
            let take = sing(&singer, &lines, 0, seed as u64);
            best = best.min(begin.elapsed().as_secs_f64());
            length = take.samples.len() as f64 / f64::from(RATE);
        }
        println!("{name:>8} {length:>8.1} {:>8.0}", length / best);
    }
}

/// The lyrics on a scale of eight notes, up and down, two syllables a second.
fn line(lowest: f32) -> Line {
    const SCALE: [f32; 14] = [0.0, 2.0, 4.0, 5.0, 7.0, 9.0, 11.0, 12.0, 11.0, 9.0, 7.0, 5.0, 4.0, 2.0];
    let words = pronounce(LYRICS, Language::English);
    let syllables = words.iter().flat_map(|word| &word.syllables);
    let note = |(index, syllable): (usize, &busker_voice::pronounce::Syllable)| Note {
        start: 1.0 + 0.5 * index as f64,
        end: 1.5 + 0.5 * index as f64,
        pitch: lowest + SCALE[index % SCALE.len()],
        velocity: 0.7,
        syllable: Some(Syllable {
            phones: syllable.phones.clone(),
            stress: 0.5,
        }),
    };
    Line {
        notes: syllables.enumerate().map(note).collect(),
        breath: true,
    }
}
