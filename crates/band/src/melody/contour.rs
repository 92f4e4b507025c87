//! The line a melody draws: where it starts, where it bends, where it goes.

use super::phrase::Place;
use super::range::Range;
use crate::rng::Rng;
use crate::score::Tag;

/// Pitches a phrase aims at, as MIDI numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Contour {
    pub(super) from: f32,
    pub(super) to: f32,
    /// How far the middle stands above the straight way between them; negative hangs below.
    pub(super) arch: f32,
}

/// From, to and arch against the section's centre, in semitones. Each song has its own for its verses and choruses.
const VERSES: [(f32, f32, f32); 6] = [
    (-1.0, -1.0, 5.0),
    (2.0, -2.0, 2.0),
    (-3.0, 2.0, 2.0),
    (1.0, 0.0, -4.0),
    (-2.0, 0.0, 4.0),
    (3.0, -3.0, 0.0),
];
const CHORUSES: [(f32, f32, f32); 5] = [
    (-1.0, 0.0, 5.0),
    (3.0, -2.0, 1.0),
    (-3.0, 3.0, 1.0),
    (2.0, 0.0, -3.0),
    (0.0, -1.0, 4.0),
];

impl Contour {
    /// Where a line of this place goes, in this range.
    pub(super) fn of(place: Place, range: Range, seed: u64) -> Self {
        let base = range.centre(lift(place.tag)) as f32;
        let mut rng = Rng::stream(seed, &["contour", place.tag.name()]);
        let role = if place.lines == 3 && place.line == 2 {
            3
        } else {
            place.line % 4
        };
        let (from, to, arch) = match place.tag {
            // Each line begins where the one before left off, and climbs.
            Tag::PreChorus | Tag::BuildUp => {
                let line = place.line.min(5) as f32;
                (1.3 * line - 2.0, 1.3 * line + 1.5, 0.0)
            }
            // What the verses did upwards, the bridge does downwards.
            Tag::Bridge => (4.0 - role as f32, -2.0, 1.0),
            tag => {
                let lines: &[(f32, f32, f32)] = if lift(tag) >= 4 { &CHORUSES } else { &VERSES };
                let first = rng.below(lines.len());
                let second = first + 1 + rng.below(lines.len() - 1);
                let (from, to, arch) = lines[if role == 2 { second % lines.len() } else { first }];
                // The third line of four stands above the others.
                let above = if role == 2 { 2.0 } else { 0.0 };
                (from + above, to + above, arch)
            }
        };
        Self {
            from: base + from,
            to: base + to,
            arch,
        }
    }

    /// The pitch aimed at, `through` from 0 to 1.
    pub(super) fn at(&self, through: f32) -> f32 {
        self.from + (self.to - self.from) * through + self.arch * 4.0 * through * (1.0 - through)
    }
}

/// Semitones the sections lie above the verse.
fn lift(tag: Tag) -> i32 {
    match tag {
        Tag::Chorus | Tag::Hook | Tag::Drop | Tag::PostChorus => 4,
        Tag::Bridge | Tag::Solo => 3,
        Tag::PreChorus | Tag::BuildUp | Tag::Inst => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_pre_chorus_climb() {
        let range = Range { low: 57, high: 73 };
        let line = |line| {
            let place = Place {
                tag: Tag::PreChorus,
                line,
                lines: 4,
                energy: 3.0,
            };
            Contour::of(place, range, 1)
        };
        assert!((1..4).all(|at| line(at).at(0.5) > line(at - 1).at(0.5)));
        assert!(line(0).at(1.0) > line(0).at(0.0));
    }
}
