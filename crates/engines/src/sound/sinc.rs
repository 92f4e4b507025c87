//! The low-pass both resampler and limiter interpolate with: a sinc under a Kaiser window.

use std::f64::consts::PI;

/// Kaiser's shape parameter for about 90 dB of stop band (Kaiser 1974, beta = 0.1102 (A - 8.7)).
const BETA: f64 = 8.96;

/// The value at `x`, in samples of the slower rate, of a low-pass that is zero beyond `half_width` such samples.
/// `cutoff` is its -6 dB point as a fraction of that rate (0.5 is the Nyquist frequency).
pub(crate) fn windowed_sinc(x: f64, half_width: f64, cutoff: f64) -> f64 {
    let position = x / half_width;
    if position.abs() >= 1.0 {
        return 0.0;
    }
    let window = bessel_i0(BETA * (1.0 - position * position).sqrt()) / bessel_i0(BETA);
    let angle = 2.0 * PI * cutoff * x;
    let sinc = if angle.abs() < 1e-12 { 1.0 } else { angle.sin() / angle };
    2.0 * cutoff * sinc * window
}

/// Modified Bessel function of the first kind, order zero, by its power series (Abramowitz and Stegun 9.6.12).
fn bessel_i0(x: f64) -> f64 {
    let quarter_square = x * x / 4.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= quarter_square / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

/// Sum of products, in eight fixed lanes: quick, and the same to the last bit on every machine.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut lanes = [0.0_f32; LANES];
    let (a_blocks, b_blocks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_blocks
        .remainder()
        .iter()
        .zip(b_blocks.remainder())
        .map(|(x, y)| x * y)
        .sum();
    for (x, y) in a_blocks.zip(b_blocks) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    let halves = [0, 1, 2, 3].map(|lane| lanes[lane] + lanes[lane + 4]);
    (halves[0] + halves[2]) + (halves[1] + halves[3]) + rest
}

/// Sums of products of interleaved `frames` and `coefficients`, one for each channel, in eight fixed lanes.
pub(crate) fn stereo_dot(frames: &[f32], coefficients: &[f32]) -> [f32; 2] {
    const LANES: usize = 8;
    let mut lanes = [0.0_f32; LANES];
    for (x, y) in frames.chunks_exact(LANES).zip(coefficients.chunks_exact(LANES)) {
        for lane in 0..LANES {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    [0, 1].map(|channel| (lanes[channel] + lanes[channel + 4]) + (lanes[channel + 2] + lanes[channel + 6]))
}
