//! Percussion played by hand: shakers, bells, blocks, skins.

use crate::dsp::RATE;
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::fade_out;
use crate::dsp::math::{decay, sin_turns, smoothing, wrap};
use crate::dsp::modal::{Mode, Phases, ring};
use crate::dsp::noise::Noise;
use crate::dsp::samples;

/// One stroke on General MIDI percussion `pitch`.
pub(super) fn play(pitch: u8, velocity: f32, noise: &mut Noise) -> Vec<f32> {
    match pitch {
        54 | 83 => tambourine(0.22, noise),
        56 => bars(
            &[
                (562.0, 0.7, 0.30),
                (845.0, 0.6, 0.24),
                (1480.0, 0.2, 0.12),
                (2310.0, 0.12, 0.08),
            ],
            noise,
        ),
        58 => tambourine(0.6, noise),
        60 => skin(400.0, 0.16, 0.35, velocity, noise),
        61 => skin(290.0, 0.20, 0.30, velocity, noise),
        62 => skin(235.0, 0.09, 0.55, velocity, noise),
        63 => skin(225.0, 0.34, 0.30, velocity, noise),
        64 => skin(168.0, 0.40, 0.28, velocity, noise),
        65 => timbale(330.0, velocity, noise),
        66 => timbale(245.0, velocity, noise),
        67 | 68 => {
            let frequency = if pitch == 67 { 1045.0 } else { 745.0 };
            bars(
                &[
                    (frequency, 0.6, 0.35),
                    (frequency * 2.65, 0.35, 0.22),
                    (frequency * 4.1, 0.15, 0.12),
                ],
                noise,
            )
        }
        69 | 70 | 82 => shaker(velocity, noise),
        73 | 74 => scrape(if pitch == 73 { 0.12 } else { 0.34 }, noise),
        75 | 85 => bars(&[(2480.0, 0.9, 0.07), (5300.0, 0.2, 0.03)], noise),
        76 | 77 => {
            let frequency = if pitch == 76 { 980.0 } else { 740.0 };
            bars(&[(frequency, 0.8, 0.08), (frequency * 2.6, 0.3, 0.05)], noise)
        }
        80 | 81 | 84 => {
            let life = if pitch == 80 { 0.15 } else { 1.8 };
            let partials = [
                (2390.0, 0.3, life),
                (4810.0, 0.5, life * 0.9),
                (6730.0, 0.4, life * 0.7),
                (9140.0, 0.3, life * 0.5),
            ];
            bars(&partials, noise)
        }
        78 | 79 | 86 | 87 => skin(if pitch < 80 { 310.0 } else { 88.0 }, 0.45, 0.15, velocity, noise),
        _ => bars(&[(1650.0, 0.6, 0.06), (2900.0, 0.35, 0.04)], noise),
    }
}

/// Beads against a shell: they gather, then hit.
fn shaker(velocity: f32, noise: &mut Noise) -> Vec<f32> {
    let mut beads = Filter::new(Biquad::band_pass(6300.0 + 1500.0 * velocity, 1.1));
    let gather = 0.010 + 0.014 * (1.0 - velocity);
    let fall = smoothing(0.020);
    let mut level = 1.0_f32;
    let mut sound: Vec<f32> = (0..samples(0.13))
        .map(|index| {
            let seconds = index as f32 / RATE;
            let swell = (seconds / gather).min(1.0);
            if seconds > gather {
                level *= fall;
            }
            beads.next(noise.white()) * swell * swell * level * 1.4
        })
        .collect();
    fade_out(&mut sound, samples(0.02));
    sound
}

/// Jingles: a few dozen small bright discs.
fn tambourine(seconds: f32, noise: &mut Noise) -> Vec<f32> {
    let modes: Vec<Mode> = (0..24)
        .map(|_| {
            Mode::new(
                noise.between(4200.0, 12_500.0),
                noise.between(0.03, 0.12),
                seconds * noise.between(0.4, 1.0),
            )
        })
        .collect();
    let mut sound = ring(&modes, samples(seconds * 1.2), Phases::Random(noise));
    let mut air = Filter::new(Biquad::high_pass(5200.0, 0.7));
    let (mut level, fall) = (0.55, decay(seconds * 0.6));
    for sample in &mut sound {
        *sample += air.next(noise.white()) * level;
        level *= fall;
    }
    fade_out(&mut sound, samples(0.03));
    sound
}

