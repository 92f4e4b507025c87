//! The statistics of plain courses, and what restoring the variance does to speech that they were not taken from.

use super::spoken::speak;
use crate::model::variance::{PLAIN_MEAN, PLAIN_VARIANCE};
use crate::model::{Model, ORDER};

/// Sentences with every phone of the voice in several surroundings, about half a minute.
const SENTENCES: [&str; 12] = [
    "ax 'y-eh l-ow 'b-er-d ih-z 's-ih ng-ih-ng th-r-uw dh-ax 'w-ih-n d-ow",
    "sh-iy 'jh-oy-n-d dh-ax 'b-oy-z hh-uw 'm-eh zh-er-d 'eh v-r-iy 'sh-ae d-ow",
    "'t-ey-k dh-ax 'l-ao-ng 'w-ey 'hh-ow-m | ax-n-d 'th-ih-ng-k ax 'b-aw-t dh-ax 'w-eh dh-er",
    "m-ay 'f-aa dh-er 'p-uh-t 'g-uh-d 'ch-iy-z ax-n-d 'f-ih-g-z ih-n t-uw dh-ax 'k-ih ch-ax-n",
    "'jh-ah-s-t ax 'b-ah-v dh-ax 'v-ae l-iy | 'hh-y-uw-jh 'k-l-aw-d-z aa-r 'g-ae dh-er ih-ng t-ax 'n-ay-t",
    "'f-ay-v 'ow-l-d 'f-r-eh-n-d-z hh-ae-v 's-t-aa-p-t b-ih 's-ay-d dh-ax 'b-r-ay-t 'b-l-uw 'r-ih v-er",
    "'n-ah th-ih-ng 's-aw-n-d-z ae-z 'w-ao-r-m ae-z 'r-ey-n ax 'p-aa-n ax 'w-uh d-ax-n 'r-uw-f",
    "y-uw k-uh-d 'hh-ih-r dh-ax 'ch-ih-l d-r-ax-n 'l-ae-f | w-ay-l dh-ey w-er 'p-l-ey ih-ng",
    "'p-l-iy-z 'd-ow-n-t f-er 'g-eh-t dh-ax 'y-uw zh-uw ax-l 'ch-oy-s ax-v 't-oy-z ax-n-d 'k-oy-n-z",
    "hh-er 'm-ah dh-er-z 'v-oy-s w-aa-z 'd-iy-p ax-n-d 's-ao-f-t | l-ay-k 's-m-ow-k",
    "w-iy 'd-ae-n-s-t ax-n 't-ih-l dh-iy 'er l-iy 'm-ao-r n-ih-ng 't-er-n-d t-uw 'g-ow-l-d",
    "'b-ow-th 'sh-ih-p-s r-ih 't-er-n-d ax 'k-r-ao-s dh-ax 'r-ah-f ax-n-d 's-t-ao-r m-iy 's-iy",
];

/// Lines of another kind.
const LYRICS: [&str; 4] = [
    "'w-ao k-ih-ng 'd-aw-n dh-iy 'eh-m-p t-iy 's-t-r-iy-t | ay 'hh-ih-r dh-iy 'eh k-ow ax-v y-ao-r 'n-ey-m",
    "'eh v-r-iy 'l-ih t-ax-l 'l-ay-t dh-ae-t 'ch-ey-n jh-ax-z | 'b-r-ih-ng-z m-iy 'k-l-ow s-er 'b-ae-k t-uw 'y-uw",
    "ax 'th-aw z-ax-n-d 'b-er-d-z ax-n-d 'v-oy s-ax-z | 'f-l-ay ih-ng 'hh-ay ax 'b-ah-v dh-iy 'ow sh-ax-n",
    "'ow 'hh-ow-l-d m-iy 'n-aw | 'd-ow-n-t 'l-eh-t dh-ax 'n-ay-t g-ow 'b-ay",
];

/// Mean and variance of every coefficient.
struct Statistics {
    mean: [f64; ORDER],
    variance: [f64; ORDER],
}

