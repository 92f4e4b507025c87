//! The tempo delay: repeats that walk from side to side.

use crate::dsp::biquad::{Biquad, Filter};

/// The most of a repeat that may make the next: the delay must die away.
const LONGEST: f32 = 0.8;

/// Replaces the mono send by its repeats and returns them for both sides. `delay` in samples; `feedback` is how much
/// of each repeat makes the next.
pub(crate) fn repeats(send: &[f32], delay: usize, feedback: f32) -> (Vec<f32>, Vec<f32>) {
    let delay = delay.max(64);
    let feedback = feedback.clamp(0.0, LONGEST);
    let (mut left, mut right) = (vec![0.0_f32; send.len()], vec![0.0_f32; send.len()]);
    // The send enters on the left; each side feeds the other one delay later.
    let mut dark = [
        Filter::new(Biquad::low_pass(3800.0, 0.6)),
        Filter::new(Biquad::low_pass(3800.0, 0.6)),
    ];
    let mut thin = Filter::new(Biquad::high_pass(260.0, 0.7));
    for index in delay..send.len() {
        let from_right = right[index - delay] * feedback;
        let from_left = left[index - delay];
        left[index] = dark[0].next(thin.next(send[index - delay]) + from_right) + 1e-20;
        right[index] = dark[1].next(from_left * 0.75) + 1e-20;
    }
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_come_on_time_on_alternate_sides_and_fade() {
        let mut send = vec![0.0; 40_000];
        send[0..200].fill(0.5);
        let (left, right) = repeats(&send, 10_000, 0.36);
        let peak = |side: &[f32], from: usize| {
            side[from..from + 600]
                .iter()
                .fold(0.0_f32, |most, sample| most.max(sample.abs()))
        };
        assert!(peak(&left, 9_950) > 0.2 && peak(&right, 9_950) < 0.01);
        assert!(peak(&right, 20_000) > 0.1 && peak(&left, 20_000) < 0.01);
        assert!(peak(&left, 30_000) < peak(&left, 9_950) * 0.5);
    }
}
