//! Synthetic basses: subtractive, sine, acid and wobble.

use super::subtractive::{Patch, Wave};
use super::{Sound, Touch, loudness};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::{Envelope, fade_out};
use crate::dsp::math::{cents, hertz, saturate, sin_turns, smoothing, wrap};
use crate::dsp::oscillator::Oscillator;
use crate::dsp::samples;
use crate::dsp::state_variable::MovingLowPass;

/// Analogue-style bass: saw and sub square through a snapping filter.
pub(super) const SYNTH: Patch = Patch {
    wave: Wave::Saw,
    detune: &[-3.0, 3.0],
    spread: 0.0,
    sub: 0.5,
    corner: 180.0,
    tracking: 1.2,
    sweep: 1900.0,
    resonance: 1.3,
    filter: Envelope {
        attack: 0.003,
        decay: 0.14,
        sustain: 0.22,
        release: 0.08,
    },
    level: Envelope {
        attack: 0.004,
        decay: 0.35,
        sustain: 0.75,
        release: 0.07,
    },
    ..Patch::BASIC
};

/// Saws rubbing against each other under a dark filter: the bass of drum and bass.
pub(super) const REESE: Patch = Patch {
    detune: &[-14.0, -10.0, 14.0, 10.0],
    spread: 0.35,
    sub: 0.35,
    corner: 320.0,
    tracking: 1.5,
    sweep: 900.0,
    resonance: 1.1,
    filter: Envelope {
        attack: 0.25,
        decay: 0.9,
        sustain: 0.55,
        release: 0.12,
    },
    level: Envelope {
        attack: 0.012,
        decay: 0.8,
        sustain: 0.9,
        release: 0.10,
    },
    touch: 9.0,
    ..Patch::BASIC
};

/// A sine that drops in, with a little grit so that it is heard on small speakers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sine {
    /// How far above the pitch it starts, as a share of it.
    drop: f32,
    /// Time constant of the fall, seconds.
    drop_time: f32,
    /// Gain into the clipper at the softest, and what the hardest touch adds.
    drive: (f32, f32),
    shape: Envelope,
}

/// The long low note of hip hop.
pub(super) const SUB: Sine = Sine {
    drop: 1.6,
    drop_time: 0.014,
    drive: (1.5, 0.8),
    shape: Envelope {
        attack: 0.004,
        decay: 1.1,
        sustain: 0.55,
        release: 0.10,
    },
};

/// The drum machine's bass drum, tuned and let ring: a hard knock, a clipped middle, a long tail.
pub(super) const EIGHT_OH_EIGHT: Sine = Sine {
    drop: 3.4,
    drop_time: 0.011,
    drive: (2.2, 1.8),
    shape: Envelope {
        attack: 0.002,
        decay: 0.75,
        sustain: 0.18,
        release: 0.14,
    },
};

impl Sine {
    /// The sound of one note.
    pub(super) fn play(&self, touch: &Touch) -> Sound {
        let frequency = hertz(f32::from(touch.pitch));
        // What slides in is already sounding: no drop, no second knock.
        let slides = touch.from.is_some();
        let shape = Envelope {
            attack: if slides { 0.012 } else { self.shape.attack },
            ..self.shape
        };
        let mut envelope = shape.start(touch.held);
        let length = touch.held + shape.tail();
        let mut phase = 0.0_f32;
        let mut drop = if slides { 0.0 } else { self.drop };
        let fall = smoothing(self.drop_time);
        let drive = self.drive.0 + self.drive.1 * touch.velocity;
        let level = loudness(touch.velocity) * 0.7;
        let sound = (0..length)
            .map(|index| {
                phase = wrap(phase + frequency * touch.bend(index) * (1.0 + drop) / RATE);
                drop *= fall;
                let amount = envelope.next();
                // As the tail fades it leaves the clipper and becomes a plain sine again.
                saturate(sin_turns(phase) * drive * (0.4 + 0.6 * amount)) * amount * level
            })
            .collect();
        Sound::mono(sound)
    }
}

/// The silver box: one saw, a filter that squeals, an accent that opens it further.
pub(super) fn acid(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let accent = ((touch.velocity - 0.45) / 0.55).clamp(0.0, 1.0);
    let shape = Envelope {
        attack: if touch.from.is_some() { 0.010 } else { 0.003 },
        decay: 1.2,
        sustain: 0.6,
        release: 0.03,
    };
    let length = touch.held + shape.tail();
    let mut level = shape.start(touch.held);
    let mut oscillator = Oscillator::new(0.0, frequency / RATE);
    // Four poles: the first pair rounds, the second rings.
    let mut poles = [MovingLowPass::new(0.8), MovingLowPass::new(3.2 + 3.4 * accent)];
    let fall = smoothing(0.24 - 0.13 * accent);
    let mut open = 1.0_f32;
    let amount = loudness(touch.velocity) * 0.42;
    let mut sound = Vec::with_capacity(length);
    for index in 0..length {
        if index % 16 == 0 {
            let corner = 260.0 + 1.3 * frequency + (900.0 + 2900.0 * accent) * open;
            poles.iter_mut().for_each(|pole| pole.set_corner(corner));
            oscillator.step = frequency * touch.bend(index) / RATE;
        }
        open *= fall;
        let [first, _] = poles[0].next([oscillator.saw(), 0.0]);
        let [rung, _] = poles[1].next([first, 0.0]);
        sound.push(saturate(rung * 1.4) * level.next() * amount);
    }
    // A lopsided wave comes out of the clipper with a direct current.
    filter(&mut sound, &[Biquad::high_pass(22.0, 0.7)]);
    Sound::mono(sound)
}

/// How often the filter opens in one beat, by the turn of the note.
const WOBBLES: [f32; 4] = [2.0, 3.0, 2.0, 4.0];

/// A growl whose filter opens and closes in time with the song, over a steady sub.
pub(super) fn wobble(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.006,
        decay: 1.0,
        sustain: 0.95,
        release: 0.05,
    };
    let length = touch.held + shape.tail();
    let mut level = shape.start(touch.held);
    let mut saws = [-9.0, 9.0, 1200.0].map(|offset| Oscillator::new(0.0, frequency * cents(offset) / RATE));
    let mut mouth = MovingLowPass::new(2.4);
    let turn = WOBBLES[touch.variant as usize % WOBBLES.len()] / touch.beat.max(1.0);
    let mut sub = 0.0_f32;
    let amount = loudness(touch.velocity) * 0.45;
    let mut sound = Vec::with_capacity(length);
    for index in 0..length {
        if index % 16 == 0 {
            let swing = wrap(index as f32 * turn);
            // Open on the beat, closed between: a raised cosine on a scale of octaves.
            let open = 0.5 + 0.5 * sin_turns(wrap(swing + 0.25));
            mouth.set_corner(110.0 * libm::exp2f(1.0 + 4.2 * open * (0.6 + 0.4 * touch.velocity)));
        }
        let [one, other, high] = &mut saws;
        let source = one.saw() + other.saw() + 0.4 * high.saw();
        let [growl, _] = mouth.next([source, 0.0]);
        sub = wrap(sub + frequency / RATE);
        let sample = saturate(growl * 1.2) * 0.75 + sin_turns(sub) * 0.7;
        sound.push(sample * level.next() * amount);
    }
    filter(&mut sound, &[Biquad::high_pass(22.0, 0.7)]);
    fade_out(&mut sound, samples(0.005));
    Sound::mono(sound)
}
