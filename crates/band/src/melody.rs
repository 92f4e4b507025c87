//! What is sung, and what the lead plays where no one sings.
//!
//! Two stages, as in the literature on setting lyrics: rhythm from the words' stress, then pitch from rhythm, chords
//! and a contour. Lines with the same place in their section share rhythm and shape.

mod phrase;
mod pitch;
mod range;
mod rhythm;

use std::collections::BTreeMap;

use crate::brief::Brief;
use crate::form::{Form, Part, PlacedLine};
use crate::grid::Grid;
use crate::lyrics::Syllable;
use crate::rng::Rng;
use crate::score::{Chord, Note, SungNote, Tag, Tick, VocalLine, Voice};
use phrase::{Phrase, Place};
use range::Range;

/// All melodies of a song.
#[derive(Debug, Clone, Default)]
pub(crate) struct Melody {
    pub(crate) vocals: Vec<VocalLine>,
    /// The lead instrument, in sections and bars without words.
    pub(crate) lead: Vec<Note>,
    /// Short answers after sung lines.
    pub(crate) answers: Vec<Note>,
}

/// What later lines of the same place remember of the first.
#[derive(Debug, Clone, Default)]
struct Memory {
    /// Ticks from the start of the line.
    starts: Vec<Tick>,
    pitches: Vec<i32>,
}

struct Composer<'a> {
    brief: &'a Brief,
    chords: &'a [Chord],
    grid: Grid,
    seed: u64,
    memory: BTreeMap<(Tag, usize), Memory>,
}

/// Writes every melody.
pub(crate) fn melody(form: &Form, chords: &[Chord], brief: &Brief, grid: Grid, seed: u64) -> Melody {
    let mut composer = Composer {
        brief,
        chords,
        grid,
        seed,
        memory: BTreeMap::new(),
    };
    let mut melody = Melody::default();
    for (index, part) in form.parts.iter().enumerate() {
        let singers = composer.singers_of(part);
        if part.crammed {
            melody.vocals.extend(composer.crammed(part, index, &singers));
        }
        for (at, line) in part.lines.iter().enumerate().filter(|_| !part.crammed) {
            let sung = composer.line(part, index, at, line, &singers);
            melody.vocals.push(sung);
            if line.answer > 0 {
                melody.answers.extend(composer.answer(part, at, line));
            }
        }
        let is_last = index + 1 == form.parts.len();
        melody.lead.extend(composer.alone(part, is_last));
    }
    melody
}

