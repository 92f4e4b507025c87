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

/// Mean and variance of every coefficient over the frames that are no pauses.
fn statistics(texts: &[&str]) -> ([f64; ORDER], [f64; ORDER]) {
    let mut frames = Vec::new();
    for text in texts {
        let (course, spoken) = speak(text);
        frames.extend(
            course
                .into_iter()
                .zip(spoken)
                .filter(|(_, spoken)| *spoken)
                .map(|(frame, _)| frame),
        );
    }
    let count = frames.len() as f64;
    let mean = std::array::from_fn(|k| frames.iter().map(|frame| f64::from(frame[k])).sum::<f64>() / count);
    let variance = std::array::from_fn(|k| {
        let squares = frames.iter().map(|frame| (f64::from(frame[k]) - mean[k]).powi(2));
        squares.sum::<f64>() / count
    });
    (mean, variance)
}

#[test]
fn the_statistics_are_those_of_the_sentences() {
    let (mean, variance) = statistics(&SENTENCES);
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
    let (mean, variance) = statistics(&LYRICS);
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
    let (_, plain) = statistics(&LYRICS);
    let gain = |k: usize| (f64::from(model.global_variance[k]) / plain[k]).sqrt();
    let left = (0..ORDER).map(|k| {
        let used = (f64::from(model.global_variance[k]) / f64::from(PLAIN_VARIANCE[k]))
            .sqrt()
            .max(1.0);
        (gain(k).max(1.0) / used).ln().abs()
    });
    let left = left.sum::<f64>() / ORDER as f64;
    assert!(left < 0.1, "the spread is off by {:.0} % on average", 100.0 * left);
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
