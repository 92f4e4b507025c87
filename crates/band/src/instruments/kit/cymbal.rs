//! Hats, crashes and rides: noise in bands over a sprinkling of inharmonic modes, or a machine's six pulses.
//!
//! A plate struck hard passes its energy upwards in the first tens of milliseconds, so the wash of a crash swells after
//! the stroke instead of starting with it; its bass is gone first, its middle last. The tables hold each band's stroke,
//! wash and decay.

use super::Sound;
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{decay, gain, smoothing};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::noise_bands::{self, Band, Motion, around, band};
use crate::dsp::oscillator::Oscillator;
use crate::dsp::{RATE, samples};

/// A set of cymbals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Metal {
    /// How long everything rings against cast cymbals of usual size.
    sustain: f32,
    /// Seconds until a closed and an open hat are 60 dB down, against 0.33 and 2.
    hats: (f32, f32),
    /// Decibels an octave above 2 kHz: dark is negative.
    tilt: f32,
    /// Hats are a drum machine's pulses instead of metal.
    machine: bool,
}

/// Bright cast cymbals.
pub(super) const CAST: Metal = Metal {
    sustain: 1.0,
    hats: (1.0, 1.0),
    tilt: 0.0,
    machine: false,
};

/// Thin and dark, for brushes.
pub(super) const DARK: Metal = Metal {
    sustain: 0.85,
    hats: (0.8, 0.7),
    tilt: -1.6,
    machine: false,
};

/// From an old record, shortened by the sampler.
pub(super) const DUSTY: Metal = Metal {
    sustain: 0.6,
    hats: (0.65, 0.4),
    tilt: -1.2,
    machine: false,
};

/// A drum machine's.
pub(super) const MACHINE: Metal = Metal {
    sustain: 0.7,
    hats: (0.5, 0.44),
    tilt: 0.5,
    machine: true,
};

/// The orchestra's pair and the suspended cymbal.
pub(super) const GRAND: Metal = Metal {
    sustain: 1.35,
    hats: (1.0, 1.2),
    tilt: -0.8,
    machine: false,
};

const CRASH: [Band; 10] = [
    band(300.0, -42.0, -39.0, 4.0),
    band(500.0, -20.0, -30.0, 4.6),
    band(800.0, -20.0, -30.0, 4.6),
    band(1300.0, -18.0, -33.0, 5.0),
    band(2100.0, -28.0, -26.0, 5.0),
    band(3200.0, -30.0, -19.5, 4.6),
    band(4800.0, -28.0, -17.0, 4.0),
    band(7000.0, -28.0, -19.0, 3.6),
    band(10_000.0, -27.0, -22.0, 3.1),
    band(14_500.0, -34.0, -31.0, 2.6),
];

const CHINA: [Band; 9] = [
    band(500.0, -29.0, -42.0, 3.0),
    band(800.0, -31.0, -38.0, 3.6),
    band(1300.0, -21.0, -26.0, 2.8),
    band(2100.0, -20.0, -22.0, 2.4),
    band(3200.0, -16.0, -17.0, 1.9),
    band(4800.0, -14.0, -16.0, 1.5),
    band(7000.0, -20.0, -18.5, 1.4),
    band(10_000.0, -24.0, -25.0, 1.5),
    band(14_500.0, -30.0, -33.0, 1.3),
];

const RIDE: [Band; 10] = [
    band(300.0, -40.0, -38.5, 3.0),
    band(500.0, -39.0, -45.0, 4.3),
    band(800.0, -31.0, -37.0, 4.6),
    band(1300.0, -33.5, -36.0, 3.9),
    band(2100.0, -32.0, -36.0, 3.5),
    band(3200.0, -24.0, -26.0, 2.4),
    band(4800.0, -18.0, -28.0, 2.3),
    band(7000.0, -20.0, -25.0, 1.75),
    band(10_000.0, -20.0, -21.0, 1.35),
    band(14_500.0, -16.0, -24.0, 0.55),
];

const BELL: [Band; 10] = [
    band(300.0, -43.0, -40.0, 4.0),
    band(500.0, -43.0, -42.0, 4.6),
    band(800.0, -31.0, -33.0, 6.0),
    band(1300.0, -32.0, -32.5, 6.0),
    band(2100.0, -25.0, -23.5, 4.6),
    band(3200.0, -18.0, -18.5, 3.5),
    band(4800.0, -22.0, -24.5, 3.2),
    band(7000.0, -21.0, -25.5, 2.1),
    band(10_000.0, -26.0, -27.0, 1.5),
    band(14_500.0, -25.0, -33.0, 0.6),
];

