//! Our reading of the voice held against the reference engine's.
//!
//! `reference/recorded.txt` is what the engine (hts_engine 1.10) made of the same labels; `reference/record.c` says how.

use super::labels::label;
use super::spoken::{contexts, natural_lengths, speak};
use crate::model::Model;

const SENTENCES: [&str; 3] = [
    "'w-ao k-ih-ng 'd-aw-n dh-iy 'eh-m-p t-iy 's-t-r-iy-t | ay 'hh-ih-r dh-iy 'eh k-ow ax-v y-ao-r 'n-ey-m",
    "'jh-oy-n dh-ax 'm-eh zh-er ax-v 'g-uh-d 'th-ih-ng-z w-ih-ch sh-iy 'b-ae-th-s",
    "'f-ay-v 'y-uh-ng 'p-ah p-iy-z 'l-ae-f",
];

/// The coefficients and the frames that were recorded.
const KEPT: [usize; 7] = [0, 1, 2, 3, 4, 5, 20];
const EVERY: usize = 4;

/// Each sentence as recorded: its labels after their durations, and its frames.
fn recorded() -> impl Iterator<Item = (Vec<&'static str>, Vec<Vec<f32>>)> {
    let blocks = include_str!("reference/recorded.txt").trim_end().split("\n\n");
    blocks.map(|block| {
        let (frames, labels): (Vec<_>, Vec<_>) = block.lines().partition(|line| line.starts_with('='));
        let numbers = |line: &str| line.split(' ').skip(1).map(|value| value.parse().unwrap()).collect();
        (labels, frames.into_iter().map(numbers).collect())
    })
}

#[test]
fn every_state_lasts_as_long_as_in_the_reference_engine() {
    for (text, (labels, _)) in SENTENCES.iter().zip(recorded()) {
        let ours = contexts(text).into_iter().map(|context| {
            let [a, b, c, d, e] = natural_lengths(Model::embedded().unit(&context).means);
            format!("{a} {b} {c} {d} {e} {}", label(&context))
        });
        assert_eq!(ours.collect::<Vec<_>>(), labels);
    }
}

#[test]
fn courses_are_those_of_the_reference_engine() {
    let mut compared = 0;
    for (text, (_, theirs)) in SENTENCES.iter().zip(recorded()) {
        let (course, _) = speak(text);
        let ours = course.iter().step_by(EVERY).collect::<Vec<_>>();
        assert_eq!(ours.len(), theirs.len());
        for (column, k) in KEPT.into_iter().enumerate() {
            let pairs = ours
                .iter()
                .zip(&theirs)
                .map(|(ours, theirs)| (f64::from(ours[k]), f64::from(theirs[column])));
            let pairs = pairs.collect::<Vec<_>>();
            let error = pairs
                .iter()
                .map(|(ours, theirs)| (ours - theirs).abs())
                .fold(0.0, f64::max);
            println!(
                "c{k}: off by {error:.5} at most, correlated by {:.6}",
                correlation(&pairs)
            );
            // Recorded with three decimals.
            assert!(error < 0.00055, "c{k} is off by {error}");
            assert!(correlation(&pairs) > 0.999);
            compared += pairs.len();
        }
    }
    assert!(compared > 2000, "only {compared} values were recorded");
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let product = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|pair| of(pair.0 - x, pair.1 - y)).sum::<f64>();
    product(&|x, y| x * y) / (product(&|x, _| x * x) * product(&|_, y| y * y)).sqrt()
}
