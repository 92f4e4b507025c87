//! How fast: a number in any wording, an Italian term, a plain word, or what the genre is used to.

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

/// Finds the tempo.
pub(super) fn tempo(prompt: &Prompt, meter: Meter, usual: TempoRange, energy: f32, rng: &mut Rng) -> Because<Tempo> {
    let (asked, because) = match number(prompt) {
        Some((bpm, span)) => (bpm, format!("\"{}\"", prompt.quote(span))),
        None => match word(prompt, usual) {
            Some((bpm, phrase)) => (bpm, format!("\"{phrase}\"")),
            None => {
                let spread = f64::from(rng.normal()) * (usual.high - usual.low) * 0.08;
                let bpm = usual.usual * (1.0 + 0.05 * f64::from(energy)) + spread;
                (
                    bpm.clamp(usual.low, usual.high).round(),
                    "usual for the genre and mood".to_owned(),
                )
            }
        },
    };
    let bpm = asked.clamp(SLOWEST, FASTEST);
    let warning = (bpm != asked).then(|| format!("the tempo was set to {bpm} BPM, the nearest the band plays"));
    let compound = meter.unit == 8 && meter.beats.is_multiple_of(3);
    let quarters = if compound && bpm <= 160.0 { bpm * 1.5 } else { bpm };
    Because::new(Tempo { bpm, quarters, warning }, because)
}

/// "half-time": the drums take twice as long, the tempo stays.
pub(super) fn is_half_time(prompt: &Prompt) -> bool {
    prompt.first_of(&["half time", "halftime"]).is_some()
}

/// A number that is meant as a tempo.
fn number(prompt: &Prompt) -> Option<(f64, Span)> {
    let words = prompt.words();
    for at in 0..words.len() {
        let Some((low, length)) = figure(prompt, at) else {
            continue;
        };
        let after = at + length;
        // "90-100 bpm", "90 to 100 bpm": the middle.
        let gap = usize::from(matches!(prompt.at(after), "to" | "and"));
        let range =
            figure(prompt, after + gap).filter(|_| gap == 1 || words.get(after).is_some_and(|word| word.joined));
        let (value, end) = match range {
            Some((high, length)) if high > low && high < low * 1.6 => ((low + high) / 2.0, after + gap + length),
            _ => (low, after),
        };
        let glued = words[at].text.ends_with("bpm") || words[end - 1].text.ends_with("bpm");
        let unit_after = match prompt.at(end) {
            "bpm" | "bpms" => true,
            "beats" => matches!(prompt.at(end + 1), "per" | "a" | "pm" | "minute"),
            _ => false,
        };
        let named_before = (1..=4).any(|back| {
            let Some(start) = at.checked_sub(back) else {
                return false;
            };
            matches!(prompt.at(start), "bpm" | "tempo")
                && (start + 1..at).all(|between| {
                    matches!(
                        prompt.at(between),
                        "of" | "is"
                            | "at"
                            | "around"
                            | "about"
                            | "to"
                            | "set"
                            | "should"
                            | "be"
                            | "approximately"
                            | "roughly"
                            | "ca"
                    )
                })
        });
        if !(glued || unit_after || named_before) {
            continue;
        }
        let end = if unit_after { end + 1 } else { end };
        return Some((value, Span { start: at, end }));
    }
    None
}

/// A figure, or a number in words, and how many words it takes.
fn figure(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let text = prompt.at(at);
    let digits = text.strip_suffix("bpm").unwrap_or(text);
    if let Ok(value) = digits.parse::<f64>() {
        return (value.is_finite() && value >= 1.0 && digits.starts_with(|sign: char| sign.is_ascii_digit()))
            .then_some((value, 1));
    }
    spelled(prompt, at)
}

/// "ninety", "one hundred and twenty", "a hundred five".
fn spelled(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let small = |index: usize| -> Option<(f64, usize)> {
        const TENS: [&str; 8] = [
            "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
        ];
        const ONES: [&str; 19] = [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ];
        let ones = |index: usize| {
            ONES.iter()
                .position(|word| *word == prompt.at(index))
                .map(|at| at as f64 + 1.0)
        };
        if let Some(tens) = TENS.iter().position(|word| *word == prompt.at(index)) {
            let tens = (tens as f64 + 2.0) * 10.0;
            return Some(match ones(index + 1).filter(|value| *value < 10.0) {
                Some(value) => (tens + value, 2),
                None => (tens, 1),
            });
        }
        ones(index).map(|value| (value, 1))
    };
    let (hundreds, mut length) = match (prompt.at(at), prompt.at(at + 1)) {
        ("one" | "a", "hundred") => (100.0, 2),
        ("two", "hundred") => (200.0, 2),
        _ => return small(at).filter(|(value, _)| *value >= 20.0),
    };
    if prompt.at(at + length) == "and" {
        length += 1;
    }
    Some(match small(at + length) {
        Some((value, more)) => (hundreds + value, length + more),
        None => (hundreds, 2),
    })
}

/// Terms with a tempo of their own, then words that mean fast or slow for the genre.
fn word(prompt: &Prompt, usual: TempoRange) -> Option<(f64, &'static str)> {
    const TERMS: [(&str, f64); 15] = [
        ("larghissimo", 30.0),
        ("grave", 40.0),
        ("largo", 50.0),
        ("larghetto", 60.0),
        ("lento", 54.0),
        ("adagio", 68.0),
        ("andante", 84.0),
        ("andantino", 92.0),
        ("moderato", 108.0),
        ("allegretto", 114.0),
        ("allegro", 132.0),
        ("vivace", 150.0),
        ("vivo", 150.0),
        ("presto", 176.0),
        ("prestissimo", 200.0),
    ];
    if let Some((term, bpm)) = TERMS.iter().find(|(term, _)| prompt.has(term)) {
        return Some((*bpm, term));
    }
    // Where within, or beyond, the genre's range: 0 its low end, 1 its high end.
    const WORDS: [(&str, f64); 30] = [
        ("very slow", -0.25),
        ("really slow", -0.25),
        ("extremely slow", -0.35),
        ("super slow", -0.3),
        ("very fast", 1.25),
        ("really fast", 1.25),
        ("extremely fast", 1.4),
        ("super fast", 1.3),
        ("breakneck", 1.4),
        ("not too fast", 0.4),
        ("not too slow", 0.5),
        ("mid tempo", 0.45),
        ("midtempo", 0.45),
        ("medium tempo", 0.45),
        ("moderate tempo", 0.45),
        ("medium", 0.45),
        ("up tempo", 0.9),
        ("uptempo", 0.9),
        ("downtempo", 0.05),
        ("down tempo", 0.05),
        ("double time", 1.1),
        ("slow burning", 0.1),
        ("slow", 0.05),
        ("slowly", 0.05),
        ("laid back", 0.25),
        ("fast paced", 1.0),
        ("fast", 1.0),
        ("quick", 0.9),
        ("brisk", 0.85),
        ("leisurely", 0.2),
    ];
    let (phrase, place) = WORDS.iter().find(|(phrase, _)| prompt.has(phrase))?;
    Some(((usual.low + place * (usual.high - usual.low)).round(), phrase))
}
