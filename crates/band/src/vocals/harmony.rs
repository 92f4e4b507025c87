//! A second voice with the lead's words: thirds and sixths of the scale that follow the chords.

use super::{Arrangement, Stage, colour_beside, voice};
use crate::harmony::{chord_at, numeral};
use crate::melody::Range;
use crate::score::{BackingRole, BackingVoice, Chord, Delivery, Key, Singer, TICKS_PER_QUARTER, VocalLine, Voice};

/// On which side of the lead a second voice keeps, so that the two never cross.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    /// A third to a sixth above.
    Above,
    /// A third to a sixth below.
    Below,
    /// A tenth or so below: a man under a woman.
    FarBelow,
}

impl Band {
    /// Semitones from the lead, the nearest first.
    fn distances(self) -> std::ops::RangeInclusive<i32> {
        match self {
            Self::Above => 3..=9,
            Self::Below => -9..=-3,
            Self::FarBelow => -17..=-10,
        }
    }
}

/// A second voice may leave the range of ease by this much: it is softer, and its words are the lead's.
const STRETCH: i32 = 2;

/// How the two voices of a genre's choruses stand beside the lead.
struct Seat {
    name: &'static str,
    band: Band,
    kind: Voice,
    pan: f32,
}

/// One harmony in the choruses where the genre has one, a second in its last chorus or wherever the genre has two.
pub(super) fn join(stage: Stage<'_>, lead: Singer, arrangement: &mut Arrangement) {
    let wanted = stage.brief.style.rhythm.vocals.harmonies;
    let alone = stage.brief.singers.len() == 1 && !lead.choir;
    if wanted == 0 || !alone || lead.delivery == Delivery::Whispered {
        return;
    }
    let mut sung = [false; 2];
    for (at, seat) in seats(stage, lead.voice).into_iter().enumerate() {
        let everywhere = at < usize::from(wanted);
        let lines = stage.lifted().filter(|line| everywhere || stage.is_in_last_lift(line));
        let lines: Vec<VocalLine> = lines
            .filter_map(|line| second(line, seat.band, seat.kind, stage))
            .collect();
        sung[at] = !lines.is_empty();
        arrangement.voices.push(BackingVoice {
            delivery: lead.delivery,
            pan: seat.pan,
            cents: 3.0,
            late_ms: 14.0,
            lines,
            ..voice(
                seat.name,
                BackingRole::Harmony,
                seat.kind,
                colour_beside(&stage.brief.singers, seat.kind),
            )
        });
    }
    let value = match sung {
        [true, true] => "harmonies in choruses, two in the last",
        [false, false] => return,
        _ => "a harmony in choruses",
    };
    arrangement.note(value, format!("usual for {}", stage.label()));
}

/// Where the first and the second harmony sing. Above a woman's chorus there is little room, under a man's too.
fn seats(stage: Stage<'_>, lead: Voice) -> [Seat; 2] {
    let seat = |name, band, kind, pan| Seat { name, band, kind, pan };
    let above = |kind| seat("harmony-above", Band::Above, kind, 0.45);
    let below = |kind| seat("harmony-below", Band::Below, kind, -0.45);
    let swapped = stage.rng("harmony").chance(0.5);
    match (lead, swapped) {
        (Voice::Female, false) => [
            below(Voice::Female),
            seat("harmony-far-below", Band::FarBelow, Voice::Male, 0.45),
        ],
        (Voice::Female, true) => [
            seat("harmony-far-below", Band::FarBelow, Voice::Male, 0.45),
            below(Voice::Female),
        ],
        (Voice::Male, false) => [above(Voice::Female), below(Voice::Male)],
        (Voice::Male, true) => [below(Voice::Male), above(Voice::Female)],
        (Voice::Child, _) => [
            below(Voice::Child),
            seat("harmony-far-below", Band::FarBelow, Voice::Female, 0.45),
        ],
    }
}

