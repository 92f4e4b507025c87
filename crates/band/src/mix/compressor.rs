//! Gentle level control.

use crate::dsp::math::{decibels, gain, smoothing};

/// A feed-forward compressor on the louder of two channels.
#[derive(Debug, Clone)]
pub(crate) struct Compressor {
    threshold: f32,
    slope: f32,
    attack: f32,
    release: f32,
    power: f32,
    gain: f32,
}

/// Samples between two looks at the level; the gain moves in a straight line between.
const STEP: usize = 16;

impl Compressor {
    /// Above `threshold` decibels (of mean power) levels rise by one in `ratio`. Times in seconds.
    pub(crate) fn new(threshold: f32, ratio: f32, attack: f32, release: f32) -> Self {
        Self {
            threshold,
            slope: 1.0 - 1.0 / ratio,
            attack: smoothing(attack),
            release: smoothing(release),
            power: 0.0,
            gain: 1.0,
        }
    }

    /// Works on two channels in place.
    pub(crate) fn run(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(STEP).zip(right.chunks_mut(STEP)) {
            for (left, right) in left.iter().zip(right.iter()) {
                let power = (left * left).max(right * right);
                let pace = if power > self.power { self.attack } else { self.release };
                self.power = power + (self.power - power) * pace + 1e-20;
            }
            let over = decibels(self.power.sqrt()) - self.threshold;
            let wanted = if over > 0.0 { gain(-over * self.slope) } else { 1.0 };
            let step = (wanted - self.gain) / STEP as f32;
            for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                self.gain += step;
                *left *= self.gain;
                *right *= self.gain;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_loud_is_turned_down() {
        let level_after = |level: f32| {
            let (mut left, mut right) = (vec![level; 44_100], vec![level; 44_100]);
            Compressor::new(-20.0, 2.0, 0.005, 0.1).run(&mut left, &mut right);
            decibels(left[44_000]) - decibels(level)
        };
        assert!(level_after(gain(-30.0)).abs() < 0.1);
        assert!((level_after(gain(-10.0)) + 5.0).abs() < 0.2);
    }
}
