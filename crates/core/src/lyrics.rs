//! Lyrics as sections and lines.

use crate::section::SectionTag;

/// Parsed lyrics, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lyrics {
    /// Runs of lines, each under its tag.
    pub blocks: Vec<LyricBlock>,
}

/// The lines under one tag, or an untagged run between blank lines.
#[derive(Clone, PartialEq, Eq)]
pub struct LyricBlock {
    /// The section asked for; `None` for untagged text.
    pub tag: Option<SectionTag>,
    /// The tag as written, without brackets; empty when untagged.
    pub label: String,
    /// Lines, trimmed, none empty. `[Solo]` has none.
    pub lines: Vec<String>,
}

impl std::fmt::Debug for LyricBlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LyricBlock({:?}, {} lines)", self.tag, self.lines.len())
    }
}

/// Brackets that are no section tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LyricsError {
    /// A line begins with a bracketed name that is not one of the tags.
    #[error("line {line}: `[{written}]` is not a section tag{}", suggestion(.nearest))]
    UnknownTag {
        /// Counted from 1.
        line: usize,
        /// What stood between the brackets, shortened.
        written: String,
        /// The tag that was probably meant.
        nearest: Option<SectionTag>,
    },
    /// A line begins with `[` and has no `]`.
    #[error("line {line}: `[` has no `]`; write the tag like [Verse]")]
    Unclosed {
        /// Counted from 1.
        line: usize,
    },
}

fn suggestion(nearest: &Option<SectionTag>) -> String {
    nearest
        .map(|tag| format!("; did you mean [{}]?", tag.name()))
        .unwrap_or_default()
}

impl Lyrics {
    /// Reads lyrics. A known tag starts a section wherever it stands; text after it on the same line is sung. Brackets
    /// in the middle of a line that are no tag stay part of the line.
    ///
    /// # Errors
    /// [`LyricsError`] for a line that *begins* with brackets that are no tag: better a clear answer before the
    /// invoice than a stage direction that gets sung.
    pub fn parse(text: &str) -> Result<Self, LyricsError> {
        let mut lyrics = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                lyrics.end_untagged_block();
            } else {
                lyrics.read_line(line, index + 1)?;
            }
        }
        lyrics
            .blocks
            .retain(|block| block.tag.is_some() || !block.lines.is_empty());
        Ok(lyrics)
    }

    /// Whether any line could be sung.
    pub fn has_words(&self) -> bool {
        self.blocks
            .iter()
            .flat_map(|block| &block.lines)
            .any(|line| line.chars().any(char::is_alphanumeric))
    }

    fn read_line(&mut self, line: &str, number: usize) -> Result<(), LyricsError> {
        let mut words = String::new();
        let mut rest = line;
        while let Some(open) = rest.find('[') {
            let at_start = words.trim().is_empty() && rest[..open].trim().is_empty();
            let Some(length) = rest[open..].find(']') else {
                if at_start {
                    return Err(LyricsError::Unclosed { line: number });
                }
                break;
            };
            let written = rest[open + 1..open + length].trim();
            let (before, after) = (&rest[..open], &rest[open + length + 1..]);
            match SectionTag::parse(written) {
                Some(tag) => {
                    words.push_str(before);
                    self.add_words(&words);
                    words.clear();
                    self.blocks.push(LyricBlock {
                        tag: Some(tag),
                        label: written.to_owned(),
                        lines: Vec::new(),
                    });
                }
                None if at_start => {
                    let shown: String = written.chars().take(40).collect();
                    return Err(LyricsError::UnknownTag {
                        line: number,
                        nearest: SectionTag::nearest(&shown),
                        written: shown,
                    });
                }
                None => words.push_str(&rest[..open + length + 1]),
            }
            rest = after;
        }
        words.push_str(rest);
        self.add_words(&words);
        Ok(())
    }

    fn add_words(&mut self, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if self.blocks.is_empty() {
            self.blocks.push(LyricBlock {
                tag: None,
                label: String::new(),
                lines: Vec::new(),
            });
        }
        if let Some(block) = self.blocks.last_mut() {
            block.lines.push(words.to_owned());
        }
    }

    fn end_untagged_block(&mut self) {
        let ends = self
            .blocks
            .last()
            .is_some_and(|block| block.tag.is_none() && !block.lines.is_empty());
        if ends {
            self.blocks.push(LyricBlock {
                tag: None,
                label: String::new(),
                lines: Vec::new(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lyrics, LyricsError};
    use crate::section::SectionTag::{self, *};
    use proptest::prelude::*;

    fn shape(text: &str) -> Vec<(Option<SectionTag>, Vec<String>)> {
        let lyrics = Lyrics::parse(text).expect("these lyrics are fine");
        lyrics
            .blocks
            .into_iter()
            .map(|block| (block.tag, block.lines))
            .collect()
    }

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn tags_split_lyrics_and_keep_the_words_after_them() {
        assert_eq!(
            shape("[Intro]\n[Verse 1] Walking home\n\nin the rain\n[Pre-Chorus]\n[Solo]"),
            [
                (Some(Intro), lines(&[])),
                (Some(Verse), lines(&["Walking home", "in the rain"])),
                (Some(PreChorus), lines(&[])),
                (Some(Solo), lines(&[])),
            ]
        );
    }

    #[test]
    fn a_flattened_lyric_still_has_its_sections() {
        assert_eq!(
            shape("[Verse] one two [Chorus] three"),
            [(Some(Verse), lines(&["one two"])), (Some(Chorus), lines(&["three"]))]
        );
    }

    #[test]
    fn blank_lines_part_untagged_blocks() {
        assert_eq!(
            shape("a\nb\n\n\nc\n"),
            [(None, lines(&["a", "b"])), (None, lines(&["c"]))]
        );
    }

    #[test]
    fn brackets_inside_a_line_are_words() {
        assert_eq!(
            shape("[Verse]\nhe said [laughs] no"),
            [(Some(Verse), lines(&["he said [laughs] no"]))]
        );
        assert_eq!(
            shape("[Verse]\nodd [ bracket"),
            [(Some(Verse), lines(&["odd [ bracket"]))]
        );
    }

    #[test]
    fn a_wrong_tag_is_named_with_its_line_and_the_nearest_right_one() {
        let error = Lyrics::parse("[Verse]\nla\n[Chrous]\nla").expect_err("not a tag");
        assert_eq!(
            error.to_string(),
            "line 3: `[Chrous]` is not a section tag; did you mean [Chorus]?"
        );
        assert_eq!(Lyrics::parse("\n [Verse"), Err(LyricsError::Unclosed { line: 2 }));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_without_losing_a_word(text in "(\\[(Verse|Chorus|x)\\]|[a-z]{1,5}|[ \\n\\[\\]é🎵])*") {
            if let Ok(lyrics) = Lyrics::parse(&text) {
                let kept: usize = lyrics.blocks.iter().flat_map(|block| &block.lines)
                    .map(|line| line.matches(['é', '🎵']).count()).sum();
                prop_assert_eq!(kept, text.matches(['é', '🎵']).count());
                let no_blank_line = lyrics.blocks.iter().flat_map(|block| &block.lines).all(|line| !line.trim().is_empty());
                prop_assert!(no_blank_line);
            }
        }
    }
}
