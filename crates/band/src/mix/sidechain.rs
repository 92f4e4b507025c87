//! The kick makes room for itself.

use crate::dsp::samples;
use crate::perform::part::Part;

/// Ducks `part` by `decibels` at every kick, easing back within half a beat.
pub(crate) fn duck(part: &mut Part, kicks: &[usize], decibels: f32, beat: f32) {
    let floor = crate::dsp::math::gain(-decibels.clamp(0.0, 24.0));
    let (attack, hold) = (samples(0.006), samples(0.020));
    let recovery = (beat * 0.5) as usize;
    let length = part.left.len();
    for (index, kick) in kicks.iter().enumerate() {
        let next = kicks.get(index + 1).map_or(length, |next| next.saturating_sub(attack));
        let start = kick.saturating_sub(attack);
        let end = (kick + hold + recovery).min(next).min(length);
        for position in start..end.max(start) {
            let gain = if position < *kick {
                1.0 - (1.0 - floor) * (position - start) as f32 / attack as f32
            } else {
                let share = position.saturating_sub(kick + hold) as f32 / recovery as f32;
                floor + (1.0 - floor) * share * share * (3.0 - 2.0 * share)
            };
            part.left[position] *= gain;
            part.right[position] *= gain;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_down_at_the_kick_and_back_before_the_next_beat() {
        let ones = || vec![1.0_f32; 44_100];
        let mut part = Part::new(ones(), ones(), std::slice::from_ref(&(0..44_100)));
        duck(&mut part, &[10_000], 6.0, 20_000.0);
        assert!((part.left[10_100] - 0.5).abs() < 0.01);
        assert_eq!(part.left[9_000], 1.0);
        assert!(part.left[21_500] > 0.99);
    }
}
