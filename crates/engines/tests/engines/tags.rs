use std::io::Cursor;

use busker_core::engine::Catalog;
use busker_core::request::{AudioFormat, SongRequest};
use busker_engines::{FileSpec, encode, extra_media_type, finish};
use id3::frame::{PictureType, SynchronisedLyricsType, TimestampFormat};
use id3::{Tag, TagLike, Version};
use serde_json::json;

use crate::sound::mastered_song;

#[test]
fn players_find_title_lyrics_tempo_and_key() {
    let spec = FileSpec {
        format: AudioFormat::Mp3,
        sample_rate: 44_100,
        bitrate: 64_000,
    };
    let file = encode(&mastered_song(2.0), &spec).unwrap();
    let tag = Tag::read_from2(Cursor::new(&file.bytes)).unwrap();
    assert_eq!(tag.version(), Version::Id3v23);
    assert_eq!(tag.title(), Some("Regen über Köln"));
    assert_eq!(tag.artist(), Some("busker"));
    assert_eq!(tag.genre(), Some("acoustic ballad/folk"));
    let text = |name| tag.get(name).and_then(|frame| frame.content().text());
    assert_eq!(text("TBPM"), Some("90"));
    assert_eq!(text("TKEY"), Some("Em"));
    assert_eq!(text("TLEN"), Some("2000"));
    let extended = |name: &str| {
        let text = tag.extended_texts().find(|text| text.description == name);
        text.map(|text| text.value.clone()).unwrap_or_default()
    };
    assert_eq!(extended("SEED"), "42");
    assert_eq!(
        extended("CHORDS"),
        "Verse: Em | C | G D | Em\nChorus: Em | C | G D | Em"
    );
    assert_eq!(tag.comments().next().unwrap().text, "made by busker");
    assert_eq!(text("TLAN"), Some("deu"));
    let whole = tag.lyrics().next().unwrap();
    assert_eq!(
        (whole.lang.as_str(), whole.text.as_str()),
        ("deu", "[Verse]\nIch laufe nachts\nim Regen heim")
    );
    let synced = tag.synchronised_lyrics().next().unwrap();
    assert_eq!(synced.lang, "deu");
    assert_eq!(synced.timestamp_format, TimestampFormat::Ms);
    assert_eq!(synced.content_type, SynchronisedLyricsType::Lyrics);
    let expected = [
        (500, "Ich"),
        (700, " laufe"),
        (1000, " nachts"),
        (1250, "\nim Regen heim"),
    ];
    assert_eq!(synced.content, expected.map(|(time, text)| (time, text.to_owned())));
    let last_time = 1250_u32.to_be_bytes();
    let frame = file.bytes.windows(4).position(|name| name == b"SYLT").unwrap();
    let length = u32::from_be_bytes(file.bytes[frame + 4..frame + 8].try_into().unwrap()) as usize;
    let content = &file.bytes[frame + 10..frame + 10 + length];
    assert!(
        content.ends_with(&last_time),
        "nothing stands behind the last time: strict readers refuse that"
    );
}

#[test]
fn one_call_gives_the_buyer_every_file_and_none_holds_the_prompt() {
    let body = json!({"prompt": "secret wish", "audio_format": "mp3", "bitrate": 32_000});
    let request = SongRequest::parse(&body, &Catalog::default()).unwrap().request;
    let mut song = mastered_song(1.0);
    song.lrc = Some("[00:00.50]Ich laufe nachts".to_owned());
    song.midi = Some(b"MThd".to_vec());
    song.chordpro = Some("{title: Regen}".to_owned());
    let files = finish(&song, &request).unwrap();
    assert_eq!(files.main.bitrate, 32_000);
    assert_eq!(
        files.extras.keys().copied().collect::<Vec<_>>(),
        ["cho", "lrc", "mid", "peaks.json", "png", "svg"]
    );
    for (extension, bytes) in &files.extras {
        assert!(extra_media_type(extension).is_some());
        assert!(!String::from_utf8_lossy(bytes).contains("secret"));
    }
    assert!(!String::from_utf8_lossy(&files.main.bytes).contains("secret"));
    let outline: serde_json::Value = serde_json::from_slice(&files.extras["peaks.json"]).unwrap();
    assert_eq!(outline["duration"], 1.0);
    let tag = Tag::read_from2(Cursor::new(&files.main.bytes)).unwrap();
    let picture = tag.pictures().next().unwrap();
    assert_eq!(
        (picture.mime_type.as_str(), picture.picture_type),
        ("image/png", PictureType::CoverFront)
    );
    assert_eq!(picture.data, files.extras["png"]);
}

#[test]
fn a_wav_file_has_the_whole_tag_too() {
    let body = json!({"prompt": "x", "audio_format": "wav"});
    let request = SongRequest::parse(&body, &Catalog::default()).unwrap().request;
    let files = finish(&mastered_song(1.0), &request).unwrap();
    let bytes = &files.main.bytes;
    let chunk = bytes.windows(4).rposition(|name| name == b"id3 ").unwrap();
    let tag = Tag::read_from2(Cursor::new(&bytes[chunk + 8..])).unwrap();
    assert_eq!(tag.title(), Some("Regen über Köln"));
    assert_eq!(tag.get("TKEY").and_then(|frame| frame.content().text()), Some("Em"));
    assert_eq!(tag.lyrics().count(), 1);
    assert_eq!(tag.pictures().count(), 1);
}
