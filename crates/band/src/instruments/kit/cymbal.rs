//! Hats, crashes and rides: dense inharmonic modes under noise.
//!
//! A plate struck hard passes its energy upwards in the first tens of milliseconds, so the noise of a crash swells after
//! the stroke instead of starting with it.

use super::Sound;
use crate::dsp::biquad::{Biquad, Filter, filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{decay, smoothing};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// A hi-hat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hat {
    /// Seconds until a closed hat is 60 dB down.
    pub(super) closed: f32,
    /// The same for an open one.
    pub(super) open: f32,
    /// Share of pitched metal against noise, 0-1.
    pub(super) metal: f32,
    /// Where the sound begins, hertz.
    pub(super) corner: f32,
}

impl Hat {
    /// Both cymbals pressed together.
    pub(super) fn closed(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        self.play(self.closed * (0.7 + 0.5 * velocity), velocity, noise)
    }

    /// The cymbals apart, ringing against each other.
    pub(super) fn open(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        self.play(self.open, velocity, noise)
    }

    /// Closed by the foot.
    pub(super) fn pedal(&self, noise: &mut Noise) -> Vec<f32> {
        self.play(self.closed * 0.6, 0.3, noise)
    }

    fn play(&self, ring_seconds: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(ring_seconds * 1.15 + 0.02);
        let modes: Vec<Mode> = (0..24)
            .map(|index| {
                let frequency = 3100.0 + 420.0 * index as f32 + noise.between(-190.0, 190.0);
                let life = ring_seconds * noise.between(0.55, 1.0) * 6500.0 / (frequency + 2500.0);
                Mode::new(frequency, noise.between(0.06, 0.16), life.max(0.02))
            })
            .collect();
        let mut sound = ring(&modes, length, Phases::Random(noise));
        let mut floor = Filter::new(Biquad::high_pass(self.corner, 0.8));
        let mut top = Filter::new(Biquad::low_pass(9500.0 + 5000.0 * velocity, 0.7));
        let (fall, tick_fall) = (decay(ring_seconds), smoothing(0.003));
        let (mut level, mut tick) = (0.55_f32, 0.5 * velocity);
        for sample in &mut sound {
            let hiss = noise.white() * (level + tick) * (1.0 - self.metal * 0.6);
            *sample = top.next(floor.next(*sample * self.metal * 1.7 + hiss));
            level *= fall;
            tick *= tick_fall;
        }
        fade_out(&mut sound, samples(0.02));
        sound
    }
}

/// The kit's larger cymbals.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plate {
    /// Length against a usual one.
    pub(super) sustain: f32,
    /// Level of the noise on top.
    pub(super) sheen: f32,
}

impl Plate {
    /// A crash that is gone after about `seconds`.
    pub(super) fn crash(&self, velocity: f32, seconds: f32, noise: &mut Noise) -> Sound {
        let seconds = seconds * self.sustain;
        let modes = plate_modes(48, 380.0, seconds, noise);
        let (left, right) = (
            self.wash(&modes, seconds, velocity, noise),
            self.wash(&modes, seconds, velocity, noise),
        );
        Sound::stereo(left, right)
    }

    /// The same plate heard from one side: other phases, other noise.
    fn wash(&self, modes: &[Mode], seconds: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(seconds);
        let mut sound = ring(modes, length, Phases::Random(noise));
        let mut floor = Filter::new(Biquad::high_pass(2600.0, 0.7));
        let mut top = Filter::new(Biquad::low_pass(8500.0 + 4500.0 * velocity, 0.7));
        let (fall, bright_fall, swell) = (decay(seconds * 0.9), decay(seconds * 0.35), smoothing(0.018));
        let (mut level, mut bright, mut rise) = (0.20_f32, 0.45 * velocity, 0.35_f32);
        for sample in &mut sound {
            let hiss = floor.next(noise.white()) * (level + bright * rise) * self.sheen;
            *sample = top.next(*sample * 0.7 + hiss);
            level *= fall;
            bright *= bright_fall;
            rise = 1.0 - (1.0 - rise) * swell;
        }
        filter(&mut sound, &[Biquad::high_pass(260.0, 0.7)]);
        fade_out(&mut sound, samples(seconds * 0.2));
        sound
    }

    /// A ride: the stick's ping above a quiet wash; more `bell` rings it on the cup.
    pub(super) fn ride(&self, velocity: f32, bell: f32, noise: &mut Noise) -> Sound {
        let seconds = 3.2 * self.sustain;
        let mut modes = plate_modes(32, 420.0, seconds, noise);
        modes.iter_mut().for_each(|mode| mode.level *= 0.45);
        for (index, frequency) in [612.0, 1147.0, 1730.0, 2605.0, 3390.0, 4480.0].into_iter().enumerate() {
            modes.push(Mode::new(frequency, bell * 0.20, seconds * (0.7 - 0.07 * index as f32)));
        }
        let length = samples(seconds);
        let side = |noise: &mut Noise| {
            let mut sound = ring(&modes, length, Phases::Random(noise));
            let mut floor = Filter::new(Biquad::high_pass(3800.0, 0.7));
            let (tick_fall, wash_fall) = (smoothing(0.006), decay(seconds * 0.6));
            let (mut tick, mut wash) = (0.6 * (0.4 + velocity), 0.15 * self.sheen);
            for sample in &mut sound {
                *sample += floor.next(noise.white()) * (tick + wash);
                tick *= tick_fall;
                wash *= wash_fall;
            }
            filter(&mut sound, &[Biquad::high_pass(380.0, 0.7)]);
            fade_out(&mut sound, samples(0.4));
            sound
        };
        let left = side(noise);
        let right = side(noise);
        Sound::stereo(left, right)
    }
}

/// Modes of a thin plate: crowded, unrelated, the high ones shorter. Their tilt peaks around four kilohertz.
fn plate_modes(count: usize, lowest: f32, seconds: f32, noise: &mut Noise) -> Vec<Mode> {
    (0..count)
        .map(|index| {
            let share = (index as f32 + noise.unit()) / count as f32;
            let frequency = lowest * libm::powf(11_500.0 / lowest, libm::powf(share, 0.8));
            let tilt = 1.0 / (1.0 + (900.0 / frequency) * (900.0 / frequency)) / (1.0 + frequency / 9000.0);
            let life = seconds * noise.between(0.5, 1.0) * 6000.0 / (frequency + 4500.0);
            Mode::new(frequency, tilt * noise.between(0.03, 0.12), life.min(RATE))
        })
        .collect()
}
