//! Every instrument of the band, made of arithmetic alone.
//!
//! [`play`] gives the sound of one note. What belongs to the whole part rather than to a note (a guitar's body, an
//! amplifier, a rotating loudspeaker) is [`body::finish`], which runs once over the sum of the notes.

pub(crate) mod amplifier;
pub(crate) mod bass;
pub(crate) mod body;
pub(crate) mod bowed;
pub(crate) mod brass;
pub(crate) mod choir;
pub(crate) mod effects;
pub(crate) mod electric_piano;
pub(crate) mod glide;
pub(crate) mod guitar;
pub(crate) mod kit;
pub(crate) mod mallets;
pub(crate) mod organ;
pub(crate) mod piano;
pub(crate) mod subtractive;
pub(crate) mod synthesizers;
pub(crate) mod woodwind;

use crate::dsp::noise::Noise;
use crate::score::Instrument;

/// One note as it is played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Touch {
    /// MIDI note, or General MIDI drum number for kits.
    pub(crate) pitch: u8,
    /// How hard, 0-1.
    pub(crate) velocity: f32,
    /// How long the key is down, in samples.
    pub(crate) held: usize,
    /// Which of the instrument's small variations.
    pub(crate) variant: u32,
    /// The note it slides from, for those that can.
    pub(crate) from: Option<u8>,
    /// One quarter note, in samples, for filters that swing in time.
    pub(crate) beat: f32,
}

impl Touch {
    /// Randomness of this note's own, the same whenever the note is played again.
    fn noise(&self, instrument: Instrument) -> Noise {
        Noise::new(((instrument as u64) << 32) | (u64::from(self.pitch) << 16) | u64::from(self.variant))
    }
}

/// A rendered note.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sound {
    /// Left, or both.
    pub(crate) left: Vec<f32>,
    /// Right, where it differs.
    pub(crate) right: Option<Vec<f32>>,
}

impl Sound {
    /// The same on both sides.
    pub(crate) fn mono(samples: Vec<f32>) -> Self {
        Self {
            left: samples,
            right: None,
        }
    }

    /// Two sides of equal length.
    pub(crate) fn stereo(left: Vec<f32>, right: Vec<f32>) -> Self {
        debug_assert_eq!(left.len(), right.len());
        Self {
            left,
            right: Some(right),
        }
    }
}

/// What happens when a key is let go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Release {
    /// The sound was rendered with its own ending, or rings out whatever the hand does.
    Own,
    /// The free sound is damped: 60 dB in so many seconds. One rendered note then serves every length.
    Damped(f32),
}

/// How an instrument is played, as far as reusing its notes is concerned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Habit {
    /// Variations that take turns, so that a repeated note never machine-guns.
    pub(crate) variants: u32,
    /// What letting go does.
    pub(crate) release: Release,
}

/// How `instrument` is played.
pub(crate) fn habit(instrument: Instrument) -> Habit {
    use Instrument::*;
    let (variants, release) = match instrument {
        AcousticKit | BrushKit => (4, Release::Own),
        ElectronicKit | BoomBapKit | HouseKit => (3, Release::Own),
        SteelGuitar => (3, Release::Damped(0.22)),
        NylonGuitar => (3, Release::Damped(0.18)),
        CleanGuitar => (3, Release::Damped(0.14)),
        DistortedGuitar => (3, Release::Damped(0.07)),
        ElectricBass => (3, Release::Damped(0.10)),
        UprightBass => (3, Release::Damped(0.13)),
        Harp => (2, Release::Damped(0.9)),
        Piano => (1, Release::Damped(0.25)),
        ElectricPiano => (1, Release::Damped(0.22)),
        Vibraphone => (1, Release::Damped(0.5)),
        Glockenspiel | Bell => (1, Release::Own),
        Violin | Cello | Trumpet | Saxophone | Flute => (2, Release::Own),
        Strings | Brass | Choir | WarmPad | SawLead | SquareLead | Pluck | Supersaw => (1, Release::Own),
        SynthBass | SubBass | Organ | Riser | Impact => (1, Release::Own),
    };
    Habit { variants, release }
}

/// Whether a note may slide from the one before.
pub(crate) fn glides(instrument: Instrument) -> bool {
    use Instrument::*;
    matches!(instrument, SubBass | SynthBass | SawLead | SquareLead)
}

/// Whether pitches are drum numbers.
pub(crate) fn is_kit(instrument: Instrument) -> bool {
    use Instrument::*;
    matches!(
        instrument,
        AcousticKit | BrushKit | ElectronicKit | BoomBapKit | HouseKit
    )
}

/// The sound of one note, level 1 at the hardest.
pub(crate) fn play(instrument: Instrument, touch: &Touch) -> Sound {
    use Instrument::*;
    let noise = &mut touch.noise(instrument);
    match instrument {
        AcousticKit | BrushKit | ElectronicKit | BoomBapKit | HouseKit => kit::play(instrument, touch, noise),
        ElectricBass => bass::electric(touch, noise),
        UprightBass => bass::upright(touch, noise),
        SynthBass => bass::synth(touch, noise),
        SubBass => bass::sub(touch),
        SteelGuitar => guitar::steel(touch, noise),
        NylonGuitar => guitar::nylon(touch, noise),
        CleanGuitar => guitar::clean(touch, noise),
        DistortedGuitar => guitar::overdriven(touch, noise),
        Harp => guitar::harp(touch, noise),
        Piano => piano::play(touch, noise),
        ElectricPiano => electric_piano::play(touch),
        Organ => organ::play(touch, noise),
        Strings => bowed::ensemble(touch, noise),
        Violin => bowed::violin(touch, noise),
        Cello => bowed::cello(touch, noise),
        Brass => brass::section(touch, noise),
        Trumpet => brass::trumpet(touch, noise),
        Saxophone => woodwind::saxophone(touch, noise),
        Flute => woodwind::flute(touch, noise),
        Choir => choir::play(touch, noise),
        WarmPad => synthesizers::warm_pad(touch, noise),
        SawLead => synthesizers::saw_lead(touch, noise),
        SquareLead => synthesizers::square_lead(touch, noise),
        Pluck => synthesizers::pluck(touch, noise),
        Supersaw => synthesizers::supersaw(touch, noise),
        Bell => mallets::bell(touch),
        Vibraphone => mallets::vibraphone(touch),
        Glockenspiel => mallets::glockenspiel(touch, noise),
        Riser => effects::riser(touch, noise),
        Impact => effects::impact(touch, noise),
    }
}

/// Where within the instrument a note sits, −1 left to 1 right: drums as the audience sees them, keys by pitch.
pub(crate) fn place(instrument: Instrument, pitch: u8) -> f32 {
    use Instrument::*;
    match instrument {
        kit if is_kit(kit) => kit::place(pitch),
        Piano => ((f32::from(pitch) - 62.0) / 50.0).clamp(-0.45, 0.45),
        Vibraphone | Glockenspiel | Harp => ((f32::from(pitch) - 70.0) / 40.0).clamp(-0.5, 0.5),
        _ => 0.0,
    }
}

/// Level of a note struck with `velocity`, 14 dB between softest and hardest.
pub(crate) fn loudness(velocity: f32) -> f32 {
    0.2 + 0.8 * velocity * velocity
}

#[cfg(test)]
mod tests;
