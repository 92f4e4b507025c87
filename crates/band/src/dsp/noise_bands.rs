//! Noise in bands, each with its own stroke and its own dying away: what is left of a struck plate when its modes are too
//! many to count.

use super::biquad::Biquad;
use super::math::{decay, gain, smoothing};
use super::noise::Noise;
use super::{RATE, samples};

/// One band: how loud it is struck, how loud it washes, how fast that dies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Band {
    /// Centre, hertz.
    pub(crate) hertz: f32,
    /// Level of the stroke itself, decibels.
    pub(crate) stroke: f32,
    /// Level the plate rings at afterwards, decibels.
    pub(crate) wash: f32,
    /// Seconds for the wash to fall by 60 dB.
    pub(crate) seconds: f32,
}

/// Shorthand for tables: hertz, stroke, wash, seconds.
pub(crate) const fn band(hertz: f32, stroke: f32, wash: f32, seconds: f32) -> Band {
    Band {
        hertz,
        stroke,
        wash,
        seconds,
    }
}

/// How all bands of a sound move together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Motion {
    /// Time constant of the stroke, seconds.
    pub(crate) stroke: f32,
    /// Time constant with which the wash swells, seconds.
    pub(crate) rise: f32,
}

/// Bands worked on together: one vector.
const LANES: usize = 4;

/// Sharpness of each band: half an octave wide.
const Q: f32 = 2.2;

/// Adds the bands to `output`. Every band's level is that of its own sound, whatever its width.
pub(crate) fn add(bands: &[Band], motion: Motion, noise: &mut Noise, output: &mut [f32]) {
    // Those that die together are worked on together, and no longer than they sound.
    let mut bands = bands.to_vec();
    bands.sort_by(|one, other| lifetime(other).total_cmp(&lifetime(one)));
    let (stroke_fall, still) = (smoothing(motion.stroke), smoothing(motion.rise));
    for bands in bands.chunks(LANES) {
        let mut lanes = Lanes::new(bands);
        let end = samples(life(bands) + motion.stroke * 10.0).min(output.len());
        let (mut stroke, mut rest) = (1.0_f32, 1.0_f32);
        for sample in &mut output[..end] {
            *sample += lanes.next(noise.white(), stroke, 1.0 - rest);
            // A floor keeps both out of the denormal numbers.
            stroke = stroke * stroke_fall + 1e-20;
            rest = rest * still + 1e-20;
        }
    }
}

/// Seconds until the longest band is inaudible.
pub(crate) fn life(bands: &[Band]) -> f32 {
    bands.iter().map(lifetime).fold(0.0, f32::max)
}

fn lifetime(band: &Band) -> f32 {
    band.seconds * ((band.wash + 85.0) / 60.0).max(0.1)
}

/// Where modes of a band may lie: half an octave around its centre.
pub(crate) fn around(band: &Band, noise: &mut Noise) -> f32 {
    (band.hertz * libm::exp2f(noise.between(-0.28, 0.28))).min(RATE * 0.42)
}

/// Band-pass filters side by side. All zeros of a band-pass lie at direct current and at half the sample rate, so the
/// numerator is one difference shared by all.
struct Lanes {
    gain: [f32; LANES],
    a1: [f32; LANES],
    a2: [f32; LANES],
    last: [f32; LANES],
    before: [f32; LANES],
    stroke: [f32; LANES],
    wash: [f32; LANES],
    fall: [f32; LANES],
    input: [f32; 2],
}

impl Lanes {
    fn new(bands: &[Band]) -> Self {
        let zero = [0.0; LANES];
        let mut lanes = Self {
            gain: zero,
            a1: zero,
            a2: zero,
            last: zero,
            before: zero,
            stroke: zero,
            wash: zero,
            fall: zero,
            input: [0.0; 2],
        };
        for (lane, band) in bands.iter().enumerate() {
            let (gain_of_input, [a1, a2]) = Biquad::band_pass(band.hertz, Q).poles();
            // White noise of variance 1/3 through a band of this width has this power.
            let width = std::f32::consts::PI / 2.0 * band.hertz / Q / (RATE / 2.0);
            let even = (3.0 / width).sqrt();
            lanes.gain[lane] = gain_of_input;
            (lanes.a1[lane], lanes.a2[lane]) = (a1, a2);
            lanes.stroke[lane] = gain(band.stroke) * even;
            lanes.wash[lane] = gain(band.wash) * even;
            lanes.fall[lane] = decay(band.seconds);
        }
        lanes
    }

    #[inline(always)]
    fn next(&mut self, white: f32, stroke: f32, risen: f32) -> f32 {
        let difference = white - self.input[1];
        self.input = [white, self.input[0]];
        let mut sum = [0.0_f32; LANES];
        for (lane, sum) in sum.iter_mut().enumerate() {
            let output =
                self.gain[lane] * difference - self.a1[lane] * self.last[lane] - self.a2[lane] * self.before[lane];
            self.before[lane] = self.last[lane];
            self.last[lane] = output;
            self.wash[lane] *= self.fall[lane];
            *sum = output * (self.stroke[lane] * stroke + self.wash[lane] * risen);
        }
        (sum[0] + sum[1]) + (sum[2] + sum[3])
    }
}

/// How many samples a sound of these bands needs, at most `longest` seconds.
pub(crate) fn length(bands: &[Band], longest: f32) -> usize {
    samples(life(bands).min(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_rings_at_its_level_and_falls_by_sixty_decibels_in_its_time() {
        let bands = [band(2000.0, -100.0, -20.0, 2.0)];
        let motion = Motion {
            stroke: 0.01,
            rise: 0.001,
        };
        let mut sound = vec![0.0; 88_200];
        add(&bands, motion, &mut Noise::new(1), &mut sound);
        let level = |range: std::ops::Range<usize>| {
            let count = range.len() as f32;
            10.0 * libm::log10f(sound[range].iter().map(|x| x * x).sum::<f32>() / count)
        };
        assert!((level(0..8_820) + 23.0).abs() < 2.0, "{}", level(0..8_820));
        assert!((level(0..8_820) - level(44_100..52_920) - 30.0).abs() < 2.5);
    }
}
