//! Organs: tonewheels with drawbars, key click and percussion, and pipes with wind. The rotating loudspeaker is in
//! [`super::rotary`].

use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{cents, hertz, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// A setting of the nine drawbars and of what makes the keys speak.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wheels {
    /// Levels of the bars of 16, 5 1/3, 8, 4, 2 2/3, 2, 1 3/5, 1 1/3 and 1 foot.
    bars: [f32; 9],
    /// Level of the contacts' click.
    click: f32,
    /// Level of the percussion on the third harmonic.
    percussion: f32,
}

/// What each drawbar sounds, times the key.
const FEET: [f32; 9] = [0.5, 1.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0];

/// Full below, bright above: gospel, soul, reggae.
pub(super) const FULL: Wheels = Wheels {
    bars: [0.50, 0.32, 0.80, 0.42, 0.18, 0.22, 0.0, 0.08, 0.10],
    click: 0.25,
    percussion: 0.5,
};

/// Three bars out and the rest for the scream: rock and blues.
pub(super) const ROCK: Wheels = Wheels {
    bars: [0.80, 0.80, 0.80, 0.30, 0.16, 0.16, 0.12, 0.16, 0.30],
    click: 0.45,
    percussion: 0.3,
};

/// Decay of what sounds for as long as the key is down, seconds.
const STEADY: f32 = 10_000.0;

impl Wheels {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let frequency = hertz(f32::from(touch.pitch));
        let shape = Envelope {
            attack: 0.004,
            decay: 0.1,
            sustain: 0.97,
            release: 0.035,
        };
        let length = touch.held + shape.tail();
        let wheels: Vec<Mode> = FEET
            .iter()
            .zip(self.bars)
            .map(|(ratio, level)| (frequency * ratio, level))
            .filter(|(wheel, level)| *level > 0.0 && *wheel < 9000.0)
            .map(|(wheel, level)| Mode::new(wheel, level, STEADY))
            .collect();
        let mut sound = ring(&wheels, length, Phases::Random(noise));
        self.strike(frequency, touch, &mut sound);
        let mut click = self.click * touch.velocity;
        let fall = smoothing(0.0025);
        let mut envelope = shape.start(touch.held);
        // An organ key has no touch; the swell pedal stands in for it.
        let swell = 0.16 * (0.55 + 0.45 * touch.velocity);
        for sample in &mut sound {
            *sample = (*sample + noise.white() * click) * envelope.next() * swell;
            click *= fall;
        }
        Sound::mono(sound)
    }

    fn strike(&self, frequency: f32, touch: &Touch, sound: &mut [f32]) {
        let step = frequency * 3.0 / RATE;
        if step > 0.2 {
            return;
        }
        let (mut phase, mut level) = (0.0, self.percussion * touch.velocity);
        let fall = smoothing(0.09);
        for sample in sound.iter_mut().take(samples(0.5)) {
            phase = wrap(phase + step);
            *sample += sin_turns(phase) * level;
            level *= fall;
        }
    }
}

/// Ranks of the principal chorus: times the key, level, cents off.
const RANKS: [(f32, f32, f32); 16] = [
    (0.5, 0.05, 0.0),
    (1.0, 1.0, 0.6),
    (2.0, 0.60, -0.8),
    (3.0, 0.34, 0.0),
    (4.0, 0.44, 1.2),
    (5.0, 0.20, 0.0),
    (6.0, 0.30, -1.0),
    (7.0, 0.12, 0.0),
    (8.0, 0.32, 1.4),
    (10.0, 0.16, 0.0),
    (12.0, 0.22, -1.4),
    (14.0, 0.08, 0.0),
    (16.0, 0.18, 1.0),
    (20.0, 0.10, 0.5),
    (24.0, 0.12, -1.2),
    (32.0, 0.08, 1.5),
];

/// Church organ: a chorus of principals, each pipe a little off, with the chiff of the wind as it begins to speak.
pub(super) fn pipes(touch: &Touch, noise: &mut Noise) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.045,
        decay: 0.2,
        sustain: 0.96,
        release: 0.22,
    };
    let length = touch.held + shape.tail();
    let level = 0.13 * (0.6 + 0.4 * touch.velocity);
    let mut side = |sign: f32| {
        let pipes: Vec<Mode> = RANKS
            .iter()
            .filter(|(ratio, ..)| frequency * ratio < 13_000.0)
            .map(|(ratio, level, off)| Mode::new(frequency * ratio * cents(off * sign), *level, STEADY))
            .collect();
        let mut sound = ring(&pipes, length, Phases::Random(noise));
        let mut wind = Filter::new(Biquad::band_pass((frequency * 3.0).min(8000.0), 1.4));
        let (mut chiff, fall) = (0.55_f32, smoothing(0.035));
        let mut envelope = shape.start(touch.held);
        for sample in &mut sound {
            let hiss = wind.next(noise.white()) * (0.02 + chiff);
            chiff *= fall;
            *sample = (*sample + hiss) * envelope.next() * level;
        }
        sound
    };
    let left = side(1.0);
    let right = side(-1.0);
    Sound::stereo(left, right)
}
