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

/// Numbers that one instruction works on.
const LANES: usize = 4;

type Lanes = [f32; LANES];

/// One pass over the data: `count` butterflies with twiddles of their own, each over `stride` neighbours.
#[derive(Debug)]
struct Stage {
    factor: usize,
    count: usize,
    stride: usize,
    /// For each butterfly the twiddles of outputs 1 to 3, as far as there are that many.
    twiddles: Vec<[(f32, f32); 3]>,
    /// The same in groups of neighbouring butterflies, for a first pass.
    grouped: Vec<[Number; 3]>,
}

impl Stage {
    fn new(factor: usize, count: usize, stride: usize) -> Self {
        let turn = -std::f64::consts::TAU / (factor * count) as f64;
        let twiddle = |index: usize| {
            let angle = turn * index as f64;
            (libm::cos(angle) as f32, libm::sin(angle) as f32)
        };
        let group = |first: usize, output: usize| {
            let of = |lane: usize| twiddle((first + lane) * output);
            Number(
                std::array::from_fn(|lane| of(lane).0),
                std::array::from_fn(|lane| of(lane).1),
            )
        };
        Self {
            factor,
            count,
            stride,
            twiddles: (0..count)
                .map(|butterfly| [1, 2, 3].map(|output| twiddle(butterfly * output)))
                .collect(),
            grouped: (0..count)
                .step_by(LANES)
                .map(|first| [1, 2, 3].map(|output| group(first, output)))
                .collect(),
        }
    }
}

impl Transform {
    /// For `length` numbers: 16 or more, a product of fours, at most one three and one two.
    pub(crate) fn new(length: usize) -> Self {
        let mut stages = Vec::new();
        let (mut rest, mut stride) = (length, 1);
        while rest > 1 {
            let factor = [4, 3, 2].into_iter().find(|factor| rest % factor == 0).unwrap_or(rest);
            debug_assert!(factor <= 4 && length.is_multiple_of(16), "length {length}");
            rest /= factor;
            stages.push(Stage::new(factor, rest, stride));
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
            let from = Groups {
                real: data.real.as_chunks().0,
                imaginary: data.imaginary.as_chunks().0,
            };
            let to = GroupsMut {
                real: self.scratch.real.as_chunks_mut().0,
                imaginary: self.scratch.imaginary.as_chunks_mut().0,
            };
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

#[derive(Clone, Copy)]
struct Groups<'a> {
    real: &'a [Lanes],
    imaginary: &'a [Lanes],
}

impl<'a> Groups<'a> {
    fn part(self, first: usize, length: usize) -> Self {
        Self {
            real: &self.real[first..][..length],
            imaginary: &self.imaginary[first..][..length],
        }
    }

    #[inline(always)]
    fn get(self, index: usize) -> Number {
        Number(self.real[index], self.imaginary[index])
    }
}

struct GroupsMut<'a> {
    real: &'a mut [Lanes],
    imaginary: &'a mut [Lanes],
}

impl<'a> GroupsMut<'a> {
    /// The first `length` groups, and the others.
    fn split(self, length: usize) -> (Self, Self) {
        let (real, other_real) = self.real.split_at_mut(length);
        let (imaginary, other_imaginary) = self.imaginary.split_at_mut(length);
        (
            Self { real, imaginary },
            Self {
                real: other_real,
                imaginary: other_imaginary,
            },
        )
    }

    #[inline(always)]
    fn set(&mut self, index: usize, value: Number) {
        self.real[index] = value.0;
        self.imaginary[index] = value.1;
    }
}

impl Stage {
    /// The first pass, whose butterflies touch single numbers: four of them at once.
    fn first_fours(&self, from: Groups<'_>, to: GroupsMut<'_>) {
        let groups = self.count / LANES;
        let part = |part: usize| from.part(part * groups, groups);
        let (a, b, c, d) = (part(0), part(1), part(2), part(3));
        let outputs = to.real.as_chunks_mut::<4>().0.iter_mut();
        let outputs = outputs.zip(to.imaginary.as_chunks_mut::<4>().0);
        for (index, ((real, imaginary), twiddles)) in outputs.zip(&self.grouped).enumerate().take(groups) {
            let [e, f, g, h] = butterfly(a.get(index), b.get(index), c.get(index), d.get(index));
            let [f, g, h] = [f.times(twiddles[0]), g.times(twiddles[1]), h.times(twiddles[2])];
            *real = transposed([e.0, f.0, g.0, h.0]);
            *imaginary = transposed([e.1, f.1, g.1, h.1]);
        }
    }

