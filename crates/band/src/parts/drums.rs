//! The kit and the percussion beside it: grooves by energy, fills at the seams, crashes on arrival, rolls in build-ups.

use super::entrance::Seat;
use super::variation::Variation;
use super::{Stage, track};
use crate::form::Part;
use crate::genre::{Alphabet, Drum, Genre, Hit, Intro, Level, Stroke, figure};
use crate::grid::SIXTEENTH;
use crate::instruments::{Nature, profile};
use crate::rng::Rng;
use crate::score::{Instrument, Note, Role, Tag, Tick, Track};

/// A section of this energy or more is announced by a crash.
const CRASH_FROM: f32 = 3.3;

/// The kit's track and the percussion's; none when drums are not wanted.
pub(super) fn tracks(stage: Stage<'_>) -> Vec<Track> {
    let genre = &stage.brief.style.rhythm;
    if stage.brief.wishes.no_drums {
        return Vec::new();
    }
    let drums = kit(stage);
    let mut kit = track(drums, Role::Drums);
    "drums".clone_into(&mut kit.name);
    let mut percussion = track(drums, Role::Percussion);
    "percussion".clone_into(&mut percussion.name);
    percussion.pan = 0.25;
    percussion.reverb = 0.15;
    kit.trim = stage.brief.wishes.drum_trim;
    percussion.trim = stage.brief.wishes.drum_trim;
    for (index, part) in stage.form.parts.iter().enumerate() {
        let mut rng = stage.rng(part, "drums");
        let mut drummer = Drummer {
            stage,
            genre,
            kit: &mut kit.notes,
            percussion: &mut percussion.notes,
        };
        drummer.section(part, index, &mut rng);
    }
    vec![kit, percussion]
}

/// The kit the prompt names, or the genre's.
pub(super) fn kit(stage: Stage<'_>) -> Instrument {
    let wanted = &stage.brief.wishes.wanted;
    wanted
        .iter()
        .map(|wish| wish.instrument)
        .find(|instrument| profile(*instrument).nature == Nature::Kit && *instrument != Instrument::LatinKit)
        .unwrap_or(stage.brief.style.rhythm.kit)
}

struct Drummer<'a, 'n> {
    stage: Stage<'a>,
    genre: &'a Genre,
    kit: &'n mut Vec<Note>,
    percussion: &'n mut Vec<Note>,
}

impl Drummer<'_, '_> {
    fn section(&mut self, part: &Part, index: usize, rng: &mut Rng) {
        let section = &part.section;
        let from = self.genre.drums_from;
        let stage = self.stage;
        let present = |bar| stage.presence(part, bar, Seat::Drums, from);
        let next = self.stage.form.parts.get(index + 1);
        let goes_on = next.is_some_and(|next| next.section.energy >= from);
        let crash_next = next.is_some_and(|next| next.section.energy >= from.max(CRASH_FROM));
        if present(0).is_some() && section.energy >= CRASH_FROM && section.tag != Tag::BuildUp {
            self.strike(Drum::Crash, section.start, 0.85, 0.0);
            self.strike(Drum::Kick, section.start, 0.9, 0.0);
        }
        let variation = Variation::of(self.stage, part, "drums");
        for (bar, start) in self.stage.bars(part) {
            let last = bar + 1 == section.bars;
            if self.stage.is_final_bar(start) {
                if from <= 3.0 {
                    self.strike(Drum::Crash, start, 0.6, 0.0);
                    self.strike(Drum::Kick, start, 0.75, 0.0);
                }
            } else if self.counts_in(part, bar) {
                self.count_in(start);
            } else if section.tag == Tag::BuildUp {
                self.roll(bar, section.bars, start, rng);
            } else if let Some(energy) = present(bar) {
                let fill = last && section.bars > 1 && goes_on || section.tag == Tag::Transition && last;
                let small_fill = !last && bar % 8 == 7 && rng.chance(0.6);
                let level = if fill || small_fill {
                    Level::Fill
                } else {
                    Level::of(energy)
                };
                self.bar(start, bar, energy, level, variation.at(bar), rng);
                if part.is_last_lift && level != Level::Fill {
                    self.bar(start, bar, energy, Level::Extra, variation.at(bar), rng);
                }
                // A long section takes a new breath where it rises.
                let swells = bar > 0 && bar % 8 == 0 && section.bars >= 16 && energy >= CRASH_FROM;
                if swells {
                    self.strike(Drum::Crash, start, 0.7, 0.0);
                }
            } else if last && crash_next {
                self.bar(start, bar, section.energy, Level::Fill, variation.at(bar), rng); // a fill into what comes
            }
        }
    }

