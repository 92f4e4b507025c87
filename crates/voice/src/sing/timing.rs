//! When each phone of a line sounds. Timing is what makes singing understood: vowels on the beat, consonants longer than
//! in speech and before it, taken from the vowel ahead.

use super::syllables::Sung;
use crate::model::Sound;
use crate::phone::Phone::{self, *};

/// A vowel begins this long before its note is written, seconds: the ear hears the beat where the vowel is already open.
const EARLY: f64 = 0.01;

/// How much longer than in speech consonants are: before the vowel, after it, and after the last vowel of a phrase.
const ONSET: f64 = 1.8;
const CODA: f64 = 2.0;
const FINAL_CODA: f64 = 1.25;

/// Consonants grow with the time between two vowels against this, seconds, to this power, within these bounds.
const PACE: f64 = 0.45;
const GROWTH: f64 = 0.4;
const GROWTH_BOUNDS: (f64, f64) = (0.8, 2.6);

/// Consonants take at most this share of the time between two vowels.
const LARGEST_SHARE: f64 = 0.7;

/// This share of the last consonants of a phrase comes after the note's written end.
const BEYOND: f64 = 0.7;

/// A phrase that ends on a vowel or a sound like one dies away for this long after the note's written end, seconds.
const RELEASE: f64 = 0.13;

/// One phone and when it sounds, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sounding {
    pub(crate) sound: Sound,
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Index of its syllable.
    pub(crate) syllable: usize,
    /// The vowel of its syllable.
    pub(crate) nucleus: bool,
    /// Index of the unit in the order of the line's sounds.
    pub(crate) unit: usize,
}

/// How much room a line has among its neighbours, seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Room {
    /// Nothing sounds before this.
    pub(crate) from: f64,
    /// Nothing sounds after this.
    pub(crate) to: f64,
}

/// Plans a line. `natural` holds the spoken length of each sound of each syllable in order, seconds.
pub(crate) fn plan(sung: &[Sung], natural: &[f64], room: Room) -> Vec<Sounding> {
    let parts = lengths(sung, natural);
    let mut plan = Plan::default();
    for (at, syllable) in sung.iter().enumerate() {
        let Part { first, onset, coda, .. } = &parts[at];
        let vowel_start = syllable.start() - EARLY;
        if syllable.first {
            let earliest = plan.0.last().map_or(room.from, |before| before.to + 0.01);
            let onset = fitted(onset, (vowel_start - earliest).max(0.04));
            let start = vowel_start - onset.iter().sum::<f64>();
            plan.consonants(&syllable.onset, &onset, start, at, *first);
        }
        let unit = first + onset.len();
        let vowel = |to: f64| Sounding {
            sound: syllable.vowel,
            from: vowel_start,
            to,
            syllable: at,
            nucleus: true,
            unit,
        };
        if syllable.last {
            let growth = growth(syllable.end() - vowel_start);
            let latest = sung.get(at + 1).map_or(room.to, |next| {
                let onset = parts[at + 1].onset.iter().sum::<f64>();
                next.start() - EARLY - onset.min(0.6 * (next.start() - syllable.end())) - 0.01
            });
            let coda: Vec<f64> = coda.iter().map(|length| length * FINAL_CODA * growth).collect();
            let coda = fitted(&coda, LARGEST_SHARE * (syllable.end() - vowel_start) + RELEASE);
            let total = coda.iter().sum::<f64>();
            let mut end = syllable.end() - (1.0 - BEYOND) * total;
            let overrun = (end + total - latest).max(0.0);
            end = (end - overrun).max(vowel_start + 0.02);
            if coda.is_empty() {
                end = (syllable.end() + RELEASE).min(latest).max(vowel_start + 0.05);
            }
            plan.0.push(vowel(end));
            plan.consonants(&syllable.coda, &coda, end, at, unit + 1);
            continue;
        }
        let next = &sung[at + 1];
        let gap = next.start() - EARLY - vowel_start;
        let growth = growth(gap);
        let between: Vec<f64> = coda
            .iter()
            .chain(&parts[at + 1].onset)
            .map(|length| length * growth)
            .collect();
        let between = fitted(&between, LARGEST_SHARE * gap);
        let end = next.start() - EARLY - between.iter().sum::<f64>();
        plan.0.push(vowel(end));
        let (coda, onset) = between.split_at(coda.len());
        let middle = plan.consonants(&syllable.coda, coda, end, at, unit + 1);
        plan.consonants(&next.onset, onset, middle, at + 1, parts[at + 1].first);
    }
    plan.0
}

/// The lengths of a syllable's consonants as they are sung at an easy pace, and the index of its first sound.
struct Part {
    first: usize,
    onset: Vec<f64>,
    coda: Vec<f64>,
}

fn lengths(sung: &[Sung], natural: &[f64]) -> Vec<Part> {
    let mut first = 0;
    let length = |phone: &Phone, at: usize, scale: f64| {
        natural.get(at).copied().unwrap_or(0.08).min(2.0 * longest(*phone)) * scale
    };
    let part = |sung: &Sung| {
        let coda_at = first + sung.onset.len() + 1;
        let part = Part {
            first,
            onset: (first..)
                .zip(&sung.onset)
                .map(|(at, phone)| length(phone, at, ONSET))
                .collect(),
            coda: (coda_at..)
                .zip(&sung.coda)
                .map(|(at, phone)| length(phone, at, CODA))
                .collect(),
        };
        first = coda_at + sung.coda.len();
        part
    };
    sung.iter().map(part).collect()
}

#[derive(Default)]
struct Plan(Vec<Sounding>);

impl Plan {
    /// Adds consonants one after the other from `start` on; gives back when they end.
    fn consonants(&mut self, phones: &[Phone], lengths: &[f64], start: f64, syllable: usize, unit: usize) -> f64 {
        let mut from = start;
        for (unit, (phone, length)) in (unit..).zip(phones.iter().zip(lengths)) {
            self.0.push(Sounding {
                sound: Sound::Phone(*phone),
                from,
                to: from + length,
                syllable,
                nucleus: false,
                unit,
            });
            from += length;
        }
        from
    }
}

fn growth(gap: f64) -> f64 {
    libm::pow((gap / PACE).max(0.01), GROWTH).clamp(GROWTH_BOUNDS.0, GROWTH_BOUNDS.1)
}

/// The lengths, shortened together where they are more than `most`.
fn fitted(lengths: &[f64], most: f64) -> Vec<f64> {
    let total = lengths.iter().sum::<f64>();
    let scale = if total > most { most.max(0.0) / total } else { 1.0 };
    lengths.iter().map(|length| length * scale).collect()
}

/// The longest a consonant is in careful speech, seconds.
fn longest(phone: Phone) -> f64 {
    match phone {
        S | SH => 0.13,
        CH => 0.14,
        F | Z | NG | JH => 0.11,
        W | TH | P | K | ZH => 0.10,
        Y | R | L | M | T => 0.09,
        N | HH | B | G => 0.08,
        V | D => 0.07,
        DH => 0.06,
        _ => 0.10,
    }
}
