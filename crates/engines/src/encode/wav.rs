//! RIFF WAVE with an INFO list and an ID3 tag.
//!
//! Both come after the sound: many small readers expect the samples at byte 44. The list is what RIFF itself has for
//! tags and knows neither key nor lyrics; the tag says everything, and today's players look for it.

use busker_core::song::SongFacts;

use super::{ARTIST, COMMENT};

const CHANNELS: u16 = 2;
const BITS: u16 = 16;

/// `sound` (16-bit little-endian stereo) with header and tags; an empty `id3` is left out.
pub(crate) fn with_header(sound: &[u8], rate: u32, facts: &SongFacts, id3: &[u8]) -> Vec<u8> {
    let frame = CHANNELS * BITS / 8;
    let mut format = Vec::with_capacity(16);
    format.extend(1_u16.to_le_bytes()); // PCM
    format.extend(CHANNELS.to_le_bytes());
    format.extend(rate.to_le_bytes());
    format.extend((rate * u32::from(frame)).to_le_bytes());
    format.extend(frame.to_le_bytes());
    format.extend(BITS.to_le_bytes());

    let mut body = b"WAVE".to_vec();
    push_chunk(&mut body, b"fmt ", &format);
    push_chunk(&mut body, b"data", sound);
    push_chunk(&mut body, b"LIST", &info_list(facts));
    if !id3.is_empty() {
        push_chunk(&mut body, b"id3 ", id3);
    }
    let mut file = Vec::with_capacity(body.len() + 8);
    push_chunk(&mut file, b"RIFF", &body);
    file
}

/// INFO entries end in a zero byte (Multimedia Programming Interface 1.0, "INFO List Chunk"). Text is UTF-8, which
/// today's players read.
fn info_list(facts: &SongFacts) -> Vec<u8> {
    let genres = facts.genres.join(", ");
    let entries: [(&[u8; 4], &str); 5] = [
        (b"INAM", &facts.title),
        (b"IART", ARTIST),
        (b"IGNR", &genres),
        (b"ICMT", COMMENT),
        (b"ISFT", ARTIST),
    ];
    let mut list = b"INFO".to_vec();
    for (name, text) in entries {
        let text: String = text.chars().filter(|c| *c != '\0').collect();
        if !text.is_empty() {
            push_chunk(&mut list, name, format!("{text}\0").as_bytes());
        }
    }
    list
}

/// Chunks begin at even places; the filler byte is not counted.
fn push_chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    // A song of 360 s is 64 MB; a RIFF file ends at 4 GB.
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    file.extend(name);
    file.extend(length.to_le_bytes());
    file.extend(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
}
