//! Where the frames of a constant bit rate MP3 stream lie, and where their sound begins (ISO/IEC 11172-3, 2.4.1).
//!
//! The sound of a frame ("main data") may begin in what earlier frames left free, the bit reservoir: a frame says by how
//! many bytes it reaches back. Headers and side information in between are skipped over.

use std::ops::Range;

use super::mp3::Stream;

/// Bytes of a frame's header; LAME writes no checksum behind it.
pub(super) const HEADER_BYTES: usize = 4;

/// A stream cut into its frames.
pub(super) struct Frames<'a> {
    stream: Stream,
    music: &'a [u8],
    starts: Vec<usize>,
}

impl<'a> Frames<'a> {
    /// Those of `music`, up to the first place where no frame begins or none is whole.
    pub(super) fn of(stream: Stream, music: &'a [u8]) -> Self {
        let mut starts = Vec::new();
        let mut position = 0;
        while let Some([0xFF, _, third, _]) = music.get(position..position + HEADER_BYTES) {
            let end = position + frame_bytes(stream, stream.bitrate / 1000, third & 0x02 != 0);
            if end > music.len() {
                break;
            }
            starts.push(position);
            position = end;
        }
        Self { stream, music, starts }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where each begins.
    pub(super) fn starts(self) -> Vec<usize> {
        self.starts
    }

    /// Where frame `index` begins; the end of the music behind the last one.
    pub(super) fn start(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.music.len())
    }

    /// By how many bytes the sound of frame `index` begins before its header.
    pub(super) fn reach_back(&self, index: usize) -> usize {
        let start = self.start(index) + HEADER_BYTES;
        match self.music.get(start..start + 2) {
            // Nine bits in MPEG-1, eight in MPEG-2.
            Some([first, second]) if self.stream.is_mpeg1() => usize::from(*first) << 1 | usize::from(second >> 7),
            Some([first, _]) => usize::from(*first),
            _ => 0,
        }
    }

    /// The last `count` bytes of room for sound before frame `index`, last piece first.
    pub(super) fn room_before(&self, index: usize, count: usize) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut wanted = count;
        for frame in (0..index).rev() {
            if wanted == 0 {
                break;
            }
            let room = self.start(frame) + HEADER_BYTES + side_information_bytes(self.stream)..self.start(frame + 1);
            let piece = room.end - wanted.min(room.len())..room.end;
            wanted -= piece.len();
            pieces.push(piece);
        }
        pieces
    }
}

/// Bytes of the side information of a stereo frame.
pub(super) fn side_information_bytes(stream: Stream) -> usize {
    if stream.is_mpeg1() { 32 } else { 17 }
}

/// Bytes of a frame at `kbits`.
pub(super) fn frame_bytes(stream: Stream, kbits: u32, padded: bool) -> usize {
    let bytes_at_one_hertz = stream.frame_length() as usize / 8 * kbits as usize * 1000;
    bytes_at_one_hertz / stream.sample_rate as usize + usize::from(padded)
}
