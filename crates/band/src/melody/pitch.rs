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
///
/// The path remembers two notes, so that a turn, a run and a return after a leap can each have their price.
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
    let model = if model.len() == count { model } else { &[] };
    let mut steps: Vec<Step> = Vec::with_capacity(count);
    for note in 0..count {
        let chord = chord_at(chords, phrase.start + phrase.starts[note]);
        let heavy = grid.weight(phrase.starts[note]) > 0.7 || phrase.lengths[note] >= TICKS_PER_QUARTER;
        let target = contour(phrase, note, range);
        let mut step = Step::default();
        for pitch in (range.low..=range.high).filter(|pitch| allowed(*pitch, key, chord)) {
            let in_chord = chord.is_none_or(|chord| chord.contains(pitch));
            let mut own = 0.17 * (pitch - target).abs() as f32 + 0.9 * rng.unit();
            if !in_chord {
                own += if heavy { 2.6 } else { 0.3 };
            }
            if note + 1 == count {
                own += cadence(phrase, pitch, key);
            }
            if let Some(remembered) = model.get(note) {
                own += if *remembered == pitch {
                    -1.6
                } else {
                    0.12 * (pitch - remembered).abs() as f32
                };
            }
            step.tones.push(Tone { pitch, own, in_chord });
        }
        step.search(steps.last());
        steps.push(step);
    }
    trace(&steps)
}

/// A pitch one note may take.
#[derive(Debug, Clone, Copy)]
struct Tone {
    pitch: i32,
    /// What it costs by itself.
    own: f32,
    in_chord: bool,
}

/// One note of the search: for every pair of the tone before and this one, the cheapest way there.
#[derive(Debug, Clone, Default)]
struct Step {
    tones: Vec<Tone>,
    /// The pitches the note before may take; none before the first note.
    before: Vec<i32>,
    /// Indexed by tone before, times the tones here, plus tone here.
    cost: Vec<f32>,
    /// The tone two notes back on that way.
    from: Vec<usize>,
}

impl Step {
    fn search(&mut self, last: Option<&Step>) {
        let Some(last) = last else {
            self.cost = self.tones.iter().map(|tone| tone.own).collect();
            self.from = vec![0; self.tones.len()];
            return;
        };
        self.before = last.tones.iter().map(|tone| tone.pitch).collect();
        self.cost = vec![f32::INFINITY; last.tones.len() * self.tones.len()];
        self.from = vec![0; self.cost.len()];
        for (middle, tone_before) in last.tones.iter().enumerate() {
            for (here, tone) in self.tones.iter().enumerate() {
                let moved = tone.pitch - tone_before.pitch;
                let by_leap = if !tone.in_chord && moved.abs() > 2 { 1.6 } else { 0.0 };
                let fixed = tone.own + interval(moved.unsigned_abs()) + by_leap;
                let cell = middle * self.tones.len() + here;
                for first in 0..last.before.len().max(1) {
                    let turn = last
                        .before
                        .get(first)
                        .map_or(0.0, |pitch| shape(tone_before.pitch - pitch, moved));
                    let total = last.cost[first * last.tones.len() + middle] + fixed + turn;
                    if total < self.cost[cell] {
                        self.cost[cell] = total;
                        self.from[cell] = first;
                    }
                }
            }
        }
    }
}

/// The pitches along the cheapest way, found from its end.
fn trace(steps: &[Step]) -> Vec<i32> {
    let Some(last) = steps.last().filter(|step| !step.tones.is_empty()) else {
        return Vec::new();
    };
    let best = (0..last.cost.len())
        .min_by(|a, b| last.cost[*a].total_cmp(&last.cost[*b]))
        .unwrap_or(0);
    let (mut middle, mut here) = (best / last.tones.len(), best % last.tones.len());
    let mut pitches = Vec::with_capacity(steps.len());
    for step in steps.iter().rev() {
        pitches.push(step.tones[here].pitch);
        (middle, here) = (step.from[middle * step.tones.len() + here], middle);
    }
    pitches.reverse();
    pitches
}

/// What two moves in a row cost together, beyond their own: trills and repeated leaps tire, runs and a step back after a
/// leap please.
fn shape(earlier: i32, later: i32) -> f32 {
    let turns = earlier.signum() * later.signum() < 0;
    match (earlier.abs(), later.abs()) {
        (0, 0) => 0.8,
        (1..=2, 1..=2) if earlier == -later => 0.9,
        (1..=2, 1..=2) if !turns => -0.25,
        (3.., 1..=2) if turns => -0.35,
        (3.., 3..) if turns => 0.5,
        (5.., 3..) => 1.2,
        _ => 0.0,
    }
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
        0 => (-1, 6.0),
        1 => (0, 5.0),
        2 => (2, 4.0),
        _ => (0, 5.0),
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
