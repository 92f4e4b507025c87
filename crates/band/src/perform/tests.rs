//! A small hand-written score, and what must hold of its performance.

use super::*;
use crate::master::gate;
use crate::score::{
    BackingRole, BackingVoice, Delivery, Instrument, Key, Meter, MixPlan, Mode, Note, Role, Section, Singer, SungNote,
    TICKS_PER_QUARTER, Tag, TempoChange, Tick, Track, VocalLine, Voice as SungBy,
};
use busker_voice::phone::Phone;

const BAR: Tick = 4 * TICKS_PER_QUARTER;

pub(crate) fn plan() -> MixPlan {
    MixPlan {
        reverb_seconds: 1.6,
        reverb_level: -11.0,
        delay_beats: 0.75,
        brightness: 0.0,
        octaves: [4.0, 7.0, 6.0, 3.5, 0.0, -3.0, -6.5, -10.5],
        dynamics: 4.0,
        width: -9.0,
        delay_feedback: 0.36,
        ..MixPlan::default()
    }
}

pub(crate) fn empty_score() -> Score {
    Score {
        title: "Test".to_owned(),
        seed: 1,
        tempo: 120.0,
        tempo_map: vec![TempoChange { tick: 0, bpm: 120.0 }],
        key: Key {
            tonic: 9,
            mode: Mode::Minor,
            flats: false,
        },
        meter: Meter { beats: 4, unit: 4 },
        genres: vec!["pop".to_owned()],
        sections: Vec::new(),
        chords: Vec::new(),
        tracks: Vec::new(),
        vocals: Vec::new(),
        singers: Vec::new(),
        backing: Vec::new(),
        mix: plan(),
        decisions: Vec::new(),
        warnings: Vec::new(),
    }
}

pub(crate) fn track(instrument: Instrument, notes: Vec<Note>) -> Track {
    Track {
        name: format!("{instrument:?}").to_lowercase(),
        role: Role::MainComp,
        instrument,
        pan: 0.0,
        reverb: 0.25,
        delay: 0.0,
        sidechain: 0.0,
        trim: 0.0,
        notes,
    }
}

fn note(start: Tick, length: Tick, pitch: u8, velocity: f32) -> Note {
    Note {
        start,
        length,
        pitch,
        velocity,
        nudge_ms: 0.0,
        glide_from: None,
    }
}

/// Four bars of verse, four of chorus: drums, bass, piano chords, a flute above.
pub(crate) fn song() -> Score {
    let mut score = empty_score();
    for (index, (tag, energy)) in [(Tag::Verse, 2.0), (Tag::Chorus, 4.0)].into_iter().enumerate() {
        let start = index as Tick * 4 * BAR;
        score.sections.push(Section {
            tag,
            label: tag.name().to_owned(),
            start,
            bars: 4,
            energy,
        });
    }
    let (mut drums, mut bass, mut piano, mut flute) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for bar in 0..8 {
        let at = bar * BAR;
        for eighth in 0..8 {
            let start = at + eighth * TICKS_PER_QUARTER / 2;
            drums.push(note(start, 240, if eighth == 7 { 46 } else { 42 }, 0.5));
            bass.push(note(start, 400, 33, 0.7));
            match eighth {
                0 | 4 => drums.push(note(start, 240, 36, 0.9)),
                2 | 6 => drums.push(note(start, 240, 38, 0.8)),
                _ => {}
            }
        }
        for pitch in [57, 60, 64] {
            piano.push(note(at, BAR - 100, pitch, 0.6));
        }
        flute.push(note(at, BAR / 2, 76, 0.7));
        flute.push(note(at + BAR / 2, BAR / 2, 72, 0.7));
    }
    let with = |role, track: Track| Track { role, ..track };
    score.tracks = vec![
        with(Role::Drums, track(Instrument::AcousticKit, drums)),
        with(Role::Bass, track(Instrument::ElectricBass, bass)),
        Track {
            sidechain: 3.0,
            ..track(Instrument::Piano, piano)
        },
        Track {
            delay: 0.3,
            ..with(Role::Lead, track(Instrument::Flute, flute))
        },
    ];
    score
}

fn performed(score: &Score, options: &Performance) -> Recording {
    perform(score, options, &Unwatched).unwrap()
}

#[test]
fn a_song_passes_the_release_gate_and_rings_out() {
    let score = song();
    let recording = performed(&score, &Performance::default());
    assert_eq!(gate::inspect(&recording, &score), Ok(()));
    let tail = recording.seconds() - score.seconds(score.end());
    assert!((0.0..4.0).contains(&tail), "{tail}");
    assert_eq!(recording.left.last(), Some(&0.0));
}

