//! What instruments are called: data in `prompt/instruments.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::score::Instrument;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sounds {
    /// Names of what the band has not, each played by the nearest sound.
    nearest: Vec<String>,
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
    /// Whether what is called so (as written in a prompt) is only played by the nearest sound.
    pub(super) fn stands_in(&self, written: &str) -> bool {
        let written = written.trim_matches('"').to_lowercase().replace('-', " ");
        let singular = written.strip_suffix('s').unwrap_or(&written);
        self.nearest.iter().any(|name| *name == written || name == singular)
    }

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
        assert!(sounds.nearest.iter().all(|name| seen.contains(name)));
    }
}
