//! The vocoder heard as a whole, by numbers.

use proptest::prelude::*;

use super::transform::{Complexes, Transform};
use super::*;

/// A smooth vowel-like envelope: broad resonances, falling to the top.
fn vowel() -> [f32; ORDER] {
    let mut cepstrum = [0.0; ORDER];
    let shape = [7.0, 2.0, 0.3, 0.4, -0.2, -0.2, 0.1, 0.25, 0.2];
    cepstrum[..shape.len()].copy_from_slice(&shape);
    cepstrum
}

fn frame(excitation: Excitation, pitch: f32) -> Frame {
    Frame {
        spectrum: Spectrum::Cepstrum(vowel()),
        pitch,
        excitation,
        gain: 0.0,
        sonorant: 0.0,
    }
}

fn held(excitation: Excitation, pitch: f32, seconds: f32) -> Vec<Frame> {
    vec![frame(excitation, pitch); (seconds * 200.0) as usize]
}

/// Neither jitter nor shimmer.
fn even() -> Timbre {
    Timbre {
        jitter: 0.0,
        shimmer: 0.0,
        ..Timbre::female()
    }
}

fn rms(samples: &[f32]) -> f64 {
    let power: f64 = samples.iter().map(|sample| f64::from(sample * sample)).sum();
    (power / samples.len() as f64).sqrt()
}

/// Power of `samples` at exactly `hertz`, under a Hann window.
fn component(samples: &[f32], hertz: f64) -> f64 {
    let turn = |hertz: f64| {
        (
            libm::cos(std::f64::consts::TAU * hertz),
            libm::sin(std::f64::consts::TAU * hertz),
        )
    };
    let times = |a: (f64, f64), b: (f64, f64)| (a.0 * b.0 - a.1 * b.1, a.0 * b.1 + a.1 * b.0);
    let (step, window_step) = (turn(hertz / RATE), turn(1.0 / samples.len() as f64));
    let (mut phase, mut window_phase, mut sum) = ((1.0, 0.0), (1.0, 0.0), (0.0, 0.0));
    for sample in samples {
        let value = (0.5 - 0.5 * window_phase.0) * f64::from(*sample);
        sum = (sum.0 + value * phase.0, sum.1 + value * phase.1);
        phase = times(phase, step);
        window_phase = times(window_phase, window_step);
    }
    sum.0 * sum.0 + sum.1 * sum.1
}

/// Power of `samples` in the bins of a Hann-windowed transform of 4096 samples, averaged.
fn spectrum(samples: &[f32]) -> Vec<f64> {
    const LENGTH: usize = 4096;
    let mut transform = Transform::new(LENGTH);
    let mut power = vec![0.0; LENGTH / 2];
    let mut blocks = 0;
    for block in samples.windows(LENGTH).step_by(LENGTH / 2) {
        let mut data = Complexes::zeros(LENGTH);
        for (index, (to, sample)) in data.real.iter_mut().zip(block).enumerate() {
            *to = sample * (0.5 - 0.5 * libm::cosf(std::f32::consts::TAU * index as f32 / LENGTH as f32));
        }
        transform.forward(&mut data);
        for (power, (re, im)) in power.iter_mut().zip(data.real.iter().zip(&data.imaginary)) {
            // So that noise of unit power has a mean of 1 in every bin.
            *power += f64::from(re * re + im * im) / (0.375 * LENGTH as f64);
        }
        blocks += 1;
    }
    power.iter().map(|power| power / f64::from(blocks)).collect()
}

/// The mean over a third of an octave around `hertz` of what has one value for each bin of [`spectrum`].
fn third_octave(bins: &[f64], hertz: f64) -> f64 {
    let bin = |hertz: f64| (hertz * 4096.0 / RATE).round() as usize;
    let range = bin(hertz / 1.122)..bin(hertz * 1.122) + 1;
    let length = range.len() as f64;
    bins[range].iter().sum::<f64>() / length
}

fn decibels(ratio: f64) -> f64 {
    10.0 * libm::log10(ratio)
}

const THIRDS: [f64; 17] = [
    200.0, 250.0, 315.0, 400.0, 500.0, 630.0, 800.0, 1000.0, 1250.0, 1600.0, 2000.0, 2500.0, 3150.0, 4000.0, 5000.0,
    6300.0, 8000.0,
];

/// |H|² of [`vowel`] at the bins of [`spectrum`], by the definition of the mel-cepstrum.
fn asked(formant: f64) -> Vec<f64> {
    (0..2048)
        .map(|bin| {
            let omega = std::f64::consts::TAU * (f64::from(bin) * RATE / 4096.0 / formant) / 32_000.0;
            let omega = omega.min(std::f64::consts::PI);
            let beta = omega + 2.0 * libm::atan2(0.45 * libm::sin(omega), 1.0 - 0.45 * libm::cos(omega));
            let log: f64 = vowel()
                .iter()
                .enumerate()
                .map(|(order, value)| f64::from(*value) * libm::cos(order as f64 * beta))
                .sum();
            libm::exp(2.0 * (log - 9.2))
        })
        .collect()
}

