//! Which instruments are named, and which are not wanted.

use super::prompt::{Prompt, Span};
use crate::score::Instrument::{self, *};

/// What the prompt says about instruments.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    /// In the order of the prompt, none twice.
    pub(crate) wanted: Vec<Wish>,
    /// Instruments that must not play.
    pub(crate) without: Vec<Instrument>,
    /// The words that excluded them.
    pub(crate) without_words: Vec<String>,
    /// "no drums", "a cappella".
    pub(crate) no_drums: bool,
    /// "no bass".
    pub(crate) no_bass: bool,
}

/// A named instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) instrument: Instrument,
    /// As named in the prompt.
    pub(crate) words: String,
}

/// Phrases and the sound that plays them; the longest match wins.
const NAMES: &[(&str, Instrument)] = &[
    ("acoustic guitar", SteelGuitar),
    ("fingerpicked guitar", SteelGuitar),
    ("fingerstyle guitar", SteelGuitar),
    ("steel guitar", SteelGuitar),
    ("twelve string guitar", SteelGuitar),
    ("strummed guitar", SteelGuitar),
    ("mandolin", SteelGuitar),
    ("banjo", SteelGuitar),
    ("sitar", SteelGuitar),
    ("nylon guitar", NylonGuitar),
    ("classical guitar", NylonGuitar),
    ("spanish guitar", NylonGuitar),
    ("flamenco guitar", NylonGuitar),
    ("ukulele", NylonGuitar),
    ("lute", NylonGuitar),
    ("clean guitar", CleanGuitar),
    ("electric guitar", CleanGuitar),
    ("twangy guitar", CleanGuitar),
    ("funk guitar", CleanGuitar),
    ("muted guitar", CleanGuitar),
    ("offbeat guitar", CleanGuitar),
    ("skank guitar", CleanGuitar),
    ("jazz guitar", CleanGuitar),
    ("reverb guitar", CleanGuitar),
    ("guitar", SteelGuitar),
    ("distorted guitar", DistortedGuitar),
    ("distorted electric guitar", DistortedGuitar),
    ("heavy guitar", DistortedGuitar),
    ("crunchy guitar", DistortedGuitar),
    ("overdriven guitar", DistortedGuitar),
    ("fuzz guitar", DistortedGuitar),
    ("power chord", DistortedGuitar),
    ("metal guitar", DistortedGuitar),
    ("piano", Piano),
    ("grand piano", Piano),
    ("piano stabs", Piano),
    ("electric piano", ElectricPiano),
    ("rhodes", ElectricPiano),
    ("wurlitzer", ElectricPiano),
    ("clavinet", ElectricPiano),
    ("clav", ElectricPiano),
    ("organ", Organ),
    ("organ bubble", Organ),
    ("hammond", Organ),
    ("accordion", Organ),
    ("harmonium", Organ),
    ("strings", Strings),
    ("string section", Strings),
    ("orchestra", Strings),
    ("violin", Violin),
    ("fiddle", Violin),
    ("cello", Cello),
    ("viola", Violin),
    ("brass", Brass),
    ("horn", Brass),
    ("horn section", Brass),
    ("trombone", Brass),
    ("trumpet", Trumpet),
    ("sax", Saxophone),
    ("saxophone", Saxophone),
    ("clarinet", Saxophone),
    ("harmonica", Saxophone),
    ("flute", Flute),
    ("whistle", Flute),
    ("tin whistle", Flute),
    ("recorder", Flute),
    ("panpipe", Flute),
    ("choir", Choir),
    ("choirs", Choir),
    ("pad", WarmPad),
    ("synth pad", WarmPad),
    ("warm pad", WarmPad),
    ("analog synth", Supersaw),
    ("synth", Supersaw),
    ("synthesizer", Supersaw),
    ("synth stabs", Supersaw),
    ("supersaw", Supersaw),
    ("saw lead", SawLead),
    ("synth lead", SawLead),
    ("lead synth", SawLead),
    ("square lead", SquareLead),
    ("chiptune", SquareLead),
    ("8 bit", SquareLead),
    ("pluck", Pluck),
    ("synth pluck", Pluck),
    ("kalimba", Pluck),
    ("marimba", Vibraphone),
    ("vibraphone", Vibraphone),
    ("bell", Bell),
    ("tubular bell", Bell),
    ("glockenspiel", Glockenspiel),
    ("xylophone", Glockenspiel),
    ("music box", Glockenspiel),
    ("celesta", Glockenspiel),
    ("harp", Harp),
    ("upright bass", UprightBass),
    ("double bass", UprightBass),
    ("slap bass", ElectricBass),
    ("bass guitar", ElectricBass),
    ("808", SubBass),
    ("sub bass", SubBass),
    ("reese bass", SynthBass),
    ("wobble bass", SynthBass),
];

/// More names of basses, which need no foreground: the genre's own may play.
const BASSES: &[(&str, Instrument)] = &[
    ("synth bass", SynthBass),
    ("bassline", SynthBass),
    ("acid bass", SynthBass),
    ("electric bass", ElectricBass),
    ("fretless bass", ElectricBass),
    ("standup bass", UprightBass),
];

/// Finds the named instruments.
pub(super) fn wishes(prompt: &Prompt) -> Wishes {
    let mut wishes = Wishes {
        no_drums: denied(prompt, &["drum", "percussion", "beat", "drummer"]),
        ..Wishes::default()
    };
    wishes.no_bass = denied(prompt, &["bass", "bass guitar", "bassline"]);
    if let Some(words) = prompt.first_of(&[
        "a cappella",
        "acapella",
        "a capella",
        "unaccompanied",
        "drumless",
        "beatless",
    ]) {
        wishes.no_drums = true;
        wishes.without_words.push(format!("drums ({words})"));
    } else if wishes.no_drums {
        wishes.without_words.push("drums".to_owned());
    }
    if wishes.no_bass {
        wishes.without_words.push("bass".to_owned());
    }
    for (instrument, span) in named(prompt) {
        let words = prompt.quote(span);
        if prompt.is_denied(span) {
            wishes.without.push(instrument);
            wishes.without_words.push(words);
        } else if !wishes.wanted.iter().any(|wish| wish.instrument == instrument) {
            wishes.wanted.push(Wish { instrument, words });
        }
    }
    let without = wishes.without.clone();
    wishes.wanted.retain(|wish| !without.contains(&wish.instrument));
    wishes
}

fn denied(prompt: &Prompt, names: &[&str]) -> bool {
    names.iter().any(|name| {
        prompt.find(name).iter().any(|span| {
            let compound = matches!(prompt.at(span.end), "machine" | "and" | "guitar");
            prompt.is_denied(*span) && (!compound || prompt.at(span.end + 1) != "bass")
        })
    })
}

/// Instruments in the order of the prompt; a longer phrase hides a shorter one within it.
fn named(prompt: &Prompt) -> Vec<(Instrument, Span)> {
    let mut found = Vec::new();
    for (phrase, instrument) in NAMES.iter().chain(BASSES) {
        found.extend(prompt.find(phrase).into_iter().map(|span| (*instrument, span)));
    }
    found.sort_by_key(|(_, span)| (std::cmp::Reverse(span.end - span.start), span.start));
    let mut kept: Vec<(Instrument, Span)> = Vec::new();
    for (instrument, span) in found {
        if !kept
            .iter()
            .any(|(_, other)| span.start < other.end && other.start < span.end)
        {
            kept.push((instrument, span));
        }
    }
    kept.sort_by_key(|(_, span)| span.start);
    kept
}
