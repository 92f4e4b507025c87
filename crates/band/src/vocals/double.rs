//! The lead sung twice more, left and right, where the song rises.

use super::{Arrangement, Stage, voice};
use crate::score::{BackingRole, BackingVoice, Delivery, Singer};

/// Name, place, cents and milliseconds of the two takes: as far apart as two good takes of one singer are.
const TAKES: [(&str, f32, f32, f32); 2] = [("double-left", -0.7, -8.0, 12.0), ("double-right", 0.7, 8.0, 21.0)];

/// A whisper twice is noise, and a duet or a choir is full without.
pub(super) fn join(stage: Stage<'_>, lead: Singer, arrangement: &mut Arrangement) {
    let alone = stage.brief.singers.len() == 1 && !lead.choir;
    if !stage.brief.style.rhythm.vocals.doubles || !alone || lead.delivery == Delivery::Whispered {
        return;
    }
    let lines: Vec<_> = stage.lifted().cloned().collect();
    if lines.is_empty() {
        return;
    }
    arrangement.note("the lead doubled in choruses", format!("usual for {}", stage.label()));
    let takes = TAKES.map(|(name, pan, cents, late_ms)| BackingVoice {
        delivery: lead.delivery,
        pan,
        cents,
        late_ms,
        lines: lines.clone(),
        ..voice(name, BackingRole::Double, lead.voice, 0)
    });
    arrangement.voices.extend(takes);
}