/// A bar, block or bell from its modes: hertz, level, seconds.
fn bars(partials: &[(f32, f32, f32)], noise: &mut Noise) -> Vec<f32> {
    let spot = noise.between(0.994, 1.006);
    let modes: Vec<Mode> = partials
        .iter()
        .map(|(frequency, level, life)| Mode::new(frequency * spot, *level, *life))
        .collect();
    let longest = partials.iter().map(|partial| partial.2).fold(0.0, f32::max);
    let mut sound = ring(&modes, samples(longest * 1.2 + 0.02), Phases::Zero);
    let (mut tick, fall) = (0.25, smoothing(0.0009));
    for sample in &mut sound {
        *sample += noise.white() * tick;
        tick *= fall;
    }
    fade_out(&mut sound, samples(0.02));
    sound
}

/// A hand drum tuned to `hertz`; `slap` is the palm.
fn skin(hertz: f32, seconds: f32, slap: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
    let mut palm = Filter::new(Biquad::band_pass(1100.0 + 1600.0 * velocity, 0.8));
    let (bend_fall, body_fall, slap_fall) = (smoothing(0.02), decay(seconds), smoothing(0.005));
    let (mut bend, mut body, mut slap) = (0.12 * velocity, 0.85, slap * (0.5 + velocity));
    let (mut fundamental, mut overtone) = (0.0_f32, 0.0_f32);
    let mut sound: Vec<f32> = (0..samples(seconds * 1.1))
        .map(|_| {
            let step = hertz * (1.0 + bend) / RATE;
            fundamental = wrap(fundamental + step);
            overtone = wrap(overtone + step * 1.594);
            let sample = sin_turns(fundamental) * body
                + sin_turns(overtone) * body * body * 0.3
                + palm.next(noise.white() * slap) * 1.5;
            bend *= bend_fall;
            body *= body_fall;
            slap *= slap_fall;
            sample
        })
        .collect();
    fade_out(&mut sound, samples(0.03));
    sound
}

/// A stick on a skin over a steel shell, which rings with it.
fn timbale(hertz: f32, velocity: f32, noise: &mut Noise) -> Vec<f32> {
    const SHELL: [(f32, f32, f32); 9] = [
        (1.59, 0.40, 0.40),
        (2.14, 0.34, 0.36),
        (2.65, 0.26, 0.34),
        (3.16, 0.24, 0.32),
        (4.06, 0.22, 0.30),
        (5.31, 0.20, 0.30),
        (7.20, 0.18, 0.26),
        (9.90, 0.15, 0.22),
        (13.4, 0.11, 0.18),
    ];
    let mut sound = skin(hertz, 0.42, 0.5, velocity, noise);
    let modes: Vec<Mode> = SHELL
        .iter()
        .map(|(ratio, level, life)| {
            let spot = noise.between(0.8, 1.2);
            Mode::new(hertz * ratio, level * spot * (0.4 + 0.6 * velocity), *life)
        })
        .collect();
    for (sample, shell) in sound.iter_mut().zip(ring(&modes, samples(0.44), Phases::Random(noise))) {
        *sample += shell;
    }
    sound
}

/// A stick drawn over notches.
fn scrape(seconds: f32, noise: &mut Noise) -> Vec<f32> {
    let mut gourd = Filter::new(Biquad::band_pass(3400.0, 1.5));
    let notch = RATE / 95.0;
    let mut sound: Vec<f32> = (0..samples(seconds))
        .map(|index| {
            let within = (index as f32 % notch) / notch;
            gourd.next(noise.white() * libm::expf(-within * 6.0))
        })
        .collect();
    fade_out(&mut sound, samples(0.03));
    sound
}
