//! Which genre or style: the longest phrase that names one, and a second as a flavour.

use std::collections::BTreeMap;

use super::Because;
use super::cut::{cut, folded};
use super::instruments::nouns;
use super::mood::Mood;
use super::prompt::{Prompt, Span};
use super::styles::{Entry, styles};
use crate::genre::{Genre, library};
use crate::score::{Instrument, Meter, Mode};

/// What is played: a genre, or one bent towards a style, an era and a second genre.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// The genres it is made of, the leading one first.
    pub(crate) names: Vec<String>,
    /// As the prompt's style is called: "polka", "jazz".
    pub(crate) label: String,
    /// Drums, bass, feel and mix come from here.
    pub(crate) rhythm: Genre,
    /// Progressions and the second half of the band come from here.
    pub(crate) harmony: &'static Genre,
    /// Sounds of the style that join the genre's band.
    pub(crate) plays: Vec<Instrument>,
    /// Sounds of the genre that the style does without.
    pub(crate) lacks: Vec<Instrument>,
    /// Who has the melody, where it is not the first of `plays` that carries one.
    pub(crate) lead: Option<Instrument>,
    /// Of the genre's players only the bass stays beside `plays`.
    pub(crate) alone: bool,
    /// Hand drums that belong to the style, as a prompt would name them.
    pub(crate) percussion: Vec<String>,
    /// Sounds that did not exist in the era asked for, and what stands in.
    pub(crate) replaced: BTreeMap<Instrument, Instrument>,
    /// The style has drums.
    pub(crate) drums: bool,
    pub(crate) half_time: bool,
    pub(crate) meter: Option<Meter>,
    pub(crate) mode: Option<Mode>,
    /// A mood that belongs to the style.
    pub(crate) mood: Mood,
}

impl Style {
    /// Rhythm of one genre, harmony of another or the same.
    pub(super) fn of(rhythm: Genre, harmony: &'static Genre) -> Self {
        let mut names = vec![rhythm.name.clone(), harmony.name.clone()];
        names.dedup();
        Self {
            names,
            label: rhythm.name.clone(),
            rhythm,
            harmony,
            plays: Vec::new(),
            lacks: Vec::new(),
            lead: None,
            alone: false,
            percussion: Vec::new(),
            replaced: BTreeMap::new(),
            drums: true,
            half_time: false,
            meter: None,
            mode: None,
            mood: Mood::default(),
        }
    }

    /// With the chords and part of the band of another.
    fn flavoured(mut self, flavour: Style) -> Self {
        self.label = format!("{} with {}", self.label, flavour.label);
        let other = library().named(&flavour.rhythm.name).unwrap_or(flavour.harmony);
        if other.name != self.rhythm.name {
            self.harmony = other;
        }
        self.names = vec![self.rhythm.name.clone(), self.harmony.name.clone()];
        self.names.dedup();
        self.plays.truncate(3);
        self.plays.extend(flavour.plays.into_iter().take(2));
        self.mode = self.mode.or(flavour.mode);
        self.meter = self.meter.or(flavour.meter);
        self.lacks.retain(|sound| !self.plays.contains(sound));
        self
    }

    /// In the metre and mood of a form: a jazz waltz, an EDM anthem.
    fn shaped(mut self, form: &Entry) -> Self {
        self.label = format!("{} {}", self.label, form.name());
        self.meter = form.own_meter().or(self.meter);
        let own = form.mood();
        self.mood.energy += own.energy;
        self.mood.brightness += own.brightness;
        self.mood.space += own.space;
        self
    }
}

