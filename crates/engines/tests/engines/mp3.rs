use busker_core::request::{AudioFormat, BITRATES, SAMPLE_RATES};
use busker_engines::{Encoded, FileSpec, encode, measure};

use crate::player::decode;
use crate::sound::{RATE, mastered_song};

fn mp3(sample_rate: u32, bitrate: u32) -> FileSpec {
    FileSpec {
        format: AudioFormat::Mp3,
        sample_rate,
        bitrate,
    }
}

/// The bit rate in the header of the first frame with music.
fn bitrate_in_file(file: &Encoded) -> u32 {
    let seconds = file.duration_seconds();
    let music = file.bytes.len() as f64 * 8.0 / seconds;
    music as u32
}

#[test]
fn all_sixteen_combinations_play_at_the_asked_rate_whole_and_unclipped() {
    let song = mastered_song(6.0);
    let source = measure(&song.samples, RATE).unwrap();
    assert!(
        (source.loudness + 14.0).abs() < 0.1,
        "the test song is mastered: {source:?}"
    );
    for sample_rate in SAMPLE_RATES {
        for bitrate in BITRATES {
            let file = encode(&song, &mp3(sample_rate, bitrate)).unwrap();
            let name = format!("{sample_rate} Hz, {bitrate} bit/s");
            let heard = decode(&file.bytes);
            let reading = measure(&heard.samples, heard.rate).unwrap();
            println!("{name}: {reading:?}, {} bit/s in the file", bitrate_in_file(&file));

            assert_eq!(heard.rate, sample_rate, "{name}");
            assert_eq!(heard.samples.len() as u64 / 2, file.frames, "{name}");
            assert!((file.duration_seconds() - 6.0).abs() < 0.001, "{name}");
            assert!(reading.true_peak <= -1.0, "{name}: {reading:?}");
            assert!((reading.loudness + 14.0).abs() <= 1.0, "{name}: {reading:?}");
            let asked_too_much = sample_rate < 32_000 && bitrate > 160_000;
            assert_eq!(file.bitrate, if asked_too_much { 160_000 } else { bitrate }, "{name}");
            assert_eq!(file.note.is_some(), asked_too_much, "{name}");
            let overhead = f64::from(bitrate_in_file(&file)) / f64::from(file.bitrate);
            assert!((1.0..1.1).contains(&overhead), "{name}: {overhead}");
        }
    }
}

#[test]
fn the_music_starts_where_it_did() {
    let mut song = mastered_song(2.0);
    song.samples.fill(0.0);
    let click = 40_000;
    for frame in click..click + 200 {
        song.samples[frame * 2..frame * 2 + 2].fill(0.5 * ((frame - click) as f32 * 0.3).sin());
    }
    for bitrate in [32_000, 256_000] {
        let heard = decode(&encode(&song, &mp3(RATE, bitrate)).unwrap().bytes);
        let energy_of = |range: std::ops::Range<usize>| heard.samples[range].iter().map(|s| s * s).sum::<f32>();
        let inside = energy_of(click * 2..(click + 200) * 2);
        assert!(inside > 0.8 * energy_of(0..heard.samples.len()), "{bitrate}");
    }
}

#[test]
fn the_same_song_gives_the_same_bytes() {
    let song = mastered_song(1.5);
    for spec in [mp3(44_100, 128_000), mp3(16_000, 64_000)] {
        assert_eq!(encode(&song, &spec).unwrap(), encode(&song, &spec).unwrap());
    }
}

#[test]
fn a_combination_mp3_does_not_allow_is_explained_to_the_buyer() {
    let file = encode(&mastered_song(0.5), &mp3(16_000, 256_000)).unwrap();
    assert_eq!(
        file.note.unwrap(),
        "MP3 at 16000 Hz goes up to 160000 bit/s: the file has that instead of 256000"
    );
}

#[test]
fn a_song_far_too_loud_is_held_under_the_limit() {
    let mut song = mastered_song(3.0);
    song.samples
        .iter_mut()
        .for_each(|sample| *sample = (*sample * 20.0).clamp(-1.0, 1.0));
    for bitrate in BITRATES {
        let heard = decode(&encode(&song, &mp3(RATE, bitrate)).unwrap().bytes);
        let reading = measure(&heard.samples, heard.rate).unwrap();
        assert!(reading.true_peak <= -1.0, "{bitrate}: {reading:?}");
    }
}
