//! The last stage: tone, glue, loudness, peaks, a clean ending.

pub mod gate;
pub(crate) mod limiter;
pub(crate) mod tape;
pub(crate) mod tone;
pub(crate) mod true_peak;

use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::{math, samples};
use crate::mix::Mixed;
use crate::mix::compressor::Compressor;
use crate::mix::loudness::{Energies, measure};
use crate::perform::{Threads, spans};
use crate::score::MixPlan;
use limiter::{Curve, Limiter, Powers};

/// Loudness every song is delivered at, LUFS.
pub const TARGET_LUFS: f32 = -14.0;

/// No peak between samples is higher, dBTP. Lossy coding adds up to 0.3 dB, and −1 dBTP must hold after it.
pub const CEILING_DBTP: f32 = -1.5;

/// What a recording measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loudness {
    /// Gated loudness of the whole song, LUFS.
    pub integrated: f32,
    /// Highest peak between samples, dBTP.
    pub true_peak: f32,
    /// Spread of the three-second loudness, LU.
    pub range: f32,
}

/// A mastered song.
pub(crate) struct Mastered {
    pub(crate) left: Vec<f32>,
    pub(crate) right: Vec<f32>,
    pub(crate) loudness: Loudness,
    /// Samples left of the mix.
    pub(crate) length: usize,
}

/// Masters `mixed`, whose last bar ends at sample `end`.
pub(crate) fn finish(mixed: Mixed, plan: &MixPlan, end: usize, threads: Threads) -> Mastered {
    let Mixed {
        mut left, mut right, ..
    } = mixed;
    tone::correct(&mut left, &mut right, plan, threads);
    tape::play(&mut left, &mut right, plan, threads);
    glue(&mut left, &mut right, threads);
    let length = close(&mut left, &mut right, end);
    let loudness = level(&mut left, &mut right, threads);
    Mastered {
        left,
        right,
        loudness,
        length,
    }
}

/// A little compression across the whole song, against its own loudness, and no rumble.
fn glue(left: &mut [f32], right: &mut [f32], threads: Threads) {
    let loudness = measure(left, right, threads).integrated().unwrap_or(-30.0);
    spans::over(threads, left, right, |mut span| {
        let mut compressor = Compressor::new(loudness + 5.0, 1.5, 0.030, 0.25);
        // After the compressor, whose moving gain makes direct current out of lopsided waves.
        let mut floor = Cascade::new([Biquad::high_pass(24.0, 0.7)]);
        let [before_left, before_right] = &mut span.before;
        for (left, right) in [
            (before_left.as_mut_slice(), before_right.as_mut_slice()),
            (span.left, span.right),
        ] {
            for (left, right) in left.chunks_mut(1024).zip(right.chunks_mut(1024)) {
                compressor.run(left, right);
                floor.run(left, right);
            }
        }
    });
}

/// Cuts where the tail has died away and fades what is left of it. Returns the new length.
fn close(left: &mut Vec<f32>, right: &mut Vec<f32>, end: usize) -> usize {
    let inaudible = math::peak(left).max(math::peak(right)) * math::gain(-66.0);
    let last = left
        .iter()
        .zip(right.iter())
        .rposition(|(left, right)| left.abs().max(right.abs()) > inaudible);
    let length = last.map_or(end, |last| (last + samples(0.15)).max(end)).min(left.len());
    left.truncate(length);
    right.truncate(length);
    let fade = samples(1.2)
        .min(length.saturating_sub(end).max(samples(0.25)))
        .min(length);
    for side in [left, right] {
        for (index, sample) in side[length - fade..].iter_mut().enumerate() {
            let share = 1.0 - (index + 1) as f32 / fade as f32;
            *sample *= share * share * (3.0 - 2.0 * share);
        }
    }
    length
}

/// Brings the song to [`TARGET_LUFS`] under [`CEILING_DBTP`] and measures it.
fn level(left: &mut [f32], right: &mut [f32], threads: Threads) -> Loudness {
    let energies = measure(left, right, threads);
    let Some(before) = energies.integrated() else {
        return Loudness {
            integrated: -200.0,
            true_peak: -200.0,
            range: 0.0,
        };
    };
    let (curve, gain) = held_under_the_ceiling(left, right, &energies, before, threads);
    let means = limit(left, right, &curve, gain, threads);
    centre(left, right, means, threads);
    let after = measure(left, right, threads);
    let peak = true_peak::highest(left, right, threads);
    let over = math::decibels(peak) - CEILING_DBTP;
    let trim = if over > 0.0 { math::gain(-over) } else { 1.0 };
    if over > 0.0 {
        left.iter_mut()
            .chain(right.iter_mut())
            .for_each(|sample| *sample *= trim);
    }
    Loudness {
        integrated: after.integrated().unwrap_or(-200.0) - over.max(0.0),
        true_peak: math::decibels(peak * trim),
        range: after.short_term_range(),
    }
}

/// The limiter's curve and the gain before it that together bring a song of loudness `before` to the target.
///
/// What the limiter takes away is given back before any sample is touched: the loudness of the limited song is predicted
/// from the energies and the limiter's own gain.
fn held_under_the_ceiling(
    left: &[f32],
    right: &[f32],
    energies: &Energies,
    before: f32,
    threads: Threads,
) -> (Curve, f32) {
    let ceiling = CEILING_DBTP - 0.1;
    let powers = Powers::of(left, right, threads);
    let mut gain = math::gain(TARGET_LUFS - before);
    let mut limiter = Limiter::new(ceiling, left, right, gain, threads);
    for _ in 0..6 {
        let passing = limiter.passing(&powers, gain);
        let limited = energies.scaled(|step| f64::from(gain * gain) * passing.get(step).copied().unwrap_or(1.0));
        let missing = TARGET_LUFS - limited.integrated().unwrap_or(TARGET_LUFS);
        if missing.abs() < 0.05 {
            break;
        }
        // Of each decibel given, the limiter takes some again.
        gain *= math::gain(missing * 1.3);
        if !limiter.serves(gain) {
            limiter = Limiter::new(ceiling, left, right, gain, threads);
        }
    }
    (limiter.curve(gain), gain)
}

/// Applies the gains and returns the mean of either channel.
fn limit(left: &mut [f32], right: &mut [f32], curve: &Curve, gain: f32, threads: Threads) -> [f32; 2] {
    let length = left.len().max(1) as f64;
    let sums = spans::over(threads, left, right, |span| {
        let gains = curve.within(span.start..span.start + span.left.len());
        [span.left, span.right].map(|side| {
            let mut sum = 0.0_f64;
            for (side, gains) in side.chunks_mut(256).zip(gains.chunks(256)) {
                for (sample, limit) in side.iter_mut().zip(gains) {
                    *sample *= limit * gain;
                }
                sum += f64::from(side.iter().sum::<f32>());
            }
            sum
        })
    });
    [0, 1].map(|channel| (sums.iter().map(|sums| sums[channel]).sum::<f64>() / length) as f32)
}

/// Takes out the means, what direct current the limiter made, from and to nothing at the ends.
fn centre(left: &mut [f32], right: &mut [f32], means: [f32; 2], threads: Threads) {
    let length = left.len();
    let ramp = samples(0.05).clamp(1, length.max(1));
    spans::over(threads, left, right, |span| {
        for (side, mean) in [span.left, span.right].into_iter().zip(means) {
            for (index, sample) in (span.start..).zip(side) {
                let share = (index.min(length - 1 - index) as f32 / ramp as f32).min(1.0);
                *sample -= mean * share;
            }
        }
    });
}
