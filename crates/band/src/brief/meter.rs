//! How many beats: what the prompt says, what the style is danced in, else 4/4.

use super::Because;
use super::prompt::{Prompt, Span};
use crate::score::Meter;

const WORDS: &[(&str, Meter)] = &[
    ("waltz", meter_of(3, 4)),
    ("waltzing", meter_of(3, 4)),
    ("waltz time", meter_of(3, 4)),
    ("three four", meter_of(3, 4)),
    ("three quarter time", meter_of(3, 4)),
    ("three four time", meter_of(3, 4)),
    ("in three", meter_of(3, 4)),
    ("triple meter", meter_of(3, 4)),
    ("triple metre", meter_of(3, 4)),
    ("triple time", meter_of(3, 4)),
    ("minuet", meter_of(3, 4)),
    ("mazurka", meter_of(3, 4)),
    ("six eight", meter_of(6, 8)),
    ("compound meter", meter_of(6, 8)),
    ("compound metre", meter_of(6, 8)),
    ("compound time", meter_of(6, 8)),
    ("compound", meter_of(6, 8)),
    ("jig", meter_of(6, 8)),
    ("barcarolle", meter_of(6, 8)),
    ("tarantella", meter_of(6, 8)),
    ("slip jig", meter_of(9, 8)),
    ("nine eight", meter_of(9, 8)),
    ("twelve eight", meter_of(12, 8)),
    ("five four", meter_of(5, 4)),
    ("in five", meter_of(5, 4)),
    ("quintuple", meter_of(5, 4)),
    ("seven eight", meter_of(7, 8)),
    ("in seven", meter_of(7, 8)),
    ("odd meter", meter_of(7, 8)),
    ("odd metre", meter_of(7, 8)),
    ("odd time signature", meter_of(7, 8)),
    ("six four", meter_of(6, 4)),
    ("two four", meter_of(2, 4)),
    ("cut time", meter_of(2, 4)),
    ("four four", meter_of(4, 4)),
    ("common time", meter_of(4, 4)),
    ("in four", meter_of(4, 4)),
];

const fn meter_of(beats: u8, unit: u8) -> Meter {
    Meter { beats, unit }
}

/// Finds the time signature; `of_style` is what the style is danced in.
pub(super) fn meter(prompt: &Prompt, of_style: Option<(Meter, &str)>) -> Because<Meter> {
    let signatures = prompt.words().iter().enumerate();
    let mut written =
        signatures.filter_map(|(at, word)| Some((signature(&word.text)?, Span { start: at, end: at + 1 })));
    if let Some((meter, span)) = written.find(|(_, span)| !prompt.is_denied(*span)) {
        return Because::new(meter, prompt.cite(span));
    }
    let named = WORDS
        .iter()
        .flat_map(|(word, meter)| prompt.find(word).into_iter().map(|span| (*meter, span)));
    let named = named.filter(|(_, span)| !prompt.is_denied(*span) && !counts_something(prompt, *span));
    if let Some((meter, span)) = Prompt::longest(named.collect()).first() {
        return Because::new(*meter, prompt.cite(*span));
    }
    match of_style {
        Some((meter, style)) => Because::new(meter, format!("nothing said: usual for {style}")),
        None => Because::new(meter_of(4, 4), "nothing said: four beats"),
    }
}

/// "in three minutes" and "in five parts" are not metres.
fn counts_something(prompt: &Prompt, span: Span) -> bool {
    prompt.at(span.start) == "in"
        && !prompt.phrase_ends_at(span.end)
        && !matches!(prompt.at(span.end), "time" | "and" | "at")
}

/// "3/4" and its kin. Anything the band does not play ("50/50", "24/7", "9/11") is not a time signature.
pub(super) fn signature(text: &str) -> Option<Meter> {
    let (beats, unit) = text.split_once('/')?;
    let meter = meter_of(beats.parse().ok()?, unit.parse().ok()?);
    let played = matches!((meter.beats, meter.unit), (2..=7, 4) | (3 | 6 | 7 | 9 | 12, 8));
    match (meter.beats, meter.unit) {
        (2, 2) => Some(meter_of(2, 4)),
        (4, 2) => Some(meter_of(4, 4)),
        (5, 8) => Some(meter_of(5, 4)),
        _ => played.then_some(if meter == meter_of(3, 8) { meter_of(3, 4) } else { meter }),
    }
}
