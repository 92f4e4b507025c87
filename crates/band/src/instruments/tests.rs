//! What must hold of every instrument: in tune, finite, centred, dying away.

use super::*;
use crate::dsp::RATE;
use crate::dsp::math::hertz;
use Instrument::*;

const ALL: [Instrument; 36] = [
    AcousticKit,
    BrushKit,
    ElectronicKit,
    BoomBapKit,
    HouseKit,
    ElectricBass,
    UprightBass,
    SynthBass,
    SubBass,
    SteelGuitar,
    NylonGuitar,
    CleanGuitar,
    DistortedGuitar,
    Piano,
    ElectricPiano,
    Organ,
    Strings,
    Violin,
    Cello,
    Brass,
    Trumpet,
    Saxophone,
    Flute,
    Choir,
    WarmPad,
    SawLead,
    SquareLead,
    Pluck,
    Supersaw,
    Bell,
    Vibraphone,
    Glockenspiel,
    Harp,
    Riser,
    Impact,
    AcousticKit,
];

/// The notes each pitched instrument is written for.
const RANGES: [(Instrument, u8, u8); 27] = [
    (ElectricBass, 28, 55),
    (UprightBass, 28, 55),
    (SynthBass, 28, 60),
    (SubBass, 26, 52),
    (SteelGuitar, 40, 84),
    (NylonGuitar, 40, 83),
    (CleanGuitar, 40, 86),
    (DistortedGuitar, 35, 84),
    (Piano, 28, 96),
    (ElectricPiano, 36, 93),
    (Organ, 36, 93),
    (Strings, 36, 93),
    (Violin, 55, 96),
    (Cello, 36, 76),
    (Brass, 41, 82),
    (Trumpet, 54, 86),
    (Saxophone, 44, 84),
    (Flute, 60, 96),
    (Choir, 43, 84),
    (WarmPad, 36, 88),
    (SawLead, 48, 96),
    (SquareLead, 48, 96),
    (Supersaw, 40, 90),
    (Bell, 60, 96),
    (Vibraphone, 53, 89),
    (Glockenspiel, 72, 103),
    (Harp, 36, 96),
];

fn sounded(instrument: Instrument, pitch: u8, velocity: f32, seconds: f32) -> Vec<f32> {
    let held = (seconds * RATE) as usize;
    let sound = play(
        instrument,
        &Touch {
            pitch,
            velocity,
            held,
            variant: 0,
            from: None,
            beat: 0.5 * RATE,
        },
    );
    match &sound.right {
        Some(right) => sound
            .left
            .iter()
            .zip(right)
            .map(|(left, right)| (left + right) * 0.5)
            .collect(),
        None => sound.left,
    }
}

/// Cents between the fundamental and where it should be: the centre of power of a narrow band around it, found by
/// single-frequency transforms a cent apart over a second of windowed sound. Averages vibrato and ensembles fairly.
fn cents_off(samples: &[f32], pitch: u8) -> f64 {
    // A short sound is followed by silence.
    let mut samples = samples.to_vec();
    samples.resize(samples.len().max((1.8 * RATE) as usize), 0.0);
    let window = &samples[(0.15 * RATE) as usize..(1.75 * RATE) as usize];
    let length = window.len() as f64;
    let fundamental = f64::from(hertz(f32::from(pitch)));
    // Wide enough for the main lobe, in cents; no wider, or neighbours would count.
    let lobe = 3.2 * f64::from(RATE) / length / fundamental * 1731.0;
    let reach = lobe.max(34.0);
    let (mut weight, mut sum) = (0.0, 0.0);
    for step in -40..=40 {
        let cents = reach * f64::from(step) / 40.0;
        let omega = std::f64::consts::TAU * fundamental * libm::exp2(cents / 1200.0) / f64::from(RATE);
        let (mut real, mut imaginary) = (0.0, 0.0);
        let (turn_real, turn_imaginary) = (libm::cos(omega), libm::sin(omega));
        let (mut cosine, mut sine) = (1.0, 0.0);
        for (index, sample) in window.iter().enumerate() {
            let hann = 0.5 - 0.5 * libm::cos(std::f64::consts::TAU * index as f64 / length);
            let value = f64::from(*sample) * hann;
            real += value * cosine;
            imaginary += value * sine;
            (cosine, sine) = (
                cosine * turn_real - sine * turn_imaginary,
                cosine * turn_imaginary + sine * turn_real,
            );
        }
        let power = real * real + imaginary * imaginary;
        weight += power;
        sum += power * cents;
    }
    sum / weight
}

/// Instruments of several voices a few cents apart, whose beating moves any short measurement.
const ENSEMBLES: [Instrument; 7] = [SynthBass, Strings, Brass, Choir, WarmPad, SawLead, Supersaw];

/// Cents off at every seventh note of the range.
fn errors(instrument: Instrument, low: u8, high: u8) -> Vec<f64> {
    let pitches = (low..=high).step_by(7).chain([high]);
    pitches
        .map(|pitch| {
            let touch = Touch {
                pitch,
                velocity: 0.7,
                held: 2 * RATE as usize,
                variant: 0,
                from: None,
                beat: 0.5 * RATE,
            };
            cents_off(&play(instrument, &touch).left, pitch)
        })
        .collect()
}