/// What a phrase of the prompt names.
#[derive(Clone, Copy)]
enum Named {
    Genre(&'static Genre),
    Style(&'static Entry),
}

impl Named {
    fn name(self) -> &'static str {
        match self {
            Self::Genre(genre) => &genre.name,
            Self::Style(entry) => entry.name(),
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Genre(genre) => Style::of(genre.clone(), genre),
            Self::Style(entry) => entry.style(),
        }
    }
}

/// Finds the style. Of two that stand together the last is the noun and leads: "jazz house" is house with jazz chords.
/// `otherwise` is played where none is named, with the reason.
pub(super) fn style(prompt: &Prompt, otherwise: Option<(&'static Genre, String)>) -> Because<Style> {
    let mut named = named(prompt);
    let form = take_form(&mut named);
    let because = styled(prompt, &named, otherwise);
    match form {
        Some((form, span)) => Because::new(
            because.value.shaped(form),
            format!("{}, in the manner of {}", because.because, prompt.cite(span)),
        ),
        None => because,
    }
}

/// Takes out the forms where a genre is named beside them, and gives the first.
fn take_form(named: &mut Vec<(Named, Span)>) -> Option<(&'static Entry, Span)> {
    let form = |named: &Named| match named {
        Named::Style(entry) if entry.form => Some(*entry),
        _ => None,
    };
    if named.iter().all(|(named, _)| form(named).is_some()) {
        return None;
    }
    let first = named.iter().find_map(|(named, span)| Some((form(named)?, *span)));
    named.retain(|(named, _)| form(named).is_none());
    first
}

fn styled(prompt: &Prompt, named: &[(Named, Span)], otherwise: Option<(&'static Genre, String)>) -> Because<Style> {
    let Some(&(first, first_span)) = named.first() else {
        let (genre, because) =
            otherwise.unwrap_or_else(|| (library().usual(), "nothing said: the band's usual".to_owned()));
        return Because::new(Style::of(genre.clone(), genre), because);
    };
    let Some(&(second, second_span)) = named.iter().find(|(other, _)| other.name() != first.name()) else {
        return Because::new(first.style(), explained(prompt, first, first_span));
    };
    let adjacent = second_span.start == first_span.end && !prompt.words()[second_span.start].begins_phrase;
    let ((lead, lead_span), (flavour, flavour_span)) = if adjacent {
        ((second, second_span), (first, first_span))
    } else {
        ((first, first_span), (second, second_span))
    };
    if let (true, Named::Genre(genre), Named::Style(entry)) = (adjacent, lead, flavour)
        && entry.genres.first() == Some(&genre.name)
    {
        // "Turkish folk" is the style itself.
        return Because::new(entry.style(), explained(prompt, flavour, flavour_span));
    }
    let because = format!(
        "{} and {}",
        explained(prompt, lead, lead_span),
        explained(prompt, flavour, flavour_span)
    );
    Because::new(lead.style().flavoured(flavour.style()), because)
}

/// Whether a lower-case phrase names a genre or a style.
pub(crate) fn names_style(words: &str) -> bool {
    let mut genres = library().all().iter().flat_map(|genre| &genre.words);
    let mut styles = styles().styles.iter().flat_map(|entry| &entry.words);
    genres.any(|name| name == words) || styles.any(|name| name == words)
}

fn explained(prompt: &Prompt, named: Named, span: Span) -> String {
    let words = prompt.cite(span);
    match named {
        Named::Genre(_) => words,
        Named::Style(entry) => format!("{words}, played as {}", entry.genres.join(" and ")),
    }
}

/// Genres and styles in the order of the prompt, none overlapping: a longer phrase hides a shorter one within it.
fn named(prompt: &Prompt) -> Vec<(Named, Span)> {
    let genres = library()
        .all()
        .iter()
        .flat_map(|genre| genre.words.iter().map(move |words| (Named::Genre(genre), words)));
    let styles = styles()
        .styles
        .iter()
        .flat_map(|entry| entry.words.iter().map(move |words| (Named::Style(entry), words)));
    let mut found = Vec::new();
    for (named, words) in genres.chain(styles) {
        let words = normal(words);
        for span in prompt.find(&words) {
            // "afrobeats" is not a plural of "afrobeat".
            let plural = !words.ends_with(prompt.at(span.end - 1));
            found.push((plural, named, span));
        }
    }
    found.sort_by_key(|(plural, ..)| *plural);
    let mut kept = Prompt::longest(found.into_iter().map(|(_, named, span)| (named, span)).collect());
    let nouns = nouns(prompt);
    kept.retain(|(_, span)| !prompt.is_denied_past(*span, &nouns) && !is_everyday(prompt, *span));
    kept
}

/// A phrase as the prompt's words are: without accents, cut at hyphens.
fn normal(words: &str) -> String {
    if words.is_ascii() && !words.contains(['-', '\'']) {
        return words.to_owned();
    }
    let words = cut(words)
        .into_iter()
        .map(|word| folded(&word.text))
        .collect::<Vec<_>>();
    words.join(" ")
}

/// "I left the house", "rock me", "pop the question": a word of everyday life rather than a style.
fn is_everyday(prompt: &Prompt, span: Span) -> bool {
    if span.length() > 1 || !styles().everyday.iter().any(|word| word == prompt.at(span.start)) {
        return false;
    }
    let begins = prompt.words()[span.start].begins_phrase;
    let before = if begins { "" } else { prompt.before(span.start, 1) };
    let after = if prompt.phrase_ends_at(span.end) {
        ""
    } else {
        prompt.at(span.end)
    };
    let owned = matches!(
        before,
        "the"
            | "my"
            | "your"
            | "our"
            | "his"
            | "their"
            | "this"
            | "that"
            | "to"
            | "we"
            | "you"
            | "they"
            | "i"
            | "can"
            | "will"
            | "let's"
            | "every"
            | "gonna"
            | "wanna"
            | "whole"
            | "old"
            | "let"
    );
    let acts = matches!(
        after,
        "me" | "you"
            | "us"
            | "my"
            | "your"
            | "the"
            | "on"
            | "is"
            | "was"
            | "are"
            | "away"
            | "around"
            | "down"
            | "up"
            | "out"
            | "by"
            | "where"
            | "who"
            | "that"
            | "mate"
            | "mates"
            | "it"
            | "him"
            | "her"
            | "them"
            | "door"
            | "bottom"
    );
    let of_music = matches!(
        after,
        "music"
            | "beat"
            | "song"
            | "track"
            | "groove"
            | "vibe"
            | "vibes"
            | "style"
            | "anthem"
            | "ballad"
            | "tune"
            | "sound"
            | "feel"
            | "band"
    );
    (owned || acts) && !of_music
}
