//! A low-pass whose corner can move while it sounds.

use super::RATE;

/// A two-pole filter stable under modulation (trapezoidal state-variable form after V. Zavalishin, "The art of VA filter
/// design"). Two channels share the corner.
#[derive(Debug, Clone)]
pub(crate) struct MovingLowPass {
    damping: f32,
    g: f32,
    h: f32,
    state: [[f32; 2]; 2],
}

impl MovingLowPass {
    /// At rest, with resonance `q` (0.7 is flat).
    pub(crate) fn new(q: f32) -> Self {
        Self {
            damping: 1.0 / q,
            g: 0.0,
            h: 1.0,
            state: [[0.0; 2]; 2],
        }
    }

    /// Moves the corner. Cheap enough for every 16 samples.
    pub(crate) fn set_corner(&mut self, hertz: f32) {
        // tan(x) by its (5, 4) Padé approximant: better than 0.1 % up to 14 kHz.
        let x = std::f32::consts::PI * hertz.clamp(20.0, 14_000.0) / RATE;
        let square = x * x;
        self.g = x * (945.0 - 105.0 * square + square * square) / (945.0 - 420.0 * square + 15.0 * square * square);
        self.h = 1.0 / (1.0 + self.g * (self.g + self.damping));
    }

    /// One stereo sample.
    #[inline(always)]
    pub(crate) fn next(&mut self, frame: [f32; 2]) -> [f32; 2] {
        let mut output = [0.0; 2];
        for channel in 0..2 {
            let [first, second] = self.state[channel];
            let band = self.h * (first + self.g * (frame[channel] - second));
            let low = second + self.g * band;
            self.state[channel] = [2.0 * band - first, 2.0 * low - second];
            output[channel] = low;
        }
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corner_is_three_decibels_down() {
        let mut filter = MovingLowPass::new(std::f32::consts::FRAC_1_SQRT_2);
        filter.set_corner(2000.0);
        let (mut input, mut output) = (0.0, 0.0);
        for index in 0..44_100 {
            let sample = libm::sinf(std::f32::consts::TAU * 2000.0 * index as f32 / RATE);
            let [filtered, _] = filter.next([sample, sample]);
            input += sample * sample;
            output += filtered * filtered;
        }
        let level = 10.0 * libm::log10f(output / input);
        assert!((level + 3.0).abs() < 0.1, "{level}");
    }
}