    fn counts_in(&self, part: &Part, bar: u32) -> bool {
        bar == 0 && self.stage.form.intro == Intro::CountIn && self.stage.intro_bars(part).is_some()
    }

    /// Four clicks, or one a beat in other metres.
    fn count_in(&mut self, start: Tick) {
        let beat = self.stage.grid.beat() as usize;
        for tick in (0..self.stage.bar()).step_by(beat) {
            self.strike(Drum::CrossStick, start + tick, 0.6, 0.0);
        }
    }

    fn bar(&mut self, start: Tick, bar: u32, energy: f32, level: Level, turn: usize, rng: &mut Rng) {
        let meter = self.stage.grid.meter;
        let mut grooves = self.genre.grooves(meter, level);
        if grooves.is_empty() && level == Level::Fill {
            grooves = self.genre.grooves(meter, Level::Middle);
        }
        // Fills take turns by themselves: a bar in eight would always meet the same one.
        let turn = if level == Level::Fill { rng.below(12) } else { turn };
        let Some(groove) = grooves.get(turn % grooves.len().max(1)) else {
            return;
        };
        for (drum, pattern) in &groove.lanes {
            for hit in self.placed(figure(pattern, Alphabet::Drums, meter), bar, level == Level::Fill) {
                self.hit(*drum, start, hit, energy, rng);
            }
        }
    }

    /// Half-time: one bar of the groove takes two.
    fn placed(&self, hits: Vec<Hit>, bar: u32, fill: bool) -> Vec<Hit> {
        let steps = crate::genre::steps_in(self.stage.grid.meter);
        if !self.stage.brief.half_time || fill {
            return hits;
        }
        let offset = if bar.is_multiple_of(2) { 0 } else { steps / 2 };
        let within = hits
            .into_iter()
            .filter(|hit| (offset..offset + steps / 2).contains(&hit.step));
        within
            .map(|hit| Hit {
                step: (hit.step - offset) * 2,
                ..hit
            })
            .collect()
    }

    fn hit(&mut self, drum: Drum, start: Tick, hit: Hit, energy: f32, rng: &mut Rng) {
        let Stroke::Struck(force) = hit.stroke else { return };
        let grid = self.stage.grid;
        let within = hit.step as Tick * SIXTEENTH;
        let accent = match grid.weight(within) {
            _ if !drum.keeps_time() => 1.0,
            weight if weight > 0.6 => 1.0,
            weight if weight > 0.2 => 0.86,
            _ => 0.72,
        };
        let velocity = force * accent * (0.72 + 0.05 * energy) + self.genre.feel.loose * rng.normal();
        let late = if drum == Drum::Snare && force > 0.5 {
            self.genre.feel.late_snare_ms
        } else {
            0.0
        };
        self.strike(drum, start + grid.swung(within), velocity, late);
    }

    /// A snare roll that doubles twice on its way up.
    fn roll(&mut self, bar: u32, bars: u32, start: Tick, rng: &mut Rng) {
        let grid = self.stage.grid;
        let through = (bar as f32 + 0.5) / bars as f32;
        let step = match through {
            through if through < 0.5 => grid.beat(),
            through if through < 0.75 => grid.beat() / 2,
            _ => SIXTEENTH,
        };
        let length = self.stage.bar();
        for tick in (0..length).step_by(step as usize) {
            let rise = (bar as f32 + tick as f32 / length as f32) / bars as f32;
            self.strike(Drum::Snare, start + tick, 0.35 + 0.5 * rise + 0.02 * rng.normal(), 0.0);
            if through < 0.75 && tick % grid.beat() == 0 {
                self.strike(Drum::Kick, start + tick, 0.6, 0.0);
            }
        }
    }

    fn strike(&mut self, drum: Drum, start: Tick, velocity: f32, nudge_ms: f32) {
        let length = if drum == Drum::Crash {
            SIXTEENTH * 8
        } else {
            SIXTEENTH / 2
        };
        let note = Note {
            start,
            length,
            pitch: drum.key(),
            velocity: velocity.clamp(0.05, 1.0),
            nudge_ms,
            glide_from: None,
        };
        if drum.is_percussion() {
            self.percussion.push(note)
        } else {
            self.kit.push(note)
        }
    }
}
