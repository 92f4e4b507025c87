//! In which key a listener would hear a recording.
//!
//! Spectral peaks are gathered into twelve pitch classes (after Gómez, "Tonal description of polyphonic audio", 2006,
//! with each peak also counted, weaker, for the fundamentals it may be a partial of), and the result is compared with
//! the distributions that Albrecht and Shanahan counted in major and minor music ("The use of large corpora to train a
//! new type of key-finding algorithm", Music Perception 31, 2013).

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::fft::Spectrum;
use crate::perform::Recording;
use crate::score::Key;

/// How much every pitch class, counted from the tonic, belongs to major music.
const MAJOR: Classes = [
    0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081,
];

/// The same for minor music.
const MINOR: Classes = [
    0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052,
];

/// One sample in so many is looked at; what matters lies below 2 kHz.
const EVERY: usize = 4;

/// Bits of the block length: 4096 samples of the thinned sound, 0.37 s, 2.7 Hz a bin.
const BITS: u32 = 12;

/// Hertz within which peaks are pitches.
const PITCHED: std::ops::Range<f32> = 65.0..2000.0;

/// Peaks of a block this far below its highest are left out, as power.
const FLOOR: f64 = 1e-6;

/// How much a peak counts for the tones whose first, second, third and fourth partial it may be.
const PARTIALS: [f64; 4] = [1.0, 0.6, 0.36, 0.22];

/// MIDI note below which nothing is looked for: low E of a bass guitar.
const LOWEST: f64 = 28.0;

/// Strength of each pitch class.
type Classes = [f64; 12];

/// How much better `recording` fits `key` than the best other key, as a difference of correlations, −2 to 2.
///
/// Positive when the key is heard. Modes count as the major or minor key on their tonic. `None` where nothing has pitch.
pub fn fit(recording: &Recording, key: Key) -> Option<f64> {
    let heard = pitch_classes(&recording.left, &recording.right)?;
    let asked = (usize::from(key.tonic % 12), key.is_minor());
    let fits = |(tonic, minor)| correlation(&heard, if minor { &MINOR } else { &MAJOR }, tonic);
    let best_other = (0..12)
        .flat_map(|tonic| [(tonic, false), (tonic, true)])
        .filter(|other| *other != asked)
        .map(fits)
        .fold(f64::MIN, f64::max);
    Some(fits(asked) - best_other)
}

/// How strongly each pitch class sounds over the whole recording, every block counting alike.
fn pitch_classes(left: &[f32], right: &[f32]) -> Option<Classes> {
    let spectrum = Spectrum::new(BITS);
    let mut power = vec![0.0_f64; spectrum.length() / 2];
    let mut sum = [0.0; 12];
    for block in thinned(left, right).chunks_exact(spectrum.length()) {
        power.fill(0.0);
        spectrum.accumulate(block, &mut power);
        let classes = block_classes(&power);
        let most = classes.iter().copied().fold(0.0, f64::max);
        if most > 0.0 {
            for (sum, class) in sum.iter_mut().zip(classes) {
                *sum += class / most;
            }
        }
    }
    sum.iter().any(|class| *class > 0.0).then_some(sum)
}

/// The mono sum at a quarter of the rate.
fn thinned(left: &[f32], right: &[f32]) -> Vec<f32> {
    let mut low = Cascade::new([Biquad::low_pass(2600.0, 0.54), Biquad::low_pass(2600.0, 1.31)]);
    let frames = left.iter().zip(right).map(|(left, right)| {
        let [left, right] = low.next([*left, *right]);
        left + right
    });
    frames.step_by(EVERY).collect()
}

