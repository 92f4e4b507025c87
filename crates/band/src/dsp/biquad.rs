//! Second-order filters and chains of them.
//!
//! Formulas: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients".

use std::ops::Range;

use super::RATE;
use super::math::gain;

/// One second-order section, normalised so that `a0` is 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Biquad {
    b: [f32; 3],
    a: [f32; 2],
}

impl Biquad {
    /// From coefficients of numerator and denominator, in double precision so that low corners stay where they are.
    pub(crate) fn from_coefficients(b: [f64; 3], a: [f64; 3]) -> Self {
        Self {
            b: b.map(|value| (value / a[0]) as f32),
            a: [(a[1] / a[0]) as f32, (a[2] / a[0]) as f32],
        }
    }

    /// Low-pass at `hertz`.
    pub(crate) fn low_pass(hertz: f32, q: f32) -> Self {
        let (cosine, alpha) = angle(hertz, q);
        let edge = (1.0 - cosine) / 2.0;
        Self::from_coefficients([edge, 2.0 * edge, edge], [1.0 + alpha, -2.0 * cosine, 1.0 - alpha])
    }

    /// High-pass at `hertz`.
    pub(crate) fn high_pass(hertz: f32, q: f32) -> Self {
        let (cosine, alpha) = angle(hertz, q);
        let edge = (1.0 + cosine) / 2.0;
        Self::from_coefficients([edge, -2.0 * edge, edge], [1.0 + alpha, -2.0 * cosine, 1.0 - alpha])
    }

    /// Band-pass around `hertz`, unity gain at the centre.
    pub(crate) fn band_pass(hertz: f32, q: f32) -> Self {
        let (cosine, alpha) = angle(hertz, q);
        Self::from_coefficients([alpha, 0.0, -alpha], [1.0 + alpha, -2.0 * cosine, 1.0 - alpha])
    }

    /// Bell of `decibels` at `hertz`.
    pub(crate) fn peak(hertz: f32, q: f32, decibels: f32) -> Self {
        let (cosine, alpha) = angle(hertz, q);
        let root = f64::from(gain(decibels / 2.0));
        Self::from_coefficients(
            [1.0 + alpha * root, -2.0 * cosine, 1.0 - alpha * root],
            [1.0 + alpha / root, -2.0 * cosine, 1.0 - alpha / root],
        )
    }

    /// Everything below `hertz` by `decibels`.
    pub(crate) fn low_shelf(hertz: f32, decibels: f32) -> Self {
        let (cosine, alpha) = angle(hertz, std::f32::consts::FRAC_1_SQRT_2);
        let root = f64::from(gain(decibels / 2.0));
        let slope = 2.0 * root.sqrt() * alpha;
        let (more, less) = (root + 1.0, root - 1.0);
        Self::from_coefficients(
            [
                root * (more - less * cosine + slope),
                2.0 * root * (less - more * cosine),
                root * (more - less * cosine - slope),
            ],
            [
                more + less * cosine + slope,
                -2.0 * (less + more * cosine),
                more + less * cosine - slope,
            ],
        )
    }

    /// Everything above `hertz` by `decibels`.
    pub(crate) fn high_shelf(hertz: f32, decibels: f32) -> Self {
        let (cosine, alpha) = angle(hertz, std::f32::consts::FRAC_1_SQRT_2);
        let root = f64::from(gain(decibels / 2.0));
        let slope = 2.0 * root.sqrt() * alpha;
        let (more, less) = (root + 1.0, root - 1.0);
        Self::from_coefficients(
            [
                root * (more + less * cosine + slope),
                -2.0 * root * (less + more * cosine),
                root * (more + less * cosine - slope),
            ],
            [
                more - less * cosine + slope,
                2.0 * (less - more * cosine),
                more - less * cosine - slope,
            ],
        )
    }

    /// The gain of the newest input and the two feedback coefficients, for those who run many band-passes side by side.
    pub(crate) fn poles(&self) -> (f32, [f32; 2]) {
        (self.b[0], self.a)
    }

