//! ID3 tags. The prompt never goes into a file: it is the buyer's, and files are passed on.
//!
//! Version 2.3 rather than 2.4: every player that reads one reads 2.3, while some (Windows' own among them) overlook
//! 2.4, and nothing written here needs more.

use busker_core::song::{Song, SongFacts};
use id3::frame::{Comment, ExtendedText, Picture, PictureType};
use id3::{Tag, TagLike, Version};

use super::{ARTIST, COMMENT, sung_words};
use crate::cover::Cover;
use crate::error::EncodeError;

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
    sung_words::add(&mut tag, song);
    let mut bytes = Vec::new();
    tag.write_to(&mut bytes, Version::Id3v23)?;
    Ok(bytes)
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
