//! When each phone of a line sounds. Timing is what makes singing understood: vowels on the beat, consonants longer than
//! in speech and before it, taken from the vowel ahead.

use super::loudness::is_sung_on;
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
const LARGEST_SHARE: f64 = 0.55;

/// Where there is time for a pitch to be heard at all, seconds, at least so much of it is sung before the first consonant
/// that has none.
const TUNED: (f64, f64) = (0.28, 0.18);

/// The consonants a phrase begins with last at most this long together, seconds; more sounds like a false start.
const LONGEST_START: f64 = 0.3;

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
            let onset = fitted(onset, (vowel_start - earliest).clamp(0.04, LONGEST_START));
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
        let between = tuned(&between, syllable.coda.iter().chain(&next.onset), gap);
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

/// The lengths, those of unsung consonants shortened where the pitch before the first of them would be too short.
fn tuned<'a>(lengths: &[f64], phones: impl Iterator<Item = &'a Phone>, gap: f64) -> Vec<f64> {
    let unsung: Vec<bool> = phones.map(|phone| !is_sung_on(Sound::Phone(*phone))).collect();
    let Some(first) = unsung.iter().position(|unsung| *unsung).filter(|_| gap >= TUNED.0) else {
        return lengths.to_vec();
    };
    let (mut noise, mut sung_after) = (0.0, 0.0);
    for (length, unsung) in lengths.iter().zip(&unsung).skip(first) {
        *if *unsung { &mut noise } else { &mut sung_after } += length;
    }
    let scale = ((gap - TUNED.1 - sung_after) / noise.max(1e-6)).clamp(0.4, 1.0);
    let length = |(length, unsung): (&f64, &bool)| if *unsung { length * scale } else { *length };
    lengths.iter().zip(&unsung).map(length).collect()
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

#[cfg(test)]
mod tests {
    use super::super::syllables;
    use super::*;
    use crate::line::{Line, Note, Syllable};

    fn planned(syllables: &[&[Phone]], pace: f64) -> Vec<Sounding> {
        let notes = (0..).zip(syllables).map(|(at, phones)| Note {
            start: 1.0 + f64::from(at) * pace,
            end: 1.0 + f64::from(at + 1) * pace,
            pitch: 60.0,
            velocity: 0.7,
            syllable: Some(Syllable {
                phones: phones.to_vec(),
                stress: 1.0,
            }),
        });
        let line = Line {
            notes: notes.collect(),
            breath: true,
        };
        let sung = syllables::of(&line);
        let sounds = sung.iter().map(|sung| sung.sounds().count()).sum();
        let room = Room {
            from: 0.0,
            to: f64::INFINITY,
        };
        plan(&sung, &vec![0.1; sounds], room)
    }

    #[test]
    fn vowels_begin_on_their_notes_and_everything_follows_without_a_gap() {
        for pace in [0.12, 0.25, 0.5, 1.5] {
            let plan = planned(&[&[S, T, AA, R, T], &[S, T, R, IY, T, S], &[AO], &[L, AY, T]], pace);
            for sounding in plan.iter().filter(|sounding| sounding.nucleus) {
                let start = 1.0 + sounding.syllable as f64 * pace - EARLY;
                assert!((sounding.from - start).abs() < 1e-9, "{sounding:?}");
            }
            for pair in plan.windows(2) {
                assert!((pair[0].to - pair[1].from).abs() < 1e-9, "{pair:?}");
                assert!(
                    pair[0].to > pair[0].from && pair[1].unit == pair[0].unit + 1,
                    "{pair:?}"
                );
            }
        }
    }

    #[test]
    fn a_note_long_enough_to_be_in_tune_is_sung_on_before_its_consonants() {
        let plan = planned(&[&[S, T, AA, T, S], &[S, T, R, IY, T]], 0.35);
        let vowel = plan.iter().find(|sounding| sounding.nucleus).unwrap();
        assert!(vowel.to - vowel.from >= 0.14, "{vowel:?}");
        let quick = planned(&[&[S, T, AA, T, S], &[S, T, R, IY, T]], 0.2);
        let vowel = quick.iter().find(|sounding| sounding.nucleus).unwrap();
        assert!(
            vowel.to - vowel.from < 0.12,
            "words before pitch where there is no time: {vowel:?}"
        );
    }

    #[test]
    fn consonants_grow_with_the_note() {
        let coda = |pace: f64| {
            let plan = planned(&[&[S, AA, T], &[L, AA]], pace);
            plan[2].to - plan[2].from
        };
        assert!(coda(1.2) > 1.3 * coda(0.45), "{} {}", coda(1.2), coda(0.45));
    }
}
