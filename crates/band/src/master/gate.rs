//! The last look at a recording before anybody hears it.

pub mod key;

use super::{CEILING_DBTP, TARGET_LUFS};
use crate::perform::Recording;
use crate::score::{Score, Tag};

/// Why a recording must not be released. Composing again from the next sub-seed is the remedy for all of them.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum Fault {
    /// Arithmetic went wrong somewhere.
    #[error("a sample at {seconds:.2} s is not a number; compose again from the next seed")]
    NotANumber {
        /// Where.
        seconds: f64,
    },
    /// Loudness is off.
    #[error("the song measures {lufs:.1} LUFS instead of {TARGET_LUFS}; compose again from the next seed")]
    Loudness {
        /// As measured.
        lufs: f32,
    },
    /// A peak would clip.
    #[error("the highest true peak is {dbtp:.2} dBTP, above {CEILING_DBTP}; compose again from the next seed")]
    Peak {
        /// As measured.
        dbtp: f32,
    },
    /// The song stops in the middle.
    #[error("nothing sounds for {seconds:.1} s from {from:.1} s on; compose again from the next seed")]
    Silence {
        /// Where it begins.
        from: f64,
        /// How long it lasts.
        seconds: f64,
    },
    /// A line was not sung, or not as a voice sings.
    #[error("the voice peaks at {peak:.4} in the line at {from:.1} s; compose again from the next seed")]
    Voice {
        /// Where the line begins.
        from: f64,
        /// The highest peak of the line as sung.
        peak: f32,
    },
    /// The wave does not swing around zero.
    #[error("the direct current is {level:.5}; compose again from the next seed")]
    DirectCurrent {
        /// Mean of the louder offender's samples.
        level: f32,
    },
}

/// How far loudness may be from its target, LU.
const LOUDNESS_SLACK: f32 = 0.5;

/// How long a song may be silent outside a break, seconds.
const LONGEST_SILENCE: f64 = 2.0;

/// What counts as silence: −60 dBFS.
const SILENCE: f32 = 1e-3;

/// Peaks of a line that a voice can have, against the song's middle line (of 25 genres all lie within −5 to +6 dB): −30 to +18 dB. Below it is silent, above it is a
/// burst that would push the rest out of hearing.
const VOICE: std::ops::Range<f32> = 0.03..8.0;

/// The most a channel's mean may be off zero.
const MOST_DIRECT_CURRENT: f64 = 1e-4;

/// Whether `recording` of `score` may be released.
///
/// # Errors
/// The first [`Fault`] found, the gravest first.
pub fn inspect(recording: &Recording, score: &Score) -> Result<(), Fault> {
    let rate = f64::from(recording.rate);
    let broken = |side: &[f32]| side.iter().position(|sample| !sample.is_finite());
    if let Some(index) = broken(&recording.left).or_else(|| broken(&recording.right)) {
        return Err(Fault::NotANumber {
            seconds: index as f64 / rate,
        });
    }
    let lufs = recording.loudness.integrated;
    if (lufs - TARGET_LUFS).abs() > LOUDNESS_SLACK {
        return Err(Fault::Loudness { lufs });
    }
    if recording.loudness.true_peak > CEILING_DBTP + 0.05 {
        return Err(Fault::Peak {
            dbtp: recording.loudness.true_peak,
        });
    }
    for side in [&recording.left, &recording.right] {
        let mean = side.iter().map(|sample| f64::from(*sample)).sum::<f64>() / side.len().max(1) as f64;
        if mean.abs() > MOST_DIRECT_CURRENT {
            return Err(Fault::DirectCurrent { level: mean as f32 });
        }
    }
    every_line_is_sung(recording, score)?;
    no_long_silence(recording, score)
}

/// Where somebody sings at all, every line has a voice of its song's usual strength.
fn every_line_is_sung(recording: &Recording, score: &Score) -> Result<(), Fault> {
    let mut peaks = recording.sung.clone();
    peaks.sort_unstable_by(f32::total_cmp);
    let Some(usual) = peaks.get(peaks.len() / 2) else {
        return Ok(());
    };
    for (line, &peak) in score.vocals.iter().zip(&recording.sung) {
        if *usual < SILENCE || !VOICE.contains(&(peak / usual)) {
            let from = line.span().map_or(0.0, |(start, _)| score.seconds(start));
            return Err(Fault::Voice { from, peak });
        }
    }
    Ok(())
}

/// Up to the last bar line, outside breaks.
fn no_long_silence(recording: &Recording, score: &Score) -> Result<(), Fault> {
    let rate = f64::from(recording.rate);
    let hop = (recording.rate / 20).max(1) as usize;
    let end = score.seconds(score.end());
    let may_rest = |seconds: f64| {
        seconds >= end
            || score
                .sections
                .iter()
                .filter(|section| section.tag == Tag::Break)
                .any(|section| {
                    let stop = section.start + section.bars * score.meter.bar_ticks();
                    (score.seconds(section.start)..score.seconds(stop)).contains(&seconds)
                })
    };
    let mut since: Option<f64> = None;
    for (index, (left, right)) in recording.left.chunks(hop).zip(recording.right.chunks(hop)).enumerate() {
        let now = (index * hop) as f64 / rate;
        let power: f32 = left
            .iter()
            .zip(right)
            .map(|(left, right)| 0.25 * (left + right) * (left + right))
            .sum();
        let quiet = (power / left.len().max(1) as f32).sqrt() < SILENCE && !may_rest(now);
        since = if quiet { since.or(Some(now)) } else { None };
        if let Some(from) = since.filter(|from| now - from > LONGEST_SILENCE) {
            return Err(Fault::Silence {
                from,
                seconds: now - from,
            });
        }
    }
    Ok(())
}
