//! Hand drums and small percussion that the prompt names: each its own figure beside the kit.

use super::{Stage, note};
use crate::genre::{Alphabet, Stroke, figure};
use crate::grid::SIXTEENTH;
use crate::score::{Instrument, Role, Tag, Track};

/// A General MIDI percussion key and a bar of it.
type Lane = (u8, &'static str);

/// Names in the prompt and what they play.
const FIGURES: &[(&[&str], &[Lane])] = &[
    (
        &["conga", "tumbadora"],
        &[
            (64, "g.g. ..g. g.g. ...."),
            (62, ".... X... .... ...."),
            (63, ".... .... .... x.x."),
        ],
    ),
    (
        &["bongo", "tabla"],
        &[(60, "X.g. x.g. X.g. ..g."), (61, ".... .... .... x...")],
    ),
    (
        &["djembe", "darbuka"],
        &[
            (64, "X... ..x. .... x..."),
            (63, "..x. .... x.x. ..x."),
            (62, "...g x..g ...g ..g."),
        ],
    ),
    (
        &["timbale"],
        &[(65, "X..x ..x. ..x. x..."), (66, ".... .... .... ..xx")],
    ),
    (&["clave"], &[(75, "x..x ..x. ..x. x...")]),
    (&["guiro"], &[(74, "x... .... x... ...."), (73, ".... x.x. .... x.x.")]),
    (&["cowbell"], &[(56, "x... x... x... x...")]),
    (&["tambourine"], &[(54, "g.x. X.x. g.x. X.x.")]),
    (
        &["triangle"],
        &[(81, ".... ..x. .... ..x."), (80, "x.x. x... x.x. x...")],
    ),
    (&["castanet"], &[(85, "x... ..xx x... xxx.")]),
    (&["hand clap", "handclap", "clap"], &[(39, ".... x... .... x...")]),
    (&["finger snap", "snap"], &[(37, ".... x... .... x...")]),
    (&["shaker", "maraca"], &[(70, "xgXg xgXg xgXg xgXg")]),
];

/// Sections below this energy go without, like other named instruments.
const FROM: f32 = 0.7;

/// Whether a hand drum of this name has a figure of its own.
#[cfg(test)]
pub(crate) fn is_percussion(word: &str) -> bool {
    FIGURES.iter().any(|(names, _)| names.contains(&word))
}

/// The track of everything named, else of what the style has; none when nothing is.
pub(super) fn track(stage: Stage<'_>) -> Option<Track> {
    let wishes = &stage.brief.wishes;
    let named = wishes.wanted.iter();
    let named = named.filter(|wish| wish.instrument == Instrument::LatinKit);
    let mut words: Vec<String> = named.map(|wish| wish.words.to_lowercase()).collect();
    let excluded = wishes.only.is_some() || wishes.without.contains(&Instrument::LatinKit);
    if words.is_empty() && !excluded {
        words.clone_from(&stage.brief.style.percussion);
    }
    if words.is_empty() || wishes.no_drums {
        return None;
    }
    let named = |names: &[&str]| names.iter().any(|name| words.iter().any(|word| word.contains(name)));
    let mut lanes: Vec<Lane> = FIGURES
        .iter()
        .filter(|(names, _)| named(names))
        .flat_map(|(_, lanes)| lanes.iter().copied())
        .collect();
    // "Latin percussion" names none in particular.
    if lanes.is_empty() {
        lanes.extend(FIGURES[0].1);
        lanes.push((70, "xgXg xgXg xgXg xgXg"));
    }
    let mut track = super::track(Instrument::LatinKit, Role::Percussion);
    "hand-percussion".clone_into(&mut track.name);
    track.pan = -0.25;
    track.reverb = 0.15;
    track.trim = 5.0;
    for part in &stage.form.parts {
        if part.section.energy < FROM || part.section.tag == Tag::Break {
            continue;
        }
        let mut rng = stage.rng(part, "hand percussion");
        for (_, start) in stage.bars(part) {
            if stage.is_final_bar(start) {
                continue;
            }
            for (key, pattern) in &lanes {
                for hit in figure(pattern, Alphabet::Drums, stage.grid.meter) {
                    let Stroke::Struck(force) = hit.stroke else { continue };
                    let tick = start + stage.grid.swung(hit.step as u32 * SIXTEENTH);
                    let velocity = force * (0.7 + 0.05 * part.section.energy) + 0.03 * rng.normal();
                    track.notes.push(note(tick, SIXTEENTH, i32::from(*key), velocity));
                }
            }
        }
    }
    Some(track)
}