#[test]
fn every_pitched_instrument_is_in_tune_over_its_range() {
    for (instrument, low, high) in RANGES {
        let errors = errors(instrument, low, high);
        let worst = errors.iter().fold(0.0_f64, |most, cents| most.max(cents.abs()));
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        let (each, together) = if ENSEMBLES.contains(&instrument) {
            (12.0, 3.0)
        } else {
            (3.0, 1.5)
        };
        assert!(worst < each && mean.abs() < together, "{instrument:?}: {errors:.1?}");
    }
}

#[test]
fn every_note_is_finite_bounded_and_centred() {
    for instrument in ALL {
        let pitches: Vec<u8> = if is_kit(instrument) {
            (27..=87).collect()
        } else {
            vec![24, 40, 60, 76, 100, 127]
        };
        for pitch in pitches {
            for velocity in [0.1, 1.0] {
                let samples = sounded(instrument, pitch, velocity, 0.5);
                let peak = samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
                assert!(
                    samples.iter().all(|sample| sample.is_finite()),
                    "{instrument:?} {pitch}"
                );
                assert!(
                    peak > 1e-4 && peak < 8.0,
                    "{instrument:?} {pitch} at {velocity}: {peak}"
                );
                let mean = samples.iter().map(|sample| f64::from(*sample)).sum::<f64>() / samples.len() as f64;
                assert!(
                    mean.abs() < 0.02 * f64::from(peak).max(0.05),
                    "{instrument:?} {pitch}: {mean} of {peak}"
                );
            }
        }
    }
}

fn level(samples: &[f32]) -> f32 {
    10.0 * libm::log10f(samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32 + 1e-20)
}

#[test]
fn struck_and_plucked_notes_die_away_at_their_own_pace() {
    // Decibels lost between 0.1 and 0.9 seconds.
    let expected = [
        (Piano, 60, 4.0, 20.0),
        (Piano, 84, 10.0, 45.0),
        (SteelGuitar, 52, 5.0, 25.0),
        (NylonGuitar, 60, 8.0, 40.0),
        (Harp, 60, 6.0, 35.0),
        (UprightBass, 36, 8.0, 30.0),
        (ElectricBass, 36, 3.0, 16.0),
        (Vibraphone, 65, 3.0, 16.0),
        (Glockenspiel, 84, 10.0, 45.0),
        (Bell, 72, 6.0, 30.0),
        (ElectricPiano, 60, 3.0, 20.0),
    ];
    for (instrument, pitch, least, most) in expected {
        let samples = sounded(instrument, pitch, 0.7, 2.0);
        let at = |seconds: f32| {
            let start = (seconds * RATE) as usize;
            level(&samples[start..start + 4410])
        };
        let lost = at(0.1) - at(0.9);
        assert!((least..most).contains(&lost), "{instrument:?} {pitch} lost {lost} dB");
    }
}

#[test]
fn sustained_notes_hold_their_level_and_then_stop() {
    for instrument in [
        Organ, Strings, Violin, Cello, Brass, Trumpet, Saxophone, Flute, Choir, WarmPad, SawLead, Supersaw,
    ] {
        let samples = sounded(instrument, 64, 0.7, 2.0);
        let at = |seconds: f32| {
            let start = (seconds * RATE) as usize;
            level(&samples[start..start + 8820])
        };
        assert!(
            (at(0.8) - at(1.7)).abs() < 5.0,
            "{instrument:?}: {} {}",
            at(0.8),
            at(1.7)
        );
        let end = level(&samples[samples.len() - 400..]);
        assert!(end < at(1.7) - 30.0, "{instrument:?} ends at {end}");
    }
}

#[test]
fn a_harder_touch_is_louder_and_brighter() {
    let brightness = |samples: &[f32]| {
        let steps: Vec<f32> = samples.windows(2).map(|pair| pair[1] - pair[0]).collect();
        level(&steps) - level(samples)
    };
    for instrument in [
        Piano,
        ElectricPiano,
        SteelGuitar,
        NylonGuitar,
        Brass,
        Trumpet,
        Saxophone,
        ElectricBass,
        Vibraphone,
    ] {
        let soft = sounded(instrument, 52, 0.25, 0.8);
        let hard = sounded(instrument, 52, 0.95, 0.8);
        assert!(level(&hard) > level(&soft) + 4.0, "{instrument:?} is not louder");
        assert!(
            brightness(&hard) > brightness(&soft) + 0.4,
            "{instrument:?} is not brighter"
        );
    }
}

#[test]
fn the_same_touch_gives_the_same_sound_and_the_next_variant_another() {
    let touch = |variant| Touch {
        pitch: 52,
        velocity: 0.7,
        held: 20_000,
        variant,
        from: None,
        beat: 0.5 * RATE,
    };
    assert_eq!(play(SteelGuitar, &touch(0)), play(SteelGuitar, &touch(0)));
    assert_ne!(play(SteelGuitar, &touch(0)), play(SteelGuitar, &touch(1)));
}