#[test]
fn threads_and_stems_do_not_change_a_single_bit() {
    let score = song();
    let one = performed(
        &score,
        &Performance {
            threads: Threads::new(1),
            ..Performance::default()
        },
    );
    let two = performed(
        &score,
        &Performance {
            threads: Threads::new(2),
            stems: true,
            ..Performance::default()
        },
    );
    let four = performed(
        &score,
        &Performance {
            threads: Threads::new(4),
            ..Performance::default()
        },
    );
    let bits = |recording: &Recording| -> Vec<u32> {
        recording
            .left
            .iter()
            .chain(&recording.right)
            .map(|sample| sample.to_bits())
            .collect()
    };
    assert!(bits(&one) == bits(&two) && bits(&two) == bits(&four));
    assert_eq!(two.stems.len(), score.tracks.len() + 1);
    assert!(two.stems.iter().all(|stem| stem.left.len() == two.left.len()));
}

#[test]
fn the_chorus_is_louder_than_the_verse() {
    let score = song();
    let recording = performed(&score, &Performance::default());
    let middle = recording.rate as usize * 8;
    let energies = crate::mix::loudness::measure(&recording.left, &recording.right, Threads::default());
    let (verse, chorus) = (
        energies.between(0, middle).unwrap(),
        energies.between(middle, 2 * middle).unwrap(),
    );
    assert!((1.0..6.0).contains(&(chorus - verse)), "{verse} {chorus}");
}

/// "La" on each of some notes: start, length, pitch.
pub(crate) fn sung_line(section: usize, notes: &[(Tick, Tick, u8)]) -> VocalLine {
    let note = |(start, length, pitch): &(Tick, Tick, u8)| SungNote {
        syllable: "la".to_owned(),
        phones: vec![Phone::L, Phone::AA],
        word: 0,
        part: 0,
        stress: 0.5,
        start: *start,
        length: *length,
        pitch: *pitch,
        velocity: 0.7,
    };
    VocalLine {
        text: "la".to_owned(),
        section,
        singers: vec![0],
        notes: notes.iter().map(note).collect(),
    }
}

/// The song with a woman who sings in every second bar, and another on either side of her in the chorus.
fn sung_song() -> Score {
    let mut score = song();
    score.tracks.pop();
    let beat = TICKS_PER_QUARTER;
    let line = |bar: Tick| {
        let at = bar * BAR;
        let notes = [(at, beat, 64), (at + beat, beat, 67), (at + 2 * beat, 2 * beat, 65)];
        sung_line(usize::from(bar >= 4), &notes)
    };
    score.singers = vec![Singer {
        voice: SungBy::Female,
        delivery: Delivery::Plain,
        choir: false,
    }];
    score.vocals = [1, 3, 5, 7].map(line).to_vec();
    score.backing = [-0.7, 0.7]
        .map(|pan| BackingVoice {
            name: format!("double {pan}"),
            role: BackingRole::Double,
            voice: SungBy::Female,
            delivery: Delivery::Plain,
            colour: 0,
            pan,
            cents: 10.0 * pan,
            late_ms: 15.0,
            lines: [5, 7].map(line).to_vec(),
        })
        .to_vec();
    score
}

/// Loudness of one sum of channels where another sounds, LUFS.
fn where_sung(of: [&[f32]; 2], sung: &Stem) -> f32 {
    let measure = |[left, right]: [&[f32]; 2]| crate::mix::loudness::measure(left, right, Threads::default());
    let (of, sung) = (measure(of), measure([&sung.left, &sung.right]));
    let most = sung.steps().iter().fold(0.0_f64, |most, step| most.max(*step));
    let pairs = of.steps().iter().zip(sung.steps());
    let steps = pairs.filter(|(_, sung)| **sung > most * 0.05).map(|(of, _)| *of);
    crate::mix::loudness::Energies::of(steps.collect()).mean().unwrap()
}

#[test]
fn the_lead_stands_where_the_mix_wants_it_in_every_section() {
    for wanted in [-1.0, 2.0] {
        let mut score = sung_song();
        score.mix.voice = wanted;
        let options = Performance {
            stems: true,
            ..Performance::default()
        };
        let stems = performed(&score, &options).stems;
        let lead = stems.iter().find(|stem| stem.name == "lead-vocal").unwrap();
        let voices = ["lead-vocal", "backing-vocals"];
        let played = || {
            stems
                .iter()
                .filter(|stem| !stem.name.ends_with(DRY) && !voices.contains(&stem.name.as_str()))
        };
        let sum = |side: fn(&Stem) -> &Vec<f32>| -> Vec<f32> {
            let length = side(lead).len();
            (0..length)
                .map(|at| played().map(|stem| side(stem)[at]).sum::<f32>())
                .collect()
        };
        let (left, right) = (sum(|stem| &stem.left), sum(|stem| &stem.right));
        let middle = 8 * 44_100;
        for range in [0..middle, middle..2 * middle] {
            let part = Stem {
                name: String::new(),
                left: lead.left[range.clone()].to_vec(),
                right: lead.right[range.clone()].to_vec(),
            };
            let voice = where_sung([&part.left, &part.right], &part);
            let band = where_sung([&left[range.clone()], &right[range]], &part);
            assert!((voice - band - wanted).abs() < 1.2, "{voice} {band} {wanted}");
        }
    }
}

