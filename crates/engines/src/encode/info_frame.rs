//! The frame before the music that tells players how long the song really is.
//!
//! An MP3 is longer than what was encoded: the encoder adds [`ENCODER_DELAY`] frames before it and fills up the last
//! frame. Players that read this tag (known as "Xing", "Info" or "LAME" tag) cut both, so the song starts and ends where
//! it should. LAME writes one itself, but not at 32 kbit/s, where its frames are too small for it; this one is given
//! a frame of at least 64 kbit/s, as in a stream of varying bit rate.
//!
//! Layout: "Mp3 Info Tag revision 1", the LAME project's document.

use super::frames::{Frames, HEADER_BYTES, frame_bytes, side_information_bytes};
use super::mp3::{ENCODER_DELAY, Stream};

/// Smallest bit rate, in kbit/s, whose frames hold the tag at every sample rate.
const LEAST_KBITS: u32 = 64;
/// Length of the tag behind the side information.
const TAG_LENGTH: usize = 156;
/// kbit/s by the index in a frame header, MPEG-1 layer III (ISO/IEC 11172-3, 2.4.2.3).
const MPEG1_KBITS: [u32; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
/// The same, MPEG-2 layer III.
const MPEG2_KBITS: [u32; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// The frame to put before `music`, an MP3 stream of `frames` audio frames.
pub(super) fn write(stream: Stream, music: &[u8], frames: u64) -> Vec<u8> {
    let starts = Frames::of(stream, music).starts();
    let Some(header) = music.get(..HEADER_BYTES) else {
        return Vec::new();
    };
    let kbits = kbits(stream);
    let before_the_tag = HEADER_BYTES + side_information_bytes(stream);
    let length = length(stream);
    let total = (length + music.len()) as u32;

    let mut frame = Vec::with_capacity(length);
    frame.extend([
        header[0],
        header[1],
        bitrate_index(stream, kbits) << 4 | (header[2] & 0x0C),
        header[3],
    ]);
    frame.resize(before_the_tag, 0);
    frame.extend(b"Info"); // constant bit rate; "Xing" would mean varying
    frame.extend(0xF_u32.to_be_bytes()); // all four fields follow
    frame.extend((starts.len() as u32).to_be_bytes());
    frame.extend(total.to_be_bytes());
    frame.extend(seek_table(&starts, length, total));
    frame.extend(50_u32.to_be_bytes()); // quality, 100 - 10 × 5
    frame.extend(encoder_name());
    frame.push(0x01); // revision 0, constant bit rate
    frame.push(0); // low-pass unknown
    frame.extend([0; 8]); // no peak, no replay gain
    frame.push(0x10); // psychoacoustics: nspsytune, the only one LAME still has
    frame.push((stream.bitrate / 1000).min(255) as u8);
    frame.extend(delay_and_padding(stream, starts.len() as u64, frames));
    frame.push(3 << 2 | source_rate(stream) << 6); // joint stereo
    frame.push(0); // no gain applied
    frame.extend([0; 2]); // no preset, no surround
    frame.extend(total.to_be_bytes());
    frame.extend(crc16(music).to_be_bytes());
    let checksum = crc16(&frame);
    frame.extend(checksum.to_be_bytes());
    debug_assert_eq!(frame.len(), before_the_tag + TAG_LENGTH);
    frame.resize(length, 0);
    frame
}

/// Bytes of the frame [`write`] makes.
pub(super) fn length(stream: Stream) -> usize {
    frame_bytes(stream, kbits(stream), false)
}

fn kbits(stream: Stream) -> u32 {
    (stream.bitrate / 1000).max(LEAST_KBITS)
}

fn bitrate_index(stream: Stream, kbits: u32) -> u8 {
    let table = if stream.is_mpeg1() { MPEG1_KBITS } else { MPEG2_KBITS };
    table.iter().position(|&entry| entry == kbits).unwrap_or(0) as u8
}

/// For each hundredth of the song, the 256th of the file where it begins.
fn seek_table(starts: &[usize], before: usize, total: u32) -> [u8; 100] {
    let mut table = [0; 100];
    for (hundredth, entry) in table.iter_mut().enumerate() {
        let start = starts.get(hundredth * starts.len() / 100).copied().unwrap_or(0);
        *entry = ((before + start) as u64 * 256 / u64::from(total.max(1))).min(255) as u8;
    }
    table
}

/// Nine characters, "LAME3.100": players trust the delay only where the name begins with "LAME".
fn encoder_name() -> [u8; 9] {
    let mut name = *b"LAME     ";
    let version = mp3lame_encoder::mp3lame_version();
    for (place, byte) in name[4..].iter_mut().zip(version.bytes()) {
        *place = byte;
    }
    name
}

/// Two numbers of twelve bits: frames before the music and after it.
fn delay_and_padding(stream: Stream, mp3_frames: u64, frames: u64) -> [u8; 3] {
    let padding = (mp3_frames * stream.frame_length()).saturating_sub(ENCODER_DELAY + frames);
    let both = (ENCODER_DELAY << 12 | padding.min(0xFFF)) as u32;
    let [_, first, second, third] = both.to_be_bytes();
    [first, second, third]
}

fn source_rate(stream: Stream) -> u8 {
    match stream.sample_rate {
        0..=32_000 => 0,
        32_001..=44_100 => 1,
        44_101..=48_000 => 2,
        _ => 3,
    }
}

/// CRC-16 with polynomial 0x8005, bits reversed, starting from zero, as the tag's document asks.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte), |crc, _| {
            if crc & 1 == 1 { crc >> 1 ^ 0xA001 } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Stream, bitrate_index, crc16, length};

    #[test]
    fn the_tag_fits_into_its_frame_at_every_rate() {
        for (sample_rate, needed) in [(16_000, 177), (24_000, 177), (32_000, 192), (44_100, 192)] {
            let stream = Stream {
                sample_rate,
                bitrate: 32_000,
            };
            assert!(length(stream) >= needed);
            assert!(bitrate_index(stream, 64) > 0);
        }
    }

    #[test]
    fn the_checksum_is_the_usual_one() {
        assert_eq!(crc16(b"123456789"), 0xBB3D);
    }
}
