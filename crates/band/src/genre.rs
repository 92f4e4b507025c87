//! Genres are data: one readable file each in `genres/`, embedded in the binary.
//!
//! `genres/README.md` explains the files to musicians; this module is their shape.

mod character;
mod check;
mod figure;
mod library;
mod variants;
mod vocals;

use serde::Deserialize;

use crate::score::{Instrument, Meter, MixPlan};

pub(crate) use character::{Ending, FormTable, Intro, Line, LineKind, MelodyTable, Palette};
pub(crate) use figure::{Alphabet, Hit, Stroke, figure, steps_in};
pub(crate) use library::library;
pub(crate) use variants::Variants;
pub(crate) use vocals::{VocalTable, Vowel};

/// One genre, as its file describes it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Genre {
    /// As people call it: "bossa nova".
    pub(crate) name: String,
    /// Phrases of a prompt that ask for it, lower-case, words separated by one space.
    pub(crate) words: Vec<String>,
    /// Quarter notes a minute.
    pub(crate) tempo: TempoRange,
    /// Asked for by no one in particular: how many songs of the genre are in minor, 0-1.
    pub(crate) minor: f32,
    #[serde(default)]
    pub(crate) feel: Feel,
    #[serde(default)]
    pub(crate) form: FormTable,
    #[serde(default)]
    pub(crate) melody: MelodyTable,
    #[serde(default)]
    pub(crate) vocals: VocalTable,
    pub(crate) harmony: HarmonyTable,
    pub(crate) kit: Instrument,
    /// Sections below this energy have no drums.
    pub(crate) drums_from: f32,
    #[serde(default, rename = "groove")]
    pub(crate) grooves: Vec<Groove>,
    pub(crate) bass: BassTable,
    #[serde(default, rename = "comp")]
    pub(crate) comps: Vec<Comp>,
    /// Riffs and countermelodies.
    #[serde(default, rename = "line")]
    pub(crate) lines: Vec<Line>,
    pub(crate) lead: LeadTable,
    #[serde(default)]
    pub(crate) effects: EffectsTable,
    pub(crate) mix: MixPlan,
}

/// The tempi a genre lives at, quarter notes a minute.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TempoRange {
    pub(crate) low: f64,
    pub(crate) usual: f64,
    pub(crate) high: f64,
}

/// How the grid is bent.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Feel {
    /// Which notes swing: 8 or 16.
    pub(crate) swing_unit: u8,
    /// Share of a pair that its first note takes: 50 straight, 67 triplets.
    pub(crate) swing: f32,
    /// Constant delay of the backbeat, milliseconds.
    pub(crate) late_snare_ms: f32,
    /// Random spread of velocities, 0-1.
    pub(crate) loose: f32,
}

impl Default for Feel {
    fn default() -> Self {
        Self {
            swing_unit: 16,
            swing: 50.0,
            late_snare_ms: 0.0,
            loose: 0.03,
        }
    }
}

/// Progressions, by mode and section.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HarmonyTable {
    /// Plain chords get a seventh of the scale.
    #[serde(default)]
    pub(crate) sevenths: bool,
    pub(crate) major: Progressions,
    #[serde(rename = "minor")]
    pub(crate) minor_mode: Progressions,
}

/// Chords in Roman numerals, one a bar; two in one bar are joined by `+`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Progressions {
    pub(crate) verse: Vec<String>,
    pub(crate) chorus: Vec<String>,
    pub(crate) bridge: Vec<String>,
}

/// One bar of drums. Several of one metre and energy are variants of each other.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Groove {
    /// "4/4" when left out.
    #[serde(default = "common_time")]
    pub(crate) meter: String,
    pub(crate) energy: Level,
    /// Step strings by drum: `x` hit, `X` accent, `g` ghost, `.` nothing; 16 steps in 4/4, 12 in 3/4 and 6/8.
    #[serde(flatten)]
    pub(crate) lanes: std::collections::BTreeMap<Drum, String>,
}

fn common_time() -> String {
    "4/4".to_owned()
}

/// How much is going on, in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Level {
    Low,
    Middle,
    High,
    /// The last bar before something new.
    Fill,
    /// Laid over `high` in the last chorus.
    Extra,
}

impl Level {
    /// The level of a section's energy.
    pub(crate) fn of(energy: f32) -> Self {
        match energy {
            energy if energy < 2.4 => Self::Low,
            energy if energy < 3.7 => Self::Middle,
            _ => Self::High,
        }
    }
}

/// A voice of the drum kit or of the percussion beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Drum {
    Kick,
    Snare,
    CrossStick,
    Clap,
    Hat,
    PedalHat,
    OpenHat,
    Ride,
    Crash,
    LowTom,
    MidTom,
    HighTom,
    Tambourine,
    Shaker,
    Cowbell,
    Conga,
    Triangle,
}

impl Drum {
    /// General MIDI percussion key.
    pub(crate) fn key(self) -> u8 {
        match self {
            Self::Kick => 36,
            Self::CrossStick => 37,
            Self::Snare => 38,
            Self::Clap => 39,
            Self::Hat => 42,
            Self::LowTom => 43,
            Self::PedalHat => 44,
            Self::OpenHat => 46,
            Self::MidTom => 47,
            Self::Crash => 49,
            Self::HighTom => 50,
            Self::Ride => 51,
            Self::Tambourine => 54,
            Self::Cowbell => 56,
            Self::Conga => 63,
            Self::Shaker => 70,
            Self::Triangle => 81,
        }
    }

    /// Played beside the kit, on a track of its own.
    pub(crate) fn is_percussion(self) -> bool {
        matches!(
            self,
            Self::Clap | Self::Tambourine | Self::Shaker | Self::Cowbell | Self::Conga | Self::Triangle
        )
    }

