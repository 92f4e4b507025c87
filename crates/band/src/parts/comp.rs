//! Accompaniment: figures of chords, arpeggios and pads, by energy.

use super::entrance::Seat;
use super::variation::Variation;
use super::{Stage, note, track};
use crate::genre::{Alphabet, Comp, CompRole, Hit, Level, Stroke, figure};
use crate::grid::SIXTEENTH;
use crate::harmony::voicings;
use crate::rng::Rng;
use crate::score::{Chord, Note, Role, Tick, Track};

/// One track, or two when the part is doubled left and right.
pub(super) fn tracks(stage: Stage<'_>, comp: &Comp) -> Vec<Track> {
    let role = match comp.role {
        CompRole::Main => Role::MainComp,
        CompRole::Comp => Role::Comp,
        CompRole::Pad => Role::Pad,
    };
    let mut first = track(comp.instrument, role);
    first.pan = comp.pan;
    first.reverb = comp.reverb;
    first.delay = comp.delay;
    first.sidechain = comp.sidechain;
    first.trim = comp.trim;
    let player = Player {
        stage,
        comp,
        voicings: voicings(stage.chords, comp.voicing),
    };
    first.notes = player.notes("first");
    if !comp.doubled {
        return vec![first];
    }
    let mut second = Track {
        pan: -comp.pan,
        notes: player.notes("second"),
        ..first.clone()
    };
    let mut rng = Rng::stream(stage.seed, &["double", &first.name]);
    for note in &mut second.notes {
        note.nudge_ms += 6.0 + 2.0 * rng.normal();
    }
    vec![first, second]
}

struct Player<'a> {
    stage: Stage<'a>,
    comp: &'a Comp,
    /// One a chord of the song.
    voicings: Vec<Vec<u8>>,
}

impl Player<'_> {
    fn notes(&self, take: &str) -> Vec<Note> {
        let mut notes = Vec::new();
        for part in &self.stage.form.parts {
            let name = format!("{:?} {take}", self.comp.instrument);
            let mut rng = self.stage.rng(part, &name);
            let variation = Variation::of(self.stage, part, &format!("{:?}", self.comp.instrument));
            for (bar, start) in self.stage.bars(part) {
                let seat = Seat::Comp(self.comp.role);
                let Some(energy) = self.stage.presence(part, bar, seat, self.comp.from) else {
                    continue;
                };
                if self.stage.is_final_bar(start) {
                    let held = Hit {
                        step: 0,
                        steps: 0,
                        stroke: Stroke::Struck(0.72),
                    };
                    self.chord(start, start + self.stage.bar(), held, energy, &mut rng, &mut notes);
                    continue;
                }
                let variants = self.comp.figures(Level::of(energy), self.stage.grid.meter);
                let pattern = variants.at(variation.at(bar));
                let hits = figure(pattern, Alphabet::Comp, self.stage.grid.meter);
                for hit in &hits {
                    let within = hit.step as Tick * SIXTEENTH;
                    let tick = start + self.stage.grid.swung(within);
                    let end = start + self.stage.grid.swung(within + hit.steps as Tick * SIXTEENTH);
                    self.chord(tick, end, *hit, energy, &mut rng, &mut notes);
                }
            }
        }
        notes
    }

    /// One stroke. Held over a change of chord, it is taken up again with the new one.
    fn chord(&self, from: Tick, until: Tick, hit: Hit, energy: f32, rng: &mut Rng, notes: &mut Vec<Note>) {
        let mut at = from;
        while at < until {
            let Some(index) = self.index_at(at) else { return };
            let chord = &self.stage.chords[index];
            let end = until.min(chord.start + chord.length).max(at + 1);
            // What is left of a stroke after a change is too short to be worth a new attack.
            if at == from || end - at >= SIXTEENTH * 2 {
                self.strike(
                    at,
                    end - at,
                    chord,
                    &self.voicings[index],
                    hit.stroke,
                    energy,
                    rng,
                    notes,
                );
            }
            at = end;
        }
    }

    fn index_at(&self, tick: Tick) -> Option<usize> {
        self.stage
            .chords
            .partition_point(|chord| chord.start <= tick)
            .checked_sub(1)
    }

    #[expect(clippy::too_many_arguments, reason = "a stroke is where all of them meet")]
    fn strike(
        &self,
        start: Tick,
        length: Tick,
        chord: &Chord,
        voicing: &[u8],
        stroke: Stroke,
        energy: f32,
        rng: &mut Rng,
        notes: &mut Vec<Note>,
    ) {
        let accent = 0.9 + 0.1 * self.stage.grid.weight(start);
        let loose = self.stage.brief.style.rhythm.feel.loose;
        let mut sound = |pitch: i32, force: f32, nudge_ms: f32, rng: &mut Rng| {
            let velocity = force * accent * (0.55 + 0.06 * energy) + loose * rng.normal();
            notes.push(Note {
                nudge_ms,
                glide_from: None,
                ..note(start, length, pitch, velocity)
            });
        };
        let low = |class: u8| 40 + (i32::from(class) - 40).rem_euclid(12);
        let fifth = chord.intervals.get(2).or(chord.intervals.last()).copied().unwrap_or(7);
        match stroke {
            Stroke::Struck(force) => {
                for (string, pitch) in voicing.iter().enumerate() {
                    sound(i32::from(*pitch), force, string as f32 * self.comp.strum_ms, rng);
                }
            }
            Stroke::Up => {
                for (string, pitch) in voicing.iter().rev().take(4).enumerate() {
                    sound(i32::from(*pitch), 0.6, string as f32 * self.comp.strum_ms * 0.8, rng);
                }
            }
            Stroke::Root => sound(low(chord.bass.unwrap_or(chord.root)), 0.85, 0.0, rng),
            Stroke::Fifth => {
                let pitch = low((chord.root + fifth) % 12);
                sound(pitch, 0.78, 0.0, rng);
            }
            Stroke::Tone(index) => {
                // Single tones run up from above the strings that have the bass notes.
                let upper = if voicing.len() > 4 {
                    &voicing[voicing.len() - 4..]
                } else {
                    voicing
                };
                let octaves = (index / upper.len().max(1)) as i32;
                if let Some(pitch) = upper.get(index % upper.len().max(1)) {
                    sound(i32::from(*pitch) + 12 * octaves, 0.74, 0.0, rng);
                }
            }
            Stroke::Octave
            | Stroke::Colour(_)
            | Stroke::Approach
            | Stroke::SlidRoot
            | Stroke::SlidFifth
            | Stroke::SlidOctave => {}
        }
    }
}
