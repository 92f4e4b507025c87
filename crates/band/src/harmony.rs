//! Which chord sounds when. The tonality is anchored: the ear, and any key detector, should never doubt it.
//!
//! Anchors: the tonic in the first bar of intros and verses, the dominant in every eighth bar, dominant - tonic - tonic
//! at the very end, and the major dominant with its leading note in minor.

mod anchor;
mod modal;
pub(crate) mod numeral;
mod voicing;

pub(crate) use voicing::{bass_pitch, voicings};

use crate::brief::Brief;
use crate::form::{Form, Part};
use crate::genre::{Progressions, Voicing};
use crate::rng::Rng;
use crate::score::{Chord, Key, Mode, Tag, Tick, pitch_name};
use numeral::Numeral;

/// Draws of progressions that are looked at before the plainest of them is taken.
const DRAWS: usize = 6;

/// Chords at least this plain about their key are taken at once.
const PLAIN: f32 = 0.05;

/// The chords of the whole song, without gaps, none longer than a bar.
///
/// Progressions that each sound at home may not do so together, so draws that leave the key in doubt are drawn again.
pub(crate) fn harmony(form: &Form, brief: &Brief, seed: u64) -> Vec<Chord> {
    let power = brief
        .style
        .rhythm
        .comps
        .iter()
        .any(|comp| comp.voicing == Voicing::Power);
    let thirds = if power { 0.35 } else { 0.7 };
    let mut rng = Rng::stream(seed, &["harmony"]);
    let mut plainest = (f32::MIN, Vec::new());
    for _ in 0..DRAWS {
        let chords = chords(&Plan::choose(brief, &mut rng), form, brief);
        let plainness = anchor::plainness(&chords, brief.key, thirds);
        if plainness > plainest.0 {
            plainest = (plainness, chords);
        }
        if plainness >= PLAIN {
            break;
        }
    }
    plainest.1
}

fn chords(plan: &Plan, form: &Form, brief: &Brief) -> Vec<Chord> {
    let mut chords = Vec::new();
    let mut bars_left = form.parts.iter().map(|part| part.section.bars).sum::<u32>();
    for part in &form.parts {
        for bar in 0..part.section.bars {
            bars_left -= 1;
            let start = part.section.start + bar * brief.meter.bar_ticks();
            let numerals = plan.bar(part, bar, bars_left);
            let length = brief.meter.bar_ticks() / numerals.len() as Tick;
            for (half, numeral) in numerals.iter().enumerate() {
                chords.push(chord(numeral, brief.key, start + half as Tick * length, length));
            }
        }
    }
    chords
}

/// The progressions of one song.
struct Plan {
    verse: Vec<Vec<Numeral>>,
    chorus: Vec<Vec<Numeral>>,
    bridge: Vec<Vec<Numeral>>,
    tonic: Numeral,
    dominant: Numeral,
}

impl Plan {
    fn choose(brief: &Brief, rng: &mut Rng) -> Self {
        let mode = brief.key.mode;
        let table = &brief.style.harmony.harmony;
        let modal = modal::progressions(mode);
        let progressions: &Progressions = match (&modal, mode) {
            (Some(modal), _) => modal,
            (None, Mode::Minor) => &table.minor_mode,
            (None, _) => &table.major,
        };
        let sevenths = table.sevenths;
        let mut chosen = |lines: &[String]| {
            let line = rng.pick(lines).map_or("I", String::as_str);
            let bars = line.split(' ').map(|bar| {
                let numerals = bar.split('+').filter_map(|text| numeral::parse(text, mode));
                numerals
                    .map(|numeral| if sevenths { numeral.with_seventh(mode) } else { numeral })
                    .collect::<Vec<_>>()
            });
            bars.filter(|bar| !bar.is_empty()).collect::<Vec<_>>()
        };
        let (verse, chorus, bridge) = (
            chosen(&progressions.verse),
            chosen(&progressions.chorus),
            chosen(&progressions.bridge),
        );
        let (tonic, dominant) = modal::cadence(mode);
        let coloured = |numeral: Numeral, colour: bool| if colour { numeral.with_seventh(mode) } else { numeral };
        Self {
            verse,
            chorus,
            bridge,
            tonic: coloured(tonic, sevenths),
            dominant: coloured(dominant, sevenths),
        }
    }

