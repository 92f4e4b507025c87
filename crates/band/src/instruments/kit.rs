//! Drum kits: General MIDI drum numbers, five ways of sounding.

mod cymbal;
mod hand;
mod membrane;
mod snare;

use super::{Sound, Touch};
use crate::dsp::noise::Noise;
use crate::score::Instrument;
use cymbal::{Hat, Plate};
use membrane::{Kick, Tom};
use snare::Snare;

/// What makes one kit differ from another.
#[derive(Debug, Clone, Copy)]
struct Kit {
    kick: Kick,
    snare: Snare,
    hat: Hat,
    tom: Tom,
    plate: Plate,
}

const ACOUSTIC: Kit = Kit {
    kick: Kick {
        floor: 52.0,
        drop: 110.0,
        drop_time: 0.018,
        decay: 0.42,
        click: 0.55,
        drive: 1.3,
    },
    snare: Snare {
        tone: 186.0,
        ring: 0.20,
        shell: 0.75,
        wires: 0.55,
        wires_decay: 0.30,
        corner: 760.0,
        drive: 1.2,
    },
    hat: Hat {
        closed: 0.11,
        open: 1.1,
        metal: 0.55,
        corner: 5200.0,
    },
    tom: Tom { ring: 0.75, skin: 0.30 },
    plate: Plate {
        sustain: 1.0,
        sheen: 1.0,
    },
};

const BRUSH: Kit = Kit {
    kick: Kick {
        floor: 56.0,
        drop: 60.0,
        drop_time: 0.020,
        decay: 0.34,
        click: 0.18,
        drive: 1.0,
    },
    snare: Snare {
        tone: 196.0,
        ring: 0.14,
        shell: 0.28,
        wires: 0.42,
        wires_decay: 0.42,
        corner: 1200.0,
        drive: 1.0,
    },
    hat: Hat {
        closed: 0.09,
        open: 0.8,
        metal: 0.45,
        corner: 5600.0,
    },
    tom: Tom { ring: 0.55, skin: 0.22 },
    plate: Plate {
        sustain: 0.8,
        sheen: 0.7,
    },
};

const ELECTRONIC: Kit = Kit {
    kick: Kick {
        floor: 46.0,
        drop: 160.0,
        drop_time: 0.022,
        decay: 0.55,
        click: 0.40,
        drive: 1.8,
    },
    snare: Snare {
        tone: 178.0,
        ring: 0.16,
        shell: 0.55,
        wires: 0.75,
        wires_decay: 0.36,
        corner: 640.0,
        drive: 1.6,
    },
    hat: Hat {
        closed: 0.07,
        open: 0.45,
        metal: 0.75,
        corner: 6800.0,
    },
    tom: Tom { ring: 0.60, skin: 0.10 },
    plate: Plate {
        sustain: 0.8,
        sheen: 1.2,
    },
};

const BOOM_BAP: Kit = Kit {
    kick: Kick {
        floor: 54.0,
        drop: 90.0,
        drop_time: 0.024,
        decay: 0.36,
        click: 0.45,
        drive: 2.2,
    },
    snare: Snare {
        tone: 204.0,
        ring: 0.15,
        shell: 0.70,
        wires: 0.60,
        wires_decay: 0.22,
        corner: 560.0,
        drive: 2.2,
    },
    hat: Hat {
        closed: 0.08,
        open: 0.5,
        metal: 0.50,
        corner: 4800.0,
    },
    tom: Tom { ring: 0.50, skin: 0.30 },
    plate: Plate {
        sustain: 0.7,
        sheen: 0.7,
    },
};

const HOUSE: Kit = Kit {
    kick: Kick {
        floor: 50.0,
        drop: 210.0,
        drop_time: 0.016,
        decay: 0.40,
        click: 0.60,
        drive: 1.9,
    },
    snare: Snare {
        tone: 210.0,
        ring: 0.12,
        shell: 0.50,
        wires: 0.80,
        wires_decay: 0.24,
        corner: 720.0,
        drive: 1.5,
    },
    hat: Hat {
        closed: 0.06,
        open: 0.34,
        metal: 0.70,
        corner: 6400.0,
    },
    tom: Tom { ring: 0.45, skin: 0.10 },
    plate: Plate {
        sustain: 0.8,
        sheen: 1.2,
    },
};

