//! A line of melody between rhythm and pitch.

use crate::grid::Grid;
use crate::score::{Tag, Tick};

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) tag: Tag,
    /// Index of the line in its section.
    pub(super) line: usize,
    /// Lines in the section.
    pub(super) lines: usize,
    pub(super) energy: f32,
}

/// A rhythm waiting for its pitches.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase<'a> {
    /// First tick of the line's room: its first bar line, or before it where there is a pick-up.
    pub(super) start: Tick,
    /// How much of the room lies before the first bar line.
    pub(super) pickup: Tick,
    /// Where each note is written, from `start`.
    pub(super) starts: &'a [Tick],
    pub(super) lengths: &'a [Tick],
    pub(super) place: Place,
}

impl Phrase<'_> {
    /// Where a note is written, from the line's first bar line.
    pub(super) fn after_bar_line(&self, at: usize) -> i32 {
        self.starts[at] as i32 - self.pickup as i32
    }

    /// Start and end of a note as played, with the song's swing. Never empty, never into the next note.
    pub(super) fn played(&self, at: usize, grid: Grid) -> (Tick, Tick) {
        let written = self.start + self.starts[at];
        let start = grid.swung(written);
        let end = grid.swung(written + self.lengths[at]);
        (start, end.max(start + 1))
    }
}
