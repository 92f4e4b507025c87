//! The band steps back while somebody sings.

use crate::dsp::math::{gain, peak};
use crate::perform::part::Part;
use crate::perform::{Voice, VoicePlace};

/// How much somebody is singing, 0-1, once every [`BLOCK`] samples. Empty for an instrumental.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Singing {
    share: Vec<f32>,
}

/// Samples between two values.
const BLOCK: usize = 512;

/// A block counts as sung within this distance of the voice's loudest moment, decibels.
const AUDIBLE: f32 = -36.0;

/// How fast the band steps back and returns, per block: about 50 ms and 350 ms.
const PACE: (f32, f32) = (0.21, 0.033);

impl Singing {
    /// From the lead voices.
    pub(crate) fn of(voices: &[Voice]) -> Self {
        let leads: Vec<&Voice> = voices.iter().filter(|voice| voice.place == VoicePlace::Lead).collect();
        let blocks = leads
            .iter()
            .map(|voice| voice.samples.len().div_ceil(BLOCK))
            .max()
            .unwrap_or(0);
        let mut sung = vec![false; blocks];
        for voice in leads {
            let threshold = peak(&voice.samples) * gain(AUDIBLE);
            for (sung, block) in sung.iter_mut().zip(voice.samples.chunks(BLOCK)) {
                *sung |= peak(block) > threshold;
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
        let stretches = part.active.clone();
        for stretch in stretches {
            for start in (stretch.start / BLOCK * BLOCK..stretch.end).step_by(BLOCK) {
                let at = |block: usize| 1.0 - depth * self.share.get(block).copied().unwrap_or(0.0);
                let (from, to) = (at((start / BLOCK).saturating_sub(1)), at(start / BLOCK));
                if from == 1.0 && to == 1.0 {
                    continue;
                }
                for index in start.max(stretch.start)..(start + BLOCK).min(stretch.end) {
                    let level = from + (to - from) * (index - start) as f32 / BLOCK as f32;
                    part.left[index] *= level;
                    part.right[index] *= level;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_band_is_down_while_the_voice_sounds_and_back_after() {
        let mut samples = vec![0.0; 40_000];
        samples.extend(vec![0.5; 40_000]);
        samples.extend(vec![0.0; 60_000]);
        let voice = Voice {
            name: "lead-vocal".to_owned(),
            place: VoicePlace::Lead,
            pan: 0.0,
            samples,
        };
        let ones = || vec![1.0_f32; 140_000];
        let mut part = Part::new(ones(), ones(), std::slice::from_ref(&(0..140_000)));
        Singing::of(&[voice]).make_room(&mut part, 3.0);
        assert_eq!(part.left[30_000], 1.0);
        assert!((part.left[75_000] - gain(-3.0)).abs() < 0.01);
        assert!(part.left[139_000] > 0.97);
    }

    #[test]
    fn nobody_sings_in_an_instrumental() {
        assert!(!Singing::of(&[]).anywhere());
    }
}
