//! Who is in the band: the genre's players, those the style brings, those the prompt names in front, and nobody it excludes.

use super::stock;
use crate::brief::{Brief, Style};
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

/// What comes on top where it would lie behind the others: sustained sounds hide under struck ones of equal loudness.
const NAMED_BEHIND: f32 = 1.5;

/// A named instrument plays from this energy on, so that it is heard in every section but a break.
const NAMED_FROM: f32 = 0.7;

/// How much sooner or later than its genre says a player may join, in energy.
const ENTRANCES: [f32; 6] = [-0.5, -0.3, 0.0, 0.0, 0.4, 0.9];

/// No one joins later than this: the choruses hear them all.
const LAST_ENTRANCE: f32 = 3.9;

/// How many songs do without one of the players beside the main one.
const ONE_STAYS_AWAY: f32 = 0.4;

/// A sound that belongs to the style plays from this energy on.
const OF_STYLE_FROM: f32 = 1.5;

/// So many accompanying players a style has at most, before the prompt names more.
const PLAYERS: usize = 5;

/// Melody instruments in the order they stand in for one that is excluded.
const LEADS: [Instrument; 13] = [
    Flute,
    Violin,
    Vibraphone,
    SawLead,
    Piano,
    Saxophone,
    NylonGuitar,
    CleanGuitar,
    Trumpet,
    Cello,
    Organ,
    Choir,
    Bell,
];

/// Puts the band together.
pub(super) fn band(brief: &Brief, seed: u64) -> Band {
    let (style, wishes) = (&brief.style, &brief.wishes);
    let mut band = of_style(style, seed);
    let mut lead_is_named = false;
    for wish in &wishes.wanted {
        if is_drums(wish.instrument) {
            continue;
        }
        if is_bass(wish.instrument) {
            band.bass = Some(wish.instrument);
            continue;
        }
        if carries_melody(wish.instrument) && !lead_is_named {
            band.lead = wish.instrument;
            lead_is_named = true;
        }
        bring_forward(band.player(wish.instrument));
    }
    let excluded = |instrument: Instrument| wishes.without.contains(&instrument);
    let named = |instrument: Instrument| wishes.wanted.iter().any(|wish| wish.instrument == instrument);
    let only = wishes.only.is_some();
    band.comps
        .retain(|comp| !excluded(comp.instrument) && (!only || named(comp.instrument)));
    if wishes.no_bass || band.bass.is_some_and(|bass| excluded(bass) || only && !named(bass)) {
        band.bass = None;
    }
    if only && !lead_is_named {
        band.lead = band.comps.first().map_or(band.lead, |comp| comp.instrument);
    }
    if excluded(band.lead) {
        band.lead = LEADS.into_iter().find(|lead| !excluded(*lead)).unwrap_or(band.lead);
    }
    if band.comps.is_empty() && !(only && band.bass.is_some()) {
        let spare = [Piano, WarmPad, SteelGuitar, Organ, Harp, Strings, Vibraphone, Choir];
        let spare = spare.into_iter().find(|spare| !excluded(*spare));
        band.comps.extend(spare.map(stock::comp));
    }
    band
}

/// The band as the style has it, before the prompt names anyone.
fn of_style(style: &Style, seed: u64) -> Band {
    let in_era = |instrument: Instrument| style.replaced.get(&instrument).copied().unwrap_or(instrument);
    let belongs = |instrument: Instrument| !style.lacks.contains(&instrument);
    let mut comps: Vec<Comp> = Vec::new();
    for mut comp in genre_players(style, seed)
        .into_iter()
        .filter(|comp| belongs(comp.instrument))
    {
        comp.instrument = in_era(comp.instrument);
        if comps.iter().all(|other| other.instrument != comp.instrument) {
            comps.push(comp);
        }
    }
    if style.alone {
        comps.retain(|comp| style.plays.contains(&comp.instrument));
    }
    let bass = Some(style.rhythm.bass.instrument).filter(|bass| belongs(*bass));
    let mut band = Band {
        comps,
        lead: in_era(style.rhythm.lead.instrument),
        bass: bass.map(in_era),
    };
    let of_style = style.plays.iter().copied().map(in_era).collect::<Vec<_>>();
    for instrument in &of_style {
        if is_bass(*instrument) {
            band.bass = Some(*instrument);
        } else {
            let player = band.player(*instrument);
            player.from = player.from.min(OF_STYLE_FROM);
            fill_silence(player);
        }
    }
    if band.comps.iter().all(|comp| comp.role != CompRole::Main) {
        seat_main(&mut band.comps);
    }
    while band.comps.len() > PLAYERS {
        let spare = band.comps.iter().rposition(|comp| !of_style.contains(&comp.instrument));
        let Some(at) = spare else { break };
        band.comps.remove(at);
    }
    let named = style.lead.map(in_era);
    let carries = of_style.iter().copied().find(|instrument| carries_melody(*instrument));
    if let Some(lead) = named.or(carries) {
        band.lead = lead;
    } else if !belongs(band.lead) {
        let lead = LEADS.into_iter().find(|lead| belongs(*lead) && in_era(*lead) == *lead);
        band.lead = lead.unwrap_or(band.lead);
    }
    band
}

/// Whoever plays chords best has the main part, from the first bar on.
fn seat_main(comps: &mut [Comp]) {
    let chords = |comp: &Comp| !matches!(profile(comp.instrument).nature, Nature::Solo | Nature::Held);
    let at = comps.iter().position(chords).unwrap_or(0);
    if let Some(main) = comps.get_mut(at) {
        main.role = CompRole::Main;
        main.from = 0.0;
    }
}

/// The players of the leading genre, and where two are blended the first half of each.
fn genre_players(style: &Style, seed: u64) -> Vec<Comp> {
    let mut comps = line_up(&style.rhythm.comps, seed);
    if style.rhythm.name != style.harmony.name {
        comps.truncate(comps.len().div_ceil(2).max(2));
        let others = style.harmony.comps.iter().filter(|comp| comp.role != CompRole::Pad);
        for comp in others.take(2) {
            if comps.iter().all(|other| other.instrument != comp.instrument) {
                comps.push(comp.clone());
            }
        }
    }
    comps
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

impl Band {
    /// The instrument's player, who joins if need be.
    fn player(&mut self, instrument: Instrument) -> &mut Comp {
        let seat = self.comps.iter().position(|comp| comp.instrument == instrument);
        let seat = seat.unwrap_or_else(|| {
            self.comps.push(stock::comp(instrument));
            self.comps.len() - 1
        });
        &mut self.comps[seat]
    }
}

fn bring_forward(comp: &mut Comp) {
    comp.from = comp.from.min(NAMED_FROM);
    comp.trim = comp.trim.max(0.0) + NAMED;
    fill_silence(comp);
    comp.role = match comp.role {
        CompRole::Comp | CompRole::Main => CompRole::Main,
        CompRole::Pad => {
            comp.trim += NAMED_BEHIND;
            CompRole::Comp
        }
    };
}

/// A figure that was silent at low energy plays what the next one plays.
fn fill_silence(comp: &mut Comp) {
    if comp.high.is_silent() {
        comp.high.clone_from(&comp.middle);
    }
    if comp.middle.is_silent() {
        comp.middle.clone_from(&comp.high);
    }
    if comp.low.is_silent() {
        comp.low.clone_from(&comp.middle);
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