impl Composer<'_> {
    /// In a duet the verses take turns and the choruses are sung together.
    fn singers_of(&self, part: &Part) -> Vec<usize> {
        let count = self.brief.singers.len();
        match part.section.tag {
            _ if count < 2 => vec![0],
            Tag::Chorus | Tag::Hook | Tag::Drop | Tag::PostChorus | Tag::Outro => (0..count).collect(),
            Tag::Bridge => vec![1],
            _ => vec![part.occurrence % count],
        }
    }

    fn range_of(&self, singers: &[usize]) -> Range {
        let singer = singers.first().and_then(|index| self.brief.singers.get(*index));
        Range::of_voice(singer.map_or(Voice::Female, |singer| singer.voice))
    }

    /// One sung line.
    fn line(&mut self, part: &Part, section: usize, at: usize, placed: &PlacedLine, singers: &[usize]) -> VocalLine {
        let bar = self.grid.meter.bar_ticks();
        let start = part.section.start + placed.bar * bar;
        let room = placed.bars * bar;
        let stresses = stresses(&placed.line.syllables);
        let place = Place {
            tag: part.section.tag,
            line: at,
            lines: part.lines.len(),
            energy: part.section.energy,
        };
        let mut rng = Rng::stream(self.seed, &["melody", place.tag.name(), &(at % 8).to_string()]);
        let earlier = self.memory.get(&(place.tag, at)).cloned();
        let motif = if at.is_multiple_of(2) {
            at.saturating_sub(2)
        } else {
            at - 1
        };
        let rhythm_model = earlier
            .clone()
            .or_else(|| self.memory.get(&(place.tag, motif)).cloned())
            .unwrap_or_default();
        let starts = rhythm::set(&stresses, room, self.grid, &rhythm_model.starts, &mut rng);
        let lengths = rhythm::lengths(&starts, room, self.grid, self.brief.tempo);
        let phrase = Phrase {
            start,
            starts: &starts,
            lengths: &lengths,
            place,
        };
        let range = self.range_of(singers);
        let pitches = pitch::set(
            &phrase,
            self.chords,
            self.brief.key,
            range,
            &earlier.unwrap_or_default().pitches,
            self.grid,
            &mut rng,
        );
        self.memory.entry((place.tag, at)).or_insert(Memory {
            starts: starts.clone(),
            pitches: pitches.clone(),
        });
        let notes = self.sung(&placed.line.syllables, &phrase, &pitches);
        VocalLine {
            text: placed.line.text.clone(),
            section,
            singers: singers.to_vec(),
            notes,
        }
    }

    fn sung(&self, syllables: &[Syllable], phrase: &Phrase<'_>, pitches: &[i32]) -> Vec<SungNote> {
        let mut notes = Vec::new();
        let mut at = 0;
        for syllable in syllables {
            for held in 0..=syllable.held {
                let (start, end) = phrase.played(at, self.grid);
                let loud = 0.62 + 0.05 * phrase.place.energy + 0.1 * syllable.stress;
                notes.push(SungNote {
                    syllable: if held == 0 {
                        syllable.letters.clone()
                    } else {
                        String::new()
                    },
                    word: syllable.word,
                    part: syllable.part,
                    stress: syllable.stress,
                    start,
                    length: end - start,
                    pitch: pitches.get(at).copied().unwrap_or(64).clamp(0, 127) as u8,
                    velocity: loud.clamp(0.0, 1.0),
                });
                at += 1;
            }
        }
        notes
    }

    /// All lines of a section that is too full for a grid: evenly spread, a breath the length of a syllable between.
    fn crammed(&self, part: &Part, section: usize, singers: &[usize]) -> Vec<VocalLine> {
        let units = part
            .lines
            .iter()
            .map(|placed| placed.line.notes() + 1)
            .sum::<usize>()
            .max(1) as u64;
        let total = u64::from(part.section.bars * self.grid.meter.bar_ticks());
        let tick = |unit: usize| part.section.start + (unit as u64 * total / units) as Tick;
        let range = self.range_of(singers);
        let mut unit = 0;
        let mut lines = Vec::new();
        for (at, placed) in part.lines.iter().enumerate() {
            let stresses = stresses(&placed.line.syllables);
            let start = tick(unit);
            let starts = (0..stresses.len())
                .map(|note| tick(unit + note) - start)
                .collect::<Vec<_>>();
            let lengths = (0..stresses.len())
                .map(|note| (tick(unit + note + 1) - tick(unit + note)).max(1))
                .collect::<Vec<_>>();
            let place = Place {
                tag: part.section.tag,
                line: at,
                lines: part.lines.len(),
                energy: part.section.energy,
            };
            let phrase = Phrase {
                start,
                starts: &starts,
                lengths: &lengths,
                place,
            };
            let mut rng = Rng::stream(self.seed, &["crammed", place.tag.name(), &(at % 8).to_string()]);
            let straight = self.grid;
            let pitches = pitch::set(&phrase, self.chords, self.brief.key, range, &[], straight, &mut rng);
            let mut notes = self.sung(&placed.line.syllables, &phrase, &pitches);
            for (note, (start, length)) in notes.iter_mut().zip(starts.iter().zip(&lengths)) {
                (note.start, note.length) = (phrase.start + start, *length);
            }
            lines.push(VocalLine {
                text: placed.line.text.clone(),
                section,
                singers: singers.to_vec(),
                notes,
            });
            unit += stresses.len() + 1;
        }
        lines
    }

    /// An instrument's answer in the bars after a line: few notes, higher than the voice, softer.
    fn answer(&self, part: &Part, at: usize, placed: &PlacedLine) -> Vec<Note> {
        let bar = self.grid.meter.bar_ticks();
        let start = part.section.start + (placed.bar + placed.bars) * bar;
        let place = Place {
            tag: part.section.tag,
            line: at,
            lines: part.lines.len(),
            energy: part.section.energy - 1.0,
        };
        self.tune(start, placed.answer * bar, place, "answer", 3)
    }

    /// The lead where no one sings: whole sections, and the bars before the first line.
    fn alone(&self, part: &Part, is_last: bool) -> Vec<Note> {
        let section = &part.section;
        let bar = self.grid.meter.bar_ticks();
        let silent = matches!(section.tag, Tag::Break | Tag::Transition | Tag::BuildUp);
        let (from, bars) = if part.lines.is_empty() {
            (0, section.bars)
        } else {
            (0, part.lead_in)
        };
        if silent || part.crammed || bars < 2 {
            return Vec::new();
        }
        let bars = if is_last { bars.saturating_sub(2) } else { bars };
        let sparse = matches!(section.tag, Tag::Intro | Tag::Outro | Tag::Interlude) || !part.lines.is_empty();
        let mut notes = Vec::new();
        for phrase in 0..bars.div_ceil(2) {
            let length = (bars - phrase * 2).min(2);
            let start = section.start + (from + phrase * 2) * bar;
            let place = Place {
                tag: section.tag,
                line: phrase as usize % 4,
                lines: 4,
                energy: section.energy,
            };
            let density = if sparse {
                4
            } else if section.tag == Tag::Solo {
                9
            } else {
                7
            };
            notes.extend(self.tune(start, length * bar, place, "lead", density));
        }
        notes
    }

    /// A phrase without words. Phrases of the same place in their section are the same tune over their own chords.
    fn tune(&self, start: Tick, room: Tick, place: Place, part: &str, density: usize) -> Vec<Note> {
        // The second phrase answers with the rhythm of the first, the fourth with that of the third.
        let motif = place.line / 2;
        let mut rng = Rng::stream(self.seed, &[part, place.tag.name(), &motif.to_string()]);
        let bars = (room / self.grid.meter.bar_ticks()).max(1) as usize;
        let count = (density + rng.below(3)) * bars / 2;
        let stresses = (0..count.max(2))
            .map(|_| if rng.chance(0.55) { 0.8 } else { 0.2 })
            .collect::<Vec<_>>();
        let starts = rhythm::set(&stresses, room, self.grid, &[], &mut rng);
        let lengths = rhythm::lengths(&starts, room, self.grid, self.brief.tempo);
        let phrase = Phrase {
            start,
            starts: &starts,
            lengths: &lengths,
            place,
        };
        let mut rng = Rng::stream(self.seed, &[part, "pitch", place.tag.name(), &place.line.to_string()]);
        let pitches = pitch::set(
            &phrase,
            self.chords,
            self.brief.key,
            Range::of_lead(),
            &[],
            self.grid,
            &mut rng,
        );
        let note = |(at, pitch): (usize, &i32)| {
            let (start, end) = phrase.played(at, self.grid);
            let velocity = 0.5 + 0.06 * place.energy + 0.12 * stresses[at] + 0.02 * rng.normal();
            Note {
                start,
                length: end - start,
                pitch: (*pitch).clamp(0, 127) as u8,
                velocity: velocity.clamp(0.1, 1.0),
                nudge_ms: 0.0,
                glide_from: None,
            }
        };
        pitches.iter().enumerate().map(note).collect()
    }
}

/// One number a note: a syllable's stress, and little for the notes it is held over.
fn stresses(syllables: &[Syllable]) -> Vec<f32> {
    let of = |syllable: &Syllable| {
        std::iter::once(syllable.stress)
            .chain(std::iter::repeat_n(0.3, usize::from(syllable.held)))
            .collect::<Vec<_>>()
    };
    syllables.iter().flat_map(of).collect()
}
