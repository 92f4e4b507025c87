//! Drum kits: General MIDI drum numbers, nine ways of sounding.

mod cymbal;
mod hand;
mod membrane;
mod snare;
mod table;

use super::{Sound, Touch};
use crate::dsp::noise::Noise;
use crate::score::Instrument;
use cymbal::Metal;
use membrane::{Kick, Tom};
use snare::Snare;

/// What makes one kit differ from another.
#[derive(Debug, Clone, Copy)]
struct Kit {
    metal: Metal,
    kick: Kick,
    snare: Snare,
    tom: Tom,
    /// Snare and toms stand in a big room that is cut off.
    gated: bool,
}

fn of(instrument: Instrument) -> &'static Kit {
    match instrument {
        Instrument::BrushKit => &table::BRUSH,
        Instrument::ElectronicKit => &table::ELECTRONIC,
        Instrument::BoomBapKit => &table::BOOM_BAP,
        Instrument::HouseKit => &table::HOUSE,
        Instrument::TrapKit => &table::TRAP,
        Instrument::GatedKit => &table::GATED,
        Instrument::OrchestralKit => &table::ORCHESTRAL,
        Instrument::LatinKit => &table::LATIN,
        _ => &table::ACOUSTIC,
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

/// Whether `pitch` is a drum of the backbeat: snare, side stick or clap.
pub(crate) fn is_backbeat(pitch: u8) -> bool {
    matches!(pitch, 37..=40)
}

/// The sound of one drum. Any number sounds; those General MIDI leaves open become a rim click.
pub(super) fn play(instrument: Instrument, touch: &Touch, noise: &mut Noise) -> Sound {
    let kit = of(instrument);
    let hard = touch.velocity;
    let sound = match touch.pitch {
        35 | 36 => Sound::mono(kit.kick.play(hard, noise)),
        38 | 40 if instrument == Instrument::BrushKit => Sound::mono(kit.snare.sweep(hard, noise)),
        38 | 40 => kit.in_room(kit.snare.play(hard, noise), noise),
        37 | 31 => Sound::mono(snare::side_stick(noise)),
        39 => snare::clap(noise),
        42 | 44 if instrument == Instrument::LatinKit => Sound::mono(hand::play(70, hard, noise)),
        42 => Sound::mono(kit.metal.closed(hard, noise)),
        44 => Sound::mono(kit.metal.pedal(noise)),
        OPEN_HAT => Sound::mono(kit.metal.open(hard, noise)),
        49 | 57 => kit.metal.crash(hard, noise),
        52 => kit.metal.china(hard, noise),
        55 => kit.metal.splash(hard, noise),
        51 | 59 => kit.metal.ride(hard, noise),
        53 => kit.metal.bell(hard, noise),
        other => match tom(other) {
            Some(hertz) => kit.in_room(kit.tom.play(hertz, hard, noise), noise),
            None => Sound::mono(hand::play(other, hard, noise)),
        },
    };
    scaled(sound, level(touch.pitch) * (0.12 + 0.88 * hard * hard))
}

/// What a tom is tuned to, hertz.
fn tom(pitch: u8) -> Option<f32> {
    Some(match pitch {
        41 => 76.0,
        43 => 92.0,
        45 => 110.0,
        47 => 130.0,
        48 => 152.0,
        50 => 178.0,
        _ => return None,
    })
}

/// A suspended cymbal under soft mallets, from nothing to the top of the note, then left to ring.
pub(super) fn swell(touch: &Touch, noise: &mut Noise) -> Sound {
    let sound = cymbal::GRAND.swell(touch.held, touch.velocity, noise);
    scaled(sound, 0.5 * (0.3 + 0.7 * touch.velocity))
}

impl Kit {
    fn in_room(&self, sound: Vec<f32>, noise: &mut Noise) -> Sound {
        if self.gated {
            snare::gated(sound, noise)
        } else {
            Sound::mono(sound)
        }
    }
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