    fn fours(&self, from: Groups<'_>, mut to: GroupsMut<'_>) {
        let groups = self.stride / LANES;
        let jump = groups * self.count;
        for (p, twiddles) in self.twiddles.iter().enumerate() {
            let part = |part: usize| from.part(p * groups + part * jump, groups);
            let (a, b, c, d) = (part(0), part(1), part(2), part(3));
            let (mut first, rest) = to.split(groups);
            let (mut second, rest) = rest.split(groups);
            let (mut third, rest) = rest.split(groups);
            let (mut fourth, rest) = rest.split(groups);
            let [one, two, three] = [
                Number::all(twiddles[0]),
                Number::all(twiddles[1]),
                Number::all(twiddles[2]),
            ];
            for q in 0..groups {
                let [e, f, g, h] = butterfly(a.get(q), b.get(q), c.get(q), d.get(q));
                first.set(q, e);
                second.set(q, f.times(one));
                third.set(q, g.times(two));
                fourth.set(q, h.times(three));
            }
            to = rest;
        }
    }

    fn threes(&self, from: Groups<'_>, mut to: GroupsMut<'_>) {
        /// sin 60°.
        const HEIGHT: f32 = 0.866_025_4;
        let groups = self.stride / LANES;
        let jump = groups * self.count;
        for (p, twiddles) in self.twiddles.iter().enumerate() {
            let part = |part: usize| from.part(p * groups + part * jump, groups);
            let (a, b, c) = (part(0), part(1), part(2));
            let (mut first, rest) = to.split(groups);
            let (mut second, rest) = rest.split(groups);
            let (mut third, rest) = rest.split(groups);
            let [one, two] = [Number::all(twiddles[0]), Number::all(twiddles[1])];
            for q in 0..groups {
                let (a, b, c) = (a.get(q), b.get(q), c.get(q));
                let sum = b.plus(c);
                let middle = a.minus(sum.scaled(0.5));
                let turned = b.minus(c).scaled(HEIGHT).turned();
                first.set(q, a.plus(sum));
                second.set(q, middle.plus(turned).times(one));
                third.set(q, middle.minus(turned).times(two));
            }
            to = rest;
        }
    }

    fn twos(&self, from: Groups<'_>, mut to: GroupsMut<'_>) {
        let groups = self.stride / LANES;
        let jump = groups * self.count;
        for (p, twiddles) in self.twiddles.iter().enumerate() {
            let part = |part: usize| from.part(p * groups + part * jump, groups);
            let (a, b) = (part(0), part(1));
            let (mut first, rest) = to.split(groups);
            let (mut second, rest) = rest.split(groups);
            let one = Number::all(twiddles[0]);
            for q in 0..groups {
                first.set(q, a.get(q).plus(b.get(q)));
                second.set(q, a.get(q).minus(b.get(q)).times(one));
            }
            to = rest;
        }
    }
}

/// Complex numbers side by side: real parts, imaginary parts.
#[derive(Debug, Clone, Copy)]
struct Number(Lanes, Lanes);

impl Number {
    #[inline(always)]
    fn all((real, imaginary): (f32, f32)) -> Self {
        Self([real; LANES], [imaginary; LANES])
    }

    #[inline(always)]
    fn plus(self, other: Self) -> Self {
        Self(
            each(|lane| self.0[lane] + other.0[lane]),
            each(|lane| self.1[lane] + other.1[lane]),
        )
    }

    #[inline(always)]
    fn minus(self, other: Self) -> Self {
        Self(
            each(|lane| self.0[lane] - other.0[lane]),
            each(|lane| self.1[lane] - other.1[lane]),
        )
    }

    #[inline(always)]
    fn times(self, other: Self) -> Self {
        Self(
            each(|lane| self.0[lane] * other.0[lane] - self.1[lane] * other.1[lane]),
            each(|lane| self.0[lane] * other.1[lane] + self.1[lane] * other.0[lane]),
        )
    }

    #[inline(always)]
    fn scaled(self, factor: f32) -> Self {
        Self(each(|lane| self.0[lane] * factor), each(|lane| self.1[lane] * factor))
    }

    /// Times −i.
    #[inline(always)]
    fn turned(self) -> Self {
        Self(self.1, each(|lane| -self.0[lane]))
    }
}

/// Written out, because the compiler makes one instruction of this but many of a loop.
#[inline(always)]
fn each(value: impl Fn(usize) -> f32) -> Lanes {
    [value(0), value(1), value(2), value(3)]
}

/// The transform of four numbers.
#[inline(always)]
fn butterfly(a: Number, b: Number, c: Number, d: Number) -> [Number; 4] {
    let (even, even_difference) = (a.plus(c), a.minus(c));
    let (odd, odd_difference) = (b.plus(d), b.minus(d).turned());
    [
        even.plus(odd),
        even_difference.plus(odd_difference),
        even.minus(odd),
        even_difference.minus(odd_difference),
    ]
}

#[inline(always)]
fn transposed(rows: [Lanes; 4]) -> [Lanes; 4] {
    let column = |column: usize| each(|row| rows[row][column]);
    [column(0), column(1), column(2), column(3)]
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
        for length in [16, 32, 48, 64, 96, 128, 512, 1024, 1536] {
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
