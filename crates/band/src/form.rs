//! How long everything is: sections in bars, lines in their places, energy from section to section.

mod growth;
mod length;
mod outline;

use crate::brief::Brief;
use crate::genre::{Ending, Intro};
use crate::lyrics::{Line, Stanza};
use crate::rng::Rng;
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
    /// The song rises to this section for the last time.
    pub(crate) is_last_lift: bool,
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
    /// Bars after it in which an instrument answers, or the singer gets a rest in a very long section.
    pub(crate) answer: u32,
}

/// The finished form.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub(crate) parts: Vec<Part>,
    /// How the song begins.
    pub(crate) intro: Intro,
    /// How it ends.
    pub(crate) ending: Ending,
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
    /// Sections of very many lines rest now and then.
    rests: bool,
}

/// A section of more lines than this rests after every [`LINES_IN_A_BREATH`] of them.
const MANY_LINES: usize = 12;

/// Lines sung between two rests of a long section.
const LINES_IN_A_BREATH: usize = 8;

/// A chord that is cut off leaves at most this much of a bar silent, in seconds.
const LONGEST_COLD_BAR: f64 = 2.2;

/// Lays out the song. `duration` is a wish in seconds.
pub(crate) fn form(stanzas: Vec<Stanza>, brief: &Brief, tagged: bool, duration: Option<u32>, seed: u64) -> Form {
    let bar = bar_seconds(brief);
    let mut rng = Rng::stream(seed, &["form"]);
    let (intro, ending) = frame(brief, bar, &mut rng);
    let stanzas = if stanzas.is_empty() {
        outline::instrumental(brief, duration, bar, &mut rng)
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
    let last = drafts.len().saturating_sub(1);
    for (index, draft) in drafts.into_iter().enumerate() {
        let occurrence = parts.iter().filter(|part| part.section.tag == draft.tag).count();
        let is_last_lift = Some(index) == last_lift && occurrence > 0;
        let mut energy = energy(draft.tag, occurrence, is_last_lift, brief.mood.energy);
        if index == last && draft.tag == Tag::Outro {
            energy = (energy + growth::of_outro(ending)).clamp(0.3, 5.0);
        }
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
            is_last_lift,
            lead_in: draft.lead_in,
            crammed: draft.crammed.is_some(),
        });
    }
    Form {
        parts,
        intro,
        ending,
        warnings,
    }
}

/// How this song begins and ends, of the ways its genre has.
fn frame(brief: &Brief, bar: f64, rng: &mut Rng) -> (Intro, Ending) {
    let habits = &brief.style.rhythm.form;
    let drums = brief.style.rhythm.drums_from <= 5.0 && !brief.wishes.no_drums;
    let intro = rng.pick(&habits.intros).copied().unwrap_or(Intro::Full);
    let intro = match intro {
        Intro::DrumsIn | Intro::CountIn if !drums => Intro::Riff,
        intro => intro,
    };
    let ending = rng.pick(&habits.endings).copied().unwrap_or(Ending::RingOut);
    let ending = match ending {
        Ending::ColdStop if bar > LONGEST_COLD_BAR => Ending::RingOut,
        ending => ending,
    };
    (intro, ending)
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

/// Energy from 0 to 5; the mood moves it by half a step, each chorus stands above the one before.
fn energy(tag: Tag, occurrence: usize, is_last_lift: bool, mood: f32) -> f32 {
    let base = match tag {
        Tag::Intro => 1.0,
        Tag::Verse => 2.0 + 0.4 * occurrence.min(1) as f32,
        Tag::PreChorus => 3.0,
        Tag::Chorus | Tag::Hook => 4.0 + 0.2 * occurrence.min(1) as f32,
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
    let last = if is_last_lift { 0.6 } else { 0.0 };
    (base + last + 0.5 * mood).clamp(0.3, 5.0)
}

/// Shortest time a sung note may have, in seconds, before a line is given more bars.
const SHORTEST_NOTE: f64 = 0.17;

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
    let place = |(index, line): (usize, &Line)| {
        let bars = if draft.crammed.is_some() {
            0
        } else {
            line_bars(line, spacing, meter, bar)
        };
        let answer = answer_bars(draft, index, bars, spacing);
        let placed = PlacedLine {
            line: line.clone(),
            bar: at,
            bars,
            answer,
        };
        at += bars + answer;
        placed
    };
    draft.lines.iter().enumerate().map(place).collect()
}

/// Bars without words after a line that itself takes `bars`.
fn answer_bars(draft: &Draft, line: usize, bars: u32, spacing: Spacing) -> u32 {
    let rests = spacing.rests
        && draft.lines.len() > MANY_LINES
        && (line + 1).is_multiple_of(LINES_IN_A_BREATH)
        && line + 1 < draft.lines.len();
    match () {
        () if draft.crammed.is_some() => 0,
        () if spacing.answers => bars,
        () if rests => bars.min(2),
        () => 0,
    }
}

fn draft_bars(draft: &Draft, spacing: Spacing, meter: Meter, bar: f64) -> u32 {
    if let Some(bars) = draft.crammed {
        return bars.max(1);
    }
    let words = draft.lines.iter().enumerate().map(|(index, line)| {
        let bars = line_bars(line, spacing, meter, bar);
        bars + answer_bars(draft, index, bars, spacing)
    });
    let words = words.sum::<u32>();
    let rounded = match words {
        0..=2 => words,
        3..=8 => words.next_multiple_of(2),
        _ => words.next_multiple_of(4),
    };
    (draft.lead_in + rounded + draft.free).max(1)
}
