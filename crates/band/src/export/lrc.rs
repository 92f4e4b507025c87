//! Lyrics with times, as players read them (the LRC format).

use crate::score::Score;

impl Score {
    /// One timed line for each line of the lyrics, each of its words with a time of its own where it has several (the
    /// enhanced format, "A2"), under a short header. An instrumental has the header only.
    ///
    /// `length` is the recording's in seconds: longer than the score, for its last note rings on.
    pub fn to_lrc(&self, length: f64) -> String {
        let mut text = format!(
            "[ti:{}]\n[by:busker]\n[length:{}]\n",
            plain(&self.title),
            stamp(length.round(), false)
        );
        for line in self.written_lines() {
            let Some((start, _)) = line.span() else { continue };
            text.push_str(&format!("[{}]", stamp(self.seconds(start), true)));
            let words = self.timed_words(line);
            match words.as_slice() {
                [] | [_] => text.push_str(&plain(&line.text)),
                [.., last] => {
                    for word in &words {
                        // The space before a word belongs before its time.
                        let bare = word.text.trim_start();
                        let space = &word.text[..word.text.len() - bare.len()];
                        text.push_str(&format!("{}<{}>{}", plain(space), stamp(word.start, true), plain(bare)));
                    }
                    text.push_str(&format!("<{}>", stamp(last.end, true)));
                }
            }
            text.push('\n');
        }
        text
    }
}

/// `mm:ss.xx`, or `mm:ss` without hundredths.
fn stamp(seconds: f64, hundredths: bool) -> String {
    let total = (seconds * 100.0).round() as u64;
    let (minutes, rest) = (total / 6000, total % 6000);
    if hundredths {
        format!("{minutes:02}:{:02}.{:02}", rest / 100, rest % 100)
    } else {
        format!("{minutes:02}:{:02}", rest / 100)
    }
}

/// Brackets would read as times, line breaks as new lines.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control() || matches!(letter, '[' | ']' | '<' | '>') {
                ' '
            } else {
                letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_count_minutes_and_hundredths() {
        assert_eq!(stamp(0.0, true), "00:00.00");
        assert_eq!(stamp(83.456, true), "01:23.46");
        assert_eq!(stamp(359.999, true), "06:00.00");
        assert_eq!(stamp(125.0, false), "02:05");
    }
}
