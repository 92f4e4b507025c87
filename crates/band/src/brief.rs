//! Reading the prompt: what the buyer asked for, and what the band decides where nothing was asked.
//!
//! Every decision keeps the words that caused it, so that the score can say why the song is as it is.

mod instruments;
mod key;
mod meter;
mod mood;
mod prompt;
mod singer;
mod style;
mod tempo;

pub(crate) use instruments::Wishes;
pub(crate) use mood::Mood;
pub(crate) use prompt::{Prompt, Word};
pub(crate) use style::Style;

use crate::request::Request;
use crate::rng::Rng;
use crate::score::{Decision, Key, Meter, Singer};

/// Everything the prompt decides.
#[derive(Debug, Clone)]
pub(crate) struct Brief {
    /// Quarter notes a minute.
    pub(crate) tempo: f64,
    pub(crate) key: Key,
    pub(crate) meter: Meter,
    pub(crate) style: Style,
    pub(crate) mood: Mood,
    pub(crate) wishes: Wishes,
    /// Empty for an instrumental.
    pub(crate) singers: Vec<Singer>,
    /// Drums at half the speed of everything else.
    pub(crate) half_time: bool,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) warnings: Vec<String>,
}

/// A value with the reason for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Because<T> {
    pub(crate) value: T,
    /// The words of the prompt, or why the default was taken.
    pub(crate) because: String,
}

impl<T> Because<T> {
    fn new(value: T, because: impl Into<String>) -> Self {
        Self {
            value,
            because: because.into(),
        }
    }
}

/// Reads the whole prompt.
pub(crate) fn brief(request: &Request) -> Brief {
    let prompt = Prompt::read(&request.prompt);
    let mut decisions = Vec::new();
    let mut note = |what: &str, value: String, because: &str| {
        decisions.push(Decision {
            what: what.to_owned(),
            value,
            because: because.to_owned(),
        });
    };
    let style = style::style(&prompt);
    note("genre", style.value.names.join(" and "), &style.because);
    let mood = mood::mood(&prompt);
    note("mood", mood.value.describe(), &mood.because);
    let meter = meter::meter(&prompt);
    note(
        "meter",
        format!("{}/{}", meter.value.beats, meter.value.unit),
        &meter.because,
    );
    let mut rng = Rng::stream(request.seed, &["brief", &request.prompt]);
    let tempo = tempo::tempo(
        &prompt,
        meter.value,
        style.value.rhythm.tempo,
        mood.value.energy,
        &mut rng,
    );
    note("tempo", format!("{} BPM", tempo.value.bpm), &tempo.because);
    let key = key::key(&prompt, style.value.harmony.minor, mood.value.brightness, &mut rng);
    note("key", key.value.name(), &key.because);
    let wishes = instruments::wishes(&prompt);
    for wish in &wishes.wanted {
        note("instrument", wish.words.clone(), "named in the prompt");
    }
    for words in &wishes.without_words {
        note("instrument", format!("no {words}"), "the prompt excludes it");
    }
    let instrumental = request.instrumental
        || singer::is_instrumental(&prompt) && request.lyrics.iter().all(|block| block.lines.is_empty());
    let singers = if instrumental {
        Vec::new()
    } else {
        let singers = singer::singers(&prompt, &mut rng);
        note("singer", singer::describe(&singers.value), &singers.because);
        singers.value
    };
    let warnings = [tempo.value.warning, key::warning(&prompt)]
        .into_iter()
        .flatten()
        .collect();
    Brief {
        tempo: tempo.value.quarters,
        half_time: tempo::is_half_time(&prompt),
        key: key.value,
        meter: meter.value,
        style: style.value,
        mood: mood.value,
        wishes,
        singers,
        decisions,
        warnings,
    }
}

impl Brief {
    /// No word is sung.
    pub(crate) fn is_instrumental(&self) -> bool {
        self.singers.is_empty()
    }
}

#[cfg(test)]
mod tests;
