//! Filling a stanza: lines that rhyme where the pattern says so, are about as long as each other, and are not repeated.

use std::collections::{BTreeMap, BTreeSet};

use busker_voice::phone::Phone;

use super::candidate::Candidate;
use super::pattern::{Pattern, Slot, Source};
use super::template::chosen;
use crate::rng::Rng;

/// Syllables of a short line: fewest, usual, most.
const SHORT: [usize; 3] = [2, 4, 7];

/// How much chance weighs against fit when a line is chosen.
const CHANCE: f32 = 6.0;
/// What a word costs that the song has already sung.
const REPEATED_WORD: f32 = 3.0;

/// The lines there are to choose from, each in one of its forms.
#[derive(Debug, Default)]
pub(super) struct Pools(BTreeMap<Source, Vec<Candidate>>);

impl Pools {
    pub(super) fn add(&mut self, source: Source, templates: &'static [String], rng: &mut Rng) {
        let candidate = |(place, template): (usize, &'static String)| Candidate {
            place,
            ..Candidate::of(template, chosen(template, rng))
        };
        self.0
            .insert(source, templates.iter().enumerate().map(candidate).collect());
    }

    fn of(&self, source: Source) -> &[Candidate] {
        self.0.get(&source).map_or(&[], Vec::as_slice)
    }
}

/// What the song has sung so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    origins: BTreeSet<String>,
    last_words: BTreeSet<String>,
    notable: BTreeSet<String>,
}

impl Memory {
    /// Remembers a line that is none of the stock's.
    pub(super) fn note(&mut self, line: &str) {
        self.keep(&Candidate::of(line, line.to_owned()));
    }

    fn keep(&mut self, line: &Candidate) {
        self.origins.insert(line.origin.clone());
        self.last_words
            .extend(line.ending.iter().map(|ending| ending.word.clone()));
        self.notable.extend(line.notable.iter().cloned());
    }

    fn repeats(&self, line: &Candidate) -> usize {
        line.notable.iter().filter(|word| self.notable.contains(*word)).count()
    }
}

/// How much may be overlooked to find a pair at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Leniency {
    Strict,
    UnequalLength,
    SameLastWord,
    SameLine,
}

/// A stanza to be filled.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) pattern: &'a Pattern,
    pub(super) hook: &'a str,
    /// Lines of which one should stand first, where one of them fits.
    pub(super) opening: &'a [Candidate],
    /// Syllables a full line should have.
    pub(super) target: f32,
    /// Fewest and most it may have.
    pub(super) syllables: [usize; 2],
}

impl Setting<'_> {
    pub(super) fn fill(&self, pools: &Pools, memory: &mut Memory, rng: &mut Rng) -> Vec<String> {
        let slots = &self.pattern.slots;
        let mut lines = vec![None; slots.len()];
        let mut rhymes: Vec<Vec<Phone>> = Vec::new();
        for places in self.pattern.rhyming().into_values() {
            let [first, second] = places[..] else { continue };
            let pair = match slots[first] {
                Slot::Long(_) => self.long_pair(pools, &mut rhymes, memory, rng),
                _ => self.line_pair(first, second, pools, &mut rhymes, memory, rng),
            };
            if let Some((one, two)) = pair {
                lines[first] = Some(one.text);
                lines[second] = Some(two.text);
            }
        }
        for at in 0..slots.len() {
            lines[at] = match slots[at] {
                Slot::Hook => Some(self.hook.to_owned()),
                Slot::Echo => Some(format!("({})", self.hook)),
                Slot::Again(first) => lines.get(first).cloned().flatten(),
                Slot::Line(source, None) => self.single(source, at, pools, &rhymes, memory, rng),
                Slot::Line(..) | Slot::Long(_) => lines[at].take(),
            };
        }
        lines.into_iter().flatten().collect()
    }

    /// The opening lines, where the line at `at` is the one that opens.
    fn opening(&self, at: usize) -> &[Candidate] {
        match self.pattern.opens_at() {
            Some(first) if first == at => self.opening,
            _ => &[],
        }
    }

    fn line_pair(
        &self,
        first: usize,
        second: usize,
        pools: &Pools,
        rhymes: &mut Vec<Vec<Phone>>,
        memory: &mut Memory,
        rng: &mut Rng,
    ) -> Option<(Candidate, Candidate)> {
        let (Slot::Line(one, _), Slot::Line(two, _)) = (self.pattern.slots[first], self.pattern.slots[second]) else {
            return None;
        };
        let (ones, twos) = (pools.of(one), pools.of(two));
        let search = Search {
            short: is_short(one),
            couplets: one == two,
            setting: self,
        };
        let opening = Search {
            couplets: false,
            ..search
        };
        let opened = opening.pair(self.opening(first), twos, Leniency::UnequalLength, rhymes, memory, rng);
        let pair = opened.or_else(|| search.pair(ones, twos, Leniency::SameLine, rhymes, memory, rng))?;
        Some(remembered(pair, rhymes, memory))
    }

    /// Two long lines of four halves: the first halves rhyme with each other, and the second halves.
    fn long_pair(
        &self,
        pools: &Pools,
        rhymes: &mut Vec<Vec<Phone>>,
        memory: &mut Memory,
        rng: &mut Rng,
    ) -> Option<(Candidate, Candidate)> {
        let search = Search {
            short: true,
            couplets: true,
            setting: self,
        };
        let mut halves = |source: Source| {
            let pool = pools.of(source);
            let pair = search.pair(pool, pool, Leniency::SameLine, rhymes, memory, rng)?;
            Some(remembered(pair, rhymes, memory))
        };
        let (a, c) = halves(Source::FieldShort)?;
        let (b, d) = halves(Source::StanceShort)?;
        Some((Candidate::joined(&a, &b), Candidate::joined(&c, &d)))
    }

    fn single(
        &self,
        source: Source,
        at: usize,
        pools: &Pools,
        rhymes: &[Vec<Phone>],
        memory: &mut Memory,
        rng: &mut Rng,
    ) -> Option<String> {
        let search = Search {
            short: is_short(source),
            couplets: false,
            setting: self,
        };
        let ranked = |pool: &[Candidate], leniency: Leniency, rng: &mut Rng| {
            let fits = |line: &&Candidate| search.fits(line, leniency, rhymes, memory);
            let cost = |line: &Candidate, rng: &mut Rng| search.cost(line, memory) + rng.unit() * CHANCE;
            let costs = pool.iter().filter(fits).map(|line| (cost(line, rng), line));
            costs
                .min_by(|one, two| one.0.total_cmp(&two.0))
                .map(|(_, line)| line.clone())
        };
        let line = ranked(self.opening(at), Leniency::UnequalLength, rng)
            .or_else(|| ranked(pools.of(source), Leniency::Strict, rng))
            .or_else(|| ranked(pools.of(source), Leniency::SameLine, rng))?;
        memory.keep(&line);
        Some(line.text)
    }
}

