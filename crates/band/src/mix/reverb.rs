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

/// Samples worked on at a time, fewer than any delay is long: nothing in a block hears itself.
const BLOCK: usize = 32;

/// A block of one channel or delay.
type Block = [f32; BLOCK];

/// The network behind its pre-delay.
struct Room {
    network: Network,
    edges: Cascade<2>,
    waiting: Vec<[f32; 2]>,
    place: usize,
    /// Samples until the network moves on in its breath.
    still: usize,
}

impl Room {
    /// At rest at sample `start` of the song.
    fn new(seconds: f32, start: usize) -> Self {
        Self {
            network: Network::new(seconds, start),
            edges: Cascade::new([Biquad::high_pass(170.0, 0.7), Biquad::high_shelf(7000.0, -3.0)]),
            waiting: vec![[0.0; 2]; samples(PRE_DELAY)],
            place: 0,
            still: DRIFT,
        }
    }

    /// Replaces what is sent by what comes back. All but the last call are for whole blocks.
    fn answer(&mut self, left: &mut [f32], right: &mut [f32]) {
        let level = self.network.normalisation;
        for (left, right) in left.chunks_mut(BLOCK).zip(right.chunks_mut(BLOCK)) {
            let mut sent = [[0.0; BLOCK]; 2];
            for (index, (left, right)) in left.iter().zip(right.iter()).enumerate() {
                let waiting = &mut self.waiting[self.place];
                let delayed = std::mem::replace(waiting, [*left, *right]);
                self.place = if self.place + 1 == self.waiting.len() {
                    0
                } else {
                    self.place + 1
                };
                [sent[0][index], sent[1][index]] = self.edges.next(delayed);
            }
            let answers = self.network.next(sent);
            for (side, answer) in [left, right].into_iter().zip(answers) {
                side.iter_mut()
                    .zip(answer)
                    .for_each(|(sample, wet)| *sample = wet * level);
            }
            self.still -= BLOCK;
            if self.still == 0 {
                self.edges.settle();
                self.network.drift();
                self.still = DRIFT;
            }
        }
    }
}

/// Samples between two movements of the breathing delays, whole blocks.
const DRIFT: usize = 256;

/// Turns of their slow breath in a sample.
const BREATH: f32 = 0.61 / RATE;

struct Network {
    /// The delays, side by side.
    memory: Vec<Line>,
    /// Where all delays are written to, before [`skew`].
    head: usize,
    lengths: [usize; LINES],
    gains: [f32; LINES],
    damping: [f32; LINES],
    filtered: [f32; LINES],
    diffusers: [[Diffuser; 2]; 2],
    phase: f32,
    normalisation: f32,
}

/// Samples a delay can hold.
const ROOM: usize = 4096;

/// What one delay holds, its first block again at the end so that no block is ever torn.
type Line = [f32; ROOM + BLOCK];

/// How far `line` is turned: heads at the same place in all of them would fall into the same few lines of the cache.
const fn skew(line: usize) -> usize {
    line * 8 * BLOCK
}

impl Network {
    fn new(seconds: f32, start: usize) -> Self {
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
            memory: vec![[0.0; ROOM + BLOCK]; LINES],
            head: 0,
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

    fn next(&mut self, mut sent: [Block; 2]) -> [Block; 2] {
        for (diffusers, sent) in self.diffusers.iter_mut().zip(&mut sent) {
            diffusers.iter_mut().for_each(|diffuser| diffuser.run(sent));
        }
        let mut lines = [[0.0_f32; BLOCK]; LINES];
        for (line, (block, memory)) in lines.iter_mut().zip(&self.memory).enumerate() {
            let place = (self.head + skew(line) + ROOM - self.lengths[line]) % ROOM;
            let fresh = self.gains[line] * (1.0 - self.damping[line]);
            for (sample, leaving) in block.iter_mut().zip(&memory[place..]) {
                *sample = leaving * fresh;
            }
        }
        // All delays at each sample, not all samples of each delay: none of the sums waits for another.
        for index in 0..BLOCK {
            let states = self.filtered.iter_mut().zip(&self.damping);
            for (block, (filtered, damping)) in lines.iter_mut().zip(states) {
                *filtered = block[index] + *filtered * damping;
                block[index] = *filtered;
            }
        }
        let mut answers = [[0.0_f32; BLOCK]; 2];
        for (line, block) in lines.iter().enumerate() {
            let sign = if line % 8 < 4 { 0.353_55 } else { -0.353_55 };
            let answer = &mut answers[line % 2];
            answer
                .iter_mut()
                .zip(block)
                .for_each(|(sum, sample)| *sum += sample * sign);
        }
        hadamard(&mut lines);
        for (line, (block, memory)) in lines.iter().zip(&mut self.memory).enumerate() {
            let place = (self.head + skew(line)) % ROOM;
            for ((stored, sample), sent) in memory[place..place + BLOCK].iter_mut().zip(block).zip(&sent[line % 2]) {
                *stored = sample * 0.25 + sent + 1e-20;
            }
            if place == 0 {
                memory.copy_within(..BLOCK, ROOM);
            }
        }
        self.head = (self.head + BLOCK) % ROOM;
        answers
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

/// Multiplies by the Hadamard matrix, not normalised, in four butterflies.
fn hadamard(lines: &mut [Block; LINES]) {
    let mut span = 1;
    while span < LINES {
        for pair in lines.chunks_exact_mut(2 * span) {
            let (ones, others) = pair.split_at_mut(span);
            for (one, other) in ones.as_flattened_mut().iter_mut().zip(others.as_flattened_mut()) {
                (*one, *other) = (*one + *other, *one - *other);
            }
        }
        span *= 2;
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

    /// A block in place.
    fn run(&mut self, block: &mut Block) {
        const SMEAR: f32 = 0.6;
        let before_the_end = (self.memory.len() - self.head).min(BLOCK);
        let (first, second) = block.split_at_mut(before_the_end);
        for (part, place) in [(first, self.head), (second, 0)] {
            for (sample, memory) in part.iter_mut().zip(&mut self.memory[place..]) {
                let delayed = *memory;
                *memory = *sample + delayed * SMEAR;
                *sample = delayed - *memory * SMEAR;
            }
        }
        self.head = (self.head + BLOCK) % self.memory.len();
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
