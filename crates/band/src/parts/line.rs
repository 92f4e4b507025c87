//! Riffs and countermelodies: rhythms from the genre's file, pitches found for each song.

use super::entrance::Seat;
use super::variation::Variation;
use super::{Stage, note, track};
use crate::form::Part;
use crate::genre::{Alphabet, Hit, Line, LineKind, Stroke, figure};
use crate::grid::SIXTEENTH;
use crate::harmony::{chord_at, numeral};
use crate::rng::Rng;
use crate::score::{Chord, Note, Role, Tick, Track};

/// Semitones a line has above its lowest note.
const COMPASS: i32 = 17;

/// Tones a riff is made of, in semitones above the chord's root: the chord and what lies between without half steps.
const MINOR_TONES: [i32; 7] = [0, 3, 5, 7, 10, 12, 15];
const MAJOR_TONES: [i32; 7] = [0, 2, 4, 7, 9, 12, 14];

/// How many songs have each of their genre's lines.
const USUAL: f32 = 0.8;

/// One track a line that the prompt does not exclude and this song has.
pub(super) fn tracks(stage: Stage<'_>) -> Vec<Track> {
    let without = &stage.brief.wishes.without;
    let lines = stage.brief.style.rhythm.lines.iter().enumerate();
    lines
        .filter(|(_, line)| !without.contains(&line.instrument))
        .filter(|(at, _)| Rng::stream(stage.seed, &["lines", &at.to_string()]).chance(USUAL))
        .map(|(at, line)| one(stage, line, at))
        .collect()
}

fn one(stage: Stage<'_>, line: &Line, at: usize) -> Track {
    let (seat, role) = match line.kind {
        LineKind::Riff => (Seat::Riff, Role::Comp),
        LineKind::Counter => (Seat::Counter, Role::Comp),
    };
    let mut track = track(line.instrument, role);
    let kind = match line.kind {
        LineKind::Riff => "riff",
        LineKind::Counter => "countermelody",
    };
    track.name = format!("{kind}-{}", track.name);
    track.pan = line.pan;
    track.reverb = line.reverb;
    track.delay = line.delay;
    track.trim = line.trim;
    let name = format!("{kind} {at}");
    let shape = Shape::draw(stage, line, &name);
    let mut last = i32::from(line.lowest) + COMPASS / 2;
    for part in &stage.form.parts {
        let variation = Variation::of(stage, part, &name);
        for (bar, start) in stage.bars(part) {
            let Some(energy) = stage.presence(part, bar, seat, line.from) else {
                continue;
            };
            if stage.is_final_bar(start) || sings_over(part, bar, line) {
                continue;
            }
            let turn = match line.kind {
                LineKind::Riff => shape.first + usize::from(shape.of_two && bar % 2 == 1),
                LineKind::Counter => variation.at(bar),
            };
            let hits = figure(line.rhythm.at(turn), Alphabet::Drums, stage.grid.meter);
            for (number, hit) in hits.iter().enumerate() {
                let pitch = match line.kind {
                    LineKind::Riff => riff_pitch(stage, line, &shape, start, bar, hit, number),
                    LineKind::Counter => guide_tone(stage, line, last, start, hit),
                };
                let Some(pitch) = pitch else { continue };
                last = pitch;
                track.notes.push(played(stage, start, hit, pitch, energy));
            }
        }
    }
    track
}

/// A riff of the front line stays out of the way of the words, unless it belongs to the section.
fn sings_over(part: &Part, bar: u32, line: &Line) -> bool {
    let sung = part
        .lines
        .iter()
        .any(|placed| (placed.bar..placed.bar + placed.bars).contains(&bar));
    line.kind == LineKind::Riff && sung && part.section.energy < line.from
}

