//! Passes over the whole song, shared among threads.
//!
//! The song is cut into spans of the same length, whatever the number of threads, and a filter that comes to a span
//! first hears what sounds before it. So the result is the same on any number of threads, and as if one filter had gone
//! through the whole song, but for rounding.

use std::ops::Range;

use super::crew::{self, Threads};
use crate::mix::loudness::STEP;

/// Samples of a span: 32 seconds, whole steps of a loudness meter.
const SPAN: usize = 320 * STEP;

/// Samples a filter hears before its span, two seconds: the slowest compressor is within a thousandth of a decibel.
const WARM_UP: usize = 172 * 512;

/// A stretch of two channels, to be worked on in place.
pub(crate) struct Span<'a> {
    /// Its first sample within the song.
    pub(crate) start: usize,
    /// What sounds before it on either side, a copy; empty where the song begins.
    pub(crate) before: [Vec<f32>; 2],
    /// Left channel.
    pub(crate) left: &'a mut [f32],
    /// Right channel.
    pub(crate) right: &'a mut [f32],
}

/// Does `work` for each span of two channels of equal length. Results are in order of time.
pub(crate) fn over<R: Send>(
    threads: Threads,
    left: &mut [f32],
    right: &mut [f32],
    work: impl Fn(Span<'_>) -> R + Sync,
) -> Vec<R> {
    let before = |side: &[f32]| -> Vec<Vec<f32>> {
        ranges(side.len())
            .map(|range| side[warm_up(range.start)].to_vec())
            .collect()
    };
    let befores = before(left).into_iter().zip(before(right));
    let sides = left.chunks_mut(SPAN).zip(right.chunks_mut(SPAN));
    let spans = befores
        .zip(sides)
        .enumerate()
        .map(|(index, (before, (left, right)))| Span {
            start: index * SPAN,
            before: before.into(),
            left,
            right,
        });
    crew::map(spans.collect(), threads, work)
}

/// Does `work` for the range of each span of a song of `length` samples. Results are in order of time.
pub(crate) fn each<R: Send>(threads: Threads, length: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    crew::map(ranges(length).collect(), threads, work)
}

/// What a filter should hear before it comes to `start`.
pub(crate) fn warm_up(start: usize) -> Range<usize> {
    start.saturating_sub(WARM_UP)..start
}

fn ranges(length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..length)
        .step_by(SPAN)
        .map(move |start| start..(start + SPAN).min(length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::biquad::{Biquad, Cascade};
    use crate::dsp::noise::Noise;

    #[test]
    fn a_filter_in_spans_sounds_like_one_through_the_whole() {
        let sections = [Biquad::high_pass(110.0, 0.7), Biquad::peak(250.0, 1.2, 6.0)];
        let mut noise = Noise::new(5);
        let source: Vec<f32> = (0..SPAN + 50_000).map(|_| noise.white()).collect();
        let (mut left, mut right) = (source.clone(), source.clone());
        let starts = over(Threads::new(2), &mut left, &mut right, |mut span| {
            let mut chain = Cascade::new(sections);
            let [before_left, before_right] = &mut span.before;
            chain.run(before_left, before_right);
            chain.run(span.left, span.right);
            span.start
        });
        assert_eq!(starts, [0, SPAN]);
        let (mut whole, mut other) = (source.clone(), source);
        Cascade::new(sections).run(&mut whole, &mut other);
        let worst = left
            .iter()
            .zip(&whole)
            .fold(0.0_f32, |most, (one, other)| most.max((one - other).abs()));
        assert!(worst < 1e-4, "{worst}");
    }
}
