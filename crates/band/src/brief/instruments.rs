//! Which instruments are named, which are not wanted, and whether others may join.

use super::prompt::{Prompt, Span};
use super::sounds::{Named, sounds};
use super::style::Style;
use crate::instruments::{Nature, profile};
use crate::score::Instrument::{self, *};

/// What the prompt says about instruments.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    /// In the order of the prompt, none twice.
    pub(crate) wanted: Vec<Wish>,
    /// Instruments that must not play.
    pub(crate) without: Vec<Instrument>,
    /// The words that excluded them, and what they exclude.
    pub(crate) exclusions: Vec<(String, String)>,
    /// Wishes that an exclusion overrules.
    pub(crate) overruled: Vec<String>,
    /// "no drums", "a cappella".
    pub(crate) no_drums: bool,
    /// General MIDI percussion keys that must not be struck: "no claps".
    pub(crate) unstruck: Vec<u8>,
    /// "no bass".
    pub(crate) no_bass: bool,
    /// "only acoustic guitar": nobody joins who is not named. The words that say so.
    pub(crate) only: Option<String>,
    /// Drums are asked for by name.
    pub(crate) drums: Option<String>,
    /// How much softer the drums are than usual, decibels: "light drums".
    pub(crate) drum_trim: f32,
}

/// A named instrument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wish {
    pub(crate) instrument: Instrument,
    /// As named in the prompt.
    pub(crate) words: String,
}

const DRUMS: &[&str] = &[
    "drum",
    "percussion",
    "beat",
    "drummer",
    "drumming",
    "drum kit",
    "drum set",
    "drumbeat",
];

/// What in a drum kit or beside it can be left out by itself, and its General MIDI percussion keys.
const STRUCK: &[(&[&str], &[u8])] = &[
    (&["kick", "kick drum", "bass drum"], &[35, 36]),
    (&["snare", "snare drum"], &[37, 38, 40]),
    (&["hat", "hi hat", "hihat"], &[42, 44, 46]),
    (&["cymbal"], &[49, 51, 52, 53, 55, 57, 59]),
    (&["crash", "crash cymbal"], &[49, 57]),
    (&["ride", "ride cymbal"], &[51, 53, 59]),
    (&["tom", "tom tom"], &[41, 43, 45, 47, 48, 50]),
    (&["clap", "hand clap", "handclap"], &[39]),
    (&["tambourine"], &[54]),
    (&["cowbell"], &[56]),
    (&["bongo"], &[60, 61]),
    (&["conga"], &[62, 63, 64]),
    (&["timbale"], &[65, 66]),
    (&["shaker", "maraca"], &[70, 82]),
    (&["guiro"], &[73, 74]),
    (&["clave"], &[75]),
    (&["triangle"], &[80, 81]),
];

const A_CAPPELLA: &[&str] = &[
    "a cappella",
    "acappella",
    "acapella",
    "a capella",
    "unaccompanied voice",
    "unaccompanied voices",
    "voice only",
    "voices only",
    "only voice",
    "only voices",
    "just voice",
    "just voices",
];

/// Finds the named instruments. Of an instrument's several sounds the one that suits the style is taken.
pub(super) fn wishes(prompt: &Prompt, style: &Style) -> Wishes {
    let mut wishes = Wishes::default();
    drums(prompt, &mut wishes);
    unstruck(prompt, &mut wishes);
    let named = named(prompt);
    for (instrument, span) in named.iter().filter(|(_, span)| !prompt.is_denied(*span)) {
        if is_named_genre(prompt, *span) {
            continue;
        }
        let instrument = suited(prompt, instrument, *span, style);
        let words = prompt.cite(*span);
        // Hand drums share a kit and stand as often as they are named.
        let same = |wish: &Wish| wish.instrument == instrument && (instrument != LatinKit || wish.words == words);
        if !wishes.wanted.iter().any(same) {
            wishes.wanted.push(Wish { instrument, words });
        }
    }
    for (instrument, span) in named.iter().filter(|(_, span)| prompt.is_denied(*span)) {
        exclude(prompt, instrument, *span, &mut wishes);
    }
    if let Some(span) = prompt
        .find("bass")
        .into_iter()
        .find(|span| is_denied_bass(prompt, *span))
    {
        wishes.no_bass = true;
        let basses = sounds().instruments.iter().flat_map(|named| &named.plays);
        wishes.without.extend(basses.filter(|sound| is_bass(**sound)));
        wishes.exclusions.push(("bass".to_owned(), prompt.cite(span)));
    }
    let kit = wishes
        .wanted
        .iter()
        .find(|wish| is_kit(wish.instrument) && wish.instrument != LatinKit);
    wishes.drums = wishes.drums.take().or_else(|| kit.map(|wish| wish.words.clone()));
    if wishes.no_drums {
        wishes.overruled.extend(wishes.drums.take());
    }
    let no_drums = wishes.no_drums;
    let without = wishes.without.clone();
    let (kept, overruled) = std::mem::take(&mut wishes.wanted)
        .into_iter()
        .partition(|wish| !(without.contains(&wish.instrument) || no_drums && is_kit(wish.instrument)));
    wishes.wanted = kept;
    wishes
        .overruled
        .extend(overruled.into_iter().map(|wish: Wish| wish.words));
    only(prompt, &named, &mut wishes);
    wishes
}

