//! Setting syllables on beats: stressed ones on strong places, evenly, with a breath at the end.
//!
//! A dynamic programme over the slots of the line's bars; what it maximises was tuned on sung lines, not derived.

use super::memory::Memory;
use crate::grid::{Grid, SIXTEENTH};
use crate::rng::Rng;
use crate::score::{TICKS_PER_QUARTER, Tick};

/// The longest gap between two notes of a line, in slots.
const WIDEST_GAP: usize = 16;

/// A line of more notes than this is spread evenly: no one hears its metre, and the search would take too long.
const MOST_SEARCHED: usize = 96;

/// What decides a rhythm beside the words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    /// Ticks the line has, from the earliest note it may begin with.
    pub(super) room: Tick,
    /// How much of that lies before the line's first bar line.
    pub(super) pickup: Tick,
    /// Where the first note likes to come, in ticks after the bar line, when it is no pick-up.
    pub(super) entry: Tick,
    /// An earlier line to stay close to, and how close: 0 is free, 1 nearly the same.
    pub(super) model: Option<(&'a Memory, f32)>,
    /// Notes that begin closer together than the first or further apart than the second are avoided within the line.
    pub(super) pace: (Tick, Tick),
}

/// Syllables closer together than this run into each other, seconds.
const QUICKEST: f64 = 0.16;

/// Syllables further apart than this are no longer heard as one line, seconds: sung at 0.35 s a syllable twice as few words
/// are misheard as at 0.55 s.
const SLOWEST: f64 = 0.55;

/// A line is breathed after for at least this long, seconds.
const BREATH: f64 = 0.24;

/// The pace of words at `tempo`: quick enough to be one line, slow enough to be understood. Long notes belong to the end
/// of a line.
pub(super) fn pace_of_words(grid: Grid, tempo: f64) -> (Tick, Tick) {
    let slowest = ticks(SLOWEST, tempo).clamp(grid.beat() / 2, grid.beat() * 3 / 2);
    (ticks(QUICKEST, tempo), slowest)
}

fn ticks(seconds: f64, tempo: f64) -> Tick {
    (seconds * tempo / 60.0 * f64::from(TICKS_PER_QUARTER)) as Tick
}

/// Where each note of a line begins, in ticks from the start of its room: strictly ascending, and the last with a breath
/// after it.
pub(super) fn set(stresses: &[f32], setting: Setting<'_>, grid: Grid, rng: &mut Rng) -> Vec<Tick> {
    let Setting {
        room,
        pickup,
        entry,
        model,
        pace,
    } = setting;
    let count = stresses.len();
    if count == 0 {
        return Vec::new();
    }
    let slot = slot_ticks(count, room);
    let slots = (room / slot) as usize;
    let breath = breath_slots(count, slots, slot);
    let usable = slots.saturating_sub(breath);
    if count > usable.min(MOST_SEARCHED) {
        return (0..count)
            .map(|note| (note as u64 * u64::from(room) / (count as u64 + 1)) as Tick)
            .collect();
    }
    let jitter = (0..usable).map(|_| 0.25 * rng.unit()).collect::<Vec<_>>();
    let unhurried = (pace.1 * 5 / 6 / slot) as f32;
    let ideal = (usable as f32 / count as f32).min(unhurried).max(1.0);
    let hurry = |gap: usize| {
        let gap = gap as Tick * slot;
        if gap < pace.0 || gap > pace.1 { 1.1 } else { 0.0 }
    };
    let value = |note: usize, at: usize| {
        let tick = at as Tick * slot;
        // A pick-up belongs to the bar before.
        let metre = grid.weight(tick + grid.meter.bar_ticks() - pickup);
        let stress = stresses[note];
        let fit = 2.4 * stress * metre - 1.8 * (1.0 - stress) * metre;
        let miss = if stress > 0.7 && metre < 0.7 { 0.9 } else { 0.0 } + if metre < 0.2 { 0.4 } else { 0.0 };
        let landing = if note + 1 == count { landing(metre) } else { 0.0 };
        let from_bar = tick as i32 - pickup as i32;
        let remembered = model.map_or(
            0.0,
            |(model, faith)| if model.begins_at(from_bar) { faith } else { 0.0 },
        );
        fit - miss + landing + remembered + jitter[at]
    };
    let first = usable - count;
    let latest_first = first.min(slots / 4 + (pickup / slot) as usize);
    let wished = ((pickup + entry) / slot) as usize;
    let mut best = vec![f32::NEG_INFINITY; count * usable];
    let mut from = vec![0usize; count * usable];
    for (at, best) in best.iter_mut().enumerate().take(latest_first + 1) {
        let early = (at as Tick) * slot < pickup;
        let away = if early { 2 } else { at.abs_diff(wished) };
        *best = value(0, at) - 0.08 * away as f32;
    }
    for note in 1..count {
        for at in note..usable - (count - 1 - note) {
            let own = value(note, at);
            for gap in 1..=WIDEST_GAP.min(at) {
                let before = best[(note - 1) * usable + at - gap];
                if before == f32::NEG_INFINITY {
                    continue;
                }
                let uneven = (gap as f32 - ideal) / ideal;
                let stress = stresses[note - 1];
                let long = if gap as f32 * slot as f32 >= TICKS_PER_QUARTER as f32 {
                    0.25 * stress - 0.3 * (1.0 - stress)
                } else {
                    0.0
                };
                let total = before + own - 0.55 * uneven * uneven + long - hurry(gap);
                if total > best[note * usable + at] {
                    best[note * usable + at] = total;
                    from[note * usable + at] = at - gap;
                }
            }
        }
    }
    let last_row = &best[(count - 1) * usable..];
    let mut at = (0..usable)
        .max_by(|a, b| last_row[*a].total_cmp(&last_row[*b]).then(b.cmp(a)))
        .unwrap_or(0);
    let mut starts = vec![0; count];
    for note in (0..count).rev() {
        starts[note] = at as Tick * slot;
        at = from[note * usable + at];
    }
    starts
}

