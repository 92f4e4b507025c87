//! Who plays what: drums, bass, accompaniment, pads, lead and effects, section by section.

mod accents;
mod band;
mod bass;
mod comp;
mod drums;
mod effects;
mod entrance;
mod lead;
mod line;
mod percussion;
mod stock;
mod variation;

use accents::Accents;
#[cfg(test)]
pub(crate) use percussion::is_percussion;

use crate::brief::Brief;
use crate::form::{Form, Part};
use crate::grid::Grid;
use crate::melody::Melody;
use crate::rng::Rng;
use crate::score::{Chord, Instrument, Note, Role, Tick, Track};

/// What every part may look at.
#[derive(Clone, Copy)]
pub(crate) struct Stage<'a> {
    pub(crate) form: &'a Form,
    pub(crate) chords: &'a [Chord],
    pub(crate) brief: &'a Brief,
    pub(crate) grid: Grid,
    pub(crate) seed: u64,
}

/// Writes every track, in the order drums, percussion, bass, accompaniment, riffs and countermelodies, lead, effects.
pub(crate) fn parts(stage: Stage<'_>, melody: Melody) -> Vec<Track> {
    let band = band::band(stage.brief, stage.seed);
    let mut tracks = drums::tracks(stage);
    tracks.extend(percussion::track(stage));
    tracks.extend(bass::track(stage, &band));
    for player in &band.comps {
        tracks.extend(comp::tracks(stage, player));
    }
    tracks.extend(line::tracks(stage));
    tracks.extend(lead::tracks(stage, &band, melody));
    let accents = Accents::plan(stage);
    for track in &mut tracks {
        accents.apply(stage, track);
    }
    tracks.extend(effects::tracks(stage));
    let end = stage.end();
    let unstruck = &stage.brief.wishes.unstruck;
    for track in &mut tracks {
        if matches!(track.role, Role::Drums | Role::Percussion) {
            track.notes.retain(|note| !unstruck.contains(&note.pitch));
        }
        tidy(track, end);
    }
    tracks.retain(|track| !track.notes.is_empty());
    name_apart(&mut tracks);
    tracks
}

impl Stage<'_> {
    fn end(&self) -> Tick {
        self.form
            .parts
            .last()
            .map_or(0, |part| part.section.start + part.section.bars * self.bar())
    }

    fn bar(&self) -> Tick {
        self.grid.meter.bar_ticks()
    }

    /// First tick of every bar of a section, with its number within it.
    fn bars(&self, part: &Part) -> impl Iterator<Item = (u32, Tick)> + use<> {
        let (start, bar) = (part.section.start, self.bar());
        (0..part.section.bars).map(move |number| (number, start + number * bar))
    }

    /// Whether the bar is the very last, which everyone holds.
    fn is_final_bar(&self, start: Tick) -> bool {
        start + self.bar() == self.end()
    }

    fn rng(&self, part: &Part, track: &str) -> Rng {
        Rng::stream(
            self.seed,
            &["parts", track, part.section.tag.name(), &part.occurrence.to_string()],
        )
    }

    /// Whether the section arrives after a beat of silence.
    fn arrives_from_silence(&self, index: usize) -> bool {
        use crate::score::Tag::{BuildUp, Chorus, Drop, Hook};
        let parts = &self.form.parts;
        let Some(before) = index.checked_sub(1).and_then(|before| parts.get(before)) else {
            return false;
        };
        let lands = matches!(parts[index].section.tag, Chorus | Drop | Hook);
        self.brief.style.rhythm.effects.dropouts && lands && before.section.tag == BuildUp && before.section.bars > 1
    }
}

/// An empty track with the usual settings.
fn track(instrument: Instrument, role: Role) -> Track {
    Track {
        name: name(instrument),
        role,
        instrument,
        pan: 0.0,
        reverb: 0.1,
        delay: 0.0,
        sidechain: 0.0,
        trim: 0.0,
        notes: Vec::new(),
    }
}

/// The instrument's name as a file name: "steel-guitar".
fn name(instrument: Instrument) -> String {
    let mut name = String::new();
    for letter in format!("{instrument:?}").chars() {
        let begins =
            letter.is_uppercase() || letter.is_ascii_digit() && !name.ends_with(|last: char| last.is_ascii_digit());
        if begins && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// Notes in order, all within the song, none empty.
fn tidy(track: &mut Track, end: Tick) {
    track.notes.retain(|note| note.start < end && note.length > 0);
    for note in &mut track.notes {
        note.length = note.length.min(end - note.start);
        note.velocity = note.velocity.clamp(0.05, 1.0);
    }
    track.notes.sort_by_key(|note| (note.start, note.pitch));
    track.notes.dedup_by_key(|note| (note.start, note.pitch));
}

fn name_apart(tracks: &mut [Track]) {
    for at in 1..tracks.len() {
        let base = tracks[at].name.clone();
        let mut number = 2;
        while tracks[..at].iter().any(|track| track.name == tracks[at].name) {
            tracks[at].name = format!("{base}-{number}");
            number += 1;
        }
    }
}

/// A note on the exact grid.
fn note(start: Tick, length: Tick, pitch: i32, velocity: f32) -> Note {
    Note {
        start,
        length,
        pitch: pitch.clamp(0, 127) as u8,
        velocity,
        nudge_ms: 0.0,
        glide_from: None,
    }
}
