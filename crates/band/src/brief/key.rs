//! Which key: letters, signs and words in any of their usual spellings, and the church modes.

use super::note_name::tonic;
use super::prompt::{Prompt, Span};
use super::{Because, Rng};
use crate::genre::library;
use crate::score::{Key, Mode};

/// What suits a song whose prompt names no key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaning {
    /// The style's own mode.
    pub(super) mode: Option<Mode>,
    /// How many songs of the genre are in minor, 0-1.
    pub(super) minor_share: f32,
    /// The mood, dark -1 to bright 1.
    pub(super) brightness: f32,
}

/// Finds the key, or takes one that suits the genre and the mood.
pub(super) fn key(prompt: &Prompt, leaning: Leaning, rng: &mut Rng) -> Because<Key> {
    if let Some(found) = related(prompt).or_else(|| first(prompt)) {
        let (mode, because) = match (found.mode, loose_mode(prompt)) {
            (Some(mode), _) => (mode, prompt.cite(found.span)),
            (None, Some((mode, span))) => (mode, format!("{} and {}", prompt.cite(found.span), prompt.cite(span))),
            (None, None) => (Mode::Major, prompt.cite(found.span)),
        };
        let key = Key {
            tonic: found.tonic,
            mode,
            flats: flats(found.tonic, mode, found.signed.then_some(found.flats)),
        };
        return Because::new(key, because);
    }
    let tonic = [0, 2, 4, 5, 7, 9, 10, 3, 11, 8, 6, 1][weighted_tonic(rng)];
    let (mode, because) = match (loose_mode(prompt), leaning.mode) {
        (Some((mode, span)), _) => (mode, prompt.cite(span)),
        (None, Some(mode)) => (mode, "nothing said: the style's own mode".to_owned()),
        (None, None) => {
            let minor = rng.chance((leaning.minor_share - 0.35 * leaning.brightness).clamp(0.02, 0.98));
            (if minor { Mode::Minor } else { Mode::Major }, NOTHING_SAID.to_owned())
        }
    };
    let flats = flats(tonic, mode, None);
    Because::new(Key { tonic, mode, flats }, because)
}

/// The reason where the prompt is silent.
pub(super) const NOTHING_SAID: &str = "nothing said: suits the genre and mood";

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

/// A key in the prompt.
#[derive(Debug, Clone, Copy)]
struct Found {
    tonic: u8,
    mode: Option<Mode>,
    /// Written with a flat.
    flats: bool,
    /// Written with a sign, whose spelling is kept.
    signed: bool,
    span: Span,
}

fn first(prompt: &Prompt) -> Option<Found> {
    (0..prompt.words().len()).find_map(|at| key_at(prompt, at))
}

/// "relative minor of C", "parallel major of A minor".
fn related(prompt: &Prompt) -> Option<Found> {
    const RELATIONS: [(&str, Mode, u8); 4] = [
        ("relative minor of", Mode::Minor, 9),
        ("relative major of", Mode::Major, 3),
        ("parallel minor of", Mode::Minor, 0),
        ("parallel major of", Mode::Major, 0),
    ];
    let (span, mode, up) = RELATIONS.iter().find_map(|(words, mode, up)| {
        let span = prompt.find(words).into_iter().next()?;
        Some((span, *mode, *up))
    })?;
    let found = key_at(prompt, span.end).or_else(|| {
        let tonic = tonic(prompt, span.end)?;
        Some(Found {
            tonic: tonic.class,
            mode: None,
            flats: tonic.flat,
            signed: false,
            span: Span {
                start: span.end,
                end: tonic.end,
            },
        })
    })?;
    Some(Found {
        tonic: (found.tonic + up) % 12,
        mode: Some(mode),
        flats: false,
        signed: false,
        span: Span {
            start: span.start,
            end: found.span.end,
        },
    })
}

/// A key whose tonic stands at `at`.
fn key_at(prompt: &Prompt, at: usize) -> Option<Found> {
    let word = &prompt.words()[at];
    let tonic = tonic(prompt, at)?;
    let named = names_key(prompt, at);
    let found = |mode: Option<Mode>, end: usize| Found {
        tonic: tonic.class,
        mode,
        flats: tonic.flat,
        signed: tonic.signed,
        span: Span { start: at, end },
    };
    let same_phrase = !prompt.phrase_ends_at(tonic.end);
    if let Some((mode, length)) = mode_at(prompt, tonic.end).filter(|_| same_phrase) {
        let end = tonic.end + length;
        let is_letter_a = word.written.eq_ignore_ascii_case("a") && !tonic.signed;
        if is_letter_a && !named && is_article(prompt, at, end) {
            return None;
        }
        return Some(found(Some(mode), end));
    }
    if tonic.needs_mode {
        return None;
    }
    match tonic.suffix {
        "m" | "min" => {
            let capital = word.written.starts_with(char::is_uppercase);
            let pronoun = word.text == "am" && prompt.at(tonic.end) == "i" || prompt.before(at, 1) == "i";
            let shouted = matches!(word.written.as_str(), "AM" | "EM" | "DM" | "GM" | "PM" | "BM" | "FM");
            let hour = super::number::figure(prompt.before(at, 1)).is_some();
            let lower = tonic.signed && word.text.contains('#');
            let is_key = named || (capital || lower) && !pronoun && !shouted && !hour;
            is_key.then(|| found(Some(Mode::Minor), tonic.end))
        }
        "maj" => Some(found(Some(Mode::Major), tonic.end)),
        _ => {
            let capital = word.written.starts_with(char::is_uppercase);
            let alone =
                prompt.phrase_ends_at(tonic.end) || matches!(prompt.at(tonic.end), "key" | "at" | "with" | "for");
            let after_in = prompt.before(at, 1) == "in" && capital && (alone || word.written != "A");
            let sharp = word.text.ends_with('#') || tonic.end > at + 1;
            let bare_sign = tonic.signed && capital && (sharp || (alone && word.begins_phrase));
            let bare_letter = tonic.signed || word.text.len() == 1;
            ((named && (capital || bare_letter)) || after_in || bare_sign).then(|| found(None, tonic.end))
        }
    }
}

