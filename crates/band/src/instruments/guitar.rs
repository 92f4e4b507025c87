//! Plucked strings of different make, one table for all. Their bodies and amplifiers come after, see [`super::body`].

use super::glide::GLIDE;
use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::{fade_in, fade_out};
use crate::dsp::math::{cents, hertz, sin_turns, smoothing, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::string::Pluck;
use crate::dsp::warp::warp;
use crate::dsp::{RATE, samples};

/// How a family of strings is made and touched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Make {
    /// Seconds for the low E of a guitar to fall by 60 dB.
    pub(super) sustain: f32,
    /// Semitones upwards that halve it.
    pub(super) halves: f32,
    /// Whatever the pitch, it rings at least so long.
    pub(super) shortest: f32,
    /// Seconds for 3 kHz to fall by 60 dB: at the softest, and what the hardest touch adds.
    pub(super) brilliance: (f32, f32),
    /// Where it is plucked, from and to as shares of the string.
    pub(super) position: (f32, f32),
    /// Corner of plectrum or finger, hertz: at the softest, and what the hardest touch adds.
    pub(super) corner: (f32, f32),
    /// Noise in the pluck, 0-1.
    pub(super) scrape: f32,
    /// Click of plectrum, nail or quill on the string: level, and where it is, hertz.
    pub(super) tick: (f32, f32),
    /// The blow that the pluck gives to the body, whatever the string's pitch.
    pub(super) thump: f32,
    /// How far corner and brilliance follow the pitch, from 0 to 1: thick strings are duller than thin ones.
    pub(super) tracking: f32,
    /// Strings sounded together, cents off; they sum to zero.
    pub(super) courses: &'static [f32],
    /// Seconds the damped end may take.
    pub(super) tail: f32,
}

/// Steel-string acoustic guitar, played near the sound hole with a plectrum.
pub(super) const STEEL: Make = Make {
    sustain: 9.0,
    halves: 20.0,
    shortest: 1.6,
    brilliance: (0.75, 0.35),
    position: (0.15, 0.21),
    corner: (2600.0, 6500.0),
    scrape: 0.16,
    tick: (0.16, 6800.0),
    thump: 0.2,
    tracking: 0.45,
    courses: &[0.0],
    tail: 0.3,
};

/// Nylon-string guitar, played with the fingertips.
pub(super) const NYLON: Make = Make {
    sustain: 5.0,
    shortest: 1.2,
    brilliance: (0.34, 0.06),
    position: (0.24, 0.31),
    corner: (1300.0, 3200.0),
    scrape: 0.08,
    tick: (0.03, 3200.0),
    thump: 0.14,
    tracking: 0.7,
    ..STEEL
};

/// Electric guitar through a clean amplifier, neck pickup.
pub(super) const CLEAN: Make = Make {
    sustain: 10.0,
    halves: 22.0,
    shortest: 2.2,
    brilliance: (1.0, 0.2),
    position: (0.19, 0.25),
    corner: (1500.0, 3600.0),
    scrape: 0.10,
    tick: (0.05, 3200.0),
    thump: 0.02,
    tracking: 0.8,
    ..STEEL
};

/// The same under the palm.
pub(super) const MUTED: Make = Make {
    sustain: 0.42,
    halves: 30.0,
    shortest: 0.22,
    brilliance: (0.09, 0.07),
    position: (0.11, 0.15),
    corner: (2000.0, 4500.0),
    scrape: 0.20,
    tick: (0.16, 3200.0),
    thump: 0.04,
    tracking: 0.4,
    tail: 0.1,
    ..STEEL
};

/// Four short nylon strings on a small box.
pub(super) const UKULELE: Make = Make {
    sustain: 3.4,
    halves: 26.0,
    shortest: 0.8,
    brilliance: (0.22, 0.14),
    position: (0.26, 0.34),
    corner: (1700.0, 3600.0),
    scrape: 0.12,
    tick: (0.08, 3600.0),
    thump: 0.14,
    tracking: 0.3,
    ..STEEL
};

/// Steel strings on a drum head: loud, bright, soon gone.
pub(super) const BANJO: Make = Make {
    sustain: 3.2,
    halves: 22.0,
    shortest: 0.7,
    brilliance: (0.42, 0.16),
    position: (0.07, 0.10),
    corner: (3600.0, 5200.0),
    scrape: 0.10,
    tick: (0.2, 4200.0),
    thump: 0.16,
    tracking: 0.2,
    ..STEEL
};

/// Pairs of short steel strings.
pub(super) const MANDOLIN: Make = Make {
    sustain: 3.8,
    halves: 20.0,
    shortest: 0.7,
    brilliance: (0.5, 0.25),
    position: (0.10, 0.15),
    corner: (3000.0, 6000.0),
    scrape: 0.12,
    tick: (0.2, 5200.0),
    thump: 0.14,
    tracking: 0.3,
    courses: &[-2.4, 2.4],
    ..STEEL
};

/// Concert harp.
pub(super) const HARP: Make = Make {
    sustain: 8.0,
    halves: 24.0,
    shortest: 1.3,
    brilliance: (0.26, 0.12),
    position: (0.38, 0.46),
    corner: (700.0, 1700.0),
    scrape: 0.03,
    tick: (0.0, 3200.0),
    thump: 0.06,
    tracking: 1.0,
    tail: 1.0,
    ..STEEL
};

