//! Sines, decibels and pitch without the platform's math library.

/// Sine of a phase given in turns, 0 ≤ `turns` < 1. Error below 4e-6 (−108 dB).
///
/// The phase is folded to a quarter turn and put through the odd Taylor polynomial of degree nine.
#[inline(always)]
pub(crate) fn sin_turns(turns: f32) -> f32 {
    let centred = turns - 0.5;
    let folded = if centred > 0.25 {
        0.5 - centred
    } else if centred < -0.25 {
        -0.5 - centred
    } else {
        centred
    };
    let square = folded * folded;
    let tail = 81.605_25 + square * (-76.705_86 + square * 42.058_693);
    -folded * (std::f32::consts::TAU + square * (-41.341_7 + square * tail))
}

/// The part of a non-negative phase below one turn.
#[inline(always)]
pub(crate) fn wrap(turns: f32) -> f32 {
    turns - (turns as i32) as f32
}

/// Linear gain of a level in decibels.
pub(crate) fn gain(decibels: f32) -> f32 {
    libm::powf(10.0, decibels / 20.0)
}

/// Decibels of a linear gain; silence reads −200 dB.
pub(crate) fn decibels(gain: f32) -> f32 {
    20.0 * libm::log10f(gain.max(1e-10))
}

/// Frequency of a (fractional) MIDI note, A4 = 69 = 440 Hz.
pub(crate) fn hertz(pitch: f32) -> f32 {
    440.0 * libm::exp2f((pitch - 69.0) / 12.0)
}

/// Frequency ratio of an interval in cents.
pub(crate) fn cents(cents: f32) -> f32 {
    libm::exp2f(cents / 1200.0)
}

/// The factor a sample that brings a level down by 60 dB in `seconds`.
pub(crate) fn decay(seconds: f32) -> f32 {
    libm::expf(-6.907_755 / (seconds.max(1e-4) * super::RATE))
}

/// The factor a sample of a one-pole smoother with time constant `seconds`.
pub(crate) fn smoothing(seconds: f32) -> f32 {
    libm::expf(-1.0 / (seconds.max(1e-5) * super::RATE))
}

/// A smooth saturation close to `tanh`: Padé approximant (3, 2), exact slope at zero, clamped where it reaches ±1.
#[inline(always)]
pub(crate) fn saturate(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let square = x * x;
    x * (27.0 + square) / (27.0 + 9.0 * square)
}

/// The largest magnitude of all samples.
pub(crate) fn peak(samples: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut most = [0.0_f32; LANES];
    let mut blocks = samples.chunks_exact(LANES);
    for block in &mut blocks {
        for (most, sample) in most.iter_mut().zip(block) {
            let level = sample.abs();
            // Not `f32::max`, whose care for what is not a number keeps this loop from being one instruction.
            *most = if level > *most { level } else { *most };
        }
    }
    most.iter()
        .chain(blocks.remainder())
        .fold(0.0, |most, sample| most.max(sample.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sine_polynomial_stays_within_four_millionths() {
        for step in 0..10_000 {
            let turns = step as f32 / 10_000.0;
            let exact = libm::sin(f64::from(turns) * std::f64::consts::TAU);
            assert!((f64::from(sin_turns(turns)) - exact).abs() < 4.5e-6, "at {turns}");
        }
    }

    #[test]
    fn decibels_and_gain_undo_each_other() {
        for level in [-60.0_f32, -14.0, 0.0, 6.0] {
            assert!((decibels(gain(level)) - level).abs() < 1e-3);
        }
    }

    #[test]
    fn a_octave_above_concert_pitch_doubles_it() {
        assert!((hertz(81.0) - 880.0).abs() < 1e-3);
    }

    #[test]
    fn the_largest_magnitude_is_found_anywhere() {
        for place in [0, 15, 16, 35, 39] {
            let mut samples = [0.25; 40];
            samples[place] = -0.5;
            assert_eq!(peak(&samples), 0.5);
        }
    }

    #[test]
    fn saturation_is_transparent_when_soft_and_bounded_when_loud() {
        assert!((saturate(0.01) - 0.01).abs() < 1e-6);
        assert!(saturate(50.0) <= 1.0 && saturate(-50.0) >= -1.0);
    }
}
