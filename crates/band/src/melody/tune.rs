//! Melodies without words: what the lead plays where no one sings, its answers between the lines, and its solo.

use super::contour::Contour;
use super::memory::Memory;
use super::phrase::{Phrase, Place};
use super::pitch::{self, Guide};
use super::range::Range;
use super::rhythm::{self, Setting};
use super::{Composer, ornament, plan};
use crate::form::{Part, PlacedLine, is_lift};
use crate::genre::{Intro, LineKind};
use crate::rng::Rng;
use crate::score::{Note, Tag, Tick};

/// Bars of a phrase.
const PHRASE: u32 = 2;

/// One phrase of an instrument.
struct Wish<'a> {
    start: Tick,
    room: Tick,
    place: Place,
    part: &'a str,
    /// Notes in two bars.
    density: usize,
    range: Range,
    contour: Contour,
    /// An earlier phrase, and how much of its rhythm is kept: 1 all of it.
    model: Option<(Memory, f32)>,
    /// Which draw of this place it is: repeats of a section may differ.
    take: usize,
}

impl Composer<'_> {
    /// An instrument's answer in the bars after a line: few notes, higher than the voice, softer.
    pub(super) fn answer(&self, part: &Part, at: usize, placed: &PlacedLine) -> Vec<Note> {
        let bar = self.grid.meter.bar_ticks();
        let place = Place {
            tag: part.section.tag,
            line: at,
            lines: part.lines.len(),
            energy: part.section.energy - 1.0,
        };
        let range = Range::of_lead();
        let (notes, _) = self.tune(Wish {
            start: part.section.start + (placed.bar + placed.bars) * bar,
            room: placed.answer * bar,
            place,
            part: "answer",
            density: 4,
            range,
            contour: Contour::of(place, range, self.seed),
            model: None,
            take: part.occurrence % 2,
        });
        notes
    }

    /// The lead where no one sings: whole sections, and the bars before the first line.
    pub(super) fn alone(&mut self, part: &Part, is_last: bool, intro: Intro) -> Vec<Note> {
        let section = &part.section;
        let silent = matches!(section.tag, Tag::Break | Tag::Transition | Tag::BuildUp);
        let bars = if part.lines.is_empty() {
            section.bars
        } else {
            part.lead_in
        };
        if silent || part.crammed || bars < 2 {
            return Vec::new();
        }
        let bars = if is_last { bars.saturating_sub(2) } else { bars };
        if section.tag == Tag::Solo {
            return self.solo(part, bars);
        }
        let begins = section.start == 0 && (section.tag == Tag::Intro || !part.lines.is_empty());
        let first = if begins { self.first_phrase(bars, intro) } else { 0 };
        let quotes = matches!(section.tag, Tag::Intro | Tag::Outro | Tag::Interlude) || !part.lines.is_empty();
        let mut notes = Vec::new();
        let mut phrases: Vec<Memory> = Vec::new();
        for phrase in 0..bars.div_ceil(PHRASE) {
            let place = Place {
                tag: section.tag,
                line: phrase as usize,
                lines: bars.div_ceil(PHRASE) as usize,
                energy: part.energy_at(phrase * PHRASE),
            };
            let range = Range::of_lead();
            let contour = Contour::of(place, range, self.seed);
            let wish = Wish {
                start: section.start + phrase * PHRASE * self.grid.meter.bar_ticks(),
                room: (bars - phrase * PHRASE).min(PHRASE) * self.grid.meter.bar_ticks(),
                place,
                part: "lead",
                density: if quotes {
                    4
                } else {
                    6 + usize::from(is_lift(section.tag))
                },
                range,
                contour,
                model: self.taken_after(place, &phrases, quotes, part.occurrence),
                // A verse that returns ends its phrases anew; a chorus is what it was.
                take: if is_lift(section.tag) || phrase % 2 == 0 {
                    0
                } else {
                    part.occurrence
                },
            };
            let (played, memory) = self.tune(wish);
            phrases.push(memory);
            if phrase >= first {
                notes.extend(played);
            }
        }
        notes
    }

    /// What a phrase takes after: an earlier one of its section, or the hook where a section only recalls it.
    fn taken_after(&self, place: Place, phrases: &[Memory], quotes: bool, occurrence: usize) -> Option<(Memory, f32)> {
        let range = Range::of_lead();
        if quotes && place.line.is_multiple_of(2) && !self.hook.starts.is_empty() {
            return Some((self.hook.clone().around(range.centre(4)), 0.8));
        }
        let model = plan::model(place.tag, place.line, place.lines, self.seed)?;
        let heard = phrases.get(model.line)?.clone().moved(model.moved, self.brief.key);
        // The end of a phrase that returns in a later verse is its own.
        let free_end = occurrence % 2 == 1 && !is_lift(place.tag);
        let bar = self.grid.meter.bar_ticks() as i32;
        Some((if free_end { heard.open_from(bar) } else { heard }, 1.2))
    }

    /// Phrases of the beginning in which the lead waits.
    fn first_phrase(&self, bars: u32, intro: Intro) -> u32 {
        let has_riff = self
            .brief
            .style
            .rhythm
            .lines
            .iter()
            .any(|line| line.kind == LineKind::Riff);
        match intro {
            Intro::Full => 0,
            Intro::CountIn => 1,
            Intro::Riff if has_riff => bars,
            Intro::DrumsIn | Intro::PadSwell | Intro::Riff => bars.div_ceil(2 * PHRASE),
        }
    }

    /// A phrase of the first chorus that has no words, to be recalled elsewhere.
    pub(super) fn wordless_hook(&self, part: &Part) -> Memory {
        let place = Place {
            tag: part.section.tag,
            line: 0,
            lines: part.section.bars.div_ceil(PHRASE) as usize,
            energy: part.section.energy,
        };
        let range = Range::of_lead();
        let (_, memory) = self.tune(Wish {
            start: part.section.start,
            room: part.section.bars.min(PHRASE) * self.grid.meter.bar_ticks(),
            place,
            part: "lead",
            density: 7,
            range,
            contour: Contour::of(place, range, self.seed),
            model: None,
            take: 0,
        });
        memory
    }

    /// A solo: calls and answers, a sequence, runs, the highest notes in its last third, and home.
    fn solo(&self, part: &Part, bars: u32) -> Vec<Note> {
        let bar = self.grid.meter.bar_ticks();
        let phrases = bars.div_ceil(PHRASE);
        let range = Range::of_solo();
        let (mut notes, mut heard) = (Vec::new(), Vec::<Memory>::new());
        for phrase in 0..phrases {
            let through = (f64::from(phrase) + 0.5) as f32 / phrases.max(1) as f32;
            let last = phrase + 1 == phrases;
            // Up to the climax at three quarters of the way, then down.
            let height = if through < 0.75 {
                through / 0.75
            } else {
                (1.0 - through) / 0.25
            };
            let middle = range.low as f32 + 7.0 + 15.0 * height;
            let (bend, density) = match phrase % 4 {
                0 => (3.0, 11),
                1 => (-3.0, 11),
                2 => (4.0, 12),
                _ => (6.0, 16),
            };
            let place = Place {
                tag: Tag::Solo,
                line: if last { 3 } else { (phrase % 4) as usize },
                lines: 4,
                energy: part.energy_at(phrase * PHRASE),
            };
            let earlier = |back: usize, steps: i32| {
                let at = heard.len().checked_sub(back)?;
                Some((heard.get(at)?.clone().moved(steps, self.brief.key), 1.0))
            };
            let model = match phrase % 4 {
                1 => earlier(1, 0).map(|(call, faith)| (call.open_from(bar as i32), faith)),
                2 => earlier(2, 2),
                _ => None,
            };
            let (played, memory) = self.tune(Wish {
                start: part.section.start + phrase * PHRASE * bar,
                room: (bars - phrase * PHRASE).min(PHRASE) * bar,
                place,
                part: "solo",
                density: if last { 7 } else { density + (3.0 * height) as usize },
                range,
                contour: Contour {
                    from: middle - bend / 2.0,
                    to: middle + bend / 2.0,
                    arch: if last { 0.0 } else { 2.0 },
                },
                model,
                take: part.occurrence * 16 + phrase as usize,
            });
            notes.extend(played);
            heard.push(memory);
        }
        notes
    }

    fn tune(&self, wish: Wish<'_>) -> (Vec<Note>, Memory) {
        let Wish { start, room, place, .. } = wish;
        let take = wish.take.to_string();
        // The second phrase answers with the rhythm of the first, the fourth with that of the third.
        let motif = (place.line / 2 % 4).to_string();
        let mut rng = Rng::stream(self.seed, &[wish.part, place.tag.name(), &motif, &take]);
        let bars = (room / self.grid.meter.bar_ticks()).max(1) as usize;
        let count = ((wish.density + rng.below(4)) * bars / 2).max(2);
        let stresses = (0..count)
            .map(|_| if rng.chance(0.5) { 0.8 } else { 0.2 })
            .collect::<Vec<_>>();
        let entry = self.grid.beat() / 2 * [0, 0, 1, 2, 3][rng.below(5)];
        let kept = wish.model.as_ref().filter(|(_, faith)| *faith >= 1.0);
        let copied = kept
            .map(|(model, _)| copied(model, room))
            .filter(|starts| starts.len() >= 2);
        let starts = match copied {
            Some(starts) => starts,
            None => {
                let setting = Setting {
                    room,
                    pickup: 0,
                    entry,
                    model: wish.model.as_ref().map(|(model, faith)| (model, *faith)),
                    pace: (0, room),
                };
                let mut starts = rhythm::set(&stresses, setting, self.grid, &mut rng);
                let syncopation = self.brief.style.rhythm.melody.syncopation;
                rhythm::syncopate(&mut starts, &stresses, 0, self.grid, syncopation, &mut rng);
                starts
            }
        };
        let lengths = rhythm::lengths(&starts, room, self.grid, self.brief.tempo);
        let phrase = Phrase {
            start,
            pickup: 0,
            starts: &starts,
            lengths: &lengths,
            place,
        };
        let line = place.line.to_string();
        let mut rng = Rng::stream(self.seed, &[wish.part, "pitch", place.tag.name(), &line, &take]);
        let guide = Guide {
            range: wish.range,
            contour: wish.contour,
            model: wish.model.as_ref().map(|(model, _)| model),
        };
        let pitches = pitch::set(&phrase, self.ground(), guide, &mut rng);
        let memory = Memory::of(&starts, 0, &pitches);
        let note = |(at, pitch): (usize, &i32)| {
            let (start, end) = phrase.played(at, self.grid);
            let stress = self.grid.weight(phrase.start + starts[at]);
            let velocity = 0.5 + 0.06 * place.energy + 0.12 * stress + 0.02 * rng.normal();
            Note {
                start,
                length: end - start,
                pitch: (*pitch).clamp(0, 127) as u8,
                velocity: velocity.clamp(0.1, 1.0),
                nudge_ms: 0.0,
                glide_from: None,
            }
        };
        let notes = pitches.iter().enumerate().map(note).collect();
        let readily = self.brief.style.rhythm.melody.ornaments;
        let mut rng = Rng::stream(self.seed, &[wish.part, "ornaments", place.tag.name(), &line, &take]);
        let decorated = ornament::decorated(notes, self.brief.key, self.brief.tempo, readily, &mut rng);
        (decorated, memory)
    }
}

/// The rhythm of an earlier phrase, as far as there is room.
fn copied(model: &Memory, room: Tick) -> Vec<Tick> {
    let starts = model.starts.iter().filter_map(|start| Tick::try_from(*start).ok());
    starts.filter(|start| start + 480 < room).collect()
}
