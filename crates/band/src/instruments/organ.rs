//! Tonewheel organ: drawbars, key click, percussion. The rotating loudspeaker is in [`super::body`].

use super::{Sound, Touch};
use crate::dsp::envelope::Envelope;
use crate::dsp::math::{hertz, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::{RATE, samples};

/// Ratio to the key and level, from the sixteen-foot bar to the one-foot bar (the 1 3/5 foot bar is pushed in): full below,
/// bright above.
const DRAWBARS: [(f32, f32); 8] = [
    (0.5, 0.50),
    (1.5, 0.32),
    (1.0, 0.80),
    (2.0, 0.42),
    (3.0, 0.18),
    (4.0, 0.22),
    (6.0, 0.08),
    (8.0, 0.10),
];

/// Decay of a wheel that turns for as long as the key is down, seconds.
const STEADY: f32 = 10_000.0;

/// The sound of one note.
pub(super) fn play(touch: &Touch, noise: &mut Noise) -> Sound {
    let frequency = hertz(f32::from(touch.pitch));
    let shape = Envelope {
        attack: 0.004,
        decay: 0.1,
        sustain: 0.97,
        release: 0.035,
    };
    let length = touch.held + shape.tail();
    let wheels = DRAWBARS.map(|(ratio, level)| {
        let audible = frequency * ratio < 9000.0;
        Mode::new(frequency * ratio, if audible { level } else { 0.0 }, STEADY)
    });
    let mut sound = ring(&wheels, length, Phases::Random(noise));
    percussion(frequency, touch, &mut sound);
    let mut click = 0.25 * touch.velocity;
    let fall = smoothing(0.0025);
    let mut envelope = shape.start(touch.held);
    // An organ key has no touch; the swell pedal stands in for it.
    let swell = 0.16 * (0.55 + 0.45 * touch.velocity);
    for sample in &mut sound {
        *sample = (*sample + noise.white() * click) * envelope.next() * swell;
        click *= fall;
    }
    Sound::mono(sound)
}

fn percussion(frequency: f32, touch: &Touch, sound: &mut [f32]) {
    let step = frequency * 3.0 / RATE;
    if step > 0.2 {
        return;
    }
    let (mut phase, mut level) = (0.0, 0.5 * touch.velocity);
    let fall = smoothing(0.09);
    for sample in sound.iter_mut().take(samples(0.5)) {
        phase = wrap(phase + step);
        *sample += sin_turns(phase) * level;
        level *= fall;
    }
}
