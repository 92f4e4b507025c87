//! Tape and old machines: soft saturation, a pitch that wavers, treble that is gone.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Cascade};
use crate::dsp::math::{gain, saturate, sin_turns, wrap};
use crate::mix::loudness::measure;
use crate::perform::{Threads, spans};
use crate::score::MixPlan;

/// Loudness of the song on a tape without drive, LUFS; peaks lie below the bend of the curve.
const GENTLE: f32 = -22.0;

/// How much louder full saturation drives it, decibels.
const DRIVE: f32 = 12.0;

/// The magnetic field is a little lopsided, which makes even harmonics.
const LOPSIDED: f32 = 0.12;

/// What makes the speed waver: cycles a second and share of the deviation. Two slow turns of reels and a quick flutter.
const WAVERS: [(f32, f32); 3] = [(0.47, 0.5), (0.83, 0.3), (6.7, 0.2)];

/// Samples from one place of the wavering head to the next; a straight line lies between.
const KNOT: usize = 32;

/// Samples on the way between the heads: more than the widest waver.
const MEMORY: usize = 512;

/// Plays the song through the plan's tape machine; without saturation, wow and low-pass nothing is touched.
pub(crate) fn play(left: &mut [f32], right: &mut [f32], plan: &MixPlan, threads: Threads) {
    if plan.saturation <= 0.0 && plan.wow <= 0.0 && plan.low_pass <= 0.0 {
        return;
    }
    let Some(loudness) = measure(left, right, threads).integrated() else {
        return;
    };
    spans::over(threads, left, right, |mut span| {
        let [before_left, before_right] = &mut span.before;
        let mut machine = Machine::new(plan, loudness, span.start - before_left.len());
        machine.run(before_left, before_right);
        machine.run(span.left, span.right);
    });
}

/// One tape machine, from a sample of the song on.
struct Machine {
    drive: Option<Drive>,
    /// Deviation of the speed, a share.
    wow: f32,
    memory: Vec<[f32; 2]>,
    /// The next sample of the song, a multiple of [`KNOT`].
    place: usize,
    low_pass: Option<Cascade<2>>,
}

#[derive(Clone, Copy)]
struct Drive {
    gain: f32,
    bias: f32,
}

impl Machine {
    fn new(plan: &MixPlan, loudness: f32, place: usize) -> Self {
        let saturation = plan.saturation.clamp(0.0, 1.0);
        Self {
            drive: (saturation > 0.0).then(|| Drive {
                gain: gain(GENTLE + DRIVE * saturation - loudness),
                bias: LOPSIDED * saturation,
            }),
            wow: plan.wow.clamp(0.0, 1.0) / 100.0,
            memory: vec![[0.0; 2]; MEMORY],
            place,
            low_pass: (plan.low_pass > 0.0)
                .then(|| Cascade::new([0.54, 1.31].map(|q| Biquad::low_pass(plan.low_pass, q)))),
        }
    }

    fn run(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.chunks_mut(KNOT).zip(right.chunks_mut(KNOT)) {
            if let Some(drive) = self.drive {
                left.iter_mut().for_each(|sample| *sample = drive.on(*sample));
                right.iter_mut().for_each(|sample| *sample = drive.on(*sample));
            }
            if self.wow > 0.0 {
                self.waver(left, right);
            }
            if let Some(low_pass) = &mut self.low_pass {
                low_pass.run(left, right);
            }
        }
    }

    /// Reads behind where it writes, now nearer and now farther.
    fn waver(&mut self, left: &mut [f32], right: &mut [f32]) {
        let (from, to) = (self.distance(self.place), self.distance(self.place + KNOT));
        for (index, (left, right)) in left.iter_mut().zip(right.iter_mut()).enumerate() {
            let place = self.place + index;
            self.memory[place % MEMORY] = [*left, *right];
            let distance = from + (to - from) * index as f32 / KNOT as f32;
            let whole = distance as usize;
            let around = |offset: usize| self.memory[(place + MEMORY + 1 - whole - offset) % MEMORY];
            let [a, b, c, d] = [0, 1, 2, 3].map(around);
            let share = distance - whole as f32;
            *left = between([a[0], b[0], c[0], d[0]], share);
            *right = between([a[1], b[1], c[1], d[1]], share);
        }
        self.place += left.len();
    }

    /// How far the reading head lies behind, samples.
    fn distance(&self, place: usize) -> f32 {
        let seconds = place as f64 / f64::from(RATE);
        let wavers = WAVERS.map(|(hertz, share)| {
            let reach = self.wow * share * RATE / (std::f32::consts::TAU * hertz);
            let turns = (seconds * f64::from(hertz)).fract() as f32;
            reach * (1.0 + sin_turns(wrap(turns)))
        });
        1.0 + wavers.iter().sum::<f32>()
    }
}

