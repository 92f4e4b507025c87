//! The rise and fall of the sections.
//!
//! A listener should feel the chorus arrive. Each section's loudness is measured and moved most of the way to where its
//! energy says it belongs: the loudest section at the top, the softest sung one lower by the song's dynamics.

use super::loudness::Energies;
use crate::dsp::{RATE, math, samples};
use crate::score::{Score, Section, Tag};

/// How much of the difference between plan and measurement is corrected.
const SHARE: f32 = 0.9;

/// The most a section is moved, decibels.
const REACH: f32 = 6.0;

/// Sections without words may lie this much below the softest sung one, LU.
const BELOW: f32 = 3.5;

/// The move from one section's level to the next takes this long and is over at the bar line, seconds.
const MOVE: f32 = 0.09;

/// How far the last bar sinks, decibels.
const SINK: f32 = 10.0;

/// Gain over the song, as straight lines in decibels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ride {
    points: Vec<(usize, f32)>,
}

impl Ride {
    /// From measured loudness to planned loudness.
    pub(crate) fn plan(score: &Score, energies: &Energies) -> Self {
        let spans = spans(score);
        let measured: Vec<Option<f32>> = spans
            .iter()
            .map(|(start, end)| energies.between(*start, *end))
            .collect();
        let offsets = offsets(score);
        let top = peak_section(score).and_then(|index| measured[index]);
        let moves: Vec<f32> = measured
            .iter()
            .zip(&offsets)
            .map(|(level, offset)| match (level, top) {
                (Some(level), Some(top)) => ((top + offset - level) * SHARE).clamp(-REACH, REACH),
                _ => 0.0,
            })
            .collect();
        let mut points = points(score, &spans, &moves);
        sink(score, &mut points);
        Self { points }
    }

    /// So many decibels in each section.
    pub(crate) fn steps(score: &Score, moves: &[f32]) -> Self {
        Self {
            points: points(score, &spans(score), moves),
        }
    }

    /// Multiplies a channel that begins with the song.
    pub(crate) fn apply(&self, channel: &mut [f32]) {
        const STEP: usize = 64;
        let mut from = math::gain(self.at(0));
        for (index, block) in channel.chunks_mut(STEP).enumerate() {
            let to = math::gain(self.at(index * STEP + block.len()));
            for (index, sample) in block.iter_mut().enumerate() {
                *sample *= from + (to - from) * index as f32 / STEP as f32;
            }
            from = to;
        }
    }

    /// Decibels at a sample.
    fn at(&self, position: usize) -> f32 {
        let after = self.points.partition_point(|point| point.0 <= position);
        let Some(next) = self.points.get(after) else {
            return self.points.last().map_or(0.0, |point| point.1);
        };
        let Some(previous) = after.checked_sub(1).map(|index| self.points[index]) else {
            return next.1;
        };
        let share = (position - previous.0) as f32 / (next.0 - previous.0).max(1) as f32;
        previous.1 + (next.1 - previous.1) * share
    }
}

/// First sample of every section and the one after its last.
pub(crate) fn spans(score: &Score) -> Vec<(usize, usize)> {
    score.sections.iter().map(|section| span(score, section)).collect()
}

fn span(score: &Score, section: &Section) -> (usize, usize) {
    let at = |tick| (score.seconds(tick) * f64::from(RATE)) as usize;
    (
        at(section.start),
        at(section.start + section.bars * score.meter.bar_ticks()),
    )
}

/// The section the others are measured against: the most energetic, the longest of those.
fn peak_section(score: &Score) -> Option<usize> {
    let rank = |section: &Section| (section.energy, section.bars);
    score
        .sections
        .iter()
        .enumerate()
        .max_by(|one, other| {
            let ((energy, bars), (other_energy, other_bars)) = (rank(one.1), rank(other.1));
            energy
                .total_cmp(&other_energy)
                .then(bars.cmp(&other_bars))
                .then(other.0.cmp(&one.0))
        })
        .map(|(index, _)| index)
}