#[test]
fn a_held_note_has_the_pitch_asked_for_whatever_the_jitter() {
    for (pitch, jitter) in [
        (110.0_f32, 0.0),
        (110.0, 1.0),
        (311.13, 1.0),
        (659.3, 1.0),
        (659.3, 3.0),
    ] {
        let timbre = Timbre { jitter, ..even() };
        let sound = synthesize(&held(Excitation::Voiced, pitch, 4.0), &timbre, 3);
        let stretch = &sound[8820..8820 + 132_300];
        let cents = (-40..=40).map(f64::from).map(|step| 0.5 * step);
        let heard = cents
            .max_by(|one, other| {
                let power = |cents: f64| component(stretch, f64::from(pitch) * libm::exp2(cents / 1200.0));
                power(*one).total_cmp(&power(*other))
            })
            .unwrap();
        assert!(heard.abs() <= 2.0, "{pitch} Hz with jitter {jitter}: {heard} cents");
    }
}

#[test]
fn a_vowel_has_the_spectrum_asked_for_sung_or_whispered() {
    // A slow glide, so that harmonics visit every frequency.
    let mut glide = held(Excitation::Voiced, 100.0, 12.0);
    for (index, frame) in glide.iter_mut().enumerate() {
        frame.pitch = 120.0 + 25.0 * libm::sinf(index as f32 * 0.0131);
    }
    for formant in [0.86, 1.0] {
        for whisper in [0.0, 1.0] {
            let timbre = Timbre {
                formant,
                whisper,
                ..Timbre::female()
            };
            let sound = synthesize(&glide, &timbre, 5);
            let heard = spectrum(&sound[4410..12 * 44_100 - 4410]);
            let asked = asked(f64::from(formant));
            // Lower down the fundamental stands where it is sung.
            for hertz in THIRDS.into_iter().filter(|hertz| whisper == 1.0 || *hertz > 310.0) {
                let error = decibels(third_octave(&heard, hertz) / third_octave(&asked, hertz));
                assert!(
                    error.abs() < 1.5,
                    "{hertz} Hz, formant {formant}, whisper {whisper}: {error:.2} dB"
                );
            }
        }
    }
}

#[test]
fn noise_is_as_strong_as_the_kind_of_sound_and_the_breath_ask() {
    // A period of 200 samples: what repeats is gone from the difference to the sound one period later, and noise doubles.
    let measure = |excitation, breathiness_db, hertz| {
        let timbre = Timbre {
            breathiness_db,
            ..even()
        };
        let sound = synthesize(&held(excitation, 220.5, 6.0), &timbre, 9);
        let sung = &sound[8820..5 * 44_100];
        let differences: Vec<f32> = sung.windows(201).map(|part| part[200] - part[0]).collect();
        let (noise, whole) = (spectrum(&differences), spectrum(sung));
        let range = (hertz * 0.8 * 4096.0 / RATE) as usize..(hertz * 1.25 * 4096.0 / RATE) as usize;
        let sum = |bins: &[f64]| bins[range.clone()].iter().sum::<f64>();
        decibels(0.5 * sum(&noise) / sum(&whole))
    };
    for (excitation, breathiness, hertz, asked) in [
        (Excitation::Voiced, 0.0, 1500.0, -24.0),
        (Excitation::Voiced, 0.0, 4000.0, -14.0),
        (Excitation::Voiced, 0.0, 9000.0, -4.0),
        (Excitation::Voiced, 6.0, 1500.0, -18.0),
        (Excitation::Fricative, 0.0, 700.0, -10.0),
        (Excitation::Fricative, 0.0, 5000.0, 0.0),
    ] {
        let heard = measure(excitation, breathiness, hertz);
        assert!(
            (heard - asked).abs() < 2.0,
            "{excitation:?} at {hertz} Hz: {heard:.1} dB for {asked}"
        );
    }
}

#[test]
fn loudness_is_the_same_at_every_pitch() {
    let level = |pitch| rms(&synthesize(&held(Excitation::Voiced, pitch, 1.0), &even(), 1)[4410..39_690]);
    let low = level(100.0);
    for pitch in [150.0, 220.0, 330.0, 440.0] {
        assert!(
            decibels((level(pitch) / low) * (level(pitch) / low)).abs() < 4.0,
            "{pitch} Hz"
        );
    }
}

