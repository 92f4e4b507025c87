//! Reading the prompt: what the buyer asked for, and what the band decides where nothing was asked.
//!
//! Every decision keeps the words that caused it, so that the score can say why the song is as it is.

mod arrangement;
mod cut;
mod era;
mod instruments;
mod key;
mod languages;
mod length;
mod meter;
mod mood;
mod note_name;
mod number;
mod prompt;
mod singer;
mod sounds;
mod style;
mod styles;
mod tempo;
mod title;

pub(crate) use instruments::Wishes;
pub(crate) use mood::Mood;
pub(crate) use prompt::{Prompt, Word};
pub(crate) use style::{Style, names_style};

use crate::genre::TempoRange;
use crate::request::Request;
use crate::rng::Rng;
use crate::score::{Decision, Instrument, Key, Meter, Singer};

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
    /// The length to aim at, in seconds: the request's, else the prompt's.
    pub(crate) duration: Option<u32>,
    /// What the song is to be called, if the prompt says so.
    pub(crate) title: Option<String>,
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

/// Decisions as they are made.
#[derive(Default)]
struct Notes(Vec<Decision>);

impl Notes {
    fn note(&mut self, what: &str, value: impl Into<String>, because: &str) {
        self.0.push(Decision {
            what: what.to_owned(),
            value: value.into(),
            because: because.to_owned(),
        });
    }
}

/// Reads the whole prompt.
pub(crate) fn brief(request: &Request) -> Brief {
    let titled = title::titled(&request.prompt);
    let prompt = Prompt::read(&titled.rest);
    let mut rng = Rng::stream(request.seed, &["brief", &request.prompt]);
    let mut notes = Notes::default();
    let mut style = styled(&prompt, &mut notes);
    let mood = mood::mood(&prompt, style.mood);
    notes.note("mood", mood.value.describe(), &mood.because);
    let of_style = style.meter.map(|meter| (meter, style.label.as_str()));
    let meter = meter::meter(&prompt, of_style);
    notes.note(
        "meter",
        format!("{}/{}", meter.value.beats, meter.value.unit),
        &meter.because,
    );
    let usual = usual_tempo(&style, meter.value);
    let tempo = tempo::tempo(&prompt, meter.value, usual, mood.value.energy, &mut rng);
    notes.note("tempo", format!("{} BPM", tempo.value.bpm), &tempo.because);
    let half_time = tempo::half_time(&prompt);
    if let Some(span) = half_time {
        notes.note("drums", "half-time", &prompt.cite(span));
    } else if style.half_time {
        notes.note(
            "drums",
            "half-time",
            &format!("nothing said: usual for {}", style.label),
        );
    }
    let leaning = key::Leaning {
        mode: style.mode,
        minor_share: style.rhythm.minor,
        brightness: mood.value.brightness,
    };
    let key = key::key(&prompt, leaning, &mut rng);
    notes.note("key", key.value.name(), &key.because);
    let wishes = wished(&prompt, &mut style, &mut notes);
    let singers = sung(request, &prompt, &style, &mut rng, &mut notes);
    let length = length::length(&prompt);
    match (request.duration, &length) {
        (Some(seconds), _) => notes.note("length", format!("about {seconds} s"), "the request's duration"),
        (None, Some(length)) => notes.note("length", format!("about {} s", length.value), &length.because),
        (None, None) => notes.note("length", "as long as the form needs", "nothing said"),
    }
    if let Some(title) = &titled.title {
        notes.note("title", title.clone(), "the prompt names it");
    }
    let warnings = [tempo.value.warning, key::warning(&prompt)];
    Brief {
        tempo: tempo.value.quarters,
        half_time: half_time.is_some() || style.half_time,
        key: key.value,
        meter: meter.value,
        style,
        mood: mood.value,
        wishes,
        singers,
        duration: request.duration.or(length.map(|length| length.value)),
        title: titled.title,
        decisions: notes.0,
        warnings: warnings.into_iter().flatten().collect(),
    }
}