fn drums(prompt: &Prompt, wishes: &mut Wishes) {
    const LIGHT: [&str; 12] = [
        "less", "light", "lighter", "minimal", "soft", "softer", "gentle", "subtle", "sparse", "fewer", "quiet",
        "delicate",
    ];
    let kits = DRUMS.iter().flat_map(|name| prompt.find(name)).map(|span| (true, span));
    // A "snare drum" is not the drums.
    let single = struck_in(prompt).map(|(_, span)| (false, span));
    // Nor is a "hang drum".
    let pitched = ["hang drum", "steel drum", "tongue drum"];
    let pitched = pitched
        .iter()
        .flat_map(|name| prompt.find(name))
        .map(|span| (false, span));
    let spans = Prompt::longest(kits.chain(single).chain(pitched).collect());
    for (_, span) in spans.into_iter().filter(|(is_kit, _)| *is_kit) {
        let of_genre = matches!(
            (prompt.at(span.end), prompt.at(span.end + 1)),
            ("and" | "n" | "&", "bass")
        );
        if prompt.is_denied(span) {
            let genre = of_genre && prompt.at(span.start) == "drum";
            if !genre && !wishes.no_drums {
                wishes.no_drums = true;
                wishes.exclusions.push(("drums".to_owned(), prompt.cite(span)));
            }
        } else if !of_genre
            && prompt.at(span.start) != "beat"
            && prompt.at(span.start) != "beats"
            && wishes.drums.is_none()
        {
            wishes.drums = Some(prompt.cite(span));
        }
        if LIGHT.contains(&prompt.before(span.start, 1)) && !prompt.words()[span.start].begins_phrase {
            wishes.drum_trim = -4.0;
        }
    }
}

