//! Sings the vocal lines of a score as `busker render --score` writes it, dry, into a WAV file: what the measuring of
//! intelligibility and pitch listens to.
//!
//! `cargo run -p busker-voice --example sing_score -- SCORE.json OUT.wav [female|male|child] [COLOUR]`
#![allow(clippy::print_stdout, reason = "an example reports on standard output")]

use std::error::Error;
use std::time::Instant;

use busker_voice::pronounce::{Language, pronounce};
use busker_voice::{Line, Note, RATE, Singer, Syllable, sing};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [score, out, rest @ ..] = arguments.as_slice() else {
        return Err("give a score and a WAV file".into());
    };
    let singer = match rest.first().map_or("female", String::as_str) {
        "male" => Singer::male(),
        "child" => Singer::child(),
        _ => Singer::female(),
    };
    let colour = rest.get(1).map_or(Ok(0), |colour| colour.parse())?;
    let singer = singer.coloured(colour);
    let score: Value = serde_json::from_slice(&std::fs::read(score)?)?;
    let lines: Vec<Line> = score["vocals"].as_array().into_iter().flatten().map(line).collect();
    let began = Instant::now();
    let takes: Vec<_> = (0..lines.len())
        .map(|index| sing(&singer, &lines, index, 1 + index as u64))
        .collect();
    let spent = began.elapsed().as_secs_f64();
    let length = takes
        .iter()
        .map(|take| take.start + take.samples.len())
        .max()
        .unwrap_or(0);
    let mut song = vec![0.0_f32; length];
    for take in &takes {
        for (sum, sample) in song[take.start..].iter_mut().zip(&take.samples) {
            *sum += sample;
        }
    }
    let sung: f64 = takes
        .iter()
        .map(|take| take.samples.len() as f64 / f64::from(RATE))
        .sum();
    println!("{sung:.1} s sung in {spent:.2} s: {:.0} x real time", sung / spent);
    let peak = song.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    println!(
        "peak {peak:.3}, finite {}",
        song.iter().all(|sample| sample.is_finite())
    );
    std::fs::write(out, wav(&song, 0.8 / peak.max(1e-6)))?;
    Ok(())
}

fn line(value: &Value) -> Line {
    let text = value["line"].as_str().unwrap_or_default();
    let words = pronounce(text, Language::English);
    let mut syllables = words.iter().flat_map(|word| &word.syllables);
    let number = |value: &Value| value.as_f64().unwrap_or_default();
    let note = |note: &Value| Note {
        start: number(&note["start"]),
        end: number(&note["end"]),
        pitch: number(&note["midi"]) as f32,
        velocity: 0.7,
        syllable: note["syllable"]
            .as_str()
            .filter(|letters| !letters.is_empty())
            .and_then(|_| {
                syllables.next().map(|syllable| Syllable {
                    phones: syllable.phones.clone(),
                    stress: number(&note["stress"]) as f32,
                })
            }),
    };
    Line {
        notes: value["notes"].as_array().into_iter().flatten().map(note).collect(),
        breath: true,
    }
}

/// 16-bit mono.
fn wav(samples: &[f32], gain: f32) -> Vec<u8> {
    let bytes = samples.len() as u32 * 2;
    let mut file = Vec::with_capacity(44 + samples.len() * 2);
    file.extend(b"RIFF");
    file.extend((36 + bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(bytes.to_le_bytes());
    for sample in samples {
        file.extend((((sample * gain).clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
    }
    file
}
