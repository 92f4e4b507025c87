//! How fast: a number in any wording, an Italian term, a plain word, or what the genre is used to.
//!
//! A number wins over words, and of several numbers or words the first counts.

use super::number::number;
use super::prompt::{Prompt, Span};
use super::{Because, Rng};
use crate::genre::TempoRange;
use crate::score::Meter;

/// The tempi the band plays.
const SLOWEST: f64 = 30.0;
const FASTEST: f64 = 300.0;

/// A tempo as asked and as counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tempo {
    /// Beats a minute as a musician counts them: dotted quarters in 6/8.
    pub(super) bpm: f64,
    /// Quarter notes a minute.
    pub(super) quarters: f64,
    pub(super) warning: Option<String>,
}

/// Finds the tempo; `usual` counts beats of this metre.
pub(super) fn tempo(prompt: &Prompt, meter: Meter, usual: TempoRange, energy: f32, rng: &mut Rng) -> Because<Tempo> {
    let numbers = numbers(prompt);
    let words = words(prompt, usual);
    let compound = meter.unit == 8 && meter.beats.is_multiple_of(3);
    let (asked, because) = match (numbers.first(), words.first()) {
        (Some((bpm, span)), word) => {
            let mut because = prompt.cite(*span);
            if let Some((other, other_span)) = numbers.iter().find(|(other, _)| other != bpm) {
                because.push_str(&format!(
                    "; {} ({other} BPM) came later and gives way",
                    prompt.cite(*other_span)
                ));
            } else if let Some((_, word)) = word.filter(|(_, word)| !word.overlaps(*span)) {
                because.push_str(&format!(", which counts more than {}", prompt.cite(*word)));
            }
            (*bpm, because)
        }
        (None, Some((speed, span))) => {
            let mut because = prompt.cite(*span);
            if let Some((_, other)) = words.iter().find(|(other, _)| contradict(*speed, *other)) {
                because.push_str(&format!("; {} came later and gives way", prompt.cite(*other)));
            }
            let bpm = match speed {
                Speed::Exact(bpm) => *bpm,
                Speed::Relative(_, bpm) => bpm.round(),
            };
            (bpm, because)
        }
        (None, None) => {
            let spread = f64::from(rng.normal()) * (usual.high - usual.low) * 0.08;
            let bpm = usual.usual * (1.0 + 0.05 * f64::from(energy)) + spread;
            (
                bpm.clamp(usual.low, usual.high).round(),
                "nothing said: usual for the genre and mood".to_owned(),
            )
        }
    };
    let bpm = asked.clamp(SLOWEST, FASTEST);
    let limit = format!("the band plays {SLOWEST} to {FASTEST} BPM, so the tempo is {bpm}, the nearest");
    let (because, warning) = if bpm == asked {
        (because, None)
    } else {
        (format!("{because}; {limit}"), Some(limit))
    };
    let quarters = if compound && bpm <= 160.0 { bpm * 1.5 } else { bpm };
    Because::new(Tempo { bpm, quarters, warning }, because)
}

/// "half-time": the drums take twice as long, the tempo stays.
pub(super) fn half_time(prompt: &Prompt) -> Option<Span> {
    prompt.first_of(&["half time", "halftime"])
}

/// Every number that is meant as a tempo, in the order of the prompt.
pub(super) fn numbers(prompt: &Prompt) -> Vec<(f64, Span)> {
    let mut found: Vec<(f64, Span)> = Vec::new();
    let mut at = 0;
    while at < prompt.words().len() {
        match number_at(prompt, at) {
            Some((value, span)) => {
                at = span.end;
                found.push((value, span));
            }
            None => at += 1,
        }
    }
    found
}

