//! ID3 tags. The prompt never goes into a file: it is the buyer's, and files are passed on.
//!
//! Version 2.3 rather than 2.4: every player that reads one reads 2.3, while some (Windows' own among them) overlook
//! 2.4, and nothing written here needs more.

use busker_core::song::{Song, SongFacts};
use id3::frame::{Comment, Lyrics, SynchronisedLyrics, SynchronisedLyricsType, TimestampFormat};
use id3::{Tag, TagLike, Version};

use super::{ARTIST, COMMENT};
use crate::error::EncodeError;

/// ISO 639-2 for a language that was not determined.
const LANGUAGE_UNKNOWN: &str = "und";

/// The tag that goes before an MP3 stream.
pub(super) fn write(song: &Song) -> Result<Vec<u8>, EncodeError> {
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
        let content = song
            .lines
            .iter()
            .map(|line| ((line.start.max(0.0) * 1000.0).round() as u32, line.text.clone()));
        tag.add_frame(SynchronisedLyrics {
            lang: LANGUAGE_UNKNOWN.to_owned(),
            timestamp_format: TimestampFormat::Ms,
            content_type: SynchronisedLyricsType::Lyrics,
            description: String::new(),
            content: content.collect(),
        });
    }
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
