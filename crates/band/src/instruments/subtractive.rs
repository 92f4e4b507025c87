//! The subtractive synthesizer behind pads, leads, stabs and bowed and blown sections: oscillators, a moving low-pass,
//! two envelopes. A patch is data.

use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{cents, hertz};
use crate::dsp::noise::Noise;
use crate::dsp::oscillator::{CONTROL, Oscillator, Vibrato};
use crate::dsp::state_variable::MovingLowPass;
use crate::dsp::{RATE, samples};

/// The oscillators' wave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wave {
    /// All harmonics.
    Saw,
    /// A pulse of this width: 0.5 has odd harmonics only.
    Pulse(f32),
}

/// Below this many seconds a note is short, and its player quick.
const SHORT: f32 = 0.3;

/// The lowest useful pitch of the second oscillator, hertz.
const LOWEST_SUB: f32 = 40.0;

/// A synthesizer setting.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patch {
    pub(super) wave: Wave,
    /// One oscillator each, cents off. Every other one stands on the left; each side sums to zero, so that both are in
    /// tune.
    pub(super) detune: &'static [f32],
    /// How far the oscillators stand apart, 0 (mono) to 1.
    pub(super) spread: f32,
    /// Level of a square one octave below, or at the pitch itself where that would be too low.
    pub(super) sub: f32,
    /// Level of white noise (breath, bow) before the filter.
    pub(super) noise: f32,
    /// Level of the highest part of that noise, which no filter of an instrument's body holds back.
    pub(super) air: f32,
    /// Corner of the filter at rest, hertz.
    pub(super) corner: f32,
    /// How much of the note's frequency is added to the corner.
    pub(super) tracking: f32,
    /// How far the filter envelope opens the corner at full velocity, hertz.
    pub(super) sweep: f32,
    /// Resonance; 0.7 is none.
    pub(super) resonance: f32,
    pub(super) filter: Envelope,
    pub(super) level: Envelope,
    /// Vibrato: cents, hertz, seconds until it sets in.
    pub(super) vibrato: (f32, f32, f32),
    /// Decibels from the softest to the hardest note.
    pub(super) touch: f32,
}

impl Patch {
    /// A plain saw with an open filter, to build others on.
    pub(super) const BASIC: Self = Self {
        wave: Wave::Saw,
        detune: &[0.0],
        spread: 0.0,
        sub: 0.0,
        noise: 0.0,
        air: 0.0,
        corner: 2000.0,
        tracking: 1.0,
        sweep: 2000.0,
        resonance: 0.7,
        filter: Envelope {
            attack: 0.005,
            decay: 0.3,
            sustain: 0.6,
            release: 0.2,
        },
        level: Envelope {
            attack: 0.005,
            decay: 0.3,
            sustain: 0.8,
            release: 0.2,
        },
        vibrato: (0.0, 5.0, 0.2),
        touch: 12.0,
    };

    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let (left, right) = self.voices(touch, noise);
        if self.spread > 0.0 {
            Sound::stereo(left, right)
        } else {
            Sound::mono(left)
        }
    }

    /// Both sides of one note; equal when the patch has no spread.
    pub(super) fn voices(&self, touch: &Touch, noise: &mut Noise) -> (Vec<f32>, Vec<f32>) {
        let frequency = hertz(f32::from(touch.pitch));
        let length = touch.held + self.level.tail();
        let (mut left, mut right) = (vec![0.0_f32; length], vec![0.0_f32; length]);
        self.oscillate(touch, &mut left, &mut right, noise);
        self.shape(frequency, touch, &mut left, &mut right, noise);
        (left, right)
    }

    fn oscillate(&self, touch: &Touch, left: &mut [f32], right: &mut [f32], noise: &mut Noise) {
        let frequency = hertz(f32::from(touch.pitch));
        let count = self.detune.len() as f32;
        let scale = 0.5 / count.sqrt();
        for (index, offset) in self.detune.iter().enumerate() {
            let step = frequency * cents(*offset) / RATE;
            let mut oscillator = Oscillator::new(noise.unit(), step);
            let (depth, rate, onset) = self.vibrato;
            let mut vibrato = Vibrato::new(noise.unit(), rate * noise.between(0.93, 1.07), depth, onset);
            let side = if index % 2 == 0 { -self.spread } else { self.spread };
            let (gain_left, gain_right) = (scale * (1.0 - side.max(0.0)), scale * (1.0 + side.min(0.0)));
            for (block, (left, right)) in left.chunks_mut(CONTROL).zip(right.chunks_mut(CONTROL)).enumerate() {
                if depth > 0.0 || touch.from.is_some() {
                    oscillator.step = step * vibrato.next().0 * touch.bend(block * CONTROL);
                }
                match self.wave {
                    Wave::Saw => mix(left, right, gain_left, gain_right, || oscillator.saw()),
                    Wave::Pulse(width) => mix(left, right, gain_left, gain_right, || oscillator.pulse(width)),
                }
            }
        }
        if self.sub > 0.0 {
            // Below what is heard as a tone the octave would only cost level.
            let under = if frequency < 2.0 * LOWEST_SUB {
                frequency
            } else {
                frequency * 0.5
            };
            let mut oscillator = Oscillator::new(0.0, under / RATE);
            for (block, (left, right)) in left.chunks_mut(CONTROL).zip(right.chunks_mut(CONTROL)).enumerate() {
                oscillator.step = under / RATE * touch.bend(block * CONTROL);
                mix(left, right, self.sub * 0.4, self.sub * 0.4, || oscillator.pulse(0.5));
            }
        }
        if self.noise > 0.0 {
            mix(left, right, self.noise, self.noise, || noise.white());
        }
    }

    fn shape(&self, frequency: f32, touch: &Touch, left: &mut [f32], right: &mut [f32], noise: &mut Noise) {
        const STEP: usize = 16;
        let mut level = self.level.start(touch.held);
        let mut opening = self.filter.start(touch.held);
        let mut filter = MovingLowPass::new(self.resonance);
        let mut hiss = Hiss::default();
        let gain = crate::dsp::math::gain((touch.velocity - 1.0) * self.touch);
        let sweep = self.sweep * (0.25 + 0.75 * touch.velocity);
        let base = self.corner * (0.7 + 0.3 * touch.velocity) + frequency * self.tracking;
        for (left, right) in left.chunks_mut(STEP).zip(right.chunks_mut(STEP)) {
            let mut open = 0.0;
            for _ in 0..left.len() {
                open = opening.next();
            }
            filter.set_corner(base + sweep * open);
            let breath = self.air * open;
            for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                let amount = level.next() * gain;
                let [low_left, low_right] = filter.next([*left, *right]);
                let (hiss_left, hiss_right) = if breath > 0.0 { hiss.next(noise) } else { (0.0, 0.0) };
                *left = (low_left + hiss_left * breath) * amount;
                *right = (low_right + hiss_right * breath) * amount;
            }
        }
    }
}

