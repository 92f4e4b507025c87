//! `busker render` refuses what would be lost, before it makes a song.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::shop::{busker, object, told};

fn render(folder: &Path, more: &[&str]) -> Output {
    let mut command = busker(folder);
    command.args(["render", "--duration", "10"]).args(more);
    command.current_dir(folder).output().unwrap()
}

fn refused(folder: &Path, more: &[&str]) -> String {
    let output = render(folder, more);
    let text = told(&output);
    assert_eq!(output.status.code(), Some(2), "{more:?}: {text}");
    assert!(!text.contains("made in"), "{more:?}: {text}");
    text
}

#[test]
fn no_output_takes_the_place_of_another_or_of_an_input() {
    let folder = tempfile::tempdir().unwrap();
    let words = "[Verse]\nMy own words are here to stay";
    fs::write(folder.path().join("words.txt"), words).unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    for more in [
        &["-o", "out/a.mp3", "--score", "out/a.mp3"][..],
        &["-o", "out/a.mp3", "--score", "out/../out/./a.mp3"],
        &["-o", "a.mp3", "--midi", "./a.mp3"],
        &["-o", "a.mp3", "--lyrics", "words.txt", "--lrc", "words.txt"],
        &["-o", "a.mp3", "--lyrics", "words.txt", "--chords", "out/../words.txt"],
    ] {
        let more = [&["--prompt", "folk"], more].concat();
        assert!(refused(folder.path(), &more).contains("same file"), "{more:?}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("words.txt")).unwrap(), words);
    assert!(!folder.path().join("a.mp3").exists() && !folder.path().join("out/a.mp3").exists());
}

#[test]
fn what_cannot_be_written_or_read_is_wrong_usage() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.json"), "{\"prompt\": ").unwrap();
    for (more, reason) in [
        (&["-o", "."][..], "is a folder"),
        (&["-o", "nowhere/a.mp3"], "there is no folder nowhere"),
        (&["-o", "-", "--json"], "standard output"),
        (&["-o", "a.mp3", "--score", "-"], "only the song"),
        (&["-o", "a.mp3", "--cover", "a.jpg"], ".png or .svg"),
        (&["-o", "a.mp3", "--stems", "bad.json"], "wants a folder"),
        (&["-o", "a.mp3", "--seed", "-1"], "invalid value '-1'"),
        (&["-o", "a.mp3", "--lyrics", "none.txt"], "none.txt cannot be read"),
        (&["-o", "a.mp3", "--request", "none.json"], "none.json cannot be read"),
        (&["-o", "a.mp3", "--request", "bad.json"], "not valid JSON"),
    ] {
        let more = [&["--prompt", "folk"], more].concat();
        let text = refused(folder.path(), &more);
        assert!(text.contains(reason), "{more:?}: {text}");
    }
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing was left behind"
    );
}

#[test]
fn a_song_goes_to_standard_output_and_what_is_told_of_it_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let more = ["--prompt", "----", "--instrumental", "--format", "wav", "-o", "-"];
    let output = render(folder.path(), &more);
    assert!(output.status.success(), "{}", told(&output));
    let song = beginning(&output.stdout);
    assert_eq!(song, (*b"RIFF", *b"WAVE"));
    let told = told(&output);
    assert!(told.contains("-: “") && told.contains("made in"), "{told}");
}

/// What stands at the beginning of a WAV file.
fn beginning(bytes: &[u8]) -> ([u8; 4], [u8; 4]) {
    (bytes[..4].try_into().unwrap(), bytes[8..12].try_into().unwrap())
}

#[test]
fn stems_do_not_clip_and_a_soundfont_that_fails_is_named_with_its_cause() {
    let folder = tempfile::tempdir().unwrap();
    let more = [
        "--prompt",
        "loud rock, piano, drums",
        "--instrumental",
        "--json",
        "-o",
        "a.wav",
    ];
    let more = [&more[..], &["--stems", "stems", "--soundfont", "no/such.sf2"]].concat();
    let song = object(&render(folder.path(), &more));
    let warnings = song["warnings"].to_string();
    assert!(warnings.contains("no/such.sf2 cannot be opened"), "{warnings}");
    assert!(song["stem_gain_db"].as_f64().unwrap() <= 0.0, "{song}");
    let mut stems = 0;
    for stem in fs::read_dir(folder.path().join("stems")).unwrap() {
        let bytes = fs::read(stem.unwrap().path()).unwrap();
        let length = u32::from_le_bytes(bytes[40..44].try_into().unwrap()) as usize;
        let samples = bytes[44..44 + length].as_chunks::<2>().0;
        let peak = samples
            .iter()
            .map(|&sample| i16::from_le_bytes(sample).unsigned_abs())
            .max();
        assert!(peak.unwrap() < 29_300, "{peak:?}");
        stems += 1;
    }
    assert!(stems > 2);
    // A stem never takes the place of the song.
    let again = [
        "--prompt",
        "rock, drums",
        "--instrumental",
        "-o",
        "stems/drums.wav",
        "--stems",
        "stems",
    ];
    assert!(refused(folder.path(), &again).contains("same file"));
}
