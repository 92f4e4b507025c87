//! Noise that rises through a build-up and the low hit where it lands.

use super::{Stage, drums, note, track};
use crate::score::{Instrument, Role, Tag, Track};

/// The bars before a chorus over which a riser swells when there is no build-up.
const SHORT_RISE: u32 = 2;

/// The riser's and the impact's track; empty ones where nothing rises.
pub(super) fn tracks(stage: Stage<'_>) -> Vec<Track> {
    // An orchestra rises by a cymbal under soft mallets.
    let rising = if drums::kit(stage) == Instrument::OrchestralKit {
        Instrument::CymbalSwell
    } else {
        Instrument::Riser
    };
    let mut riser = track(rising, Role::Effects);
    let mut impact = track(Instrument::Impact, Role::Effects);
    riser.reverb = 0.3;
    impact.reverb = 0.4;
    if stage.brief.wishes.only.is_some() {
        return Vec::new();
    }
    let effects = stage.brief.style.rhythm.effects;
    let parts = &stage.form.parts;
    for (index, part) in parts.iter().enumerate() {
        let Some(next) = parts.get(index + 1) else { break };
        let lands = next.section.energy >= 3.9 && next.section.energy > part.section.energy;
        let bars = match part.section.tag {
            Tag::BuildUp => part.section.bars,
            _ if effects.risers && lands && part.section.bars > SHORT_RISE => SHORT_RISE,
            _ => 0,
        };
        let end = part.section.start + part.section.bars * stage.bar();
        if bars > 0 {
            let gap = if stage.arrives_from_silence(index + 1) {
                stage.grid.beat()
            } else {
                0
            };
            let length = (bars * stage.bar()).saturating_sub(gap);
            riser.notes.push(note(
                end - bars * stage.bar(),
                length,
                60,
                0.4 + 0.08 * next.section.energy,
            ));
        }
        if lands && (effects.impacts || part.section.tag == Tag::BuildUp) {
            impact
                .notes
                .push(note(end, stage.bar(), 36, 0.4 + 0.1 * next.section.energy));
        }
    }
    vec![riser, impact]
}
