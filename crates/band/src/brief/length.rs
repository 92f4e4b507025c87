//! How long: minutes and seconds in any wording, and plain words.

use super::Because;
use super::number::{figure, number};
use super::prompt::{Prompt, Span};

/// Lengths the band plays, in seconds.
const SHORTEST: f64 = 20.0;
const LONGEST: f64 = 360.0;

/// The wish for a length in seconds, if there is one.
pub(super) fn length(prompt: &Prompt) -> Option<Because<u32>> {
    let (seconds, span) = timed(prompt).or_else(|| worded(prompt))?;
    let possible = seconds.clamp(SHORTEST, LONGEST);
    let mut because = prompt.cite(span);
    if possible != seconds {
        because.push_str(&format!(
            "; a song lasts {SHORTEST} to {LONGEST} seconds, so {possible} is the nearest"
        ));
    }
    Some(Because::new(possible.round() as u32, because))
}

/// Whether the word at `at` says how long rather than when: "a 30s jingle".
pub(super) fn is_length(prompt: &Prompt, at: usize) -> bool {
    let seconds = prompt.at(at).strip_suffix('s').and_then(figure);
    let of_time = matches!(
        prompt.at(at + 1),
        "long" | "jingle" | "clip" | "spot" | "loop" | "ad" | "advert" | "snippet" | "length"
    );
    seconds.is_some() && of_time && !prompt.phrase_ends_at(at + 1)
}

/// "3 minutes", "2:30", "90 seconds", "2m30s", "a minute and a half", "half a minute".
fn timed(prompt: &Prompt) -> Option<(f64, Span)> {
    (0..prompt.words().len()).find_map(|at| {
        let (seconds, end) = clock(prompt, at)
            .or_else(|| compact(prompt, at))
            .or_else(|| halves(prompt, at))
            .or_else(|| counted(prompt, at))?;
        Some((seconds, Span { start: at, end }))
    })
}

/// "2:30" and "2:30 min".
fn clock(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let (minutes, seconds) = prompt.at(at).split_once(':')?;
    let of_day =
        matches!(prompt.at(at + 1), "am" | "pm" | "o'clock") || matches!(prompt.before(at, 1), "at" | "until" | "till");
    let (minutes, rest) = (minutes.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
    let is_length = seconds.len() == 2 && rest < 60 && minutes <= 10 && !of_day;
    is_length.then(|| (f64::from(minutes * 60 + rest), at + 1))
}

/// "90s long", "30sec", "3min", "2m30s".
fn compact(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let text = prompt.at(at);
    if is_length(prompt, at) {
        return Some((text.strip_suffix('s').and_then(figure)?, at + 1));
    }
    if let Some((minutes, seconds)) = text.strip_suffix('s').and_then(|text| text.split_once('m')) {
        return Some((figure(minutes)? * 60.0 + figure(seconds)?, at + 1));
    }
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = seconds_in(&text[digits.len()..]).filter(|_| digits.len() < text.len() && !text.ends_with('m'))?;
    Some((figure(digits)? * unit, at + 1))
}

/// "a minute and a half", "two and a half minutes", "half a minute".
fn halves(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let word = |more: usize| prompt.at(at + more);
    match (word(0), word(1), word(2), word(3), word(4)) {
        ("a" | "one", "minute", "and", "a", "half") => Some((90.0, at + 5)),
        ("half", "a", "minute", ..) => Some((30.0, at + 3)),
        (_, "and", "a", "half", "minutes") => Some((number(prompt, at)?.0 * 60.0 + 30.0, at + 5)),
        (_, "minutes", "and", "a", "half") => Some((number(prompt, at)?.0 * 60.0 + 30.0, at + 5)),
        _ => None,
    }
}

/// "3 minutes 20 seconds", "about four minutes", "a minute".
fn counted(prompt: &Prompt, at: usize) -> Option<(f64, usize)> {
    let (value, words) = match prompt.at(at) {
        "a" if prompt.at(at + 1) == "minute" && matches!(prompt.at(at + 2), "long" | "") => (1.0, 1),
        _ => number(prompt, at)?,
    };
    let end = at + words;
    let unit = seconds_in(prompt.at(end))?;
    if prompt.at(end + 1) == "ago" {
        return None;
    }
    let gap = usize::from(prompt.at(end + 1) == "and");
    let rest = number(prompt, end + 1 + gap).filter(|_| unit == 60.0);
    let rest = rest.filter(|(_, words)| seconds_in(prompt.at(end + 1 + gap + words)) == Some(1.0));
    Some(match rest {
        Some((seconds, words)) => (value * 60.0 + seconds, end + 2 + gap + words),
        None => (value * unit, end + 1),
    })
}

fn seconds_in(unit: &str) -> Option<f64> {
    match unit {
        "minute" | "minutes" | "min" | "mins" => Some(60.0),
        "second" | "seconds" | "sec" | "secs" => Some(1.0),
        _ => None,
    }
}

/// "short", "jingle", "long": in seconds.
fn worded(prompt: &Prompt) -> Option<(f64, Span)> {
    const WORDS: [(&str, f64); 18] = [
        ("very short", 30.0),
        ("short song", 75.0),
        ("short piece", 60.0),
        ("short track", 75.0),
        ("short intro", 30.0),
        ("short", 60.0),
        ("brief", 60.0),
        ("jingle", 30.0),
        ("sting", 20.0),
        ("stinger", 20.0),
        ("snippet", 30.0),
        ("ringtone", 30.0),
        ("interlude track", 60.0),
        ("long song", 270.0),
        ("long track", 270.0),
        ("very long", 345.0),
        ("extended version", 300.0),
        ("long", 260.0),
    ];
    let found = WORDS
        .iter()
        .flat_map(|(word, seconds)| prompt.find(word).into_iter().map(|span| (*seconds, span)));
    let mut kept = Prompt::longest(found.collect());
    // "a long road", "long notes", "all night long" speak of something else: a single word counts as a phrase of its own.
    kept.retain(|(_, span)| {
        let clear = span.length() > 1 || !matches!(prompt.at(span.start), "long" | "short" | "brief");
        let alone = prompt.words()[span.start].begins_phrase && prompt.phrase_ends_at(span.end);
        let of_song = [
            "song",
            "ballad",
            "tune",
            "piece",
            "loop",
            "jingle",
            "instrumental",
            "track",
            "version",
        ]
        .contains(&prompt.at(span.end))
            || ["song", "ballad", "tune", "piece", "instrumental"].contains(&prompt.before(span.start, 1));
        (clear || alone || of_song) && !prompt.is_denied(*span)
    });
    kept.first().copied()
}
