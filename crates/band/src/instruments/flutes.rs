//! Flutes: few harmonics and a good deal of breath.

use super::{Sound, Touch};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{cents, gain, hertz, sin_turns, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::oscillator::{CONTROL, Vibrato};

/// One kind of flute.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pipe {
    /// Levels of the harmonics; those above the second grow with the breath.
    harmonics: [f32; 6],
    /// Noise of the breath while the tone stands, and what comes on top as it starts.
    breath: (f32, f32),
    /// Where that noise is, as a multiple of the note, and how narrow.
    hiss: (f32, f32),
    /// Vibrato: cents, hertz, seconds until it sets in.
    vibrato: (f32, f32, f32),
    /// How much the level swings with the vibrato.
    swell: f32,
    /// Cents below the pitch at which the tone begins.
    scoop: f32,
    shape: Envelope,
}

/// Concert flute.
pub(super) const CONCERT: Pipe = Pipe {
    harmonics: [1.0, 0.48, 0.24, 0.10, 0.05, 0.025],
    breath: (0.07, 0.22),
    hiss: (2.0, 1.1),
    vibrato: (7.0, 5.0, 0.2),
    swell: 0.10,
    scoop: 0.0,
    shape: Envelope {
        attack: 0.05,
        decay: 0.5,
        sustain: 0.87,
        release: 0.13,
    },
};

/// Pan flute: stopped pipes, so odd harmonics, and half of the sound is air.
pub(super) const PAN: Pipe = Pipe {
    harmonics: [1.0, 0.06, 0.20, 0.02, 0.05, 0.01],
    breath: (0.26, 0.75),
    hiss: (1.5, 0.9),
    vibrato: (9.0, 4.6, 0.25),
    swell: 0.16,
    scoop: 35.0,
    shape: Envelope {
        attack: 0.045,
        decay: 0.4,
        sustain: 0.78,
        release: 0.16,
    },
};

/// Tin whistle: nearly a sine, quick to speak.
pub(super) const WHISTLE: Pipe = Pipe {
    harmonics: [1.0, 0.22, 0.10, 0.03, 0.01, 0.0],
    breath: (0.05, 0.18),
    hiss: (2.5, 1.0),
    vibrato: (12.0, 5.6, 0.22),
    swell: 0.05,
    scoop: 18.0,
    shape: Envelope {
        attack: 0.022,
        decay: 0.3,
        sustain: 0.92,
        release: 0.07,
    },
};

impl Pipe {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch, noise: &mut Noise) -> Sound {
        let frequency = hertz(f32::from(touch.pitch));
        let length = touch.held + self.shape.tail();
        let mut sound = vec![0.0_f32; length];
        let mut envelope = self.shape.start(touch.held);
        let (depth, rate, onset) = self.vibrato;
        let mut vibrato = Vibrato::new(noise.unit(), rate * noise.between(0.95, 1.05), depth, onset);
        let (place, narrow) = self.hiss;
        let mut breath = Filter::new(Biquad::band_pass((frequency * place).min(9000.0), narrow));
        let audible = (14_000.0 / frequency) as usize;
        let harmonics = &self.harmonics[..audible.clamp(1, self.harmonics.len())];
        let level = gain((touch.velocity - 1.0) * 12.0) * 0.4;
        let (mut phase, mut puff, mut scoop) = (0.0_f32, self.breath.1, self.scoop);
        for block in sound.chunks_mut(CONTROL) {
            let (ratio, swing) = vibrato.next();
            let step = frequency * ratio * cents(-scoop) / RATE;
            scoop *= 0.97;
            for sample in block {
                phase = wrap(phase + step);
                let blown = envelope.next();
                let bright = 0.5 + 0.6 * blown * touch.velocity * (1.0 + 0.25 * swing);
                let mut tone = 0.0;
                for (index, share) in harmonics.iter().enumerate() {
                    let weight = if index > 1 { share * bright } else { *share };
                    tone += weight * sin_turns(wrap(phase * (index + 1) as f32));
                }
                let hiss = breath.next(noise.white()) * (self.breath.0 + puff);
                puff *= 0.9992;
                *sample = (tone * (1.0 + self.swell * swing) + hiss) * blown * level;
            }
        }
        Sound::mono(sound)
    }
}
