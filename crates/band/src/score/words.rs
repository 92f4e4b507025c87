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
        let text: Vec<&str> = self.written_lines().iter().map(|line| line.text.as_str()).collect();
        let language = (!text.is_empty()).then(|| Language::detect(&text.join("\n")));
        language.and_then(Language::code)
    }

    /// The words of `line` in order; none for a line without notes.
    ///
    /// What stands between two spaces is one word here, however many it is sung as: "24/7" begins with its "twenty".
    pub fn timed_words(&self, line: &VocalLine) -> Vec<TimedWord> {
        let timed = written_words(&line.text, &sung_words(line)).into_iter();
        let timed = timed.filter_map(|WrittenWord { text, sung_as }| {
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

/// The words of `line` as its notes spell them.
fn sung_words(line: &VocalLine) -> Vec<String> {
    let mut words = Vec::new();
    for note in &line.notes {
        words.resize(words.len().max(note.word + 1), String::new());
        words[note.word].push_str(&note.syllable);
    }
    words
}

/// What stands between two spaces.
#[derive(Debug, PartialEq)]
struct WrittenWord {
    text: String,
    /// Which of the line's sung words it is: several for figures, never none.
    sung_as: Range<usize>,
}

/// Cuts `text` before each space. What is not sung (a dash, an emoji, brackets that others sing) stays with the word
/// before it, at the beginning of a line with the one after it. A line that is not sung as it is written is one word.
fn written_words(text: &str, sung: &[String]) -> Vec<WrittenWord> {
    let pieces = cut_before_spaces(text);
    let align = |language, brackets| align(&pieces, sung, language, brackets);
    let aligned = FIGURES
        .iter()
        .find_map(|&language| align(language, Brackets::Skipped).or_else(|| align(language, Brackets::Read)));
    let Some(aligned) = aligned else {
        return vec![WrittenWord {
            text: text.to_owned(),
            sung_as: 0..sung.len(),
        }];
    };
    let mut words: Vec<WrittenWord> = Vec::new();
    let mut unsung = String::new();
    for (piece, sung_as) in pieces.into_iter().zip(aligned) {
        match words.last_mut() {
            Some(last) if sung_as.is_empty() => last.text.push_str(piece),
            None if sung_as.is_empty() => unsung.push_str(piece),
            _ => words.push(WrittenWord {
                text: std::mem::take(&mut unsung) + piece,
                sung_as,
            }),
        }
    }
    words
}

/// Languages that have words of their own for figures. Everything else is written alike in all of them.
const FIGURES: [Language; 4] = [
    Language::Other,
    Language::Spanish,
    Language::Italian,
    Language::Portuguese,
];

/// Whether round brackets are sung with the rest.
#[derive(Clone, Copy, PartialEq)]
enum Brackets {
    Skipped,
    Read,
}

/// Which of the `sung` words each piece is; `None` where one of them is left over.
fn align(pieces: &[&str], sung: &[String], language: Language, brackets: Brackets) -> Option<Vec<Range<usize>>> {
    let mut next = 0;
    let mut depth = 0_usize;
    let aligned = pieces.iter().map(|piece| {
        let begin = next;
        let opened = piece.matches(['(', '（']).count();
        let closed = piece.matches([')', '）']).count();
        let read = brackets == Brackets::Read || depth + opened == 0;
        depth = (depth + opened).saturating_sub(closed);
        for word in pronounce(piece, language).iter().filter(|_| read) {
            next += usize::from(sung.get(next).is_some_and(|sung| *sung == word.text));
        }
        begin..next
    });
    let aligned = aligned.collect();
    (next == sung.len()).then_some(aligned)
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

    fn cut(text: &str, sung: &str) -> Vec<(String, usize)> {
        let sung: Vec<String> = sung.split_whitespace().map(str::to_owned).collect();
        let words = written_words(text, &sung).into_iter();
        words.map(|word| (word.text, word.sung_as.len())).collect()
    }

    #[test]
    fn words_keep_their_marks_and_figures_count_as_they_are_sung() {
        let words = [("Open", 1), (" 24/7,", 3), (" baby -", 1), (" o-o-oh!", 1)];
        assert_eq!(
            cut("Open 24/7, baby - o-o-oh!", "Open twenty four seven baby oooh"),
            words.map(|(text, sung)| (text.to_owned(), sung))
        );
    }

    #[test]
    fn a_line_begins_with_what_stands_before_its_first_word() {
        assert_eq!(cut("🎵 … “Rain” 🎵", "Rain"), [("🎵 … “Rain” 🎵".to_owned(), 1)]);
    }

    #[test]
    fn brackets_take_no_time_unless_the_lead_sings_them() {
        let answered = [("(hold me) Hold", 1), (" me (oh oh)", 1)];
        assert_eq!(
            cut("(hold me) Hold me (oh oh)", "Hold me"),
            answered.map(|(text, sung)| (text.to_owned(), sung))
        );
        assert_eq!(cut("Hold (me)", "Hold me").len(), 2);
    }

    #[test]
    fn figures_are_found_in_the_language_they_are_sung_in() {
        assert_eq!(cut("Son las 3 ya", "Son las tres ya").len(), 4);
        assert_eq!(cut("Sono le 3 ormai", "Sono le tre ormai").len(), 4);
    }

    #[test]
    fn a_line_that_is_sung_otherwise_than_written_is_one_word() {
        assert_eq!(cut("Hold me", "Let go now"), [("Hold me".to_owned(), 3)]);
    }
}