/// Quills on brass strings; they know no loud and soft, so the touch hardly changes them.
pub(super) const HARPSICHORD: Make = Make {
    sustain: 8.0,
    halves: 20.0,
    shortest: 1.4,
    brilliance: (2.2, 0.1),
    position: (0.09, 0.13),
    corner: (12_000.0, 1500.0),
    scrape: 0.06,
    tick: (0.45, 8200.0),
    thump: 0.22,
    tracking: 0.2,
    courses: &[-1.5, 1.5],
    tail: 0.25,
};

/// Clavinet: short strings struck against a metal edge, under magnetic pickups.
pub(super) const CLAVINET: Make = Make {
    sustain: 8.0,
    halves: 24.0,
    shortest: 1.0,
    brilliance: (0.70, 0.45),
    position: (0.07, 0.09),
    corner: (3000.0, 7500.0),
    scrape: 0.05,
    tick: (0.16, 5200.0),
    thump: 0.05,
    tracking: 0.5,
    courses: &[0.0],
    tail: 0.1,
};

impl Make {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let length = touch.held + samples(self.tail);
        let mut sound = self.strings(touch, length, noise);
        let level = loudness(touch.velocity);
        sound.iter_mut().for_each(|sample| *sample *= level);
        Sound::mono(sound)
    }

    /// All strings of the note together, at an even level.
    pub(super) fn strings(&self, touch: &Touch, length: usize, noise: &mut Noise) -> Vec<f32> {
        let pitch = f32::from(touch.pitch);
        let hard = touch.velocity;
        let mut sound = vec![0.0_f32; length];
        let share = 1.0 / (self.courses.len() as f32).sqrt();
        // The tables are written for the E below middle C.
        let follow = libm::powf(hertz(pitch) / 165.0, self.tracking);
        for offset in self.courses {
            let string = Pluck {
                frequency: hertz(pitch) * cents(*offset),
                sustain: (self.sustain * libm::exp2f((40.0 - pitch) / self.halves)).max(self.shortest),
                brilliance: (self.brilliance.0 + self.brilliance.1 * hard) * follow,
                position: noise.between(self.position.0, self.position.1),
                corner: (self.corner.0 + self.corner.1 * hard) * follow,
                scrape: self.scrape,
            };
            for (sum, sample) in sound.iter_mut().zip(string.play(length, noise)) {
                *sum += sample * share;
            }
        }
        // The pulse reaches the top at once; a quarter millisecond keeps the plectrum from clicking.
        fade_in(&mut sound, samples(0.000_3));
        let hand = 0.3 + 0.7 * hard;
        burst(&mut sound, self.tick.0 * hand, (self.tick.1, 0.45), 0.0035, noise);
        burst(&mut sound, self.thump * hand, (135.0, 0.7), 0.045, noise);
        sound
    }
}

/// Noise around `band` (hertz, sharpness) that dies within a few times `seconds`: the plectrum leaving the string, the
/// body it leans on.
fn burst(sound: &mut [f32], level: f32, band: (f32, f32), seconds: f32, noise: &mut Noise) {
    let mut tone = Filter::new(Biquad::band_pass(band.0, band.1));
    let fall = smoothing(seconds);
    // Narrow bands let little noise through.
    let mut level = level * (3000.0 / band.0).max(1.0).sqrt();
    for sample in sound.iter_mut().take(samples(seconds * 7.0)) {
        *sample += tone.next(noise.white()) * level;
        level *= fall;
    }
}

/// Electric guitar for the distorting amplifier: two takes, one for each side, as a record would have it.
pub(super) fn overdriven(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held + samples(0.12);
    let pitch = f32::from(touch.pitch);
    let mut take = |offset: f32, late: usize| {
        let string = Pluck {
            frequency: hertz(pitch) * cents(offset),
            sustain: 9.0,
            brilliance: 1.1,
            position: noise.between(0.10, 0.15),
            corner: 3500.0 + 3500.0 * touch.velocity,
            scrape: 0.12,
        };
        let mut sound = vec![0.0; late];
        sound.extend(string.play(length - late, noise));
        // The amplifier compresses; the hand still counts a little.
        let level = 0.55 + 0.45 * touch.velocity;
        sound.iter_mut().for_each(|sample| *sample *= level);
        sound
    };
    let late = samples(0.009 + 0.002 * touch.variant as f32);
    let left = take(-1.0, 0);
    let right = take(1.0, late);
    Sound::stereo(left, right)
}

/// Pedal steel: a long clean string under the bar, which slides in from below, and a late, slow vibrato.
pub(super) fn pedal_steel(touch: &Touch, noise: &mut Noise) -> Sound {
    let make = Make {
        sustain: 12.0,
        halves: 26.0,
        shortest: 3.0,
        brilliance: (0.8, 0.3),
        corner: (1800.0, 3200.0),
        tick: (0.02, 3200.0),
        ..CLEAN
    };
    let length = touch.held + samples(0.4);
    let string = make.strings(touch, length + samples(GLIDE * 2.0), noise);
    // Without a note to come from, the bar still rolls up to the pitch, a quarter tone at most.
    let scoop = if touch.from.is_none() {
        noise.between(20.0, 45.0)
    } else {
        0.0
    };
    let (mut phase, step) = (noise.unit(), 5.0 / RATE);
    let mut sound = warp(&string, length, |index| {
        let seconds = index as f32 / RATE;
        phase = wrap(phase + step);
        let depth = 6.0 * ((seconds - 0.35) / 0.4).clamp(0.0, 1.0);
        let roll = scoop * libm::expf(-seconds / 0.03);
        touch.bend(index) * cents(depth * sin_turns(phase) - roll)
    });
    // The volume pedal takes the pluck away.
    fade_in(&mut sound, samples(0.02));
    fade_out(&mut sound, samples(0.01));
    let level = loudness(touch.velocity);
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}
