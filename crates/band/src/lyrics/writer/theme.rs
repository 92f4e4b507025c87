//! What a song is about.

use serde::Deserialize;

use crate::brief::Prompt;
use crate::rng::Rng;

/// A field of pictures to draw from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    pub(super) name: String,
    /// Words of a prompt that lead here.
    pub(super) triggers: Vec<String>,
    pub(super) things: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) pictures: Vec<String>,
}

/// The theme, and the buyer's own words for it.
#[derive(Debug, Clone, Default)]
pub(super) struct Topic {
    pub(super) theme: Theme,
    /// What follows "about" in the prompt, when it is short enough to sing.
    pub(super) about: Option<String>,
}

impl Topic {
    pub(super) fn find(prompt: &str, themes: &[Theme], brightness: f32, rng: &mut Rng) -> Self {
        let prompt = Prompt::read(prompt);
        let score = |theme: &Theme| theme.triggers.iter().filter(|trigger| prompt.has(trigger)).count();
        let best = themes.iter().map(score).max().unwrap_or(0);
        let fitting = themes.iter().filter(|theme| score(theme) == best);
        // Where the prompt points nowhere, a dark song is not about a holiday and a bright one not about a funeral.
        let suits = |theme: &&Theme| {
            best > 0
                || !matches!(
                    (theme.name.as_str(), brightness > 0.2, brightness < -0.2),
                    ("loss", true, _) | ("summer", _, true)
                )
        };
        let fitting = fitting.filter(suits).collect::<Vec<_>>();
        let theme = rng.pick(&fitting).copied().cloned().unwrap_or_default();
        Self {
            theme,
            about: about(&prompt),
        }
    }
}

/// The words after "about", up to the end of the phrase; `None` when there are none or too many to sing.
fn about(prompt: &Prompt) -> Option<String> {
    let span = prompt
        .find("about")
        .into_iter()
        .find(|span| !prompt.at(span.end).is_empty())?;
    let words = prompt.words();
    let until = (span.end..words.len()).find(|&at| {
        at > span.end
            && (words[at].begins_phrase
                || matches!(
                    prompt.at(at),
                    "with" | "at" | "sung" | "by" | "featuring" | "using" | "tempo"
                ))
    });
    let chosen = &words[span.end..until.unwrap_or(words.len())];
    let starts_phrase = chosen.first().is_some_and(|word| word.begins_phrase);
    let has_figures = chosen
        .iter()
        .any(|word| word.text.chars().any(|letter| letter.is_ascii_digit()));
    if chosen.is_empty() || chosen.len() > 5 || starts_phrase || has_figures {
        return None;
    }
    Some(
        chosen
            .iter()
            .map(|word| word.written.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    )
}
