//! The first sketch of the form: what every section is before its length is settled.

use super::{Brief, Draft, is_lift, played};
use crate::lyrics::Stanza;
use crate::rng::Rng;
use crate::score::Tag::{self, *};

/// Seconds an instrumental lasts when nobody asked for a length.
const USUAL_INSTRUMENTAL: f64 = 125.0;

/// A section of the usual length lasts about this many seconds.
const USUAL_SECTION: f64 = 16.0;

/// Bars of a usual section: 4, 8 or 16, whichever comes nearest to a quarter of a minute.
fn unit(bar: f64) -> u32 {
    let distance = |bars: u32| (f64::from(bars) * bar - USUAL_SECTION).abs();
    [4, 8, 16]
        .into_iter()
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .unwrap_or(8)
}

/// Bars of a section without words.
fn free_bars(tag: Tag, bar: f64) -> u32 {
    let unit = unit(bar);
    match tag {
        Tag::Verse | Tag::Chorus | Tag::Hook | Tag::Drop | Tag::Bridge | Tag::Solo | Tag::Inst => unit,
        Tag::Intro | Tag::PreChorus | Tag::PostChorus | Tag::Interlude | Tag::BuildUp | Tag::Outro => (unit / 2).max(2),
        Tag::Break => (unit / 4).max(2),
        Tag::Transition => (unit / 8).max(1),
    }
}

/// Forms of a song with a chorus.
const SONGS: [&[Tag]; 4] = [
    &[Intro, Verse, Chorus, Verse, Chorus, Bridge, Solo, Chorus, Outro],
    &[
        Intro, Verse, PreChorus, Chorus, Interlude, Verse, PreChorus, Chorus, Bridge, Chorus, Outro,
    ],
    &[Intro, Inst, Verse, Chorus, Verse, Chorus, Solo, Bridge, Chorus, Outro],
    &[
        Intro, Verse, Chorus, PostChorus, Verse, Chorus, Interlude, Solo, Chorus, Outro,
    ],
];

/// Forms that climb to a drop.
const DANCES: [&[Tag]; 4] = [
    &[Intro, Verse, BuildUp, Drop, Break, Verse, BuildUp, Drop, Outro],
    &[Intro, Verse, BuildUp, Drop, Interlude, Break, BuildUp, Drop, Outro],
    &[Intro, Inst, BuildUp, Drop, Verse, Break, BuildUp, Drop, Outro],
    &[
        Intro, Verse, PreChorus, BuildUp, Drop, Break, Bridge, BuildUp, Drop, Outro,
    ],
];

/// Forms of music without a beat.
const DRUMLESS: [&[Tag]; 3] = [
    &[Intro, Verse, Chorus, Interlude, Verse, Chorus, Outro],
    &[Intro, Verse, Bridge, Chorus, Interlude, Chorus, Outro],
    &[Intro, Inst, Verse, Chorus, Break, Bridge, Chorus, Outro],
];

/// The form of an instrumental that came without tags.
pub(super) fn instrumental(brief: &Brief, duration: Option<u32>, bar: f64, rng: &mut Rng) -> Vec<Stanza> {
    let effects = brief.style.rhythm.effects;
    let drumless = brief.style.rhythm.drums_from > 5.0;
    let climbs = effects.risers && effects.dropouts;
    let orders: &[&[Tag]] = match () {
        () if drumless => &DRUMLESS,
        () if climbs => &DANCES,
        () => &SONGS,
    };
    let order = rng.pick(orders).copied().unwrap_or(SONGS[0]);
    let target = duration.map_or(USUAL_INSTRUMENTAL, played) / bar;
    let total = |tags: &[Tag]| tags.iter().map(|tag| f64::from(free_bars(*tag, bar))).sum::<f64>();
    let mut tags = order.to_vec();
    // Leave out what a short song can do without, or go round again, until the length comes near.
    for spare in [
        Solo, PostChorus, Inst, Break, Bridge, Interlude, PreChorus, Verse, Chorus, Drop, BuildUp, Intro,
    ] {
        let excess = total(&tags) - target;
        let place = tags.iter().rposition(|tag| *tag == spare).filter(|_| tags.len() > 2);
        if let Some(at) = place.filter(|_| excess > 0.6 * f64::from(free_bars(spare, bar))) {
            tags.remove(at);
        }
    }
    spare_the_short(&mut tags, target, bar);
    let more: &[Tag] = match () {
        () if drumless => &[Interlude, Verse, Solo, Break, Inst],
        () if climbs => &[Interlude, Verse, BuildUp, Drop, Break, Inst, Bridge],
        () => &[Interlude, Verse, Chorus, Inst, Bridge, Solo, Break, Verse, Chorus],
    };
    go_on(&mut tags, more, target, bar);
    tags.into_iter()
        .map(|tag| Stanza {
            tag,
            label: tag.name().to_owned(),
            lines: Vec::new(),
        })
        .collect()
}

