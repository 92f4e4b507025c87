//! Law: lyrics that were read are made of the words that were written, in their order, and of nothing else.
#![no_main]

use busker_core::lyrics::Lyrics;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(lyrics) = Lyrics::parse(text) else { return };
    let mut rest = text;
    for line in lyrics.blocks.iter().flat_map(|block| &block.lines) {
        assert!(!line.trim().is_empty());
        let at = rest.find(line.as_str()).expect("a line stands in the text, after the one before it");
        rest = &rest[at + line.len()..];
    }
});