const CLOSED: [Band; 10] = [
    band(180.0, -32.0, -38.0, 0.30),
    band(300.0, -27.0, -33.0, 0.34),
    band(800.0, -31.0, -35.0, 0.34),
    band(1300.0, -28.0, -33.0, 0.32),
    band(2100.0, -27.0, -32.0, 0.32),
    band(3200.0, -19.0, -26.5, 0.34),
    band(4800.0, -19.0, -19.5, 0.33),
    band(7000.0, -21.0, -22.5, 0.33),
    band(10_000.0, -19.5, -18.5, 0.31),
    band(14_500.0, -19.0, -16.5, 0.28),
];

const OPEN: [Band; 10] = [
    band(300.0, -27.0, -37.0, 1.7),
    band(500.0, -31.0, -28.5, 2.0),
    band(800.0, -32.0, -31.5, 2.0),
    band(1300.0, -28.0, -29.5, 2.1),
    band(2100.0, -30.0, -28.0, 2.1),
    band(3200.0, -23.0, -29.5, 2.6),
    band(4800.0, -20.0, -26.0, 2.2),
    band(7000.0, -20.0, -25.5, 2.2),
    band(10_000.0, -22.0, -22.0, 2.0),
    band(14_500.0, -20.0, -22.0, 1.9),
];

/// The stick speaks at once, the plate a moment later.
const STRUCK: Motion = Motion {
    stroke: 0.016,
    rise: 0.030,
};

/// Nothing to build up: sticks on hats, on the ride.
const TAPPED: Motion = Motion {
    stroke: 0.007,
    rise: 0.002,
};

/// Share of the sound that modes make where a plate has few of them.
const METAL: f32 = 0.75;

/// Above this modes are too dense to be told from noise, hertz.
const DENSE: f32 = 5200.0;

/// Modes in each band below [`DENSE`].
const MODES: usize = 5;

/// The pulses of the machine's metal, hertz (measured on schematics of the TR-808 by K. Werner, J. Abel and J. Smith,
/// 2014).
const PULSES: [f32; 6] = [205.3, 304.4, 369.6, 522.7, 540.0, 800.0];

impl Metal {
    /// Both hats pressed together.
    pub(super) fn closed(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let life = self.hats.0 * (0.75 + 0.4 * velocity);
        if self.machine {
            return machine(0.30 * life, velocity, noise);
        }
        self.mono(&CLOSED, life, velocity, noise)
    }

    /// The hats apart, ringing against each other.
    pub(super) fn open(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        if self.machine {
            return machine(1.3 * self.hats.1, velocity, noise);
        }
        self.mono(&OPEN, self.hats.1, velocity, noise)
    }

    /// Closed by the foot.
    pub(super) fn pedal(&self, noise: &mut Noise) -> Vec<f32> {
        self.mono(&CLOSED, self.hats.0 * 0.55, 0.25, noise)
    }

    /// A crash.
    pub(super) fn crash(&self, velocity: f32, noise: &mut Noise) -> Sound {
        self.stereo(&CRASH, 1.0, STRUCK, velocity, noise)
    }

    /// A small crash, soon gone.
    pub(super) fn splash(&self, velocity: f32, noise: &mut Noise) -> Sound {
        self.stereo(&CRASH, 0.34, TAPPED, velocity, noise)
    }

    /// The trashy one.
    pub(super) fn china(&self, velocity: f32, noise: &mut Noise) -> Sound {
        self.stereo(&CHINA, 1.0, STRUCK, velocity, noise)
    }

    /// The stick's ping above a quiet wash.
    pub(super) fn ride(&self, velocity: f32, noise: &mut Noise) -> Sound {
        self.stereo(&RIDE, 1.0, TAPPED, velocity, noise)
    }

    /// The ride's cup: a few strong modes that stay.
    pub(super) fn bell(&self, velocity: f32, noise: &mut Noise) -> Sound {
        self.stereo(&BELL, 1.0, TAPPED, velocity, noise)
    }

