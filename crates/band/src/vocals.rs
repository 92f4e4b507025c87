//! Who sings beside the lead: the arrangement of voices.
//!
//! The lead's lines are written by `melody`; everybody here sings with it, under it or between its lines, and never over
//! it: words stay clear.

mod answer;
mod choir;
mod double;
mod harmony;
mod pad;
mod partner;

use crate::brief::Brief;
use crate::form::{Form, is_lift};
use crate::grid::Grid;
use crate::melody::Range;
use crate::rng::Rng;
use crate::score::{BackingRole, BackingVoice, Chord, Decision, Delivery, Singer, Tag, Tick, VocalLine, Voice};

/// What an arranger looks at.
#[derive(Clone, Copy)]
pub(crate) struct Stage<'a> {
    pub(crate) form: &'a Form,
    pub(crate) chords: &'a [Chord],
    pub(crate) brief: &'a Brief,
    pub(crate) grid: Grid,
    /// What the lead sings.
    pub(crate) lines: &'a [VocalLine],
    /// What stands in brackets.
    pub(crate) asides: &'a [VocalLine],
    pub(crate) seed: u64,
}

/// The voices beside the lead, and why they are there.
#[derive(Debug, Default)]
pub(crate) struct Arrangement {
    pub(crate) voices: Vec<BackingVoice>,
    pub(crate) decisions: Vec<Decision>,
}

/// Writes every voice but the lead; none where nobody sings.
pub(crate) fn arrange(stage: Stage<'_>) -> Arrangement {
    let mut arrangement = Arrangement::default();
    let Some(lead) = stage.brief.singers.first() else {
        return arrangement;
    };
    if stage.lines.is_empty() {
        return arrangement;
    }
    answer::join(stage, *lead, &mut arrangement);
    partner::join(stage, &mut arrangement);
    double::join(stage, *lead, &mut arrangement);
    harmony::join(stage, *lead, &mut arrangement);
    choir::join(stage, *lead, &mut arrangement);
    pad::join(stage, *lead, &mut arrangement);
    arrangement.voices.retain(|voice| !voice.lines.is_empty());
    arrangement
}

impl Arrangement {
    fn note(&mut self, value: impl Into<String>, because: impl Into<String>) {
        self.decisions.push(Decision {
            what: "voices".to_owned(),
            value: value.into(),
            because: because.into(),
        });
    }
}

impl<'a> Stage<'a> {
    /// The lead's lines in sections the song rises to.
    fn lifted(self) -> impl Iterator<Item = &'a VocalLine> {
        self.lines.iter().filter(move |line| {
            let tag = self.form.parts.get(line.section).map(|part| part.section.tag);
            tag.is_some_and(|tag| is_lift(tag) || tag == Tag::PostChorus)
        })
    }

    /// Whether a line is sung where the song rises for the last time.
    fn is_in_last_lift(self, line: &VocalLine) -> bool {
        self.form.parts.get(line.section).is_some_and(|part| part.is_last_lift)
    }

    /// The stream of one arranger.
    fn rng(self, name: &str) -> Rng {
        Rng::stream(self.seed, &["voices", name])
    }

    /// The genre's or style's name, for reasons.
    fn label(self) -> &'a str {
        &self.brief.style.label
    }
}

/// A voice that has nothing to sing yet.
fn voice(name: &str, role: BackingRole, voice: Voice, colour: u8) -> BackingVoice {
    BackingVoice {
        name: name.to_owned(),
        role,
        voice,
        delivery: Delivery::Plain,
        colour,
        pan: 0.0,
        cents: 0.0,
        late_ms: 0.0,
        lines: Vec::new(),
    }
}

/// Which of the people with this singer's kind of voice a backing voice is: the first `taken` lead.
fn colour_beside(singers: &[Singer], kind: Voice) -> u8 {
    singers.iter().filter(|singer| singer.voice == kind).count() as u8
}

/// `line` with other pitches.
fn with_pitches(line: &VocalLine, pitches: impl IntoIterator<Item = i32>) -> VocalLine {
    let mut line = line.clone();
    for (note, pitch) in line.notes.iter_mut().zip(pitches) {
        note.pitch = pitch.clamp(0, 127) as u8;
    }
    line
}

/// `line` so many octaves higher or lower that `kind` sings it at ease.
fn in_octave_of(line: &VocalLine, kind: Voice) -> VocalLine {
    let range = Range::of_voice(kind);
    let (low, high) = extremes(line);
    let middle = |shift: i32| ((low + high) / 2 + shift - (range.low + range.high) / 2).abs();
    let shift = [0, -12, 12, -24, 24].into_iter().min_by_key(|shift| middle(*shift));
    let shift = shift.unwrap_or(0);
    with_pitches(line, line.notes.iter().map(|note| i32::from(note.pitch) + shift))
}

/// Lowest and highest pitch of a line.
fn extremes(line: &VocalLine) -> (i32, i32) {
    let pitches = line.notes.iter().map(|note| i32::from(note.pitch));
    pitches.fold((127, 0), |(low, high), pitch| (low.min(pitch), high.max(pitch)))
}

/// Ticks of an eighth note, the shortest breath.
const BREATH: Tick = crate::score::TICKS_PER_QUARTER / 2;
