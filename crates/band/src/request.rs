//! What the band is asked to play.

use crate::score::Tag;

/// One song, as asked. Limits and spelling were checked before this point; the band accepts any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Free text: style, tempo, key, mood, instruments, singer. Never empty.
    pub prompt: String,
    /// The lyrics in order, empty when none were given.
    pub lyrics: Vec<LyricBlock>,
    /// No word is sung; the tags of the lyrics still give the form.
    pub instrumental: bool,
    /// The length to aim at, in seconds (10-360). A section is never cut to reach it.
    pub duration: Option<u32>,
    /// Everything random comes from this.
    pub seed: u64,
}

/// A run of lyric lines under one tag, or an untagged run between blank lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LyricBlock {
    /// The section asked for; `None` for untagged text, whose place in the form the band finds.
    pub tag: Option<Tag>,
    /// The tag as it was written, without brackets ("Verse 2", "Guitar Solo"); empty when untagged.
    pub label: String,
    /// Lines in order, trimmed, none empty. May be none at all: `[Solo]`.
    pub lines: Vec<String>,
}
