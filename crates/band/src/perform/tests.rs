//! A small hand-written score, and what must hold of its performance.

use super::*;
use crate::master::gate;
use crate::score::{
    Instrument, Key, Meter, MixPlan, Mode, Note, Role, Section, TICKS_PER_QUARTER, Tag, TempoChange, Tick, Track,
};

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

#[test]
fn voices_are_mixed_with_the_band_and_kept_as_stems() {
    let score = song();
    let samples = (0..44_100 * 16)
        .map(|index| libm::sinf(index as f32 * 0.06) * 0.01)
        .collect();
    let voice = Voice {
        name: "lead-vocal".to_owned(),
        place: VoicePlace::Lead,
        pan: 0.0,
        samples,
    };
    let options = Performance {
        stems: true,
        voices: vec![voice],
        ..Performance::default()
    };
    let recording = performed(&score, &options);
    assert_eq!(recording.stems[0].name, "lead-vocal");
    let level = crate::mix::loudness::measure(&recording.stems[0].left, &recording.stems[0].right, Threads::default())
        .integrated()
        .unwrap();
    assert!((-26.0..-14.0).contains(&level), "{level}");
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
