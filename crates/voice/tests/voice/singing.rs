//! What holds for everything that is sung.

use busker_voice::phone::Phone;
use busker_voice::pronounce::{Language, pronounce};
use busker_voice::{Line, Note, RATE, Singer, Syllable, Take, sing};
use proptest::prelude::*;

/// Each syllable of `text` on a note of its own, `pace` seconds long, up and down a scale from `pitch`.
fn line(text: &str, from: f64, pace: f64, pitch: f32) -> Line {
    let words = pronounce(text, Language::English);
    let syllables = words.iter().flat_map(|word| &word.syllables);
    let notes = syllables.enumerate().map(|(at, syllable)| Note {
        start: from + at as f64 * pace,
        end: from + (at + 1) as f64 * pace,
        pitch: pitch + [0.0, 2.0, 4.0, 2.0][at % 4],
        velocity: 0.7,
        syllable: Some(Syllable {
            phones: syllable.phones.clone(),
            stress: f32::from(syllable.stress) / 2.0,
        }),
    });
    Line {
        notes: notes.collect(),
        breath: true,
    }
}

fn rms(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len().max(1) as f32).sqrt()
}

/// The samples of `take` between two moments of the song, seconds.
fn between(take: &Take, from: f64, to: f64) -> &[f32] {
    let sample = |seconds: f64| {
        ((seconds * f64::from(RATE)) as usize)
            .saturating_sub(take.start)
            .min(take.samples.len())
    };
    &take.samples[sample(from)..sample(to)]
}

/// The pitch of a stretch of samples by its autocorrelation, hertz.
fn pitch(samples: &[f32]) -> f64 {
    let longest = RATE as usize / 70;
    let window = samples.len() - longest - 1;
    let match_at = |lag: usize| -> f64 {
        let products = samples[..window]
            .iter()
            .zip(&samples[lag..])
            .map(|(one, other)| f64::from(one * other));
        let power = samples[lag..lag + window]
            .iter()
            .map(|sample| f64::from(sample * sample))
            .sum::<f64>();
        products.sum::<f64>() / power.max(1e-12).sqrt()
    };
    let matches: Vec<f64> = (0..=longest).map(match_at).collect();
    let best = matches[50..].iter().copied().fold(f64::MIN, f64::max);
    // The shortest lag that is nearly as good: a longer one is a multiple.
    let peak = (51..longest)
        .find(|&lag| matches[lag] > 0.92 * best && matches[lag] >= matches[lag - 1] && matches[lag] >= matches[lag + 1])
        .unwrap();
    let (before, at, after) = (matches[peak - 1], matches[peak], matches[peak + 1]);
    let offset = 0.5 * (before - after) / (before - 2.0 * at + after);
    f64::from(RATE) / (peak as f64 + offset)
}

#[test]
fn a_line_is_in_tune() {
    for (singer, low) in [
        (Singer::male(), 50.0),
        (Singer::female(), 60.0),
        (Singer::child(), 64.0),
    ] {
        let lines = [line("Are we all alone my own one day", 1.0, 0.5, low)];
        let take = sing(&singer, &lines, 0, 3);
        let mut errors = Vec::new();
        for note in &lines[0].notes {
            let middle = between(&take, note.start + 0.12, note.end - 0.14);
            let wanted = 440.0 * 2.0_f64.powf((f64::from(note.pitch) - 69.0) / 12.0);
            errors.push((1200.0 * (pitch(middle) / wanted).log2()).abs());
        }
        let mean = errors.iter().sum::<f64>() / errors.len() as f64;
        assert!(mean < 12.0 && errors.iter().all(|error| *error < 35.0), "{errors:?}");
    }
}

#[test]
fn vowels_begin_on_the_beat() {
    let lines = [line("Tell some pale cat", 1.0, 0.8, 57.0)];
    let take = sing(&Singer::male(), &lines, 0, 1);
    for note in &lines[0].notes {
        // After an unvoiced consonant the level between 0.3 and 3 kHz jumps where the vowel begins.
        let step = 0.005;
        let levels: Vec<f32> = (-20..20)
            .map(|at| {
                let from = note.start + f64::from(at) * step;
                let smooth: Vec<f32> = between(&take, from, from + 0.01)
                    .windows(8)
                    .map(|window| window.iter().sum())
                    .collect();
                let rises: Vec<f32> = smooth
                    .iter()
                    .zip(&smooth[16..])
                    .map(|(one, other)| other - one)
                    .collect();
                rms(&rises)
            })
            .collect();
        let floor = 0.05 * levels.iter().copied().fold(0.0, f32::max);
        let jump = |at: &usize| (levels[at + 1] + floor) / (levels[at - 2] + floor);
        let steepest = (2..39).max_by(|one, other| jump(one).total_cmp(&jump(other))).unwrap();
        let onset = steepest as f64 * step - 0.1;
        assert!(onset.abs() <= 0.03, "{onset} s after {}", note.start);
    }
}

