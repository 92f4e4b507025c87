//! Songs to encode, and a decoder that shares no code with the one the encoder checks itself with.

use std::f64::consts::TAU;
use std::io::Cursor;

use busker_core::song::{LyricLine, Song, SongFacts};
use busker_engines::measure;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

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
            tempo: Some(89.6),
            key: Some("E minor".to_owned()),
            genres: vec!["acoustic ballad".to_owned(), "folk".to_owned()],
            seed: 42,
            warnings: Vec::new(),
        },
        lines: vec![
            LyricLine {
                text: "Ich laufe nachts".to_owned(),
                start: 0.5,
                end: 1.2,
            },
            LyricLine {
                text: "im Regen heim".to_owned(),
                start: 1.25,
                end: 1.9,
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

pub(crate) struct Decoded {
    pub(crate) rate: u32,
    pub(crate) samples: Vec<f32>,
}

/// Decodes an MP3 as a player does, leaving out what its encoder added.
pub(crate) fn decode(mp3: &[u8]) -> Decoded {
    let source = MediaSourceStream::new(Box::new(Cursor::new(mp3.to_vec())), Default::default());
    let mut hint = Hint::new();
    hint.with_extension("mp3");
    let mut reader = symphonia::default::get_probe()
        .probe(&hint, source, FormatOptions::default(), MetadataOptions::default())
        .expect("an MP3");
    let track = reader.default_track(TrackType::Audio).expect("a track");
    let parameters = track
        .codec_params
        .as_ref()
        .expect("parameters")
        .audio()
        .expect("audio")
        .clone();
    let options = AudioDecoderOptions::default();
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(&parameters, &options)
        .expect("a decoder");
    let mut samples = Vec::new();
    let mut piece = Vec::new();
    while let Some(packet) = reader.next_packet().expect("a whole stream") {
        let buffer = decoder.decode(&packet).expect("a valid frame");
        assert_eq!(buffer.spec().channels().count(), 2);
        buffer.copy_to_vec_interleaved::<f32>(&mut piece);
        samples.extend_from_slice(&piece);
    }
    Decoded {
        rate: parameters.sample_rate.expect("a rate"),
        samples,
    }
}