/// The genre or style, bent towards the era.
fn styled(prompt: &Prompt, notes: &mut Notes) -> Style {
    let era = era::era(prompt);
    let otherwise =
        era.and_then(|(era, span)| Some((era.genre()?, format!("{}, and no genre named", prompt.cite(span)))));
    let style = style::style(prompt, otherwise);
    notes.note("genre", style.value.names.join(" and "), &style.because);
    let mut style = style.value;
    if let Some((era, span)) = era {
        era.bend(&mut style);
        notes.note("era", era.name.clone(), &prompt.cite(span));
    }
    style
}

/// The tempi of the style in beats of the metre. A genre's own range counts quarters; where six or nine eighths are asked
/// of it, the beat is longer and fewer of them feel as fast. In twelve eighths a bar still has its four beats.
fn usual_tempo(style: &Style, meter: Meter) -> TempoRange {
    let slower = if meter.unit == 8 && matches!(meter.beats, 6 | 9) && style.meter != Some(meter) {
        1.0 / 1.25
    } else {
        1.0
    };
    let TempoRange { low, usual, high } = style.rhythm.tempo;
    TempoRange {
        low: low * slower,
        usual: usual * slower,
        high: high * slower,
    }
}

/// Instruments in and out, with what they do to the style.
fn wished(prompt: &Prompt, style: &mut Style, notes: &mut Notes) -> Wishes {
    let mut wishes = instruments::wishes(prompt, style);
    if !style.drums && !wishes.no_drums && wishes.drums.is_none() {
        wishes.no_drums = true;
        notes.note("drums", "none", &format!("nothing said: usual for {}", style.label));
    }
    arrangement::arrange(style, &wishes);
    for wish in &wishes.wanted {
        let sound = sound_name(wish.instrument);
        let because = if sounds::sounds().stands_in(&wish.words) {
            format!("{} is played by the {sound}, the nearest sound", wish.words)
        } else {
            wish.words.clone()
        };
        notes.note("instrument", sound, &because);
    }
    if let Some(because) = &wishes.only {
        notes.note("instrument", "no others", because);
    } else if wishes.wanted.is_empty() {
        notes.note(
            "instrument",
            format!("the band of {}", style.label),
            "nothing said: the genre's usual",
        );
    }
    for (what, because) in &wishes.exclusions {
        notes.note("instrument", format!("no {what}"), because);
    }
    for words in &wishes.overruled {
        let because = format!("{words} is asked for and excluded; what is excluded never sounds");
        notes.note("instrument", "left out", &because);
    }
    if let Some(words) = &wishes.drums {
        let how = if wishes.drum_trim < 0.0 { "soft " } else { "" };
        notes.note("drums", format!("{how}{}", sound_name(style.rhythm.kit)), words);
    }
    wishes
}

/// The singers, none for an instrumental. Lyrics are sung even where the prompt says otherwise.
fn sung(request: &Request, prompt: &Prompt, style: &Style, rng: &mut Rng, notes: &mut Notes) -> Vec<Singer> {
    let has_words = request.lyrics.iter().any(|block| !block.lines.is_empty());
    let unsung = singer::is_instrumental(prompt);
    if request.instrumental {
        notes.note("singer", "none", "the request is for an instrumental");
        return Vec::new();
    }
    if let Some(span) = unsung.filter(|_| !has_words) {
        notes.note("singer", "none", &prompt.cite(span));
        return Vec::new();
    }
    let singers = singer::singers(prompt, style, rng);
    let because = match unsung {
        Some(span) => format!(
            "lyrics were given, which counts more than {}; {}",
            prompt.cite(span),
            singers.because
        ),
        None => singers.because,
    };
    notes.note("singer", singer::describe(&singers.value), &because);
    singers.value
}

/// The sound's name for people: "steel guitar".
fn sound_name(instrument: Instrument) -> String {
    let mut name = String::new();
    for letter in format!("{instrument:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

impl Brief {
    /// No word is sung.
    pub(crate) fn is_instrumental(&self) -> bool {
        self.singers.is_empty()
    }
}

#[cfg(test)]
mod tests;