fn number_at(prompt: &Prompt, at: usize) -> Option<(f64, Span)> {
    let words = prompt.words();
    let (low, length) = glued(prompt.at(at))
        .map(|value| (value, 1))
        .or_else(|| number(prompt, at))?;
    let after = at + length;
    // "90-100 bpm", "90 to 100 bpm": the middle.
    let gap = usize::from(matches!(prompt.at(after), "to" | "and" | "or"));
    let second = glued(prompt.at(after + gap))
        .map(|value| (value, 1))
        .or_else(|| number(prompt, after + gap));
    let range = second.filter(|_| gap == 1 || words.get(after).is_some_and(|word| word.joined));
    let (value, end) = match range {
        Some((high, length)) if high > low && high < low * 1.6 => ((low + high) / 2.0, after + gap + length),
        _ => (low, after),
    };
    let is_glued = glued(prompt.at(at)).is_some() || glued(prompt.at(end - 1)).is_some();
    let unit = match (prompt.at(end), prompt.at(end + 1)) {
        ("bpm" | "bpms", _) => 1,
        ("beats", "per" | "a") if prompt.at(end + 2) == "minute" => 3,
        ("beats", "pm" | "minute") => 2,
        ("quarters" | "clicks", "per" | "a") => 3,
        _ => 0,
    };
    let unit = if unit == 1
        && number(prompt, end + 1).is_some()
        && named_before(prompt, end + 1)
        && named_before(prompt, at)
    {
        0 // "tempo 90 bpm 120" would otherwise be both
    } else {
        unit
    };
    if value < 1.0 || !(is_glued || unit > 0 || named_before(prompt, at) || alone(prompt, at, end, value)) {
        return None;
    }
    Some((
        value,
        Span {
            start: at,
            end: end + unit,
        },
    ))
}

/// "128bpm" or "bpm128".
fn glued(text: &str) -> Option<f64> {
    let digits = text.strip_suffix("bpm").or_else(|| text.strip_prefix("bpm"))?;
    super::number::figure(digits)
}

/// "tempo of about 90", "BPM: 90", "♩ = 90", "quarter note = 90".
fn named_before(prompt: &Prompt, at: usize) -> bool {
    const BETWEEN: [&str; 14] = [
        "of",
        "is",
        "at",
        "around",
        "about",
        "to",
        "set",
        "should",
        "be",
        "approximately",
        "roughly",
        "ca",
        "circa",
        "exactly",
    ];
    let named = |word: &str| matches!(word, "bpm" | "tempo" | "quarter" | "crotchet" | "note" | "speed");
    (1..=4).any(|back| {
        named(prompt.before(at, back)) && (1..back).all(|nearer| BETWEEN.contains(&prompt.before(at, nearer)))
    })
}

/// "house, 128" and "half-time at 140": a plausible tempo that can be nothing else.
fn alone(prompt: &Prompt, at: usize, end: usize, value: f64) -> bool {
    let plausible = (55.0..=220.0).contains(&value) && !prompt.at(at).contains('/');
    let opens = prompt.words()[at].begins_phrase && at > 0 || prompt.before(at, 1) == "at";
    let closes = prompt.phrase_ends_at(end);
    plausible && opens && closes && super::number::figure(prompt.at(at)).is_some()
}

/// What a word says about speed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Speed {
    /// Beats a minute.
    Exact(f64),
    /// A place within the genre's range, 0 its low end, and the quarters a minute that gives.
    Relative(f64, f64),
}

fn contradict(a: Speed, b: Speed) -> bool {
    match (a, b) {
        (Speed::Relative(a, _), Speed::Relative(b, _)) => (a - b).abs() > 0.5,
        (Speed::Exact(a), Speed::Exact(b)) => (a / b - 1.0).abs() > 0.2,
        _ => false,
    }
}

