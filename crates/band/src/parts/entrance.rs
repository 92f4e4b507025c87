//! Who is there: players enter one by one at the start, leave for breaks, and nobody plays everywhere.

use super::Stage;
use crate::form::Part;
use crate::genre::{CompRole, Intro};
use crate::score::Tag;

/// A seat in the band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    Drums,
    Bass,
    Comp(CompRole),
    Riff,
    Counter,
}

/// How far players who come from one energy on look ahead in an intro that is played in full.
const AS_IN_THE_VERSE: f32 = 1.95;

/// What keeps going in a break is soft.
const BREAK: f32 = 1.0;

impl Stage<'_> {
    /// The energy a seat plays this bar with; `None` where it rests. `from` is the energy at which it enters.
    pub(super) fn presence(&self, part: &Part, bar: u32, seat: Seat, from: f32) -> Option<f32> {
        let energy = part.energy_at(bar);
        if let Some(of) = self.intro_bars(part).filter(|of| bar < *of) {
            return intro(self.form.intro, seat, bar, of, from).map(|energy| energy + 0.2 * self.brief.mood.energy);
        }
        let (late, main) = (bar * 4 >= part.section.bars * 3, seat == Seat::Comp(CompRole::Main));
        match part.section.tag {
            Tag::Break => match seat {
                Seat::Comp(CompRole::Pad | CompRole::Main) if from <= BREAK => Some(BREAK),
                _ => None,
            },
            // The floor is pulled away before the arrival.
            Tag::BuildUp if seat == Seat::Bass => (!late && energy >= from).then_some(energy),
            Tag::BuildUp => (energy >= from || (main && from <= 3.0)).then_some(energy),
            // What is only a bridge of bars between two sections needs no more than a few.
            Tag::Transition if matches!(seat, Seat::Comp(CompRole::Comp) | Seat::Riff) => None,
            Tag::Interlude if seat == Seat::Riff => (energy + 2.0 >= from).then_some(energy),
            _ => (energy >= from).then_some(energy),
        }
    }

    /// Bars of the beginning that belong to the intro: all of the section called so, or those before the first line.
    pub(super) fn intro_bars(&self, part: &Part) -> Option<u32> {
        let bars = match part.section.tag {
            _ if part.section.start > 0 || part.crammed => return None,
            Tag::Intro if part.lines.is_empty() => part.section.bars,
            _ => part.lead_in,
        };
        Some(bars).filter(|bars| *bars >= 2)
    }
}

fn intro(kind: Intro, seat: Seat, bar: u32, of: u32, from: f32) -> Option<f32> {
    let half = bar * 2 >= of;
    let last = bar + 1 == of;
    let as_in_the_verse = || (from <= AS_IN_THE_VERSE).then_some(AS_IN_THE_VERSE);
    let through = (f64::from(bar) / f64::from(of)) as f32;
    match (kind, seat) {
        (_, Seat::Counter) => None,
        (Intro::DrumsIn, Seat::Drums) => Some(AS_IN_THE_VERSE),
        (Intro::DrumsIn, Seat::Bass) => (bar * 4 >= of).then_some(AS_IN_THE_VERSE),
        (Intro::DrumsIn, Seat::Comp(CompRole::Pad)) => None,
        (Intro::DrumsIn, Seat::Comp(CompRole::Main)) => half.then_some(AS_IN_THE_VERSE),
        (Intro::DrumsIn, Seat::Comp(CompRole::Comp)) => (half && from < 1.0).then_some(1.2),
        (Intro::DrumsIn | Intro::Full | Intro::CountIn, Seat::Riff) => None, // the lead plays
        (Intro::PadSwell, Seat::Comp(CompRole::Pad | CompRole::Main)) => (from <= 2.6).then_some(0.5 + 1.2 * through),
        (Intro::PadSwell, Seat::Comp(CompRole::Comp)) => (half && from < 1.0).then_some(1.0),
        (Intro::PadSwell, Seat::Bass) => (last && from <= 1.0).then_some(1.0),
        (Intro::PadSwell, Seat::Drums | Seat::Riff) => None,
        (Intro::Riff, Seat::Riff) => Some(1.8),
        (Intro::Riff, Seat::Comp(CompRole::Main)) => (from <= 3.0).then_some(1.2),
        (Intro::Riff, Seat::Comp(_)) => half.then(as_in_the_verse).flatten().filter(|_| from < 1.5),
        (Intro::Riff, Seat::Bass) => half.then(as_in_the_verse).flatten(),
        (Intro::Riff, Seat::Drums) => half.then(as_in_the_verse).flatten(),
        (Intro::CountIn, Seat::Drums) => Some(AS_IN_THE_VERSE),
        (Intro::CountIn, _) if bar == 0 => None,
        (Intro::Full | Intro::CountIn, _) => as_in_the_verse(),
    }
}
