//! Which earlier line a line takes after: a song is remembered because it repeats itself, and liked because it does not
//! quite.

use crate::form::is_lift;
use crate::rng::Rng;
use crate::score::Tag;

/// Orders of four lines, each number the line that is taken up again.
const VERSES: [[usize; 4]; 5] = [[0, 0, 2, 0], [0, 1, 0, 1], [0, 1, 0, 3], [0, 0, 2, 3], [0, 1, 1, 0]];

/// Orders of a chorus: its last line is its first, the hook.
const CHORUSES: [[usize; 4]; 3] = [[0, 1, 0, 0], [0, 1, 2, 0], [0, 0, 2, 0]];

/// What a line takes from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Model {
    /// Index of the line in its section.
    pub(super) line: usize,
    /// Steps of the scale it is moved by.
    pub(super) moved: i32,
}

/// The line of the same section that line `at` of `lines` takes after; `None` where it says something new.
pub(super) fn model(tag: Tag, at: usize, lines: usize, seed: u64) -> Option<Model> {
    let mut rng = Rng::stream(seed, &["plan", tag.name()]);
    let orders: &[[usize; 4]] = if is_lift(tag) { &CHORUSES } else { &VERSES };
    let order = rng.pick(orders).copied().unwrap_or(VERSES[0]);
    // Where a phrase comes back at once, it may come back a step or two higher or lower.
    let moved = [0, 0, 1, -1, 2, -2][rng.below(6)];
    if is_lift(tag) && lines > 1 && at + 1 == lines {
        return Some(Model { line: 0, moved: 0 });
    }
    if tag == Tag::PreChorus && at > 0 {
        // The same again, higher: nothing climbs more plainly.
        let moved = 1 + rng.below(2) as i32;
        return Some(Model { line: at - 1, moved });
    }
    let (group, place) = (at / 4 * 4, at % 4);
    let line = group + order[place];
    let same = || Model {
        line: group - group.min(4),
        moved: 0,
    };
    match line == at {
        true if place == 0 && group > 0 => Some(same()), // the next stanza takes up the one before
        true => None,
        false => Some(Model {
            line,
            moved: if place == order[place] + 1 { moved } else { 0 },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chorus_ends_with_the_line_it_began_with() {
        for seed in 0..20 {
            assert_eq!(model(Tag::Chorus, 3, 4, seed).map(|model| model.line), Some(0));
            assert_eq!(model(Tag::Chorus, 0, 4, seed), None);
        }
    }

    #[test]
    fn a_line_only_takes_after_earlier_ones() {
        for seed in 0..50 {
            for tag in [Tag::Verse, Tag::Chorus, Tag::Bridge] {
                for at in 0..16 {
                    assert!(model(tag, at, 16, seed).is_none_or(|model| model.line < at));
                }
            }
        }
    }
}
