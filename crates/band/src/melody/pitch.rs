//! Choosing pitches for a rhythm: the cheapest path over scale and chord tones (Viterbi, "Error bounds for
//! convolutional codes", 1967), so that a cadence can pull the notes before it.

use super::phrase::Phrase;
use super::range::Range;
use crate::grid::Grid;
use crate::harmony::{chord_at, numeral};
use crate::rng::Rng;
use crate::score::{Chord, Key, Mode, TICKS_PER_QUARTER, Tag};

/// Semitones the sections lie above the verse.
fn lift(tag: Tag) -> i32 {
    match tag {
        Tag::Chorus | Tag::Hook | Tag::Drop | Tag::PostChorus => 4,
        Tag::Bridge | Tag::Solo => 3,
        Tag::PreChorus | Tag::BuildUp | Tag::Inst => 2,
        _ => 0,
    }
}

/// The pitches of a phrase, one a note, all within `range`. `model` are the pitches of an earlier line to stay close to.
pub(super) fn set(
    phrase: &Phrase<'_>,
    chords: &[Chord],
    key: Key,
    range: Range,
    model: &[i32],
    grid: Grid,
    rng: &mut Rng,
) -> Vec<i32> {
    let count = phrase.starts.len();
    let width = (range.high - range.low + 1) as usize;
    let mut cost = vec![f32::INFINITY; count * width];
    let mut from = vec![0usize; count * width];
    let noise = (0..count.min(64) * width).map(|_| 0.9 * rng.unit()).collect::<Vec<_>>();
    for note in 0..count {
        let tick = phrase.start + phrase.starts[note];
        let chord = chord_at(chords, tick);
        let heavy = grid.weight(phrase.starts[note]) > 0.7 || phrase.lengths[note] >= TICKS_PER_QUARTER;
        let is_last = note + 1 == count;
        let target = contour(phrase, note, range);
        for at in 0..width {
            let pitch = range.low + at as i32;
            if !allowed(pitch, key, chord) {
                continue;
            }
            let in_chord = chord.is_none_or(|chord| chord.contains(pitch));
            let mut own = 0.17 * (pitch - target).abs() as f32 + noise[(note * width + at) % noise.len().max(1)];
            if !in_chord {
                own += if heavy { 2.6 } else { 0.3 };
            }
            if is_last {
                own += cadence(phrase, pitch, key);
            }
            if let Some(remembered) = model.get(note).filter(|_| model.len() == count) {
                own += if *remembered == pitch {
                    -1.6
                } else {
                    0.12 * (pitch - remembered).abs() as f32
                };
            }
            if note == 0 {
                cost[at] = own;
                continue;
            }
            for before in 0..width {
                let past = cost[(note - 1) * width + before];
                if past.is_infinite() {
                    continue;
                }
                let leap = (at as i32 - before as i32).unsigned_abs();
                let by_leap = if !in_chord && leap > 2 { 1.6 } else { 0.0 };
                let total = past + own + interval(leap) + by_leap;
                if total < cost[note * width + at] {
                    cost[note * width + at] = total;
                    from[note * width + at] = before;
                }
            }
        }
    }
    trace(&cost, &from, count, width)
        .into_iter()
        .map(|at| range.low + at as i32)
        .collect()
}

fn trace(cost: &[f32], from: &[usize], count: usize, width: usize) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let last = &cost[(count - 1) * width..];
    let mut at = (0..width).min_by(|a, b| last[*a].total_cmp(&last[*b])).unwrap_or(0);
    let mut path = vec![0; count];
    for note in (0..count).rev() {
        path[note] = at;
        at = from[note * width + at];
    }
    path
}

/// Scale tones and chord tones. Over the major dominant of a minor key the leading note replaces the seventh degree.
fn allowed(pitch: i32, key: Key, chord: Option<&Chord>) -> bool {
    let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
    let Some(chord) = chord else {
        return numeral::scale(key.mode).contains(&degree);
    };
    if chord.contains(pitch) {
        return true;
    }
    let leading = i32::from(key.tonic) + 11;
    if key.mode == Mode::Minor && degree == 10 && chord.contains(leading) {
        return false;
    }
    numeral::scale(key.mode).contains(&degree)
}

/// What it costs to move by so many semitones: steps are free, the octave is the limit.
fn interval(semitones: u32) -> f32 {
    match semitones {
        0 => 0.75,
        1 | 2 => 0.0,
        3 | 4 => 0.55,
        5 => 1.2,
        7 => 1.6,
        6 => 3.2,
        8 | 9 => 2.8,
        12 => 3.4,
        10 | 11 => 5.0,
        _ => 40.0,
    }
}

/// An arch over the line; the third line of four stands above the others, the fourth returns.
fn contour(phrase: &Phrase<'_>, note: usize, range: Range) -> i32 {
    let place = phrase.place;
    let base = range.centre(lift(place.tag));
    let role = if place.lines == 3 && place.line == 2 {
        3
    } else {
        place.line % 4
    };
    let (from, arch) = match role {
        0 => (0, 4.0),
        1 => (1, 3.0),
        2 => (3, 2.5),
        _ => (0, 3.0),
    };
    let through = note as f32 / phrase.starts.len().max(1) as f32;
    base + from + (arch * 4.0 * through * (1.0 - through)) as i32
}

/// Where a line comes to rest: the last of a section on the tonic, the second of a pair left open.
fn cadence(phrase: &Phrase<'_>, pitch: i32, key: Key) -> f32 {
    let degree = (pitch - i32::from(key.tonic)).rem_euclid(12);
    let closes = phrase.place.line + 1 == phrase.place.lines || phrase.place.line % 4 == 3;
    match degree {
        0 if closes => -1.8,
        3 | 4 | 7 if closes => 0.0,
        _ if closes => 1.4,
        2 | 7 | 11 if phrase.place.line % 2 == 1 => -0.5,
        0 if phrase.place.line % 2 == 1 => 0.6,
        _ => 0.0,
    }
}