#[test]
fn consonants_and_breath_come_before_the_first_note_and_never_before_the_song() {
    let lines = [line("Strong streets", 2.0, 0.5, 55.0)];
    let take = sing(&Singer::male(), &lines, 0, 1);
    let start = take.start as f64 / f64::from(RATE);
    assert!((1.0..1.8).contains(&start), "{start}");
    assert!(rms(between(&take, 1.8, 1.98)) > 0.003, "the consonants sound");
    let early = [line("Strong streets", 0.05, 0.5, 55.0)];
    assert_eq!(sing(&Singer::male(), &early, 0, 1).start, 0);
}

#[test]
fn a_seed_is_a_take_and_a_singer_is_a_voice() {
    let lines = [line("Every song that plays", 1.0, 0.4, 60.0)];
    let take = sing(&Singer::female(), &lines, 0, 1);
    assert_eq!(take, sing(&Singer::female(), &lines, 0, 1));
    for other in [
        sing(&Singer::female(), &lines, 0, 2),
        sing(&Singer::female().coloured(1), &lines, 0, 1),
        sing(&Singer::female().powerful(), &lines, 0, 1),
        sing(&Singer::female().soft(), &lines, 0, 1),
        sing(&Singer::female().whispered(), &lines, 0, 1),
    ] {
        assert_ne!(take.samples, other.samples);
        assert!(rms(&other.samples) > 0.01);
    }
}

#[test]
fn a_whisper_has_no_pitch() {
    let lines = [line("Away", 1.0, 1.0, 57.0)];
    let periodic = |singer: Singer| {
        let take = sing(&singer, &lines, 0, 1);
        let samples = between(&take, 2.2, 2.8).to_vec();
        let lag = (f64::from(RATE) / (440.0 * 2.0_f64.powf((59.0 - 69.0) / 12.0))).round() as usize;
        let sum: f32 = samples
            .iter()
            .zip(&samples[lag..])
            .map(|(one, other)| one * other)
            .sum();
        sum / samples.iter().map(|sample| sample * sample).sum::<f32>()
    };
    assert!(periodic(Singer::male()) > 0.6 && periodic(Singer::male().whispered()) < 0.3);
}

#[test]
fn the_line_before_is_let_finish() {
    let lines = [line("Stay", 1.0, 1.0, 57.0), line("Straight", 2.05, 1.0, 57.0)];
    let (first, second) = (sing(&Singer::male(), &lines, 0, 1), sing(&Singer::male(), &lines, 1, 1));
    assert!(
        second.start as f64 / f64::from(RATE) > 1.95,
        "no breath where there is no time"
    );
    let end = (first.start + first.samples.len()) as f64 / f64::from(RATE);
    assert!(end < 2.2, "{end}");
}

fn any_line() -> impl Strategy<Value = Line> {
    const PHONES: [Phone; 12] = [
        Phone::AA,
        Phone::AY,
        Phone::ER,
        Phone::S,
        Phone::T,
        Phone::NG,
        Phone::R,
        Phone::ZH,
        Phone::HH,
        Phone::B,
        Phone::CH,
        Phone::L,
    ];
    let phone = (0..PHONES.len()).prop_map(|at| PHONES[at]);
    let syllable = (proptest::collection::vec(phone, 0..7), -1.0_f32..2.0);
    let note = (
        0.0_f64..3.0,
        0.0_f64..1.5,
        -20.0_f32..200.0,
        0.0_f32..1.5,
        proptest::option::of(syllable),
    );
    let note = note.prop_map(|(start, length, pitch, velocity, syllable)| Note {
        start,
        end: start + length,
        pitch,
        velocity,
        syllable: syllable.map(|(phones, stress)| Syllable { phones, stress }),
    });
    let sorted = |mut notes: Vec<Note>| {
        notes.sort_by(|one, other| one.start.total_cmp(&other.start));
        notes
    };
    (proptest::collection::vec(note, 0..8).prop_map(sorted), any::<bool>())
        .prop_map(|(notes, breath)| Line { notes, breath })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn whatever_is_asked_the_sound_is_finite_and_has_its_place(
        lines in proptest::collection::vec(any_line(), 1..3),
        seed: u64,
    ) {
        for index in 0..=lines.len() {
            let take = sing(&Singer::female(), &lines, index, seed);
            prop_assert!(take.samples.iter().all(|sample| sample.is_finite() && sample.abs() < 8.0));
            let end = lines.get(index).into_iter().flat_map(|line| &line.notes).map(|note| note.end).fold(0.0, f64::max);
            let last = (take.start + take.samples.len()) as f64 / f64::from(RATE);
            prop_assert!(take.samples.is_empty() || last < end + 1.5, "{last} after {end}");
        }
    }
}
