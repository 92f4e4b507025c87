//! How a genre sings.

use serde::Deserialize;

use crate::score::Delivery;

/// The `[vocals]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct VocalTable {
    /// How the lead sings where the prompt does not say.
    pub(crate) delivery: Delivery,
    /// The lead is sung twice more, left and right, in choruses.
    pub(crate) doubles: bool,
    /// Second voices in choruses, 0-2; the last chorus has one more.
    pub(crate) harmonies: u8,
    /// Several people join the lead in choruses.
    pub(crate) group: bool,
    /// Held vowels behind the song, of which one is drawn; none: nobody does.
    pub(crate) pads: Vec<Vowel>,
    /// Sections below this energy go without them.
    pub(crate) pads_from: f32,
}

/// What backing singers hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Vowel {
    /// Dark, behind words.
    Ooh,
    /// Open and loud.
    Aah,
}
