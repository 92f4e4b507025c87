//! Seconds the encoders take for a song of 180 seconds: `cargo bench -p busker-engines`.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints and reads the clock"
)]

use std::time::Instant;

use busker_core::request::AudioFormat;
use busker_core::song::Song;
use busker_engines::{EncodeError, FileSpec, encode};

const SECONDS: u32 = 180;
const RATE: u32 = 44_100;

fn main() -> Result<(), EncodeError> {
    let song = song();
    for (format, sample_rate, bitrate) in [
        (AudioFormat::Mp3, 44_100, 256_000),
        (AudioFormat::Mp3, 44_100, 128_000),
        (AudioFormat::Mp3, 44_100, 32_000),
        (AudioFormat::Mp3, 32_000, 128_000),
        (AudioFormat::Mp3, 16_000, 64_000),
        (AudioFormat::Wav, 44_100, 256_000),
        (AudioFormat::Wav, 24_000, 256_000),
    ] {
        let spec = FileSpec {
            format,
            sample_rate,
            bitrate,
        };
        let start = Instant::now();
        let file = encode(&song, &spec)?;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{} {sample_rate} Hz {} bit/s: {seconds:.2} s, {:.0} times faster than it plays",
            format.name(),
            file.bitrate,
            f64::from(SECONDS) / seconds
        );
    }
    Ok(())
}

/// A chord that moves, and noise on the beat, at about the loudness of a master.
fn song() -> Song {
    let mut noise = 1_u32;
    let samples = (0..SECONDS * RATE)
        .flat_map(|frame| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let time = f64::from(frame) / f64::from(RATE);
            let since_beat = (time * 2.0).fract();
            let hiss = (f64::from(noise) / f64::from(u32::MAX) - 0.5) * (-since_beat * 12.0).exp();
            let tone = |hertz: f64| (time * hertz * std::f64::consts::TAU).sin() * 0.12;
            let bass = tone(55.0) + tone(110.0);
            let chord = 2_f64.powf((time / 2.0).floor() % 12.0 / 12.0);
            let (left, right) = (
                tone(220.0 * chord) + tone(660.0 * chord),
                tone(330.0 * chord) + tone(990.0 * chord),
            );
            [bass + left + 0.4 * hiss, bass + right + 0.4 * hiss].map(|sample| sample as f32)
        })
        .collect();
    Song {
        rate: RATE,
        samples,
        ..Song::default()
    }
}