    /// Rolled from nothing for `rise` samples, then left to ring.
    pub(super) fn swell(&self, rise: usize, velocity: f32, noise: &mut Noise) -> Sound {
        let bands = self.bands(&CRASH, 1.0, velocity);
        let steady = bands.map_seconds(30.0);
        let length = rise + samples(2.6);
        let mut side = || {
            let mut sound = self.plate(&steady, length, TAPPED, noise);
            let fall = decay(2.4);
            let mut level = 1.0_f32;
            for (index, sample) in sound.iter_mut().enumerate() {
                if index < rise {
                    let share = index as f32 / rise as f32;
                    *sample *= share * share * share;
                } else {
                    level *= fall;
                    *sample *= level;
                }
            }
            fade_out(&mut sound, samples(0.5));
            sound
        };
        let left = side();
        let right = side();
        Sound::stereo(left, right)
    }

    fn mono(&self, table: &[Band], life: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let bands = self.bands(table, life, velocity);
        let length = noise_bands::length(&bands.0, 4.0);
        let mut sound = self.plate(&bands, length, TAPPED, noise);
        fade_out(&mut sound, length / 6);
        sound
    }

    /// The same plate heard from two sides: other phases, other noise.
    fn stereo(&self, table: &[Band], life: f32, motion: Motion, velocity: f32, noise: &mut Noise) -> Sound {
        let bands = self.bands(table, life * self.sustain, velocity);
        let length = noise_bands::length(&bands.0, 5.0 * self.sustain);
        let mut side = || {
            let mut sound = self.plate(&bands, length, motion, noise);
            fade_out(&mut sound, length / 5);
            sound
        };
        let left = side();
        let right = side();
        Sound::stereo(left, right)
    }

    /// The table for this set and this touch: a soft stroke is darker, most of all at its start.
    fn bands(&self, table: &[Band], life: f32, velocity: f32) -> Bands {
        let soft = 1.0 - velocity;
        let shaped = table.iter().map(|band| {
            let octaves = libm::log2f(band.hertz / 2000.0).max(0.0);
            let tilt = (self.tilt - 2.2 * soft) * octaves;
            Band {
                stroke: band.stroke + tilt - 4.0 * soft,
                wash: band.wash + tilt,
                seconds: band.seconds * life,
                ..*band
            }
        });
        Bands(shaped.collect())
    }

    fn plate(&self, bands: &Bands, length: usize, motion: Motion, noise: &mut Noise) -> Vec<f32> {
        let mut modes = Vec::new();
        let mut hiss = Vec::with_capacity(bands.0.len());
        for band in &bands.0 {
            if band.hertz > DENSE {
                hiss.push(*band);
                continue;
            }
            let level = gain(band.wash) * METAL / (MODES as f32 / 2.0).sqrt();
            for _ in 0..MODES {
                let life = band.seconds * noise.between(0.75, 1.2);
                modes.push(Mode::new(around(band, noise), level * noise.between(0.6, 1.4), life));
            }
            hiss.push(Band {
                wash: band.wash + LEFT_TO_NOISE,
                ..*band
            });
        }
        let mut sound = ring(&modes, length, Phases::Random(noise));
        noise_bands::add(&hiss, motion, noise, &mut sound);
        sound
    }
}

/// What modes leave to noise, decibels: √(1 − METAL²).
const LEFT_TO_NOISE: f32 = -3.6;

/// A table made ready for one stroke.
struct Bands(Vec<Band>);

impl Bands {
    fn map_seconds(self, seconds: f32) -> Self {
        Self(self.0.into_iter().map(|band| Band { seconds, ..band }).collect())
    }
}

/// Six pulses that share no common measure, their upper harmonics cut out by two filters.
fn machine(seconds: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
    let length = samples(seconds * 1.2 + 0.02);
    let mut pulses = PULSES.map(|hertz| Oscillator::new(noise.unit(), hertz * 1.02 / RATE));
    let mut sound: Vec<f32> = (0..length)
        .map(|_| pulses.iter_mut().map(|pulse| pulse.pulse(0.5)).sum::<f32>() * 0.22 + noise.white() * 0.12)
        .collect();
    filter(
        &mut sound,
        &[
            Biquad::high_pass(6800.0, 0.9),
            Biquad::high_pass(5200.0, 0.7),
            Biquad::peak(9200.0, 1.0, 3.0),
            Biquad::low_pass(11_000.0 + 4000.0 * velocity, 0.7),
        ],
    );
    let (fall, tick_fall) = (decay(seconds), smoothing(0.004));
    let (mut level, mut tick) = (1.0_f32, 0.8 * velocity);
    for sample in &mut sound {
        *sample *= level + tick;
        level *= fall;
        tick *= tick_fall;
    }
    fade_out(&mut sound, samples(0.02));
    sound
}
