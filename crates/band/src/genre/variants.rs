//! One pattern, or several that may stand for each other.

use serde::Deserialize;

/// Patterns of the same weight. A file writes one as a string and several as a list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMany")]
pub(crate) struct Variants(Vec<String>);

impl Variants {
    /// Nothing is played.
    pub(crate) fn is_silent(&self) -> bool {
        self.0.iter().all(|pattern| pattern.trim().is_empty())
    }

    /// The variant of this turn, going round; empty when there is none.
    pub(crate) fn at(&self, turn: usize) -> &str {
        self.0.get(turn % self.len()).map_or("", String::as_str)
    }

    /// How many there are, at least 1.
    pub(crate) fn len(&self) -> usize {
        self.0.len().max(1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl From<&str> for Variants {
    fn from(pattern: &str) -> Self {
        Self(vec![pattern.to_owned()])
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Variants {
    fn from(written: OneOrMany) -> Self {
        match written {
            OneOrMany::One(pattern) => Self(vec![pattern]),
            OneOrMany::Many(patterns) => Self(patterns),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Player {
        low: Variants,
        high: Variants,
    }

    #[test]
    fn a_string_is_one_variant_and_a_list_goes_round() {
        let player = toml::from_str::<Player>("low = \"x...\"\nhigh = [\"a\", \"b\"]").unwrap();
        assert_eq!((player.low.at(0), player.low.at(5)), ("x...", "x..."));
        assert_eq!(
            (player.high.at(0), player.high.at(1), player.high.at(2)),
            ("a", "b", "a")
        );
        assert!(Variants::from("").is_silent() && !player.high.is_silent());
    }
}
