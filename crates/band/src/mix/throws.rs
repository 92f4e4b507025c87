//! Single strokes of the drums and single words thrown into the delay.

use std::ops::Range;

use crate::dsp::{RATE, samples};
use crate::perform::backbeats;
use crate::score::{Score, VocalLine};

/// A stroke is thrown at the end of every so many bars of a section.
const PHRASE: u32 = 4;

/// How long the hand stays on the send, seconds.
const OPEN: f32 = 0.22;

/// What of the drums goes to the delay, and how much.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Throws {
    /// 0-1.
    share: f32,
    /// In order of time, apart from each other.
    stretches: Vec<Range<usize>>,
}

impl Throws {
    /// The last backbeat of every phrase, where the song's mix asks for it.
    pub(crate) fn of(score: &Score) -> Self {
        let share = score.mix.throws.clamp(0.0, 1.0);
        if share == 0.0 {
            return Self::default();
        }
        let strokes = backbeats(score);
        let bar = score.meter.bar_ticks();
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for section in &score.sections {
            for phrase in 0..section.bars / PHRASE {
                let end = section.start + (phrase + 1) * PHRASE * bar;
                let last = strokes.iter().rfind(|(tick, _)| *tick < end);
                let Some((_, start)) = last.filter(|(tick, _)| *tick >= end - bar) else {
                    continue;
                };
                if stretches.last().is_none_or(|before| before.end <= *start) {
                    stretches.push(*start..*start + samples(OPEN));
                }
            }
        }
        Self { share, stretches }
    }

    /// The last word of the lead before it rests for a beat or more at the end of a section or of two lines.
    pub(crate) fn of_lead(score: &Score) -> Self {
        let share = score.mix.voice_throws.clamp(0.0, 1.0);
        if share == 0.0 {
            return Self::default();
        }
        let beat = 60.0 / score.tempo.max(20.0);
        let at = |seconds: f64| (seconds.max(0.0) * f64::from(RATE)) as usize;
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for (index, line) in score.vocals.iter().enumerate() {
            let next = score.vocals.get(index + 1);
            let (Some((_, end)), Some(word)) = (line.span(), line.notes.iter().rfind(|note| !note.phones.is_empty()))
            else {
                continue;
            };
            let rests = next
                .and_then(VocalLine::span)
                .is_none_or(|(start, _)| score.seconds(start) - score.seconds(end) >= beat);
            let closes = next.is_none_or(|next| next.section != line.section) || index % 2 == 1;
            if rests && closes {
                stretches.push(at(score.seconds(word.start))..at(score.seconds(end) + 0.15));
            }
        }
        Self { share, stretches }
    }

    /// Adds what is thrown of one channel to the delay's send, fading as the hand lets go.
    pub(crate) fn send(&self, source: &[f32], send: &mut [f32]) {
        for stretch in &self.stretches {
            let end = stretch.end.min(source.len());
            let start = stretch.start.min(end);
            let length = (stretch.end - stretch.start) as f32;
            for (index, (send, sample)) in send[start..end].iter_mut().zip(&source[start..end]).enumerate() {
                *send += sample * self.share * (1.0 - index as f32 / length);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::perform::tests::{empty_score, track};
    use crate::score::{Instrument, Note, Role, Section, Tag, Track};

    /// Eight bars with a stick on the third beat of each, two seconds a bar.
    fn score(share: f32) -> Score {
        let mut score = empty_score();
        let bar = score.meter.bar_ticks();
        score.mix.throws = share;
        score.sections.push(Section {
            tag: Tag::Verse,
            label: "Verse".to_owned(),
            start: 0,
            bars: 8,
            energy: 3.0,
        });
        let notes = (0..8).map(|index| Note {
            start: index * bar + bar / 2,
            length: 100,
            pitch: 37,
            velocity: 0.8,
            nudge_ms: 0.0,
            glide_from: None,
        });
        let drums = track(Instrument::AcousticKit, notes.collect());
        score.tracks.push(Track {
            role: Role::Drums,
            ..drums
        });
        score
    }

    #[test]
    fn the_last_backbeat_of_four_bars_is_thrown_and_no_other() {
        let ones = vec![1.0; 44_100 * 16];
        let mut send = vec![0.0; ones.len()];
        Throws::of(&score(0.5)).send(&ones, &mut send);
        for bar in 0..8 {
            let at = (bar * 2 + 1) * 44_100 + 10;
            let thrown = bar % 4 == 3;
            assert_eq!(send[at] > 0.45, thrown, "bar {bar}");
        }
    }

    #[test]
    fn nothing_is_thrown_unless_asked_for() {
        assert_eq!(Throws::of(&score(0.0)), Throws::default());
    }
}
