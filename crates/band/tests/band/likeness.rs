//! How alike two songs are, from their scores.

use std::collections::BTreeSet;

use busker_band::score::{Role, Score, TICKS_PER_QUARTER, Tag};

/// Moves in a row that make two tunes recognisably the same.
const MOVES: usize = 4;

/// What two songs are compared by.
pub(crate) struct Fingerprint {
    /// Runs of four moves of the tune: semitones, and sixteenths until the next note.
    tune: BTreeSet<[(i16, u32); MOVES]>,
    /// Chords of the first verse and the first chorus, as distances from the tonic.
    pub(crate) progression: Vec<u8>,
    /// What the kit plays in two bars of each.
    pub(crate) drums: Vec<(u32, u8)>,
    /// Beats a minute.
    pub(crate) tempo: i64,
    /// Instruments by the sections they play in.
    pub(crate) arrangement: Vec<(String, usize)>,
}

impl Fingerprint {
    pub(crate) fn of(score: &Score) -> Self {
        let bar = score.meter.bar_ticks();
        let first = |lifts: bool| {
            score.sections.iter().find(|section| match section.tag {
                Tag::Chorus | Tag::Hook | Tag::Drop => lifts,
                Tag::Verse => !lifts,
                _ => false,
            })
        };
        let sections = [first(false), first(true)].into_iter().flatten().collect::<Vec<_>>();
        let within = |tick: u32, bars: u32| {
            sections
                .iter()
                .any(|section| (section.start..section.start + bars * bar).contains(&tick))
        };
        let chords = score.chords.iter().filter(|chord| within(chord.start, 4));
        let kit = score
            .tracks
            .iter()
            .filter(|track| track.role == Role::Drums)
            .flat_map(|track| &track.notes)
            .filter(|note| within(note.start, 2));
        let starts = |track: &busker_band::score::Track| {
            let plays = score.sections.iter().filter(|section| {
                let end = section.start + section.bars * bar;
                track
                    .notes
                    .iter()
                    .any(|note| (section.start..end).contains(&note.start))
            });
            plays.count()
        };
        Self {
            tune: tune(score),
            progression: chords.map(|chord| (chord.root + 12 - score.key.tonic) % 12).collect(),
            drums: kit.map(|note| (note.start % bar, note.pitch)).collect(),
            tempo: score.tempo.round() as i64,
            arrangement: score
                .tracks
                .iter()
                .map(|track| (track.name.clone(), starts(track)))
                .collect(),
        }
    }

    /// Runs of the tune that two songs share, of all they have (Jaccard's index), 0-1.
    pub(crate) fn shared_tune(&self, other: &Self) -> f64 {
        let shared = self.tune.intersection(&other.tune).count();
        let all = self.tune.union(&other.tune).count();
        shared as f64 / all.max(1) as f64
    }

    /// The same progression, the same drums and the same tempo.
    pub(crate) fn same_bed(&self, other: &Self) -> bool {
        self.progression == other.progression && self.drums == other.drums && self.tempo == other.tempo
    }
}

/// The tune: what is sung, else what the lead plays.
fn tune(score: &Score) -> BTreeSet<[(i16, u32); MOVES]> {
    let sung = score.vocals.iter().flat_map(|line| &line.notes);
    let mut notes = sung.map(|note| (note.start, note.pitch)).collect::<Vec<_>>();
    if notes.is_empty() {
        let lead = score.tracks.iter().find(|track| track.name == "lead");
        let played = lead.into_iter().flat_map(|track| &track.notes);
        notes = played.map(|note| (note.start, note.pitch)).collect();
    }
    let moves = notes.windows(2).map(|pair| {
        let apart = (pair[1].0 - pair[0].0) * 4 / TICKS_PER_QUARTER;
        (i16::from(pair[1].1) - i16::from(pair[0].1), apart.min(16))
    });
    let moves = moves.collect::<Vec<_>>();
    moves
        .windows(MOVES)
        .map(|run| std::array::from_fn(|at| run[at]))
        .collect()
}

/// All pairs of a list.
pub(crate) fn pairs<T>(items: &[T]) -> impl Iterator<Item = (&T, &T)> {
    items
        .iter()
        .enumerate()
        .flat_map(move |(at, one)| items[at + 1..].iter().map(move |other| (one, other)))
}
