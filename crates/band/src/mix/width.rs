//! How wide the song stands: bass in the middle, the rest as far out as asked.

use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::gain;
use crate::perform::{Threads, spans};

/// Below this everything is mono, hertz: clubs and vinyl expect it, and bass has no direction.
const MONO_BELOW: f32 = 110.0;

/// The most the sides are raised or lowered to reach the asked width, decibels.
const REACH: f32 = 4.5;

/// Makes the bass mono and brings side against mid to `width` decibels (−6 wide to −14 narrow), as far as it reaches.
/// Tells what the sides were multiplied by.
pub(crate) fn set(left: &mut [f32], right: &mut [f32], width: f32, threads: Threads) -> f32 {
    let powers = take_apart(left, right, threads);
    let [mid, side] = powers
        .into_iter()
        .fold([1e-12, 1e-12], |sum, power| [sum[0] + power[0], sum[1] + power[1]]);
    let now = 10.0 * libm::log10(side / mid) as f32;
    let amount = gain((width - now).clamp(-REACH, REACH));
    put_together(left, right, amount, threads);
    amount
}

/// Does to one part of a song what [`set`] did to the whole.
pub(crate) fn follow(left: &mut [f32], right: &mut [f32], amount: f32, threads: Threads) {
    take_apart(left, right, threads);
    put_together(left, right, amount, threads);
}

/// Makes left the mid and right the side, without its bass. Gives the power of mid and side in each span.
fn take_apart(left: &mut [f32], right: &mut [f32], threads: Threads) -> Vec<[f64; 2]> {
    spans::over(threads, left, right, |mut span| {
        let mut sides = Sides::new();
        let [before_left, before_right] = &mut span.before;
        sides.part(before_left, before_right);
        sides.power = [0.0; 2];
        sides.part(span.left, span.right);
        sides.power
    })
}

fn put_together(left: &mut [f32], right: &mut [f32], amount: f32, threads: Threads) {
    spans::over(threads, left, right, |span| {
        for (left, right) in span.left.iter_mut().zip(span.right.iter_mut()) {
            let (mid, side) = (*left, *right * amount);
            (*left, *right) = (mid + side, mid - side);
        }
    });
}

/// Takes mid and side apart.
struct Sides {
    low_cut: Cascade<2>,
    /// Of mid and side above [`MONO_BELOW`] so far.
    power: [f64; 2],
}

impl Sides {
    fn new() -> Self {
        Self {
            low_cut: Cascade::new([Biquad::high_pass(MONO_BELOW, 0.54), Biquad::high_pass(MONO_BELOW, 1.31)]),
            power: [0.0; 2],
        }
    }

    /// Makes left the mid and right the side, cut below [`MONO_BELOW`].
    fn part(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(512).zip(right.chunks_mut(512)) {
            let (mut mid_sum, mut side_sum) = (0.0_f32, 0.0_f32);
            for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                let (mid, side) = ((*left + *right) * 0.5, (*left - *right) * 0.5);
                let [side, upper_mid] = self.low_cut.next([side, mid]);
                side_sum += side * side;
                mid_sum += upper_mid * upper_mid;
                (*left, *right) = (mid, side);
            }
            self.low_cut.settle();
            self.power[0] += f64::from(mid_sum);
            self.power[1] += f64::from(side_sum);
        }
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
        set(&mut left, &mut right, -4.0, Threads::new(2));
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
