//! What must hold of every instrument: finite, centred, dying away, answering to the hand. In tune: see [`tuning`]. Still
//! sounding as it did: see [`figures`].

mod figures;
mod tuning;

use super::*;
use crate::dsp::RATE;
use crate::perform::part::Part;
use Instrument::*;

/// A note at its middle velocity.
fn touch(pitch: u8, velocity: f32, seconds: f32) -> Touch {
    Touch {
        pitch,
        velocity,
        held: (seconds * RATE) as usize,
        variant: 0,
        from: None,
        beat: 0.5 * RATE,
    }
}

/// Both sides of a note together.
fn sounded(instrument: Instrument, pitch: u8, velocity: f32, seconds: f32) -> Vec<f32> {
    let sound = play(instrument, &touch(pitch, velocity, seconds));
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

/// A note through body, amplifier and loudspeaker, let go at its end, both sides together.
fn finished(instrument: Instrument, pitch: u8, velocity: f32, seconds: f32) -> Vec<f32> {
    let mut left = sounded(instrument, pitch, velocity, seconds);
    if let Release::Damped(life) = habit(instrument).release {
        let held = ((seconds * RATE) as usize).min(left.len());
        let fall = crate::dsp::math::decay(life);
        let mut level = 1.0;
        for sample in &mut left[held..] {
            level *= fall;
            *sample *= level;
        }
    }
    let length = left.len() + 4_410;
    left.resize(length, 0.0);
    let mut part = Part::new(left.clone(), left, std::slice::from_ref(&(0..length)));
    body::finish(instrument, &mut part);
    let sides = part.left.iter().zip(&part.right);
    sides.map(|(left, right)| (left + right) * 0.5).collect()
}

fn of_nature(wanted: &[Nature]) -> impl Iterator<Item = Instrument> + '_ {
    ALL.iter()
        .copied()
        .filter(|instrument| wanted.contains(&profile(*instrument).nature))
}

#[test]
fn the_catalog_lists_every_instrument_once_and_in_order() {
    for (index, instrument) in ALL.iter().enumerate() {
        assert_eq!(*instrument as usize, index, "{instrument:?}");
        let (lowest, highest) = profile(*instrument).range;
        assert!(lowest <= highest && highest < 128 && profile(*instrument).program < 128);
    }
}

#[test]
fn every_note_is_finite_bounded_and_centred() {
    for &instrument in ALL {
        let (lowest, highest) = profile(instrument).range;
        let pitches: Vec<u8> = if is_kit(instrument) {
            (lowest..=highest).collect()
        } else {
            vec![24, lowest, (lowest + highest) / 2, highest, 127]
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
                // Far below its range a note is not long enough to be measured.
                assert!(
                    pitch < lowest || mean.abs() < 0.02 * f64::from(peak).max(0.05),
                    "{instrument:?} {pitch}: {mean} of {peak}"
                );
            }
        }
    }
}

#[test]
fn no_note_begins_or_ends_with_a_click() {
    for &instrument in ALL {
        if is_kit(instrument) {
            continue;
        }
        let (lowest, highest) = profile(instrument).range;
        let samples = sounded(instrument, (lowest + highest) / 2, 0.8, 0.6);
        let peak = samples.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
        let first = samples.first().map_or(0.0, |sample| sample.abs());
        assert!(first < 0.12 * peak, "{instrument:?} begins at {first} of {peak}");
        // What rings on is damped by the player; what ends by itself must end in silence.
        if habit(instrument).release == Release::Own {
            let last = samples[samples.len().saturating_sub(8)..]
                .iter()
                .fold(0.0_f32, |most, sample| most.max(sample.abs()));
            assert!(last < 0.02 * peak, "{instrument:?} ends at {last} of {peak}");
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
        (Banjo, 62, 15.0, 55.0),
        (MutedGuitar, 52, 40.0, 150.0),
        (Harp, 60, 6.0, 35.0),
        (UprightBass, 36, 8.0, 30.0),
        (ElectricBass, 36, 3.0, 16.0),
        (Vibraphone, 65, 3.0, 16.0),
        (Glockenspiel, 84, 10.0, 45.0),
        (Bell, 72, 6.0, 30.0),
        (ElectricPiano, 60, 3.0, 20.0),
        (ReedPiano, 60, 4.0, 24.0),
        (TubularBells, 67, 3.0, 16.0),
        (Timpani, 43, 8.0, 40.0),
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
    let sustained = of_nature(&[Nature::Solo, Nature::Held]).chain([Organ, RockOrgan, Accordion, Brass, Supersaw]);
    for instrument in sustained {
        if matches!(instrument, PedalSteel | SweepPad) {
            continue; // one is plucked, the other's filter is still on its way
        }
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
        HonkyTonk,
        FeltPiano,
        ElectricPiano,
        ReedPiano,
        Clavinet,
        SteelGuitar,
        NylonGuitar,
        Banjo,
        Mandolin,
        Ukulele,
        Brass,
        Trumpet,
        Trombone,
        FrenchHorn,
        Saxophone,
        Clarinet,
        ElectricBass,
        SlapBass,
        AcidBass,
        FmLead,
        Vibraphone,
        Marimba,
        Timpani,
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
        variant,
        ..touch(52, 0.7, 0.45)
    };
    for instrument in [SteelGuitar, AcousticKit, FretlessBass, Marimba] {
        assert_eq!(
            play(instrument, &touch(0)),
            play(instrument, &touch(0)),
            "{instrument:?}"
        );
        assert_ne!(
            play(instrument, &touch(0)),
            play(instrument, &touch(1)),
            "{instrument:?}"
        );
    }
}

#[test]
fn a_closed_hat_is_short_an_open_one_rings_and_a_crash_longer_still() {
    for kit in [
        AcousticKit,
        BrushKit,
        ElectronicKit,
        BoomBapKit,
        HouseKit,
        TrapKit,
        GatedKit,
    ] {
        let left_after = |pitch: u8, seconds: f32| {
            let samples = sounded(kit, pitch, 0.8, 0.5);
            let start = ((seconds * RATE) as usize).min(samples.len());
            level(&samples[start..(start + 4_410).min(samples.len())]) - level(&samples[..2_205])
        };
        let (closed, open, crash) = (left_after(42, 0.2), left_after(46, 0.2), left_after(49, 1.0));
        assert!(closed < -25.0, "{kit:?} closed {closed}");
        assert!(open > closed + 8.0 && open > -30.0, "{kit:?} open {open}");
        assert!(crash > -38.0, "{kit:?} crash {crash}");
    }
}