/// Looks for lines of one kind.
#[derive(Clone, Copy)]
struct Search<'a> {
    short: bool,
    /// Both lines come from one list, whose couplets stay together while they can.
    couplets: bool,
    setting: &'a Setting<'a>,
}

impl Search<'_> {
    /// The best pair of `ones` and `twos` that rhymes, overlooking as little as possible and no more than `most`.
    fn pair(
        &self,
        ones: &[Candidate],
        twos: &[Candidate],
        most: Leniency,
        rhymes: &[Vec<Phone>],
        memory: &Memory,
        rng: &mut Rng,
    ) -> Option<(Candidate, Candidate)> {
        use Leniency::*;
        [Strict, UnequalLength, SameLastWord, SameLine]
            .into_iter()
            .filter(|leniency| *leniency <= most)
            .find_map(|leniency| self.pair_with(leniency, ones, twos, rhymes, memory, rng))
    }

    fn pair_with(
        &self,
        leniency: Leniency,
        ones: &[Candidate],
        twos: &[Candidate],
        rhymes: &[Vec<Phone>],
        memory: &Memory,
        rng: &mut Rng,
    ) -> Option<(Candidate, Candidate)> {
        let fitting = |pool: &[Candidate]| -> Vec<(f32, Candidate)> {
            let fits = pool.iter().filter(|line| self.fits(line, leniency, rhymes, memory));
            fits.map(|line| (self.cost(line, memory), line.clone())).collect()
        };
        let (ones, twos) = (fitting(ones), fitting(twos));
        let gap_allowed = if leniency == Leniency::Strict { 3 } else { 6 };
        let mut best: Option<(f32, &Candidate, &Candidate)> = None;
        for (cost_one, one) in &ones {
            let pairs_with = |two: &Candidate| {
                let in_order = match (self.couplets, leniency) {
                    (false, _) => true,
                    (true, Leniency::Strict | Leniency::UnequalLength) => one.begins_couplet_with(two),
                    (true, Leniency::SameLastWord | Leniency::SameLine) => one.place < two.place,
                };
                in_order && one.rhymes_with(two)
            };
            for (cost_two, two) in twos.iter().filter(|(_, two)| pairs_with(two)) {
                let gap = one.syllables.abs_diff(two.syllables);
                let shared = one.notable.iter().filter(|word| two.notable.contains(word)).count();
                let cost = cost_one + cost_two + gap as f32 + shared as f32 * REPEATED_WORD + rng.unit() * CHANCE;
                if gap <= gap_allowed && best.is_none_or(|(least, ..)| cost < least) {
                    best = Some((cost, one, two));
                }
            }
        }
        best.map(|(_, one, two)| (one.clone(), two.clone()))
    }

    fn fits(&self, line: &Candidate, leniency: Leniency, rhymes: &[Vec<Phone>], memory: &Memory) -> bool {
        let [fewest, most] = if self.short {
            [SHORT[0], SHORT[2]]
        } else {
            self.setting.syllables
        };
        let Some(ending) = &line.ending else { return false };
        (fewest..=most).contains(&line.syllables)
            && !rhymes.contains(&ending.tail)
            && (leniency >= Leniency::SameLine || !memory.origins.contains(&line.origin))
            && (leniency >= Leniency::SameLastWord || !memory.last_words.contains(&ending.word))
    }

    fn cost(&self, line: &Candidate, memory: &Memory) -> f32 {
        let target = if self.short {
            SHORT[1] as f32
        } else {
            self.setting.target
        };
        0.5 * (line.syllables as f32 - target).abs() + memory.repeats(line) as f32 * REPEATED_WORD
    }
}

fn is_short(source: Source) -> bool {
    matches!(source, Source::FieldShort | Source::StanceShort)
}

fn remembered(
    pair: (Candidate, Candidate),
    rhymes: &mut Vec<Vec<Phone>>,
    memory: &mut Memory,
) -> (Candidate, Candidate) {
    memory.keep(&pair.0);
    memory.keep(&pair.1);
    rhymes.extend(pair.0.ending.iter().map(|ending| ending.tail.clone()));
    pair
}
