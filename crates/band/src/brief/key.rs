//! Which key: letters, signs and words in any of their usual spellings, and the church modes.

use super::prompt::{Prompt, Span, Word};
use super::{Because, Rng};
use crate::score::{Key, Mode};

/// Finds the key, or takes one that suits the genre and the mood.
pub(super) fn key(prompt: &Prompt, minor_share: f32, brightness: f32, rng: &mut Rng) -> Because<Key> {
    let found = (0..prompt.words().len()).find_map(|at| key_at(prompt, at));
    if let Some((tonic, mode, flats, span)) = found {
        let mode = mode.unwrap_or_else(|| loose_mode(prompt).map_or(Mode::Major, |(mode, _)| mode));
        return Because::new(Key { tonic, mode, flats }, format!("\"{}\"", prompt.quote(span)));
    }
    let tonic = [0, 2, 4, 5, 7, 9, 10, 3, 11, 8, 6, 1][weighted_tonic(rng)];
    let (mode, because) = match loose_mode(prompt) {
        Some((mode, span)) => (mode, format!("\"{}\"", prompt.quote(span))),
        None => {
            let minor = rng.chance((minor_share - 0.35 * brightness).clamp(0.02, 0.98));
            (
                if minor { Mode::Minor } else { Mode::Major },
                "suits the genre and mood".to_owned(),
            )
        }
    };
    Because::new(
        Key {
            tonic,
            mode,
            flats: spelled_flat(tonic, mode),
        },
        because,
    )
}

/// What the buyer should know about the key.
pub(super) fn warning(prompt: &Prompt) -> Option<String> {
    prompt
        .has("locrian")
        .then(|| "locrian is played as phrygian, its nearest stable neighbour".to_owned())
}

/// Common keys come up more often than remote ones.
fn weighted_tonic(rng: &mut Rng) -> usize {
    let draw = rng.unit() * rng.unit().max(0.35);
    ((draw * 12.0) as usize).min(11)
}

/// A key whose tonic stands at `at`: tonic, mode if named, whether it is spelled with flats.
fn key_at(prompt: &Prompt, at: usize) -> Option<(u8, Option<Mode>, bool, Span)> {
    let word = &prompt.words()[at];
    let (tonic, mut flats, suffix) = tonic(word)?;
    let mut tonic = tonic;
    let mut next = at + 1;
    match prompt.at(next) {
        "flat" | "b" if suffix.is_empty() && (prompt.at(next) == "flat" || prompt.words()[next].joined) => {
            (tonic, flats, next) = ((tonic + 11) % 12, true, next + 1);
        }
        "sharp" if suffix.is_empty() => (tonic, next) = ((tonic + 1) % 12, next + 1),
        _ => {}
    }
    let is_plain_letter = word.text.len() == 1 && next == at + 1;
    let named = names_key(prompt, at);
    let same_phrase = prompt.words().get(next).is_some_and(|word| !word.begins_phrase);
    let mode_word = mode_at(prompt, next).filter(|_| same_phrase);
    let span = |end: usize| Span { start: at, end };
    if let Some((mode, length)) = mode_word {
        let english_article = is_plain_letter && word.written == "a" && !named && !opens(prompt, at, next + length);
        let german_h = word.text == "h" && !matches!(prompt.at(next), "moll" | "dur");
        if english_article || german_h {
            return None;
        }
        return Some((
            tonic,
            Some(mode),
            flats || spelled_flat(tonic, mode) && is_plain_letter,
            span(next + length),
        ));
    }
    if word.text.starts_with('h') {
        return None;
    }
    match suffix {
        "m" | "min" => {
            let looks_like_word =
                matches!(word.text.as_str(), "am" | "em") && word.written != "Am" && word.written != "Em";
            let after_i = (at > 0 && prompt.at(at - 1) == "i") || (word.text == "am" && prompt.at(next) == "i");
            if (looks_like_word && !named)
                || after_i
                || (!named && !word.written.starts_with(|c: char| c.is_uppercase()))
            {
                return None;
            }
            Some((
                tonic,
                Some(Mode::Minor),
                flats || spelled_flat(tonic, Mode::Minor),
                span(next),
            ))
        }
        "maj" => Some((tonic, Some(Mode::Major), flats, span(next))),
        _ => {
            let signed = word.text.len() > 1 || next > at + 1;
            let capital = word.written.starts_with(|c: char| c.is_uppercase());
            let alone = prompt.words().get(next).is_none_or(|word| word.begins_phrase) || prompt.at(next) == "key";
            let placed = named || (at > 0 && prompt.at(at - 1) == "in" && capital && (alone || word.written != "A"));
            let bare_sign =
                signed && capital && (word.text.ends_with('#') || next > at + 1 || (alone && word.begins_phrase));
            (placed && (capital || named) || bare_sign).then(|| (tonic, None, flats, span(next)))
        }
    }
}