impl Statistics {
    /// Those of the frames that are no pauses.
    fn of(texts: &[&str], prepare: impl Fn(&mut [[f32; ORDER]], &[bool])) -> Self {
        let mut frames = Vec::new();
        for text in texts {
            let (mut course, spoken) = speak(text);
            prepare(&mut course, &spoken);
            let spoken = course.into_iter().zip(spoken).filter(|(_, spoken)| *spoken);
            frames.extend(spoken.map(|(frame, _)| frame.map(f64::from)));
        }
        let average = |of: &dyn Fn(&[f64; ORDER]) -> f64| frames.iter().map(of).sum::<f64>() / frames.len() as f64;
        let mean: [f64; ORDER] = std::array::from_fn(|k| average(&|frame| frame[k]));
        let variance = std::array::from_fn(|k| average(&|frame| (frame[k] - mean[k]).powi(2)));
        Self { mean, variance }
    }

    fn of_plain(texts: &[&str]) -> Self {
        Self::of(texts, |_, _| ())
    }
}

#[test]
fn the_statistics_are_those_of_the_sentences() {
    let Statistics { mean, variance } = Statistics::of_plain(&SENTENCES);
    for k in 0..ORDER {
        let mean_is_off = (f64::from(PLAIN_MEAN[k]) - mean[k]).abs() / variance[k].sqrt();
        let variance_is_off = (f64::from(PLAIN_VARIANCE[k]) / variance[k] - 1.0).abs();
        assert!(
            mean_is_off < 0.001 && variance_is_off < 0.001,
            "c{k}; these should be kept:\n{:?}\n{:?}",
            mean.map(|mean| (mean * 1e5).round() / 1e5),
            variance.map(|variance| (variance * 1e7).round() / 1e7),
        );
    }
}

/// The root mean square distance of two courses' log spectra, frame by frame, on the mel scale, in dB.
fn distance(one: &[[f32; ORDER]], other: &[[f32; ORDER]]) -> f64 {
    let decibels = 20.0 / std::f64::consts::LN_10;
    let distances = one.iter().zip(other).map(|(one, other)| {
        let squares = one.iter().zip(other).map(|(one, other)| f64::from(one - other).powi(2));
        let weighted = squares
            .enumerate()
            .map(|(k, square)| if k == 0 { square } else { square / 2.0 });
        decibels * weighted.sum::<f64>().sqrt()
    });
    distances.sum::<f64>() / one.len() as f64
}

#[test]
fn what_is_sung_elsewhere_hardly_changes_a_line() {
    let model = Model::embedded();
    let Statistics { mean, variance } = Statistics::of_plain(&LYRICS);
    let mut worst: f64 = 0.0;
    for text in LYRICS {
        let (plain, spoken) = speak(text);
        let mut restored = plain.clone();
        model.restore_variance(&mut restored, &spoken);
        // As it would be if the statistics were taken from these lyrics.
        let mut tailored = plain.clone();
        for (frame, _) in tailored.iter_mut().zip(&spoken).filter(|(_, spoken)| **spoken) {
            for k in 0..ORDER {
                let gain = (f64::from(model.global_variance[k]) / variance[k]).sqrt().max(1.0);
                frame[k] = (mean[k] + (f64::from(frame[k]) - mean[k]) * gain) as f32;
            }
        }
        let (change, difference) = (distance(&plain, &restored), distance(&restored, &tailored));
        println!("restored by {change:.2} dB, {difference:.2} dB from what these lyrics alone would ask for");
        assert!(change > 1.0, "restoring did nothing: {change} dB");
        worst = worst.max(difference);
    }
    assert!(worst < 1.0, "{worst} dB");
}

#[test]
fn restored_speech_varies_as_real_speech_does() {
    let model = Model::embedded();
    // How far the spread is off, as a share of what it should be, on average over the coefficients.
    let off = |statistics: Statistics| {
        let ratios = statistics.variance.iter().zip(model.global_variance);
        ratios
            .map(|(found, real)| ((found / f64::from(real)).sqrt() - 1.0).abs())
            .sum::<f64>()
            / ORDER as f64
    };
    let plain = off(Statistics::of_plain(&LYRICS));
    let restored = off(Statistics::of(&LYRICS, |frames, spoken| {
        model.restore_variance(frames, spoken)
    }));
    println!("off by {:.0} %, restored by {:.0} %", 100.0 * plain, 100.0 * restored);
    assert!(plain > 0.2 && restored < 0.1, "off by {plain}, restored by {restored}");
}

#[test]
fn pauses_are_left_alone() {
    let (plain, spoken) = speak(LYRICS[0]);
    let mut restored = plain.clone();
    Model::embedded().restore_variance(&mut restored, &spoken);
    for ((before, after), spoken) in plain.iter().zip(&restored).zip(spoken) {
        assert_eq!(before != after, spoken);
    }
}
