//! What the band does together after everyone has their part: chords that arrive early, stops, and the way it ends.

use super::Stage;
use crate::form::is_lift;
use crate::genre::{Drum, Ending};
use crate::grid::SIXTEENTH;
use crate::harmony::chord_at;
use crate::rng::Rng;
use crate::score::{Note, Role, TICKS_PER_QUARTER, Tag, Tick, Track};

/// Bar lines of each four at which a song that pushes does so.
const PUSHED: [&[u32]; 5] = [&[2], &[1, 3], &[3], &[2, 3], &[1]];

/// Sections of less energy are left alone.
const PUSHES_FROM: f32 = 2.2;

/// Share of the loudness that is left at the end of a fade.
const FADED: f32 = 0.12;

/// Bars a fade takes: those of the last section, but no fewer and no more than these.
const FADE_BARS: (Tick, Tick) = (4, 8);

/// What everyone does together in one song.
#[derive(Debug, Clone)]
pub(super) struct Accents {
    /// Bar lines that the chord of the next bar does not wait for.
    pushed: Vec<Tick>,
    /// Beats of silence, each before an arrival. The first tick is struck by all where `true`.
    silences: Vec<(Tick, Tick, bool)>,
}

impl Accents {
    /// Decides for the whole song.
    pub(super) fn plan(stage: Stage<'_>) -> Self {
        let habits = &stage.brief.style.rhythm.form;
        let mut rng = Rng::stream(stage.seed, &["accents"]);
        let pushes = rng.chance(habits.pushes);
        let places = rng.pick(&PUSHED).copied().unwrap_or(&[]);
        let stops = rng.chance(habits.stops);
        let every = rng.below(2);
        let mut accents = Self {
            pushed: Vec::new(),
            silences: Vec::new(),
        };
        let mut arrivals = 0;
        for (index, part) in stage.form.parts.iter().enumerate() {
            let arrival = part.section.start;
            if stage.arrives_from_silence(index) {
                accents.silences.push((arrival - stage.grid.beat(), arrival, false));
            } else if stops && index > 0 && is_lift(part.section.tag) {
                let before = &stage.form.parts[index - 1].section;
                let sings_on = before.bars < 4 || matches!(before.tag, Tag::BuildUp | Tag::Break);
                if arrivals % 2 == every && !sings_on {
                    accents
                        .silences
                        .push((arrival - stage.stop_ticks().min(stage.bar()), arrival, true));
                }
                arrivals += 1;
            }
            let rests = matches!(part.section.tag, Tag::BuildUp | Tag::Break | Tag::Transition);
            if !pushes || rests {
                continue;
            }
            for (bar, start) in stage.bars(part).skip(1) {
                let moves = chord_at(stage.chords, start - 1).map(|chord| &chord.name)
                    != chord_at(stage.chords, start).map(|chord| &chord.name);
                if moves && places.contains(&(bar % 4)) && part.energy_at(bar) >= PUSHES_FROM {
                    accents.pushed.push(start);
                }
            }
        }
        accents.pushed.retain(|start| start + stage.bar() < stage.end());
        accents
    }

    /// Bends one finished part.
    pub(super) fn apply(&self, stage: Stage<'_>, track: &mut Track) {
        if matches!(track.role, Role::MainComp | Role::Comp | Role::Bass | Role::Drums) {
            for line in &self.pushed {
                push(stage, track, *line);
            }
        }
        for (from, until, struck) in &self.silences {
            silence(track, *from, *until, *struck);
        }
        match stage.form.ending {
            Ending::Fade => fade(stage, track),
            Ending::ColdStop => cut(stage, track),
            Ending::Ritardando | Ending::RingOut | Ending::Tag => {}
        }
    }
}

impl Stage<'_> {
    /// How long a stop before a chorus lasts: two beats where they pass quickly, else one.
    fn stop_ticks(&self) -> Tick {
        let seconds = f64::from(self.grid.beat()) / f64::from(TICKS_PER_QUARTER) * 60.0 / self.brief.tempo;
        if seconds < 0.6 {
            self.grid.beat() * 2
        } else {
            self.grid.beat()
        }
    }
}

/// Moves what is struck on the bar line an eighth ahead of it. Of the drums only the kick comes along.
fn push(stage: Stage<'_>, track: &mut Track, line: Tick) {
    let early = stage.grid.swung(line - SIXTEENTH * 2);
    let drums = track.role == Role::Drums;
    let comes_along = |note: &Note| !drums || note.pitch == Drum::Kick.key();
    let struck = |note: &Note| note.start == line && comes_along(note);
    if !track.notes.iter().any(struck) {
        return;
    }
    track
        .notes
        .retain(|note| !(early..line).contains(&note.start) || !comes_along(note));
    for note in track.notes.iter_mut().filter(|note| comes_along(note)) {
        if note.start == line {
            note.start = early;
            note.length += line - early;
        } else if note.start < early && note.start + note.length > early {
            note.length = early - note.start;
        }
    }
}

/// Silence in `from..until`; what is struck right at its beginning stays, short.
fn silence(track: &mut Track, from: Tick, until: Tick, struck: bool) {
    let hit = if struck { from..from + 1 } else { from..from };
    track
        .notes
        .retain(|note| hit.contains(&note.start) || !(from..until).contains(&note.start));
    for note in &mut track.notes {
        if note.start < from && note.start + note.length > from {
            note.length = from - note.start;
        } else if hit.contains(&note.start) {
            note.length = note.length.min(SIXTEENTH * 2);
            note.velocity = (note.velocity * 1.12).min(1.0);
        }
    }
}

fn fade(stage: Stage<'_>, track: &mut Track) {
    let Some(last) = stage.form.parts.last() else { return };
    let bars = last.section.bars.clamp(FADE_BARS.0, FADE_BARS.1);
    let length = (bars * stage.bar()).clamp(1, stage.end().max(1));
    let from = stage.end() - length;
    for note in track.notes.iter_mut().filter(|note| note.start >= from) {
        let through = (note.start - from) as f32 / length as f32;
        note.velocity *= 1.0 - (1.0 - FADED) * through;
    }
}

/// The last chord is struck and let go.
fn cut(stage: Stage<'_>, track: &mut Track) {
    let last = stage.end() - stage.bar();
    for note in track.notes.iter_mut().filter(|note| note.start >= last) {
        note.length = note.length.min(stage.grid.beat() / 2);
        note.velocity = (note.velocity * 1.15).min(1.0);
    }
}