/// Whether "key", "key of", "key:" or the like leads up to the word.
fn names_key(prompt: &Prompt, at: usize) -> bool {
    let key = |word: &str| {
        matches!(
            word,
            "key" | "scale" | "tonality" | "tonart" | "tonalite" | "tonalidad" | "tonalita"
        )
    };
    let before = |back: usize| prompt.before(at, back);
    key(before(1)) || matches!(before(1), "of" | "is" | "in" | "de" | "di") && key(before(2))
}

/// "A minor setback" has an article, "slow ballad, A minor" and "A minor at 90" have a key.
fn is_article(prompt: &Prompt, at: usize, end: usize) -> bool {
    const KEY_FOLLOWS: [&str; 22] = [
        "at",
        "with",
        "and",
        "for",
        "in",
        "scale",
        "song",
        "ballad",
        "tune",
        "piece",
        "groove",
        "riff",
        "jam",
        "track",
        "chords",
        "bpm",
        "tempo",
        "instrumental",
        "melody",
        "progression",
        "tonality",
        "harmony",
    ];
    let leads = prompt.words()[at].begins_phrase || matches!(prompt.before(at, 1), "in" | "of");
    let closes = prompt.phrase_ends_at(end);
    let next = prompt.at(end);
    let is_genre = || {
        let first_words = library().all().iter().flat_map(|genre| &genre.words);
        first_words
            .filter_map(|words| words.split(' ').next())
            .any(|word| word == next)
    };
    let music_follows = KEY_FOLLOWS.contains(&next) || super::number::figure(next).is_some() || is_genre();
    let capital = prompt.words()[at].written == "A";
    let inside = capital && !prompt.words()[at].begins_phrase;
    let is_key = (closes && (leads || inside)) || (capital && (music_follows || (inside && at > 0)));
    !is_key || next == "key"
}

/// A mode named at `at`, and how many words it takes.
fn mode_at(prompt: &Prompt, at: usize) -> Option<(Mode, usize)> {
    if matches!(prompt.at(at), "natural" | "harmonic" | "melodic" | "key") {
        return mode_at(prompt, at + 1).map(|(mode, length)| (mode, length + 1));
    }
    let mode = match prompt.at(at) {
        "minor" | "min" | "m" | "moll" | "mol" | "mineur" | "menor" | "minore" | "aeolian" | "eolian" => Mode::Minor,
        "major" | "maj" | "dur" | "majeur" | "mayor" | "maior" | "maggiore" | "ionian" => Mode::Major,
        "dorian" | "dorisch" => Mode::Dorian,
        "phrygian" | "locrian" | "phrygisch" => Mode::Phrygian,
        "lydian" | "lydisch" => Mode::Lydian,
        "mixolydian" | "mixolydisch" => Mode::Mixolydian,
        _ => return None,
    };
    Some((mode, 1))
}

/// A mode without a tonic: "in a minor key", "dorian groove", "minor, 90 bpm".
fn loose_mode(prompt: &Prompt) -> Option<(Mode, Span)> {
    (0..prompt.words().len()).find_map(|at| {
        let (mode, length) = mode_at(prompt, at)?;
        let end = at + length;
        let span = Span { start: at, end };
        let church = !matches!(mode, Mode::Major | Mode::Minor);
        let spelled = matches!(prompt.at(at), "minor" | "major");
        let of_harmony = matches!(
            prompt.at(end),
            "key"
                | "keys"
                | "mode"
                | "tonality"
                | "scale"
                | "chords"
                | "harmony"
                | "feel"
                | "ballad"
                | "tonalities"
                | "mood"
        );
        let alone = prompt.phrase_ends_at(end) && (prompt.words()[at].begins_phrase || prompt.before(at, 1) == "in");
        ((church || spelled && (of_harmony || alone)) && !prompt.is_denied(span)).then_some((mode, span))
    })
}

/// Whether a key is written with flats: as `asked`, unless its signature would need more than seven signs or its tonic
/// needs none ("Cb major" is B major, "Db minor" C sharp minor); else with the fewer signs.
fn flats(tonic: u8, mode: Mode, asked: Option<bool>) -> bool {
    let to_major = match mode {
        Mode::Major => 0,
        Mode::Minor => 3,
        Mode::Dorian => 10,
        Mode::Phrygian => 8,
        Mode::Lydian => 7,
        Mode::Mixolydian => 5,
    };
    let sharps = (tonic + to_major) % 12 * 7 % 12;
    let is_black = matches!(tonic, 1 | 3 | 6 | 8 | 10);
    match asked {
        Some(true) if is_black => sharps >= 5,
        Some(false) if is_black => sharps > 7,
        _ => sharps > 6 || sharps == 6 && mode.is_minor(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_spelled_like_their_key() {
        assert!(!flats(11, Mode::Major, Some(true)), "Cb major is B major, with sharps");
        assert!(flats(5, Mode::Minor, Some(false)), "E# minor is F minor, with flats");
        assert!(flats(5, Mode::Major, None));
        assert!(flats(3, Mode::Minor, None));
        assert!(!flats(6, Mode::Major, None));
        assert!(!flats(2, Mode::Dorian, None));
    }
}