/// How long each note sounds: into the next where it follows soon, and never into the breath at the end of the line.
pub(super) fn lengths(starts: &[Tick], room: Tick, grid: Grid, tempo: f64) -> Vec<Tick> {
    let beat = grid.beat();
    let breath = (TICKS_PER_QUARTER / 2).max(ticks(BREATH, tempo));
    let length = |at: usize| {
        let Some(next) = starts.get(at + 1) else {
            let left = room.saturating_sub(starts[at]);
            let longest = (beat * 2).min(left.saturating_sub(breath));
            return if longest > 0 { longest } else { (left / 2).max(1) };
        };
        let gap = next - starts[at];
        if gap > beat * 2 { beat * 3 / 2 } else { gap }
    };
    (0..starts.len()).map(length).collect()
}

/// Eighths where there are few notes, sixteenths for most lines, finer only when they must be.
fn slot_ticks(count: usize, room: Tick) -> Tick {
    let mut slot = SIXTEENTH * 2;
    while slot > 30 && count as f32 > (room / slot) as f32 * if slot > SIXTEENTH { 0.72 } else { 0.85 } {
        slot /= 2;
    }
    slot
}

/// Slots kept free after the last note begins.
fn breath_slots(count: usize, slots: usize, slot: Tick) -> usize {
    let least = (3 * SIXTEENTH).div_ceil(slot) as usize;
    let usual = if count * 2 < slots { slots / 6 } else { slots / 12 };
    usual.max(least).min(slots.saturating_sub(count))
}

/// The last syllable rests best on a strong beat.
fn landing(metre: f32) -> f32 {
    match metre {
        weight if weight > 0.8 => 1.2,
        weight if weight > 0.6 => 0.4,
        _ => 0.0,
    }
}

