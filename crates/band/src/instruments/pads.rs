//! Synthesizer voices that are not subtractive: glass from single sines, a lead by frequency modulation.

use super::{Sound, Touch, loudness};
use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{cents, gain, hertz, sin_turns, smoothing, wrap};
use crate::dsp::noise::Noise;
use crate::dsp::oscillator::{CONTROL, Vibrato};

/// Partials of the glass: order, level, seconds to rise.
const GLASS: [(f32, f32, f32); 7] = [
    (1.0, 1.0, 0.25),
    (2.0, 0.50, 0.35),
    (3.0, 0.22, 0.5),
    (4.0, 0.26, 0.05),
    (6.0, 0.12, 0.7),
    (8.0, 0.10, 0.04),
    (11.0, 0.05, 0.03),
];

/// Glass pad: sines of a chime that hold on, each breathing at a pace of its own, a little apart left and right.
pub(super) fn glass(touch: &Touch, noise: &mut Noise) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.02,
        decay: 1.5,
        sustain: 0.8,
        release: 0.9,
    };
    let length = touch.held + shape.tail();
    let (mut left, mut right) = (vec![0.0_f32; length], vec![0.0_f32; length]);
    for (order, level, rise) in GLASS {
        if frequency * order > 13_000.0 {
            continue;
        }
        // Early partials are the stroke of the chime: the harder, the louder, and they fade to a trace.
        let struck = rise < 0.1;
        let level = if struck { level * (0.4 + touch.velocity) } else { level };
        let together = noise.unit();
        for (side, offset) in [(&mut left, -5.0_f32), (&mut right, 5.0)] {
            let step = frequency * order / RATE;
            // Both sides start close together, so that they never cancel in mono; a fainter neighbour stirs each.
            let (mut phase, mut breath) = (wrap(together + noise.between(0.0, 0.15)), noise.unit());
            let (mut other, other_step) = (noise.unit(), step * cents(offset));
            let pace = noise.between(0.25, 0.7) * CONTROL as f32 / RATE;
            let (mut amount, approach) = (0.0_f32, 1.0 - smoothing(rise));
            let fade = smoothing(if struck { 0.9 } else { 60.0 });
            let mut top = 1.0_f32;
            for block in side.chunks_mut(CONTROL) {
                breath = wrap(breath + pace);
                let swell = level * (0.8 + 0.2 * sin_turns(breath));
                for sample in block {
                    amount += (top - amount) * approach;
                    top *= fade;
                    phase = wrap(phase + step);
                    other = wrap(other + other_step);
                    *sample += (sin_turns(phase) + 0.22 * sin_turns(other)) * amount * swell;
                }
            }
        }
    }
    let amount = gain((touch.velocity - 1.0) * 8.0) * 0.3;
    for side in [&mut left, &mut right] {
        let mut envelope = shape.start(touch.held);
        side.iter_mut().for_each(|sample| *sample *= envelope.next() * amount);
    }
    Sound::stereo(left, right)
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
