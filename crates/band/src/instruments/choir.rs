//! A wordless choir: glottal saws of several singers through the formants of a vowel.

use super::subtractive::Patch;
use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;

/// Centre, sharpness and level of the formants of "ah".
const AH: [(f32, f32, f32); 4] = [
    (720.0, 6.0, 1.0),
    (1150.0, 8.0, 0.55),
    (2600.0, 10.0, 0.24),
    (3300.0, 11.0, 0.12),
];

/// The same of "ooh", which soft notes sing.
const OOH: [(f32, f32, f32); 4] = [
    (360.0, 5.0, 1.0),
    (780.0, 8.0, 0.30),
    (2400.0, 10.0, 0.06),
    (3200.0, 11.0, 0.03),
];

/// The sound of one note.
pub(super) fn play(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        detune: &[-9.0, 9.0, -3.0, 3.0, 12.0, -12.0],
        spread: 0.7,
        noise: 0.02,
        air: 0.060,
        corner: 2600.0,
        tracking: 1.0,
        sweep: 1500.0,
        filter: Envelope {
            attack: 0.2,
            decay: 1.0,
            sustain: 0.9,
            release: 0.4,
        },
        level: Envelope {
            attack: 0.16,
            decay: 1.0,
            sustain: 0.92,
            release: 0.42,
        },
        vibrato: (13.0, 5.2, 0.25),
        touch: 9.0,
        ..Patch::BASIC
    };
    let (mut left, mut right) = patch.voices(touch, noise);
    let openness = ((touch.velocity - 0.35) / 0.35).clamp(0.0, 1.0);
    sing(&mut left, openness);
    sing(&mut right, openness);
    Sound::stereo(left, right)
}

fn sing(voice: &mut [f32], openness: f32) {
    let blend = |closed: f32, open: f32| closed + (open - closed) * openness;
    let mut bank: [(Filter, f32); 4] = std::array::from_fn(|index| {
        let (ah, ooh) = (AH[index], OOH[index]);
        let formant = Biquad::band_pass(blend(ooh.0, ah.0), blend(ooh.1, ah.1));
        (Filter::new(formant), blend(ooh.2, ah.2) * 1.6)
    });
    // Part of the plain voice passes, or the vowel would swallow fundamentals between its formants.
    for sample in voice {
        let source = *sample;
        let mut sung = source * 0.14;
        for (formant, level) in &mut bank {
            sung += formant.next(source) * *level;
        }
        *sample = sung;
    }
}
