//! Cutting a line into words, with the marks lyric writers use: `hal-le-lu-jah` and `love__`.

use unicode_normalization::UnicodeNormalization;

use super::{Language, english, figures, initials};

/// One word as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token {
    /// Its letters, without the marks between its parts.
    pub(super) text: String,
    /// The parts between hyphens; one when there are none.
    pub(super) parts: Vec<String>,
    /// Which part is held, and over how many more notes.
    pub(super) held: Vec<(usize, u8)>,
    pub(super) reading: Reading,
}

/// By which rules a word is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// Those of the language of the text.
    Usual,
    /// A figure that the language has no words for.
    English,
    /// Letter by letter.
    Initials,
}

impl Token {
    pub(super) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            parts: vec![text.to_owned()],
            held: Vec::new(),
            reading: Reading::Usual,
        }
    }

    fn hold(&mut self, part: usize) {
        match self.held.last_mut() {
            Some((at, count)) if *at == part => *count = count.saturating_add(1),
            _ => self.held.push((part, 1)),
        }
    }
}

/// The words of `text` in order. Figures and symbols come as the words they are read as.
pub(super) fn tokens(text: &str, language: Language) -> Vec<Token> {
    let text = text.nfkc().map(usual).collect::<String>();
    let shouted = !text.chars().any(char::is_lowercase);
    let mut tokens = Vec::new();
    let mut word = String::new();
    let mut rest = text.as_str();
    while let Some(letter) = rest.chars().next() {
        if word.is_empty()
            && let Some((spoken, length)) = rebus(rest)
        {
            tokens.push(Token::plain(spoken));
            rest = &rest[length..];
        } else if let Some(figure) = figures::figure(rest, language) {
            finish(&mut word, shouted, &mut tokens);
            let reading = if figure.english {
                Reading::English
            } else {
                Reading::Usual
            };
            tokens.extend(figure.words.split(' ').map(|word| spoken(word, reading)));
            rest = &rest[figure.length..];
        } else {
            match letter {
                _ if belongs(letter) => word.push(letter),
                '*' | '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {} // within a word, and not heard
                _ => finish(&mut word, shouted, &mut tokens),
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    finish(&mut word, shouted, &mut tokens);
    tokens
}

/// One character for what is written with several.
fn usual(letter: char) -> char {
    match letter {
        '\u{2018}' | '\u{201B}' | '\u{2BC}' | '\u{B4}' | '\u{2032}' | '`' => '’',
        '\u{2010}' => '-',
        '\u{301C}' => '~',
        _ => letter,
    }
}

fn belongs(letter: char) -> bool {
    is_letter(letter) || is_mark(letter) || matches!(letter, '\'' | '’' | '-' | '_' | '~' | '.')
}

/// Alphabetic, but for the letters on coloured signs, which are pictures.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() && !matches!(u32::from(letter), 0x1F100..=0x1FAFF)
}

/// A word that hides a figure or is cut short by a stroke, at the start of `text`, and its length.
fn rebus(text: &str) -> Option<(&'static str, usize)> {
    const SHORT: [(&str, &str); 3] = [("w/o", "without"), ("w/", "with"), ("b/c", "because")];
    let ends = |written: &str| !text[written.len()..].starts_with(char::is_alphanumeric);
    let short = SHORT
        .iter()
        .find(|(written, _)| text.starts_with(written) && ends(written));
    if let Some((written, spoken)) = short {
        return Some((spoken, written.len()));
    }
    let length = text
        .find(|letter: char| !letter.is_alphanumeric())
        .unwrap_or(text.len());
    let word = text.get(..length).filter(|word| (2..9).contains(&word.len()))?;
    Some((figures::rebus(&word.to_lowercase())?, length))
}

/// A word of a figure.
fn spoken(word: &str, reading: Reading) -> Token {
    let capitals = word.len() > 1 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    Token {
        reading: if capitals { Reading::Initials } else { reading },
        ..Token::plain(word)
    }
}

/// Takes what was written without a gap: mostly one word.
fn finish(word: &mut String, shouted: bool, tokens: &mut Vec<Token>) {
    let written = std::mem::take(word);
    if initials::are_pointed(&written) {
        tokens.push(Token {
            reading: Reading::Initials,
            ..Token::plain(&written.replace('.', ""))
        });
        return;
    }
    for piece in written.split('.').flat_map(|piece| piece.split("--")) {
        match token(piece) {
            Some(mut token) => {
                if token.parts.len() == 1 && initials::are_said(&token.text, shouted) {
                    token.reading = Reading::Initials;
                }
                tokens.push(token);
            }
            None => {
                let last = tokens.last_mut();
                if let Some(last) = last {
                    let holds = piece.chars().filter(|mark| matches!(mark, '_' | '~'));
                    holds.for_each(|_| last.hold(last.parts.len() - 1)); // "la __"
                }
            }
        }
    }
}

fn token(written: &str) -> Option<Token> {
    let mut token = Token {
        parts: vec![String::new()],
        ..Token::plain("")
    };
    for letter in written.chars() {
        let current = token.parts.len() - 1;
        match letter {
            '-' if !token.parts[current].is_empty() => token.parts.push(String::new()),
            '_' | '~' if !token.parts[current].is_empty() => token.hold(current),
            '_' | '~' if current > 0 => token.hold(current - 1),
            '-' | '_' | '~' => {}
            letter => token.parts[current].push(letter),
        }
    }
    for part in &mut token.parts {
        let bare = trimmed(part);
        *part = bare;
    }
    token.parts.retain(|part| part.chars().any(is_letter));
    token.text = token.parts.concat();
    (!token.parts.is_empty()).then_some(token)
}

/// Quotation marks go; the apostrophes of "'cause" and "walkin'" stay.
fn trimmed(part: &str) -> String {
    let part = part.trim_start_matches(is_mark);
    let closed = part.starts_with(['\'', '’']) && part.ends_with(['\'', '’']);
    let bare = if closed && !part.eq_ignore_ascii_case("'n'") {
        part.trim_matches(['\'', '’'])
    } else {
        part
    };
    bare.trim_start_matches("''").to_owned()
}

/// Whether English rules can read every letter.
pub(super) fn is_english(text: &str) -> bool {
    text.chars().all(english::is_letter)
}

/// Combining marks belong to the letter before them.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x900..=0x903 | 0x93A..=0x94F | 0x981..=0x983
        | 0x9BC..=0x9CD | 0xA01..=0xA03 | 0xA3C..=0xA4D | 0xB82 | 0xBBE..=0xBCD | 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E
        | 0x200C | 0x200D | 0x3099 | 0x309A | 0xFE0F)
}
