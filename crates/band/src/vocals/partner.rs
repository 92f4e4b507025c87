//! The other singer of a duet, in the lines that both sing.

use super::harmony::{self, Band};
use super::{Arrangement, Stage, colour_beside, in_octave_of, voice};
use crate::score::{BackingRole, BackingVoice, VocalLine};

/// In half of the songs, and wherever both have the same kind of voice, the partner sings another tone of the chord.
const HARMONIZES: f32 = 0.5;

/// Each singer's part in the lines another one leads.
pub(super) fn join(stage: Stage<'_>, arrangement: &mut Arrangement) {
    let singers = &stage.brief.singers;
    if singers.len() < 2 {
        return;
    }
    let chance = stage.rng("partner").chance(HARMONIZES);
    let mut harmonized = false;
    for (index, singer) in singers.iter().enumerate() {
        let joined = |line: &&VocalLine| line.singers.iter().skip(1).any(|other| *other == index);
        let part = |line: &VocalLine| {
            let leader = line.singers.first().and_then(|leader| singers.get(*leader))?;
            let alike = leader.voice == singer.voice;
            let bands: &[Band] = match (alike, chance) {
                (true, _) => &[Band::Below, Band::Above],
                (false, true) => &[Band::Below, Band::FarBelow, Band::Above],
                (false, false) => &[],
            };
            let other = bands
                .iter()
                .find_map(|band| harmony::second(line, *band, singer.voice, stage));
            harmonized |= other.is_some();
            Some(other.unwrap_or_else(|| in_octave_of(line, singer.voice)))
        };
        let lines: Vec<VocalLine> = stage.lines.iter().filter(joined).filter_map(part).collect();
        let name = if index == 0 {
            "partner".to_owned()
        } else {
            format!("partner-{}", index + 1)
        };
        arrangement.voices.push(BackingVoice {
            delivery: singer.delivery,
            pan: if index == 0 { -0.2 } else { 0.2 },
            lines,
            ..voice(
                &name,
                BackingRole::Partner,
                singer.voice,
                colour_beside(&singers[..index], singer.voice),
            )
        });
    }
    let how = if harmonized { "in harmony" } else { "an octave apart" };
    arrangement.note(format!("verses in turn, choruses together {how}"), "a duet".to_owned());
}
