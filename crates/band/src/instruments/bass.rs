//! Plucked basses: one electric bass under different hands, and the double bass.

use super::glide::GLIDE;
use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter, filter};
use crate::dsp::math::{cents, hertz, saturate, sin_turns, smoothing, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::string::Pluck;
use crate::dsp::warp::warp;
use crate::dsp::{RATE, samples};

/// A hand on an electric bass.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    /// Seconds for 3 kHz to fall by 60 dB.
    brilliance: f32,
    /// Where it plucks, from and to.
    position: (f32, f32),
    /// Corner of the finger, hertz: at the softest, and what the hardest touch adds.
    corner: (f32, f32),
    /// The tone control: at the softest, and what the hardest touch adds, hertz.
    tone: (f32, f32),
    /// Noise of finger, plectrum, or of the string on the frets.
    snap: f32,
    /// How long that noise is, seconds.
    snap_time: f32,
    /// Gain into the preamplifier.
    drive: f32,
    /// A finger on the bare wood slides, sways, and lets the string growl.
    fretless: bool,
}

/// Played with the fingers.
pub(super) const FINGERED: Hand = Hand {
    brilliance: 0.45,
    position: (0.17, 0.22),
    corner: (700.0, 1600.0),
    tone: (700.0, 1900.0),
    snap: 0.05,
    snap_time: 0.004,
    drive: 1.6,
    fretless: false,
};

/// Played with a plectrum near the bridge.
pub(super) const PICKED: Hand = Hand {
    brilliance: 0.75,
    position: (0.09, 0.12),
    corner: (1600.0, 3200.0),
    tone: (1500.0, 2200.0),
    snap: 0.16,
    snap_time: 0.005,
    drive: 1.9,
    ..FINGERED
};

/// Struck with the thumb and pulled off the frets.
pub(super) const SLAPPED: Hand = Hand {
    brilliance: 0.95,
    position: (0.05, 0.07),
    corner: (2200.0, 6500.0),
    tone: (2400.0, 3600.0),
    snap: 0.42,
    snap_time: 0.008,
    drive: 1.7,
    ..FINGERED
};

/// Fretless: less metal, more voice.
pub(super) const FRETLESS: Hand = Hand {
    brilliance: 0.32,
    position: (0.13, 0.17),
    corner: (800.0, 1500.0),
    tone: (900.0, 1300.0),
    snap: 0.03,
    fretless: true,
    ..FINGERED
};

impl Hand {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let hard = touch.velocity;
        let string = Pluck {
            frequency: hertz(f32::from(touch.pitch)),
            sustain: 7.0,
            brilliance: self.brilliance,
            position: noise.between(self.position.0, self.position.1),
            corner: self.corner.0 + self.corner.1 * hard,
            scrape: 0.10,
        };
        let length = touch.held + samples(0.15);
        let mut sound = if self.fretless {
            sway(&string.play(length + samples(GLIDE * 2.0), noise), length, touch, noise)
        } else {
            string.play(length, noise)
        };
        let tone = self.tone.0 + self.tone.1 * hard * hard;
        filter(
            &mut sound,
            &[
                Biquad::low_pass(tone, 0.8),
                Biquad::low_pass(4200.0 + 0.6 * self.tone.1, 0.6),
                Biquad::low_shelf(110.0, 3.0),
            ],
        );
        self.rattle(&mut sound, hard, noise);
        let level = loudness(hard);
        // Pickup and preamplifier round the peaks: overtones that small loudspeakers can still show.
        sound
            .iter_mut()
            .for_each(|sample| *sample = saturate(*sample * self.drive) * level * 0.7);
        // A lopsided wave comes out of it with a direct current.
        filter(&mut sound, &[Biquad::high_pass(22.0, 0.7)]);
        Sound::mono(sound)
    }

    fn rattle(&self, sound: &mut [f32], hard: f32, noise: &mut Noise) {
        let mut wood = Filter::new(Biquad::band_pass(2300.0, 0.7));
        let fall = smoothing(self.snap_time);
        let mut level = self.snap * (0.25 + 0.75 * hard);
        for sample in sound.iter_mut().take(samples(self.snap_time * 7.0)) {
            *sample += wood.next(noise.white()) * level;
            level *= fall;
        }
    }
}

/// The finger's slide and its late vibrato, and the growl: a resonance that opens after the pluck.
fn sway(string: &[f32], length: usize, touch: &Touch, noise: &mut Noise) -> Vec<f32> {
    let (mut phase, step) = (noise.unit(), 5.2 / RATE);
    let mut sound = warp(string, length, |index| {
        phase = wrap(phase + step);
        let depth = 7.0 * ((index as f32 / RATE - 0.3) / 0.4).clamp(0.0, 1.0);
        touch.bend(index) * cents(depth * sin_turns(phase))
    });
    let mut voice = Filter::new(Biquad::band_pass(620.0, 1.6));
    let open = smoothing(0.12);
    let mut closed = 1.0_f32;
    for sample in &mut sound {
        closed *= open;
        *sample += voice.next(*sample) * 1.3 * (1.0 - closed);
    }
    sound
}

/// Double bass, plucked.
pub(super) fn upright(touch: &Touch, noise: &mut Noise) -> Sound {
    let pitch = f32::from(touch.pitch);
    let string = Pluck {
        frequency: hertz(pitch),
        sustain: 2.6,
        brilliance: 0.16,
        position: noise.between(0.30, 0.36),
        corner: 320.0 + 700.0 * touch.velocity,
        scrape: 0.14,
    };
    let mut sound = string.play(touch.held + samples(0.18), noise);
    let body = [
        Biquad::peak(98.0, 2.5, 4.0),
        Biquad::peak(190.0, 2.0, 3.0),
        Biquad::peak(700.0, 1.2, 2.0),
        Biquad::low_pass(1500.0 + 1200.0 * touch.velocity, 0.7),
    ];
    filter(&mut sound, &body);
    let level = loudness(touch.velocity) * 0.6;
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}
