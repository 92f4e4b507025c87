//! Which part of the song an untagged block is.

use crate::request::LyricBlock;
use crate::score::Tag;

/// One tag a block. A block that comes back, word for word or nearly so, is the chorus; where none does, or nothing else is there,
/// verse and chorus take turns once there are three blocks.
pub(super) fn tags(blocks: &[LyricBlock]) -> Vec<Tag> {
    let untagged = (0..blocks.len())
        .filter(|&at| blocks[at].tag.is_none())
        .collect::<Vec<_>>();
    let all_alike = untagged
        .windows(2)
        .all(|pair| alike(&blocks[pair[0]], &blocks[pair[1]]));
    let repeated = |at: usize| {
        !blocks[at].lines.is_empty()
            && !all_alike
            && untagged
                .iter()
                .any(|&other| other != at && alike(&blocks[other], &blocks[at]))
    };
    let has_chorus = blocks
        .iter()
        .any(|block| matches!(block.tag, Some(Tag::Chorus | Tag::Hook | Tag::Drop)));
    let has_repeats = untagged.iter().any(|&at| repeated(at));
    let mut tags = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let place = untagged.iter().position(|&other| other == at);
        let tag = match (block.tag, place) {
            (Some(tag), _) => tag,
            (None, _) if repeated(at) => Tag::Chorus,
            (None, Some(place)) if place % 2 == 1 && !has_repeats && !has_chorus && untagged.len() > 2 => Tag::Chorus,
            _ => Tag::Verse,
        };
        tags.push(tag);
    }
    make_bridge(blocks, &mut tags);
    tags
}

/// Two blocks are one where most of their lines are the same words: a chorus may change a line when it returns.
fn alike(one: &LyricBlock, other: &LyricBlock) -> bool {
    if one.lines == other.lines {
        return true;
    }
    let words = |line: &String| {
        let letters = line.to_lowercase();
        let words = letters
            .split_whitespace()
            .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()));
        words.collect::<Vec<_>>().join(" ")
    };
    let mut left = other.lines.iter().map(words).collect::<Vec<_>>();
    let mut shared = 0;
    for line in one.lines.iter().map(words) {
        if let Some(at) = left.iter().position(|other| *other == line) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    shared * 2 > one.lines.len().max(other.lines.len())
}

/// An untagged verse between the second chorus or a later one and the last is the bridge.
fn make_bridge(blocks: &[LyricBlock], tags: &mut [Tag]) {
    let choruses = (0..tags.len())
        .filter(|&at| tags[at] == Tag::Chorus)
        .collect::<Vec<_>>();
    let Some((&last, earlier)) = choruses.split_last() else {
        return;
    };
    let between = last
        .checked_sub(1)
        .filter(|&at| tags[at] == Tag::Verse && blocks[at].tag.is_none());
    if let Some(at) = between.filter(|_| earlier.len() >= 2) {
        tags[at] = Tag::Bridge;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(texts: &[&str]) -> Vec<LyricBlock> {
        let block = |text: &&str| LyricBlock {
            tag: None,
            label: String::new(),
            lines: vec![(*text).to_owned()],
        };
        texts.iter().map(block).collect()
    }

    #[test]
    fn a_block_repeated_verbatim_is_the_chorus() {
        use Tag::*;
        assert_eq!(tags(&blocks(&["a", "b", "c", "b"])), [Verse, Chorus, Verse, Chorus]);
        assert_eq!(
            tags(&blocks(&["a", "b", "c", "b", "d", "b"])),
            [Verse, Chorus, Verse, Chorus, Bridge, Chorus]
        );
        assert_eq!(tags(&blocks(&["a"])), [Verse]);
        assert_eq!(tags(&blocks(&["a", "b", "c"])), [Verse, Chorus, Verse]);
        assert_eq!(tags(&blocks(&["a", "b", "c", "d"])), [Verse, Chorus, Verse, Chorus]);
        assert_eq!(tags(&blocks(&["a", "a", "a", "a"])), [Verse, Chorus, Verse, Chorus]);
    }

    #[test]
    fn a_chorus_that_changes_a_line_is_still_the_chorus() {
        let block = |lines: &[&str]| LyricBlock {
            tag: None,
            label: String::new(),
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        };
        let song = [
            block(&["One for the road", "Two for the sea", "Three for the sky"]),
            block(&["Carry me home", "Carry me over", "Into the night"]),
            block(&["Four for the rain", "Five for the sea", "Six for the sky"]),
            block(&["Carry me home,", "carry me over!", "Into the morning"]),
        ];
        use Tag::*;
        assert_eq!(tags(&song), [Verse, Chorus, Verse, Chorus]);
        assert!(!alike(&song[0], &song[2]));
    }

    #[test]
    fn tags_that_were_written_stay() {
        let mut blocks = blocks(&["a", "b", "c"]);
        blocks[0].tag = Some(Tag::Outro);
        assert_eq!(tags(&blocks)[0], Tag::Outro);
    }
}
