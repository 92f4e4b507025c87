//! Gentle level control.

use crate::dsp::math::{decibels, gain, smoothing};

/// A feed-forward compressor on the louder of two channels.
#[derive(Debug, Clone)]
pub(crate) struct Compressor {
    threshold: f32,
    threshold_power: f32,
    slope: f32,
    attack: f32,
    release: f32,
    power: f32,
    gain: f32,
}

/// Samples between two looks at the level; the gain moves in a straight line between.
const STEP: usize = 16;

impl Compressor {
    /// Above `threshold` decibels (of mean power) levels rise by one in `ratio`. Times in seconds, the attack's the shorter.
    pub(crate) fn new(threshold: f32, ratio: f32, attack: f32, release: f32) -> Self {
        Self {
            threshold,
            threshold_power: gain(threshold) * gain(threshold),
            slope: 1.0 - 1.0 / ratio,
            attack: smoothing(attack),
            release: smoothing(release.max(attack)),
            power: 0.0,
            gain: 1.0,
        }
    }

    /// Works on two channels in place.
    pub(crate) fn run(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(STEP).zip(right.chunks_mut(STEP)) {
            let mut powers = [0.0_f32; STEP];
            for (power, (left, right)) in powers.iter_mut().zip(left.iter().zip(right.iter())) {
                let (left, right) = (left * left, right * right);
                *power = if left > right { left } else { right };
            }
            for power in &powers[..left.len()] {
                // The attack is the quicker one, so of the two paces the right one always gives the greater power.
                let rising = power * (1.0 - self.attack) + self.power * self.attack;
                let falling = power * (1.0 - self.release) + self.power * self.release;
                self.power = if rising > falling { rising } else { falling } + 1e-20;
            }
            let wanted = if self.power > self.threshold_power {
                gain((self.threshold - decibels(self.power.sqrt())) * self.slope)
            } else {
                1.0
            };
            let step = (wanted - self.gain) / STEP as f32;
            let sides = left.iter_mut().zip(right.iter_mut());
            for (index, (left, right)) in sides.enumerate() {
                let gain = self.gain + step * (index + 1) as f32;
                *left *= gain;
                *right *= gain;
            }
            self.gain += step * left.len() as f32;
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
