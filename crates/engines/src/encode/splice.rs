//! Joins stretches of a song that were encoded side by side into one MP3 stream.
//!
//! Neighbouring stretches overlap. Where they meet, both hold the same frames of the song, and from the frame on where
//! the earlier one has left at least as much of the bit reservoir free as the later one uses, the later one goes on:
//! the sound its first frame reaches back for is put into that free room. No frame is touched otherwise, so a decoder
//! finds a stream like any other.

use std::ops::Range;

use super::frames::Frames;
use super::mp3::Stream;

/// Frames by which a stretch begins before the earliest place where it may be joined: a second, in which the encoder
/// forgets that it did not hear what came before.
const SWING_IN: u64 = 40;
/// Frames among which the joint is chosen.
const CHOICE: u64 = 40;
/// Frames behind the last possible joint, which the encoder needs to look ahead.
const LOOK_AHEAD: u64 = 4;

/// A part of the song by itself.
pub(super) struct Stretch {
    /// Frames of the song in it.
    frames: Range<u64>,
    /// The first frame that may be the joint with the stretch before; 0 for the first.
    joint: u64,
}

impl Stretch {
    /// `frames` MP3 frames in `count` stretches of about the same length.
    pub(super) fn cut(frames: u64, count: u64) -> Vec<Self> {
        let joint = |index: u64| frames * index / count.max(1);
        (0..count.max(1))
            .map(|index| {
                let end = joint(index + 1) + CHOICE + LOOK_AHEAD;
                Self {
                    frames: joint(index).saturating_sub(SWING_IN)..if index + 1 < count { end } else { u64::MAX },
                    joint: joint(index),
                }
            })
            .collect()
    }

    /// Its samples among `samples`, interleaved stereo.
    pub(super) fn of<'a>(&self, samples: &'a [f32], stream: Stream) -> &'a [f32] {
        let at = |frame: u64| {
            let sample = frame.saturating_mul(stream.frame_length()).saturating_mul(2);
            usize::try_from(sample).unwrap_or(usize::MAX).min(samples.len())
        };
        &samples[at(self.frames.start)..at(self.frames.end)]
    }
}

/// One stream from `pieces`, the music of each of `stretches`. `None` where two of them cannot be joined, because the
/// later one always uses more of the reservoir.
pub(super) fn join(stream: Stream, stretches: &[Stretch], pieces: &[Vec<u8>]) -> Option<Vec<u8>> {
    let (mut playing, mut others) = (pieces.first()?, stretches.iter().zip(pieces).skip(1));
    let mut begins = stretches.first()?.frames.start;
    let mut frames = Frames::of(stream, playing);
    let mut from = 0;
    let mut music = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
    for (stretch, piece) in &mut others {
        let next = Frames::of(stream, piece);
        let (here, there) = (stretch.joint..stretch.joint + CHOICE)
            .map(|frame| ((frame - begins) as usize, (frame - stretch.frames.start) as usize))
            .filter(|(here, there)| *here < frames.count() && *there < next.count())
            .find(|(here, there)| frames.reach_back(*here) >= next.reach_back(*there))?;
        let joined = music.len();
        music.extend_from_slice(&playing[from..frames.start(here)]);
        let sound: Vec<u8> = next
            .room_before(there, next.reach_back(there))
            .into_iter()
            .rev()
            .flat_map(|piece_of_room| piece[piece_of_room].iter().copied())
            .collect();
        let mut rest = sound.as_slice();
        for room in frames.room_before(here, sound.len()) {
            let (earlier, last) = rest.split_at(rest.len() - room.len());
            let place = joined + room.start - from;
            music[place..place + room.len()].copy_from_slice(last);
            rest = earlier;
        }
        from = next.start(there);
        (playing, begins, frames) = (piece, stretch.frames.start, next);
    }
    music.extend_from_slice(&playing[from..]);
    Some(music)
}

#[cfg(test)]
mod tests {
    use super::{Stream, Stretch, join};
    use crate::encode::delivery::Format;

    const SECONDS: usize = 16;

    /// A chord whose loudness and colour move, with strokes of noise.
    fn music(rate: u32) -> Vec<f32> {
        let mut noise = 1_u32;
        (0..rate as usize * SECONDS)
            .flat_map(|frame| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let time = frame as f32 / rate as f32;
                let stroke = (-(time * 2.3).fract() * 14.0).exp() * ((noise >> 8) as f32 / 16_777_216.0 - 0.5);
                let tone =
                    |hertz: f32| (time * hertz * std::f32::consts::TAU).sin() * (1.5 + (time * 0.7).sin()) * 0.08;
                [
                    tone(110.0) + tone(330.0) + stroke,
                    tone(110.0) + tone(415.0) + 0.6 * stroke,
                ]
            })
            .collect()
    }

    /// Power of what an MP3 makes different, for each quarter of a second.
    fn errors(stream: Stream, music: &[u8], source: &[f32]) -> Vec<f32> {
        let frames = source.len() as u64 / 2;
        let heard = crate::encode::playback::play(stream, music, frames).expect("played");
        let step = stream.sample_rate as usize / 2;
        let pairs = heard.chunks(step).zip(source.chunks(step));
        pairs
            .map(|(heard, source)| heard.iter().zip(source).map(|(h, s)| (h - s) * (h - s)).sum())
            .collect()
    }

    #[test]
    fn a_joined_stream_is_as_whole_and_as_good_as_one_in_one_piece() {
        for (rate, bitrate) in [(44_100, 256_000), (44_100, 128_000), (44_100, 32_000), (16_000, 64_000)] {
            let stream = Stream::nearest(rate, bitrate);
            let source = music(rate);
            let frames = source.len() as u64 / 2 / stream.frame_length();
            let stretches = Stretch::cut(frames, 3);
            let pieces: Vec<Vec<u8>> = stretches
                .iter()
                .map(|stretch| stream.lame(stretch.of(&source, stream)).expect("encoded"))
                .collect();
            let joined = join(stream, &stretches, &pieces).expect("joined");
            let whole = stream.lame(&source).expect("encoded");
            assert!(
                joined.len().abs_diff(whole.len()) <= 3,
                "{} {}",
                joined.len(),
                whole.len()
            );
            let pairs = errors(stream, &joined, &source)
                .into_iter()
                .zip(errors(stream, &whole, &source));
            for (quarter, (joined, whole)) in pairs.enumerate() {
                assert!(
                    joined <= whole * 1.25 + 1e-6,
                    "{rate} {bitrate} {quarter}: {joined} for {whole}"
                );
            }
        }
    }

    #[test]
    fn long_songs_are_encoded_in_stretches_that_play_whole() {
        let source: Vec<f32> = music(16_000).into_iter().cycle().take(2 * 16_000 * 90).collect();
        let stream = Stream::nearest(16_000, 64_000);
        let file = stream.write(&source).expect("encoded");
        let heard = nanomp3::decode_all::<f32>(&file);
        assert!(!heard.format_changed && heard.samples.len() == source.len());
    }
}
