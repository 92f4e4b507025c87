//! The synthesizer patches.

use super::subtractive::{Patch, Wave};
use super::{Sound, Touch};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;

/// Slow, dark, wide chords.
pub(super) const WARM_PAD: Patch = Patch {
    detune: &[-7.0, -12.0, 7.0, 12.0],
    spread: 0.85,
    air: 0.018,
    corner: 520.0,
    tracking: 0.8,
    sweep: 1600.0,
    filter: Envelope {
        attack: 0.7,
        decay: 2.0,
        sustain: 0.7,
        release: 0.8,
    },
    level: Envelope {
        attack: 0.32,
        decay: 2.0,
        sustain: 0.85,
        release: 0.8,
    },
    vibrato: (3.0, 0.9, 0.0),
    touch: 8.0,
    ..Patch::BASIC
};

/// Solo saw with a late vibrato.
pub(super) const SAW_LEAD: Patch = Patch {
    detune: &[-5.0, -7.0, 5.0, 7.0],
    spread: 0.5,
    corner: 900.0,
    tracking: 1.5,
    sweep: 4200.0,
    resonance: 0.9,
    filter: Envelope {
        attack: 0.012,
        decay: 0.5,
        sustain: 0.55,
        release: 0.14,
    },
    level: Envelope {
        attack: 0.008,
        decay: 0.6,
        sustain: 0.85,
        release: 0.14,
    },
    vibrato: (11.0, 5.4, 0.28),
    ..Patch::BASIC
};

/// Hollow solo voice.
pub(super) const SQUARE_LEAD: Patch = Patch {
    wave: Wave::Pulse(0.5),
    detune: &[-3.0, 3.0],
    spread: 0.4,
    corner: 900.0,
    tracking: 1.6,
    sweep: 2600.0,
    filter: Envelope {
        attack: 0.01,
        decay: 0.4,
        sustain: 0.5,
        release: 0.12,
    },
    level: Envelope {
        attack: 0.008,
        decay: 0.5,
        sustain: 0.8,
        release: 0.12,
    },
    vibrato: (9.0, 5.2, 0.3),
    ..Patch::BASIC
};

/// A short bright stab that closes at once.
pub(super) fn pluck(touch: &Touch, noise: &mut Noise) -> Sound {
    let held = touch.held.min(crate::dsp::samples(0.6));
    let patch = Patch {
        detune: &[-6.0, -4.0, 6.0, 4.0],
        spread: 0.6,
        corner: 260.0,
        tracking: 1.0,
        sweep: 5200.0,
        resonance: 1.0,
        filter: Envelope {
            attack: 0.002,
            decay: 0.11,
            sustain: 0.04,
            release: 0.12,
        },
        level: Envelope {
            attack: 0.002,
            decay: 0.24,
            sustain: 0.0,
            release: 0.16,
        },
        ..Patch::BASIC
    };
    patch.play(&Touch { held, ..*touch }, noise)
}

/// Seven saws side by side: the chorus of trance and pop.
pub(super) const SUPERSAW: Patch = Patch {
    detune: &[-20.0, -13.0, -6.0, 0.0, 6.0, 13.0, 20.0],
    spread: 0.8,
    corner: 1400.0,
    tracking: 1.0,
    sweep: 5200.0,
    resonance: 0.8,
    filter: Envelope {
        attack: 0.006,
        decay: 0.7,
        sustain: 0.55,
        release: 0.2,
    },
    level: Envelope {
        attack: 0.008,
        decay: 0.8,
        sustain: 0.8,
        release: 0.2,
    },
    touch: 9.0,
    ..Patch::BASIC
};

/// Saws behind a filter that takes a bar or two to open.
pub(super) const SWEEP_PAD: Patch = Patch {
    detune: &[-14.0, -6.0, 14.0, 6.0],
    spread: 0.85,
    air: 0.012,
    corner: 240.0,
    tracking: 0.6,
    sweep: 4600.0,
    resonance: 1.6,
    filter: Envelope {
        attack: 2.6,
        decay: 2.5,
        sustain: 0.35,
        release: 0.9,
    },
    level: Envelope {
        attack: 0.30,
        decay: 2.0,
        sustain: 0.9,
        release: 0.9,
    },
    touch: 8.0,
    ..Patch::BASIC
};

/// The arpeggiator's voice: a hollow pulse, tight and even.
pub(super) fn arp(touch: &Touch, noise: &mut Noise) -> Sound {
    let held = touch.held.min(crate::dsp::samples(0.4));
    let patch = Patch {
        wave: Wave::Pulse(0.32),
        detune: &[-4.0, 4.0],
        spread: 0.35,
        corner: 520.0,
        tracking: 1.4,
        sweep: 3400.0,
        resonance: 1.8,
        filter: Envelope {
            attack: 0.002,
            decay: 0.09,
            sustain: 0.12,
            release: 0.08,
        },
        level: Envelope {
            attack: 0.002,
            decay: 0.16,
            sustain: 0.25,
            release: 0.09,
        },
        touch: 10.0,
        ..Patch::BASIC
    };
    patch.play(&Touch { held, ..*touch }, noise)
}