impl Drive {
    fn on(self, sample: f32) -> f32 {
        (saturate(sample * self.gain + self.bias) - saturate(self.bias)) / self.gain
    }
}

/// The curve of Catmull and Rom through four neighbours, `share` of the way from the second to the third.
fn between([a, b, c, d]: [f32; 4], share: f32) -> f32 {
    let slope = (c - a) * 0.5;
    let next_slope = (d - b) * 0.5;
    let bend = 3.0 * (c - b) - 2.0 * slope - next_slope;
    let twist = slope + next_slope - 2.0 * (c - b);
    b + share * (slope + share * (bend + share * twist))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECONDS: usize = 6;

    fn played(hertz: f32, plan: &MixPlan) -> Vec<f32> {
        let mut left: Vec<f32> = (0..44_100 * SECONDS)
            .map(|index| 0.3 * sin_turns(wrap(((index as f64 * f64::from(hertz) / 44_100.0).fract()) as f32)))
            .collect();
        let mut right = left.clone();
        play(&mut left, &mut right, plan, Threads::new(2));
        assert_eq!(left, right);
        left
    }

    /// Amplitude of one frequency in the middle of the song.
    fn level(samples: &[f32], hertz: f32) -> f32 {
        let (mut cosine, mut sine) = (0.0_f64, 0.0_f64);
        for (index, sample) in samples[44_100..88_200].iter().enumerate() {
            let angle = std::f64::consts::TAU * f64::from(hertz) * index as f64 / 44_100.0;
            cosine += f64::from(*sample) * libm::cos(angle);
            sine += f64::from(*sample) * libm::sin(angle);
        }
        (2.0 / 44_100.0 * libm::sqrt(cosine * cosine + sine * sine)) as f32
    }

    fn plan() -> MixPlan {
        crate::perform::tests::plan()
    }

    #[test]
    fn a_song_without_tape_is_not_touched() {
        let samples = played(500.0, &plan());
        assert_eq!(
            samples[1000],
            0.3 * sin_turns(wrap((1000.0_f64 * 500.0 / 44_100.0).fract() as f32))
        );
    }

    #[test]
    fn saturation_adds_harmonics_and_more_of_it_more() {
        let third = |saturation: f32| {
            let samples = played(500.0, &MixPlan { saturation, ..plan() });
            level(&samples, 1500.0) / level(&samples, 500.0)
        };
        let (little, much) = (third(0.3), third(1.0));
        assert!(little > 0.001 && little < 0.03, "{little}");
        assert!(much > 2.0 * little, "{much} from {little}");
    }

    #[test]
    fn wow_bends_the_pitch_by_the_percentage_asked() {
        let samples = played(1000.0, &MixPlan { wow: 0.5, ..plan() });
        let crossings: Vec<f32> = samples
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[0] <= 0.0 && pair[1] > 0.0)
            .map(|(index, pair)| index as f32 - pair[0] / (pair[1] - pair[0]))
            .skip(100)
            .collect();
        // Over forty cycles, a quarter of a flutter: rounding does not count, the slow wavers do.
        let most = crossings
            .windows(41)
            .map(|cycles| ((cycles[40] - cycles[0]) / (40.0 * 44.1) - 1.0).abs())
            .fold(0.0, f32::max);
        assert!((0.003..0.0055).contains(&most), "{most}");
    }

    #[test]
    fn the_tape_runs_on_over_the_seams_of_the_work_on_any_number_of_threads() {
        let plan = MixPlan {
            saturation: 0.5,
            wow: 0.3,
            low_pass: 8000.0,
            ..plan()
        };
        let wave: Vec<f32> = (0..44_100 * 34)
            .map(|index| 0.3 * sin_turns(wrap((index as f64 * 200.0 / 44_100.0).fract() as f32)))
            .collect();
        let on = |threads: usize| {
            let (mut left, mut right) = (wave.clone(), wave.clone());
            play(&mut left, &mut right, &plan, Threads::new(threads));
            left
        };
        let played = on(1);
        assert_eq!(played, on(2));
        let steepest = |samples: &[f32]| {
            samples
                .windows(2)
                .fold(0.0_f32, |most, pair| most.max((pair[1] - pair[0]).abs()))
        };
        let seam = 44_100 * 32;
        let (across, before) = (
            steepest(&played[seam - 500..seam + 500]),
            steepest(&played[seam - 44_100..seam - 500]),
        );
        assert!(across < before * 1.02, "{across} from {before}");
    }

    #[test]
    fn the_low_pass_leaves_the_middle_and_takes_the_top() {
        let plan = MixPlan {
            low_pass: 6000.0,
            ..plan()
        };
        assert!((level(&played(1000.0, &plan), 1000.0) - 0.3).abs() < 0.005);
        assert!(level(&played(12_000.0, &plan), 12_000.0) < 0.02);
    }
}
