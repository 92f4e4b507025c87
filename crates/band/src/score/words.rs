//! The words of a sung line as they are written, and when each is sung.

use std::ops::Range;

use busker_voice::pronounce::{Language, pronounce};

use super::{Score, VocalLine};

/// One word of a line: for players that light up word after word.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedWord {
    /// As written, with its punctuation and the space before it: a line's words put together are the line.
    pub text: String,
    /// When it begins, in seconds from the start of the song.
    pub start: f64,
    /// When its last note ends, in seconds from the start of the song.
    pub end: f64,
}

impl Score {
    /// ISO 639-1 code of the language that the lyrics are in, where the singer knows it; `None` for an instrumental.
    pub fn language(&self) -> Option<&'static str> {
        let text: Vec<&str> = self.vocals.iter().map(|line| line.text.as_str()).collect();
        let english = !text.is_empty() && Language::detect(&text.join("\n")) == Language::English;
        english.then_some("en")
    }

    /// The words of `line` in order; none for a line without notes.
    ///
    /// What stands between two spaces is one word here, however many it is sung as: "24/7" begins with its "twenty".
    pub fn timed_words(&self, line: &VocalLine) -> Vec<TimedWord> {
        let sung = line.notes.iter().map(|note| note.word + 1).max().unwrap_or(0);
        let mut written = written_words(&line.text);
        if written.last().is_none_or(|last| last.sung_as.end != sung) {
            // A line that is not sung as it is written has a beginning and an end only.
            written = vec![WrittenWord {
                text: line.text.clone(),
                sung_as: 0..sung,
            }];
        }
        let timed = written.into_iter().filter_map(|WrittenWord { text, sung_as }| {
            let mut notes = line.notes.iter().filter(|note| sung_as.contains(&note.word));
            let first = notes.next()?;
            let last = notes.next_back().unwrap_or(first);
            Some(TimedWord {
                text,
                start: self.seconds(first.start),
                end: self.seconds(last.start + last.length),
            })
        });
        timed.collect()
    }
}

/// What stands between two spaces.
struct WrittenWord {
    text: String,
    /// Which of the line's sung words it is: several for figures, never none.
    sung_as: Range<usize>,
}

/// Cuts `text` before each space. What cannot be sung (a dash, an emoji) stays with the word before it, at the beginning
/// of a line with the one after it.
fn written_words(text: &str) -> Vec<WrittenWord> {
    let mut words: Vec<WrittenWord> = Vec::new();
    let mut unsung = String::new();
    for piece in cut_before_spaces(text) {
        // Only their number counts, and that is the same in every language.
        let count = pronounce(piece, Language::Other).len();
        match words.last_mut() {
            Some(last) if count == 0 => last.text.push_str(piece),
            None if count == 0 => unsung.push_str(piece),
            last => {
                let begin = last.map_or(0, |last| last.sung_as.end);
                words.push(WrittenWord {
                    text: std::mem::take(&mut unsung) + piece,
                    sung_as: begin..begin + count,
                });
            }
        }
    }
    words
}

fn cut_before_spaces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() && in_word {
            pieces.push(&text[begin..at]);
            begin = at;
        }
        in_word = !letter.is_whitespace();
    }
    pieces.push(&text[begin..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::written_words;

    fn cut(text: &str) -> Vec<(String, usize)> {
        let words = written_words(text).into_iter();
        words.map(|word| (word.text, word.sung_as.len())).collect()
    }

    #[test]
    fn words_keep_their_marks_and_figures_count_as_they_are_sung() {
        let words = [("Open", 1), (" 24/7,", 3), (" baby -", 1), (" o-o-oh!", 1)];
        assert_eq!(
            cut("Open 24/7, baby - o-o-oh!"),
            words.map(|(text, sung)| (text.to_owned(), sung))
        );
    }

    #[test]
    fn a_line_begins_with_what_stands_before_its_first_word() {
        assert_eq!(cut("🎵 … “Rain” 🎵"), [("🎵 … “Rain” 🎵".to_owned(), 1)]);
        assert!(cut("…").is_empty());
    }
}
