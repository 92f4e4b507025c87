//! How a held note's level moves: attack, decay, sustain, release.

use super::RATE;
use super::math::smoothing;

/// Times in seconds, sustain as a share of the peak.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Envelope {
    /// From silence to the peak.
    pub(crate) attack: f32,
    /// Two thirds of the way from the peak to the sustain level.
    pub(crate) decay: f32,
    /// Level while held, 0-1.
    pub(crate) sustain: f32,
    /// From release until 40 dB down.
    pub(crate) release: f32,
}

impl Envelope {
    /// The envelope of a note held for `held` samples.
    pub(crate) fn start(self, held: usize) -> Running {
        Running {
            attack_step: 1.0 / (self.attack * RATE).max(1.0),
            decay: smoothing(self.decay),
            sustain: self.sustain,
            release: smoothing(self.release / 4.6),
            held,
            position: 0,
            level: 0.0,
            rising: true,
        }
    }

    /// Samples after the release until the note may be cut.
    pub(crate) fn tail(self) -> usize {
        (self.release * 1.9 * RATE) as usize + 32
    }
}

/// An envelope under way.
#[derive(Debug, Clone)]
pub(crate) struct Running {
    attack_step: f32,
    decay: f32,
    sustain: f32,
    release: f32,
    held: usize,
    position: usize,
    level: f32,
    rising: bool,
}

impl Running {
    /// The level now; moves on by one sample.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> f32 {
        if self.position >= self.held {
            self.level *= self.release;
        } else if self.rising {
            self.level += self.attack_step;
            if self.level >= 1.0 {
                self.level = 1.0;
                self.rising = false;
            }
        } else {
            self.level = self.sustain + (self.level - self.sustain) * self.decay;
        }
        self.position += 1;
        self.level
    }
}

/// Fades the last `length` samples to zero, so that a cut never clicks.
pub(crate) fn fade_out(buffer: &mut [f32], length: usize) {
    let length = length.min(buffer.len());
    let start = buffer.len() - length;
    for (index, sample) in buffer[start..].iter_mut().enumerate() {
        *sample *= 1.0 - (index + 1) as f32 / length as f32;
    }
}

/// Raises the first `length` samples from zero along a half cosine-like curve.
pub(crate) fn fade_in(buffer: &mut [f32], length: usize) {
    let length = length.min(buffer.len());
    for (index, sample) in buffer[..length].iter_mut().enumerate() {
        let share = index as f32 / length as f32;
        *sample *= share * share * (3.0 - 2.0 * share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_peaks_sustains_and_dies() {
        let shape = Envelope {
            attack: 0.01,
            decay: 0.05,
            sustain: 0.5,
            release: 0.1,
        };
        let held = 22_050;
        let mut running = shape.start(held);
        let levels: Vec<f32> = (0..held + shape.tail()).map(|_| running.next()).collect();
        assert!(levels[441] > 0.97);
        assert!((levels[held - 1] - 0.5).abs() < 0.01);
        assert!(levels[levels.len() - 1] < 1e-3);
    }
}