    /// Power gain at a frequency.
    pub(crate) fn power_at(&self, hertz: f64) -> f64 {
        let omega = std::f64::consts::TAU * hertz / f64::from(RATE);
        let (first, second) = (libm::cos(omega), libm::cos(2.0 * omega));
        let [b0, b1, b2] = self.b.map(f64::from);
        let [a1, a2] = self.a.map(f64::from);
        let above = b0 * b0 + b1 * b1 + b2 * b2 + 2.0 * (b0 * b1 + b1 * b2) * first + 2.0 * b0 * b2 * second;
        let below = 1.0 + a1 * a1 + a2 * a2 + 2.0 * (a1 + a1 * a2) * first + 2.0 * a2 * second;
        above / below.max(1e-12)
    }
}

fn angle(hertz: f32, q: f32) -> (f64, f64) {
    let omega = std::f64::consts::TAU * f64::from(hertz.clamp(5.0, RATE * 0.45)) / f64::from(RATE);
    (libm::cos(omega), libm::sin(omega) / (2.0 * f64::from(q)))
}

/// Below this a filter's memory counts as silent; clearing it keeps denormal numbers out of the loops.
const SILENT: f32 = 1e-15;

/// A filter with memory for one channel.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    section: Biquad,
    memory: [f32; 2],
}

impl Filter {
    /// At rest.
    pub(crate) fn new(section: Biquad) -> Self {
        Self {
            section,
            memory: [0.0; 2],
        }
    }

    /// One sample (transposed direct form II).
    #[inline(always)]
    pub(crate) fn next(&mut self, input: f32) -> f32 {
        let Biquad { b, a } = self.section;
        let output = b[0] * input + self.memory[0];
        // In this order the next sample waits for one product and one difference less.
        self.memory[0] = b[1] * input + self.memory[1] - a[0] * output;
        self.memory[1] = b[2] * input - a[1] * output;
        output
    }

    /// A whole buffer in place.
    pub(crate) fn run(&mut self, buffer: &mut [f32]) {
        for block in buffer.chunks_mut(256) {
            for sample in block.iter_mut() {
                *sample = self.next(*sample);
            }
            for memory in &mut self.memory {
                if memory.abs() < SILENT {
                    *memory = 0.0;
                }
            }
        }
    }
}

/// Runs `sections` one after another over a buffer, from rest.
pub(crate) fn filter(buffer: &mut [f32], sections: &[Biquad]) {
    for section in sections {
        Filter::new(*section).run(buffer);
    }
}

/// A fixed chain of sections over two channels at once: one pass over memory, both channels in flight together.
///
/// A section works on what the section before it made of the previous frame, so that no section waits for another and all
/// of them fill vector registers. Only [`run`](Self::run) takes the delay out again.
#[derive(Debug, Clone)]
pub(crate) struct Cascade<const N: usize> {
    b: [Lanes<N>; 3],
    a: [Lanes<N>; 2],
    memory: [Lanes<N>; 2],
    /// What each section made of its last frame.
    passing: Lanes<N>,
}

/// A value for either channel of every section.
type Lanes<const N: usize> = [[f32; 2]; N];

impl<const N: usize> Cascade<N> {
    /// At rest.
    pub(crate) fn new(sections: [Biquad; N]) -> Self {
        Self {
            b: std::array::from_fn(|tap| sections.map(|section| [section.b[tap]; 2])),
            a: std::array::from_fn(|tap| sections.map(|section| [section.a[tap]; 2])),
            memory: [[[0.0; 2]; N]; 2],
            passing: [[0.0; 2]; N],
        }
    }

    /// One stereo sample through all sections.
    #[inline(always)]
    pub(crate) fn next(&mut self, frame: [f32; 2]) -> [f32; 2] {
        (0..N).fold(frame, |frame, section| self.section(section, frame))
    }

    /// One stereo sample in, and out what came in `N` − 1 samples ago.
    #[inline(always)]
    pub(crate) fn next_late(&mut self, frame: [f32; 2]) -> [f32; 2] {
        let mut input = self.passing;
        input.copy_within(0..N - 1, 1);
        input[0] = frame;
        let [b0, b1, b2] = &self.b;
        let [a1, a2] = &self.a;
        let [near, far] = &mut self.memory;
        for section in 0..N {
            for channel in 0..2 {
                let input = input[section][channel];
                let output = b0[section][channel] * input + near[section][channel];
                let driven = b1[section][channel] * input + far[section][channel];
                near[section][channel] = driven - a1[section][channel] * output;
                far[section][channel] = b2[section][channel] * input - a2[section][channel] * output;
                self.passing[section][channel] = output;
            }
        }
        self.passing[N - 1]
    }

