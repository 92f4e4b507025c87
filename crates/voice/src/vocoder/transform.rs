//! The discrete Fourier transform of complex numbers.
//!
//! Written out rather than taken from a library: libraries choose vector instructions at run time and so differ in
//! the last bits between machines. Real and imaginary parts lie in arrays of their own, so that the compiler makes
//! vector code of the plain loops.

/// Plans transforms of one length: the self-sorting algorithm of Stockham with factors 4, 3 and 2 (Van Loan,
/// "Computational Frameworks for the Fast Fourier Transform", 1992, §1.7).
#[derive(Debug)]
pub(crate) struct Transform {
    length: usize,
    stages: Vec<Stage>,
    scratch: Complexes,
}

/// Complex numbers, parts apart.
#[derive(Debug, Clone, Default)]
pub(crate) struct Complexes {
    pub(crate) real: Vec<f32>,
    pub(crate) imaginary: Vec<f32>,
}

impl Complexes {
    pub(crate) fn zeros(length: usize) -> Self {
        Self {
            real: vec![0.0; length],
            imaginary: vec![0.0; length],
        }
    }
}

/// One pass over the data: `count` butterflies with twiddles of their own, each over `stride` neighbours.
#[derive(Debug)]
struct Stage {
    factor: usize,
    count: usize,
    stride: usize,
    /// For each butterfly the twiddles of outputs 1 to `factor` − 1.
    twiddles: Vec<[(f32, f32); 3]>,
}

impl Transform {
    /// For `length` numbers: a product of fours, at most one three and one two.
    pub(crate) fn new(length: usize) -> Self {
        let mut stages = Vec::new();
        let (mut rest, mut stride) = (length, 1);
        while rest > 1 {
            let factor = [4, 3, 2].into_iter().find(|factor| rest % factor == 0).unwrap_or(rest);
            debug_assert!(factor <= 4, "length {length}");
            let turn = -std::f64::consts::TAU / rest as f64;
            let twiddle = |index: usize| {
                let angle = turn * index as f64;
                (libm::cos(angle) as f32, libm::sin(angle) as f32)
            };
            let count = rest / factor;
            stages.push(Stage {
                factor,
                count,
                stride,
                twiddles: (0..count)
                    .map(|p| [twiddle(p), twiddle(2 * p), twiddle(3 * p)])
                    .collect(),
            });
            rest = count;
            stride *= factor;
        }
        Self {
            length,
            stages,
            scratch: Complexes::zeros(length),
        }
    }

    /// X\[k\] = Σ x\[n\]·exp(−2πikn/N), in place.
    pub(crate) fn forward(&mut self, data: &mut Complexes) {
        debug_assert_eq!(data.real.len(), self.length);
        for stage in &self.stages {
            let from = (&data.real[..], &data.imaginary[..]);
            let to = (&mut self.scratch.real[..], &mut self.scratch.imaginary[..]);
            match stage.factor {
                4 if stage.stride == 1 => stage.first_fours(from, to),
                4 => stage.fours(from, to),
                3 => stage.threes(from, to),
                _ => stage.twos(from, to),
            }
            std::mem::swap(data, &mut self.scratch);
        }
    }

    /// x\[n\] = Σ X\[k\]·exp(2πikn/N), in place and not divided by N.
    pub(crate) fn inverse(&mut self, data: &mut Complexes) {
        std::mem::swap(&mut data.real, &mut data.imaginary);
        self.forward(data);
        std::mem::swap(&mut data.real, &mut data.imaginary);
    }
}

type Parts<'a> = (&'a [f32], &'a [f32]);
type PartsMut<'a> = (&'a mut [f32], &'a mut [f32]);

