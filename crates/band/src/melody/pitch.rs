//! Choosing pitches for a rhythm: the cheapest path over scale and chord tones (Viterbi, "Error bounds for
//! convolutional codes", 1967), so that a cadence can pull the notes before it.

use super::contour::Contour;
use super::memory::Memory;
use super::phrase::Phrase;
use super::range::Range;
use crate::genre::Palette;
use crate::grid::Grid;
use crate::harmony::{chord_at, numeral};
use crate::rng::Rng;
use crate::score::{Chord, Key, Mode, TICKS_PER_QUARTER};

/// What every melody of a song stands on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) chords: &'a [Chord],
    pub(super) key: Key,
    pub(super) palette: Palette,
    pub(super) grid: Grid,
}

/// Where one phrase should go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guide<'a> {
    pub(super) range: Range,
    pub(super) contour: Contour,
    /// An earlier phrase to stay close to.
    pub(super) model: Option<&'a Memory>,
}

/// The pitches of a phrase, one a note, all within the range.
///
/// The path remembers two notes, so that a turn, a run and a return after a leap can each have their price.
pub(super) fn set(phrase: &Phrase<'_>, ground: Ground<'_>, guide: Guide<'_>, rng: &mut Rng) -> Vec<i32> {
    let Ground { chords, key, grid, .. } = ground;
    let count = phrase.starts.len();
    let mut steps: Vec<Step> = Vec::with_capacity(count);
    for note in 0..count {
        let start = phrase.start + phrase.starts[note];
        let chord = chord_at(chords, start);
        let heavy = grid.weight(start) > 0.7 || phrase.lengths[note] >= TICKS_PER_QUARTER;
        let target = guide.contour.at(note as f32 / count.max(1) as f32);
        let remembered = guide
            .model
            .and_then(|model| model.pitch_near(phrase.after_bar_line(note)));
        let mut step = Step::default();
        for pitch in guide.range.low..=guide.range.high {
            let Some(tone) = tone(pitch, ground, chord) else {
                continue;
            };
            if tone == Kind::Colour && heavy {
                continue;
            }
            let mut own = 0.17 * (pitch as f32 - target).abs() + 0.9 * rng.unit();
            own += match tone {
                Kind::Chord => 0.0,
                _ if heavy => 2.6,
                Kind::Scale => 0.3,
                Kind::Foreign => 0.75,
                Kind::Colour => 1.0,
            };
            if note + 1 == count {
                own += cadence(phrase, pitch, key);
            }
            if let Some(remembered) = remembered {
                own += if remembered == pitch {
                    -1.6
                } else {
                    0.12 * (pitch - remembered).abs() as f32
                };
            }
            step.tones.push(Tone { pitch, own, kind: tone });
        }
        step.search(steps.last());
        steps.push(step);
    }
    trace(&steps)
}

/// What a pitch is to the chord and the scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Chord,
    /// Of the scale, and of the palette.
    Scale,
    /// Of the scale, but not what the genre sings.
    Foreign,
    /// Outside the scale: it passes, by a half step.
    Colour,
}

/// A pitch one note may take.
#[derive(Debug, Clone, Copy)]
struct Tone {
    pitch: i32,
    /// What it costs by itself.
    own: f32,
    kind: Kind,
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
                let by_leap = if tone.kind != Kind::Chord && moved.abs() > 2 {
                    1.6
                } else {
                    0.0
                };
                let unresolved = if tone_before.kind == Kind::Colour && moved.abs() != 1 {
                    5.0
                } else {
                    0.0
                };
                let fixed = tone.own + interval(moved.unsigned_abs()) + by_leap + unresolved;
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

/// What the pitch is here; `None` where it must not be sung. Over the major dominant of a minor key the leading note
/// replaces the seventh degree.
fn tone(pitch: i32, ground: Ground<'_>, chord: Option<&Chord>) -> Option<Kind> {
    let key = ground.key;
    let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
    let in_scale = numeral::scale(key.mode).contains(&degree);
    let Some(chord) = chord else {
        return in_scale.then_some(Kind::Scale);
    };
    if chord.contains(pitch) {
        return Some(Kind::Chord);
    }
    let leading = i32::from(key.tonic) + 11;
    if key.mode == Mode::Minor && degree == 10 && chord.contains(leading) {
        return None;
    }
    let five: &[u8] = if key.is_minor() {
        &[0, 3, 5, 7, 10]
    } else {
        &[0, 2, 4, 7, 9]
    };
    let bent: &[u8] = if key.is_minor() { &[6] } else { &[3, 6, 10] };
    match ground.palette {
        Palette::Scale | Palette::Chromatic if in_scale => Some(Kind::Scale),
        Palette::Chromatic => Some(Kind::Colour),
        Palette::Blues if bent.contains(&degree) => Some(Kind::Colour),
        Palette::Pentatonic | Palette::Blues if five.contains(&degree) => Some(Kind::Scale),
        _ => in_scale.then_some(Kind::Foreign),
    }
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
