//! Songs to encode.

use std::f64::consts::TAU;

use busker_core::song::{LyricLine, LyricWord, Song, SongFacts, SongSection};
use busker_engines::measure;

pub(crate) const RATE: u32 = 44_100;

/// Chords, a bass, a kick, a hat and two voices, mastered: −14 LUFS, peaks near −1.5 dBTP.
pub(crate) fn mastered_song(seconds: f64) -> Song {
    let mut noise = 1_u32;
    let mut hiss = || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(noise) / f64::from(u32::MAX) * 2.0 - 1.0
    };
    let frames = (seconds * f64::from(RATE)) as usize;
    let mut samples = Vec::with_capacity(frames * 2);
    for frame in 0..frames {
        let time = frame as f64 / f64::from(RATE);
        let beat = time * 1.5;
        let since_beat = beat.fract() / 1.5;
        let since_half = (beat * 2.0).fract() / 3.0;
        let chord = [1.0, 1.189, 1.498, 1.782][(beat / 4.0) as usize % 4];
        let tone = |ratio: f64| {
            (1..8)
                .map(|n| (time * 220.0 * chord * ratio * TAU * f64::from(n)).sin() / f64::from(n * n))
                .sum::<f64>()
        };
        let kick =
            (since_beat * 55.0 * TAU + 2.0 * (1.0 - (-since_beat * 40.0).exp())).sin() * (-since_beat * 14.0).exp();
        let hat = hiss() * (-since_half * 50.0).exp();
        let middle = 2.2 * kick + 0.3 * tone(0.25) + 1.2 * hat;
        let (left, right) = (0.2 * tone(1.0), 0.2 * tone(1.335));
        samples.extend([middle + left + 0.02 * hiss(), middle + right].map(|sample| sample as f32));
    }
    Song {
        rate: RATE,
        samples: mastered(samples),
        facts: SongFacts {
            title: "Regen über Köln".to_owned(),
            lyrics: "[Verse]\nIch laufe nachts\nim Regen heim".to_owned(),
            language: Some("de".to_owned()),
            tempo: Some(89.6),
            key: Some("E minor".to_owned()),
            genres: vec!["acoustic ballad".to_owned(), "folk".to_owned()],
            sections: ["Verse", "Chorus"]
                .map(|label| SongSection {
                    label: label.to_owned(),
                    start: if label == "Verse" { 0.0 } else { seconds / 2.0 },
                    end: if label == "Verse" { seconds / 2.0 } else { seconds },
                    energy: if label == "Verse" { 0.4 } else { 0.9 },
                    chords: "Em | C | G D | Em".to_owned(),
                })
                .to_vec(),
            seed: 42,
            soundfont: None,
            warnings: Vec::new(),
        },
        lines: vec![
            LyricLine {
                text: "Ich laufe nachts".to_owned(),
                start: 0.5,
                end: 1.2,
                words: [("Ich", 0.5), (" laufe", 0.7), (" nachts", 1.0)]
                    .map(|(text, start)| LyricWord {
                        text: text.to_owned(),
                        start,
                    })
                    .to_vec(),
            },
            LyricLine {
                text: "im Regen heim".to_owned(),
                start: 1.25,
                end: 1.9,
                words: Vec::new(),
            },
        ],
        ..Song::default()
    }
}

/// Drives a soft clipper until loudness and peaks are those of a master.
fn mastered(samples: Vec<f32>) -> Vec<f32> {
    let mut drive = 0.3_f32;
    let mut result = samples.clone();
    for _ in 0..8 {
        result = samples.iter().map(|sample| (sample * drive).tanh() * 0.82).collect();
        let Ok(reading) = measure(&result, RATE) else { break };
        if !reading.loudness.is_finite() {
            break;
        }
        drive *= 10_f32.powf((-14.0 - reading.loudness as f32) / 20.0);
    }
    result
}
