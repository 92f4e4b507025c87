//! Which time it should sound like: decades in any spelling, and words like "vintage".
//!
//! The eras are data: `prompt/eras.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::prompt::{Prompt, Span};
use super::style::Style;
use crate::genre::{Genre, library};
use crate::score::Instrument;

/// One era.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Era {
    /// As people call it: "1980s".
    pub(super) name: String,
    words: Vec<String>,
    /// Played where no genre is named.
    genre: Option<String>,
    kit: Option<Instrument>,
    #[serde(default)]
    replace: BTreeMap<Instrument, Instrument>,
    #[serde(default)]
    plays: Vec<Instrument>,
    swing: Option<f32>,
    #[serde(default)]
    reverb: f32,
    #[serde(default)]
    level: f32,
    #[serde(default)]
    brightness: f32,
    #[serde(default)]
    width: f32,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    era: Vec<Era>,
}

static ERAS: LazyLock<File> =
    LazyLock::new(|| toml::from_str(include_str!("../../prompt/eras.toml")).unwrap_or_default());

/// The first era the prompt names.
pub(super) fn era(prompt: &Prompt) -> Option<(&'static Era, Span)> {
    let mut found = Vec::new();
    for era in &ERAS.era {
        for words in &era.words {
            found.extend(prompt.find(words).into_iter().map(|span| (era, span)));
        }
    }
    for at in 0..prompt.words().len() {
        let span = Span { start: at, end: at + 1 };
        let era = decade(prompt.at(at)).and_then(|decade| {
            let name = if decade >= 2010 {
                "modern".to_owned()
            } else {
                format!("{decade}s")
            };
            ERAS.era.iter().find(|era| era.name == name)
        });
        if let Some(era) = era.filter(|_| !super::length::is_length(prompt, at)) {
            found.push((era, span));
        }
    }
    let mut kept = Prompt::longest(found);
    kept.retain(|(_, span)| !prompt.is_denied(*span));
    kept.into_iter().next()
}

/// The decade a word names: "80s", "1980s", "80's", "eighties", "1985".
fn decade(text: &str) -> Option<u32> {
    const SPELLED: [(&str, u32); 9] = [
        ("twenties", 1920),
        ("thirties", 1930),
        ("forties", 1940),
        ("fifties", 1950),
        ("sixties", 1960),
        ("seventies", 1970),
        ("eighties", 1980),
        ("nineties", 1990),
        ("noughties", 2000),
    ];
    if let Some((_, decade)) = SPELLED.iter().find(|(word, _)| *word == text) {
        return Some(*decade);
    }
    let digits = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("ies"))
        .or_else(|| text.strip_suffix('s'));
    match (digits.unwrap_or(text), digits.is_some()) {
        ("00", true) => Some(2000),
        (year, is_decade) => match (year.len(), year.parse::<u32>().ok()?) {
            (2, decade @ 20..=90) if is_decade && decade.is_multiple_of(10) => Some(1900 + decade),
            (4, year @ 1920..=2029) => Some(year / 10 * 10),
            _ => None,
        },
    }
}

impl Era {
    /// What is played where the prompt names no genre.
    pub(super) fn genre(&self) -> Option<&'static Genre> {
        library().named(self.genre.as_deref()?)
    }

    /// Bends a style towards the era.
    pub(super) fn bend(&self, style: &mut Style) {
        let rhythm = &mut style.rhythm;
        let modern_kit = self.replace.get(&rhythm.kit).copied();
        rhythm.kit = self.kit.or(modern_kit).unwrap_or(rhythm.kit);
        if let Some(swing) = self.swing.filter(|swing| *swing > rhythm.feel.swing) {
            (rhythm.feel.swing, rhythm.feel.swing_unit) = (swing, 8);
        }
        rhythm.mix.reverb_seconds = (rhythm.mix.reverb_seconds * (1.0 + self.reverb)).clamp(0.3, 7.0);
        rhythm.mix.reverb_level += self.level;
        rhythm.mix.brightness += self.brightness;
        rhythm.mix.width += self.width;
        style.replaced.clone_from(&self.replace);
        style.plays.extend(&self.plays);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eras_are_sound() {
        let file =
            toml::from_str::<File>(include_str!("../../prompt/eras.toml")).unwrap_or_else(|error| panic!("{error}"));
        assert!(file.era.len() > 10);
        for era in &file.era {
            assert!(era.genre.is_none() || era.genre().is_some(), "{}", era.name);
            assert!(
                era.swing.is_none_or(|swing| (50.0..=75.0).contains(&swing)),
                "{}",
                era.name
            );
        }
    }

    #[test]
    fn decades_are_read_in_any_spelling() {
        for (text, name) in [
            ("80s pop", "1980s"),
            ("1980s pop", "1980s"),
            ("80's pop", "1980s"),
            ("late eighties pop", "1980s"),
            ("like in 1985", "1980s"),
            ("20s jazz", "1920s"),
            ("2020s pop", "modern"),
            ("00s r&b", "2000s"),
            ("vintage soul", "vintage"),
            ("años 70", "1970s"),
        ] {
            assert_eq!(
                era(&Prompt::read(text)).map(|(era, _)| era.name.as_str()),
                Some(name),
                "{text}"
            );
        }
        for text in ["90 bpm", "808s and heartbreak", "a 30s jingle", "24/7"] {
            assert!(era(&Prompt::read(text)).is_none(), "{text}");
        }
    }
}
