//! The outline of a song, for players to draw before they have loaded it.

use busker_core::song::Song;
use serde_json::{Value, json};

/// Pairs in the outline of any song that has that many frames.
const PAIRS: usize = 800;

/// The outline of `song` in the JSON format of audiowaveform (version 2, one channel, eight bits), which the common web
/// players read as it is, and `duration` in seconds beside it:
///
/// ```json
/// {"version": 2, "channels": 1, "sample_rate": 44100, "samples_per_pixel": 9840, "bits": 8, "length": 800,
///  "data": [-12, 15, -90, 88], "duration": 178.5}
/// ```
///
/// `data` holds `length` pairs of the least and the greatest sample of both channels in `samples_per_pixel` frames, from
/// -127 to 127 (full scale). The outline of a mastered song nearly fills it.
pub fn peaks(song: &Song) -> Value {
    let frames = song.samples.len() / 2;
    let frames_a_pair = frames.div_ceil(PAIRS).max(1);
    let data: Vec<i8> = song.samples[..frames * 2]
        .chunks(frames_a_pair * 2)
        .flat_map(|samples| {
            let least = samples.iter().copied().fold(0.0, f32::min);
            let greatest = samples.iter().copied().fold(0.0, f32::max);
            [least, greatest].map(|sample| (sample * 127.0).round() as i8)
        })
        .collect();
    json!({
        "version": 2,
        "channels": 1,
        "sample_rate": song.rate,
        "samples_per_pixel": frames_a_pair,
        "bits": 8,
        "length": data.len() / 2,
        "data": data,
        "duration": frames as f64 / f64::from(song.rate.max(1)),
    })
}

#[cfg(test)]
mod tests {
    use super::peaks;
    use busker_core::song::Song;

    fn song(samples: Vec<f32>) -> Song {
        Song {
            rate: 44_100,
            samples,
            ..Song::default()
        }
    }

    #[test]
    fn the_outline_shows_where_a_song_is_loud() {
        let mut samples = vec![0.1; 44_100 * 4];
        samples[44_100 * 2] = -0.9;
        let outline = peaks(&song(samples));
        assert_eq!(outline["length"], 795);
        assert_eq!(outline["duration"], 2.0);
        let data = outline["data"].as_array().expect("an array");
        assert_eq!(data.len(), 2 * 795);
        assert_eq!(data[1], 13);
        assert_eq!(data.iter().filter(|value| **value == -114).count(), 1);
    }

    #[test]
    fn nothing_and_a_lone_sample_have_an_outline() {
        assert_eq!(peaks(&song(Vec::new()))["length"], 0);
        assert_eq!(peaks(&song(vec![0.5]))["length"], 0);
        assert_eq!(peaks(&song(vec![0.5, -0.5]))["data"], serde_json::json!([-64, 64]));
    }
}
