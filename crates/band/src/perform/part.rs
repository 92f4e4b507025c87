//! One track's sound on its way through the mixer.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Two channels as long as the song, and where they are not silent.
///
/// Most tracks rest for most of the song. Everything that works on a part walks its [`active`](Self::active) stretches
/// only; outside them both channels are exactly zero.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Left channel.
    pub(crate) left: Vec<f32>,
    /// Right channel.
    pub(crate) right: Vec<f32>,
    /// Stretches with sound, in order, apart from each other.
    pub(crate) active: Vec<Range<usize>>,
}

/// Silence left at the end of each stretch for filters and delays to die away in, in samples.
const MARGIN: usize = 6_000;

/// Parts that were heard, to be written over: fresh memory costs more than clearing what sounded.
#[derive(Debug)]
pub(crate) struct Blanks {
    length: usize,
    used: Mutex<Vec<Part>>,
}

impl Blanks {
    /// For parts of `length` samples.
    pub(crate) fn new(length: usize) -> Self {
        Self {
            length,
            used: Mutex::default(),
        }
    }

    /// Two silent channels.
    pub(crate) fn take(&self) -> [Vec<f32>; 2] {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match used {
            Some(mut part) => {
                part.each(|left, right| {
                    left.fill(0.0);
                    right.fill(0.0);
                });
                [part.left, part.right]
            }
            None => [vec![0.0; self.length], vec![0.0; self.length]],
        }
    }

    /// A part that nobody needs any more.
    pub(crate) fn give_back(&self, part: Part) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).push(part);
    }
}

impl Part {
    /// Two channels that sound in the `sounding` stretches and nowhere else.
    pub(crate) fn new(left: Vec<f32>, right: Vec<f32>, sounding: &[Range<usize>]) -> Self {
        let active = merged(left.len(), sounding);
        Self { left, right, active }
    }

    /// Runs `work` over both channels of each stretch.
    pub(crate) fn each(&mut self, mut work: impl FnMut(&mut [f32], &mut [f32])) {
        for stretch in &self.active {
            work(&mut self.left[stretch.clone()], &mut self.right[stretch.clone()]);
        }
    }

    /// Whether nothing sounds at all.
    pub(crate) fn is_silent(&self) -> bool {
        self.active.is_empty()
    }
}

fn merged(length: usize, sounding: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut stretches: Vec<Range<usize>> = sounding
        .iter()
        .map(|range| range.start.min(length)..(range.end + MARGIN).min(length))
        .filter(|range| !range.is_empty())
        .collect();
    stretches.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match merged.last_mut() {
            Some(last) if stretch.start <= last.end => last.end = last.end.max(stretch.end),
            _ => merged.push(stretch),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_become_one() {
        let part = Part::new(
            vec![0.0; 100_000],
            vec![0.0; 100_000],
            &[50_000..51_000, 0..1_000, 5_000..6_000],
        );
        assert_eq!(part.active, vec![0..12_000, 50_000..57_000]);
    }

    #[test]
    fn a_part_given_back_is_silent_when_taken_again() {
        let blanks = Blanks::new(20_000);
        let [mut left, right] = blanks.take();
        left[5_000..7_000].fill(0.5);
        blanks.give_back(Part::new(left, right, std::slice::from_ref(&(5_000..7_000))));
        assert_eq!(blanks.take(), [vec![0.0; 20_000], vec![0.0; 20_000]]);
    }

    #[test]
    fn nothing_reaches_beyond_the_end() {
        let part = Part::new(vec![0.0; 10_000], vec![0.0; 10_000], &[9_000..20_000, 30_000..40_000]);
        assert_eq!(part.active, vec![9_000..10_000]);
    }
}
