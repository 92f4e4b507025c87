//! The melody on instruments: where no one sings, between the lines, and the sung line itself until a singer takes it.

use super::band::Band;
use super::{Stage, track};
use crate::melody::Melody;
use crate::score::{Instrument, Note, Role, Track, VOCAL_MELODY};

/// The lead's tracks.
pub(super) fn tracks(stage: Stage<'_>, band: &Band, melody: Melody) -> Vec<Track> {
    let delay = stage.brief.style.rhythm.lead.delay;
    let lead_track = |name: &str, role: Role, instrument: Instrument, notes: Vec<Note>| {
        let mut track = track(instrument, role);
        name.clone_into(&mut track.name);
        track.reverb = 0.22;
        track.delay = delay;
        track.notes = notes;
        track
    };
    let sung = melody.vocals.iter().flat_map(|line| &line.notes).map(|note| Note {
        start: note.start,
        length: note.length,
        pitch: if note.pitch < 57 { note.pitch + 12 } else { note.pitch },
        velocity: note.velocity,
        nudge_ms: 0.0,
        glide_from: None,
    });
    let mut answers = lead_track("answers", Role::Fill, band.lead, melody.answers);
    answers.pan = 0.2;
    answers.trim = -1.0;
    vec![
        lead_track(VOCAL_MELODY, Role::Lead, band.voice_double, sung.collect()),
        lead_track("lead", Role::Lead, band.lead, melody.lead),
        answers,
    ]
}
