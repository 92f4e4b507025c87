//! Law: whatever the prompt and the lyrics, there is a score: sections on bar lines without gaps, at most six minutes,
//! every note inside the song. The first line of the input is the prompt, the rest are lyric lines.
#![no_main]

use busker_band::compose::compose;
use busker_band::request::{LyricBlock, Request};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (prompt, words) = text.split_once('\n').unwrap_or((text, ""));
    let prompt: String = prompt.chars().take(2000).collect();
    if prompt.trim().is_empty() {
        return;
    }
    let words: String = words.chars().take(3500).collect();
    let lines: Vec<String> = words.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let lyrics = if lines.is_empty() { Vec::new() } else { vec![LyricBlock { tag: None, label: String::new(), lines }] };
    let score = compose(&Request { prompt, lyrics, instrumental: false, duration: None, seed: 1 });
    let mut bar_line = 0;
    for section in &score.sections {
        assert_eq!(section.start, bar_line);
        bar_line += section.bars * score.meter.bar_ticks();
    }
    assert!(score.seconds(score.end()) <= 360.0);
    for note in score.tracks.iter().flat_map(|track| &track.notes) {
        assert!(note.start < score.end() && (0.0..=1.0).contains(&note.velocity));
    }
});
