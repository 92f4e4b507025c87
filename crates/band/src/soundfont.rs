//! Sampled instruments from a General MIDI SoundFont, for those that synthesis imitates least well.
//!
//! The file comes from outside; the band only reads it. Notes are rendered one by one, like those of its own instruments,
//! so that each different note is rendered once and the same mixer levels both. What the file lacks is played by the
//! band itself. With the same file the same score sounds the same, bit for bit, on any number of threads.

mod sampler;

use std::io::Read;
use std::panic::catch_unwind;
use std::sync::Arc;

use crate::instruments;
use crate::score::Instrument::{self, *};
pub(crate) use sampler::Sampler;

/// A SoundFont in memory: read once, shared by all performances.
#[derive(Clone)]
pub struct SoundFont {
    font: Arc<rustysynth::SoundFont>,
    name: String,
    fingerprint: u64,
}

/// Why a SoundFont cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SoundFontError {
    /// It is no SoundFont 2, or a damaged one.
    #[error("it is no intact SoundFont 2 file ({0}); .sf3 files have to be unpacked to .sf2 first")]
    Unreadable(String),
    /// It has none of the instruments the band would take from it.
    #[error("it has none of General MIDI's pianos, guitars, strings, winds and drums; take a General MIDI SoundFont")]
    NotGeneralMidi,
}

impl SoundFont {
    /// Reads a SoundFont 2 file to its end: a file of 140 MB takes about half a second, and as much memory.
    ///
    /// # Errors
    /// [`SoundFontError`], also for files that lead the parser astray.
    pub fn read(reader: impl Read) -> Result<Self, SoundFontError> {
        let mut reader = Fingerprinting {
            reader,
            // FNV-1a (Fowler, Noll and Vo).
            hash: 0xCBF2_9CE4_8422_2325,
        };
        // The parser may panic over a damaged file, and leaves nothing half done behind.
        let parsed = catch_unwind(std::panic::AssertUnwindSafe(|| rustysynth::SoundFont::new(&mut reader)));
        let font = match parsed {
            Ok(Ok(font)) => font,
            Ok(Err(error)) => return Err(SoundFontError::Unreadable(error.to_string())),
            Err(_) => {
                return Err(SoundFontError::Unreadable(
                    "its contents contradict each other".to_owned(),
                ));
            }
        };
        let name = font.get_info().get_bank_name().trim_end_matches('\0').trim().to_owned();
        let font = Self {
            font: Arc::new(font),
            name: if name.is_empty() { "nameless".to_owned() } else { name },
            fingerprint: reader.hash,
        };
        if SAMPLED.iter().any(|instrument| font.has(*instrument)) {
            Ok(font)
        } else {
            Err(SoundFontError::NotGeneralMidi)
        }
    }

    /// Name and fingerprint, by which two files can be told apart: "Fluid R3 GM (1f2e3d4c5b6a7988)".
    pub fn name(&self) -> String {
        format!("{} ({:016x})", self.name, self.fingerprint)
    }

    /// Someone to play `instrument` from this file, if it should and can be.
    pub(crate) fn sampler(&self, instrument: Instrument) -> Option<Sampler> {
        let preset = preset(instrument).filter(|_| self.has(instrument))?;
        Sampler::new(&self.font, instrument, preset)
    }

    fn has(&self, instrument: Instrument) -> bool {
        let wanted = preset(instrument);
        let presets = self.font.get_presets().iter();
        let mut found = presets.map(|preset| (preset.get_bank_number(), preset.get_patch_number()));
        wanted.is_some_and(|wanted| found.any(|(bank, patch)| bank == wanted.bank && patch == wanted.patch))
    }
}

impl std::fmt::Debug for SoundFont {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SoundFont").field(&self.name()).finish()
    }
}

/// A sound of a SoundFont.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Preset {
    bank: i32,
    patch: i32,
}

/// The bank of drum kits.
const DRUM_BANK: i32 = 128;

/// What samples do better than this band's arithmetic. Basses, distortion, electric pianos, organs, electronic drums and
/// all synthesizers stay its own.
const SAMPLED: [Instrument; 34] = [
    AcousticKit,
    BrushKit,
    SteelGuitar,
    NylonGuitar,
    CleanGuitar,
    MutedGuitar,
    Banjo,
    Harp,
    Sitar,
    Koto,
    Piano,
    HonkyTonk,
    Harpsichord,
    Accordion,
    Strings,
    TremoloStrings,
    Pizzicato,
    Violin,
    Viola,
    Cello,
    Brass,
    Trumpet,
    MutedTrumpet,
    Trombone,
    FrenchHorn,
    Saxophone,
    AltoSaxophone,
    Clarinet,
    Oboe,
    Flute,
    Vibraphone,
    Marimba,
    Xylophone,
    Timpani,
];

/// The General MIDI sound of an instrument that is taken from samples.
fn preset(instrument: Instrument) -> Option<Preset> {
    let (bank, patch) = match instrument {
        AcousticKit => (DRUM_BANK, 0),
        BrushKit => (DRUM_BANK, 40),
        melodic => (0, i32::from(instruments::profile(melodic).program)),
    };
    SAMPLED.contains(&instrument).then_some(Preset { bank, patch })
}

/// Takes a fingerprint of what is read.
struct Fingerprinting<R> {
    reader: R,
    hash: u64,
}

impl<R: Read> Read for Fingerprinting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.reader.read(buffer)?;
        for byte in &buffer[..count] {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tiny;
