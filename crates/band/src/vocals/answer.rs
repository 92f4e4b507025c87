//! What is written in brackets: another voice answers the lead.

use super::{Arrangement, Stage, colour_beside, in_octave_of, voice};
use crate::score::{BackingRole, BackingVoice, Singer};

/// Two people answer together where the lead is one; they stand on either side.
const PEOPLE: [(&str, f32, f32, f32); 2] = [("answer", -0.4, -4.0, 0.0), ("answer-2", 0.4, 5.0, 13.0)];

/// Whatever the delivery: words that were paid for are sung.
pub(super) fn join(stage: Stage<'_>, lead: Singer, arrangement: &mut Arrangement) {
    if stage.asides.is_empty() {
        return;
    }
    arrangement.note("backing voices answer", "words in brackets");
    let colour = colour_beside(&stage.brief.singers, lead.voice);
    let people = (colour..)
        .zip(PEOPLE)
        .map(|(colour, (name, pan, cents, late_ms))| BackingVoice {
            delivery: lead.delivery,
            pan,
            cents,
            late_ms,
            lines: stage.asides.iter().map(|line| in_octave_of(line, lead.voice)).collect(),
            ..voice(name, BackingRole::Answer, lead.voice, colour)
        });
    arrangement.voices.extend(people);
}
