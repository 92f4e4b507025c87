//! Odd lyrics through the whole shop: a song, or a refusal before anything is paid.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::shop::{Shop, busker, object, payments, told};

/// `busker song --json` with the lyrics of a file.
fn buy(data: &Path, url: &str, lyrics: &str) -> Command {
    let file = data.join("words.txt");
    fs::write(&file, lyrics).unwrap();
    let mut command = busker(data);
    command.args([
        "song",
        "--json",
        "--url",
        url,
        "--prompt",
        "solo piano, 120 BPM",
        "--duration",
        "10",
    ]);
    command
        .args(["--format", "wav", "--sample-rate", "16000", "--lyrics"])
        .arg(&file);
    command.arg("--output").arg(data.join("song.wav"));
    command
}

fn warnings(song: &Value) -> String {
    song["warnings"].to_string()
}

#[test]
fn whatever_was_paid_for_is_a_song_with_its_words_and_warnings() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let mixed = "\u{feff}[Verse]\r\nさくら さくら\r\nأمشي وحدي تحت المطر\r\nJe marche\u{200b} seul 👩‍🎤\r\n";
    let song = object(&buy(data.path(), &shop.url, mixed).output().unwrap());
    assert!(song["lrc_url"].as_str().unwrap().ends_with(".lrc"), "{song}");
    assert!(warnings(&song).contains("language"), "{song}");
    assert!(song["duration_seconds"].as_f64().unwrap() > 10.0);

    let song = object(&buy(data.path(), &shop.url, "[Verse]\n🎵🎶 …").output().unwrap());
    assert!(warnings(&song).contains("the band wrote them"), "{song}");
    assert_eq!(payments(data.path()), 2);
}

#[test]
fn what_cannot_be_read_as_lyrics_is_refused_unpaid() {
    let data = tempfile::tempdir().unwrap();
    let shop = Shop::open(data.path());
    let endless = "la ".repeat(1200);
    for (lyrics, reason) in [
        ("[Vers]\nla", "did you mean [Verse]"),
        (endless.as_str(), "at most 3500"),
    ] {
        let refused = buy(data.path(), &shop.url, lyrics).output().unwrap();
        assert_eq!(refused.status.code(), Some(2), "{}", told(&refused));
        assert!(told(&refused).contains(reason), "{}", told(&refused));
    }
    assert_eq!(payments(data.path()), 0);
    assert!(!data.path().join("song.wav").exists());
}
