//! How a genre begins and ends, how it sings, and the lines that answer the singer.

use serde::Deserialize;

use super::Variants;
use crate::score::Instrument;

/// The `[form]` table: habits that hold for whole songs. Of each list one is drawn a song.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FormTable {
    pub(crate) intros: Vec<Intro>,
    pub(crate) endings: Vec<Ending>,
    /// How many songs let chords arrive an eighth early at some bar lines, 0-1.
    pub(crate) pushes: f32,
    /// How many songs hit and stop before a chorus, 0-1.
    pub(crate) stops: f32,
}

impl Default for FormTable {
    fn default() -> Self {
        Self {
            intros: vec![Intro::Full],
            endings: vec![Ending::RingOut],
            pushes: 0.0,
            stops: 0.0,
        }
    }
}

/// Who is there in the first bars.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Intro {
    /// The drums alone, then bass, then the rest.
    DrumsIn,
    /// Pads and the main instrument swell; nobody keeps time.
    PadSwell,
    /// The riff, or the main instrument, alone; the others join halfway.
    Riff,
    /// Everybody who plays in the verse.
    Full,
    /// Four clicks and a pick-up, then the band.
    CountIn,
}

/// How the last bars go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Ending {
    /// Broadening into a held chord.
    Ritardando,
    /// In tempo into a held chord.
    RingOut,
    /// Softer from bar to bar.
    Fade,
    /// One short chord together.
    ColdStop,
    /// The cadence a second time, then a held chord.
    Tag,
}

/// The `[melody]` table.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MelodyTable {
    pub(crate) palette: Palette,
    /// How readily notes come an eighth before their beat, 0-1.
    pub(crate) syncopation: f32,
    /// How readily an instrument turns and slides into long notes, 0-1.
    pub(crate) ornaments: f32,
}

/// Which tones a melody prefers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Palette {
    /// All seven of the scale.
    #[default]
    Scale,
    /// Five, without half steps; the others pass.
    Pentatonic,
    /// Pentatonic with the flat third, fifth and seventh in passing.
    Blues,
    /// The scale, and half steps into chord tones.
    Chromatic,
}

/// A riff or a countermelody: a written rhythm whose pitches each song finds anew.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) instrument: Instrument,
    pub(crate) kind: LineKind,
    /// Sections below this energy go without it, but an intro that is a riff.
    pub(crate) from: f32,
    /// Bars in the signs of the drums; a riff takes one a song, or two in turn.
    pub(crate) rhythm: Variants,
    /// MIDI number of the lowest note it may play; it has a tenth or so above.
    pub(crate) lowest: u8,
    #[serde(default)]
    pub(crate) pan: f32,
    #[serde(default = "super::usual_reverb")]
    pub(crate) reverb: f32,
    #[serde(default)]
    pub(crate) delay: f32,
    #[serde(default)]
    pub(crate) trim: f32,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LineKind {
    /// A figure that returns bar after bar and follows the chords.
    #[default]
    Riff,
    /// Guide tones against the melody, moving where it rests.
    Counter,
}
