//! The prompt as words that can be searched, without losing how they were written.

use unicode_normalization::UnicodeNormalization;

use super::cut::cut;
use super::languages::languages;

/// A prompt cut into words.
#[derive(Debug, Clone)]
pub(crate) struct Prompt {
    words: Vec<Word>,
}

/// One word of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower-case and in English where the word is known; a sharp is `#` and a flat `b`, however they were written.
    pub(crate) text: String,
    /// As written. Words that translate one foreign word all keep that word.
    pub(crate) written: String,
    /// Punctuation or a line break stands before it, so a phrase may begin here.
    pub(crate) begins_phrase: bool,
    /// A hyphen joins it to the word before it.
    pub(crate) joined: bool,
    /// Stands for the same foreign word as the one before it.
    pub(crate) continues: bool,
}

/// Words found together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(crate) fn length(self) -> usize {
        self.end - self.start
    }
}

impl Prompt {
    /// Cuts, folds and translates. Compatibility forms (full-width letters, ligatures) become plain ones first.
    pub(crate) fn read(text: &str) -> Self {
        let plain = text.nfkc().collect::<String>().replace(" & ", " and ");
        Self {
            words: languages().translate(cut(&plain)),
        }
    }

    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// The word at `index`, lower-case; empty beyond either end.
    pub(crate) fn at(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| &word.text)
    }

    /// The word `back` places before `index`; empty beyond the start.
    pub(crate) fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |at| self.at(at))
    }

    /// No word of the same phrase follows at `index`.
    pub(crate) fn phrase_ends_at(&self, index: usize) -> bool {
        self.words.get(index).is_none_or(|word| word.begins_phrase)
    }

    /// Every place where `phrase` (lower-case words, one space between) stands. A plural of the last word counts.
    pub(crate) fn find(&self, phrase: &str) -> Vec<Span> {
        let wanted = phrase.split(' ').collect::<Vec<_>>();
        let last = wanted.len() - 1;
        let matches = |words: &[Word]| {
            words.iter().zip(&wanted).enumerate().all(|(at, (word, wanted))| {
                let one_phrase = at == 0 || !word.begins_phrase;
                one_phrase && (word.text == *wanted || (at == last && is_plural(&word.text, wanted)))
            })
        };
        let spans = self
            .words
            .windows(wanted.len())
            .enumerate()
            .filter(|(_, words)| matches(words));
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

    /// The first place in the prompt where one of `phrases` stands and is not denied; the longest of those that begin there.
    pub(crate) fn first_of(&self, phrases: &[&str]) -> Option<Span> {
        let spans = phrases.iter().flat_map(|phrase| self.find(phrase));
        spans
            .filter(|span| !self.is_denied(*span))
            .min_by_key(|span| (span.start, std::cmp::Reverse(span.end)))
    }

    /// Keeps the longest of overlapping finds, in the order of the prompt.
    pub(crate) fn longest<T>(mut found: Vec<(T, Span)>) -> Vec<(T, Span)> {
        found.sort_by_key(|(_, span)| (std::cmp::Reverse(span.length()), span.start));
        let mut kept: Vec<(T, Span)> = Vec::new();
        for (value, span) in found {
            if !kept.iter().any(|(_, other)| span.overlaps(*other)) {
                kept.push((value, span));
            }
        }
        kept.sort_by_key(|(_, span)| span.start);
        kept
    }

    /// The words of a span as they were written.
    pub(crate) fn quote(&self, span: Span) -> String {
        let mut quote = String::new();
        for word in self.words.get(span.start..span.end).unwrap_or_default() {
            if !quote.is_empty() && word.continues {
                continue;
            }
            if !quote.is_empty() {
                quote.push(if word.joined { '-' } else { ' ' });
            }
            quote.push_str(&word.written);
        }
        quote
    }

    /// The words of a span in quotation marks.
    pub(crate) fn cite(&self, span: Span) -> String {
        format!("\"{}\"", self.quote(span))
    }

    /// Whether "no", "without" or the like stands before the span within its phrase, or "free", "absent" right after it.
    pub(crate) fn is_denied(&self, span: Span) -> bool {
        self.is_denied_after(span) || self.denial_before(span).is_some()
    }

    /// As [`is_denied`](Self::is_denied), but where one of `nouns` stands between, the "no" was meant for that: "no drums
    /// house" is house.
    pub(crate) fn is_denied_past(&self, span: Span, nouns: &[Span]) -> bool {
        let takes_it = |denial: usize, noun: &Span| {
            let listed = (noun.end..span.start).any(|at| matches!(self.at(at), "or" | "nor" | "and"));
            (denial..span.start).contains(&noun.start) && noun.end <= span.start && !listed
        };
        let before = self.denial_before(span);
        self.is_denied_after(span) || before.is_some_and(|denial| !nouns.iter().any(|noun| takes_it(denial, noun)))
    }

    fn is_denied_after(&self, span: Span) -> bool {
        match self.at(span.end) {
            "absent" | "free" | "off" => !self.words[span.end].begins_phrase,
            // "drums: none"
            "none" => true,
            _ => false,
        }
    }

    /// Where the word stands that denies the span.
    fn denial_before(&self, span: Span) -> Option<usize> {
        const REACH: usize = 6;
        for at in (span.start.saturating_sub(REACH) + 1..=span.start).rev() {
            let word = &self.words[at];
            let listed = matches!(self.at(at - 1), "or" | "nor" | "any") || matches!(self.at(at), "or" | "nor");
            if word.begins_phrase && !listed && !(self.at(at - 1) == "and" && at == span.start) {
                return None;
            }
            match (self.before(at, 2), self.at(at - 1)) {
                ("instead" | "free", "of") | ("rather", "than") | ("leave" | "leaving" | "keep" | "take", "out") => {
                    return Some(at - 1);
                }
                ("not" | "don't" | "dont" | "never", "use" | "want" | "need" | "include" | "add" | "have" | "like") => {
                    return Some(at - 1);
                }
                ("nothing", "but") | ("not" | "without", "just" | "only") => return None,
                (
                    _,
                    "no" | "without" | "not" | "non" | "zero" | "minus" | "never" | "avoid" | "skip" | "except"
                    | "excluding" | "exclude" | "remove" | "omit" | "don't" | "dont" | "doesn't" | "isn't" | "nor"
                    | "w/o" | "hate" | "dislike",
                ) => return Some(at - 1),
                (_, "with" | "but" | "plus" | "only" | "just" | "featuring" | "use" | "yes" | "for" | "to") => {
                    return None;
                }
                ("and", "a" | "an" | "some" | "lots") => return None,
                _ => {}
            }
        }
        None
    }
}

fn is_plural(word: &str, singular: &str) -> bool {
    word.strip_suffix('s')
        .is_some_and(|stem| stem == singular || stem.strip_suffix('e') == Some(singular))
}