/// Whether "key", "key of", "key:" or "in" leads up to the word.
fn names_key(prompt: &Prompt, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |index| prompt.at(index));
    let key = |word: &str| matches!(word, "key" | "scale" | "tonality" | "tonart");
    key(before(1)) || matches!(before(1), "of" | "is" | "in") && key(before(2))
}

/// A lower-case "a" is a key rather than an article when the key is a phrase of its own: "a minor, 90 bpm", "in a major".
fn opens(prompt: &Prompt, at: usize, end: usize) -> bool {
    let closes = prompt.words().get(end).is_none_or(|word| word.begins_phrase);
    let leads = prompt.words()[at].begins_phrase || matches!(prompt.at(at.wrapping_sub(1)), "in" | "of");
    closes && leads
}

/// The pitch class of a word like "f#", "Bb", "Ebm", "F♯min"; whether it is flat; what follows the letter and sign.
fn tonic(word: &Word) -> Option<(u8, bool, &str)> {
    let text = word.text.as_str();
    const SOLFEGE: [(&str, u8); 8] = [
        ("do", 0),
        ("re", 2),
        ("ré", 2),
        ("mi", 4),
        ("fa", 5),
        ("sol", 7),
        ("la", 9),
        ("si", 11),
    ];
    if let Some((_, pitch)) = SOLFEGE.iter().find(|(name, _)| *name == text) {
        return Some((*pitch, false, "solfege")).filter(|_| word.text.len() > 1);
    }
    let letter = text.chars().next()?;
    let pitch: u8 = match letter {
        'c' => 0,
        'd' => 2,
        'e' => 4,
        'f' => 5,
        'g' => 7,
        'a' => 9,
        'b' | 'h' => 11,
        _ => return None,
    };
    let rest = &text[1..];
    const SIGNS: [(&str, u8); 6] = [("#", 1), ("sharp", 1), ("flat", 11), ("b", 11), ("is", 1), ("", 0)];
    let (shift, suffix) = SIGNS.iter().find_map(|(sign, shift)| {
        let suffix = rest.strip_prefix(sign)?;
        matches!(suffix, "" | "m" | "min" | "maj" | "minor" | "major").then_some((*shift, suffix))
    })?;
    let suffix = match suffix {
        "minor" => "min",
        "major" => "maj",
        other => other,
    };
    Some(((pitch + shift) % 12, shift == 11, suffix))
}

/// A mode named at `at`, and how many words it takes.
fn mode_at(prompt: &Prompt, at: usize) -> Option<(Mode, usize)> {
    if matches!(prompt.at(at), "natural" | "harmonic" | "melodic") {
        return mode_at(prompt, at + 1).map(|(mode, length)| (mode, length + 1));
    }
    let mode = match prompt.at(at) {
        "minor" | "min" | "m" | "moll" | "mineur" | "menor" | "minore" | "aeolian" => Mode::Minor,
        "major" | "maj" | "dur" | "majeur" | "mayor" | "maior" | "maggiore" | "ionian" => Mode::Major,
        "dorian" => Mode::Dorian,
        "phrygian" | "locrian" => Mode::Phrygian,
        "lydian" => Mode::Lydian,
        "mixolydian" => Mode::Mixolydian,
        _ => return None,
    };
    Some((mode, 1))
}

/// A mode without a tonic: "in a minor key", "dorian groove".
fn loose_mode(prompt: &Prompt) -> Option<(Mode, Span)> {
    for at in 0..prompt.words().len() {
        let Some((mode, length)) = mode_at(prompt, at) else {
            continue;
        };
        let church = !matches!(mode, Mode::Major | Mode::Minor);
        let spelled = matches!(prompt.at(at), "minor" | "major");
        if church
            || (spelled
                && matches!(
                    prompt.at(at + length),
                    "key" | "mode" | "tonality" | "scale" | "chords" | "harmony"
                ))
        {
            return Some((
                mode,
                Span {
                    start: at,
                    end: at + length,
                },
            ));
        }
    }
    None
}

/// Keys that are written with flats when nobody said otherwise.
fn spelled_flat(tonic: u8, mode: Mode) -> bool {
    match mode {
        Mode::Major | Mode::Lydian | Mode::Mixolydian => matches!(tonic, 1 | 3 | 5 | 8 | 10),
        Mode::Minor | Mode::Dorian | Mode::Phrygian => matches!(tonic, 0 | 2 | 3 | 5 | 7 | 10),
    }
}