/// Lets some notes come an eighth before their beat, which is what makes a line swing along rather than march. Most of
/// the stressed ones stay on their beats, and the first of a bar always does.
pub(super) fn syncopate(starts: &mut [Tick], stresses: &[f32], pickup: Tick, grid: Grid, amount: f32, rng: &mut Rng) {
    let eighth = SIXTEENTH * 2;
    let bar = grid.meter.bar_ticks();
    let place = |start: Tick| start + bar - pickup;
    let on_beat = |start: Tick| place(start).is_multiple_of(TICKS_PER_QUARTER);
    let heavy = |note: usize| stresses[note] >= 0.75;
    let stressed = (0..starts.len()).filter(|note| heavy(*note)).count();
    let mut off = (0..starts.len())
        .filter(|note| heavy(*note) && !on_beat(starts[*note]))
        .count();
    for note in 1..starts.len() {
        let at = starts[note];
        let may_move = on_beat(at) && !place(at).is_multiple_of(bar) && at >= starts[note - 1] + 2 * eighth;
        let keeps_words = !heavy(note) || (off + 1) * 5 <= stressed;
        if may_move && rng.chance(0.5 * amount) && keeps_words {
            starts[note] = at - eighth;
            off += usize::from(heavy(note));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::Feel;
    use crate::score::Meter;

    /// A line with all the room to itself.
    fn plain(room: Tick) -> Setting<'static> {
        Setting {
            room,
            pickup: 0,
            entry: 0,
            model: None,
            pace: (0, Tick::MAX / 8),
        }
    }

    fn grid(beats: u8, unit: u8) -> Grid {
        Grid::new(Meter { beats, unit }, Feel::default(), 100.0)
    }

    #[test]
    fn any_number_of_notes_finds_room_in_order_and_leaves_a_breath() {
        for (beats, unit) in [(4, 4), (3, 4), (6, 8), (7, 8)] {
            let grid = grid(beats, unit);
            for bars in [1, 2, 4] {
                let room = bars * grid.meter.bar_ticks();
                for count in 1..=60 {
                    let stresses = (0..count)
                        .map(|at| if at % 2 == 0 { 0.9 } else { 0.2 })
                        .collect::<Vec<_>>();
                    let starts = set(&stresses, plain(room), grid, &mut Rng::stream(1, &[]));
                    let lengths = lengths(&starts, room, grid, 100.0);
                    assert_eq!(starts.len(), count);
                    assert!(starts.windows(2).all(|pair| pair[0] < pair[1]), "{count} in {bars}");
                    assert!(
                        starts
                            .iter()
                            .zip(&lengths)
                            .all(|(start, length)| *length > 0 && start + length <= room)
                    );
                }
            }
        }
    }

    #[test]
    fn stressed_syllables_fall_on_beats() {
        // "Morning comes in yellow through the blinds"
        let stresses = [1.0, 0.1, 0.8, 0.15, 1.0, 0.1, 0.15, 0.15, 0.8];
        let grid = grid(4, 4);
        let room = 2 * grid.meter.bar_ticks();
        let starts = set(&stresses, plain(room), grid, &mut Rng::stream(3, &[]));
        let strong = stresses.iter().zip(&starts).filter(|(stress, _)| **stress > 0.7);
        let on_beats = strong.clone().filter(|(_, start)| grid.weight(**start) > 0.7).count();
        assert!(on_beats * 4 >= strong.count() * 3, "{starts:?}");
    }

    #[test]
    fn weak_syllables_at_the_front_become_a_pick_up() {
        // "The kettle sings at half past nine"
        let stresses = [0.15, 1.0, 0.1, 0.8, 0.15, 0.8, 0.8, 0.8];
        let grid = grid(4, 4);
        let setting = Setting {
            pickup: TICKS_PER_QUARTER,
            ..plain(2 * grid.meter.bar_ticks() + TICKS_PER_QUARTER)
        };
        let starts = set(&stresses, setting, grid, &mut Rng::stream(5, &[]));
        assert!(starts[0] < TICKS_PER_QUARTER, "{starts:?}");
        assert_eq!(
            starts[1], TICKS_PER_QUARTER,
            "the first stress is on the first beat: {starts:?}"
        );
    }

    #[test]
    fn syncopation_moves_some_notes_and_keeps_most_stresses_on_their_beats() {
        let grid = grid(4, 4);
        let even = (0..16).map(|beat| beat * TICKS_PER_QUARTER).collect::<Vec<_>>();
        let stresses = (0..16)
            .map(|at| if at % 2 == 0 { 0.9 } else { 0.2 })
            .collect::<Vec<_>>();
        let mut starts = even.clone();
        syncopate(&mut starts, &stresses, 0, grid, 1.0, &mut Rng::stream(2, &[]));
        let moved = (0..16).filter(|at| starts[*at] != even[*at]).collect::<Vec<_>>();
        assert!(!moved.is_empty());
        assert!(moved.iter().filter(|at| *at % 2 == 0).count() * 4 <= 8, "{moved:?}");
        assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
