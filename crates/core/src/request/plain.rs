//! Text as it was meant, whatever editor, clipboard or phone it passed through.

/// `text` trimmed, lines ended by `\n`, without what can be neither read nor sung: byte order marks, zero-width spaces,
/// soft hyphens, marks of writing direction, control characters. Joiners stay: some scripts and emoji are spelled with them.
pub(super) fn plain(text: &str) -> String {
    let one_end = text.replace("\r\n", "\n");
    let letters = one_end.chars().filter_map(|letter| match letter {
        // Vertical tab, form feed, the next-line control, line and paragraph separator.
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' | '\t' => Some(letter),
        letter if letter.is_control() || is_invisible(letter) => None,
        letter => Some(letter),
    });
    letters.collect::<String>().trim().to_owned()
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'
            ..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_cannot_be_seen_is_left_out_and_lines_end_alike() {
        assert_eq!(
            plain("\u{feff}[Verse]\r\nso\u{ad}da\u{200b}\rpop\u{2028}\u{202e}la\0la\u{200f} "),
            "[Verse]\nsoda\npop\nlala"
        );
    }

    #[test]
    fn letters_that_are_spelled_with_joiners_keep_them() {
        for text in ["می‌خواهم", "क्‍ष", "👩‍🎤"] {
            assert_eq!(plain(text), text);
        }
    }
}
