//! How long everything is: sections in bars, lines in their places, energy from section to section.

mod length;
mod outline;

use crate::brief::Brief;
use crate::lyrics::{Line, Stanza};
use crate::score::{Meter, Section, Tag};

/// The longest song, in seconds. The sound of the last note still rings after it, within the six minutes sold.
const LONGEST: f64 = 352.0;

/// How long the last note usually rings after the last bar, in seconds.
const RINGING: f64 = 1.2;

/// One section with the lines that are sung in it.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) section: Section,
    pub(crate) lines: Vec<PlacedLine>,
    /// How many sections of the same tag came before.
    pub(crate) occurrence: usize,
    /// Bars before the first line in which the band plays alone.
    pub(crate) lead_in: u32,
    /// Lines follow each other without a grid of their own, because there are too many for it.
    pub(crate) crammed: bool,
}

/// A line and the bars it has.
#[derive(Debug, Clone)]
pub(crate) struct PlacedLine {
    pub(crate) line: Line,
    /// First bar, counted from the start of the section.
    pub(crate) bar: u32,
    pub(crate) bars: u32,
    /// Bars after it in which an instrument answers.
    pub(crate) answer: u32,
}

/// The finished form.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) parts: Vec<Part>,
    pub(crate) warnings: Vec<String>,
}

/// What may still change while a length is sought.
#[derive(Debug, Clone)]
struct Draft {
    tag: Tag,
    label: String,
    lines: Vec<Line>,
    lead_in: u32,
    /// Bars without words: a whole instrumental section, or the end of a sung one.
    free: u32,
    crammed: Option<u32>,
}

/// Choices that hold for the whole song.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    /// Bars a line of usual length gets.
    line_bars: u32,
    /// Each line is followed by as many bars of answer.
    answers: bool,
}

/// Lays out the song. `duration` is a wish in seconds.
pub(crate) fn form(stanzas: Vec<Stanza>, brief: &Brief, tagged: bool, duration: Option<u32>) -> Form {
    let bar = bar_seconds(brief);
    let stanzas = if stanzas.is_empty() {
        outline::instrumental(brief, duration, bar)
    } else {
        stanzas
    };
    let sung = stanzas.iter().any(|stanza| !stanza.lines.is_empty());
    let drafts = outline::drafts(stanzas, bar, sung && !tagged);
    let length::Fitted {
        drafts,
        spacing,
        warnings,
    } = length::fit(drafts, bar, brief.meter, duration);
    let mut parts = Vec::<Part>::new();
    let mut start = 0;
    let last_lift = drafts.iter().rposition(|draft| is_lift(draft.tag));
    for (index, draft) in drafts.into_iter().enumerate() {
        let occurrence = parts.iter().filter(|part| part.section.tag == draft.tag).count();
        let energy = energy(draft.tag, occurrence, Some(index) == last_lift, brief.mood.energy);
        let lines = placed(&draft, spacing, brief.meter, bar);
        let bars = draft_bars(&draft, spacing, brief.meter, bar);
        let section = Section {
            tag: draft.tag,
            label: draft.label,
            start,
            bars,
            energy,
        };
        start += bars * brief.meter.bar_ticks();
        parts.push(Part {
            section,
            lines,
            occurrence,
            lead_in: draft.lead_in,
            crammed: draft.crammed.is_some(),
        });
    }
    Form { parts, warnings }
}

/// Seconds the band may play when the whole recording is wished to last `duration`.
fn played(duration: u32) -> f64 {
    (f64::from(duration) - RINGING).clamp(1.0, LONGEST)
}

/// Sections the song rises to.
pub(crate) fn is_lift(tag: Tag) -> bool {
    matches!(tag, Tag::Chorus | Tag::Hook | Tag::Drop)
}

fn bar_seconds(brief: &Brief) -> f64 {
    f64::from(brief.meter.bar_ticks()) / f64::from(crate::score::TICKS_PER_QUARTER) * 60.0 / brief.tempo
}

/// Energy from 0 to 5; the mood moves it by half a step, the last chorus stands above the others.
fn energy(tag: Tag, occurrence: usize, is_last_lift: bool, mood: f32) -> f32 {
    let base = match tag {
        Tag::Intro => 1.0,
        Tag::Verse => 2.0 + 0.4 * occurrence.min(1) as f32,
        Tag::PreChorus => 3.0,
        Tag::Chorus | Tag::Hook => 4.0,
        Tag::Drop => 4.6,
        Tag::PostChorus => 3.9,
        Tag::Bridge => 2.7,
        Tag::Interlude => 2.0,
        Tag::Transition => 2.0,
        Tag::Break => 0.6,
        Tag::BuildUp => 3.2,
        Tag::Inst => 3.0,
        Tag::Solo => 3.8,
        Tag::Outro => 1.5,
    };
    let last = if is_last_lift && occurrence > 0 { 0.8 } else { 0.0 };
    (base + last + 0.5 * mood).clamp(0.3, 5.0)
}

/// Shortest time a sung note may have, in seconds, before a line is given more bars.
const SHORTEST_NOTE: f64 = 0.15;

/// Bars a line needs: the song's usual number, doubled until its syllables fit with a breath.
fn line_bars(line: &Line, spacing: Spacing, meter: Meter, bar: f64) -> u32 {
    let sixteenths = f64::from(meter.beats) * 16.0 / f64::from(meter.unit);
    let room = |bars: u32| (f64::from(bars) * sixteenths * 0.8).min(f64::from(bars) * bar * 0.85 / SHORTEST_NOTE);
    let mut bars = spacing.line_bars;
    while room(bars) < line.notes() as f64 && bars < 1024 {
        bars *= 2;
    }
    bars
}

fn placed(draft: &Draft, spacing: Spacing, meter: Meter, bar: f64) -> Vec<PlacedLine> {
    let mut at = draft.lead_in;
    let place = |line: &Line| {
        let bars = if draft.crammed.is_some() {
            0
        } else {
            line_bars(line, spacing, meter, bar)
        };
        let answer = if spacing.answers { bars } else { 0 };
        let placed = PlacedLine {
            line: line.clone(),
            bar: at,
            bars,
            answer,
        };
        at += bars + answer;
        placed
    };
    draft.lines.iter().map(place).collect()
}

fn draft_bars(draft: &Draft, spacing: Spacing, meter: Meter, bar: f64) -> u32 {
    if let Some(bars) = draft.crammed {
        return bars.max(1);
    }
    let words = draft.lines.iter().map(|line| {
        let bars = line_bars(line, spacing, meter, bar);
        if spacing.answers { bars * 2 } else { bars }
    });
    let words = words.sum::<u32>();
    let rounded = match words {
        0..=2 => words,
        3..=8 => words.next_multiple_of(2),
        _ => words.next_multiple_of(4),
    };
    (draft.lead_in + rounded + draft.free).max(1)
}
