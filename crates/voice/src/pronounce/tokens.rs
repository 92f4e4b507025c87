//! Cutting a line into words, with the marks lyric writers use: `hal-le-lu-jah` and `love__`.

use super::numbers;

/// One word as written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token {
    /// Its letters, without the marks between its parts.
    pub(super) text: String,
    /// The parts between hyphens; one when there are none.
    pub(super) parts: Vec<String>,
    /// Which part is held, and over how many more notes.
    pub(super) held: Vec<(usize, u8)>,
}

impl Token {
    pub(super) fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            parts: vec![text.to_owned()],
            held: Vec::new(),
        }
    }
}

/// Letters that English words are made of.
pub(super) fn is_english_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\'' | '’')
}

/// The words of `text` in order. Figures and symbols come as the words they are read as.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for written in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '/' | '—' | '–' | '…' | '|'))
    {
        for piece in pieces(written) {
            match piece {
                Piece::Letters(letters) => tokens.extend(token(&letters)),
                Piece::Spoken(words) => {
                    tokens.extend(words.split(' ').filter(|word| !word.is_empty()).map(Token::plain))
                }
            }
        }
    }
    tokens
}

enum Piece {
    Letters(String),
    Spoken(String),
}

/// Separates letters from figures and symbols: "24/7", "R2D2", "50%".
fn pieces(written: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut letters = String::new();
    let mut rest = written.chars().peekable();
    while let Some(&next) = rest.peek() {
        if next.is_ascii_digit() {
            flush(&mut letters, &mut pieces);
            let mut figure = String::new();
            while let Some(&digit) = rest.peek() {
                match digit {
                    '0'..='9' | '.' | ',' => figure.push(digit),
                    _ => break,
                }
                rest.next();
            }
            let mut ending = String::new();
            while let Some(&letter) = rest.peek() {
                if !letter.is_ascii_lowercase() {
                    break;
                }
                ending.push(letter);
                rest.next();
            }
            let (words, unread) = numbers::spoken(&figure, &ending);
            pieces.push(Piece::Spoken(words));
            letters.push_str(unread);
            continue;
        }
        rest.next();
        if let Some(word) = numbers::symbol(next) {
            flush(&mut letters, &mut pieces);
            pieces.push(Piece::Spoken(word.to_owned()));
        } else {
            letters.push(next);
        }
    }
    flush(&mut letters, &mut pieces);
    pieces
}

fn flush(letters: &mut String, pieces: &mut Vec<Piece>) {
    if !letters.is_empty() {
        pieces.push(Piece::Letters(std::mem::take(letters)));
    }
}

fn token(written: &str) -> Option<Token> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut held: Vec<(usize, u8)> = Vec::new();
    for letter in written.chars() {
        let current = parts.len() - 1;
        match letter {
            '-' if !parts[current].is_empty() => parts.push(String::new()),
            '_' if !parts[current].is_empty() || current > 0 => {
                let index = if parts[current].is_empty() {
                    current - 1
                } else {
                    current
                };
                match held.last_mut() {
                    Some((at, count)) if *at == index => *count = count.saturating_add(1),
                    _ => held.push((index, 1)),
                }
            }
            letter if letter.is_alphabetic() || is_mark(letter) || matches!(letter, '\'' | '’') => {
                parts[current].push(letter);
            }
            _ => {}
        }
    }
    for part in &mut parts {
        let bare = trimmed(part);
        *part = bare;
    }
    parts.retain(|part| part.chars().any(char::is_alphabetic));
    if parts.is_empty() {
        return None;
    }
    Some(Token {
        text: parts.concat(),
        parts,
        held,
    })
}

/// Quotation marks go; the apostrophes of "'cause" and "walkin'" stay.
fn trimmed(part: &str) -> String {
    let closed = part.starts_with(['\'', '’']) && part.ends_with(['\'', '’']);
    let bare = if closed { part.trim_matches(['\'', '’']) } else { part };
    bare.trim_start_matches("''").to_owned()
}

/// Combining marks belong to the letter before them.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(u32::from(letter),
        0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F | 0x900..=0x903 | 0x93A..=0x94F | 0x981..=0x983
        | 0x9BC..=0x9CD | 0xA01..=0xA03 | 0xA3C..=0xA4D | 0xB82 | 0xBBE..=0xBCD | 0xE31 | 0xE34..=0xE3A | 0xE47..=0xE4E
        | 0x200D | 0x3099 | 0x309A | 0xFE0F)
}