#[test]
fn stems_but_the_dry_ones_add_up_to_the_mix() {
    let score = sung_song();
    let options = Performance {
        stems: true,
        ..Performance::default()
    };
    let surroundings = Surroundings::of(&score, true);
    let (mix, Voices { dry, .. }) = mixed(&score, &options, &surroundings, &Unwatched).unwrap();
    let names: Vec<&str> = mix.stems.iter().chain(&dry).map(|stem| stem.name.as_str()).collect();
    assert_eq!(
        names[3..],
        [
            "lead-vocal",
            "backing-vocals",
            "effects",
            "lead-vocal-dry",
            "backing-vocals-dry"
        ]
    );
    for at in (0..mix.left.len()).step_by(97) {
        let sum: f32 = mix.stems.iter().map(|stem| stem.left[at]).sum();
        assert!((sum - mix.left[at]).abs() < 1e-3, "{sum} {} at {at}", mix.left[at]);
    }
}

#[test]
fn voices_are_the_same_bits_on_any_number_of_threads_and_rest_when_told_to() {
    let score = sung_song();
    let with = |threads, sing| {
        performed(
            &score,
            &Performance {
                threads: Threads::new(threads),
                sing,
                ..Performance::default()
            },
        )
    };
    let (one, two) = (with(1, true), with(2, true));
    assert!(one.left.iter().zip(&two.left).all(|(a, b)| a.to_bits() == b.to_bits()));
    assert!(one.left != with(2, false).left);
}

#[test]
fn an_empty_score_is_found_by_the_gate_and_breaks_nothing() {
    let mut score = empty_score();
    score.sections.push(Section {
        tag: Tag::Verse,
        label: "Verse".to_owned(),
        start: 0,
        bars: 4,
        energy: 2.0,
    });
    let recording = performed(&score, &Performance::default());
    assert!(matches!(
        gate::inspect(&recording, &score),
        Err(gate::Fault::Loudness { .. })
    ));
}

#[test]
fn silence_in_the_middle_is_found_unless_it_is_a_break() {
    let mut score = song();
    for track in &mut score.tracks {
        track.reverb = 0.0;
        track.delay = 0.0;
        track.notes.retain(|note| note.start < 2 * BAR || note.start >= 6 * BAR);
    }
    let recording = performed(&score, &Performance::default());
    assert!(matches!(
        gate::inspect(&recording, &score),
        Err(gate::Fault::Silence { .. })
    ));
    score.sections.iter_mut().for_each(|section| section.tag = Tag::Break);
    assert_eq!(gate::inspect(&recording, &score), Ok(()));
}

#[test]
fn a_line_that_nobody_sings_or_that_bursts_is_found_by_the_gate() {
    let score = sung_song();
    let mut recording = performed(&score, &Performance::default());
    assert_eq!(gate::inspect(&recording, &score), Ok(()));
    assert_eq!(recording.sung.len(), score.vocals.len());
    let usual = recording.sung[0];
    for peak in [0.0, usual * 100.0, f32::INFINITY, f32::NAN] {
        recording.sung[2] = peak;
        let fault = gate::inspect(&recording, &score).unwrap_err();
        assert!(
            matches!(fault, gate::Fault::Voice { from, .. } if from == 10.0),
            "{peak}: {fault}"
        );
    }
    let mut silent = score.clone();
    silent.vocals[1].singers.clear();
    let recording = performed(&silent, &Performance::default());
    assert!(matches!(
        gate::inspect(&recording, &silent),
        Err(gate::Fault::Voice { peak: 0.0, .. })
    ));
}

struct Impatient;

impl Watch for Impatient {
    fn progress(&self, _: Stage, _: f32) {}

    fn cancelled(&self) -> bool {
        true
    }
}

#[test]
fn a_cancelled_performance_ends_without_a_song() {
    let cut = perform(&song(), &Performance::default(), &Impatient).unwrap_err();
    assert_eq!(cut, Cut { during: Stage::Playing });
}
