//! A rotating loudspeaker: a horn for the treble and a drum for the bass, each turning at its own pace.
//!
//! What turns towards the listener is nearer, louder and higher, so each rotor is a moving delay and a moving level
//! (J. Smith, S. Serafin, J. Abel and D. Berners, "Doppler simulation and the Leslie", 2002). Two microphones stand a
//! quarter turn apart.

use super::body::Line;
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::math::{saturate, sin_turns, wrap};
use crate::perform::part::Part;

/// Turns a second of horn and drum.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speed {
    horn: f32,
    drum: f32,
}

/// Chorale: hardly more than breathing.
pub(super) const SLOW: Speed = Speed { horn: 0.83, drum: 0.67 };

/// Tremolo.
pub(super) const FAST: Speed = Speed { horn: 6.8, drum: 5.8 };

/// One rotor: how far its path changes, samples, how much its level, and how fast it turns.
struct Rotor {
    line: Line,
    phase: f32,
    step: f32,
    swing: f32,
    depth: f32,
}

impl Rotor {
    fn new(turns: f32, swing_seconds: f32, depth: f32) -> Self {
        Self {
            line: Line::new(256),
            phase: 0.0,
            step: turns / RATE,
            swing: swing_seconds * RATE,
            depth,
        }
    }

    /// What the two microphones hear.
    #[inline(always)]
    fn next(&mut self, sample: f32) -> [f32; 2] {
        const CENTRE: f32 = 60.0;
        self.line.write(sample);
        self.phase = wrap(self.phase + self.step);
        [0.0, 0.25].map(|place| {
            let angle = wrap(self.phase + place);
            let near = sin_turns(angle);
            // Facing the microphone when nearest.
            self.line.read_between(CENTRE - self.swing * near) * (1.0 + self.depth * near)
        })
    }
}

/// Plays the part through the cabinet; `drive` 1 is clean.
pub(super) fn turn(part: &mut Part, speed: Speed, drive: f32) {
    // Half a foot of horn is 0.45 ms of travel; the drum's baffle moves less.
    let mut horn = Rotor::new(speed.horn, 0.000_42, 0.34);
    let mut drum = Rotor::new(speed.drum, 0.000_20, 0.22);
    let level = 1.0 / (0.4 + 0.6 * drive);
    part.each(|left, right| {
        let mut crossover = Filter::new(Biquad::low_pass(800.0, 0.6));
        let mut cabinet = [
            Filter::new(Biquad::low_pass(6200.0, 0.7)),
            Filter::new(Biquad::low_pass(6200.0, 0.7)),
        ];
        for (left, right) in left.iter_mut().zip(right.iter_mut()) {
            let input = saturate((*left + *right) * 0.55 * drive) * level;
            let low = crossover.next(input);
            let high = horn.next(input - low);
            let deep = drum.next(low);
            *left = deep[0] + cabinet[0].next(high[0]);
            *right = deep[1] + cabinet[1].next(high[1]);
        }
    });
}