fn played(stage: Stage<'_>, bar: Tick, hit: &Hit, pitch: i32, energy: f32) -> Note {
    let within = hit.step as Tick * SIXTEENTH;
    let start = bar + stage.grid.swung(within);
    let end = bar + stage.grid.swung(within + hit.steps as Tick * SIXTEENTH);
    let force = match hit.stroke {
        Stroke::Struck(force) => force,
        _ => 0.72,
    };
    let accent = 0.92 + 0.08 * stage.grid.weight(within);
    note(
        start,
        (end - start).max(1),
        pitch,
        force * accent * (0.62 + 0.05 * energy),
    )
}

/// What makes this song's riff its own.
struct Shape {
    first: usize,
    /// The second bar answers the first with another rhythm.
    of_two: bool,
    /// Which tone each stroke takes, for the first bar and the second.
    tones: [Vec<usize>; 2],
}

impl Shape {
    fn draw(stage: Stage<'_>, line: &Line, name: &str) -> Self {
        let mut rng = Rng::stream(stage.seed, &["line", name]);
        let first = rng.below(line.rhythm.len());
        let of_two = line.rhythm.len() > 1 && rng.chance(0.6);
        let mut bar = || {
            // A walk that begins on the root, prefers steps and comes home.
            let mut at = 0_usize;
            let mut tones = vec![0];
            for _ in 1..24 {
                let moved: i32 = match rng.below(10) {
                    0..=2 => 1,
                    3..=5 => -1,
                    6 => 0,
                    7 => 2,
                    8 => -2,
                    _ => 3,
                };
                at = (at as i32 + moved).rem_euclid(6) as usize;
                tones.push(at);
            }
            tones
        };
        Self {
            first,
            of_two,
            tones: [bar(), bar()],
        }
    }
}

fn riff_pitch(
    stage: Stage<'_>,
    line: &Line,
    shape: &Shape,
    start: Tick,
    bar: u32,
    hit: &Hit,
    number: usize,
) -> Option<i32> {
    let chord = chord_at(stage.chords, start + hit.step as Tick * SIXTEENTH)?;
    let minor = chord.intervals.get(1) == Some(&3);
    let tones = if minor { MINOR_TONES } else { MAJOR_TONES };
    let lowest = i32::from(line.lowest);
    let root = lowest + (i32::from(chord.root) - lowest).rem_euclid(12);
    // A root far up would take the whole riff with it.
    let root = if root > lowest + 8 { root - 12 } else { root };
    let walk = &shape.tones[usize::from(bar % 2 == 1)];
    let tone = tones[walk.get(number).copied().unwrap_or(0) % tones.len()];
    Some(in_key(stage, chord, root + tone).clamp(lowest - 4, lowest + COMPASS))
}

/// The tone itself where it belongs to the chord or the key, else the chord tone below it.
fn in_key(stage: Stage<'_>, chord: &Chord, pitch: i32) -> i32 {
    let key = stage.brief.key;
    let fits = |pitch: i32| {
        let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
        chord.contains(pitch) || numeral::scale(key.mode).contains(&degree)
    };
    let below = (pitch - 3..=pitch).rev().find(|pitch| chord.contains(*pitch));
    if fits(pitch) { pitch } else { below.unwrap_or(pitch) }
}

/// The chord tone nearest to the last note, but another one where it can, and thirds and sevenths rather than roots.
fn guide_tone(stage: Stage<'_>, line: &Line, last: i32, start: Tick, hit: &Hit) -> Option<i32> {
    let chord = chord_at(stage.chords, start + hit.step as Tick * SIXTEENTH)?;
    let lowest = i32::from(line.lowest);
    let middle = lowest + COMPASS / 2;
    let cost = |pitch: i32| {
        let degree = (pitch - i32::from(chord.root)).rem_euclid(12);
        let colour = match degree {
            3 | 4 | 10 | 11 => 0,
            7 => 2,
            _ => 3,
        };
        let moved = (pitch - last).abs();
        let still = if moved == 0 { 2 } else { 0 };
        2 * moved + colour + still + (pitch - middle).abs() / 3
    };
    (lowest..=lowest + COMPASS)
        .filter(|pitch| chord.contains(*pitch))
        .min_by_key(|pitch| cost(*pitch))
}