    /// Keeps the pulse: its strokes are shaded by where they fall in the beat.
    pub(crate) fn keeps_time(self) -> bool {
        matches!(
            self,
            Self::Hat | Self::Ride | Self::Shaker | Self::OpenHat | Self::Tambourine
        )
    }
}

/// The bass: figures for each level of energy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BassTable {
    pub(crate) instrument: Instrument,
    /// Sections below this energy have no bass.
    pub(crate) from: f32,
    pub(crate) low: Variants,
    pub(crate) middle: Variants,
    pub(crate) high: Variants,
    /// Bars of 3/4, where leaving a beat out of the others would not do.
    #[serde(default)]
    pub(crate) waltz: Variants,
    /// Bars of 6/8; 12/8 takes them twice.
    #[serde(default)]
    pub(crate) compound: Variants,
    #[serde(default)]
    pub(crate) sidechain: f32,
}

/// One accompanying instrument.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Comp {
    pub(crate) instrument: Instrument,
    #[serde(default)]
    pub(crate) role: CompRole,
    /// Sections below this energy go without it.
    pub(crate) from: f32,
    #[serde(default)]
    pub(crate) voicing: Voicing,
    /// Delay from string to string, milliseconds; 0 for keys.
    #[serde(default)]
    pub(crate) strum_ms: f32,
    pub(crate) low: Variants,
    pub(crate) middle: Variants,
    pub(crate) high: Variants,
    /// Bars of 3/4, where leaving a beat out of the others would not do.
    #[serde(default)]
    pub(crate) waltz: Variants,
    /// Bars of 6/8; 12/8 takes them twice.
    #[serde(default)]
    pub(crate) compound: Variants,
    #[serde(default)]
    pub(crate) pan: f32,
    #[serde(default = "usual_reverb")]
    pub(crate) reverb: f32,
    #[serde(default)]
    pub(crate) delay: f32,
    #[serde(default)]
    pub(crate) sidechain: f32,
    #[serde(default)]
    pub(crate) trim: f32,
    /// Played a second time on the other side of the stereo image, with small differences.
    #[serde(default)]
    pub(crate) doubled: bool,
}

fn usual_reverb() -> f32 {
    0.2
}

/// What an accompanying instrument is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CompRole {
    Main,
    #[default]
    Comp,
    Pad,
}

/// How chord tones are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Voicing {
    /// Within an octave around middle C.
    #[default]
    Close,
    /// Four to six strings from the low E up.
    Guitar,
    /// Root, fifth, octave.
    Power,
    /// Third and seventh, and a colour.
    Shell,
    /// Root and fifth below, third above.
    Wide,
    /// Close, an octave higher.
    High,
}

/// Who plays the melody where no one sings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadTable {
    pub(crate) instrument: Instrument,
    #[serde(default)]
    pub(crate) delay: f32,
}

/// Which effects belong to the genre.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct EffectsTable {
    /// Noise that rises through a build-up.
    pub(crate) risers: bool,
    /// A low hit on arrival.
    pub(crate) impacts: bool,
    /// The beat before a drop or a last chorus is silent.
    pub(crate) dropouts: bool,
}

impl Genre {
    /// The grooves for a metre and a level, variants of each other. Where the file has none at that level, the nearest
    /// below; where it has none in that metre at all, those in 6/8 or 4/4, which the caller bends.
    pub(crate) fn grooves(&self, meter: Meter, level: Level) -> Vec<&Groove> {
        let wanted = format!("{}/{}", meter.beats, meter.unit);
        let at = |meter: &str, level: Level| {
            let found = self
                .grooves
                .iter()
                .filter(|groove| groove.meter == meter && groove.energy == level);
            found.collect::<Vec<_>>()
        };
        let order: &[Level] = match level {
            Level::Low => &[Level::Low, Level::Middle],
            Level::Middle => &[Level::Middle, Level::Low],
            Level::High => &[Level::High, Level::Middle, Level::Low],
            Level::Fill => &[Level::Fill],
            Level::Extra => &[Level::Extra],
        };
        let nearest = if wanted == "12/8" { "6/8" } else { "4/4" };
        [wanted.as_str(), nearest, "4/4"]
            .into_iter()
            .flat_map(|meter| order.iter().map(move |level| (meter, *level)))
            .map(|(meter, level)| at(meter, level))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }
}

impl BassTable {
    /// What it plays at this level, as variants.
    pub(crate) fn figures(&self, level: Level, meter: Meter) -> &Variants {
        let own = own_metre(&self.waltz, &self.compound, meter);
        own.unwrap_or_else(|| by_level([&self.low, &self.middle, &self.high], level))
    }
}

impl Comp {
    /// What it plays at this level, as variants; silent ones where it rests.
    pub(crate) fn figures(&self, level: Level, meter: Meter) -> &Variants {
        let usual = by_level([&self.low, &self.middle, &self.high], level);
        let own = own_metre(&self.waltz, &self.compound, meter).filter(|_| !usual.is_silent());
        own.unwrap_or(usual)
    }
}

fn by_level([low, middle, high]: [&Variants; 3], level: Level) -> &Variants {
    match level {
        Level::Low => low,
        Level::Middle => middle,
        Level::High | Level::Fill | Level::Extra => high,
    }
}

fn own_metre<'a>(waltz: &'a Variants, compound: &'a Variants, meter: Meter) -> Option<&'a Variants> {
    let own = match (meter.beats, meter.unit) {
        (3, 4) => waltz,
        (6 | 12, 8) => compound,
        _ => return None,
    };
    Some(own).filter(|own| !own.is_silent())
}