    /// The one or two chords of a bar that is followed by `bars_left` others in the song.
    fn bar(&self, part: &Part, bar: u32, bars_left: u32) -> Vec<Numeral> {
        let section = &part.section;
        let progression = match section.tag {
            Tag::Chorus | Tag::Hook | Tag::Drop | Tag::PostChorus | Tag::Solo | Tag::Outro => &self.chorus,
            Tag::Bridge | Tag::PreChorus | Tag::BuildUp => &self.bridge,
            _ => &self.verse,
        };
        match bars_left {
            0 | 1 => return vec![self.tonic.clone()],
            2 => return vec![self.dominant.clone()],
            _ => {}
        }
        let from_end = section.bars - 1 - bar;
        let opens_on_tonic = matches!(
            section.tag,
            Tag::Intro | Tag::Verse | Tag::Inst | Tag::Outro | Tag::Interlude | Tag::Break
        );
        // A lead-in belongs to the phrase that follows it: its last bar turns towards the first line.
        let within = bar.checked_sub(part.lead_in).unwrap_or(bar);
        let closes_lead_in = part.lead_in > 1 && bar + 1 == part.lead_in;
        if within == 0 && opens_on_tonic {
            return vec![self.tonic.clone()];
        }
        let cycle = progression.len().max(1) as u32;
        // A phrase of four bars that visits the dominant anyway keeps its own last chord.
        let short = section.bars - part.lead_in <= 4 && progression.iter().flatten().any(|numeral| numeral.root == 7);
        let closes = within % 8 == 7 || (from_end == 0 && section.bars >= 4 && !short) || closes_lead_in;
        if closes {
            return vec![self.dominant.clone()];
        }
        progression
            .get((within % cycle) as usize)
            .cloned()
            .unwrap_or_else(|| vec![self.tonic.clone()])
    }
}

fn chord(numeral: &Numeral, key: Key, start: Tick, length: Tick) -> Chord {
    let root = (key.tonic + numeral.root) % 12;
    let bass = numeral
        .bass
        .map(|bass| (key.tonic + bass) % 12)
        .filter(|bass| *bass != root);
    let mut name = format!("{}{}", pitch_name(root, key.flats), numeral::suffix(&numeral.intervals));
    if let Some(bass) = bass {
        name = format!("{name}/{}", pitch_name(bass, key.flats));
    }
    Chord {
        start,
        length,
        root,
        intervals: numeral.intervals.clone(),
        bass,
        name,
    }
}

/// The chord that sounds at `tick`.
pub(crate) fn chord_at(chords: &[Chord], tick: Tick) -> Option<&Chord> {
    let after = chords.partition_point(|chord| chord.start <= tick);
    chords.get(after.checked_sub(1)?)
}

impl Chord {
    /// Whether the pitch class belongs to the chord.
    pub(crate) fn contains(&self, pitch: i32) -> bool {
        let class = (pitch - i32::from(self.root)).rem_euclid(12);
        self.intervals.iter().any(|interval| i32::from(*interval) % 12 == class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chord_at_a_tick_is_the_last_that_began() {
        let chord = |start| Chord {
            start,
            length: 10,
            root: 0,
            intervals: vec![0],
            bass: None,
            name: String::new(),
        };
        let chords = [chord(0), chord(10)];
        assert_eq!(chord_at(&chords, 9).map(|chord| chord.start), Some(0));
        assert_eq!(chord_at(&chords, 10).map(|chord| chord.start), Some(10));
        assert_eq!(chord_at(&[], 0), None);
    }
}
