//! The prompt as words that can be searched, without losing how they were written.

/// A prompt cut into words.
#[derive(Debug, Clone)]
pub(crate) struct Prompt {
    words: Vec<Word>,
}

/// One word of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower-case; a sharp is `#` and a flat `b`, however they were written.
    pub(crate) text: String,
    /// As written.
    pub(crate) written: String,
    /// Punctuation or a line break stands before it, so a phrase may begin here.
    pub(crate) begins_phrase: bool,
    /// A hyphen joins it to the word before it.
    pub(crate) joined: bool,
}

/// Words found together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Prompt {
    pub(crate) fn read(text: &str) -> Self {
        let mut words = Vec::new();
        let mut current = String::new();
        let mut begins_phrase = true;
        let mut joined = false;
        let letters = text.chars().collect::<Vec<_>>();
        for (at, &letter) in letters.iter().enumerate() {
            let letter = plain(letter);
            let previous = current.chars().last();
            let next = letters.get(at + 1).copied();
            if belongs(letter, previous, next) {
                current.push(letter);
                continue;
            }
            if !current.is_empty() {
                words.push(word(&current, begins_phrase, joined));
                current.clear();
                begins_phrase = false;
            }
            match letter {
                ' ' | '\t' => joined = false,
                '-' | '_' => joined = true,
                '♩' => words.push(word("bpm", true, false)),
                _ => (begins_phrase, joined) = (true, false),
            }
        }
        if !current.is_empty() {
            words.push(word(&current, begins_phrase, joined));
        }
        Self { words }
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word at `index`, lower-case; empty beyond either end.
    pub(crate) fn at(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &word.text)
    }

    /// Every place where `phrase` (lower-case words, one space between) stands. A plural of the last word counts.
    pub(crate) fn find(&self, phrase: &str) -> Vec<Span> {
        let wanted = phrase.split(' ').collect::<Vec<_>>();
        let spans = self.words.windows(wanted.len()).enumerate().filter(|(_, words)| {
            let last = wanted.len() - 1;
            words
                .iter()
                .zip(&wanted)
                .enumerate()
                .all(|(at, (word, wanted))| word.text == *wanted || (at == last && is_plural(&word.text, wanted)))
        });
        spans
            .map(|(start, _)| Span {
                start,
                end: start + wanted.len(),
            })
            .collect()
    }

    pub(crate) fn has(&self, phrase: &str) -> bool {
        !self.find(phrase).is_empty()
    }

    /// The first of `phrases` that stands in the prompt.
    pub(crate) fn first_of<'a>(&self, phrases: &[&'a str]) -> Option<&'a str> {
        phrases.iter().copied().find(|phrase| self.has(phrase))
    }

    /// The words of a span as they were written.
    pub(crate) fn quote(&self, span: Span) -> String {
        let words = self.words.get(span.start..span.end).unwrap_or_default();
        let mut quote = String::new();
        for word in words {
            if !quote.is_empty() {
                quote.push(if word.joined { '-' } else { ' ' });
            }
            quote.push_str(&word.written);
        }
        quote
    }

    /// Whether "no", "without" or the like stands before the span, within its phrase.
    pub(crate) fn is_denied(&self, span: Span) -> bool {
        let mut at = span.start;
        for _ in 0..4 {
            let Some(word) = self.words.get(at) else { return false };
            let listed = at > 0 && matches!(self.at(at - 1), "and" | "or" | "any");
            if at == 0 || (word.begins_phrase && !listed) {
                return false;
            }
            at -= 1;
            match self.at(at) {
                "no" | "without" | "not" | "non" | "zero" | "minus" | "never" | "avoid" | "skip" => return true,
                "with" | "but" | "plus" | "only" | "just" => return false,
                _ => {}
            }
        }
        false
    }
}

fn word(written: &str, begins_phrase: bool, joined: bool) -> Word {
    Word {
        text: written.to_lowercase(),
        written: written.to_owned(),
        begins_phrase,
        joined,
    }
}

fn plain(letter: char) -> char {
    match letter {
        '♯' | '＃' => '#',
        '♭' => 'b',
        '’' | '‘' => '\'',
        '‐' | '‑' => '-',
        '\u{a0}' => ' ',
        other => other,
    }
}

fn belongs(letter: char, previous: Option<char>, next: Option<char>) -> bool {
    let digits_around =
        previous.is_some_and(|letter| letter.is_ascii_digit()) && next.is_some_and(|letter| letter.is_ascii_digit());
    match letter {
        '#' => previous.is_some_and(|letter| matches!(letter.to_ascii_lowercase(), 'a'..='h')),
        '\'' => previous.is_some() && next.is_some_and(char::is_alphanumeric),
        '.' | '/' => digits_around,
        '&' => previous.is_some() && next.is_some_and(char::is_alphanumeric),
        letter => letter.is_alphanumeric(),
    }
}

fn is_plural(word: &str, singular: &str) -> bool {
    word.strip_suffix('s')
        .is_some_and(|stem| stem == singular || stem.strip_suffix('e') == Some(singular))
}
