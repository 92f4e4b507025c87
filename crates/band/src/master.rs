//! The last stage: tone, glue, loudness, peaks, a clean ending.

pub mod gate;
pub(crate) mod limiter;
pub(crate) mod tone;
pub(crate) mod true_peak;

use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::{math, samples};
use crate::mix::Mixed;
use crate::mix::compressor::Compressor;
use crate::mix::loudness::{Energies, measure};
use crate::score::MixPlan;
use limiter::Limiter;

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
pub(crate) fn finish(mixed: Mixed, plan: &MixPlan, end: usize) -> Mastered {
    let Mixed {
        mut left, mut right, ..
    } = mixed;
    tone::correct(&mut left, &mut right, plan);
    glue(&mut left, &mut right);
    let length = close(&mut left, &mut right, end);
    let loudness = level(&mut left, &mut right, crate::dsp::RATE);
    Mastered {
        left,
        right,
        loudness,
        length,
    }
}

/// A little compression across the whole song, against its own loudness, and no rumble.
fn glue(left: &mut [f32], right: &mut [f32]) {
    let loudness = measure(left, right).integrated().unwrap_or(-30.0);
    let mut compressor = Compressor::new(loudness + 5.0, 1.5, 0.030, 0.25);
    // After the compressor, whose moving gain makes direct current out of lopsided waves.
    let mut floor = Cascade::new([Biquad::high_pass(24.0, 0.7)]);
    for (left, right) in left.chunks_mut(1024).zip(right.chunks_mut(1024)) {
        compressor.run(left, right);
        floor.run(left, right);
    }
}

/// Cuts where the tail has died away and fades what is left of it. Returns the new length.
fn close(left: &mut Vec<f32>, right: &mut Vec<f32>, end: usize) -> usize {
    let peak = left
        .iter()
        .chain(right.iter())
        .fold(0.0_f32, |most, sample| most.max(sample.abs()));
    let inaudible = peak * math::gain(-66.0);
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

/// Brings sound at `rate` to [`TARGET_LUFS`] under [`CEILING_DBTP`] and measures it.
pub(crate) fn level(left: &mut [f32], right: &mut [f32], rate: f32) -> Loudness {
    let energies = measured(left, right, rate);
    let Some(before) = energies.integrated() else {
        return Loudness {
            integrated: -200.0,
            true_peak: -200.0,
            range: 0.0,
        };
    };
    let mut gain = math::gain(TARGET_LUFS - before);
    let mut limiter = Limiter::new(CEILING_DBTP - 0.1, rate);
    // What the limiter takes away is given back before any sample is touched: the loudness of the limited song is
    // predicted from the energies and the limiter's own gain.
    let mut curve = limiter.curve(left, right, gain);
    for _ in 0..6 {
        let passing = curve.passing(left, right, rate);
        let limited = energies.scaled(|step| f64::from(gain * gain) * passing.get(step).copied().unwrap_or(1.0));
        let missing = TARGET_LUFS - limited.integrated().unwrap_or(TARGET_LUFS);
        if missing.abs() < 0.05 {
            break;
        }
        // Of each decibel given, the limiter takes some again.
        gain *= math::gain(missing * 1.3);
        curve = limiter.curve(left, right, gain);
    }
    curve.apply(left, right, gain);
    centre(left, rate);
    centre(right, rate);
    let after = measured(left, right, rate);
    let peak = true_peak::highest(left, right);
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

/// Takes out what direct current the limiter made, from and to nothing at the ends.
fn centre(side: &mut [f32], rate: f32) {
    let length = side.len();
    let ramp = ((rate * 0.05) as usize).clamp(1, length.max(1));
    let mean = side.iter().map(|sample| f64::from(*sample)).sum::<f64>() / length.max(1) as f64;
    for (index, sample) in side.iter_mut().enumerate() {
        let share = (index.min(length - 1 - index) as f32 / ramp as f32).min(1.0);
        *sample -= mean as f32 * share;
    }
}

fn measured(left: &[f32], right: &[f32], rate: f32) -> Energies {
    let mut meter = crate::mix::loudness::Meter::new(rate);
    meter.add(left, right);
    meter.finish()
}
