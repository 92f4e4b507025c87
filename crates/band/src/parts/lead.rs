//! The melody on instruments: where no one sings, and between the lines.

use super::band::Band;
use super::{Stage, track};
use crate::melody::Melody;
use crate::score::{Instrument, Note, Role, Track};

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
    let mut answers = lead_track("answers", Role::Fill, band.lead, melody.answers);
    answers.pan = 0.2;
    answers.trim = -1.0;
    vec![lead_track("lead", Role::Lead, band.lead, melody.lead), answers]
}
