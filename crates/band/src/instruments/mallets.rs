//! Bars, tines, bells and drums with a pitch: few, well-known partials, one table for each.

use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::{fade_in, fade_out};
use crate::dsp::math::{hertz, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// One partial of a struck body.
#[derive(Debug, Clone, Copy)]
struct Partial {
    /// Times the note's frequency.
    ratio: f32,
    /// Level at the softest touch, and what the hardest adds.
    level: (f32, f32),
    /// Share of the note's life.
    life: f32,
}

const fn partial(ratio: f32, soft: f32, harder: f32, life: f32) -> Partial {
    Partial {
        ratio,
        level: (soft, harder),
        life,
    }
}

/// How a struck instrument is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bars {
    partials: &'static [Partial],
    /// Seconds the note at `middle` takes to fall by 60 dB, and the least and the most of any.
    life: (f32, f32, f32),
    middle: f32,
    /// Semitones upwards that halve the life.
    halves: f32,
    /// The mallet: level, hertz, seconds.
    knock: (f32, f32, f32),
    /// Seconds the mallet stays on the bar.
    attack: f32,
    /// Every stroke lands elsewhere: how far levels differ, 0-1.
    loose: f32,
    gain: f32,
}

/// Glockenspiel: free steel bars, 1 : 2.76 : 5.40 : 8.93.
pub(super) const GLOCKENSPIEL: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.756, 0.14, 0.20, 0.35),
        partial(5.404, 0.05, 0.14, 0.16),
        partial(8.933, 0.02, 0.06, 0.08),
    ],
    life: (3.0, 0.9, 4.0),
    middle: 72.0,
    halves: 24.0,
    knock: (0.12, 9000.0, 0.002),
    attack: 0.001,
    loose: 0.0,
    gain: 0.45,
};

/// Glassy synthesizer bell: a strong fundamental under slightly stretched partials.
pub(super) const BELL: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.003, 0.22, 0.23, 0.6),
        partial(3.01, 0.11, 0.11, 0.4),
        partial(4.23, 0.08, 0.08, 0.28),
        partial(5.43, 0.05, 0.05, 0.2),
        partial(6.79, 0.03, 0.04, 0.12),
    ],
    life: (4.5, 1.2, 6.0),
    middle: 66.0,
    halves: 30.0,
    knock: (0.0, 1000.0, 0.002),
    ..GLOCKENSPIEL
};

/// Marimba: rosewood tuned 1 : 4 : 10 over tubes, under yarn.
pub(super) const MARIMBA: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(3.932, 0.06, 0.22, 0.22),
        partial(9.538, 0.01, 0.10, 0.08),
        partial(16.69, 0.0, 0.03, 0.05),
    ],
    life: (1.7, 0.25, 2.8),
    middle: 55.0,
    halves: 16.0,
    knock: (0.16, 900.0, 0.006),
    attack: 0.002,
    loose: 0.25,
    gain: 0.5,
};

/// Xylophone: the same wood tuned 1 : 3 : 6, dry, under hard balls.
pub(super) const XYLOPHONE: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(3.0, 0.28, 0.30, 0.5),
        partial(6.16, 0.10, 0.28, 0.25),
        partial(10.3, 0.03, 0.14, 0.15),
    ],
    life: (0.75, 0.16, 1.0),
    middle: 67.0,
    halves: 20.0,
    knock: (0.45, 3200.0, 0.003),
    attack: 0.0004,
    loose: 0.2,
    gain: 0.45,
};

/// Kalimba: steel tongues clamped at one end, 1 : 6.3, thumbs on a wooden box.
pub(super) const KALIMBA: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.0, 0.05, 0.05, 0.4),
        partial(5.42, 0.06, 0.14, 0.12),
        partial(6.27, 0.05, 0.12, 0.10),
        partial(17.5, 0.0, 0.03, 0.04),
    ],
    life: (2.6, 0.7, 3.6),
    middle: 64.0,
    halves: 18.0,
    knock: (0.26, 380.0, 0.008),
    attack: 0.0015,
    loose: 0.25,
    gain: 0.5,
};

/// Steel drum: a dome tuned to octave and twelfth, whose overtones swell after the stroke.
pub(super) const STEEL_DRUM: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.0, 0.40, 0.35, 0.85),
        partial(3.0, 0.14, 0.22, 0.6),
        partial(4.02, 0.05, 0.18, 0.4),
        partial(1.004, 0.20, 0.0, 0.7),
        partial(5.6, 0.02, 0.08, 0.2),
    ],
    life: (1.5, 0.5, 1.9),
    middle: 64.0,
    halves: 24.0,
    knock: (0.20, 1500.0, 0.004),
    attack: 0.007,
    loose: 0.25,
    gain: 0.45,
};

/// Tubular bells: the strike note is an octave the ear makes up from the fourth mode and above (2 : 3 : 4.1 : 5.4).
pub(super) const TUBULAR_BELLS: Bars = Bars {
    partials: &[
        partial(1.0, 0.75, 0.0, 1.0),
        partial(2.0, 0.55, 0.10, 0.8),
        partial(0.5, 0.10, 0.0, 0.9),
        partial(2.76, 0.25, 0.15, 0.55),
        partial(3.59, 0.12, 0.16, 0.4),
        partial(4.52, 0.08, 0.14, 0.3),
        partial(5.53, 0.06, 0.14, 0.2),
        partial(6.63, 0.05, 0.14, 0.16),
        partial(7.80, 0.04, 0.12, 0.13),
        partial(9.05, 0.03, 0.12, 0.10),
        partial(10.4, 0.02, 0.10, 0.08),
        partial(13.2, 0.01, 0.08, 0.05),
    ],
    life: (7.0, 3.5, 8.0),
    middle: 66.0,
    halves: 36.0,
    knock: (0.35, 4200.0, 0.006),
    attack: 0.001,
    loose: 0.0,
    gain: 0.4,
};

