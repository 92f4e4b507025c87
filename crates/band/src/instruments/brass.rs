//! Brass: brighter as it grows louder, which is what the ear knows it by.

use super::subtractive::Patch;
use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;

/// Four players in unison.
pub(super) fn section(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        detune: &[-4.0, -6.0, 4.0, 6.0],
        spread: 0.45,
        noise: 0.006,
        air: 0.002,
        corner: 380.0,
        tracking: 1.2,
        sweep: 4200.0,
        filter: Envelope {
            attack: 0.055,
            decay: 0.28,
            sustain: 0.6,
            release: 0.10,
        },
        level: Envelope {
            attack: 0.03,
            decay: 0.3,
            sustain: 0.85,
            release: 0.12,
        },
        vibrato: (4.0, 5.0, 0.35),
        touch: 13.0,
        ..Patch::BASIC
    };
    let (mut left, mut right) = patch.voices(touch, noise);
    let bell = [
        Biquad::peak(650.0, 1.2, 2.0),
        Biquad::peak(1400.0, 1.2, 2.5),
        Biquad::high_shelf(7000.0, -4.0),
    ];
    filter(&mut left, &bell);
    filter(&mut right, &bell);
    Sound::stereo(left, right)
}

/// One trumpet.
pub(super) fn trumpet(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        noise: 0.008,
        corner: 450.0,
        tracking: 1.5,
        sweep: 4600.0,
        filter: Envelope {
            attack: 0.04,
            decay: 0.3,
            sustain: 0.65,
            release: 0.09,
        },
        level: Envelope {
            attack: 0.022,
            decay: 0.3,
            sustain: 0.88,
            release: 0.10,
        },
        vibrato: (9.0, 5.2, 0.3),
        touch: 13.0,
        ..Patch::BASIC
    };
    let (mut sound, _) = patch.voices(touch, noise);
    let bell = [
        Biquad::peak(1250.0, 1.5, 4.0),
        Biquad::peak(2300.0, 1.5, 2.5),
        Biquad::high_shelf(8000.0, -4.0),
    ];
    filter(&mut sound, &bell);
    Sound::mono(sound)
}
