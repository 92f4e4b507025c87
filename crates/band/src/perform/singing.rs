//! The sung lines as sound: each line a take of its own, rendered in parallel and summed in order.

use std::sync::atomic::{AtomicBool, Ordering};

use busker_voice::{Line, Note, Singer, Syllable, Take, sing};

use super::{Cut, Performance, Stage, Watch, crew};
use crate::rng::Rng;
use crate::score::{BackingRole, BackingVoice, Delivery, Score, VocalLine, Voice};

/// Someone with lines to sing.
pub(super) struct Part {
    singer: Singer,
    lines: Vec<Line>,
    seed: u64,
}

impl Part {
    /// The lines that each singer of the score leads.
    pub(super) fn leads(score: &Score) -> Vec<Self> {
        let lead = |(index, singer): (usize, &crate::score::Singer)| {
            let before = score.singers[..index].iter();
            let colour = before.filter(|other| other.voice == singer.voice).count() as u8;
            let own = score.vocals.iter().filter(|line| line.singers.first() == Some(&index));
            Self {
                singer: voice(singer.voice, singer.delivery, colour),
                lines: own.map(|line| timed(score, line, 0.0, 0.0, true)).collect(),
                seed: Rng::seed(score.seed, &format!("lead {index}")),
            }
        };
        score.singers.iter().enumerate().map(lead).collect()
    }

    /// What a backing voice sings. Nobody hears a choir breathe.
    pub(super) fn backing(score: &Score, backing: &BackingVoice) -> Self {
        let breath = matches!(backing.role, BackingRole::Partner | BackingRole::Answer);
        let late = f64::from(backing.late_ms) / 1000.0;
        let lines = backing.lines.iter();
        Self {
            singer: voice(backing.voice, backing.delivery, backing.colour),
            lines: lines
                .map(|line| timed(score, line, late, backing.cents, breath))
                .collect(),
            seed: Rng::seed(score.seed, &backing.name),
        }
    }

    pub(super) fn line_count(&self) -> usize {
        self.lines.len()
    }
}

/// Tells how far the singing has come, over all parts.
pub(super) struct Count<'a> {
    pub(super) watch: &'a dyn Watch,
    pub(super) done: usize,
    pub(super) all: usize,
}

/// Adds every line of `parts` to `sum`, one channel that begins with the song. The order of summation is that of the
/// lines, whoever renders them.
pub(super) fn render(parts: &[Part], sum: &mut [f32], options: &Performance, count: &mut Count<'_>) -> Result<(), Cut> {
    let jobs: Vec<(&Part, usize)> = parts
        .iter()
        .flat_map(|part| (0..part.lines.len()).map(move |line| (part, line)))
        .collect();
    let cut = AtomicBool::new(false);
    let watch = count.watch;
    let work = |job: usize| -> Option<Take> {
        if cut.load(Ordering::Relaxed) || watch.cancelled() {
            cut.store(true, Ordering::Relaxed);
            return None;
        }
        let (part, line) = jobs[job];
        Some(sing(
            &part.singer,
            &part.lines,
            line,
            Rng::seed(part.seed, &line.to_string()),
        ))
    };
    crew::in_order(jobs.len(), options.threads, work, |take| {
        if let Some(take) = take {
            let place = sum.iter_mut().skip(take.start);
            place.zip(&take.samples).for_each(|(sum, sample)| *sum += sample);
        }
        count.done += 1;
        watch.progress(Stage::Singing, count.done as f32 / count.all.max(1) as f32);
    });
    if cut.into_inner() {
        Err(Cut { during: Stage::Singing })
    } else {
        Ok(())
    }
}

fn voice(kind: Voice, delivery: Delivery, colour: u8) -> Singer {
    let singer = match kind {
        Voice::Female => Singer::female(),
        Voice::Male => Singer::male(),
        Voice::Child => Singer::child(),
    };
    let singer = singer.coloured(colour);
    match delivery {
        Delivery::Plain => singer,
        Delivery::Soft => singer.soft(),
        Delivery::Powerful => singer.powerful(),
        Delivery::Whispered => singer.whispered(),
    }
}

/// A line in seconds, `late` by so many and sharp by so many `cents`.
fn timed(score: &Score, line: &VocalLine, late: f64, cents: f32, breath: bool) -> Line {
    let notes = line.notes.iter().map(|note| Note {
        start: score.seconds(note.start) + late,
        end: score.seconds(note.start + note.length) + late,
        pitch: f32::from(note.pitch) + cents / 100.0,
        velocity: note.velocity,
        syllable: (!note.phones.is_empty()).then(|| Syllable {
            phones: note.phones.clone(),
            stress: note.stress,
        }),
    });
    Line {
        notes: notes.collect(),
        breath,
    }
}
