//! The committed lines and how genres use them. `crates/band/lyrics/README.md` says how to add some.

use std::sync::LazyLock;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::rng::Rng;

/// Everything below `lyrics/`, read once. The tests prove that it can be read.
pub(super) static STOCK: LazyLock<Stock> = LazyLock::new(Stock::read);

/// The whole stock.
#[derive(Debug)]
pub(super) struct Stock {
    pub(super) fields: Vec<Field>,
    pub(super) stances: Vec<Stance>,
    pub(super) occasions: Vec<Occasion>,
    pub(super) subject: About,
    pub(super) unsaid: Vec<String>,
    singing: Vec<Singing>,
}

/// Images that belong together.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub(super) name: String,
    /// Words of a prompt that lead here.
    pub(super) words: Vec<String>,
    /// -1 dark to 1 bright, as for a stance.
    #[serde(default)]
    pub(super) brightness: f32,
    /// Fields a later verse may wander to.
    pub(super) near: Vec<String>,
    pub(super) hooks: Vec<String>,
    pub(super) scenes: Vec<String>,
    pub(super) shorts: Vec<String>,
}

/// What the one who sings thinks and feels.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stance {
    pub(super) name: String,
    /// Words of a prompt that lead here.
    pub(super) words: Vec<String>,
    /// -1 dark to 1 bright: a stance far from the prompt's mood is not taken by chance.
    pub(super) brightness: f32,
    pub(super) hooks: Vec<String>,
    /// Thoughts of the first verse, and of later ones.
    pub(super) verse: Vec<String>,
    pub(super) later: Vec<String>,
    pub(super) pre: Vec<String>,
    pub(super) chorus: Vec<String>,
    pub(super) bridge: Vec<String>,
    pub(super) shorts: Vec<String>,
}

/// A day or a person a song is for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Occasion {
    /// Words of a prompt that tell of it; none for a song that is for somebody on no day at all.
    pub(super) words: Vec<String>,
    /// The stance it brings, unless the prompt's own words bring another.
    pub(super) stance: Option<String>,
    pub(super) hooks: Vec<String>,
    pub(super) lines: Vec<String>,
}

/// Lines for whatever the prompt says the song is about.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub(super) hooks: Vec<String>,
    pub(super) lines: Vec<String>,
}

/// How a genre sings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Singing {
    pub(super) names: Vec<String>,
    /// Fewest and most syllables of a full line.
    pub(super) syllables: [usize; 2],
    pub(super) stances: Vec<String>,
    pub(super) fields: Vec<String>,
    forms: Vec<Form>,
    pub(super) long: String,
    pub(super) verse: Vec<String>,
    pub(super) pre: Vec<String>,
    pub(super) chorus: Vec<String>,
    pub(super) bridge: Vec<String>,
    pub(super) build: Vec<String>,
    pub(super) drop: Vec<String>,
    pub(super) outro: Vec<String>,
}

/// Sections in order.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub(super) sections: String,
    /// A verse pattern that belongs to this form.
    pub(super) verse: Option<String>,
}

#[derive(Default, Deserialize)]
struct Genres {
    genre: Vec<Singing>,
}

#[derive(Default, Deserialize)]
struct Occasions {
    occasion: Vec<Occasion>,
}

#[derive(Default, Deserialize)]
struct Unsaid {
    words: Vec<String>,
}

impl Stock {
    fn read() -> Self {
        const FIELDS: &[&str] = &include!(concat!(env!("OUT_DIR"), "/lyric_fields.rs"));
        const STANCES: &[&str] = &include!(concat!(env!("OUT_DIR"), "/lyric_stances.rs"));
        let genres: Genres = parsed(include_str!("../../../lyrics/genres.toml"));
        let occasions: Occasions = parsed(include_str!("../../../lyrics/occasions.toml"));
        let unsaid: Unsaid = parsed(include_str!("../../../lyrics/unsaid.toml"));
        let usual = genres.genre.first().cloned().unwrap_or_default();
        Self {
            fields: FIELDS.iter().map(|text| parsed(text)).collect(),
            stances: STANCES.iter().map(|text| parsed(text)).collect(),
            occasions: occasions.occasion,
            subject: parsed(include_str!("../../../lyrics/subject.toml")),
            unsaid: unsaid.words,
            singing: genres
                .genre
                .iter()
                .map(|singing| singing.completed_by(&usual))
                .collect(),
        }
    }

    /// How the first of `genres` that the stock knows sings; the usual way where it knows none.
    pub(super) fn singing(&self, genres: &[String]) -> &Singing {
        let of = |genre: &String| self.singing.iter().find(|singing| singing.names.contains(genre));
        genres.iter().find_map(of).unwrap_or(&self.singing[0])
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    pub(super) fn stance(&self, name: &str) -> Option<&Stance> {
        self.stances.iter().find(|stance| stance.name == name)
    }

    #[cfg(test)]
    pub(super) fn all_singing(&self) -> &[Singing] {
        &self.singing
    }
}

impl Singing {
    fn completed_by(&self, usual: &Self) -> Self {
        let or = |own: &Vec<String>, usual: &Vec<String>| if own.is_empty() { usual.clone() } else { own.clone() };
        Self {
            names: self.names.clone(),
            syllables: if self.syllables == [0; 2] {
                usual.syllables
            } else {
                self.syllables
            },
            stances: or(&self.stances, &usual.stances),
            fields: or(&self.fields, &usual.fields),
            forms: if self.forms.is_empty() {
                usual.forms.clone()
            } else {
                self.forms.clone()
            },
            long: if self.long.is_empty() {
                usual.long.clone()
            } else {
                self.long.clone()
            },
            verse: or(&self.verse, &usual.verse),
            pre: or(&self.pre, &usual.pre),
            chorus: or(&self.chorus, &usual.chorus),
            bridge: or(&self.bridge, &usual.bridge),
            build: or(&self.build, &usual.build),
            drop: or(&self.drop, &usual.drop),
            outro: or(&self.outro, &usual.outro),
        }
    }

    pub(super) fn form(&self, rng: &mut Rng) -> Form {
        rng.pick(&self.forms).cloned().unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn forms(&self) -> &[Form] {
        &self.forms
    }
}

impl Form {
    pub(super) fn verse_or(&self, usual: &[String]) -> Vec<String> {
        self.verse.clone().map_or_else(|| usual.to_vec(), |own| vec![own])
    }
}

fn parsed<T: DeserializeOwned + Default>(text: &str) -> T {
    toml::from_str(text).unwrap_or_default()
}
