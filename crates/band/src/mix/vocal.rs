//! Voices against the band: the lead is heard in front of whatever is played, and everybody who sings with it stays at
//! their distance.

use super::dynamics::{Ride, spans};
use super::loudness::{Energies, Meter, STEP, measure};
use super::reverb;
use super::singing::Singing;
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::gain;
use crate::perform::Threads;
use crate::perform::part::Part;
use crate::score::{BackingRole, Score, Voice};

/// A section's voice strays at most this far from the song's, decibels down and up: a band that falls silent leaves the
/// singer alone, not inaudible.
const REACH: (f32, f32) = (4.0, 6.0);

/// Steps with at least this share of the loudest one's energy are sung.
const SUNG: f64 = 0.05;

/// Sung for less than this many tenths of a second, a section says nothing about its level.
const FEWEST: usize = 5;

/// How much nearer room and echoes come to a band that steps back under a voice than they are to the whole song, LU:
/// they still answer what was louder, and the voices besides.
const NEARER: f32 = 4.0;

/// How far a voice's room steps back under words, decibels.
const UNDER_WORDS: f32 = 12.0;

/// Loudness of a lead without a band, LUFS.
const ALONE: f32 = -20.0;

/// The gain that keeps the lead at `score.mix.voice` LU against the band, section by section.
pub(crate) fn balance(score: &Score, lead: &Energies, band: &Energies) -> Ride {
    let floor = lead.steps().iter().fold(0.0_f64, |most, step| most.max(*step)) * SUNG;
    let sung = |range: std::ops::Range<usize>| -> (Vec<f64>, Vec<f64>) {
        let steps = range.filter(|step| lead.steps().get(*step).is_some_and(|energy| *energy > floor));
        steps
            .filter_map(|step| Some((*lead.steps().get(step)?, *band.steps().get(step)?)))
            .unzip()
    };
    let wanted = score.mix.voice + added_by_room(score);
    let missing = |(lead, band): (Vec<f64>, Vec<f64>)| {
        let (lead, band) = (Energies::of(lead).mean()?, Energies::of(band).mean()?);
        Some(band + wanted - lead)
    };
    // In the last bar the band dies away: how loud a held last note is there says nothing of the words before it.
    let last_bar = score.seconds(score.end().saturating_sub(score.meter.bar_ticks()));
    let last_bar = (last_bar * f64::from(RATE)) as usize / STEP;
    let overall = missing(sung(0..last_bar));
    let overall = overall.unwrap_or_else(|| ALONE - lead.integrated().unwrap_or(ALONE));
    let of_section = |(start, end): (usize, usize)| {
        let steps = sung(start / STEP..(end / STEP).min(last_bar));
        if steps.0.len() < FEWEST {
            return overall;
        }
        let wanted = missing(steps).unwrap_or(overall);
        overall + (wanted - overall).clamp(-REACH.0, REACH.1)
    };
    let moves: Vec<f32> = spans(score).into_iter().map(of_section).collect();
    Ride::steps(score, &moves)
}

/// What room and echo add to the band after its level was measured, LU.
fn added_by_room(score: &Score) -> f32 {
    let share = gain(score.mix.reverb_level + NEARER);
    10.0 * libm::log10f(1.0 + share * share)
}

/// Decibels of a backing voice against the lead.
pub(crate) fn distance(role: BackingRole) -> f32 {
    match role {
        BackingRole::Partner => -2.0,
        BackingRole::Answer => -5.0,
        BackingRole::Choir => -7.0,
        BackingRole::Harmony => -9.0,
        BackingRole::Double => -11.0,
        BackingRole::Pad => -14.0,
    }
}

/// Gated loudness of one channel played in the middle; `None` in silence.
pub(crate) fn loudness_of(mono: &[f32], threads: Threads) -> Option<f32> {
    measure(mono, mono, threads).integrated()
}

/// Adds a room of its own to a voice: a short plate without lows and highs, so that words stay clear in any room the band
/// plays in. It steps back while words are sung and answers at the ends of lines; even a soft one under them costs a word
/// in ten. `behind` says that the voice is not the lead.
pub(crate) fn add_plate(part: &mut Part, score: &Score, singing: &Singing, behind: bool, threads: Threads) {
    let (mut left, mut right) = (part.left.clone(), part.right.clone());
    let mut band = Cascade::new([Biquad::high_pass(250.0, 0.7), Biquad::low_pass(6500.0, 0.7)]);
    let mut meter = Meter::new(RATE);
    for stretch in &part.active {
        let (left, right) = (&mut left[stretch.clone()], &mut right[stretch.clone()]);
        for (left, right) in left.chunks_mut(1024).zip(right.chunks_mut(1024)) {
            meter.add(left, right);
            band.run(left, right);
        }
    }
    let seconds = (score.mix.reverb_seconds * 0.55).clamp(0.5, 1.3);
    reverb::answer(&mut left, &mut right, seconds, threads);
    let (dry, wet) = (
        meter.finish().integrated(),
        measure(&left, &right, threads).integrated(),
    );
    let (Some(dry), Some(wet)) = (dry, wet) else { return };
    let level = gain((dry + wetness(score, behind) - wet).clamp(-30.0, 12.0));
    let everywhere = 0..left.len();
    let mut room = Part::new(left, right, std::slice::from_ref(&everywhere));
    singing.make_room(&mut room, UNDER_WORDS);
    for (side, room) in [(&mut part.left, room.left), (&mut part.right, room.right)] {
        side.iter_mut()
            .zip(room)
            .for_each(|(sample, wet)| *sample += wet * level);
    }
    part.active = Vec::from([everywhere]);
}

/// Loudness of the plate against the voice, LU: after the genre's room, and less for women and children, whose
/// consonants it hides sooner.
fn wetness(score: &Score, behind: bool) -> f32 {
    let high = score.singers.first().is_some_and(|singer| singer.voice != Voice::Male);
    let level = score.mix.reverb_level - 6.0 - if high { 2.0 } else { 0.0 };
    if behind {
        (level + 5.0).min(-10.0)
    } else {
        level.clamp(-24.0, -15.0)
    }
}
