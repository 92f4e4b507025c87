//! ID3 tags. The prompt never goes into a file: it is the buyer's, and files are passed on.
//!
//! Version 2.3 rather than 2.4: every player that reads one reads 2.3, while some (Windows' own among them) overlook
//! 2.4, and nothing written here needs more.

use busker_core::song::{LyricLine, Song, SongFacts};
use id3::frame::{Comment, Content, ExtendedText, Lyrics, Picture, PictureType, Unknown};
use id3::{Frame, Tag, TagLike, Version};

use super::{ARTIST, COMMENT};
use crate::cover::Cover;
use crate::error::EncodeError;

/// ISO 639-2 for a language that was not determined.
const LANGUAGE_UNKNOWN: &str = "und";

/// The tag that goes before an MP3 stream, and into a WAV file.
pub(super) fn write(song: &Song, cover: Option<&Cover>) -> Result<Vec<u8>, EncodeError> {
    let facts = &song.facts;
    let mut tag = Tag::new();
    tag.set_title(&facts.title);
    tag.set_artist(ARTIST);
    tag.add_frame(Comment {
        lang: "eng".to_owned(),
        description: String::new(),
        text: COMMENT.to_owned(),
    });
    if !facts.genres.is_empty() {
        tag.set_genre(facts.genres.join("/"));
    }
    if let Some(tempo) = facts.tempo {
        tag.set_text("TBPM", format!("{tempo:.0}"));
    }
    if let Some(key) = facts.key.as_deref().and_then(initial_key) {
        tag.set_text("TKEY", key);
    }
    tag.add_frame(ExtendedText {
        description: "SEED".to_owned(),
        value: facts.seed.to_string(),
    });
    for (name, value) in [
        ("CHORDS", chords(facts)),
        ("SOUNDFONT", facts.soundfont.clone().unwrap_or_default()),
    ] {
        if !value.is_empty() {
            tag.add_frame(ExtendedText {
                description: name.to_owned(),
                value,
            });
        }
    }
    if let Some(cover) = cover {
        tag.add_frame(Picture {
            mime_type: "image/png".to_owned(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: cover.png.clone(),
        });
    }
    let milliseconds = song.samples.len() as u64 / 2 * 1000 / u64::from(song.rate.max(1));
    tag.set_text("TLEN", milliseconds.to_string());
    add_lyrics(&mut tag, song, facts);
    let mut bytes = Vec::new();
    tag.write_to(&mut bytes, Version::Id3v23)?;
    Ok(bytes)
}

fn add_lyrics(tag: &mut Tag, song: &Song, facts: &SongFacts) {
    if !facts.lyrics.is_empty() {
        tag.add_frame(Lyrics {
            lang: LANGUAGE_UNKNOWN.to_owned(),
            description: String::new(),
            text: facts.lyrics.clone(),
        });
    }
    if !song.lines.is_empty() {
        tag.add_frame(Frame::with_content("SYLT", synchronised(&song.lines)));
    }
}

/// A SYLT frame (ID3 2.3.0, 4.10). Written here because the tag library ends it with a byte too many, over which strict
/// readers throw the whole frame away.
fn synchronised(lines: &[LyricLine]) -> Content {
    const UTF_16: u8 = 1;
    const MILLISECONDS: u8 = 2;
    const LYRICS: u8 = 1;
    let mut data = vec![UTF_16];
    data.extend(LANGUAGE_UNKNOWN.bytes());
    data.extend([MILLISECONDS, LYRICS]);
    push_text(&mut data, ""); // description
    for line in lines {
        push_text(&mut data, &line.text);
        let start = (line.start.max(0.0) * 1000.0).round() as u32;
        data.extend(start.to_be_bytes());
    }
    let version = Version::Id3v23;
    Content::Unknown(Unknown { data, version })
}

/// UTF-16 with a byte order mark and a zero behind.
fn push_text(data: &mut Vec<u8>, text: &str) {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16().filter(|unit| *unit != 0));
    data.extend(units.chain([0]).flat_map(u16::to_le_bytes));
}

/// A line a section: "Verse: Em | C | G | D".
fn chords(facts: &SongFacts) -> String {
    let known = facts.sections.iter().filter(|section| !section.chords.is_empty());
    let lines = known.map(|section| format!("{}: {}", section.label, section.chords));
    lines.collect::<Vec<_>>().join("\n")
}

/// "E minor" as the tag wants it, "Em": at most three characters, modes by their third.
fn initial_key(name: &str) -> Option<String> {
    let (tonic, mode) = name.split_once(' ')?;
    let minor = matches!(mode, "minor" | "dorian" | "phrygian" | "aeolian" | "locrian");
    let key = format!("{tonic}{}", if minor { "m" } else { "" });
    (key.len() <= 3 && key.is_ascii()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::initial_key;

    #[test]
    fn keys_are_written_as_the_tag_wants_them() {
        let keys = [
            ("E minor", Some("Em")),
            ("Bb major", Some("Bb")),
            ("F# dorian", Some("F#m")),
            ("G mixolydian", Some("G")),
            ("nonsense", None),
        ];
        for (name, key) in keys {
            assert_eq!(initial_key(name).as_deref(), key, "{name}");
        }
    }
}