/// The pitch classes of one spectrum's peaks.
fn block_classes(power: &[f64]) -> Classes {
    let bin = RATE / EVERY as f32 / (power.len() * 2) as f32;
    let bins = (PITCHED.start / bin) as usize..((PITCHED.end / bin) as usize).min(power.len() - 1);
    let highest = bins.clone().map(|index| power[index]).fold(0.0, f64::max);
    let mut classes = [0.0; 12];
    for index in bins {
        let [before, here, after] = [power[index - 1], power[index], power[index + 1]];
        if here <= before || here < after || here < highest * FLOOR || here <= 0.0 {
            continue;
        }
        let hertz = (index as f64 + summit(before, here, after)) * f64::from(bin);
        let pitch = 69.0 + 12.0 * libm::log2(hertz / 440.0);
        let off = pitch - libm::round(pitch);
        let in_tune = libm::cos(std::f64::consts::PI * off);
        let weight = libm::sqrt(here) * in_tune * in_tune;
        for (partial, share) in (1_u8..).zip(PARTIALS) {
            let fundamental = libm::round(pitch - 12.0 * libm::log2(f64::from(partial)));
            if fundamental > LOWEST {
                classes[fundamental as usize % 12] += weight * share;
            }
        }
    }
    classes
}

/// Where between the neighbours of a bin its peak really is, −0.5 to 0.5: the top of a parabola through the levels.
fn summit(before: f64, here: f64, after: f64) -> f64 {
    let [before, here, after] = [before, here, after].map(|power| libm::log(power + 1e-30));
    let bend = before - 2.0 * here + after;
    if bend < 0.0 { 0.5 * (before - after) / bend } else { 0.0 }
}

/// Pearson's correlation of the heard classes with a distribution on `tonic`.
fn correlation(heard: &Classes, distribution: &Classes, tonic: usize) -> f64 {
    let mean = |classes: &Classes| classes.iter().sum::<f64>() / 12.0;
    let (heard_mean, expected_mean) = (mean(heard), mean(distribution));
    let (mut product, mut heard_power, mut expected_power) = (0.0, 0.0, 0.0);
    for class in 0..12 {
        let one = heard[(class + tonic) % 12] - heard_mean;
        let other = distribution[class] - expected_mean;
        product += one * other;
        heard_power += one * one;
        expected_power += other * other;
    }
    product / libm::sqrt(heard_power * expected_power).max(1e-12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::math::sin_turns;
    use crate::score::Mode;

    /// A song of held triads, given as MIDI notes, one second each, with a few partials.
    fn chords(chords: &[[u8; 3]]) -> Recording {
        let mut left = Vec::new();
        for chord in chords.iter().cycle().take(16) {
            for index in 0..44_100 {
                let time = index as f32 / 44_100.0;
                let tone = |note: u8| {
                    let hertz = 440.0 * libm::exp2f((f32::from(note) - 69.0) / 12.0);
                    (1..5_u8)
                        .map(|partial| {
                            let turns = hertz * f32::from(partial) * time;
                            sin_turns(turns - turns.floor()) / f32::from(partial)
                        })
                        .sum::<f32>()
                };
                left.push(0.1 * chord.iter().map(|note| tone(*note)).sum::<f32>());
            }
        }
        Recording {
            rate: 44_100,
            right: left.clone(),
            left,
            loudness: crate::master::Loudness {
                integrated: -14.0,
                true_peak: -2.0,
                range: 0.0,
            },
            sung: Vec::new(),
            stems: Vec::new(),
        }
    }

    fn key(tonic: u8, mode: Mode) -> Key {
        Key {
            tonic,
            mode,
            flats: false,
        }
    }

    #[test]
    fn a_cadence_is_heard_in_its_own_key_and_in_no_other() {
        // I IV V I in E flat, i iv V i in F sharp minor
        for (song, tonic, mode) in [
            ([[51, 55, 58], [56, 60, 63], [58, 62, 65], [51, 58, 67]], 3, Mode::Major),
            ([[54, 57, 61], [59, 62, 66], [61, 65, 68], [54, 61, 69]], 6, Mode::Minor),
        ] {
            let recording = chords(&song);
            for other in 0..12 {
                for other_mode in [Mode::Major, Mode::Minor] {
                    let margin = fit(&recording, key(other, other_mode)).unwrap();
                    assert_eq!(
                        margin > 0.0,
                        (other, other_mode) == (tonic, mode),
                        "{other} {other_mode:?} {margin}"
                    );
                }
            }
        }
    }

    #[test]
    fn silence_has_no_key() {
        let mut recording = chords(&[[60, 64, 67]]);
        recording.left.fill(0.0);
        recording.right.fill(0.0);
        assert_eq!(fit(&recording, key(0, Mode::Major)), None);
    }
}
