//! Several people on one line: a choir that sings throughout, or a group that joins where the song rises.

use super::{Arrangement, Stage, colour_beside, in_octave_of, voice};
use crate::score::{BackingRole, BackingVoice, Delivery, Singer, VocalLine, Voice};

/// Where the people of a group stand: place, cents and milliseconds against the one who leads.
const PEOPLE: [(f32, f32, f32); 3] = [(-0.55, -11.0, 19.0), (0.6, 9.0, 27.0), (0.15, 5.0, 34.0)];

/// A choir where the prompt asks for one; where the genre has group vocals, three people in the choruses.
pub(super) fn join(stage: Stage<'_>, lead: Singer, arrangement: &mut Arrangement) {
    let grouped = stage.brief.style.rhythm.vocals.group && stage.brief.singers.len() == 1;
    if lead.delivery == Delivery::Whispered || !(lead.choir || grouped) {
        return;
    }
    let lines: Vec<&VocalLine> = match lead.choir {
        true => stage.lines.iter().collect(),
        false => stage.lifted().collect(),
    };
    if lines.is_empty() {
        return;
    }
    let kinds = match lead.voice {
        Voice::Female => [Voice::Female, Voice::Male, Voice::Female],
        Voice::Male => [Voice::Male, Voice::Female, Voice::Male],
        Voice::Child => [Voice::Child, Voice::Child, Voice::Child],
    };
    for (number, (kind, (pan, cents, late_ms))) in kinds.into_iter().zip(PEOPLE).enumerate() {
        let before = kinds[..number].iter().filter(|other| **other == kind).count() as u8;
        arrangement.voices.push(BackingVoice {
            delivery: lead.delivery,
            pan,
            cents,
            late_ms,
            lines: lines.iter().map(|line| in_octave_of(line, kind)).collect(),
            ..voice(
                &format!("choir-{}", number + 1),
                BackingRole::Choir,
                kind,
                colour_beside(&stage.brief.singers, kind) + before + 1,
            )
        });
    }
    match lead.choir {
        true => arrangement.note("a choir in unison and octaves", "the singer is a choir"),
        false => arrangement.note("a group in choruses", format!("usual for {}", stage.label())),
    }
}