impl Stage {
    /// The first pass, whose butterflies touch single numbers.
    fn first_fours(&self, (re, im): Parts<'_>, (to_re, to_im): PartsMut<'_>) {
        let quarter = self.count;
        let (re0, rest) = re.split_at(quarter);
        let (re1, rest) = rest.split_at(quarter);
        let (re2, re3) = rest.split_at(quarter);
        let (im0, rest) = im.split_at(quarter);
        let (im1, rest) = rest.split_at(quarter);
        let (im2, im3) = rest.split_at(quarter);
        let re3 = &re3[..quarter];
        let im3 = &im3[..quarter];
        let outputs = to_re.chunks_exact_mut(4).zip(to_im.chunks_exact_mut(4));
        for (p, ((out_re, out_im), twiddles)) in outputs.zip(&self.twiddles).enumerate().take(quarter) {
            let a = (re0[p], im0[p]);
            let b = (re1[p], im1[p]);
            let c = (re2[p], im2[p]);
            let d = (re3[p], im3[p]);
            let results = butterfly(a, b, c, d, twiddles);
            for (index, result) in results.into_iter().enumerate() {
                out_re[index] = result.0;
                out_im[index] = result.1;
            }
        }
    }

    fn fours(&self, (re, im): Parts<'_>, (to_re, to_im): PartsMut<'_>) {
        const LANES: usize = 4;
        let (stride, jump) = (self.stride, self.stride * self.count);
        let outputs = to_re
            .chunks_exact_mut(4 * stride)
            .zip(to_im.chunks_exact_mut(4 * stride));
        for (p, ((out_re, out_im), twiddles)) in outputs.zip(&self.twiddles).enumerate() {
            let base = p * stride;
            let part = |of: usize| base + of * jump..base + of * jump + stride;
            let (re0, re1, re2, re3) = (&re[part(0)], &re[part(1)], &re[part(2)], &re[part(3)]);
            let (im0, im1, im2, im3) = (&im[part(0)], &im[part(1)], &im[part(2)], &im[part(3)]);
            let (or0, rest) = out_re.split_at_mut(stride);
            let (or1, rest) = rest.split_at_mut(stride);
            let (or2, or3) = rest.split_at_mut(stride);
            let (oi0, rest) = out_im.split_at_mut(stride);
            let (oi1, rest) = rest.split_at_mut(stride);
            let (oi2, oi3) = rest.split_at_mut(stride);
            for q in (0..stride).step_by(LANES) {
                let lanes = q..q + LANES;
                let (re0, re1, re2, re3) = (
                    &re0[lanes.clone()],
                    &re1[lanes.clone()],
                    &re2[lanes.clone()],
                    &re3[lanes.clone()],
                );
                let (im0, im1, im2, im3) = (
                    &im0[lanes.clone()],
                    &im1[lanes.clone()],
                    &im2[lanes.clone()],
                    &im3[lanes.clone()],
                );
                let (or0, or1, or2, or3) = (
                    &mut or0[lanes.clone()],
                    &mut or1[lanes.clone()],
                    &mut or2[lanes.clone()],
                    &mut or3[lanes.clone()],
                );
                let (oi0, oi1, oi2, oi3) = (
                    &mut oi0[lanes.clone()],
                    &mut oi1[lanes.clone()],
                    &mut oi2[lanes.clone()],
                    &mut oi3[lanes],
                );
                for lane in 0..LANES {
                    let results = butterfly(
                        (re0[lane], im0[lane]),
                        (re1[lane], im1[lane]),
                        (re2[lane], im2[lane]),
                        (re3[lane], im3[lane]),
                        twiddles,
                    );
                    (or0[lane], oi0[lane]) = results[0];
                    (or1[lane], oi1[lane]) = results[1];
                    (or2[lane], oi2[lane]) = results[2];
                    (or3[lane], oi3[lane]) = results[3];
                }
            }
        }
    }

    fn threes(&self, (re, im): Parts<'_>, (to_re, to_im): PartsMut<'_>) {
        /// sin 60°.
        const HEIGHT: f32 = 0.866_025_4;
        let (stride, jump) = (self.stride, self.stride * self.count);
        for (p, twiddles) in self.twiddles.iter().enumerate() {
            for q in 0..stride {
                let at = p * stride + q;
                let (a, b, c) = (
                    (re[at], im[at]),
                    (re[at + jump], im[at + jump]),
                    (re[at + 2 * jump], im[at + 2 * jump]),
                );
                let sum = (b.0 + c.0, b.1 + c.1);
                let turned = (HEIGHT * (b.1 - c.1), HEIGHT * (c.0 - b.0));
                let middle = (a.0 - 0.5 * sum.0, a.1 - 0.5 * sum.1);
                let to = 3 * p * stride + q;
                (to_re[to], to_im[to]) = (a.0 + sum.0, a.1 + sum.1);
                (to_re[to + stride], to_im[to + stride]) =
                    times((middle.0 + turned.0, middle.1 + turned.1), twiddles[0]);
                (to_re[to + 2 * stride], to_im[to + 2 * stride]) =
                    times((middle.0 - turned.0, middle.1 - turned.1), twiddles[1]);
            }
        }
    }

