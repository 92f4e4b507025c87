//! How loud each frame is: vowels evened out, consonants lifted, swells, attacks and releases.

use std::f64::consts::PI;
use std::sync::LazyLock;

use super::syllables::Sung;
use super::timing::Sounding;
use crate::model::{FRAME_SECONDS, ORDER, Sound};
use crate::phone::Phone;
use crate::singer::Manner;

/// The level of an ordinary vowel of the embedded voice, natural logarithm of the rms spectral amplitude below 5 kHz.
const ORDINARY: f32 = 8.3;

/// How far each vowel is moved to the ordinary level.
const EVENNESS: f32 = 0.75;

/// Unstressed vowels are softer by this, nepers.
const UNSTRESSED: f32 = 0.12;

/// Consonants that are not sung on are louder by this, nepers (1.5 dB).
const CONSONANTS: f32 = 0.173;

/// A note longer than this swells in its middle, seconds and nepers.
const SWELL: (f64, f32) = (0.6, 0.12);

/// The last note of a phrase begins to die away so long before its written end, seconds.
const RELEASE: f64 = 0.05;

/// Nepers lost after 0.3 s of release.
const RELEASE_DEPTH: f64 = 2.2;

/// A velocity of so much changes nothing.
const ORDINARY_VELOCITY: f32 = 0.7;

/// Bins of the coarse spectrum that levels are measured on: 0.1 to 5 kHz.
const BINS: usize = 50;

/// Nepers to add to each of `spectra`, whose first is at `start` seconds.
pub(crate) fn gains(
    sung: &[Sung],
    plan: &[Sounding],
    spectra: &[Option<[f32; ORDER]>],
    start: f64,
    manner: &Manner,
) -> Vec<f32> {
    let frame = |seconds: f64| (((seconds - start) / FRAME_SECONDS).max(0.0) as usize).min(spectra.len());
    let mut points: Vec<(usize, f32)> = Vec::new();
    for sounding in plan.iter().filter(|sounding| sounding.nucleus) {
        let (from, to) = (frame(sounding.from), frame(sounding.to));
        let syllable = &sung[sounding.syllable];
        let middle = from + (to - from) * 3 / 10..(from + (to - from) * 7 / 10).max(from + 1);
        let spectra = spectra.get(middle).unwrap_or_default();
        let levels: Vec<f32> = spectra.iter().flatten().map(level).collect();
        if levels.is_empty() {
            continue;
        }
        let level = levels.iter().sum::<f32>() / levels.len() as f32;
        let softer = UNSTRESSED * (1.0 - syllable.stress.min(0.5) * 2.0);
        let gain = EVENNESS * (ORDINARY - softer - level);
        points.extend([(from, gain), (to, gain)]);
    }
    let mut gains = between(&points, spectra.len());
    for sounding in plan {
        if !is_sung_on(sounding.sound) {
            let frames = frame(sounding.from)..frame(sounding.to);
            gains[frames]
                .iter_mut()
                .for_each(|gain| *gain += CONSONANTS + manner.consonants);
        }
    }
    for (frame, gain) in gains.iter_mut().enumerate() {
        *gain += at(sung, start + frame as f64 * FRAME_SECONDS, manner);
    }
    gains
}

/// Velocity, swell, attack and release at `now`.
fn at(sung: &[Sung], now: f64, manner: &Manner) -> f32 {
    // The syllable under way, or the nearest before its consonants end.
    let Some(syllable) = sung
        .iter()
        .rev()
        .find(|sung| sung.start() - 0.06 <= now)
        .or(sung.first())
    else {
        return 0.0;
    };
    let tone = syllable
        .notes
        .iter()
        .rev()
        .find(|tone| tone.start <= now)
        .or(syllable.notes.first());
    let mut gain = 0.0;
    if let Some(tone) = tone {
        gain += 0.6 * libm::logf((tone.velocity / ORDINARY_VELOCITY).clamp(0.3, 2.0));
        let length = tone.end - tone.start;
        if length > SWELL.0 {
            let place = ((now - tone.start) / length).clamp(0.0, 1.0);
            gain += SWELL.1 * libm::sin(PI * place) as f32;
        }
    }
    if syllable.last {
        let since = (now - syllable.end() + RELEASE).max(0.0);
        gain -= (RELEASE_DEPTH * libm::pow(since / 0.3, 1.5)).min(7.0) as f32;
    }
    if syllable.first && syllable.onset.is_empty() {
        let opened = (now - syllable.start() + 0.02) / f64::from(manner.attack);
        gain -= 2.0 * (1.0 - opened).clamp(0.0, 1.0) as f32;
    }
    gain
}

/// Straight lines between the points, flat beyond them.
fn between(points: &[(usize, f32)], length: usize) -> Vec<f32> {
    let mut values = vec![points.first().map_or(0.0, |point| point.1); length];
    for pair in points.windows(2) {
        let ((from, low), (to, high)) = (pair[0], pair[1]);
        let values = values.iter_mut().enumerate().take(to).skip(from);
        values.for_each(|(at, value)| *value = low + (high - low) * (at - from) as f32 / (to - from) as f32);
    }
    if let Some(&(from, last)) = points.last() {
        values[from.min(length)..].fill(last);
    }
    values
}

/// Vowels and the consonants a note can be held on.
pub(crate) fn is_sung_on(sound: Sound) -> bool {
    use Phone::*;
    match sound {
        Sound::Pause => false,
        Sound::Phone(phone) => phone.is_vowel() || matches!(phone, W | Y | R | L | M | N | NG),
    }
}

/// Level of a frame, natural logarithm of the rms amplitude from 0.1 to 5 kHz.
pub(crate) fn level(cepstrum: &[f32; ORDER]) -> f32 {
    static BASIS: LazyLock<Vec<[f32; ORDER]>> = LazyLock::new(|| {
        (0..BINS)
            .map(|bin| {
                let warped = warped(100.0 * (bin + 1) as f64);
                std::array::from_fn(|order| libm::cos(order as f64 * warped) as f32)
            })
            .collect()
    });
    let power = |basis: &[f32; ORDER]| {
        let log = basis
            .iter()
            .zip(cepstrum)
            .map(|(basis, value)| basis * value)
            .sum::<f32>();
        libm::expf(2.0 * log.clamp(-30.0, 30.0))
    };
    let mean = BASIS.iter().map(power).sum::<f32>() / BINS as f32;
    0.5 * libm::logf(mean)
}

/// Where a frequency lies on the warped axis of the mel-cepstrum, radians (first-order all-pass, 0.45, at 32 kHz).
fn warped(hertz: f64) -> f64 {
    const ALPHA: f64 = 0.45;
    let angle = std::f64::consts::TAU * hertz / 32_000.0;
    angle + 2.0 * libm::atan2(ALPHA * libm::sin(angle), 1.0 - ALPHA * libm::cos(angle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_coefficient_is_the_level() {
        let mut cepstrum = [0.0; ORDER];
        cepstrum[0] = 3.0;
        assert!((level(&cepstrum) - 3.0).abs() < 1e-4);
    }

    #[test]
    fn gains_are_lines_between_points_and_flat_beyond() {
        assert_eq!(between(&[(1, 1.0), (3, 3.0)], 5), [1.0, 1.0, 2.0, 3.0, 3.0]);
        assert_eq!(between(&[], 2), [0.0, 0.0]);
    }
}
