//! Plays an MP3 stream as a buyer's player will, several parts of it at once.

use std::ops::Range;

use busker_band::perform::{self, Threads};
use nanomp3::{DecodeError, Decoder, MAX_SAMPLES_PER_FRAME};

use super::frames::Frames;
use super::mp3::{ENCODER_DELAY, Stream};
use crate::error::EncodeError;

/// Frames a decoder adds before the music, as the Info tag counts them (528 and one).
const DECODER_DELAY: u64 = 529;
/// MP3 frames of one part: some twenty seconds.
const PART: usize = 768;
/// Frames a decoder hears before a part, so that reservoir and filters hold what they would in the whole: sixteen of the
/// smallest frames fill the reservoir.
const SWING_IN: usize = 16;

/// `music` as `frames` frames of interleaved stereo, what both coders add at its ends cut off.
///
/// # Errors
/// [`EncodeError::Unreadable`] where the stream breaks off or changes.
pub(super) fn play(stream: Stream, music: &[u8], frames: u64) -> Result<Vec<f32>, EncodeError> {
    let mp3 = Frames::of(stream, music);
    let mut sound = vec![0.0_f32; frames as usize * 2];
    let mut parts = Vec::new();
    let mut rest = sound.as_mut_slice();
    for start in (0..mp3.count()).step_by(PART) {
        let end = (start + PART).min(mp3.count());
        let (part, after) = rest.split_at_mut(heard(stream, start..end, frames).len());
        parts.push((start..end, part));
        rest = after;
    }
    if !rest.is_empty() {
        return Err(EncodeError::Unreadable);
    }
    let played = perform::map(parts, Threads::default(), |(range, sound)| {
        let mut decoder = Decoder::new();
        let mut pcm = [0.0_f32; MAX_SAMPLES_PER_FRAME];
        let mut rest = sound;
        for index in range.start.saturating_sub(SWING_IN)..range.end {
            let (_, result) = decoder.decode(&music[mp3.start(index)..], &mut pcm);
            match result {
                Ok(info) if info.samples_produced as u64 == stream.frame_length() => {}
                Err(DecodeError::ReservoirUnavailable(_)) if index < range.start => continue,
                _ => return Err(EncodeError::Unreadable),
            }
            if index >= range.start {
                let kept = heard(stream, index..index + 1, frames);
                let (place, after) = rest.split_at_mut(kept.len());
                place.copy_from_slice(&pcm[kept]);
                rest = after;
            }
        }
        Ok(())
    });
    played.into_iter().collect::<Result<(), _>>()?;
    Ok(sound)
}

/// Which of the samples that some MP3 frames decode to belong to the song.
fn heard(stream: Stream, range: Range<usize>, frames: u64) -> Range<usize> {
    let skip = ENCODER_DELAY + DECODER_DELAY;
    let first = range.start as u64 * stream.frame_length();
    let last = range.end as u64 * stream.frame_length();
    let start = skip.clamp(first, last) - first;
    let end = (skip + frames).clamp(first, last) - first;
    start as usize * 2..end as usize * 2
}

#[cfg(test)]
mod tests {
    use super::super::delivery::Format;
    use super::Stream;

    #[test]
    fn parts_play_exactly_like_the_whole() {
        let mut noise = 1_u32;
        let samples: Vec<f32> = (0..2 * 44_100 * 25)
            .map(|index| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (index as f32 * 0.01).sin() * 0.3 + (noise >> 8) as f32 / 16_777_216.0 * 0.2
            })
            .collect();
        for bitrate in [32_000, 256_000] {
            let stream = Stream::nearest(44_100, bitrate);
            let file = stream.write(&samples).expect("encoded");
            let parts = stream.play(&file, samples.len() as u64 / 2).expect("played");
            assert!(parts == nanomp3::decode_all::<f32>(&file).samples, "{bitrate}");
        }
    }
}
