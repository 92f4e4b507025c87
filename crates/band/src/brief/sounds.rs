//! What instruments are called: data in `prompt/instruments.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::score::Instrument;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sounds {
    #[serde(rename = "instrument")]
    pub(super) instruments: Vec<Named>,
}

/// Names of an instrument.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Named {
    /// Of several the one the genre has anyway, else the first.
    pub(super) plays: Vec<Instrument>,
    /// What "no …" keeps out beside those.
    #[serde(default)]
    pub(super) silences: Vec<Instrument>,
    pub(super) words: Vec<String>,
}

/// The embedded names.
pub(super) fn sounds() -> &'static Sounds {
    static SOUNDS: LazyLock<Sounds> = LazyLock::new(|| Sounds::read().unwrap_or_default());
    &SOUNDS
}

impl Sounds {
    fn read() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../prompt/instruments.toml"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_sound_and_given_once() {
        let sounds = Sounds::read().unwrap_or_else(|error| panic!("{error}"));
        let instruments = sounds.instruments.iter().flat_map(|named| &named.words);
        let mut seen = BTreeSet::new();
        for words in instruments {
            assert!(*words == words.to_lowercase() && !words.contains('-'), "{words}");
            assert!(seen.insert(words), "{words}");
        }
        assert!(sounds.instruments.iter().all(|named| !named.plays.is_empty()));
    }
}
