//! Periodic waves without audible aliasing.

use super::math::{sin_turns, wrap};

/// A saw or pulse whose steps are smoothed over two samples.
///
/// PolyBLEP: V. Välimäki and A. Huovilainen, "Antialiasing oscillators in subtractive synthesis", 2007.
#[derive(Debug, Clone)]
pub(crate) struct Oscillator {
    phase: f32,
    /// Turns a sample.
    pub(crate) step: f32,
}

impl Oscillator {
    /// Starts at `phase` turns with `step` turns a sample.
    pub(crate) fn new(phase: f32, step: f32) -> Self {
        Self {
            phase: wrap(phase),
            step,
        }
    }

    #[inline(always)]
    fn advance(&mut self) -> f32 {
        self.phase += self.step;
        if self.phase >= 1.0 {
            self.phase -= 1.0;
        }
        self.phase
    }

    /// The next sample of a rising saw.
    #[inline(always)]
    pub(crate) fn saw(&mut self) -> f32 {
        let phase = self.advance();
        2.0 * phase - 1.0 - residual(phase, self.step)
    }

    /// The next sample of a pulse that is high for `width` of each turn, without its direct current.
    #[inline(always)]
    pub(crate) fn pulse(&mut self, width: f32) -> f32 {
        let phase = self.advance();
        let fallen = if phase >= width {
            phase - width
        } else {
            phase - width + 1.0
        };
        let level = if phase < width { 1.0 } else { -1.0 };
        level + residual(phase, self.step) - residual(fallen, self.step) - (2.0 * width - 1.0)
    }
}

#[inline(always)]
fn residual(phase: f32, step: f32) -> f32 {
    if phase < step {
        let x = phase / step;
        x + x - x * x - 1.0
    } else if phase > 1.0 - step {
        let x = (phase - 1.0) / step;
        x * x + x + x + 1.0
    } else {
        0.0
    }
}

/// A slow vibrato that sets in some time after the note and never runs quite evenly.
#[derive(Debug, Clone)]
pub(crate) struct Vibrato {
    phase: f32,
    step: f32,
    depth: f32,
    onset: f32,
    ramp: f32,
    elapsed: f32,
}

/// How often a vibrato is worked out, in samples.
pub(crate) const CONTROL: usize = 32;

impl Vibrato {
    /// `depth` in cents, `rate` in hertz, full after `onset` + 0.4 seconds.
    pub(crate) fn new(phase: f32, rate: f32, depth: f32, onset: f32) -> Self {
        Self {
            phase: wrap(phase),
            step: rate * CONTROL as f32 / super::RATE,
            depth: depth * (std::f32::consts::LN_2 / 1200.0),
            onset,
            ramp: 0.4,
            elapsed: 0.0,
        }
    }

    /// The frequency ratio for the next [`CONTROL`] samples, and the swing from −1 to 1 behind it.
    pub(crate) fn next(&mut self) -> (f32, f32) {
        self.elapsed += CONTROL as f32 / super::RATE;
        self.phase = wrap(self.phase + self.step);
        let share = ((self.elapsed - self.onset) / self.ramp).clamp(0.0, 1.0);
        let swing = sin_turns(self.phase) * share;
        (1.0 + self.depth * swing, swing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_carry_no_direct_current() {
        for width in [0.5_f32, 0.25, 0.1] {
            let mut oscillator = Oscillator::new(0.3, 220.0 / 44_100.0);
            let sum: f32 = (0..44_100).map(|_| oscillator.pulse(width)).sum();
            assert!((sum / 44_100.0).abs() < 2e-3);
        }
        let mut oscillator = Oscillator::new(0.3, 220.0 / 44_100.0);
        let sum: f32 = (0..44_100).map(|_| oscillator.saw()).sum();
        assert!((sum / 44_100.0).abs() < 2e-3);
    }
}
