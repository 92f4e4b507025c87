//! One room for all: a feedback delay network.
//!
//! Sixteen delays mixed by a Hadamard matrix (J.-M. Jot and A. Chaigne, 1991), each with its own loss so that every
//! frequency dies at the asked pace, behind short all-pass diffusers.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::{sin_turns, wrap};
use crate::dsp::samples;
use crate::perform::{Threads, spans};

const LINES: usize = 16;

/// Lengths of the delays in samples: primes, spread so that no two echoes coincide for long.
const LENGTHS: [usize; LINES] = [
    1327, 1471, 1579, 1723, 1879, 2017, 2161, 2309, 2467, 2621, 2789, 2953, 3119, 3271, 3433, 3607,
];

/// High frequencies die in this share of the reverb time.
const DAMPING: f32 = 0.42;

/// Silence before the first reflection, seconds.
const PRE_DELAY: f32 = 0.020;

/// A room dies away for this many reverb times after the last sound in a span, to −78 dB.
const TAIL: f32 = 1.3;

/// Replaces the two sends by the room's answer, about as loud as steady sound was. `seconds` is the time to −60 dB.
///
/// Each span of the song sounds in a room of its own and rings on into the next: what a room answers to a sum is the sum
/// of its answers.
pub(crate) fn answer(left: &mut [f32], right: &mut [f32], seconds: f32, threads: Threads) {
    let seconds = seconds.clamp(0.2, 8.0);
    let length = left.len();
    let tails = spans::over(threads, left, right, |span| {
        let mut room = Room::new(seconds, span.start);
        room.answer(span.left, span.right);
        let end = span.start + span.left.len();
        let ringing = samples(PRE_DELAY + seconds * TAIL).min(length - end);
        let (mut left, mut right) = (vec![0.0; ringing], vec![0.0; ringing]);
        room.answer(&mut left, &mut right);
        (end, left, right)
    });
    for (end, tail_left, tail_right) in tails {
        for (side, tail) in [(&mut *left, tail_left), (&mut *right, tail_right)] {
            side[end..]
                .iter_mut()
                .zip(tail)
                .for_each(|(sample, ring)| *sample += ring);
        }
    }
}

/// The network behind its pre-delay.
struct Room {
    network: Network,
    edges: Cascade<2>,
    waiting: Vec<[f32; 2]>,
    place: usize,
}

impl Room {
    /// At rest at sample `start` of the song.
    fn new(seconds: f32, start: usize) -> Self {
        Self {
            network: Network::new(seconds, start),
            edges: Cascade::new([Biquad::high_pass(170.0, 0.7), Biquad::high_shelf(7000.0, -3.0)]),
            waiting: vec![[0.0; 2]; samples(PRE_DELAY)],
            place: 0,
        }
    }

    /// Replaces what is sent by what comes back.
    fn answer(&mut self, left: &mut [f32], right: &mut [f32]) {
        let level = self.network.normalisation;
        for (left, right) in left.chunks_mut(DRIFT).zip(right.chunks_mut(DRIFT)) {
            for (left, right) in left.iter_mut().zip(right.iter_mut()) {
                let waiting = &mut self.waiting[self.place];
                let delayed = std::mem::replace(waiting, [*left, *right]);
                self.place = if self.place + 1 == self.waiting.len() {
                    0
                } else {
                    self.place + 1
                };
                let [wet_left, wet_right] = self.network.next(self.edges.next(delayed));
                *left = wet_left * level;
                *right = wet_right * level;
            }
            self.edges.settle();
            self.network.drift();
        }
    }
}

/// Samples between two movements of the breathing delays.
const DRIFT: usize = 256;

/// Turns of their slow breath in a sample.
const BREATH: f32 = 0.61 / RATE;

struct Network {
    memory: Vec<f32>,
    offsets: [usize; LINES],
    heads: [usize; LINES],
    lengths: [usize; LINES],
    gains: [f32; LINES],
    damping: [f32; LINES],
    filtered: [f32; LINES],
    diffusers: [[Diffuser; 2]; 2],
    phase: f32,
    normalisation: f32,
}

impl Network {
    fn new(seconds: f32, start: usize) -> Self {
        let mut offsets = [0; LINES];
        let mut total = 0;
        for (offset, length) in offsets.iter_mut().zip(LENGTHS) {
            *offset = total;
            total += length + SWAY;
        }
        let per_line = |seconds: f32| LENGTHS.map(|length| libm::powf(10.0, -3.0 * length as f32 / (seconds * RATE)));
        let gains = per_line(seconds);
        let treble = per_line(seconds * DAMPING);
        // A one-pole whose gain is `gains` at zero and `treble` at half the sample rate.
        let damping = std::array::from_fn(|line| {
            let ratio = treble[line] / gains[line];
            (1.0 - ratio) / (1.0 + ratio)
        });
        let mean_square = gains.iter().map(|gain| gain * gain).sum::<f32>() / LINES as f32;
        Self {
            memory: vec![0.0; total],
            offsets,
            heads: [0; LINES],
            lengths: LENGTHS,
            gains,
            damping,
            filtered: [0.0; LINES],
            diffusers: [
                [Diffuser::new(241), Diffuser::new(557)],
                [Diffuser::new(277), Diffuser::new(601)],
            ],
            phase: wrap(start as f32 * BREATH),
            normalisation: (1.0 - mean_square).sqrt() * 1.65,
        }
    }

