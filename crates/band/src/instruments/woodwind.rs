//! Reed and flute.

use super::subtractive::{Patch, Wave};
use super::{Sound, Touch};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Filter, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{gain, hertz, sin_turns, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::oscillator::{CONTROL, Vibrato};

/// Tenor saxophone: a narrow pulse in a conical bore, reed formants, breath.
pub(super) fn saxophone(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        wave: Wave::Pulse(0.22),
        noise: 0.022,
        air: 0.006,
        corner: 650.0,
        tracking: 1.8,
        sweep: 3000.0,
        filter: Envelope {
            attack: 0.05,
            decay: 0.4,
            sustain: 0.6,
            release: 0.09,
        },
        level: Envelope {
            attack: 0.028,
            decay: 0.3,
            sustain: 0.85,
            release: 0.10,
        },
        vibrato: (12.0, 5.0, 0.26),
        touch: 13.0,
        ..Patch::BASIC
    };
    let (mut sound, _) = patch.voices(touch, noise);
    let bore = [
        Biquad::peak(520.0, 1.6, 3.5),
        Biquad::peak(1350.0, 1.8, 4.0),
        Biquad::peak(2700.0, 1.6, 2.5),
        Biquad::high_shelf(6000.0, -6.0),
    ];
    filter(&mut sound, &bore);
    Sound::mono(sound)
}

/// Levels of a flute's harmonics; those above the second grow with the breath.
const HARMONICS: [f32; 6] = [1.0, 0.48, 0.24, 0.10, 0.05, 0.025];

/// Concert flute.
pub(super) fn flute(touch: &Touch, noise: &mut Noise) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.05,
        decay: 0.5,
        sustain: 0.87,
        release: 0.13,
    };
    let length = touch.held + shape.tail();
    let mut sound = vec![0.0_f32; length];
    let mut envelope = shape.start(touch.held);
    let mut vibrato = Vibrato::new(noise.unit(), 5.0 * noise.between(0.95, 1.05), 7.0, 0.2);
    let mut breath = Filter::new(Biquad::band_pass((frequency * 2.0).min(9000.0), 1.1));
    let harmonics = HARMONICS.iter().take_while({
        let mut order = 0.0;
        move |_| {
            order += 1.0;
            frequency * order < 14_000.0
        }
    });
    let harmonics: Vec<f32> = harmonics.copied().collect();
    let level = gain((touch.velocity - 1.0) * 12.0) * 0.4;
    let mut phase = 0.0_f32;
    let mut puff = 0.22_f32;
    for block in sound.chunks_mut(CONTROL) {
        let (ratio, swing) = vibrato.next();
        let step = frequency * ratio / RATE;
        for sample in block {
            phase = wrap(phase + step);
            let blown = envelope.next();
            let bright = 0.5 + 0.6 * blown * touch.velocity * (1.0 + 0.25 * swing);
            let mut tone = 0.0;
            for (index, share) in harmonics.iter().enumerate() {
                let weight = if index > 1 { share * bright } else { *share };
                tone += weight * sin_turns(wrap(phase * (index + 1) as f32));
            }
            let hiss = breath.next(noise.white()) * (0.07 + puff);
            puff *= 0.9992;
            *sample = (tone * (1.0 + 0.10 * swing) + hiss) * blown * level;
        }
    }
    Sound::mono(sound)
}
