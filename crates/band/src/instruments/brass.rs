//! Brass: brighter as it grows louder, which is what the ear knows it by.

use super::subtractive::{Patch, Voice};
use super::{Sound, Touch};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;

const SECTION: Voice = Voice {
    patch: Patch {
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
    },
    body: &[(650.0, 1.2, 2.0), (1400.0, 1.2, 2.5)],
    top: (7000.0, -4.0),
    quick: 0.8,
};

/// One trumpet.
pub(super) const TRUMPET: Voice = Voice {
    patch: Patch {
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
    },
    body: &[(1250.0, 1.5, 4.0), (2300.0, 1.5, 2.5)],
    top: (8000.0, -4.0),
    quick: 0.8,
};

/// The trumpet with a metal cup in its bell: the middle thinned, a sharp ring above.
pub(super) const MUTED: Voice = Voice {
    patch: Patch {
        sweep: 5200.0,
        touch: 10.0,
        ..TRUMPET.patch
    },
    body: &[(600.0, 0.8, -9.0), (1700.0, 2.6, 9.0), (3300.0, 1.6, 7.0)],
    top: (7500.0, -3.0),
    quick: 0.8,
};

/// One trombone.
pub(super) const TROMBONE: Voice = Voice {
    patch: Patch {
        corner: 320.0,
        tracking: 1.3,
        sweep: 2900.0,
        filter: Envelope {
            attack: 0.06,
            decay: 0.35,
            sustain: 0.62,
            release: 0.10,
        },
        level: Envelope {
            attack: 0.035,
            ..TRUMPET.patch.level
        },
        vibrato: (8.0, 4.9, 0.35),
        ..TRUMPET.patch
    },
    body: &[(480.0, 1.4, 3.0), (1100.0, 1.6, 3.0)],
    top: (5500.0, -6.0),
    quick: 0.8,
};

/// French horns, two in unison, with their bells turned away.
pub(super) const HORN: Voice = Voice {
    patch: Patch {
        detune: &[-2.5, 2.5],
        noise: 0.006,
        corner: 260.0,
        tracking: 1.3,
        sweep: 1500.0,
        filter: Envelope {
            attack: 0.09,
            decay: 0.6,
            sustain: 0.7,
            release: 0.14,
        },
        level: Envelope {
            attack: 0.055,
            decay: 0.5,
            sustain: 0.9,
            release: 0.18,
        },
        vibrato: (3.0, 4.6, 0.4),
        touch: 12.0,
        ..Patch::BASIC
    },
    body: &[(340.0, 1.4, 3.5), (750.0, 1.4, 2.0), (2200.0, 1.0, -3.0)],
    top: (3500.0, -8.0),
    quick: 0.7,
};

/// Four players in unison.
pub(super) fn section(touch: &Touch, noise: &mut Noise) -> Sound {
    SECTION.play_section(touch, noise)
}
