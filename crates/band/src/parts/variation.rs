//! Which variant of a pattern a bar takes: phrases that return, and change where a listener expects it.

use super::Stage;
use crate::form::{Part, is_lift};
use crate::rng::Rng;

/// Orders of variants over four bars: what is heard first is what the song is about, what differs stands at the ends.
const PLANS: [[usize; 4]; 6] = [
    [0, 0, 0, 1],
    [0, 1, 0, 1],
    [0, 0, 1, 0],
    [0, 1, 0, 2],
    [0, 0, 0, 2],
    [0, 1, 2, 1],
];

/// The choices of one player in one section.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variation {
    plan: [usize; 4],
    first: usize,
}

impl Variation {
    /// What `player` does in this section. Choruses are alike; every other section is changed when it comes again.
    pub(super) fn of(stage: Stage<'_>, part: &Part, player: &str) -> Self {
        let mut rng = Rng::stream(stage.seed, &["variation", player]);
        let mut plan = rng.pick(&PLANS).copied().unwrap_or(PLANS[0]);
        let mut first = rng.below(12);
        if !is_lift(part.section.tag) && part.occurrence % 2 == 1 {
            first += 1;
            plan = rng.pick(&PLANS).copied().unwrap_or(plan);
        }
        Self { plan, first }
    }

    /// The turn of a bar, counted from the start of its section.
    pub(super) fn at(&self, bar: u32) -> usize {
        self.first + self.plan[bar as usize % 4]
    }
}