/// Puts further sections before the last rise, each unlike its neighbours, so that a long song goes somewhere before it
/// comes home.
fn go_on(tags: &mut Vec<Tag>, more: &[Tag], target: f64, bar: f64) {
    let missing = |tags: &[Tag]| target - tags.iter().map(|tag| f64::from(free_bars(*tag, bar))).sum::<f64>();
    for tag in more.iter().copied().cycle().take(60) {
        if missing(tags) <= 0.7 * f64::from(free_bars(tag, bar)) {
            break;
        }
        let lift = tags.iter().rposition(|tag| is_lift(*tag)).unwrap_or(tags.len() - 1);
        let climbs = lift > 1 && matches!(tags[lift - 1], BuildUp | PreChorus);
        let at = if climbs { lift - 1 } else { lift };
        let beside = [at.checked_sub(1), Some(at)].into_iter().flatten();
        if beside.filter_map(|at| tags.get(at)).all(|other| *other != tag) {
            tags.insert(at, tag);
        }
    }
}

/// A wish for seconds rather than minutes gets few sections that last, not many that are over at once: down to the
/// section the song rises to and its end.
fn spare_the_short(tags: &mut Vec<Tag>, target: f64, bar: f64) {
    let shortest = |tags: &[Tag]| tags.iter().map(|tag| (free_bars(*tag, bar) / 2).max(2)).sum::<u32>();
    let lifts = |tags: &[Tag]| tags.iter().filter(|tag| is_lift(**tag)).count();
    while f64::from(shortest(tags)) > target && tags.len() > 2 {
        let order = [
            PreChorus, PostChorus, Inst, Bridge, Interlude, Solo, Break, Chorus, Drop, Intro, Verse, BuildUp,
        ];
        let may_go = |tag: &Tag| !is_lift(*tag) || lifts(tags) > 1;
        let place = order
            .iter()
            .filter(|tag| may_go(tag))
            .find_map(|spare| tags.iter().rposition(|tag| tag == spare));
        let Some(at) = place else { break };
        tags.remove(at);
    }
}

/// Sketches every section. Lyrics without tags get an intro and an outro (`frame`); with tags the form stays as
/// written, and a song that begins with words begins with a bar or two of the band alone.
pub(super) fn drafts(stanzas: Vec<Stanza>, bar: f64, frame: bool) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let plain = |tag: Tag| Draft {
        tag,
        label: tag.name().to_owned(),
        lines: Vec::new(),
        lead_in: 0,
        free: free_bars(tag, bar),
        crammed: None,
    };
    if frame {
        drafts.push(plain(Tag::Intro));
    }
    for Stanza { tag, label, lines } in stanzas {
        let free = if lines.is_empty() { free_bars(tag, bar) } else { 0 };
        drafts.push(Draft {
            tag,
            label,
            lines,
            lead_in: 0,
            free,
            crammed: None,
        });
    }
    if frame {
        drafts.push(plain(Tag::Outro));
    }
    if let Some(first) = drafts.first_mut().filter(|draft| !draft.lines.is_empty()) {
        first.lead_in = if bar > 2.6 { 2 } else { 4 };
    }
    if let Some(last) = drafts.last_mut().filter(|draft| !draft.lines.is_empty()) {
        last.free = 2;
    }
    drafts
}