/// The line as a second voice of `kind` sings it in `band`; `None` where that voice cannot reach it.
///
/// The cheapest path over the tones of scale and chord (Viterbi), so that thirds run in parallel and give way to what
/// the chord needs where a note is long or heavy.
pub(super) fn second(line: &VocalLine, band: Band, kind: Voice, stage: Stage<'_>) -> Option<VocalLine> {
    let range = Range::of_voice(kind);
    let mut ways: Vec<Vec<Way>> = Vec::with_capacity(line.notes.len());
    for note in &line.notes {
        let lead = i32::from(note.pitch);
        let chord = chord_at(stage.chords, note.start);
        let heavy = stage.grid.weight(note.start) > 0.7 || note.length >= TICKS_PER_QUARTER;
        let reachable = |pitch: &i32| (range.low - STRETCH..=range.high + STRETCH).contains(pitch);
        let mut here: Vec<Way> = Vec::new();
        for pitch in band.distances().map(|distance| lead + distance).filter(reachable) {
            let Some(in_chord) = fits(pitch, stage.brief.key, chord) else {
                continue;
            };
            let clash = match (in_chord, heavy) {
                (true, _) => 0.0,
                (false, true) => 2.5,
                (false, false) => 0.35,
            };
            let own = consonance((pitch - lead).unsigned_abs()) + clash;
            here.push(reached(pitch, own, ways.last()));
        }
        if here.is_empty() {
            return None;
        }
        ways.push(here);
    }
    let mut at = cheapest(ways.last()?)?;
    let mut pitches = Vec::with_capacity(ways.len());
    for step in ways.iter().rev() {
        pitches.push(step[at].pitch);
        at = step[at].from;
    }
    pitches.reverse();
    Some(super::with_pitches(line, pitches))
}

/// The cheapest way to one pitch of one note.
#[derive(Debug, Clone, Copy)]
struct Way {
    pitch: i32,
    cost: f32,
    /// Index of the note before on that way.
    from: usize,
}

fn cheapest(ways: &[Way]) -> Option<usize> {
    (0..ways.len()).min_by(|a, b| ways[*a].cost.total_cmp(&ways[*b].cost))
}

fn reached(pitch: i32, own: f32, before: Option<&Vec<Way>>) -> Way {
    let Some(before) = before else {
        return Way {
            pitch,
            cost: own,
            from: 0,
        };
    };
    let moved = |way: &Way| way.cost + motion((pitch - way.pitch).unsigned_abs());
    let from = (0..before.len())
        .min_by(|a, b| moved(&before[*a]).total_cmp(&moved(&before[*b])))
        .unwrap_or(0);
    Way {
        pitch,
        cost: own + before.get(from).map_or(0.0, moved),
        from,
    }
}

/// Whether the pitch belongs to the chord; `None` where it must not be sung: outside the scale, or the seventh degree of a
/// minor key against the leading note.
fn fits(pitch: i32, key: Key, chord: Option<&Chord>) -> Option<bool> {
    if chord.is_some_and(|chord| chord.contains(pitch)) {
        return Some(true);
    }
    let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
    let leading = chord.is_some_and(|chord| chord.contains(i32::from(key.tonic) + 11));
    let against = degree == 10 && leading;
    (numeral::scale(key.mode).contains(&degree) && !against).then_some(false)
}

/// What an interval with the lead costs: thirds and sixths are sweet, and so are tenths; fourths and fifths are bare.
fn consonance(semitones: u32) -> f32 {
    match semitones {
        3 | 4 => 0.0,
        15 | 16 => 0.1,
        8 | 9 => 0.45,
        5 | 7 => 1.0,
        12 => 1.2,
        10 | 17 => 1.6,
        _ => 3.0,
    }
}

/// What it costs a second voice to move: it has no tune of its own to leap for.
fn motion(semitones: u32) -> f32 {
    match semitones {
        0..=2 => 0.0,
        3..=4 => 0.3,
        5..=7 => 0.9,
        _ => 2.0,
    }
}
