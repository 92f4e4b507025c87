//! Snares, rim and claps: tuned shells and shaped noise.

use super::Sound;
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{decay, saturate, smoothing};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::noise_bands::{self, Band, Motion, band};
use crate::dsp::{RATE, samples};

/// A snare drum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Snare {
    /// Lowest mode of the shell, hertz.
    pub(super) tone: f32,
    /// Seconds until the shell is 60 dB down.
    pub(super) ring: f32,
    /// Level of the shell.
    pub(super) shell: f32,
    /// Level of the wires.
    pub(super) wires: f32,
    /// Seconds until the wires are 60 dB down.
    pub(super) wires_decay: f32,
    /// Where the wires' noise begins, hertz.
    pub(super) corner: f32,
    /// Saturation, 1 is nearly none.
    pub(super) drive: f32,
}

impl Snare {
    /// A stroke with the stick.
    pub(super) fn play(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(self.ring.max(self.wires_decay) * 1.15 + 0.03);
        // A stroke never lands on the same spot twice.
        let spot = noise.between(0.985, 1.015);
        let modes = [
            Mode::new(self.tone * spot, 0.62, self.ring),
            Mode::new(self.tone * 1.77 * spot, 0.34, self.ring * 0.7),
            Mode::new(self.tone * 2.42, 0.16, self.ring * 0.55),
            Mode::new(self.tone * 3.26, 0.10, self.ring * 0.45),
        ];
        let mut sound = ring(&modes, length, Phases::Zero);
        let mut floor = Filter::new(Biquad::high_pass(self.corner, 0.7));
        let mut bite = Filter::new(Biquad::peak(3900.0 + 900.0 * velocity, 0.9, 5.0));
        let (wires_fall, snap_fall, stick_fall) = (decay(self.wires_decay), smoothing(0.014), smoothing(0.0012));
        let (mut wires, mut snap) = (0.45_f32, 0.55_f32);
        let mut stick = 0.35 * velocity;
        let brightness = self.wires * (0.55 + 0.45 * velocity);
        for sample in &mut sound {
            let hiss = bite.next(floor.next(noise.white()));
            let struck = *sample * self.shell + hiss * (wires + snap) * brightness + noise.white() * stick;
            *sample = saturate(struck * self.drive) / self.drive.sqrt();
            wires *= wires_fall;
            snap *= snap_fall;
            stick *= stick_fall;
        }
        fade_out(&mut sound, samples(0.03));
        sound
    }

    /// A stroke with the brush: the wires swish up and away, the shell hardly speaks.
    pub(super) fn sweep(&self, velocity: f32, noise: &mut Noise) -> Vec<f32> {
        let length = samples(self.wires_decay * 1.3);
        let modes = [
            Mode::new(self.tone, 0.5, self.ring),
            Mode::new(self.tone * 1.77, 0.2, self.ring * 0.7),
        ];
        let mut sound = ring(&modes, length, Phases::Zero);
        let mut floor = Filter::new(Biquad::high_pass(self.corner, 0.7));
        let mut top = Filter::new(Biquad::low_pass(6500.0 + 3000.0 * velocity, 0.7));
        let rise = 0.012 * (1.3 - velocity);
        let fall = decay(self.wires_decay);
        let mut level = 0.9;
        for (index, sample) in sound.iter_mut().enumerate() {
            let swell = (index as f32 / RATE / rise).min(1.0);
            let hiss = top.next(floor.next(noise.white())) * swell * level;
            *sample = *sample * self.shell + hiss * self.wires;
            level *= fall;
        }
        fade_out(&mut sound, samples(0.05));
        sound
    }
}

/// The stick laid across the rim: wood on metal, and the shell's answer.
const STICK: [Band; 10] = [
    band(300.0, -30.0, -53.0, 1.2),
    band(500.0, -32.0, -52.0, 1.0),
    band(800.0, -22.0, -43.0, 0.9),
    band(1300.0, -15.0, -34.0, 0.8),
    band(2100.0, -19.0, -38.0, 0.8),
    band(3200.0, -18.0, -36.0, 0.8),
    band(4800.0, -15.0, -33.0, 0.7),
    band(7000.0, -20.0, -36.0, 0.6),
    band(10_000.0, -25.0, -40.0, 0.5),
    band(14_500.0, -35.0, -48.0, 0.4),
];

/// The stick laid across the rim.
pub(super) fn side_stick(noise: &mut Noise) -> Vec<f32> {
    let spot = noise.between(0.97, 1.03);
    let modes = [
        Mode::new(415.0 * spot, 0.16, 0.09),
        Mode::new(1180.0 * spot, 0.30, 0.10),
        Mode::new(1700.0 * spot, 0.34, 0.085),
        Mode::new(2460.0, 0.30, 0.065),
        Mode::new(3880.0 * spot, 0.24, 0.05),
        Mode::new(5600.0, 0.18, 0.04),
    ];
    let mut sound = ring(&modes, samples(0.42), Phases::Random(noise));
    let motion = Motion {
        stroke: 0.016,
        rise: 0.001,
    };
    noise_bands::add(&STICK, motion, noise, &mut sound);
    fade_out(&mut sound, samples(0.1));
    sound
}

/// A stroke in a large room whose microphones are shut a quarter second later.
pub(super) fn gated(sound: Vec<f32>, noise: &mut Noise) -> Sound {
    let (open, shut) = (samples(0.23), samples(0.27));
    let power = sound.iter().take(samples(0.03)).map(|x| x * x).sum::<f32>() / samples(0.03) as f32;
    let level = power.sqrt() * 0.85;
    let mut side = || {
        let mut walls = Filter::new(Biquad::band_pass(1100.0, 0.35));
        let mut out = sound.clone();
        out.resize(out.len().max(shut + 1), 0.0);
        for (index, sample) in out.iter_mut().enumerate().take(shut) {
            let built = (index as f32 / samples(0.012) as f32).min(1.0);
            let closing = 1.0 - (index.saturating_sub(open)) as f32 / (shut - open) as f32;
            let fading = 1.0 - 0.45 * index as f32 / shut as f32;
            *sample += walls.next(noise.white()) * level * 2.2 * built * closing * fading;
        }
        out
    };
    let left = side();
    let right = side();
    Sound::stereo(left, right)
}

/// Several hands a few milliseconds apart, then the room.
pub(super) fn clap(noise: &mut Noise) -> Sound {
    let hands = [0.0, noise.between(0.009, 0.012), noise.between(0.019, 0.023), 0.030];
    let mut side = || {
        let mut palms = Filter::new(Biquad::band_pass(1250.0, 1.1));
        let mut air = Filter::new(Biquad::high_pass(900.0, 0.7));
        let mut level = 0.0_f32;
        let (slap_fall, room_fall) = (smoothing(0.004), smoothing(0.045));
        let mut next = 0;
        let mut sound: Vec<f32> = (0..samples(0.32))
            .map(|index| {
                if next < hands.len() && index >= samples(hands[next]) {
                    level = if next == hands.len() - 1 { 0.8 } else { 1.0 };
                    next += 1;
                }
                let hiss = noise.white() * level;
                level *= if next == hands.len() { room_fall } else { slap_fall };
                palms.next(hiss) * 1.5 + air.next(hiss) * 0.3
            })
            .collect();
        fade_out(&mut sound, samples(0.05));
        sound
    };
    let (one, other, middle) = (side(), side(), side());
    // Mostly in the middle, the rest around.
    let blend = |outer: &[f32]| outer.iter().zip(&middle).map(|(a, b)| a * 0.45 + b * 0.75).collect();
    Sound::stereo(blend(&one), blend(&other))
}