/// Where each section belongs against the loudest, LU, 0 or negative.
fn offsets(score: &Score) -> Vec<f32> {
    let highest = score.sections.iter().map(|section| section.energy).fold(0.0, f32::max);
    let carries = |index: usize, section: &Section| {
        let silent_tags = [
            Tag::Intro,
            Tag::Outro,
            Tag::Break,
            Tag::Interlude,
            Tag::Transition,
            Tag::BuildUp,
        ];
        score.vocals.iter().any(|line| line.section == index)
            || (score.vocals.is_empty() && !silent_tags.contains(&section.tag))
    };
    let lowest = score
        .sections
        .iter()
        .enumerate()
        .filter(|(index, section)| carries(*index, section))
        .map(|(_, section)| section.energy)
        .fold(highest, f32::min);
    let slope = score.mix.dynamics.max(0.0) / (highest - lowest).max(1.0);
    score
        .sections
        .iter()
        .map(|section| {
            let depth = (highest - section.energy) * slope;
            -depth.min(score.mix.dynamics.max(0.0) + BELOW)
        })
        .collect()
}

/// Holds each section's level up to shortly before the next; a build-up climbs to what follows it.
fn points(score: &Score, spans: &[(usize, usize)], moves: &[f32]) -> Vec<(usize, f32)> {
    let mut points = Vec::with_capacity(spans.len() * 2);
    for (index, ((start, end), level)) in spans.iter().zip(moves).enumerate() {
        let climbs = score.sections[index].tag == Tag::BuildUp;
        let arrival = if climbs {
            moves.get(index + 1).map_or(*level, |next| level.max(*next))
        } else {
            *level
        };
        points.push((*start, *level));
        points.push((end.saturating_sub(samples(MOVE)).max(start + 1), arrival));
    }
    points
}

/// Lets the last bar die away, whatever is held in it: real instruments do, and a synthesizer's chord must not stop as
/// if it were cut.
fn sink(score: &Score, points: &mut Vec<(usize, f32)>) {
    let end = score.end();
    let last_bar = (score.seconds(end.saturating_sub(score.meter.bar_ticks())) * f64::from(RATE)) as usize;
    let end = (score.seconds(end) * f64::from(RATE)) as usize;
    let Some(level) = points.last().map(|point| point.1) else {
        return;
    };
    points.retain(|point| point.0 < last_bar);
    let middle = last_bar + (end - last_bar) / 2;
    points.extend([(last_bar, level), (middle, level - SINK * 0.25), (end, level - SINK)]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mix::loudness::measure;
    use crate::perform::Threads;
    use crate::perform::tests::empty_score;

    /// A verse and a chorus of eight seconds each, both as loud as the other.
    fn score() -> Score {
        let mut score = empty_score();
        for (index, (tag, energy)) in [(Tag::Verse, 2.0), (Tag::Chorus, 4.0)].into_iter().enumerate() {
            let start = index as u32 * 4 * score.meter.bar_ticks();
            score.sections.push(Section {
                tag,
                label: tag.name().to_owned(),
                start,
                bars: 4,
                energy,
            });
        }
        score.mix.dynamics = 5.0;
        score
    }

    fn ride() -> Ride {
        let tone: Vec<f32> = (0..16 * 44_100)
            .map(|index| 0.1 * libm::sinf(index as f32 * 0.14))
            .collect();
        Ride::plan(&score(), &measure(&tone, &tone, Threads::new(1)))
    }

    #[test]
    fn the_verse_is_brought_below_the_chorus_by_most_of_the_dynamics() {
        let ride = ride();
        let difference = ride.at(12 * 44_100) - ride.at(4 * 44_100);
        assert!((difference - 5.0 * SHARE).abs() < 0.3, "{difference}");
    }

    #[test]
    fn the_move_is_over_when_the_chorus_begins() {
        let ride = ride();
        assert!((ride.at(8 * 44_100) - ride.at(9 * 44_100)).abs() < 0.01);
        assert!((ride.at(8 * 44_100 - samples(MOVE) - 100) - ride.at(44_100)).abs() < 0.1);
    }

    #[test]
    fn the_last_bar_dies_away() {
        let ride = ride();
        assert!((ride.at(14 * 44_100) - ride.at(16 * 44_100) - SINK).abs() < 0.2);
    }
}
