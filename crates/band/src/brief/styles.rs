//! Styles beyond the genre files: data in `prompt/styles.toml`, each the nearest genre and what makes it differ.

use std::sync::LazyLock;

use serde::Deserialize;

use super::mood::Mood;
use super::style::Style;
use crate::genre::{Genre, TempoRange, library};
use crate::score::{Instrument, Meter, Mode};

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Styles {
    /// Words that name a genre only where they stand like a style.
    pub(super) everyday: Vec<String>,
    #[serde(rename = "style")]
    pub(super) styles: Vec<Entry>,
}

/// One style.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Phrases of a prompt that ask for it; the first is its name.
    pub(super) words: Vec<String>,
    /// One or two names of genres.
    pub(super) genres: Vec<String>,
    /// Beats a minute, lowest and highest.
    tempo: [f64; 2],
    meter: Option<String>,
    mode: Option<Mode>,
    minor: Option<f32>,
    swing: Option<f32>,
    swing_unit: Option<u8>,
    kit: Option<Instrument>,
    #[serde(default)]
    half_time: bool,
    #[serde(default)]
    plays: Vec<Instrument>,
    #[serde(default)]
    lacks: Vec<Instrument>,
    lead: Option<Instrument>,
    #[serde(default)]
    alone: bool,
    #[serde(default)]
    percussion: Vec<String>,
    /// The words shape another genre rather than name one, where another is named.
    #[serde(default)]
    pub(super) form: bool,
    drums: Option<bool>,
    #[serde(default)]
    energy: f32,
    #[serde(default)]
    brightness: f32,
    #[serde(default)]
    space: f32,
}

/// The embedded styles.
pub(super) fn styles() -> &'static Styles {
    static STYLES: LazyLock<Styles> = LazyLock::new(|| Styles::read().unwrap_or_default());
    &STYLES
}

impl Styles {
    fn read() -> Result<Self, toml::de::Error> {
        toml::from_str(include_str!("../../prompt/styles.toml"))
    }
}

impl Entry {
    /// The style's own name.
    pub(super) fn name(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// What is played for it.
    pub(super) fn style(&self) -> Style {
        let named = |at: usize| self.genres.get(at).and_then(|name| library().named(name));
        let base = named(0).unwrap_or_else(|| library().usual());
        let mut rhythm: Genre = base.clone();
        let [low, high] = self.tempo;
        rhythm.tempo = TempoRange {
            low,
            usual: (low + high) / 2.0,
            high,
        };
        rhythm.minor = self.minor.unwrap_or(rhythm.minor);
        rhythm.kit = self.kit.unwrap_or(rhythm.kit);
        rhythm.feel.swing = self.swing.unwrap_or(rhythm.feel.swing);
        rhythm.feel.swing_unit = self.swing_unit.unwrap_or(rhythm.feel.swing_unit);
        let mut style = Style::of(rhythm, named(1).unwrap_or(base));
        self.name().clone_into(&mut style.label);
        style.plays.clone_from(&self.plays);
        style.lacks.clone_from(&self.lacks);
        style.lead = self.lead;
        style.alone = self.alone;
        style.percussion.clone_from(&self.percussion);
        style.drums = self.drums.unwrap_or(true);
        style.half_time = self.half_time;
        style.mode = self.mode;
        style.meter = self.own_meter();
        style.mood = self.mood();
        style
    }

    /// What it is danced in.
    pub(super) fn own_meter(&self) -> Option<Meter> {
        self.meter.as_deref().and_then(super::meter::signature)
    }

    /// The mood that belongs to it.
    pub(super) fn mood(&self) -> Mood {
        Mood {
            energy: self.energy,
            brightness: self.brightness,
            space: self.space,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_style_is_sound() {
        let styles = Styles::read().unwrap_or_else(|error| panic!("{error}"));
        assert!(styles.styles.len() > 100);
        for style in &styles.styles {
            let name = style.name();
            assert!(
                !style.words.is_empty() && (1..=2).contains(&style.genres.len()),
                "{name}"
            );
            assert!(style.words.iter().all(|word| *word == word.to_lowercase()), "{name}");
            assert!(
                style.genres.iter().all(|genre| library().named(genre).is_some()),
                "{name}"
            );
            let [low, high] = style.tempo;
            assert!(30.0 <= low && low < high && high <= 300.0, "{name}");
            let meter = style.meter.as_deref();
            assert!(
                meter.is_none_or(|meter| crate::brief::meter::signature(meter).is_some()),
                "{name}"
            );
            assert!(style.swing.is_none_or(|swing| (50.0..=75.0).contains(&swing)), "{name}");
            assert!(!style.plays.iter().any(|sound| style.lacks.contains(sound)), "{name}");
            assert!(!style.alone || !style.plays.is_empty(), "{name}");
            let named = |word: &String| crate::parts::is_percussion(word);
            assert!(style.percussion.iter().all(named), "{name}");
        }
    }

    #[test]
    fn no_two_styles_or_genres_answer_to_the_same_words() {
        let genres = library().all().iter().flat_map(|genre| &genre.words);
        let mut seen = BTreeSet::new();
        for words in genres.chain(styles().styles.iter().flat_map(|style| &style.words)) {
            assert!(seen.insert(words), "{words}");
        }
    }
}
