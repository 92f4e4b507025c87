//! Cutting text into words: at spaces and punctuation, between scripts, and never within a number or a key's sign.

use unicode_normalization::UnicodeNormalization;

use super::prompt::Word;

/// The words of a text, in the language they were written in.
pub(super) fn cut(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut current = String::new();
    let mut begins_phrase = true;
    let mut joined = false;
    let letters = text.chars().collect::<Vec<_>>();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
    for (at, &letter) in letters.iter().enumerate() {
        let between_digits = digit(at.checked_sub(1)) && digit(Some(at + 1));
        let letter = match letter {
            '–' | '—' | '~' | '‐' | '‑' if between_digits => '-',
            // A decimal comma has one digit after it: "72,5".
            ',' if between_digits && !digit(Some(at + 2)) => '.',
            other => plain(other),
        };
        let previous = current.chars().last();
        let next = letters.get(at + 1).copied();
        let new_script = previous.is_some_and(|previous| differ(previous, letter));
        if belongs(letter, previous, next, between_digits) && !new_script {
            current.push(letter);
            continue;
        }
        if !current.is_empty() {
            words.push(word(&current, begins_phrase, joined));
            current.clear();
            begins_phrase = false;
        }
        match letter {
            ' ' | '\t' | '\'' => joined = false,
            '-' | '_' => joined = true,
            '♩' | '♪' => words.push(word("bpm", true, false)),
            letter if letter.is_alphanumeric() => {
                current.push(letter);
                joined = true;
            }
            _ => (begins_phrase, joined) = (true, false),
        }
    }
    if !current.is_empty() {
        words.push(word(&current, begins_phrase, joined));
    }
    words
}

/// Lower-case and without accents, so that "bateria" finds "batería". Other scripts keep their marks, which are letters.
pub(super) fn folded(text: &str) -> String {
    let is_accent = |letter: &char| matches!(letter, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}');
    let bare = text.nfd().filter(|letter| !is_accent(letter)).nfc().collect::<String>();
    bare.to_lowercase()
        .replace('ł', "l")
        .replace('ß', "ss")
        .replace('ı', "i")
        .replace('œ', "oe")
}

/// Written without spaces between words.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ac00}'..='\u{d7af}')
}

/// Between writing with spaces and without, a word ends.
fn differ(a: char, b: char) -> bool {
    is_unspaced(a) != is_unspaced(b) && b.is_alphanumeric()
}

fn word(written: &str, begins_phrase: bool, joined: bool) -> Word {
    Word {
        text: folded(written),
        written: written.to_owned(),
        begins_phrase,
        joined,
        continues: false,
    }
}

fn plain(letter: char) -> char {
    match letter {
        '♯' => '#',
        '♭' => 'b',
        '’' | '‘' => '\'',
        '‐' | '‑' => '-',
        '⁄' => '/',
        other => other,
    }
}

fn belongs(letter: char, previous: Option<char>, next: Option<char>, between_digits: bool) -> bool {
    let within_word = previous.is_some() && next.is_some_and(char::is_alphanumeric);
    match letter {
        '#' => previous.is_some_and(|letter| matches!(letter.to_ascii_lowercase(), 'a'..='h')),
        '\'' | '&' => within_word,
        '.' | '/' | ':' => between_digits,
        // Vowel signs and accents that stand on their own letter.
        '\u{300}'..='\u{36f}' | '\u{900}'..='\u{dff}' | '\u{64b}'..='\u{652}' => {
            previous.is_some() || letter.is_alphanumeric()
        }
        letter => letter.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keys_and_scripts_stay_whole() {
        let words = |text: &str| cut(text).into_iter().map(|word| word.text).collect::<Vec<_>>();
        assert_eq!(words("72,5 bpm, 6/8"), ["72.5", "bpm", "6/8"]);
        assert_eq!(words("90–95 BPM"), ["90", "95", "bpm"]);
        assert_eq!(words("F♯ minor, B♭!"), ["f#", "minor", "bb"]);
        assert_eq!(words("BPM120のピアノ曲"), ["bpm120", "のピアノ曲"]);
        assert_eq!(words("Canción rápida, don't"), ["cancion", "rapida", "don't"]);
        assert_eq!(words("🎸🔥 ...!?"), Vec::<String>::new());
    }
}
