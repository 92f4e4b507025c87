//! Every pitched instrument in tune over its whole range.

use super::*;
use crate::dsp::math::hertz;

/// Cents between the fundamental and where it should be: the centre of power of a narrow band around it, found by
/// single-frequency transforms over a second and a half of windowed sound. Averages vibrato and ensembles fairly.
fn cents_off(samples: &[f32], pitch: u8) -> f64 {
    /// Samples summed into one after the fundamental has been brought down to zero.
    const BLOCK: usize = 64;
    // A short sound is followed by silence.
    let mut samples = samples.to_vec();
    samples.resize(samples.len().max((1.8 * RATE) as usize), 0.0);
    let window = &samples[(0.15 * RATE) as usize..(1.75 * RATE) as usize];
    let length = window.len() as f64;
    let rate = f64::from(RATE);
    let fundamental = f64::from(hertz(f32::from(pitch)));
    let turn = |omega: f64| (libm::cos(omega), -libm::sin(omega));
    let step = turn(std::f64::consts::TAU * fundamental / rate);
    let mut phasor = (1.0, 0.0);
    let lowered: Vec<(f64, f64)> = window
        .chunks(BLOCK)
        .enumerate()
        .map(|(block, chunk)| {
            let mut sum = (0.0, 0.0);
            for (index, sample) in chunk.iter().enumerate() {
                let place = (block * BLOCK + index) as f64 / length;
                let value = f64::from(*sample) * (0.5 - 0.5 * libm::cos(std::f64::consts::TAU * place));
                sum = (sum.0 + value * phasor.0, sum.1 + value * phasor.1);
                phasor = times(phasor, step);
            }
            sum
        })
        .collect();
    // Wide enough for the main lobe, in cents; no wider, or neighbours would count.
    let lobe = 3.2 * rate / length / fundamental * 1731.0;
    let reach = lobe.max(34.0);
    let (mut weight, mut sum) = (0.0, 0.0);
    for step in -40..=40 {
        let cents = reach * f64::from(step) / 40.0;
        let apart = fundamental * (libm::exp2(cents / 1200.0) - 1.0);
        let step = turn(std::f64::consts::TAU * apart * BLOCK as f64 / rate);
        let (mut phasor, mut found) = ((1.0, 0.0), (0.0, 0.0));
        for value in &lowered {
            let turned = times(*value, phasor);
            found = (found.0 + turned.0, found.1 + turned.1);
            phasor = times(phasor, step);
        }
        let power = found.0 * found.0 + found.1 * found.1;
        weight += power;
        sum += power * cents;
    }
    sum / weight
}

fn times(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0)
}

/// Instruments of several voices a few cents apart, whose beating moves any short measurement: their centre counts.
const ENSEMBLES: &[Instrument] = &[
    SynthBass,
    ReeseBass,
    WobbleBass,
    Mandolin,
    HonkyTonk,
    Harpsichord,
    PipeOrgan,
    Accordion,
    Strings,
    TremoloStrings,
    Pizzicato,
    Brass,
    FrenchHorn,
    Choir,
    OohChoir,
    VocalChop,
    WarmPad,
    GlassPad,
    SweepPad,
    SawLead,
    Supersaw,
    Pluck,
    SquareLead,
    CrunchGuitar,
    DistortedGuitar,
];

/// Cents off at every seventh note of the range.
fn errors(instrument: Instrument) -> Vec<f64> {
    let (low, high) = profile(instrument).range;
    let pitches = (low..=high).step_by(7).chain([high]);
    pitches
        .map(|pitch| cents_off(&sounded(instrument, pitch, 0.7, 2.0), pitch))
        .collect()
}

#[test]
fn every_pitched_instrument_is_in_tune_over_its_range() {
    let mut faults = Vec::new();
    for &instrument in ALL {
        if matches!(profile(instrument).nature, Nature::Kit | Nature::Noise) {
            continue;
        }
        let errors = errors(instrument);
        let worst = errors.iter().fold(0.0_f64, |most, cents| most.max(cents.abs()));
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        let (each, together) = if ENSEMBLES.contains(&instrument) {
            (12.0, 5.0)
        } else {
            (3.0, 1.5)
        };
        if worst >= each || mean.abs() >= together {
            faults.push(format!("{instrument:?}: {errors:.1?}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn a_note_that_slides_arrives_in_tune() {
    for &instrument in ALL.iter().filter(|instrument| glides(**instrument)) {
        let (low, high) = profile(instrument).range;
        let pitch = (low + high) / 2;
        let slid = Touch {
            from: Some(pitch - 7),
            ..touch(pitch, 0.7, 2.0)
        };
        let plain = play(instrument, &touch(pitch, 0.7, 2.0)).left;
        let sound = play(instrument, &slid).left;
        let off = cents_off(&sound, pitch);
        assert!(off.abs() < 12.0, "{instrument:?} arrives {off:.1} cents off");
        assert_ne!(plain, sound, "{instrument:?} does not slide");
    }
}
