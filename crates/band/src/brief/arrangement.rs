//! What the wishes for drums, percussion and bass do to the genre that is played.

use super::instruments::Wishes;
use super::style::Style;
use crate::genre::{Genre, library};
use crate::instruments::{Nature, profile};

/// A named instrument plays from this energy on, so that it is heard in every section but a break.
const NAMED_FROM: f32 = 0.7;

/// Grooves for genres that have none.
const SPARE_GROOVES: &str = "ballad";

/// Bends the style's drums and bass to the wishes.
pub(super) fn arrange(style: &mut Style, wishes: &Wishes) {
    let rhythm = &mut style.rhythm;
    if wishes.drums.is_some() && !wishes.no_drums {
        rhythm.drums_from = rhythm.drums_from.min(NAMED_FROM);
        if rhythm.grooves.is_empty() {
            let spare = library().named(SPARE_GROOVES).map(|genre| genre.grooves.clone());
            rhythm.grooves = spare.unwrap_or_default();
        }
    }
    let bass = wishes
        .wanted
        .iter()
        .map(|wish| wish.instrument)
        .find(|instrument| profile(*instrument).nature == Nature::Bass);
    if bass.is_some() {
        want_bass(rhythm);
    }
    for line in &mut rhythm.lines {
        line.instrument = style.replaced.get(&line.instrument).copied().unwrap_or(line.instrument);
    }
    let named = |instrument| wishes.wanted.iter().any(|wish| wish.instrument == instrument);
    let only = wishes.only.is_some();
    let (lacks, alone, plays) = (&style.lacks, style.alone, &style.plays);
    rhythm.lines.retain(|line| {
        !lacks.contains(&line.instrument)
            && (!only || named(line.instrument))
            && (!alone || plays.contains(&line.instrument))
    });
}

fn want_bass(rhythm: &mut Genre) {
    let bass = &mut rhythm.bass;
    bass.from = bass.from.min(NAMED_FROM);
    if bass.high.is_silent() {
        bass.high = "R--- ---- R--- ----".into();
    }
    if bass.middle.is_silent() {
        bass.middle.clone_from(&bass.high);
    }
    if bass.low.is_silent() {
        bass.low.clone_from(&bass.middle);
    }
}
