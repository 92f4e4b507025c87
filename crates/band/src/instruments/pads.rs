//! Synthesizer voices that are not subtractive: glass from single sines, a lead by frequency modulation.

use super::{Sound, Touch, loudness};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{cents, gain, hertz, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::oscillator::{CONTROL, Vibrato};

/// Partials that hold: order and level.
const HELD: [(f32, f32); 4] = [(1.0, 1.0), (2.0, 0.50), (3.0, 0.22), (6.0, 0.10)];

/// Partials of the stroke, which fade to a trace: order and level.
const CHIME: [(f32, f32); 3] = [(4.0, 0.26), (8.0, 0.10), (11.0, 0.05)];

/// Decay of what sounds for as long as the key is down, seconds.
const STEADY: f32 = 10_000.0;

/// Glass pad: sines of a chime that hold on, each stirred by a fainter neighbour, flat on the left and sharp on the right.
pub(super) fn glass(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.02,
        decay: 1.5,
        sustain: 0.8,
        release: 0.9,
    };
    let length = touch.held + shape.tail();
    let audible = |order: &f32| frequency * order < 13_000.0;
    let level = gain((touch.velocity - 1.0) * 8.0) * 0.3;
    let side = |offset: f32| {
        let held: Vec<Mode> = HELD
            .iter()
            .filter(|(order, _)| audible(order))
            .flat_map(|&(order, level)| {
                // Every partial stirs at a pace of its own.
                let aside = cents(offset / order.sqrt());
                [
                    Mode::new(frequency * order, level, STEADY),
                    Mode::new(frequency * order * aside, level * 0.22, STEADY),
                ]
            })
            .collect();
        let chime: Vec<Mode> = CHIME
            .iter()
            .filter(|(order, _)| audible(order))
            .map(|&(order, level)| Mode::new(frequency * order, level * (0.4 + touch.velocity), 6.0))
            .collect();
        // Both sides start together, so that they do not cancel in mono.
        let mut sound = ring(&held, length, Phases::Zero);
        let struck = ring(&chime, length, Phases::Zero);
        let mut envelope = shape.start(touch.held);
        let (mut still, fall) = (1.0_f32, smoothing(0.3));
        for (sample, struck) in sound.iter_mut().zip(struck) {
            still *= fall;
            *sample = (*sample * (1.0 - still) + struck) * envelope.next() * level;
        }
        sound
    };
    Sound::stereo(side(-5.0), side(5.0))
}

/// Lead by frequency modulation (J. Chowning, 1973): two operators at one to one, brighter the harder it is played.
pub(super) fn fm_lead(touch: &Touch) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.010,
        decay: 0.4,
        sustain: 0.8,
        release: 0.12,
    };
    let length = touch.held + shape.tail();
    let mut sound = vec![0.0_f32; length];
    let mut envelope = shape.start(touch.held);
    let mut vibrato = Vibrato::new(0.0, 5.3, 10.0, 0.3);
    // Bandwidth by Carson's rule: the index shrinks where the side bands would fold back.
    let widest = (16_000.0 / frequency - 1.0) * 0.5;
    let peak = (0.10 + 0.42 * touch.velocity).min(widest * 0.16);
    let fall = smoothing(0.22);
    let mut index = peak;
    let rest = peak * 0.45;
    let (mut carrier, mut feedback) = (0.0_f32, 0.0_f32);
    let level = loudness(touch.velocity) * 0.4;
    for (block, samples) in sound.chunks_mut(CONTROL).enumerate() {
        let step = frequency * vibrato.next().0 * touch.bend(block * CONTROL) / RATE;
        for sample in samples {
            carrier = wrap(carrier + step);
            index = rest + (index - rest) * fall;
            // A turn is added before wrapping because modulation may point backwards.
            let modulator = sin_turns(wrap(carrier + 0.06 * feedback + 1.0));
            feedback = 0.5 * (feedback + modulator);
            *sample = sin_turns(wrap(carrier + index * modulator + 1.0)) * envelope.next() * level;
        }
    }
    // A carrier and its modulator in unison leave a direct current.
    filter(&mut sound, &[Biquad::high_pass(30.0, 0.7)]);
    Sound::mono(sound)
}