/// Terms with a tempo of their own.
const TERMS: [(&str, f64); 16] = [
    ("larghissimo", 30.0),
    ("largo", 50.0),
    ("larghetto", 60.0),
    ("lento", 54.0),
    ("adagio", 68.0),
    ("adagietto", 72.0),
    ("andante", 84.0),
    ("andantino", 92.0),
    ("moderato", 108.0),
    ("allegretto", 114.0),
    ("allegro", 132.0),
    ("vivace", 150.0),
    ("vivo", 150.0),
    ("presto", 176.0),
    ("prestissimo", 200.0),
    ("marcia moderato", 84.0),
];

/// Where within, or beyond, the genre's range: 0 its low end, 1 its high end.
const PLACES: [(&str, f64); 45] = [
    ("very slow", -0.25),
    ("really slow", -0.25),
    ("extremely slow", -0.35),
    ("super slow", -0.3),
    ("ultra slow", -0.35),
    ("too slow", 0.05),
    ("very fast", 1.25),
    ("really fast", 1.25),
    ("extremely fast", 1.4),
    ("super fast", 1.3),
    ("ultra fast", 1.4),
    ("too fast", 1.0),
    ("breakneck", 1.4),
    ("frantic", 1.2),
    ("not too fast", 0.4),
    ("not so fast", 0.4),
    ("not very fast", 0.3),
    ("not too slow", 0.5),
    ("not so slow", 0.5),
    ("not fast", 0.2),
    ("not slow", 0.7),
    ("mid tempo", 0.45),
    ("midtempo", 0.45),
    ("medium tempo", 0.45),
    ("moderate tempo", 0.45),
    ("moderate", 0.45),
    ("medium", 0.45),
    ("mid paced", 0.45),
    ("up tempo", 0.9),
    ("uptempo", 0.9),
    ("upbeat", 0.8),
    ("downtempo", 0.05),
    ("down tempo", 0.05),
    ("double time", 1.0),
    ("fast but not too fast", 0.8),
    ("slow burning", 0.1),
    ("slow", 0.05),
    ("slowly", 0.05),
    ("laid back", 0.25),
    ("fast paced", 1.0),
    ("fast", 1.0),
    ("quick", 0.9),
    ("brisk", 0.85),
    ("leisurely", 0.2),
    ("rapid", 1.0),
];

/// Below this many beats a minute music is felt as slow, and as very slow.
const SLOW: f64 = 80.0;
const VERY_SLOW: f64 = 66.0;

/// From this many on music is felt as fast.
const FAST: f64 = 130.0;

/// The tempo at a place of the genre's range. What is called slow is slow in itself, not only for its genre: a genre that is
/// quick throughout is slowed down beyond its range, though never to less than three fifths of its usual tempo.
fn placed(place: f64, usual: TempoRange) -> f64 {
    let within = usual.low + place * (usual.high - usual.low);
    if place < 0.0 {
        let very = VERY_SLOW + 12.0 * (place + 0.25);
        within.min(very.max(usual.usual * 0.54))
    } else if place <= 0.1 {
        let slow = SLOW - 4.0 + 40.0 * (place - 0.05);
        within.min(slow.max(usual.usual * 0.6))
    } else if place >= 0.95 {
        let fast = FAST + 60.0 * (place - 1.0);
        within.max(fast.min(usual.usual * 1.5))
    } else {
        within
    }
}

/// Words about speed in the order of the prompt, longer ones hiding those within. "no fast parts" asks for the opposite.
fn words(prompt: &Prompt, usual: TempoRange) -> Vec<(Speed, Span)> {
    let mut found = Vec::new();
    for (term, bpm) in TERMS {
        found.extend(prompt.find(term).into_iter().map(|span| (Speed::Exact(bpm), span)));
    }
    for (phrase, place) in PLACES {
        for span in prompt.find(phrase) {
            let place = if prompt.is_denied(span) && !phrase.starts_with("not") {
                0.5 - 0.3 * (place - 0.5)
            } else {
                place
            };
            let bpm = placed(place, usual);
            found.push((Speed::Relative(place, bpm), span));
        }
    }
    Prompt::longest(found)
}
