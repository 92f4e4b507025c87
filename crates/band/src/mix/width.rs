//! How wide the song stands: bass in the middle, the rest as far out as asked.

use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::gain;

/// Below this everything is mono, hertz: clubs and vinyl expect it, and bass has no direction.
const MONO_BELOW: f32 = 110.0;

/// The most the sides are raised or lowered to reach the asked width, decibels.
const REACH: f32 = 4.5;

/// Makes the bass mono and brings side against mid to `width` decibels (−6 wide to −14 narrow), as far as it reaches.
pub(crate) fn set(left: &mut [f32], right: &mut [f32], width: f32) {
    let mut low_cut = Cascade::new([Biquad::high_pass(MONO_BELOW, 0.54), Biquad::high_pass(MONO_BELOW, 1.31)]);
    let (mut mid_power, mut side_power) = (0.0_f64, 0.0_f64);
    // The sides are cut in place: first left and right become mid and side.
    for (left, right) in left.chunks_mut(512).zip(right.chunks_mut(512)) {
        let (mut mid_sum, mut side_sum) = (0.0_f32, 0.0_f32);
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            let (mid, side) = ((*left + *right) * 0.5, (*left - *right) * 0.5);
            let [side, upper_mid] = low_cut.next([side, mid]);
            side_sum += side * side;
            mid_sum += upper_mid * upper_mid;
            (*left, *right) = (mid, side);
        }
        low_cut.settle();
        mid_power += f64::from(mid_sum);
        side_power += f64::from(side_sum);
    }
    let now = 10.0 * libm::log10((side_power + 1e-12) / (mid_power + 1e-12)) as f32;
    let amount = gain((width - now).clamp(-REACH, REACH));
    for (left, right) in left.iter_mut().zip(right.iter_mut()) {
        let (mid, side) = (*left, *right * amount);
        (*left, *right) = (mid + side, mid - side);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::noise::Noise;

    #[test]
    fn noise_from_two_sides_is_narrowed_towards_the_target() {
        let (mut one, mut other) = (Noise::new(1), Noise::new(2));
        let mut left: Vec<f32> = (0..44_100).map(|_| one.white()).collect();
        let mut right: Vec<f32> = (0..44_100).map(|_| other.white()).collect();
        set(&mut left, &mut right, -4.0);
        let power = |sign: f32| -> f32 {
            left.iter()
                .zip(&right)
                .map(|(l, r)| (l + sign * r) * (l + sign * r))
                .sum()
        };
        let ratio = 10.0 * libm::log10f(power(-1.0) / power(1.0));
        assert!((ratio + 4.0).abs() < 0.3, "{ratio}");
    }
}
