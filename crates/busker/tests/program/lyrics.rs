//! Lyrics from an endpoint that writes well, badly, late or not at all: each ends in a whole song.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::shop::{busker, object, told};
use crate::stub::{Reply, Stub};

const SONG: &str = "Title: Tin Roof Moon\n[Verse]\nThe rain is counting on the roof\nThe night is asking me for proof\n\
                    [Chorus]\nTin roof moon, tin roof moon\nMorning is coming soon";

fn says(text: &str) -> Reply {
    Reply::new("200 OK").json(&json!({"choices": [{"message": {"role": "assistant", "content": text}}]}))
}

/// What `busker render` tells of a song whose words `url` is asked for, and the words as they were timed.
fn rendered(folder: &Path, url: &str, more: &[&str]) -> (Value, String) {
    let mut command = busker(folder);
    command
        .env("BUSKER__LYRICS__URL", url)
        .env("BUSKER__LYRICS__MODEL", "verse-1")
        .env("BUSKER__LYRICS__KEY", "sk-test")
        .env("BUSKER__LYRICS__TIMEOUT_SECONDS", "2")
        .args([
            "render",
            "--json",
            "--prompt",
            "slow folk about rain",
            "--duration",
            "10",
            "--write-lyrics",
        ])
        .args(["-o", "song.wav", "--lrc", "song.lrc"])
        .args(more)
        .current_dir(folder);
    let song = object(&command.output().unwrap());
    assert!(std::fs::metadata(folder.join("song.wav")).unwrap().len() > 500_000);
    let lrc = std::fs::read_to_string(folder.join("song.lrc")).unwrap();
    // Without the time of each word.
    let words = lrc
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, word)| word));
    (song, words.collect())
}

fn warnings(song: &Value) -> String {
    song["warnings"].to_string()
}

#[test]
fn good_lyrics_are_sung_under_their_title_and_only_the_prompt_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let stub = Stub::play([says("Sure, here you go!"), says(SONG)]);
    let (song, words) = rendered(folder.path(), &stub.url, &[]);
    assert_eq!(song["title"], "Tin Roof Moon");
    assert!(warnings(&song).contains("a language model wrote them"), "{song}");
    assert!(
        words.contains("counting on the roof") && words.contains("Morning is coming soon"),
        "{words}"
    );

    let asked = stub.asked();
    assert_eq!(asked.len(), 2, "asked once more after an answer without lyrics");
    assert!(
        asked[1].line.ends_with("/chat/completions HTTP/1.1"),
        "{}",
        asked[1].line
    );
    assert_eq!(asked[1].header("authorization"), Some("Bearer sk-test"));
    let body: Value = serde_json::from_slice(&asked[1].body).unwrap();
    assert_eq!(body["model"], "verse-1");
    assert_eq!(
        body["messages"][1],
        json!({"role": "user", "content": "slow folk about rain"})
    );
    let fields: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        fields,
        ["model", "messages", "temperature", "max_tokens", "seed", "stream"]
    );
}

#[test]
fn a_writer_that_is_late_wrong_or_broken_costs_a_warning_and_no_song() {
    let twice = |reply: Reply| [reply.clone(), reply];
    let huge = "la ".repeat(100_000);
    let elsewhere = Stub::play([says(SONG)]);
    for (what, script, reason) in [
        ("slow", twice(says(SONG).after(Duration::from_secs(20))), "in time"),
        (
            "an error",
            twice(Reply::new("500 Internal Server Error")),
            "with an error",
        ),
        ("garbage", twice(Reply::new("200 OK").bytes(b"<html>")), "no JSON"),
        (
            "no text",
            twice(Reply::new("200 OK").json(&json!({"choices": []}))),
            "no text",
        ),
        (
            "wrong tags",
            twice(says("[Kazoo]\nla la la")),
            "sections that do not exist",
        ),
        (
            "over-long",
            twice(says(&format!("[Verse]\n{}", "la la la\n".repeat(500)))),
            "more than can be sung",
        ),
        (
            "huge",
            twice(Reply::new("200 OK").json(&json!({"choices": [huge]}))),
            "more than can be sung",
        ),
        (
            "a refusal",
            twice(says("I'm sorry, I can't help with that.")),
            "not answer with lyrics",
        ),
        ("cut off", twice(says(SONG).cut_after(30)), "cannot be reached"),
        (
            "a redirect",
            twice(Reply::new("307 Temporary Redirect").header("Location", elsewhere.url.clone())),
            "with an error",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let stub = Stub::play(script);
        let (song, words) = rendered(folder.path(), &stub.url, &[]);
        let warnings = warnings(&song);
        assert!(
            warnings.contains(reason) && warnings.contains("the band wrote them"),
            "{what}: {warnings}"
        );
        assert!(
            !warnings.contains("127.0.0.1") && !words.contains("Tin Roof"),
            "{what}: {warnings}"
        );
    }
    assert_eq!(
        elsewhere.asked().len(),
        0,
        "prompt and key go nowhere but where they were meant to"
    );
}

#[test]
fn words_that_were_sent_and_songs_without_words_are_nobody_elses_business() {
    let folder = tempfile::tempdir().unwrap();
    let stub = Stub::play([says(SONG)]);
    std::fs::write(
        folder.path().join("words.txt"),
        "[Verse]\nMy own words are here to stay",
    )
    .unwrap();
    let (_, words) = rendered(folder.path(), &stub.url, &["--lyrics", "words.txt"]);
    assert!(words.contains("My own words"), "{words}");
    let mut command = busker(folder.path());
    command
        .env("BUSKER__LYRICS__URL", &stub.url)
        .env("BUSKER__LYRICS__MODEL", "verse-1");
    command.args([
        "render",
        "--prompt",
        "folk, no vocals",
        "--duration",
        "10",
        "-o",
        "song.wav",
    ]);
    assert!(command.current_dir(folder.path()).output().unwrap().status.success());
    assert!(stub.asked().is_empty());
}

#[test]
fn the_doctor_says_whether_the_endpoint_answers() {
    let folder = tempfile::tempdir().unwrap();
    let finding = |url: &str| {
        let mut doctor = busker(folder.path());
        doctor
            .env("BUSKER__LYRICS__URL", url)
            .env("BUSKER__LYRICS__MODEL", "verse-1");
        doctor.env("BUSKER__LYRICS__KEY", "sk-test").args(["doctor", "--json"]);
        let output = doctor.output().unwrap();
        assert!(!told(&output).contains("sk-test"));
        let findings: Value = serde_json::from_slice(&output.stdout).unwrap();
        let lyrics = findings
            .as_array()
            .unwrap()
            .iter()
            .find(|finding| finding["part"] == "lyrics");
        lyrics.unwrap().clone()
    };
    let stub = Stub::play([
        Reply::new("200 OK").json(&json!({"data": []})),
        Reply::new("401 Unauthorized"),
    ]);
    let began = Instant::now();
    assert_eq!(finding(&stub.url)["ok"], true);
    let refused = finding(&stub.url);
    assert!(
        refused["ok"] == false && refused["finding"].to_string().contains("lyrics.key"),
        "{refused}"
    );
    let gone = finding("http://127.0.0.1:1/v1");
    assert!(
        gone["ok"] == false && gone["finding"].to_string().contains("lyrics.url"),
        "{gone}"
    );
    assert!(began.elapsed() < Duration::from_secs(60));
}
