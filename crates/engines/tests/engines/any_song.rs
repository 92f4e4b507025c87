use busker_core::request::{AudioFormat, BITRATES, SAMPLE_RATES};
use busker_core::song::Song;
use busker_engines::{FileSpec, encode, peaks};
use proptest::prelude::*;

use crate::player::decode;

fn any_samples() -> impl Strategy<Value = Vec<f32>> {
    prop_oneof![
        prop::collection::vec(-1.0_f32..1.0, 0..6_000),
        prop::collection::vec(-50.0_f32..50.0, 0..600),
        (0_usize..9_000).prop_map(|length| vec![0.0; length]),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn however_short_odd_silent_or_loud_it_becomes_a_file_of_its_length(
        samples in any_samples(),
        rate in prop::sample::select(vec![22_050, 44_100, 48_000]),
        sample_rate in prop::sample::select(SAMPLE_RATES.to_vec()),
        bitrate in prop::sample::select(BITRATES.to_vec()),
    ) {
        let seconds = (samples.len() / 2) as f64 / f64::from(rate);
        let song = Song { rate, samples, ..Song::default() };
        for format in AudioFormat::ALL {
            let file = encode(&song, &FileSpec { format, sample_rate, bitrate }).unwrap();
            prop_assert!((file.duration_seconds() - seconds).abs() <= 1.0 / f64::from(sample_rate));
            if format == AudioFormat::Mp3 && file.frames > 0 {
                prop_assert_eq!(decode(&file.bytes).samples.len() as u64 / 2, file.frames);
            }
        }
        prop_assert!(peaks(&song)["length"].as_u64().unwrap() <= 800);
    }
}

#[test]
fn a_song_without_a_rate_is_refused_with_a_reason() {
    let spec = FileSpec {
        format: AudioFormat::Wav,
        sample_rate: 44_100,
        bitrate: 256_000,
    };
    let error = encode(&Song::default(), &spec).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the song has no sample rate; the engine that made it must set one"
    );
}