/// Celesta: steel plates over wooden boxes, felt hammers.
pub(super) const CELESTA: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.0, 0.04, 0.05, 0.5),
        partial(3.9, 0.10, 0.14, 0.25),
        partial(8.6, 0.01, 0.05, 0.10),
    ],
    life: (2.2, 0.7, 2.8),
    middle: 67.0,
    halves: 22.0,
    knock: (0.10, 1200.0, 0.005),
    attack: 0.002,
    loose: 0.0,
    gain: 0.5,
};

/// Music box: thin steel teeth, plucked, on a resonant board; a tick of the comb before each.
pub(super) const MUSIC_BOX: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(2.01, 0.18, 0.08, 0.55),
        partial(3.02, 0.08, 0.08, 0.4),
        partial(6.27, 0.10, 0.12, 0.25),
        partial(8.1, 0.03, 0.06, 0.12),
    ],
    life: (3.4, 1.2, 3.6),
    middle: 72.0,
    halves: 30.0,
    knock: (0.16, 5200.0, 0.0015),
    attack: 0.0005,
    loose: 0.0,
    gain: 0.45,
};

/// Timpani: the preferred modes of a kettle, 1 : 1.5 : 1.99 : 2.44 : 2.89, after L. Rayleigh.
pub(super) const TIMPANI: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(1.504, 0.50, 0.25, 0.75),
        partial(1.742, 0.12, 0.10, 0.25),
        partial(2.0, 0.22, 0.25, 0.55),
        partial(2.44, 0.10, 0.20, 0.4),
        partial(2.90, 0.08, 0.22, 0.3),
        partial(3.36, 0.06, 0.20, 0.24),
        partial(3.85, 0.05, 0.18, 0.2),
        partial(4.55, 0.04, 0.16, 0.15),
        partial(5.40, 0.03, 0.14, 0.11),
        partial(6.70, 0.02, 0.12, 0.08),
        partial(8.60, 0.01, 0.10, 0.06),
        partial(0.85, 0.30, 0.15, 0.06),
    ],
    life: (2.6, 1.4, 3.2),
    middle: 45.0,
    halves: 40.0,
    knock: (0.95, 700.0, 0.011),
    attack: 0.002,
    loose: 0.3,
    gain: 0.6,
};

const VIBRAPHONE: Bars = Bars {
    partials: &[
        partial(1.0, 1.0, 0.0, 1.0),
        partial(3.99, 0.10, 0.22, 0.3),
        partial(9.92, 0.02, 0.10, 0.08),
    ],
    life: (7.0, 1.5, 9.0),
    middle: 60.0,
    halves: 24.0,
    knock: (0.0, 1000.0, 0.003),
    attack: 0.002,
    loose: 0.0,
    gain: 0.5,
};

impl Bars {
    /// The sound of one note, ringing out.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let length = samples(self.life_of(touch.pitch) * 1.15);
        let mut sound = self.struck(touch, length, noise);
        fade_out(&mut sound, samples(0.1).min(length / 3));
        Sound::mono(sound)
    }

    fn life_of(&self, pitch: u8) -> f32 {
        let (usual, least, most) = self.life;
        (usual * libm::exp2f((self.middle - f32::from(pitch)) / self.halves)).clamp(least, most)
    }

    fn struck(&self, touch: &Touch, length: usize, noise: &mut Noise) -> Vec<f32> {
        let frequency = hertz(f32::from(touch.pitch));
        let hard = touch.velocity;
        let life = self.life_of(touch.pitch);
        let modes: Vec<Mode> = self
            .partials
            .iter()
            .filter(|partial| frequency * partial.ratio < 16_000.0)
            .map(|partial| {
                let spot = 1.0 + self.loose * noise.between(-0.5, 0.5);
                let level = (partial.level.0 + partial.level.1 * hard) * spot;
                Mode::new(frequency * partial.ratio, level, life * partial.life)
            })
            .collect();
        let mut sound = ring(&modes, length, Phases::Zero);
        fade_in(&mut sound, samples(self.attack * (1.5 - hard)));
        let (level, place, seconds) = self.knock;
        let mut wood = Filter::new(Biquad::band_pass(place, 0.7));
        let (mut knock, fall) = (level * (0.3 + 0.7 * hard), smoothing(seconds));
        for sample in sound.iter_mut().take(samples(seconds * 8.0)) {
            *sample += wood.next(noise.white()) * knock;
            knock *= fall;
        }
        let level = loudness(hard) * self.gain;
        sound.iter_mut().for_each(|sample| *sample *= level);
        sound
    }
}

/// Vibraphone, motor on: bars tuned 1 : 4 : 10 over tubes that a fan opens and closes.
pub(super) fn vibraphone(touch: &Touch, noise: &mut Noise) -> Sound {
    let mut sound = VIBRAPHONE.struck(touch, touch.held + samples(0.6), noise);
    let (mut motor, step) = (0.25_f32, 5.2 / RATE);
    for sample in &mut sound {
        motor = wrap(motor + step);
        *sample *= 1.0 - 0.18 * (1.0 - sin_turns(motor));
    }
    Sound::mono(sound)
}