fn of(instrument: Instrument) -> &'static Kit {
    match instrument {
        Instrument::BrushKit => &BRUSH,
        Instrument::ElectronicKit => &ELECTRONIC,
        Instrument::BoomBapKit => &BOOM_BAP,
        Instrument::HouseKit => &HOUSE,
        _ => &ACOUSTIC,
    }
}

/// The pitches that close the hi-hat and so cut an open one short.
pub(crate) const CLOSING_HATS: [u8; 2] = [42, 44];

/// The open hi-hat.
pub(crate) const OPEN_HAT: u8 = 46;

/// Whether `pitch` is a bass drum: what side chains listen to.
pub(crate) fn is_kick(pitch: u8) -> bool {
    matches!(pitch, 35 | 36)
}

/// The sound of one drum. Any number sounds; those General MIDI leaves open become a rim click.
pub(super) fn play(instrument: Instrument, touch: &Touch, noise: &mut Noise) -> Sound {
    let kit = of(instrument);
    let brushes = instrument == Instrument::BrushKit;
    let sound = match touch.pitch {
        35 | 36 => Sound::mono(kit.kick.play(touch.velocity, noise)),
        38 | 40 if brushes => Sound::mono(kit.snare.sweep(touch.velocity, noise)),
        38 | 40 => Sound::mono(kit.snare.play(touch.velocity, noise)),
        37 | 31 => Sound::mono(snare::side_stick(noise)),
        39 => snare::clap(noise),
        41 => Sound::mono(kit.tom.play(76.0, touch.velocity, noise)),
        43 => Sound::mono(kit.tom.play(92.0, touch.velocity, noise)),
        45 => Sound::mono(kit.tom.play(110.0, touch.velocity, noise)),
        47 => Sound::mono(kit.tom.play(130.0, touch.velocity, noise)),
        48 => Sound::mono(kit.tom.play(152.0, touch.velocity, noise)),
        50 => Sound::mono(kit.tom.play(178.0, touch.velocity, noise)),
        42 => Sound::mono(kit.hat.closed(touch.velocity, noise)),
        44 => Sound::mono(kit.hat.pedal(noise)),
        OPEN_HAT => Sound::mono(kit.hat.open(touch.velocity, noise)),
        49 | 57 => kit.plate.crash(touch.velocity, 4.0, noise),
        52 => kit.plate.crash(touch.velocity, 2.6, noise),
        55 => kit.plate.crash(touch.velocity, 1.3, noise),
        51 | 59 => kit.plate.ride(touch.velocity, 0.35, noise),
        53 => kit.plate.ride(touch.velocity, 1.1, noise),
        other => Sound::mono(hand::play(other, touch.velocity, noise)),
    };
    scaled(
        sound,
        level(touch.pitch) * (0.12 + 0.88 * touch.velocity * touch.velocity),
    )
}

/// How loud each piece is against a snare hit as hard.
fn level(pitch: u8) -> f32 {
    match pitch {
        35 | 36 => 1.0,
        38 | 40 => 0.80,
        37 | 31 => 0.42,
        39 => 0.62,
        41 | 43 | 45 | 47 | 48 | 50 => 0.72,
        42 | 44 => 0.24,
        46 => 0.26,
        49 | 52 | 55 | 57 => 0.38,
        51 | 59 => 0.22,
        53 => 0.26,
        54 | 69 | 70 | 82 | 83 => 0.22,
        _ => 0.42,
    }
}

/// Where a piece stands as the audience sees it.
pub(super) fn place(pitch: u8) -> f32 {
    match pitch {
        42 | 44 | 46 => 0.32,
        49 | 55 => -0.45,
        51 | 53 | 59 => 0.42,
        52 | 57 => 0.5,
        50 => -0.38,
        48 => -0.20,
        47 => 0.05,
        45 => 0.20,
        43 => 0.36,
        41 => 0.48,
        54 | 69 | 70 | 82 => -0.36,
        56 | 75..=77 => 0.30,
        60..=66 => -0.28 + 0.09 * (pitch - 60) as f32,
        39 => 0.06,
        _ => 0.0,
    }
}

fn scaled(sound: Sound, level: f32) -> Sound {
    let mut sound = sound;
    for side in std::iter::once(&mut sound.left).chain(sound.right.as_mut()) {
        side.iter_mut().for_each(|sample| *sample *= level);
    }
    sound
}