    #[inline(always)]
    fn section(&mut self, section: usize, frame: [f32; 2]) -> [f32; 2] {
        let mut output = frame;
        for channel in 0..2 {
            let at = |lanes: &Lanes<N>| lanes[section][channel];
            let input = frame[channel];
            output[channel] = at(&self.b[0]) * input + at(&self.memory[0]);
            let driven = at(&self.b[1]) * input + at(&self.memory[1]);
            self.memory[0][section][channel] = driven - at(&self.a[0]) * output[channel];
            self.memory[1][section][channel] = at(&self.b[2]) * input - at(&self.a[1]) * output[channel];
        }
        output
    }

    /// Forgets what has become inaudible. Call it every few hundred samples.
    pub(crate) fn settle(&mut self) {
        for value in self.memory.as_flattened_mut().as_flattened_mut() {
            if value.abs() < SILENT {
                *value = 0.0;
            }
        }
    }

    /// Two whole buffers of equal length in place.
    pub(crate) fn run(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(256).zip(right.chunks_mut(256)) {
            if left.len() < N {
                for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                    [*left, *right] = self.next([*left, *right]);
                }
            } else {
                self.run_block(left, right);
            }
            self.settle();
        }
    }

    /// Fills the sections one after another, lets the block flow through all of them, and empties them again.
    fn run_block(&mut self, left: &mut [f32], right: &mut [f32]) {
        let (length, late) = (left.len(), N - 1);
        for place in 0..late {
            self.advance(0..place + 1, [left[place], right[place]]);
        }
        for place in late..length {
            let output = self.next_late([left[place], right[place]]);
            [left[place - late], right[place - late]] = output;
        }
        for place in length..length + late {
            self.advance(place - length + 1..N, [0.0; 2]);
            [left[place - late], right[place - late]] = self.passing[N - 1];
        }
    }

    /// Moves some of the sections on by a sample; `frame` is for the first of all.
    fn advance(&mut self, sections: Range<usize>, frame: [f32; 2]) {
        for section in sections.rev() {
            let input = section.checked_sub(1).map_or(frame, |before| self.passing[before]);
            self.passing[section] = self.section(section, input);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::math::decibels;

    fn level_at(section: Biquad, hertz: f32) -> f32 {
        let mut filter = Filter::new(section);
        let (mut input, mut output) = (0.0, 0.0);
        for index in 0..44_100 {
            let sample = libm::sinf(std::f32::consts::TAU * hertz * index as f32 / RATE);
            let filtered = filter.next(sample);
            if index > 10_000 {
                input += sample * sample;
                output += filtered * filtered;
            }
        }
        decibels((output / input).sqrt())
    }

    #[test]
    fn filters_have_the_gain_their_name_says() {
        assert!((level_at(Biquad::peak(1000.0, 1.0, 6.0), 1000.0) - 6.0).abs() < 0.05);
        assert!((level_at(Biquad::low_shelf(200.0, -4.0), 30.0) + 4.0).abs() < 0.1);
        assert!((level_at(Biquad::high_shelf(4000.0, 3.0), 15_000.0) - 3.0).abs() < 0.1);
        assert!((level_at(Biquad::low_pass(1000.0, std::f32::consts::FRAC_1_SQRT_2), 1000.0) + 3.0).abs() < 0.1);
        assert!(level_at(Biquad::high_pass(1000.0, 0.7), 100.0) < -38.0);
        assert!(level_at(Biquad::band_pass(1000.0, 2.0), 1000.0).abs() < 0.05);
    }

    #[test]
    fn a_cascade_equals_its_sections_run_one_by_one() {
        let sections = [Biquad::high_pass(80.0, 0.7), Biquad::peak(2000.0, 1.0, 4.0)];
        let mut noise = crate::dsp::noise::Noise::new(1);
        let source: Vec<f32> = (0..2000).map(|_| noise.white()).collect();
        let mut single = source.clone();
        filter(&mut single, &sections);
        let (mut left, mut right) = (source.clone(), source.clone());
        Cascade::new(sections).run(&mut left, &mut right);
        assert_eq!(left, right);
        assert_eq!(single, left);
        let (mut left, mut right) = (source[..2].to_vec(), source[..2].to_vec());
        Cascade::new(sections).run(&mut left, &mut right);
        assert_eq!(single[..2], left[..]);
        assert!(single.iter().zip(&left).all(|(one, other)| (one - other).abs() < 1e-5));
    }
}
