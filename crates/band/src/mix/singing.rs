//! The band steps back while somebody sings.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::gain;
use crate::perform::part::Part;
use crate::score::{Score, VocalLine};

/// How much somebody is singing, 0-1, once every [`BLOCK`] samples. Empty for an instrumental.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Singing {
    share: Vec<f32>,
}

/// The middle of the band that tells words apart, hertz, and how narrow it is.
const WORDS: f32 = 2000.0;
const WIDTH: f32 = 0.55;

/// Samples between two values.
const BLOCK: usize = 512;

/// The band steps back so much before a line's first note, whose consonants come early, seconds.
const EARLY: f64 = 0.15;

/// After the last line the band is back after this long, seconds.
const RETURN: f32 = 2.0;

/// How fast the band steps back and returns, per block: about 50 ms and 350 ms.
const PACE: (f32, f32) = (0.21, 0.033);

impl Singing {
    /// From what the lead sings.
    pub(crate) fn of(score: &Score) -> Self {
        let block = |seconds: f64| (seconds.max(0.0) * f64::from(RATE)) as usize / BLOCK;
        let spans = score.vocals.iter().filter_map(VocalLine::span);
        let spans: Vec<_> = spans
            .map(|(start, end)| block(score.seconds(start) - EARLY)..block(score.seconds(end)) + 1)
            .collect();
        let returned = (RATE * RETURN) as usize / BLOCK;
        let blocks = spans.last().map_or(0, |last| last.end + returned);
        let mut sung = vec![false; blocks];
        for span in spans {
            if let Some(sung) = sung.get_mut(span) {
                sung.fill(true);
            }
        }
        let mut level = 0.0;
        let share = sung
            .into_iter()
            .map(|sung| {
                let (goal, pace) = if sung { (1.0, PACE.0) } else { (0.0, PACE.1) };
                level += (goal - level) * pace;
                level
            })
            .collect();
        Self { share }
    }

    /// Whether anybody sings at all.
    pub(crate) fn anywhere(&self) -> bool {
        !self.share.is_empty()
    }

    /// Turns `part` down by up to `decibels` under the voice.
    pub(crate) fn make_room(&self, part: &mut Part, decibels: f32) {
        let depth = 1.0 - gain(-decibels);
        self.under_voice(part, |left, right, from, to| {
            let length = left.len() as f32;
            for (index, (left, right)) in left.iter_mut().zip(right).enumerate() {
                let level = 1.0 - depth * (from + (to - from) * index as f32 / length);
                *left *= level;
                *right *= level;
            }
        });
    }

    /// Takes up to `decibels` out of `part` where the voice has its words, and leaves the rest as it is. A band-pass of
    /// unit gain, subtracted by a share, is the peaking filter of that depth.
    pub(crate) fn clear_words(&self, part: &mut Part, decibels: f32) {
        let depth = 1.0 - gain(-decibels);
        let mut words = Cascade::new([Biquad::band_pass(WORDS, WIDTH)]);
        self.under_voice(part, |left, right, from, to| {
            let length = left.len() as f32;
            for (index, (left, right)) in left.iter_mut().zip(right).enumerate() {
                let share = depth * (from + (to - from) * index as f32 / length);
                let band = words.next([*left, *right]);
                *left -= band[0] * share;
                *right -= band[1] * share;
            }
            words.settle();
        });
    }

    /// Calls `work` with each block of `part` under the voice, and with how much is sung at its beginning and end.
    fn under_voice(&self, part: &mut Part, mut work: impl FnMut(&mut [f32], &mut [f32], f32, f32)) {
        let share = |block: usize| self.share.get(block).copied().unwrap_or(0.0);
        for stretch in part.active.clone() {
            for start in (stretch.start / BLOCK * BLOCK..stretch.end).step_by(BLOCK) {
                let block = start / BLOCK;
                let (from, to) = (block.checked_sub(1).map_or(0.0, share), share(block));
                if from > 0.0 || to > 0.0 {
                    let range = start.max(stretch.start)..(start + BLOCK).min(stretch.end);
                    work(&mut part.left[range.clone()], &mut part.right[range], from, to);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::math::peak;
    use crate::perform::tests::{empty_score, sung_line};

    /// Somebody sings from the second to the fourth second of five.
    fn singing() -> Singing {
        let mut score = empty_score();
        score.vocals.push(sung_line(0, &[(1920, 3840, 60)]));
        Singing::of(&score)
    }

    fn tone(hertz: f32) -> Part {
        let wave = || -> Vec<f32> {
            (0..5 * 44_100)
                .map(|index| libm::sinf(std::f32::consts::TAU * (hertz * index as f32 / RATE).fract()))
                .collect()
        };
        Part::new(wave(), wave(), std::slice::from_ref(&(0..5 * 44_100)))
    }

    fn level(part: &Part, seconds: f32) -> f32 {
        let from = (seconds * RATE) as usize;
        peak(&part.left[from..from + 4_410])
    }

    #[test]
    fn the_band_is_down_while_the_voice_sounds_and_back_after() {
        let mut part = tone(400.0);
        singing().make_room(&mut part, 3.0);
        assert!(level(&part, 0.5) > 0.99);
        assert!((level(&part, 2.5) - gain(-3.0)).abs() < 0.01);
        assert!(level(&part, 4.8) > 0.95);
    }

    #[test]
    fn room_for_words_is_made_where_words_are() {
        let left_of = |hertz| {
            let mut part = tone(hertz);
            singing().clear_words(&mut part, 4.0);
            level(&part, 2.5)
        };
        assert!((left_of(2_000.0) - gain(-4.0)).abs() < 0.02, "{}", left_of(2_000.0));
        assert!(left_of(150.0) > 0.97 && left_of(12_000.0) > 0.93);
    }

    #[test]
    fn nobody_sings_in_an_instrumental() {
        assert!(!Singing::of(&empty_score()).anywhere());
    }
}
