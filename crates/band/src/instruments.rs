//! Every instrument of the band, made of arithmetic alone.
//!
//! [`play`] gives the sound of one note. What belongs to the whole part rather than to a note (a guitar's body, an
//! amplifier, a rotating loudspeaker) is [`body::finish`], which runs once over the sum of the notes.

mod amplifier;
mod bass;
mod bass_synths;
pub(crate) mod body;
mod bowed;
mod brass;
mod catalog;
mod choir;
mod effects;
mod electric_piano;
mod flutes;
pub(crate) mod glide;
mod guitar;
pub(crate) mod kit;
mod lutes;
mod mallets;
mod organ;
mod pads;
mod piano;
mod reeds;
mod rotary;
mod subtractive;
mod synthesizers;

#[cfg(test)]
pub(crate) use catalog::ALL;
pub(crate) use catalog::{Nature, glides, profile};

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
    profile(instrument).habit
}

/// Whether pitches are drum numbers.
pub(crate) fn is_kit(instrument: Instrument) -> bool {
    profile(instrument).nature == Nature::Kit
}

/// The sound of one note, level 1 at the hardest.
pub(crate) fn play(instrument: Instrument, touch: &Touch) -> Sound {
    use Instrument::*;
    let noise = &mut touch.noise(instrument);
    match instrument {
        AcousticKit | BrushKit | ElectronicKit | BoomBapKit | HouseKit | TrapKit | GatedKit | OrchestralKit
        | LatinKit => kit::play(instrument, touch, noise),
        ElectricBass => bass::FINGERED.play(touch, noise),
        PickedBass => bass::PICKED.play(touch, noise),
        SlapBass => bass::SLAPPED.play(touch, noise),
        FretlessBass => bass::FRETLESS.play(touch, noise),
        UprightBass => bass::upright(touch, noise),
        SynthBass => bass_synths::SYNTH.play(touch, noise),
        ReeseBass => bass_synths::REESE.play(touch, noise),
        SubBass => bass_synths::SUB.play(touch),
        Bass808 => bass_synths::EIGHT_OH_EIGHT.play(touch),
        AcidBass => bass_synths::acid(touch),
        WobbleBass => bass_synths::wobble(touch),
        SteelGuitar => guitar::STEEL.play(touch, noise),
        NylonGuitar => guitar::NYLON.play(touch, noise),
        CleanGuitar => guitar::CLEAN.play(touch, noise),
        MutedGuitar => guitar::MUTED.play(touch, noise),
        CrunchGuitar | DistortedGuitar => guitar::overdriven(touch, noise),
        PedalSteel => guitar::pedal_steel(touch, noise),
        Ukulele => guitar::UKULELE.play(touch, noise),
        Banjo => guitar::BANJO.play(touch, noise),
        Mandolin => guitar::MANDOLIN.play(touch, noise),
        Harp => guitar::HARP.play(touch, noise),
        Sitar => lutes::sitar(touch, noise),
        Koto => lutes::koto(touch, noise),
        Shamisen => lutes::shamisen(touch, noise),
        Piano => piano::GRAND.play(touch, noise),
        HonkyTonk => piano::HONKY_TONK.play(touch, noise),
        FeltPiano => piano::FELT.play(touch, noise),
        ElectricPiano => electric_piano::tine(touch),
        ReedPiano => electric_piano::reed(touch),
        Clavinet => guitar::CLAVINET.play(touch, noise),
        Harpsichord => guitar::HARPSICHORD.play(touch, noise),
        Organ => organ::FULL.play(touch, noise),
        RockOrgan => organ::ROCK.play(touch, noise),
        PipeOrgan => organ::pipes(touch, noise),
        Accordion => reeds::accordion(touch, noise),
        Harmonica => reeds::harmonica(touch, noise),
        Strings => bowed::ensemble(touch, noise),
        TremoloStrings => bowed::tremolo(touch, noise),
        Pizzicato => bowed::pizzicato(touch, noise),
        Violin => bowed::VIOLIN.play(touch, noise),
        Viola => bowed::VIOLA.play(touch, noise),
        Cello => bowed::CELLO.play(touch, noise),
        Erhu => bowed::ERHU.play(touch, noise),
        Brass => brass::section(touch, noise),
        Trumpet => brass::TRUMPET.play(touch, noise),
        MutedTrumpet => brass::MUTED.play(touch, noise),
        Trombone => brass::TROMBONE.play(touch, noise),
        FrenchHorn => brass::HORN.play(touch, noise),
        Saxophone => reeds::TENOR.play(touch, noise),
        AltoSaxophone => reeds::ALTO.play(touch, noise),
        Clarinet => reeds::CLARINET.play(touch, noise),
        Oboe => reeds::OBOE.play(touch, noise),
        Flute => flutes::CONCERT.play(touch, noise),
        PanFlute => flutes::PAN.play(touch, noise),
        Whistle => flutes::WHISTLE.play(touch, noise),
        Choir => choir::play(touch, noise),
        OohChoir => choir::ooh(touch, noise),
        VocalChop => choir::chop(touch, noise),
        WarmPad => synthesizers::WARM_PAD.play(touch, noise),
        GlassPad => pads::glass(touch),
        SweepPad => synthesizers::SWEEP_PAD.play(touch, noise),
        SawLead => synthesizers::SAW_LEAD.play(touch, noise),
        SquareLead => synthesizers::SQUARE_LEAD.play(touch, noise),
        FmLead => pads::fm_lead(touch),
        Pluck => synthesizers::pluck(touch, noise),
        Arp => synthesizers::arp(touch, noise),
        Supersaw => synthesizers::SUPERSAW.play(touch, noise),
        Bell => mallets::BELL.play(touch, noise),
        Vibraphone => mallets::vibraphone(touch, noise),
        Glockenspiel => mallets::GLOCKENSPIEL.play(touch, noise),
        Marimba => mallets::MARIMBA.play(touch, noise),
        Xylophone => mallets::XYLOPHONE.play(touch, noise),
        Kalimba => mallets::KALIMBA.play(touch, noise),
        SteelDrum => mallets::STEEL_DRUM.play(touch, noise),
        TubularBells => mallets::TUBULAR_BELLS.play(touch, noise),
        Celesta => mallets::CELESTA.play(touch, noise),
        MusicBox => mallets::MUSIC_BOX.play(touch, noise),
        Timpani => mallets::TIMPANI.play(touch, noise),
        Riser => effects::riser(touch, noise),
        Impact => effects::impact(touch, noise),
        CymbalSwell => kit::swell(touch, noise),
        VinylCrackle => effects::crackle(touch, noise),
    }
}

/// Where within the instrument a note sits, −1 left to 1 right: drums as the audience sees them, keys by pitch.
pub(crate) fn place(instrument: Instrument, pitch: u8) -> f32 {
    if is_kit(instrument) {
        kit::place(pitch)
    } else {
        catalog::place(instrument, pitch)
    }
}

/// Level of a note struck with `velocity`, 14 dB between softest and hardest.
pub(crate) fn loudness(velocity: f32) -> f32 {
    0.2 + 0.8 * velocity * velocity
}

#[cfg(test)]
mod tests;
