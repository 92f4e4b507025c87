//! What later lines remember of an earlier one.

use crate::harmony::numeral;
use crate::score::{Key, TICKS_PER_QUARTER, Tick};

/// Notes further apart than this are not the same place.
const NEAR: i32 = TICKS_PER_QUARTER as i32 / 2;

/// A line as remembered.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Ticks from the line's first bar line; pick-ups lie before it.
    pub(super) starts: Vec<i32>,
    pub(super) pitches: Vec<i32>,
}

impl Memory {
    /// A line whose notes begin at `starts`, counted from `pickup` before the bar line.
    pub(super) fn of(starts: &[Tick], pickup: Tick, pitches: &[i32]) -> Self {
        Self {
            starts: starts.iter().map(|start| *start as i32 - pickup as i32).collect(),
            pitches: pitches.to_vec(),
        }
    }

    /// Some note begins exactly here.
    pub(super) fn begins_at(&self, start: i32) -> bool {
        self.starts.binary_search(&start).is_ok()
    }

    /// The pitch that was heard at or about this place.
    pub(super) fn pitch_near(&self, start: i32) -> Option<i32> {
        let distance = |at: &usize| (self.starts[*at] - start).abs();
        let nearest = (0..self.starts.len()).min_by_key(distance)?;
        self.pitches
            .get(nearest)
            .copied()
            .filter(|_| distance(&nearest) <= NEAR)
    }

    /// The same, so many steps of the scale higher.
    pub(super) fn moved(mut self, steps: i32, key: Key) -> Self {
        for pitch in &mut self.pitches {
            *pitch = step(*pitch, steps, key);
        }
        self
    }

    /// The same up to `start`, and from there on so many steps of the scale higher.
    pub(super) fn moved_from(mut self, start: i32, steps: i32, key: Key) -> Self {
        let from = self.starts.partition_point(|other| *other < start);
        for pitch in self.pitches.iter_mut().skip(from) {
            *pitch = step(*pitch, steps, key);
        }
        self
    }

    /// The same in other octaves, its middle as near as possible to `centre`.
    pub(super) fn around(mut self, centre: i32) -> Self {
        let middle = self.pitches.iter().sum::<i32>() / (self.pitches.len() as i32).max(1);
        let octaves = ((centre - middle) as f32 / 12.0).round() as i32;
        self.pitches.iter_mut().for_each(|pitch| *pitch += 12 * octaves);
        self
    }

    /// Without the pitches from `start` on: the rhythm stays, the end of the tune is to be found anew.
    pub(super) fn open_from(mut self, start: i32) -> Self {
        let keep = self.starts.partition_point(|other| *other < start);
        self.pitches.truncate(keep);
        self
    }
}

/// The tone `steps` of the scale above `pitch`.
fn step(pitch: i32, steps: i32, key: Key) -> i32 {
    let in_scale = |pitch: i32| {
        let degree = (pitch - i32::from(key.tonic)).rem_euclid(12) as u8;
        numeral::scale(key.mode).contains(&degree)
    };
    let mut at = pitch;
    for _ in 0..steps.abs() {
        at += steps.signum();
        while !in_scale(at) {
            at += steps.signum();
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Mode;

    const C: Key = Key {
        tonic: 0,
        mode: Mode::Major,
        flats: false,
    };

    #[test]
    fn a_sequence_moves_by_steps_of_the_scale() {
        let line = Memory::of(&[0, 480, 960], 0, &[60, 64, 67]);
        assert_eq!(line.clone().moved(1, C).pitches, [62, 65, 69]);
        assert_eq!(line.clone().moved(-1, C).pitches, [59, 62, 65]);
        assert_eq!(line.clone().moved_from(480, 1, C).pitches, [60, 65, 69]);
        assert_eq!(line.around(76).pitches, [72, 76, 79]);
    }

    #[test]
    fn a_place_is_remembered_within_an_eighth() {
        let line = Memory::of(&[0, 960], 480, &[60, 64]);
        assert!(line.begins_at(-480) && line.begins_at(480) && !line.begins_at(0));
        assert_eq!(line.pitch_near(500), Some(64));
        assert_eq!(line.pitch_near(2000), None);
    }
}
