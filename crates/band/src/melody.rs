//! What is sung, and what the lead plays where no one sings.
//!
//! Two stages, as in the literature on setting lyrics: rhythm from the words' stress, then pitch from rhythm, chords
//! and a contour. Lines take after each other as [`plan`] says; the chorus's first line is the hook that the song
//! begins and ends with.

mod contour;
mod memory;
mod ornament;
mod phrase;
mod pitch;
mod plan;
mod range;
mod rhythm;
mod tune;

use std::collections::BTreeMap;

use crate::brief::Brief;
use crate::form::{Form, Part, PlacedLine, is_lift};
use crate::grid::Grid;
use crate::lyrics::Syllable;
use crate::rng::Rng;
use crate::score::{Chord, Note, SungNote, TICKS_PER_QUARTER, Tag, Tick, VocalLine, Voice};
use contour::Contour;
use memory::Memory;
use phrase::{Phrase, Place};
use pitch::{Ground, Guide};
pub(crate) use range::Range;
use rhythm::Setting;

/// All melodies of a song.
#[derive(Debug, Clone, Default)]
pub(crate) struct Melody {
    pub(crate) vocals: Vec<VocalLine>,
    /// What stands in brackets, for other voices.
    pub(crate) asides: Vec<VocalLine>,
    /// The lead instrument, in sections and bars without words.
    pub(crate) lead: Vec<Note>,
    /// Short answers after sung lines.
    pub(crate) answers: Vec<Note>,
}

/// A syllable of at least this stress wants a strong beat.
const STRESSED: f32 = 0.75;

/// Weak syllables that may come before the first bar line of their line.
const LONGEST_PICKUP: usize = 3;

struct Composer<'a> {
    brief: &'a Brief,
    chords: &'a [Chord],
    grid: Grid,
    seed: u64,
    /// The lines sung so far, by the tag of their section and their place in it.
    memory: BTreeMap<(Tag, usize), Memory>,
    /// The first line of the first chorus, which other sections recall.
    hook: Memory,
}

/// Writes every melody.
pub(crate) fn melody(form: &Form, chords: &[Chord], brief: &Brief, grid: Grid, seed: u64) -> Melody {
    let mut composer = Composer {
        brief,
        chords,
        grid,
        seed,
        memory: BTreeMap::new(),
        hook: Memory::default(),
    };
    composer.hook = composer.find_hook(form);
    let mut melody = Melody::default();
    for (index, part) in form.parts.iter().enumerate() {
        let singers = composer.singers_of(part);
        if part.crammed {
            let sung = composer.crammed(part, index, &singers);
            for (line, placed) in sung.into_iter().zip(&part.lines) {
                melody.divide(line, &placed.line.syllables);
            }
        }
        for (at, line) in part.lines.iter().enumerate().filter(|_| !part.crammed) {
            let sung = composer.line(part, index, at, line, &singers);
            melody.divide(sung, &line.line.syllables);
            if line.answer > 0 {
                melody.answers.extend(composer.answer(part, at, line));
            }
        }
        let is_last = index + 1 == form.parts.len();
        melody.lead.extend(composer.alone(part, is_last, form.intro));
    }
    melody
}

impl Melody {
    /// Gives the lead its notes of a line, and each run of bracketed ones to the voices behind it. Only a line that the lead
    /// has no part in keeps its singers: it is a line of the lyrics by itself.
    fn divide(&mut self, line: VocalLine, syllables: &[Syllable]) {
        let asides = syllables
            .iter()
            .flat_map(|syllable| std::iter::repeat_n(syllable.aside, 1 + usize::from(syllable.held)));
        let notes: Vec<(bool, SungNote)> = asides.zip(line.notes).collect();
        let with = |notes: &[(bool, SungNote)], text: String, singers: &[usize]| VocalLine {
            text,
            section: line.section,
            singers: singers.to_vec(),
            notes: notes.iter().map(|(_, note)| note.clone()).collect(),
        };
        let lead: Vec<_> = notes.iter().filter(|(aside, _)| !aside).cloned().collect();
        if lead.is_empty() {
            self.asides.push(with(&notes, line.text, &line.singers));
            return;
        }
        for run in notes.chunk_by(|one, other| one.0 == other.0).filter(|run| run[0].0) {
            self.asides.push(with(run, spelled(run), &[]));
        }
        self.vocals.push(with(&lead, line.text.clone(), &line.singers));
    }
}

