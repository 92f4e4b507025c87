//! Brings the song's spectrum towards its genre's.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::fft::Spectrum;
use crate::perform::{Threads, spans};
use crate::score::MixPlan;

/// Centres of the octaves, hertz.
const CENTRES: [f32; 8] = [63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0];

/// How much of the distance to the target is covered: a mix keeps some of its own character.
const SHARE: f32 = 0.9;

/// The most one octave is moved, decibels.
const REACH: f32 = 7.5;

/// Power of each octave in decibels.
type Octaves = [f32; 8];

/// Measures the song's octaves and filters both channels towards the plan's.
pub(crate) fn correct(left: &mut [f32], right: &mut [f32], plan: &MixPlan, threads: Threads) {
    let Some(power) = average_power(left, right, threads) else {
        return;
    };
    let bells = bells(&gains(&power, &target(plan)));
    spans::over(threads, left, right, |mut span| {
        let mut chain = Cascade::new(bells);
        let [before_left, before_right] = &mut span.before;
        chain.run(before_left, before_right);
        chain.run(span.left, span.right);
    });
}

/// The plan's octaves, tilted by its brightness.
fn target(plan: &MixPlan) -> Octaves {
    const TILT: Octaves = [0.0, 0.0, 0.0, 0.0, 0.0, 0.25, 0.6, 1.0];
    std::array::from_fn(|octave| plan.octaves[octave] + plan.brightness * TILT[octave])
}

/// Bits of the block length: 8192 samples, 5 Hz a bin.
const BITS: u32 = 13;

/// Mean power of each bin of the mono sum over blocks spread through the song.
fn average_power(left: &[f32], right: &[f32], threads: Threads) -> Option<Vec<f64>> {
    let spectrum = Spectrum::new(BITS);
    let length = spectrum.length();
    let parts = spans::each(threads, left.len(), |range| {
        let mut power = vec![0.0_f64; length / 2];
        let mut block = vec![0.0_f32; length];
        for start in range
            .clone()
            .step_by(length * 4)
            .take_while(|start| start + length <= range.end)
        {
            for (sample, index) in block.iter_mut().zip(start..) {
                *sample = (left[index] + right[index]) * 0.5;
            }
            spectrum.accumulate(&block, &mut power);
        }
        power
    });
    let mut power = vec![0.0_f64; length / 2];
    for part in parts {
        power.iter_mut().zip(part).for_each(|(sum, bin)| *sum += bin);
    }
    power.iter().any(|value| *value > 0.0).then_some(power)
}

fn octaves(power: &[f64], sections: &[Biquad]) -> Octaves {
    let bin = f64::from(RATE) / (power.len() * 2) as f64;
    CENTRES.map(|centre| {
        let edge = |factor: f64| ((f64::from(centre) * factor / bin) as usize).clamp(1, power.len() - 1);
        let (low, high) = (edge(std::f64::consts::FRAC_1_SQRT_2), edge(std::f64::consts::SQRT_2));
        let sum: f64 = (low..high)
            .map(|index| {
                let hertz = index as f64 * bin;
                power[index] * sections.iter().map(|section| section.power_at(hertz)).product::<f64>()
            })
            .sum();
        10.0 * libm::log10(sum + 1e-20) as f32
    })
}

/// Bell gains that move each octave by [`SHARE`] of its error, found on the measured spectrum since bells overlap.
fn gains(power: &[f64], target: &Octaves) -> Octaves {
    let start = octaves(power, &[]);
    // Only shape counts, so the error's mean over the middle octaves is taken out.
    let offset = (1..7).map(|octave| start[octave] - target[octave]).sum::<f32>() / 6.0;
    let wanted: Octaves =
        std::array::from_fn(|octave| ((target[octave] - (start[octave] - offset)) * SHARE).clamp(-REACH, REACH));
    let mut gains = [0.0_f32; 8];
    for _ in 0..6 {
        let now = octaves(power, &bells(&gains));
        for octave in 0..8 {
            let moved = now[octave] - start[octave];
            gains[octave] = (gains[octave] + 0.6 * (wanted[octave] - moved)).clamp(-REACH * 1.2, REACH * 1.2);
        }
    }
    gains
}

/// A bell for each octave; the highest is a shelf so that the air above follows.
fn bells(gains: &Octaves) -> [Biquad; 8] {
    std::array::from_fn(|octave| match CENTRES[octave] {
        centre if centre > 7000.0 => Biquad::high_shelf(6500.0, gains[octave]),
        centre => Biquad::peak(centre, 1.2, gains[octave]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::noise::Noise;

    #[test]
    fn white_noise_is_moved_most_of_the_way() {
        let mut noise = Noise::new(4);
        let mut left: Vec<f32> = (0..44_100 * 8).map(|_| noise.white() * 0.1).collect();
        let mut right = left.clone();
        let target = [-9.0, -6.0, -4.0, -2.0, 0.0, 1.0, 3.0, 6.0];
        let error = |left: &[f32], right: &[f32]| {
            let levels = octaves(&average_power(left, right, Threads::new(1)).unwrap(), &[]);
            let offset = (1..7).map(|octave| levels[octave] - target[octave]).sum::<f32>() / 6.0;
            std::array::from_fn::<f32, 8, _>(|octave| levels[octave] - offset - target[octave])
        };
        let before = error(&left, &right);
        let plan = MixPlan {
            octaves: target,
            ..crate::perform::tests::plan()
        };
        correct(&mut left, &mut right, &plan, Threads::new(2));
        let after = error(&left, &right);
        for octave in 0..8 {
            assert!(
                (after[octave] - before[octave] * (1.0 - SHARE)).abs() < 0.9,
                "octave {octave}: {} from {}",
                after[octave],
                before[octave]
            );
        }
    }
}
