//! Reeds, single, double and free: a pulse as wide as the reed lets it be, in the bore's resonances.

use super::subtractive::{Patch, Voice, Wave};
use super::{Sound, Touch};
use crate::dsp::RATE;
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{sin_turns, wrap};
use crate::dsp::noise::Noise;

/// Tenor saxophone: a narrow pulse in a conical bore, reed formants, breath.
pub(super) const TENOR: Voice = Voice {
    patch: Patch {
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
    },
    body: &[(520.0, 1.6, 3.5), (1350.0, 1.8, 4.0), (2700.0, 1.6, 2.5)],
    top: (6000.0, -6.0),
    quick: 0.8,
};

/// Alto saxophone: the same, smaller and more forward.
pub(super) const ALTO: Voice = Voice {
    patch: Patch {
        wave: Wave::Pulse(0.18),
        corner: 800.0,
        sweep: 3600.0,
        vibrato: (13.0, 5.2, 0.24),
        ..TENOR.patch
    },
    body: &[(720.0, 1.6, 3.5), (1750.0, 1.8, 4.0), (3300.0, 1.6, 3.0)],
    top: (7000.0, -6.0),
    quick: 0.8,
};

/// Clarinet: a cylinder closed at one end, which nearly leaves out the lower even harmonics.
pub(super) const CLARINET: Voice = Voice {
    patch: Patch {
        wave: Wave::Pulse(0.44),
        noise: 0.008,
        air: 0.003,
        corner: 700.0,
        tracking: 2.0,
        sweep: 3600.0,
        filter: Envelope {
            attack: 0.06,
            decay: 0.5,
            sustain: 0.75,
            release: 0.08,
        },
        level: Envelope {
            attack: 0.035,
            decay: 0.3,
            sustain: 0.92,
            release: 0.09,
        },
        vibrato: (3.0, 5.0, 0.4),
        touch: 13.0,
        ..Patch::BASIC
    },
    body: &[(1500.0, 1.4, 2.5), (3200.0, 1.4, 2.0)],
    top: (6500.0, -9.0),
    quick: 0.8,
};

/// Oboe: a double reed that opens for an instant only, and a nose.
pub(super) const OBOE: Voice = Voice {
    patch: Patch {
        wave: Wave::Pulse(0.11),
        noise: 0.008,
        air: 0.003,
        corner: 1300.0,
        tracking: 1.3,
        sweep: 2600.0,
        filter: Envelope {
            attack: 0.05,
            decay: 0.4,
            sustain: 0.75,
            release: 0.08,
        },
        level: Envelope {
            attack: 0.035,
            decay: 0.3,
            sustain: 0.9,
            release: 0.09,
        },
        vibrato: (8.0, 5.4, 0.3),
        touch: 10.0,
        ..Patch::BASIC
    },
    body: &[(420.0, 1.0, -5.0), (1150.0, 1.8, 6.0), (2900.0, 2.0, 5.0)],
    top: (5500.0, -8.0),
    quick: 0.8,
};

const FREE_REEDS: Voice = Voice {
    patch: Patch {
        wave: Wave::Pulse(0.30),
        detune: &[-5.0, 5.0, 0.0, 0.0],
        spread: 0.4,
        noise: 0.006,
        air: 0.004,
        corner: 1500.0,
        tracking: 1.6,
        sweep: 2200.0,
        filter: Envelope {
            attack: 0.03,
            decay: 0.5,
            sustain: 0.85,
            release: 0.06,
        },
        level: Envelope {
            attack: 0.030,
            decay: 0.4,
            sustain: 0.93,
            release: 0.07,
        },
        touch: 8.0,
        ..Patch::BASIC
    },
    body: &[(420.0, 1.2, 2.0), (1050.0, 1.4, 3.0), (2500.0, 1.4, 2.5)],
    top: (5500.0, -8.0),
    quick: 0.8,
};

const HARP_REED: Voice = Voice {
    patch: Patch {
        wave: Wave::Pulse(0.16),
        detune: &[0.0],
        spread: 0.0,
        noise: 0.016,
        corner: 1000.0,
        sweep: 2600.0,
        vibrato: (8.0, 5.4, 0.22),
        touch: 11.0,
        ..FREE_REEDS.patch
    },
    body: &[
        (350.0, 1.0, -4.0),
        (880.0, 1.6, 3.0),
        (1900.0, 2.0, 6.0),
        (3400.0, 1.6, 3.0),
    ],
    top: (6000.0, -6.0),
    quick: 0.7,
};

/// Accordion: four reeds a key, two of them beating, and the bellows behind.
pub(super) fn accordion(touch: &Touch, noise: &mut Noise) -> Sound {
    let mut sound = FREE_REEDS.play_section(touch, noise);
    let (mut bellows, step) = (noise.unit(), 0.9 / RATE);
    let right = sound.right.as_mut();
    let sides = sound.left.iter_mut().zip(right.into_iter().flatten());
    for (left, right) in sides {
        bellows = wrap(bellows + step);
        let push = 1.0 + 0.06 * sin_turns(bellows);
        *left *= push;
        *right *= push;
    }
    sound
}

/// Harmonica in cupped hands, which open and close around it.
pub(super) fn harmonica(touch: &Touch, noise: &mut Noise) -> Sound {
    let mut sound = HARP_REED.play(touch, noise);
    let (mut hands, step) = (noise.unit(), 5.1 / RATE);
    for (index, sample) in sound.left.iter_mut().enumerate() {
        hands = wrap(hands + step);
        let depth = 0.22 * ((index as f32 / RATE - 0.15) / 0.3).clamp(0.0, 1.0);
        *sample *= 1.0 + depth * sin_turns(hands);
    }
    sound
}