/// The words that notes spell.
fn spelled(notes: &[(bool, SungNote)]) -> String {
    let words = notes.chunk_by(|one, other| one.1.word == other.1.word);
    let words = words.map(|word| word.iter().map(|(_, note)| note.syllable.as_str()).collect::<String>());
    words.collect::<Vec<_>>().join(" ")
}

impl Composer<'_> {
    fn find_hook(&mut self, form: &Form) -> Memory {
        let lifts = |part: &&Part| is_lift(part.section.tag) && !part.crammed;
        let Some(part) = form.parts.iter().find(lifts) else {
            return Memory::default();
        };
        let Some(line) = part.lines.first() else {
            return self.wordless_hook(part);
        };
        let singers = self.singers_of(part);
        self.line(part, 0, 0, line, &singers);
        self.memory.remove(&(part.section.tag, 0)).unwrap_or_default()
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            chords: self.chords,
            key: self.brief.key,
            palette: self.brief.style.harmony.melody.palette,
            grid: self.grid,
        }
    }

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
        let voices = singers.iter().filter_map(|index| self.brief.singers.get(*index));
        Range::together(&voices.map(|singer| singer.voice).collect::<Vec<Voice>>())
    }

    /// One sung line.
    fn line(&mut self, part: &Part, section: usize, at: usize, placed: &PlacedLine, singers: &[usize]) -> VocalLine {
        let bar = self.grid.meter.bar_ticks();
        let pickup = self.pickup(part, at);
        let gives = part.lines.get(at + 1).map_or(0, |_| self.pickup(part, at + 1));
        let start = part.section.start + placed.bar * bar - pickup;
        let room = placed.bars * bar + pickup - if placed.answer > 0 { 0 } else { gives };
        let stresses = stresses(&placed.line.syllables);
        let place = Place {
            tag: part.section.tag,
            line: at,
            lines: part.lines.len(),
            energy: part.energy_at(placed.bar),
        };
        let take = self.take(part, at);
        let name = ["melody", place.tag.name(), &(at % 8).to_string(), &take.to_string()];
        let mut rng = Rng::stream(self.seed, &name);
        let (rhythm_model, pitch_model) = self.models(part, place);
        let setting = Setting {
            room,
            pickup,
            entry: self.entry(place.tag),
            model: rhythm_model.as_ref().map(|(model, faith)| (model, *faith)),
            pace: rhythm::pace_of_words(self.grid, self.brief.tempo),
        };
        let mut starts = rhythm::set(&stresses, setting, self.grid, &mut rng);
        let syncopation = self.brief.style.rhythm.melody.syncopation;
        rhythm::syncopate(&mut starts, &stresses, pickup, self.grid, syncopation, &mut rng);
        let lengths = rhythm::lengths(&starts, room, self.grid, self.brief.tempo);
        let phrase = Phrase {
            start,
            pickup,
            starts: &starts,
            lengths: &lengths,
            place,
        };
        let range = self.range_of(singers);
        let guide = Guide {
            range,
            contour: Contour::of(place, range, self.seed),
            model: pitch_model.as_ref(),
        };
        let pitches = pitch::set(&phrase, self.ground(), guide, &mut rng);
        self.memory
            .entry((place.tag, at))
            .or_insert_with(|| Memory::of(&starts, pickup, &pitches));
        let notes = self.sung(&placed.line.syllables, &phrase, &pitches);
        VocalLine {
            text: placed.line.text.clone(),
            section,
            singers: singers.to_vec(),
            notes,
        }
    }

    /// Which draw of a line's place it is. A chorus is always the same; every second line of a verse that returns is not.
    fn take(&self, part: &Part, at: usize) -> usize {
        if is_lift(part.section.tag) || at.is_multiple_of(2) {
            0
        } else {
            part.occurrence
        }
    }

    /// What the line stays close to in rhythm, and what in pitch: itself where its section was heard before, else the
    /// line it takes after.
    fn models(&self, part: &Part, place: Place) -> (Option<(Memory, f32)>, Option<Memory>) {
        let key = (place.tag, place.line);
        if let Some(before) = self.memory.get(&key) {
            if is_lift(place.tag) {
                return (Some((before.clone(), 0.9)), Some(before.clone()));
            }
            // The same verse with other words: every second line begins as it did and goes on a step away.
            let varied = !place.line.is_multiple_of(2);
            let begun = before.starts.get(before.starts.len() / 3).copied().unwrap_or(0);
            let steps = if part.occurrence.is_multiple_of(2) { -1 } else { 1 };
            let tune = if varied {
                before.clone().moved_from(begun, steps, self.brief.key)
            } else {
                before.clone()
            };
            return (Some((before.clone(), if varied { 0.3 } else { 0.6 })), Some(tune));
        }
        let model = plan::model(place.tag, place.line, place.lines, self.seed);
        let heard = model.and_then(|model| {
            let memory = self.memory.get(&(place.tag, model.line))?;
            Some(memory.clone().moved(model.moved, self.brief.key))
        });
        // Where nothing is taken up, a similar gait still holds the lines of a section together.
        let gait = place
            .line
            .checked_sub(1 + usize::from(place.line.is_multiple_of(2)))
            .and_then(|line| self.memory.get(&(place.tag, line)));
        let faith = if is_lift(part.section.tag) { 0.8 } else { 0.55 };
        let rhythm = heard
            .clone()
            .map(|memory| (memory, faith))
            .or_else(|| gait.map(|memory| (memory.clone(), 0.2)));
        (rhythm, heard)
    }

    /// Ticks before its first bar line in which a line that begins with weak syllables may start.
    fn pickup(&self, part: &Part, at: usize) -> Tick {
        let Some(placed) = part.lines.get(at) else { return 0 };
        let follows = match at.checked_sub(1).and_then(|before| part.lines.get(before)) {
            // The line before needs what it has.
            Some(before) => {
                let beats = before.bars * self.grid.meter.bar_ticks() / self.grid.beat();
                before.answer > 0 || before.line.notes() as u32 * 2 <= beats * 3
            }
            None => placed.bar > 0,
        };
        let syllables = &placed.line.syllables;
        let weak = syllables
            .iter()
            .take_while(|syllable| syllable.stress < STRESSED)
            .count();
        if follows && (1..=LONGEST_PICKUP).contains(&weak) && weak < syllables.len() {
            self.grid.beat()
        } else {
            0
        }
    }

    /// Where lines of a section like to begin, after their bar line.
    fn entry(&self, tag: Tag) -> Tick {
        let mut rng = Rng::stream(self.seed, &["entry", tag.name()]);
        let eighths: [Tick; 6] = match tag {
            tag if is_lift(tag) => [0, 0, 0, 1, 0, 2],
            Tag::Bridge => [2, 3, 2, 1, 4, 2],
            _ => [0, 0, 1, 2, 0, 3],
        };
        self.grid.beat() / 2 * eighths[rng.below(6)]
    }

    fn sung(&self, syllables: &[Syllable], phrase: &Phrase<'_>, pitches: &[i32]) -> Vec<SungNote> {
        let mut notes = Vec::new();
        let mut at = 0;
        for syllable in syllables {
            for held in 0..=syllable.held {
                let (start, end) = phrase.played(at, self.grid);
                let loud = 0.62 + 0.05 * phrase.place.energy + 0.1 * syllable.stress;
                let (letters, phones) = match held {
                    0 => (syllable.letters.clone(), syllable.phones.clone()),
                    _ => (String::new(), Vec::new()),
                };
                notes.push(SungNote {
                    syllable: letters,
                    phones,
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

    /// Ticks before the first word of a song: its consonants come before the note.
    fn first_breath(&self) -> Tick {
        let seconds = 0.4 * self.brief.tempo / 60.0;
        ((seconds * f64::from(TICKS_PER_QUARTER)) as Tick).min(self.grid.meter.bar_ticks() / 2)
    }

    /// All lines of a section that is too full for a grid: evenly spread, a breath the length of a syllable between.
    fn crammed(&self, part: &Part, section: usize, singers: &[usize]) -> Vec<VocalLine> {
        let units = part
            .lines
            .iter()
            .map(|placed| placed.line.notes() + 1)
            .sum::<usize>()
            .max(1) as u64;
        let late = if part.section.start == 0 {
            self.first_breath()
        } else {
            0
        };
        let total = u64::from(part.section.bars * self.grid.meter.bar_ticks() - late);
        let tick = |unit: usize| part.section.start + late + (unit as u64 * total / units) as Tick;
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
                pickup: 0,
                starts: &starts,
                lengths: &lengths,
                place,
            };
            let mut rng = Rng::stream(self.seed, &["crammed", place.tag.name(), &(at % 8).to_string()]);
            let guide = Guide {
                range,
                contour: Contour::of(place, range, self.seed),
                model: None,
            };
            let pitches = pitch::set(&phrase, self.ground(), guide, &mut rng);
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
