//! Lyrics with times, as players read them (the LRC format).

use crate::score::Score;

impl Score {
    /// One timed line for each sung line, under a short header. An instrumental has the header only.
    ///
    /// `length` is the recording's in seconds: longer than the score, for its last note rings on.
    pub fn to_lrc(&self, length: f64) -> String {
        let mut text = format!(
            "[ti:{}]\n[by:busker]\n[length:{}]\n",
            plain(&self.title),
            stamp(length.round(), false)
        );
        for line in &self.vocals {
            let Some(first) = line.notes.first() else { continue };
            text.push_str(&format!(
                "[{}]{}\n",
                stamp(self.seconds(first.start), true),
                plain(&line.text)
            ));
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
            if letter.is_control() || matches!(letter, '[' | ']') {
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
