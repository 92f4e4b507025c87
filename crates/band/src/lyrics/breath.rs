//! Lyrics as a singer would take them: lines of one breath, stanzas of a few lines.
//!
//! Prose pasted as a single line, or a page without a blank line, is a song too once it is divided.

use crate::request::LyricBlock;

/// A line of more letters than this is nobody's verse, but prose.
const LONGEST_LINE: usize = 120;

/// Lines that prose is divided into have at most this many letters.
const BREATH: usize = 72;

/// An untagged block of more lines than this is more than one stanza.
const LONGEST_STANZA: usize = 12;

/// Lines of the stanzas such a block is divided into.
const STANZA: usize = 4;

/// The same words in lines that can be breathed; untagged blocks in stanzas, tagged ones whole.
pub(super) fn divided(blocks: &[LyricBlock]) -> Vec<LyricBlock> {
    blocks.iter().flat_map(stanzas).collect()
}

fn stanzas(block: &LyricBlock) -> Vec<LyricBlock> {
    let mut lines = Vec::new();
    for text in &block.lines {
        break_line(text, LONGEST_LINE, &mut lines);
    }
    let with = |lines: &[String]| LyricBlock {
        lines: lines.to_vec(),
        ..block.clone()
    };
    if block.tag.is_some() || lines.len() <= LONGEST_STANZA {
        return vec![with(&lines)];
    }
    lines.chunks(STANZA).map(with).collect()
}

/// Halves `text` at a pause, or between two words, until its parts are short enough.
fn break_line(text: &str, longest: usize, lines: &mut Vec<String>) {
    let letters = text.chars().count();
    let place = if letters > longest { pause(text, letters) } else { None };
    let Some(at) = place else {
        lines.push(text.to_owned());
        return;
    };
    let (before, after) = text.split_at(at);
    break_line(before.trim_end(), BREATH, lines);
    break_line(after.trim_start(), BREATH, lines);
}

/// The byte after the best place to breathe in the middle half: the end of a sentence or clause near the middle before
/// any other gap between words.
fn pause(text: &str, letters: usize) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut before = ' ';
    for (count, (at, letter)) in text.char_indices().enumerate() {
        let written_without_spaces = matches!(before, '。' | '、' | '，' | '！' | '？' | '；' | '।');
        if (letter.is_whitespace() || written_without_spaces) && (letters / 4..letters - letters / 4).contains(&count) {
            let penalty = match before {
                '.' | '!' | '?' | ';' | '。' | '！' | '？' | '；' | '।' => 0,
                ',' | ':' | '،' | '、' | '，' => letters / 8,
                _ => letters / 4,
            };
            let cost = count.abs_diff(letters / 2) + penalty;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, at));
            }
        }
        before = letter;
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Tag;

    fn block(tag: Option<Tag>, lines: Vec<String>) -> LyricBlock {
        LyricBlock {
            tag,
            label: String::new(),
            lines,
        }
    }

    #[test]
    fn a_page_of_prose_becomes_stanzas_of_short_lines_with_every_word() {
        let prose = ["I walked along the water, and the water walked with me."; 60].join(" ");
        let stanzas = divided(&[block(None, vec![prose.clone()])]);
        let lines: Vec<&String> = stanzas.iter().flat_map(|stanza| &stanza.lines).collect();
        assert!(stanzas.len() > 5 && lines.iter().all(|line| line.chars().count() <= BREATH));
        assert!(lines.iter().all(|line| line.ends_with(['.', ','])), "{lines:?}");
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let sung: Vec<String> = lines.iter().flat_map(|line| words(line)).collect();
        assert_eq!(sung, words(&prose));
    }

    #[test]
    fn what_a_buyer_divided_stays_as_it_is() {
        let lines: Vec<String> = (0..12).map(|index| format!("line number {index}")).collect();
        let untagged = block(None, lines.clone());
        let tagged = block(Some(Tag::Verse), [lines.clone(), lines.clone()].concat());
        assert_eq!(divided(&[untagged.clone(), tagged.clone()]), [untagged, tagged]);
    }

    #[test]
    fn scripts_without_spaces_breathe_at_their_commas_and_endless_words_stay_whole() {
        let chinese = "河水慢慢流向东，月亮代表我的心。".repeat(12);
        let mut lines = Vec::new();
        break_line(&chinese, LONGEST_LINE, &mut lines);
        assert!(lines.len() > 1 && lines.concat() == chinese, "{lines:?}");
        let word = "a".repeat(300);
        lines.clear();
        break_line(&word, LONGEST_LINE, &mut lines);
        assert_eq!(lines, [word]);
    }
}
