//! Bass drums and toms: a skin whose pitch falls as its tension does.

use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{decay, saturate, sin_turns, smoothing, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// A bass drum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kick {
    /// Pitch it settles at, hertz.
    pub(super) floor: f32,
    /// How far above that it starts, hertz.
    pub(super) drop: f32,
    /// Time constant of the fall, seconds.
    pub(super) drop_time: f32,
    /// Seconds until 60 dB down.
    pub(super) decay: f32,
    /// Level of the beater.
    pub(super) click: f32,
    /// Saturation, 1 is nearly none.
    pub(super) drive: f32,
}

impl Kick {
    /// One stroke.
    pub(super) fn play(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(self.decay * 1.25);
        let mut beater = Filter::new(Biquad::low_pass(2200.0 + 2600.0 * velocity, 0.7));
        let mut knock = Filter::new(Biquad::band_pass(3300.0, 1.4));
        let (drop_fall, snap_fall) = (smoothing(self.drop_time), smoothing(0.004));
        let (body_fall, click_fall) = (decay(self.decay), smoothing(0.0032));
        let (mut drop, mut snap) = (self.drop, 260.0);
        let (mut body, mut click) = (1.0_f32, self.click * (0.4 + 0.6 * velocity));
        let mut phase = 0.0_f32;
        let mut sound: Vec<f32> = (0..length)
            .map(|_| {
                phase = wrap(phase + (self.floor + drop + snap) / RATE);
                let hiss = noise.white() * click;
                let sample = sin_turns(phase) * body + beater.next(hiss) + knock.next(hiss) * 0.6;
                drop *= drop_fall;
                snap *= snap_fall;
                body *= body_fall;
                click *= click_fall;
                saturate(sample * self.drive) / self.drive.sqrt()
            })
            .collect();
        fade_out(&mut sound, samples(0.03));
        sound
    }
}

/// A family of toms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tom {
    /// Seconds until 60 dB down.
    pub(super) ring: f32,
    /// Level of the stick on the skin.
    pub(super) skin: f32,
}

impl Tom {
    /// One stroke on a tom tuned to `hertz`.
    pub(super) fn play(&self, hertz: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(self.ring * 1.1);
        let mut stick = Filter::new(Biquad::low_pass(1500.0 + 2500.0 * velocity, 0.7));
        let bend_fall = smoothing(0.055);
        let (low_fall, high_fall, skin_fall) = (decay(self.ring), decay(self.ring * 0.4), smoothing(0.012));
        let (mut bend, mut low, mut high, mut skin) = (0.30 * velocity, 0.85, 0.24, self.skin);
        let (mut fundamental, mut overtone) = (0.0_f32, 0.0_f32);
        let mut sound: Vec<f32> = (0..length)
            .map(|_| {
                let step = hertz * (1.0 + bend) / RATE;
                fundamental = wrap(fundamental + step);
                // The second mode of an ideal membrane.
                overtone = wrap(overtone + step * 1.594);
                let hiss = stick.next(noise.white() * skin);
                let sample = sin_turns(fundamental) * low + sin_turns(overtone) * high + hiss;
                bend *= bend_fall;
                low *= low_fall;
                high *= high_fall;
                skin *= skin_fall;
                sample
            })
            .collect();
        fade_out(&mut sound, samples(0.05));
        sound
    }
}