/// A patch in a body: one player of a bowed or blown instrument.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice {
    pub(super) patch: Patch,
    /// Resonances of body, bore or bell: hertz, sharpness, decibels.
    pub(super) body: &'static [(f32, f32, f32)],
    /// What happens to everything above: hertz, decibels.
    pub(super) top: (f32, f32),
    /// Share of the attack that is left on a short note.
    pub(super) quick: f32,
}

impl Voice {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let (mut sound, _) = self.paced(touch).voices(touch, noise);
        self.resound(&mut sound);
        Sound::mono(sound)
    }

    /// The sound of one note of a section, on both sides.
    pub(super) fn play_section(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let (mut left, mut right) = self.paced(touch).voices(touch, noise);
        self.resound(&mut left);
        self.resound(&mut right);
        Sound::stereo(left, right)
    }

    fn paced(&self, touch: &Touch) -> Patch {
        let mut patch = self.patch;
        if touch.held < samples(SHORT) {
            patch.level.attack *= self.quick;
            patch.filter.attack *= self.quick;
            patch.level.release *= 0.5 + 0.5 * self.quick;
        }
        patch
    }

    fn resound(&self, sound: &mut [f32]) {
        for &(hertz, q, decibels) in self.body {
            Filter::new(Biquad::peak(hertz, q, decibels)).run(sound);
        }
        Filter::new(Biquad::high_shelf(self.top.0, self.top.1)).run(sound);
    }
}

/// White noise without its lower half, different on each side: differences of neighbouring samples.
#[derive(Debug, Default)]
struct Hiss {
    last: (f32, f32),
}

impl Hiss {
    #[inline(always)]
    fn next(&mut self, noise: &mut Noise) -> (f32, f32) {
        let now = (noise.white(), noise.white());
        let hiss = (now.0 - self.last.0, now.1 - self.last.1);
        self.last = now;
        hiss
    }
}

/// Adds a source to both sides.
#[inline(always)]
fn mix(left: &mut [f32], right: &mut [f32], gain_left: f32, gain_right: f32, mut source: impl FnMut() -> f32) {
    for (left, right) in left.iter_mut().zip(right.iter_mut()) {
        let sample = source();
        *left += sample * gain_left;
        *right += sample * gain_right;
    }
}
