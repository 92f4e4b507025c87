//! Requests to test with.

use busker_band::request::{LyricBlock, Request};
use busker_band::score::Tag;

pub(crate) const TAGS: [Tag; 15] = [
    Tag::Intro,
    Tag::Verse,
    Tag::PreChorus,
    Tag::Chorus,
    Tag::PostChorus,
    Tag::Hook,
    Tag::Drop,
    Tag::Bridge,
    Tag::Interlude,
    Tag::Transition,
    Tag::Break,
    Tag::BuildUp,
    Tag::Inst,
    Tag::Solo,
    Tag::Outro,
];

/// Every genre, as a prompt names it.
pub(crate) const GENRES: [&str; 25] = [
    "ballad",
    "pop",
    "rock",
    "hip hop",
    "house",
    "jazz",
    "folk",
    "synthwave",
    "country",
    "blues",
    "soul",
    "funk",
    "gospel",
    "trap",
    "lo-fi",
    "trance",
    "drum and bass",
    "dubstep",
    "ambient",
    "cinematic",
    "metal",
    "reggae",
    "bossa nova",
    "k-pop",
    "children",
];

/// A request without lyrics.
pub(crate) fn prompt(text: &str) -> Request {
    Request {
        prompt: text.to_owned(),
        lyrics: Vec::new(),
        instrumental: false,
        duration: None,
        seed: 1,
    }
}

pub(crate) fn block(tag: Tag, lines: &[&str]) -> LyricBlock {
    LyricBlock {
        tag: Some(tag),
        label: tag.name().to_owned(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

pub(crate) fn untagged(lines: &[&str]) -> LyricBlock {
    LyricBlock {
        tag: None,
        label: String::new(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    }
}

/// A song of ordinary shape.
pub(crate) fn ordinary() -> Vec<LyricBlock> {
    let verse = [
        "The kettle sings at half past nine",
        "The paper boats are in a line",
        "I fold a letter on the stair",
        "And leave it for the morning air",
    ];
    let chorus = [
        "Oh, carry me over the river tonight",
        "Carry me over and leave on the light",
    ];
    let second = [
        "The harbor sleeps beneath the snow",
        "The lanterns tell me where to go",
        "I hear the engine start to hum",
        "And wonder if you ever come",
    ];
    vec![
        block(Tag::Intro, &[]),
        block(Tag::Verse, &verse),
        block(Tag::Chorus, &chorus),
        block(Tag::Verse, &second),
        block(Tag::Chorus, &chorus),
        block(Tag::Solo, &[]),
        block(
            Tag::Bridge,
            &["Nothing is over, nothing is lost", "Only the window covered in frost"],
        ),
        block(Tag::Chorus, &chorus),
        block(Tag::Outro, &[]),
    ]
}