/// Single drums and cymbals that the prompt names, with their keys.
fn struck_in(prompt: &Prompt) -> impl Iterator<Item = (&'static [u8], Span)> + use<'_> {
    let named = STRUCK
        .iter()
        .flat_map(|(names, keys)| names.iter().map(|name| (*keys, *name)));
    named.flat_map(|(keys, name)| prompt.find(name).into_iter().map(move |span| (keys, span)))
}

fn unstruck(prompt: &Prompt, wishes: &mut Wishes) {
    let denied = struck_in(prompt).filter(|(_, span)| prompt.is_denied(*span));
    for (keys, span) in Prompt::longest(denied.collect()) {
        wishes.unstruck.extend(keys);
        wishes.exclusions.push((prompt.quote(span), prompt.cite(span)));
    }
}

/// Every word for drums and instruments, which a "no" before it is meant for.
pub(super) fn nouns(prompt: &Prompt) -> Vec<Span> {
    let drums = DRUMS.iter().flat_map(|name| prompt.find(name));
    let struck = struck_in(prompt).map(|(_, span)| span);
    let named = named(prompt).into_iter().map(|(_, span)| span);
    drums.chain(struck).chain(named).collect()
}

/// "no bass", but not "no bass drum", nor the genre in "not drum and bass".
fn is_denied_bass(prompt: &Prompt, span: Span) -> bool {
    let of_drums = matches!(prompt.at(span.end), "drum" | "drums") && !prompt.phrase_ends_at(span.end);
    prompt.is_denied(span) && !of_drums && !is_named_genre(prompt, span)
}

/// The bass of "drum and bass".
fn is_named_genre(prompt: &Prompt, span: Span) -> bool {
    prompt.at(span.start) == "bass"
        && matches!(prompt.before(span.start, 1), "and" | "n" | "&")
        && prompt.before(span.start, 2) == "drum"
}

fn exclude(prompt: &Prompt, named: &Named, span: Span, wishes: &mut Wishes) {
    if named.plays.iter().all(|sound| is_bass(*sound)) && named.plays.len() > 1 {
        return; // the bare word is read elsewhere
    }
    if named.plays == [LatinKit] && struck_in(prompt).any(|(_, struck)| struck == span) {
        return; // the rest of the hand drums may stay
    }
    wishes.without.extend(&named.plays);
    // A near relative that is wanted by its own name stays: "no piano, but a Rhodes".
    let wanted = wishes.wanted.iter().map(|wish| wish.instrument).collect::<Vec<_>>();
    let relatives = named.silences.iter().filter(|sound| !wanted.contains(sound));
    wishes.without.extend(relatives);
    let words = prompt.cite(span);
    wishes.exclusions.push((prompt.quote(span), words));
}

fn is_bass(sound: Instrument) -> bool {
    profile(sound).nature == Nature::Bass
}

fn is_kit(sound: Instrument) -> bool {
    profile(sound).nature == Nature::Kit
}

/// The sound that plays a wish: by an adjective before it, else what the style has, else the first.
fn suited(prompt: &Prompt, named: &Named, span: Span, style: &Style) -> Instrument {
    let first = named.plays.first().copied().unwrap_or_default();
    if named.plays.len() == 1 {
        return first;
    }
    let adjective = (1..=3).take_while(|back| !prompt.words()[span.start + 1 - back].begins_phrase);
    let described = adjective
        .filter_map(|back| described(prompt.before(span.start, back)))
        .next();
    if let Some(sound) = described.filter(|sound| named.plays.contains(sound)) {
        return sound;
    }
    let band = style.plays.iter().copied();
    let band = band.chain(style.rhythm.comps.iter().map(|comp| comp.instrument));
    let band = band.chain([style.rhythm.bass.instrument]);
    let band = band.chain(style.harmony.comps.iter().map(|comp| comp.instrument));
    let mut band = band.filter(|sound| !style.lacks.contains(sound));
    band.find(|sound| named.plays.contains(sound)).unwrap_or(first)
}

/// What an adjective makes of a guitar.
fn described(adjective: &str) -> Option<Instrument> {
    Some(match adjective {
        "distorted" | "heavy" | "crunchy" | "overdriven" | "fuzzy" | "metal" | "shredding" | "aggressive"
        | "roaring" | "chugging" | "screaming" | "gritty" => DistortedGuitar,
        "acoustic" | "fingerpicked" | "strummed" | "unplugged" | "folk" | "picked" | "strumming" => SteelGuitar,
        "nylon" | "classical" | "spanish" | "flamenco" => NylonGuitar,
        "clean" | "electric" | "twangy" | "jangly" | "funky" | "shimmering" | "reverbed" | "chorused" | "surfy" => {
            CleanGuitar
        }
        _ => return None,
    })
}

/// "only acoustic guitar", "just piano and voice", "solo piano", "a cappella".
fn only(prompt: &Prompt, named: &[(&'static Named, Span)], wishes: &mut Wishes) {
    if let Some(span) = prompt.first_of(A_CAPPELLA) {
        wishes.only = Some(prompt.cite(span));
        wishes.no_drums = true;
        wishes.exclusions.push(("instruments".to_owned(), prompt.cite(span)));
        wishes.wanted.retain(|wish| wish.instrument == Choir);
        if wishes.wanted.is_empty() {
            wishes.wanted.push(Wish {
                instrument: Choir,
                words: prompt.cite(span),
            });
        }
        return;
    }
    let limiting = |span: &Span| {
        let begins = |at: usize| prompt.words()[at].begins_phrase;
        let reach = (1..=3).take_while(|back| span.start >= *back && !begins(span.start + 1 - back));
        let before = reach.map(|back| prompt.before(span.start, back)).collect::<Vec<_>>();
        let nothing_but = before.windows(2).any(|words| words == ["but", "nothing"]);
        let limited = nothing_but || before.iter().any(|word| matches!(*word, "only" | "just" | "solely"));
        let vague = before
            .iter()
            .any(|word| matches!(*word, "bit" | "touch" | "little" | "hint" | "not"));
        let solo = before
            .first()
            .is_some_and(|word| matches!(*word, "solo" | "unaccompanied" | "alone"));
        let after =
            !prompt.phrase_ends_at(span.end) && matches!(prompt.at(span.end), "only" | "alone" | "unaccompanied");
        (limited && !vague) || solo || after
    };
    let found = named
        .iter()
        .find(|(_, span)| !prompt.is_denied(*span) && limiting(span));
    if let Some((_, span)) = found.filter(|_| !wishes.wanted.is_empty()) {
        wishes.only = Some(prompt.cite(*span));
        wishes.no_drums |= wishes.drums.is_none();
    }
}

/// Instruments in the order of the prompt; a longer phrase hides a shorter one within it.
fn named(prompt: &Prompt) -> Vec<(&'static Named, Span)> {
    let mut found = Vec::new();
    for named in &sounds().instruments {
        for words in &named.words {
            found.extend(prompt.find(words).into_iter().map(|span| (Some(named), span)));
        }
    }
    // Not the instrument within.
    for phrase in [
        "bass drum",
        "bass voice",
        "bass singer",
        "bass player",
        "lead guitarist",
    ] {
        found.extend(prompt.find(phrase).into_iter().map(|span| (None, span)));
    }
    let kept = Prompt::longest(found);
    kept.into_iter()
        .filter_map(|(named, span)| Some((named?, span)))
        .collect()
}
