//! A wordless choir: glottal saws of several singers through the formants of a vowel.

use super::subtractive::Patch;
use super::{Sound, Touch};
use crate::dsp::biquad::{Biquad, Filter};
use crate::dsp::envelope::Envelope;
use crate::dsp::noise::Noise;
use crate::dsp::samples;

/// Centre, sharpness and level of the formants of a vowel.
type Vowel = [(f32, f32, f32); 4];

const AH: Vowel = [
    (720.0, 6.0, 1.0),
    (1150.0, 8.0, 0.55),
    (2600.0, 10.0, 0.24),
    (3300.0, 11.0, 0.12),
];

const OOH: Vowel = [
    (360.0, 5.0, 1.0),
    (780.0, 8.0, 0.30),
    (2400.0, 10.0, 0.06),
    (3200.0, 11.0, 0.03),
];

const EH: Vowel = [
    (560.0, 6.0, 1.0),
    (1750.0, 9.0, 0.50),
    (2550.0, 10.0, 0.30),
    (3500.0, 11.0, 0.14),
];

const SINGERS: Patch = Patch {
    detune: &[-9.0, 9.0, -3.0, 3.0, 12.0, -12.0],
    spread: 0.7,
    noise: 0.02,
    air: 0.060,
    corner: 2600.0,
    tracking: 1.0,
    sweep: 1500.0,
    filter: Envelope {
        attack: 0.2,
        decay: 1.0,
        sustain: 0.9,
        release: 0.4,
    },
    level: Envelope {
        attack: 0.16,
        decay: 1.0,
        sustain: 0.92,
        release: 0.42,
    },
    vibrato: (13.0, 5.2, 0.25),
    touch: 9.0,
    ..Patch::BASIC
};

/// "Aah", which soft notes close towards "ooh".
pub(super) fn play(touch: &Touch, noise: &mut Noise) -> Sound {
    let openness = ((touch.velocity - 0.35) / 0.35).clamp(0.0, 1.0);
    choral(&SINGERS, touch, noise, |_| openness, (OOH, AH))
}

/// "Ooh" throughout: darker, softer, with less air.
pub(super) fn ooh(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        // Between few strong partials singers would beat; more of them do not.
        detune: &[-14.0, 11.0, 5.0, -6.0, 9.0, -5.0, 0.0, 0.0],
        vibrato: (17.0, 5.1, 0.2),
        air: 0.02,
        corner: 1500.0,
        sweep: 600.0,
        ..SINGERS
    };
    choral(&patch, touch, noise, |_| 0.0, (OOH, AH))
}

/// A syllable cut from a record: one voice, "eh" falling into "ah", gone as the key is.
pub(super) fn chop(touch: &Touch, noise: &mut Noise) -> Sound {
    let patch = Patch {
        detune: &[-2.0, 2.0],
        spread: 0.3,
        noise: 0.01,
        air: 0.03,
        corner: 4200.0,
        level: Envelope {
            attack: 0.008,
            decay: 0.25,
            sustain: 0.6,
            release: 0.05,
        },
        vibrato: (0.0, 5.0, 0.0),
        ..SINGERS
    };
    let held = touch.held.min(samples(0.45));
    let turn = samples(0.11) as f32;
    let open = move |index: usize| (index as f32 / turn).min(1.0);
    choral(&patch, &Touch { held, ..*touch }, noise, open, (EH, AH))
}

fn choral(
    patch: &Patch,
    touch: &Touch,
    noise: &mut Noise,
    openness: impl Fn(usize) -> f32,
    vowels: (Vowel, Vowel),
) -> Sound {
    let (mut left, mut right) = patch.voices(touch, noise);
    sing(&mut left, &openness, vowels);
    sing(&mut right, &openness, vowels);
    Sound::stereo(left, right)
}

/// Fades from the bank of one vowel to that of the other.
fn sing(voice: &mut [f32], openness: impl Fn(usize) -> f32, (closed, open): (Vowel, Vowel)) {
    let bank = |vowel: Vowel| vowel.map(|(hertz, q, level)| (Filter::new(Biquad::band_pass(hertz, q)), level * 1.6));
    let (mut closed, mut open) = (bank(closed), bank(open));
    // Part of the plain voice passes, or the vowel would swallow fundamentals between its formants.
    for (index, sample) in voice.iter_mut().enumerate() {
        let source = *sample;
        let share = openness(index);
        let mut sung = source * 0.14;
        for ((shut, quiet), (wide, loud)) in closed.iter_mut().zip(&mut open) {
            sung += shut.next(source) * *quiet * (1.0 - share) + wide.next(source) * *loud * share;
        }
        *sample = sung;
    }
}
