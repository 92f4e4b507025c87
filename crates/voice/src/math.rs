//! Exponentials, sines and decibels without the platform's math library, so that every machine makes the same bits.
//!
//! The functions on slices are plain loops without branches: the compiler turns them into vector instructions.

/// Decibels of one neper of amplitude: 20 / ln 10.
pub(crate) const DECIBELS_PER_NEPER: f32 = 8.685_889;

/// Adding and subtracting 1.5 · 2²³ rounds a float of moderate size to the nearest integer.
const ROUND: f32 = 12_582_912.0;

/// Replaces `log[k]`, `phase[k]` by the real and imaginary part of exp(log + i·phase). Relative error below 1e-6 for
/// phases up to a hundred turns; `log` is held within ±80.
pub(crate) fn exp_complex(log: &mut [f32], phase: &mut [f32]) {
    for (log, phase) in log.iter_mut().zip(phase) {
        let gain = exp(*log);
        let (sine, cosine) = sin_cos(*phase);
        *log = gain * cosine;
        *phase = gain * sine;
    }
}

/// e to the power of `x`, held within ±80: 2ⁿ by the exponent's bits, the rest by the Taylor polynomial of degree six
/// on ±ln 2 / 2.
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = if x > 80.0 { 80.0 } else { x };
    let x = if x < -80.0 { -80.0 } else { x };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let whole = shifted - ROUND;
    // ln 2 in two parts, so that nothing is lost when the larger one is taken away.
    let rest = (x - whole * 0.693_359_4) + whole * 2.121_944_4e-4;
    let power = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (0.166_666_67 + rest * (0.041_666_668 + rest * (0.008_333_334 + rest * 0.001_388_889)))));
    // The integer stands in the lowest bits of the shifted number.
    let scale = shifted.to_bits().wrapping_add(127) << 23;
    power * f32::from_bits(scale)
}

/// Sine and cosine of an angle in radians: Taylor polynomials within an eighth of a turn of the nearest quarter.
#[inline(always)]
pub(crate) fn sin_cos(angle: f32) -> (f32, f32) {
    let shifted = angle * std::f32::consts::FRAC_2_PI + ROUND;
    let quarters = shifted - ROUND;
    let quadrant = shifted.to_bits();
    // π/2 in two parts, the first with few enough bits for an exact product.
    let rest = (angle - quarters * 1.570_312_5) - quarters * 4.838_268e-4;
    let square = rest * rest;
    let sine = rest + rest * square * (-0.166_666_67 + square * (0.008_333_334 + square * -0.000_198_412_7));
    let cosine = 1.0 + square * (-0.5 + square * (0.041_666_668 + square * (-0.001_388_889 + square * 2.480_158_7e-5)));
    let odd = 0_u32.wrapping_sub(quadrant & 1);
    let swapped_sine = (sine.to_bits() & !odd) | (cosine.to_bits() & odd);
    let swapped_cosine = (cosine.to_bits() & !odd) | (sine.to_bits() & odd);
    let sine_sign = (quadrant & 2) << 30;
    let cosine_sign = (quadrant.wrapping_add(1) & 2) << 30;
    (
        f32::from_bits(swapped_sine ^ sine_sign),
        f32::from_bits(swapped_cosine ^ cosine_sign),
    )
}

/// Linear gain of a level in decibels.
pub(crate) fn gain(decibels: f32) -> f32 {
    exp(decibels / DECIBELS_PER_NEPER)
}

/// `value` between `low` and `high`; what is not a number becomes `low`.
#[inline(always)]
pub(crate) fn bounded(value: f32, low: f32, high: f32) -> f32 {
    let value = if value > low { value } else { low };
    if value < high { value } else { high }
}

/// The value at `x` of straight lines through `points` (ascending x), flat beyond both ends.
pub(crate) fn piecewise(points: &[(f32, f32)], x: f32) -> f32 {
    let after = points.partition_point(|point| point.0 <= x);
    match (
        after.checked_sub(1).and_then(|before| points.get(before)),
        points.get(after),
    ) {
        (Some(before), Some(after)) => before.1 + (after.1 - before.1) * (x - before.0) / (after.0 - before.0),
        (Some(only), None) | (None, Some(only)) => only.1,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_right_to_a_millionth() {
        for step in -8000..=8000 {
            let x = step as f32 * 0.01;
            let exact = libm::exp(f64::from(x));
            let error = (f64::from(exp(x)) - exact).abs() / exact;
            assert!(error < 1e-6, "at {x}: {error}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(1e30).is_finite() && exp(f32::NEG_INFINITY) >= 0.0);
    }

    #[test]
    fn sines_and_cosines_are_right_to_a_millionth_in_every_quadrant() {
        for step in -60_000..=60_000 {
            let angle = step as f32 * 0.003;
            let (sine, cosine) = sin_cos(angle);
            assert!(
                (f64::from(sine) - libm::sin(f64::from(angle))).abs() < 2e-6,
                "sine at {angle}"
            );
            assert!(
                (f64::from(cosine) - libm::cos(f64::from(angle))).abs() < 2e-6,
                "cosine at {angle}"
            );
        }
    }

    #[test]
    fn complex_exponentials_turn_and_scale() {
        let mut log = [0.5, -1.0];
        let mut phase = [std::f32::consts::FRAC_PI_2, std::f32::consts::PI];
        exp_complex(&mut log, &mut phase);
        assert!(log[0].abs() < 1e-6 && (phase[0] - libm::expf(0.5)).abs() < 1e-5);
        assert!((log[1] + libm::expf(-1.0)).abs() < 1e-6 && phase[1].abs() < 1e-6);
    }

    #[test]
    fn lines_between_points_are_straight_and_flat_beyond_them() {
        let points = [(0.0, -28.0), (1500.0, -24.0), (4000.0, -14.0)];
        assert_eq!(piecewise(&points, -1.0), -28.0);
        assert_eq!(piecewise(&points, 750.0), -26.0);
        assert_eq!(piecewise(&points, 9000.0), -14.0);
    }

    #[test]
    fn what_is_no_number_is_bounded_too() {
        assert_eq!(bounded(f32::NAN, -1.0, 1.0), -1.0);
        assert_eq!(bounded(f32::INFINITY, -1.0, 1.0), 1.0);
        assert_eq!(bounded(0.25, -1.0, 1.0), 0.25);
    }
}
