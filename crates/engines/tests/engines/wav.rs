use std::io::Cursor;

use busker_core::request::{AudioFormat, SAMPLE_RATES};
use busker_core::song::Stem;
use busker_engines::encode::{encode_stem, formats, stem_gain};
use busker_engines::{FileSpec, encode, measure};

use crate::sound::mastered_song;

fn spec(format: AudioFormat, sample_rate: u32) -> FileSpec {
    FileSpec {
        format,
        sample_rate,
        bitrate: 256_000,
    }
}

#[test]
fn wav_files_are_valid_at_every_rate_and_keep_level_and_length() {
    let song = mastered_song(4.0);
    for rate in SAMPLE_RATES {
        let file = encode(&song, &spec(AudioFormat::Wav, rate)).unwrap();
        let mut reader = hound::WavReader::new(Cursor::new(&file.bytes)).unwrap();
        let header = reader.spec();
        assert_eq!(
            (header.sample_rate, header.channels, header.bits_per_sample),
            (rate, 2, 16)
        );
        assert_eq!(u64::from(reader.duration()), file.frames);
        assert!((file.duration_seconds() - 4.0).abs() < 0.001);
        assert_eq!(file.bitrate, rate * 32);
        let samples: Vec<f32> = reader
            .samples::<i16>()
            .map(|s| f32::from(s.unwrap()) / 32_768.0)
            .collect();
        let reading = measure(&samples, rate).unwrap();
        println!("{rate}: {reading:?}");
        assert!(reading.true_peak <= -1.0, "{rate}: {reading:?}");
        assert!((reading.loudness + 14.0).abs() <= 1.0, "{rate}: {reading:?}");
    }
}

#[test]
fn title_and_comment_stand_behind_the_sound() {
    let file = encode(&mastered_song(0.2), &spec(AudioFormat::Wav, 44_100)).unwrap();
    assert_eq!(&file.bytes[36..40], b"data");
    let behind = String::from_utf8_lossy(&file.bytes[44 + file.frames as usize * 4..]);
    for text in ["LIST", "INFO", "INAM", "Regen über Köln\0", "ICMT", "made by busker\0"] {
        assert!(behind.contains(text), "{text}");
    }
}

#[test]
fn pcm_is_the_wav_without_its_header() {
    let song = mastered_song(0.7);
    let wav = encode(&song, &spec(AudioFormat::Wav, 24_000)).unwrap();
    let pcm = encode(&song, &spec(AudioFormat::Pcm, 24_000)).unwrap();
    assert_eq!(pcm.bytes.len() as u64, pcm.frames * 4);
    assert_eq!(wav.bytes[44..44 + pcm.bytes.len()], pcm.bytes);
}

#[test]
fn a_stem_is_a_wav_named_after_song_and_instrument() {
    let mut song = mastered_song(0.3);
    let stem = Stem {
        name: "bass".to_owned(),
        samples: song.samples.split_off(0),
    };
    let bytes = encode_stem(&song, &stem, 1.0);
    let reader = hound::WavReader::new(Cursor::new(&bytes)).unwrap();
    assert_eq!(reader.duration() as usize, stem.samples.len() / 2);
    assert!(String::from_utf8_lossy(&bytes).contains("Regen über Köln (bass)"));
}

#[test]
fn stems_above_full_scale_come_down_together_and_keep_their_proportions() {
    let song = mastered_song(0.1);
    let sine = |name: &str, level: f32| Stem {
        name: name.to_owned(),
        samples: (0..4_000).map(|n| level * (n as f32 * 0.05).sin()).collect(),
    };
    let stems = [sine("piano", 2.5), sine("bass", 0.5)];
    let gain = stem_gain(&stems);
    let written = stems.each_ref().map(|stem| {
        let bytes = encode_stem(&song, stem, gain);
        let mut reader = hound::WavReader::new(Cursor::new(bytes)).unwrap();
        reader
            .samples::<i16>()
            .map(|sample| f32::from(sample.unwrap()) / 32_767.0)
            .collect::<Vec<f32>>()
    });
    let peak = written[0].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((peak - 0.891).abs() < 0.001, "{peak}");
    for (loud, soft) in written[0].iter().zip(&written[1]) {
        assert!((loud - 5.0 * soft).abs() < 0.001, "{loud} is not five times {soft}");
    }
    assert_eq!(stem_gain(&stems[1..]), 1.0, "what fits is left alone");
}

#[test]
fn what_was_built_in_is_offered_and_what_was_left_out_says_so() {
    let song = mastered_song(0.1);
    for format in AudioFormat::ALL {
        let result = encode(&song, &spec(format, 44_100));
        if formats().any(|offered| offered == format) {
            assert_eq!(result.unwrap().format, format);
        } else {
            let error = result.unwrap_err().to_string();
            assert!(error.contains("built without mp3"), "{error}");
        }
    }
}
