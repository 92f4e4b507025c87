//! Voices from takes to the desk: the lead by itself, everybody else together behind it.

use super::part::Part;
use super::singing::{self, Count};
use super::{Cut, DRY, Performance, Stage, Stem, Watch, player};
use crate::dsp::RATE;
use crate::dsp::math::{decibels, gain, peak};
use crate::mix::dynamics::Ride;
use crate::mix::singing::Singing;
use crate::mix::throws::Throws;
use crate::mix::{Desk, Strip, Surroundings, loudness, strip, vocal};
use crate::score::{Score, VocalLine};

/// Loudness of the lead before its level is found, LUFS.
const LEAD: f32 = -20.0;

/// The highest peak of a voice as it was sung, kept apart, decibels.
const DRY_PEAK: f32 = -3.0;

/// What is known of the voices before the mix.
#[derive(Default)]
pub(super) struct Voices {
    /// The takes by themselves, where stems are kept.
    pub(super) dry: Vec<Stem>,
    /// The highest peak of the lead in each line of the score.
    pub(super) sung: Vec<f32>,
}

/// Sings everything and puts it on the desk.
pub(super) fn sing(
    score: &Score,
    options: &Performance,
    surroundings: &Surroundings,
    desk: &mut Desk,
    watch: &dyn Watch,
) -> Result<Voices, Cut> {
    watch.progress(Stage::Singing, 0.0);
    let leads = singing::Part::leads(score);
    let backing: Vec<singing::Part> = score
        .backing
        .iter()
        .map(|voice| singing::Part::backing(score, voice))
        .collect();
    let mut count = Count {
        watch,
        done: 0,
        all: leads.iter().chain(&backing).map(singing::Part::line_count).sum(),
    };
    let mut sung = vec![0.0; surroundings.length];
    singing::render(&leads, &mut sung, options, &mut count)?;
    let mut voices = Voices {
        dry: Vec::new(),
        sung: score.vocals.iter().map(|line| peak_of(score, line, &sung)).collect(),
    };
    let Some(lead_loudness) = vocal::loudness_of(&sung, options.threads) else {
        return Ok(voices);
    };
    if options.stems {
        voices.dry.push(as_sung("lead-vocal", &sung, &sung));
    }
    let strip = Strip::for_lead(LEAD, Throws::of_lead(score));
    let mut part = strip.process(player::voice(sung), surroundings);
    let energies = loudness::measure(&part.left, &part.right, options.threads);
    let level = vocal::balance(score, &energies, &desk.loudness(options.threads));
    finish(&mut part, &level, score, &surroundings.singing, false, options);
    desk.add(&strip, part);
    if backing.is_empty() {
        return Ok(voices);
    }

    let [mut left, mut right] = [vec![0.0; surroundings.length], vec![0.0; surroundings.length]];
    let mut one = vec![0.0; surroundings.length];
    for (voice, part) in score.backing.iter().zip(&backing) {
        one.fill(0.0);
        singing::render(std::slice::from_ref(part), &mut one, options, &mut count)?;
        let Some(own) = vocal::loudness_of(&one, options.threads) else {
            continue;
        };
        let level = gain(lead_loudness + vocal::distance(voice.role) - own);
        let [left_gain, right_gain] = strip::pan(voice.pan).map(|side| side * level);
        for (sample, (left, right)) in one.iter().zip(left.iter_mut().zip(&mut right)) {
            *left += sample * left_gain;
            *right += sample * right_gain;
        }
    }
    drop(one);
    let together = loudness::measure(&left, &right, options.threads).integrated();
    let Some(together) = together else { return Ok(voices) };
    if options.stems {
        voices.dry.push(as_sung("backing-vocals", &left, &right));
    }
    let strip = Strip::for_backing(LEAD + together - lead_loudness);
    let mut part = strip.process(player::voices(left, right), surroundings);
    finish(&mut part, &level, score, &surroundings.singing, true, options);
    desk.add(&strip, part);
    Ok(voices)
}

/// The highest peak of `sung` while `line` lasts.
fn peak_of(score: &Score, line: &VocalLine, sung: &[f32]) -> f32 {
    let Some((from, to)) = line.span() else { return 0.0 };
    let [from, to] = [from, to].map(|tick| ((score.seconds(tick) * f64::from(RATE)) as usize).min(sung.len()));
    // A comparison would pass over what is not a number.
    let level = |sample: &f32| {
        if sample.is_finite() {
            sample.abs()
        } else {
            f32::INFINITY
        }
    };
    sung[from..to].iter().map(level).fold(0.0, f32::max)
}

/// Level and room.
fn finish(part: &mut Part, level: &Ride, score: &Score, singing: &Singing, behind: bool, options: &Performance) {
    level.apply(&mut part.left);
    level.apply(&mut part.right);
    vocal::add_plate(part, score, singing, behind, options.threads);
}

/// A voice before the mix, at a level that never clips.
fn as_sung(name: &str, left: &[f32], right: &[f32]) -> Stem {
    let level = gain(DRY_PEAK - decibels(peak(left).max(peak(right))));
    let side = |side: &[f32]| side.iter().map(|sample| sample * level).collect();
    Stem {
        name: format!("{name}{DRY}"),
        left: side(left),
        right: side(right),
    }
}
