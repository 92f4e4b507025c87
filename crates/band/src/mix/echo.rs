//! The tempo delay: repeats that walk from side to side.

use crate::dsp::biquad::{Biquad, Filter};

/// How much of each repeat makes the next.
const FEEDBACK: f32 = 0.36;

/// Replaces the mono send by its repeats and returns them for both sides. `delay` in samples.
pub(crate) fn repeats(send: &[f32], delay: usize) -> (Vec<f32>, Vec<f32>) {
    let delay = delay.max(64);
    let (mut left, mut right) = (vec![0.0_f32; send.len()], vec![0.0_f32; send.len()]);
    // The send enters on the left; each side feeds the other one delay later.
    let mut dark = [
        Filter::new(Biquad::low_pass(3800.0, 0.6)),
        Filter::new(Biquad::low_pass(3800.0, 0.6)),
    ];
    let mut thin = Filter::new(Biquad::high_pass(260.0, 0.7));
    for index in delay..send.len() {
        let from_right = right[index - delay] * FEEDBACK;
        let from_left = left[index - delay] * FEEDBACK;
        left[index] = dark[0].next(thin.next(send[index - delay]) + from_right) + 1e-20;
        right[index] = dark[1].next(from_left / FEEDBACK * 0.75) + 1e-20;
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
        let (left, right) = repeats(&send, 10_000);
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