    fn twos(&self, (re, im): Parts<'_>, (to_re, to_im): PartsMut<'_>) {
        let (stride, jump) = (self.stride, self.stride * self.count);
        for (p, twiddles) in self.twiddles.iter().enumerate() {
            for q in 0..stride {
                let at = p * stride + q;
                let (a, b) = ((re[at], im[at]), (re[at + jump], im[at + jump]));
                let to = 2 * p * stride + q;
                (to_re[to], to_im[to]) = (a.0 + b.0, a.1 + b.1);
                (to_re[to + stride], to_im[to + stride]) = times((a.0 - b.0, a.1 - b.1), twiddles[0]);
            }
        }
    }
}

type Number = (f32, f32);

#[inline(always)]
fn butterfly(a: Number, b: Number, c: Number, d: Number, twiddles: &[Number; 3]) -> [Number; 4] {
    let even_sum = (a.0 + c.0, a.1 + c.1);
    let even_difference = (a.0 - c.0, a.1 - c.1);
    let odd_sum = (b.0 + d.0, b.1 + d.1);
    // −i (b − d)
    let turned = (b.1 - d.1, d.0 - b.0);
    [
        (even_sum.0 + odd_sum.0, even_sum.1 + odd_sum.1),
        times(
            (even_difference.0 + turned.0, even_difference.1 + turned.1),
            twiddles[0],
        ),
        times((even_sum.0 - odd_sum.0, even_sum.1 - odd_sum.1), twiddles[1]),
        times(
            (even_difference.0 - turned.0, even_difference.1 - turned.1),
            twiddles[2],
        ),
    ]
}

#[inline(always)]
fn times(a: Number, b: Number) -> Number {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::noise::Noise;

    fn noise(length: usize) -> Complexes {
        let mut noise = Noise::new(1, length as u64);
        Complexes {
            real: (0..length).map(|_| noise.white()).collect(),
            imaginary: (0..length).map(|_| noise.white()).collect(),
        }
    }

    #[test]
    fn every_bin_is_the_sum_its_definition_says() {
        for length in [4, 8, 12, 16, 24, 48, 96, 256, 512, 1536] {
            let given = noise(length);
            let mut data = given.clone();
            Transform::new(length).forward(&mut data);
            for bin in [0, 1, length / 3, length / 2, length - 1] {
                let (mut real, mut imaginary) = (0.0_f64, 0.0_f64);
                for index in 0..length {
                    let angle = -std::f64::consts::TAU * ((bin * index) % length) as f64 / length as f64;
                    let (x, y) = (f64::from(given.real[index]), f64::from(given.imaginary[index]));
                    real += x * libm::cos(angle) - y * libm::sin(angle);
                    imaginary += x * libm::sin(angle) + y * libm::cos(angle);
                }
                let error =
                    (f64::from(data.real[bin]) - real).abs() + (f64::from(data.imaginary[bin]) - imaginary).abs();
                assert!(error < 1e-4 * (length as f64).sqrt(), "bin {bin} of {length}: {error}");
            }
        }
    }

    #[test]
    fn the_inverse_brings_back_what_was_transformed() {
        for length in [512, 1024, 1536, 2048] {
            let given = noise(length);
            let mut data = given.clone();
            let mut transform = Transform::new(length);
            transform.forward(&mut data);
            transform.inverse(&mut data);
            for (back, given) in data.real.iter().zip(&given.real) {
                assert!((back / length as f32 - given).abs() < 1e-5);
            }
            for (back, given) in data.imaginary.iter().zip(&given.imaginary) {
                assert!((back / length as f32 - given).abs() < 1e-5);
            }
        }
    }
}
