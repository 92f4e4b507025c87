//! A song as the painter sees it.

use busker_core::song::Song;

/// Loudness over time, form and character.
pub(super) struct Portrait {
    /// Loudness of equal slices of the song, 0 its quietest to 1 its loudest.
    levels: Vec<f32>,
    /// The form, in order, from 0 to 1.
    pub(super) parts: Vec<Part>,
    /// Mean energy, 0 to 1.
    pub(super) energy: f32,
    /// The key is minor.
    pub(super) minor: bool,
    /// The first genre, lower-case; empty where unknown.
    pub(super) genre: String,
    seed: u64,
}

/// One part of the form.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Where it begins, as a share of the song.
    pub(super) from: f32,
    /// Where it ends.
    pub(super) to: f32,
    /// 0 to 1.
    pub(super) energy: f32,
    /// Which of a palette's accents stands for it: 0 choruses, 1 verses, 2 edges, 3 everything else.
    pub(super) kind: usize,
}

/// Slices the loudness is measured in.
const SLICES: usize = 2_400;

impl Portrait {
    /// Looks at `song`.
    pub(super) fn of(song: &Song) -> Self {
        let facts = &song.facts;
        let seconds = song.samples.len() as f64 / 2.0 / f64::from(song.rate.max(1));
        let share = |at: f64| (at / seconds.max(0.001)).clamp(0.0, 1.0) as f32;
        let mut parts: Vec<Part> = facts
            .sections
            .iter()
            .map(|section| Part {
                from: share(section.start),
                to: share(section.end),
                energy: section.energy,
                kind: kind(&section.label),
            })
            .filter(|part| part.to > part.from)
            .collect();
        match parts.last_mut() {
            // The last note rings on behind the last bar.
            Some(last) => last.to = 1.0,
            None => parts.push(Part {
                from: 0.0,
                to: 1.0,
                energy: 0.5,
                kind: 0,
            }),
        }
        let weight: f32 = parts.iter().map(|part| part.to - part.from).sum();
        let energy = parts
            .iter()
            .map(|part| part.energy * (part.to - part.from))
            .sum::<f32>()
            / weight.max(0.001);
        let minor = facts.key.as_deref().is_some_and(|key| {
            ["minor", "dorian", "phrygian", "aeolian", "locrian"]
                .iter()
                .any(|mode| key.ends_with(mode))
        });
        Self {
            levels: levels(&song.samples),
            parts,
            energy,
            minor,
            genre: facts
                .genres
                .first()
                .map(|genre| genre.to_lowercase())
                .unwrap_or_default(),
            seed: facts.seed,
        }
    }

    /// The loudness in `count` equal slices.
    pub(super) fn levels(&self, count: usize) -> Vec<f32> {
        let mean = |slices: &[f32]| slices.iter().sum::<f32>() / slices.len().max(1) as f32;
        (0..count)
            .map(|slice| {
                let from = slice * SLICES / count;
                let to = ((slice + 1) * SLICES / count).max(from + 1);
                mean(&self.levels[from..to])
            })
            .collect()
    }

    /// The part that is heard at `share` of the song.
    pub(super) fn part_at(&self, share: f32) -> Part {
        let heard = self.parts.iter().find(|part| share < part.to);
        heard.or(self.parts.last()).copied().unwrap_or(Part {
            from: 0.0,
            to: 1.0,
            energy: 0.5,
            kind: 0,
        })
    }

    /// A number below `below` that follows from the seed; each `question` has its own answer.
    pub(super) fn chance(&self, question: u64, below: usize) -> usize {
        // SplitMix64 (Steele, Lea and Flood 2014).
        let mut bits = self
            .seed
            .wrapping_add((question + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        (bits % below.max(1) as u64) as usize
    }

    /// The same as a share from 0 to 1.
    pub(super) fn share(&self, question: u64) -> f32 {
        self.chance(question, 10_000) as f32 / 10_000.0
    }
}

fn kind(label: &str) -> usize {
    let label = label.to_lowercase();
    let named = |names: &[&str]| names.iter().any(|name| label.contains(name));
    if named(&["pre", "bridge", "solo", "build", "inst"]) {
        3
    } else if named(&["chorus", "hook", "drop"]) {
        0
    } else if named(&["verse"]) {
        1
    } else {
        2
    }
}

/// Root mean squares of equal slices, stretched so that a song's quietest twentieth is 0 and its loudest 1.
fn levels(samples: &[f32]) -> Vec<f32> {
    let frames = samples.len() / 2;
    let slice = |index: usize| {
        let (from, to) = (index * frames / SLICES * 2, (index + 1) * frames / SLICES * 2);
        let power: f32 = samples[from..to].iter().map(|sample| sample * sample).sum();
        (power / (to - from).max(1) as f32).sqrt()
    };
    let levels: Vec<f32> = (0..SLICES).map(slice).collect();
    let mut sorted = levels.clone();
    sorted.sort_by(f32::total_cmp);
    let (quiet, loud) = (sorted[SLICES / 20], sorted[SLICES - 1 - SLICES / 20]);
    let range = (loud - quiet).max(1e-6);
    levels
        .iter()
        .map(|level| ((level - quiet) / range).clamp(0.0, 1.0))
        .collect()
}
