//! The plan of a stanza: where each line comes from and which rhyme. `lyrics/genres.toml` explains the signs.

use std::collections::BTreeMap;

use crate::rng::Rng;

/// The lines of a stanza, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pattern {
    pub(super) slots: Vec<Slot>,
}

/// One line to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A line of the stock; lines of the same letter rhyme.
    Line(Source, Option<char>),
    /// A short line of the field and one of the stance as one; both halves rhyme with those of the same letter.
    Long(char),
    Hook,
    /// The hook, answered.
    Echo,
    /// The line at this index again.
    Again(usize),
}

/// A list of the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Scene,
    Thought,
    Pre,
    Chorus,
    Bridge,
    FieldShort,
    StanceShort,
}

impl Pattern {
    /// Reads a pattern; `None` for a sign that means nothing.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let slots = text.split_whitespace().map(slot).collect::<Option<Vec<_>>>()?;
        Some(Self { slots })
    }

    /// One of `patterns`. The tests prove that all of the stock can be read.
    pub(super) fn one_of(patterns: &[String], rng: &mut Rng) -> Self {
        rng.pick(patterns)
            .and_then(|text| Self::parse(text))
            .unwrap_or_default()
    }

    /// Where the line stands that may name what the song is about; `None` where all lines are short.
    pub(super) fn opens_at(&self) -> Option<usize> {
        let opens = |slot: &Slot| matches!(slot, Slot::Line(Source::Scene | Source::Thought, _));
        self.slots.iter().position(opens)
    }

    /// The lists its lines come from, each once.
    pub(super) fn sources(&self) -> Vec<Source> {
        let mut sources = self.slots.iter().flat_map(Slot::sources).collect::<Vec<_>>();
        sources.sort();
        sources.dedup();
        sources
    }

    /// The lines that rhyme with each other.
    pub(super) fn rhyming(&self) -> BTreeMap<char, Vec<usize>> {
        let mut groups = BTreeMap::<char, Vec<usize>>::new();
        for (at, slot) in self.slots.iter().enumerate() {
            if let Slot::Line(_, Some(letter)) | Slot::Long(letter) = slot {
                groups.entry(*letter).or_default().push(at);
            }
        }
        groups
    }
}

impl Slot {
    fn sources(&self) -> Vec<Source> {
        match self {
            Self::Line(source, _) => vec![*source],
            Self::Long(_) => vec![Source::FieldShort, Source::StanceShort],
            Self::Hook | Self::Echo | Self::Again(_) => Vec::new(),
        }
    }
}

fn slot(sign: &str) -> Option<Slot> {
    let mut letters = sign.chars();
    let role = letters.next()?;
    let rest = letters.as_str();
    let letter = rest.chars().next().filter(char::is_ascii_uppercase);
    if role == '=' {
        return rest.parse::<usize>().ok()?.checked_sub(1).map(Slot::Again);
    }
    if rest.chars().count() > 1 || (letter.is_none() && !rest.is_empty()) {
        return None;
    }
    let source = match role {
        'H' if rest.is_empty() => return Some(Slot::Hook),
        'E' if rest.is_empty() => return Some(Slot::Echo),
        'r' => return letter.map(Slot::Long),
        's' => Source::Scene,
        't' => Source::Thought,
        'p' => Source::Pre,
        'c' => Source::Chorus,
        'b' => Source::Bridge,
        'x' => Source::FieldShort,
        'y' => Source::StanceShort,
        _ => return None,
    };
    Some(Slot::Line(source, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_sign_by_sign_and_nonsense_is_not() {
        let pattern = Pattern::parse("sA =1 tA H E rB").expect("a pattern");
        assert_eq!(pattern.slots[1], Slot::Again(0));
        assert_eq!(pattern.slots[5], Slot::Long('B'));
        assert_eq!(pattern.rhyming()[&'A'], [0, 2]);
        for wrong in ["q", "sa", "=0", "HA", "r", "sAB"] {
            assert_eq!(Pattern::parse(wrong), None, "{wrong}");
        }
    }
}
