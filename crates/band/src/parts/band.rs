//! Who is in the band: the genre's players, those the prompt names in front, those it excludes at home.

use super::stock;
use crate::brief::Brief;
use crate::genre::{Comp, CompRole};
use crate::instruments::{Nature, profile};
use crate::rng::Rng;
use crate::score::Instrument::{self, *};

/// The accompanying players and who has the melody and the bass.
#[derive(Debug, Clone)]
pub(super) struct Band {
    pub(super) comps: Vec<Comp>,
    pub(super) lead: Instrument,
    pub(super) bass: Option<Instrument>,
}

/// How much louder than usual a named instrument is, decibels.
const NAMED: f32 = 2.0;

/// A named instrument plays from this energy on, so that it is heard in every section but a break.
const NAMED_FROM: f32 = 0.7;

/// How much sooner or later than its genre says a player may join, in energy.
const ENTRANCES: [f32; 6] = [-0.5, -0.3, 0.0, 0.0, 0.4, 0.9];

/// No one joins later than this: the choruses hear them all.
const LAST_ENTRANCE: f32 = 3.9;

/// How many songs do without one of the players beside the main one.
const ONE_STAYS_AWAY: f32 = 0.4;

/// Puts the band together.
pub(super) fn band(brief: &Brief, seed: u64) -> Band {
    let style = &brief.style;
    let wishes = &brief.wishes;
    let mut comps = line_up(&style.rhythm.comps, seed);
    if style.rhythm.name != style.harmony.name {
        comps.truncate(comps.len().div_ceil(2).max(2));
        for comp in style
            .harmony
            .comps
            .iter()
            .filter(|comp| comp.role != CompRole::Pad)
            .take(2)
        {
            if comps.iter().all(|other| other.instrument != comp.instrument) {
                comps.push(comp.clone());
            }
        }
    }
    let mut lead = style.rhythm.lead.instrument;
    let mut bass = Some(style.rhythm.bass.instrument);
    let mut lead_is_named = false;
    for wish in &wishes.wanted {
        if is_drums(wish.instrument) {
            continue;
        }
        if is_bass(wish.instrument) {
            bass = Some(wish.instrument);
            continue;
        }
        if carries_melody(wish.instrument) && !lead_is_named {
            lead = wish.instrument;
            lead_is_named = true;
        }
        match comps.iter_mut().find(|comp| comp.instrument == wish.instrument) {
            Some(comp) => bring_forward(comp),
            None => {
                let mut comp = stock::comp(wish.instrument);
                bring_forward(&mut comp);
                comps.push(comp);
            }
        }
    }
    comps.retain(|comp| !wishes.without.contains(&comp.instrument));
    if wishes.no_bass || bass.is_some_and(|bass| wishes.without.contains(&bass)) {
        bass = None;
    }
    let allowed = |instrument: &Instrument| !wishes.without.contains(instrument);
    if !allowed(&lead) {
        lead = [Flute, Violin, Vibraphone, SawLead, Piano]
            .into_iter()
            .find(allowed)
            .unwrap_or(lead);
    }
    if comps.is_empty() {
        comps.extend(
            [Piano, WarmPad, SteelGuitar, Organ]
                .into_iter()
                .find(allowed)
                .map(stock::comp),
        );
    }
    Band { comps, lead, bass }
}

/// The genre's players as they are tonight: some join sooner or later than usual, one may not have come.
fn line_up(usual: &[Comp], seed: u64) -> Vec<Comp> {
    let mut rng = Rng::stream(seed, &["band"]);
    let mut comps = usual.to_vec();
    let is_spare = |comp: &Comp| comp.role != CompRole::Main && comp.from > 0.5;
    let away = rng.below(comps.len());
    let stays_away = rng.chance(ONE_STAYS_AWAY) && comps.len() > 2;
    if stays_away && comps.get(away).is_some_and(is_spare) {
        comps.remove(away);
    }
    for comp in comps.iter_mut().filter(|comp| is_spare(comp)) {
        let moved = rng.pick(&ENTRANCES).copied().unwrap_or(0.0);
        let latest = comp.from.max(LAST_ENTRANCE);
        comp.from = (comp.from + moved).clamp(0.9, latest);
    }
    comps
}

fn bring_forward(comp: &mut Comp) {
    comp.from = comp.from.min(NAMED_FROM);
    comp.trim = comp.trim.max(0.0) + NAMED;
    // A figure that was silent at low energy plays what the next one plays.
    if comp.middle.is_silent() {
        comp.middle.clone_from(&comp.high);
    }
    if comp.low.is_silent() {
        comp.low.clone_from(&comp.middle);
    }
    if comp.role == CompRole::Comp {
        comp.role = CompRole::Main;
    }
}

fn is_bass(instrument: Instrument) -> bool {
    profile(instrument).nature == Nature::Bass
}

fn carries_melody(instrument: Instrument) -> bool {
    match profile(instrument).nature {
        Nature::Solo | Nature::Driven => true,
        Nature::Picked => matches!(
            instrument,
            Vibraphone | Glockenspiel | Xylophone | SteelDrum | Celesta | MusicBox | Sitar | Koto | Shamisen | Banjo
        ),
        Nature::Held => instrument == PedalSteel,
        _ => false,
    }
}

/// Drums are the drummer's, whoever asks for them.
fn is_drums(instrument: Instrument) -> bool {
    profile(instrument).nature == Nature::Kit
}
