//! Which genre: the longest phrase that names one, and a second as a flavour.

use super::Because;
use super::prompt::{Prompt, Span};
use crate::genre::{Genre, library};

/// The genre, or two of them.
#[derive(Debug, Clone)]
pub(crate) struct Style {
    /// As people call them, the leading one first.
    pub(crate) names: Vec<String>,
    /// Drums, bass, feel and mix come from here.
    pub(crate) rhythm: &'static Genre,
    /// Progressions and the second half of the band come from here.
    pub(crate) harmony: &'static Genre,
}

struct Named {
    genre: &'static Genre,
    span: Span,
}

/// Finds the genre. Of two that stand together the last is the noun and leads: "jazz house" is house with jazz chords.
pub(super) fn style(prompt: &Prompt) -> Because<Style> {
    let named = named(prompt);
    let Some(first) = named.first() else {
        let usual = library().usual();
        let style = Style {
            names: vec![usual.name.clone()],
            rhythm: usual,
            harmony: usual,
        };
        return Because::new(style, "no genre was named");
    };
    let Some(second) = named.iter().find(|other| other.genre.name != first.genre.name) else {
        let style = Style {
            names: vec![first.genre.name.clone()],
            rhythm: first.genre,
            harmony: first.genre,
        };
        return Because::new(style, format!("\"{}\"", prompt.quote(first.span)));
    };
    let adjacent = second.span.start == first.span.end && !prompt.words()[second.span.start].begins_phrase;
    let (lead, flavour) = if adjacent { (second, first) } else { (first, second) };
    let style = Style {
        names: vec![lead.genre.name.clone(), flavour.genre.name.clone()],
        rhythm: lead.genre,
        harmony: flavour.genre,
    };
    Because::new(
        style,
        format!("\"{}\" and \"{}\"", prompt.quote(lead.span), prompt.quote(flavour.span)),
    )
}

/// Genres in the order of the prompt, none overlapping: a longer phrase hides a shorter one within it.
fn named(prompt: &Prompt) -> Vec<Named> {
    let mut found = Vec::new();
    for genre in library().all() {
        for words in &genre.words {
            for span in prompt.find(words).into_iter().filter(|span| !prompt.is_denied(*span)) {
                found.push(Named { genre, span });
            }
        }
    }
    let length = |named: &Named| named.span.end - named.span.start;
    found.sort_by_key(|named| (std::cmp::Reverse(length(named)), named.span.start));
    let mut kept: Vec<Named> = Vec::new();
    for named in found {
        let hidden = kept
            .iter()
            .any(|other| named.span.start < other.span.end && other.span.start < named.span.end);
        if !hidden {
            kept.push(named);
        }
    }
    kept.sort_by_key(|named| named.span.start);
    kept
}