    #[inline(always)]
    fn next(&mut self, input: [f32; 2]) -> [f32; 2] {
        let [[early_left, late_left], [early_right, late_right]] = &mut self.diffusers;
        let left = late_left.next(early_left.next(input[0]));
        let right = late_right.next(early_right.next(input[1]));
        let places: [usize; LINES] = std::array::from_fn(|line| self.offsets[line] + self.heads[line]);
        let leaving: [f32; LINES] = std::array::from_fn(|line| self.memory[places[line]]);
        self.filtered =
            std::array::from_fn(|line| leaving[line] + (self.filtered[line] - leaving[line]) * self.damping[line]);
        let output: [f32; LINES] = std::array::from_fn(|line| self.filtered[line] * self.gains[line]);
        let mut lines = output;
        hadamard(&mut lines);
        for (pair, places) in places.chunks_exact(2).enumerate() {
            self.memory[places[0]] = lines[2 * pair] + left + 1e-20;
            self.memory[places[1]] = lines[2 * pair + 1] + right + 1e-20;
        }
        for (head, length) in self.heads.iter_mut().zip(&self.lengths) {
            *head = if *head + 1 >= *length { 0 } else { *head + 1 };
        }
        let mut sums = [0.0_f32; 2];
        for pair in 0..LINES / 2 {
            let sign = if pair % 4 < 2 { 0.353_55 } else { -0.353_55 };
            sums[0] += output[2 * pair] * sign;
            sums[1] += output[2 * pair + 1] * sign;
        }
        sums
    }

    /// Lets two of the delays breathe by a sample now and then, which keeps long tails from ringing on one note.
    fn drift(&mut self) {
        self.phase = wrap(self.phase + BREATH * DRIFT as f32);
        for (line, offset) in [(3, 0.0), (12, 0.4)] {
            let sway = (sin_turns(wrap(self.phase + offset)) + 1.0) * 0.5 * SWAY as f32;
            self.lengths[line] = LENGTHS[line] + sway as usize;
        }
    }
}

/// How far a breathing delay moves, in samples.
const SWAY: usize = 6;

/// Multiplies by the normalised Hadamard matrix in four butterflies.
#[inline(always)]
fn hadamard(lines: &mut [f32; LINES]) {
    let mut span = 1;
    while span < LINES {
        let mut start = 0;
        while start < LINES {
            for index in start..start + span {
                let (one, other) = (lines[index], lines[index + span]);
                lines[index] = one + other;
                lines[index + span] = one - other;
            }
            start += 2 * span;
        }
        span *= 2;
    }
    for line in lines {
        *line *= 0.25;
    }
}

/// An all-pass that smears a click into a short burst.
struct Diffuser {
    memory: Vec<f32>,
    head: usize,
}

impl Diffuser {
    fn new(length: usize) -> Self {
        Self {
            memory: vec![0.0; length],
            head: 0,
        }
    }

    #[inline(always)]
    fn next(&mut self, input: f32) -> f32 {
        const SMEAR: f32 = 0.6;
        let delayed = self.memory[self.head];
        let stored = input + delayed * SMEAR;
        self.memory[self.head] = stored;
        self.head = if self.head + 1 == self.memory.len() {
            0
        } else {
            self.head + 1
        };
        delayed - stored * SMEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dsp::noise::Noise;

    /// A second of noise with the colour of music, then silence: what was sent and what came back.
    fn burst(seconds: f32) -> (Vec<f32>, Vec<f32>, Vec<f32>) {
        let mut noise = Noise::new(3);
        let mut send: Vec<f32> = (0..44_100 * 5)
            .map(|index| if index < 44_100 { noise.white() } else { 0.0 })
            .collect();
        crate::dsp::biquad::filter(
            &mut send,
            &[Biquad::low_pass(1500.0, 0.7), Biquad::high_pass(200.0, 0.7)],
        );
        let (mut left, mut right) = (send.clone(), send.clone());
        answer(&mut left, &mut right, seconds, Threads::new(1));
        (send, left, right)
    }

    fn level(samples: &[f32]) -> f32 {
        10.0 * libm::log10f(samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32 + 1e-20)
    }

    #[test]
    fn the_room_dies_in_about_the_time_asked_for() {
        let (_, left, _) = burst(2.0);
        let early = level(&left[50_000..56_000]);
        let late = level(&left[50_000 + 44_100..56_000 + 44_100]);
        // Thirty decibels a second for the slowest frequencies, somewhat more with the damped ones.
        assert!((28.0..46.0).contains(&(early - late)), "{}", early - late);
    }

    #[test]
    fn the_answer_is_as_loud_as_the_send_for_short_and_long_rooms() {
        for seconds in [0.8, 1.6, 3.0] {
            let (send, left, _) = burst(seconds);
            let answer = level(&left[30_000..44_000]);
            let send = level(&send[30_000..44_000]);
            assert!((answer - send).abs() < 2.5, "{seconds} s: {answer} for {send}");
        }
    }

    #[test]
    fn the_two_sides_are_different_rooms() {
        let (_, left, right) = burst(1.5);
        let range = 60_000..100_000;
        let product: f32 = range.clone().map(|index| left[index] * right[index]).sum();
        let power: f32 = range.map(|index| left[index] * left[index]).sum();
        assert!((product / power).abs() < 0.4);
    }
}
