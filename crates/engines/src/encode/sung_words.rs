//! Lyrics in ID3 tags: whole (USLT), word by word with their times (SYLT), and their language.

use busker_core::song::{LyricLine, Song};
use id3::frame::{Content, Lyrics, Unknown};
use id3::{Frame, Tag, TagLike, Version};

/// ISO 639-2 for a language that was not determined.
const UNKNOWN: &str = "und";

/// ISO 639-1 codes of common languages and the ISO 639-2 codes that tags want.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", "eng"),
    ("es", "spa"),
    ("it", "ita"),
    ("pt", "por"),
    ("ja", "jpn"),
    ("de", "deu"),
    ("fr", "fra"),
    ("ru", "rus"),
    ("ar", "ara"),
    ("zh", "zho"),
    ("hi", "hin"),
    ("ko", "kor"),
];

/// Puts what `song` sings into `tag`; nothing for an instrumental.
pub(super) fn add(tag: &mut Tag, song: &Song) {
    let language = language(song);
    if !song.facts.lyrics.is_empty() {
        tag.add_frame(Lyrics {
            lang: language.to_owned(),
            description: String::new(),
            text: song.facts.lyrics.clone(),
        });
        if language != UNKNOWN {
            tag.set_text("TLAN", language);
        }
    }
    if !song.lines.is_empty() {
        tag.add_frame(Frame::with_content("SYLT", synchronised(&song.lines, language)));
    }
}

fn language(song: &Song) -> &'static str {
    let code = song.facts.language.as_deref();
    let known = LANGUAGES.iter().find(|(short, _)| Some(*short) == code);
    known.map_or(UNKNOWN, |(_, long)| long)
}

/// A SYLT frame (ID3 2.3.0, 4.10; the same in 2.4.0, 4.9): each word with the space before it, each line after the first
/// with a line feed before it. Written here because the tag library ends it with a byte too many, over which strict
/// readers throw the whole frame away.
fn synchronised(lines: &[LyricLine], language: &str) -> Content {
    const UTF_16: u8 = 1;
    const MILLISECONDS: u8 = 2;
    const LYRICS: u8 = 1;
    let mut data = vec![UTF_16];
    data.extend(language.bytes());
    data.extend([MILLISECONDS, LYRICS]);
    push_text(&mut data, ""); // description
    let mut latest = 0;
    for (index, line) in lines.iter().enumerate() {
        let mut line_feed = if index == 0 { "" } else { "\n" };
        let whole = [(line.text.as_str(), line.start)];
        let words = line.words.iter().map(|word| (word.text.as_str(), word.start));
        let whole = whole.into_iter().filter(|_| line.words.is_empty());
        for (text, start) in words.chain(whole) {
            push_text(&mut data, &format!("{line_feed}{text}"));
            line_feed = "";
            // "Sorted in chronological order", also where two voices overlap.
            latest = latest.max((start.max(0.0) * 1000.0).round() as u32);
            data.extend(latest.to_be_bytes());
        }
    }
    let version = Version::Id3v23;
    Content::Unknown(Unknown { data, version })
}

/// UTF-16 with a byte order mark and a zero behind.
fn push_text(data: &mut Vec<u8>, text: &str) {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16().filter(|unit| *unit != 0));
    data.extend(units.chain([0]).flat_map(u16::to_le_bytes));
}