#[test]
fn voicing_comes_and_goes_without_a_click() {
    use Excitation::*;
    let largest_step = |frames: &[Frame]| {
        let sound = synthesize(frames, &Timbre::female(), 11);
        sound
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).abs())
            .fold(0.0, f32::max)
    };
    let steady = largest_step(&held(Voiced, 220.0, 2.0)).max(largest_step(&held(Unvoiced, 220.0, 2.0)));
    let order = [
        Voiced, Unvoiced, Fricative, Voiced, Fricative, Unvoiced, Silent, Voiced, Silent, Unvoiced,
    ];
    let switching: Vec<Frame> = (0..400)
        .map(|index| frame(order[index / 7 % order.len()], 220.0))
        .collect();
    assert!(largest_step(&switching) < 1.5 * steady);
}

#[test]
fn silence_stays_silent_and_the_length_is_as_documented() {
    let timbre = Timbre::female();
    assert!(synthesize(&[], &timbre, 1).is_empty());
    for count in [1, 2, 3, 200] {
        let frames = vec![frame(Excitation::Silent, 220.0); count];
        let sound = synthesize(&frames, &timbre, 1);
        assert_eq!(sound.len(), (count as f64 * 220.5).ceil() as usize + 1024);
        assert!(sound.iter().all(|sample| *sample == 0.0));
    }
    let sound = synthesize(&held(Excitation::Voiced, 220.0, 0.2), &timbre, 1);
    assert_eq!(sound.last(), Some(&0.0));
}

#[test]
fn nothing_stands_still_below_the_voice() {
    let sound = synthesize(&held(Excitation::Voiced, 220.0, 2.0), &Timbre::female(), 1);
    let mean = sound.iter().map(|sample| f64::from(*sample)).sum::<f64>() / sound.len() as f64;
    assert!(mean.abs() < 1e-3 * rms(&sound));
}

#[test]
fn a_seed_repeats_its_take_and_another_seed_sings_another() {
    let mut frames = held(Excitation::Voiced, 196.0, 3.0);
    for frame in &mut frames {
        frame.sonorant = 1.0;
    }
    let take = |seed| synthesize(&frames, &Timbre::female(), seed);
    let first = take(1);
    assert_eq!(first, take(1));
    for other in [2, 3, 1 << 40] {
        let second = take(other);
        // Above 1 kHz: twice differentiated, low frequencies no longer count.
        let high = |sound: &[f32]| -> Vec<f64> {
            sound
                .windows(3)
                .map(|part| f64::from(part[2] - 2.0 * part[1] + part[0]))
                .collect()
        };
        let (one, two) = (high(&first), high(&second));
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let correlation = product(&one, &two) / (product(&one, &one) * product(&two, &two)).sqrt();
        assert!(correlation.abs() < 0.6, "seed {other}: {correlation}");
    }
}

#[test]
fn a_breath_is_soft_and_has_no_pitch() {
    let mut frames = held(Excitation::Unvoiced, 220.0, 1.0);
    for frame in &mut frames {
        frame.spectrum = Spectrum::Breath;
    }
    let breath = synthesize(&frames, &Timbre::male(), 1);
    let level = decibels(rms(&breath[4410..39_690]) * rms(&breath[4410..39_690]));
    assert!((-50.0..-30.0).contains(&level), "{level} dB");
}

fn any_float() -> impl Strategy<Value = f32> {
    prop_oneof![
        -12.0_f32..12.0,
        Just(1e38),
        Just(-1e38),
        Just(f32::NAN),
        Just(f32::INFINITY),
        any::<f32>()
    ]
}

fn any_frame() -> impl Strategy<Value = Frame> {
    let excitation = prop_oneof![
        Just(Excitation::Silent),
        Just(Excitation::Unvoiced),
        Just(Excitation::Voiced),
        Just(Excitation::Fricative)
    ];
    let spectrum = prop_oneof![
        4 => prop::collection::vec(any_float(), ORDER).prop_map(|values| {
            Spectrum::Cepstrum(std::array::from_fn(|order| values[order]))
        }),
        1 => Just(Spectrum::Breath),
    ];
    let pitch = prop_oneof![40.0_f32..1500.0, any_float()];
    (spectrum, pitch, excitation, any_float(), any_float()).prop_map(|(spectrum, pitch, excitation, gain, sonorant)| {
        Frame {
            spectrum,
            pitch,
            excitation,
            gain,
            sonorant,
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_frames_say_the_sound_is_finite(
        frames in prop::collection::vec(any_frame(), 0..12),
        values in prop::collection::vec(any_float(), 8),
        seed in any::<u64>(),
    ) {
        let timbre = Timbre {
            formant: values[0],
            breathiness_db: values[1],
            ring_db: values[2],
            ring_hz: values[3],
            tilt_db: values[4],
            jitter: values[5],
            shimmer: values[6],
            whisper: values[7],
        };
        let sound = synthesize(&frames, &timbre, seed);
        prop_assert!(sound.iter().all(|sample| sample.is_finite() && sample.abs() < 1e6));
    }
}
