//! Long-necked lutes and zithers of the east: strings that buzz, bend or snap against a skin.

use super::guitar::Make;
use super::{Sound, Touch, loudness};
use crate::dsp::biquad::{Biquad, Filter, filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{cents, saturate, smoothing};
use crate::dsp::noise::Noise;
use crate::dsp::samples;
use crate::dsp::warp::warp;

const WIRE: Make = Make {
    sustain: 8.0,
    halves: 22.0,
    shortest: 2.0,
    brilliance: (1.0, 0.4),
    position: (0.09, 0.13),
    corner: (3200.0, 5200.0),
    scrape: 0.08,
    tick: (0.10, 3200.0),
    thump: 0.06,
    tracking: 0.2,
    courses: &[0.0],
    tail: 0.4,
};

/// Sitar: the string grazes a wide bridge, so that its overtones bloom after the pluck, and others answer in sympathy.
pub(super) fn sitar(touch: &Touch, noise: &mut Noise) -> Sound {
    let length = touch.held + samples(WIRE.tail);
    let mut sound = WIRE.strings(touch, length, noise);
    let mut floor = Filter::new(Biquad::high_pass(1100.0, 0.8));
    let mut roof = Filter::new(Biquad::low_pass(5200.0, 0.6));
    let bloom = smoothing(0.09);
    let mut closed = 1.0_f32;
    for sample in &mut sound {
        closed *= bloom;
        // What the bridge clips of each swing, brighter once the hand is off the string.
        let grazed = roof.next(floor.next(saturate(sample.abs() * 5.0 - 0.4)));
        *sample = *sample * 0.8 + grazed * 0.34 * (1.0 - 0.6 * closed);
    }
    let octave = Touch {
        pitch: (touch.pitch + 12).min(120),
        velocity: 0.3,
        ..*touch
    };
    let answer = WIRE.strings(&octave, length, noise);
    let late = samples(0.012);
    for (sample, other) in sound.iter_mut().skip(late).zip(&answer) {
        *sample += other * 0.10;
    }
    finish(
        sound,
        touch,
        &[Biquad::peak(420.0, 1.2, 2.0), Biquad::peak(2300.0, 1.0, 3.0)],
    )
}

/// Koto: a silk-like string on a long wooden trough; the left hand presses a little pitch into its beginning.
pub(super) fn koto(touch: &Touch, noise: &mut Noise) -> Sound {
    let make = Make {
        sustain: 5.0,
        shortest: 1.2,
        brilliance: (0.5, 0.3),
        position: (0.05, 0.08),
        corner: (3000.0, 4500.0),
        tick: (0.14, 3200.0),
        ..WIRE
    };
    bent(
        &make,
        14.0,
        touch,
        noise,
        &[Biquad::peak(330.0, 1.4, 3.0), Biquad::peak(900.0, 1.2, 2.0)],
    )
}

/// Shamisen: a broad plectrum that strikes string and skin at once.
pub(super) fn shamisen(touch: &Touch, noise: &mut Noise) -> Sound {
    let make = Make {
        sustain: 3.2,
        shortest: 0.8,
        brilliance: (0.55, 0.25),
        position: (0.06, 0.09),
        scrape: 0.14,
        tick: (0.40, 3200.0),
        thump: 0.12,
        tail: 0.2,
        ..WIRE
    };
    bent(
        &make,
        8.0,
        touch,
        noise,
        &[Biquad::peak(620.0, 1.2, 4.0), Biquad::peak(1500.0, 1.2, 3.0)],
    )
}

fn bent(make: &Make, sharp: f32, touch: &Touch, noise: &mut Noise, body: &[Biquad]) -> Sound {
    let length = touch.held + samples(make.tail);
    let string = make.strings(touch, length + samples(0.05), noise);
    let fall = smoothing(0.045);
    let mut press = sharp * touch.velocity;
    let sound = warp(&string, length, |_| {
        press *= fall;
        cents(press)
    });
    finish(sound, touch, body)
}

fn finish(sound: Vec<f32>, touch: &Touch, body: &[Biquad]) -> Sound {
    let mut sound = sound;
    filter(&mut sound, body);
    fade_out(&mut sound, samples(0.01));
    let level = loudness(touch.velocity);
    sound.iter_mut().for_each(|sample| *sample *= level);
    Sound::mono(sound)
}
