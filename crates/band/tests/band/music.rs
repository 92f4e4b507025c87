//! Whether it is good music, as far as numbers can tell.

use std::collections::BTreeSet;

use busker_band::compose::compose;
use busker_band::request::Request;
use busker_band::score::{Instrument, Role, Score, TICKS_PER_QUARTER, Tag};

use crate::songs::{GENRES, ordinary, prompt};

#[test]
fn the_tonality_is_anchored_in_every_genre_and_key() {
    for genre in GENRES {
        for (at, tonic) in ["C", "D", "Eb", "F#", "A", "Bb"].into_iter().enumerate() {
            let mode = if at % 2 == 0 { "minor" } else { "major" };
            let score = compose(&Request {
                lyrics: ordinary(),
                ..prompt(&format!("{genre} in {tonic} {mode}"))
            });
            assert_anchored(&score, &format!("{genre} in {tonic} {mode}"));
        }
    }
}

fn assert_anchored(score: &Score, what: &str) {
    let bar = score.meter.bar_ticks();
    let root_at = |tick: u32| {
        score
            .chords
            .iter()
            .rfind(|chord| chord.start <= tick)
            .map(|chord| (chord.root + 12 - score.key.tonic) % 12)
    };
    for section in score
        .sections
        .iter()
        .filter(|section| matches!(section.tag, Tag::Intro | Tag::Verse))
    {
        assert_eq!(
            root_at(section.start),
            Some(0),
            "{what}: {} does not begin on the tonic",
            section.label
        );
        if section.bars == 8 {
            assert_eq!(
                root_at(section.start + 7 * bar),
                Some(7),
                "{what}: the eighth bar is not the dominant"
            );
        }
    }
    let end = score.end();
    assert_eq!(
        [3, 2, 1].map(|back| root_at(end - back * bar)),
        [Some(7), Some(0), Some(0)],
        "{what}: the cadence"
    );
    let dominant = score.chords.iter().rfind(|chord| chord.start <= end - 3 * bar).unwrap();
    assert_eq!(dominant.intervals[1], 4, "{what}: the last dominant is major");
}

/// Krumhansl and Kessler's profiles, correlated with the durations of all pitched notes.
fn symbolic_key(score: &Score) -> (u8, bool) {
    const MAJOR: [f64; 12] = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    const MINOR: [f64; 12] = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];
    let mut histogram = [0.0; 12];
    for track in score
        .tracks
        .iter()
        .filter(|track| !matches!(track.role, Role::Drums | Role::Percussion | Role::Effects))
    {
        for note in &track.notes {
            histogram[usize::from(note.pitch % 12)] += f64::from(note.length) * f64::from(note.velocity);
        }
    }
    for note in score.vocals.iter().flat_map(|line| &line.notes) {
        histogram[usize::from(note.pitch % 12)] += f64::from(note.length) * f64::from(note.velocity);
    }
    let correlation = |profile: &[f64; 12], tonic: usize| {
        let mean = |values: &[f64; 12]| values.iter().sum::<f64>() / 12.0;
        let (a, b) = (mean(profile), mean(&histogram));
        let pairs = (0..12).map(|at| (profile[(at + 12 - tonic) % 12] - a, histogram[at] - b));
        let (xy, xx, yy) = pairs.fold((0.0, 0.0, 0.0), |(xy, xx, yy), (x, y)| {
            (xy + x * y, xx + x * x, yy + y * y)
        });
        xy / (xx * yy).sqrt()
    };
    let candidates = (0..12).flat_map(|tonic| [(tonic, false), (tonic, true)]);
    let score_of = |&(tonic, minor): &(usize, bool)| correlation(if minor { &MINOR } else { &MAJOR }, tonic);
    let best = candidates.max_by(|a, b| score_of(a).total_cmp(&score_of(b))).unwrap();
    (best.0 as u8, best.1)
}

#[test]
fn a_key_finder_agrees_with_the_key() {
    let mut right = 0;
    let mut total = 0;
    for genre in GENRES {
        for key in ["C major", "F# minor", "Bb major", "E minor", "Ab major", "G minor"] {
            let score = compose(&Request {
                lyrics: ordinary(),
                seed: total,
                ..prompt(&format!("{genre}, key: {key}"))
            });
            right += u64::from(symbolic_key(&score) == (score.key.tonic, score.key.is_minor()));
            total += 1;
        }
    }
    assert!(right * 100 >= total * 93, "{right} of {total}");
}

#[test]
fn stressed_syllables_fall_on_beats() {
    let mut shares = Vec::new();
    for (seed, genre) in GENRES.iter().enumerate() {
        for lyrics in [ordinary(), Vec::new()] {
            let score = compose(&Request {
                lyrics,
                seed: seed as u64,
                ..prompt(&format!("{genre}, 100 bpm"))
            });
            let stressed = score
                .vocals
                .iter()
                .flat_map(|line| &line.notes)
                .filter(|note| note.stress >= 0.75)
                .collect::<Vec<_>>();
            let on_beat = stressed
                .iter()
                .filter(|note| note.start % TICKS_PER_QUARTER == 0)
                .count();
            shares.push(on_beat as f64 / stressed.len() as f64);
        }
    }
    shares.sort_by(f64::total_cmp);
    let median = shares[shares.len() / 2];
    assert!(median >= 0.75, "median share {median:.2}, lowest {:.2}", shares[0]);
}

#[test]
fn melodies_are_singable() {
    for (seed, genre) in GENRES.iter().enumerate() {
        for voice in ["male vocal", "female vocal"] {
            let score = compose(&Request {
                lyrics: ordinary(),
                seed: seed as u64,
                ..prompt(&format!("{genre}, {voice}"))
            });
            let pitches = score
                .vocals
                .iter()
                .flat_map(|line| &line.notes)
                .map(|note| note.pitch)
                .collect::<Vec<_>>();
            let (low, high) = (pitches.iter().min().unwrap(), pitches.iter().max().unwrap());
            assert!(high - low <= 17, "{genre}: {low} to {high}");
            for line in &score.vocals {
                let leaps = line.notes.windows(2).map(|pair| pair[0].pitch.abs_diff(pair[1].pitch));
                assert!(leaps.max().unwrap_or(0) <= 12, "{genre}: {}", line.text);
            }
            for pair in score.vocals.windows(2) {
                let end = pair[0].notes.last().map(|note| note.start + note.length).unwrap();
                assert!(
                    pair[1].notes[0].start >= end + TICKS_PER_QUARTER / 4,
                    "{genre}: no breath after {}",
                    pair[0].text
                );
            }
        }
    }
}

#[test]
fn strong_notes_belong_to_the_chord() {
    let (mut inside, mut total) = (0, 0);
    for (seed, genre) in GENRES.iter().enumerate() {
        let score = compose(&Request {
            lyrics: ordinary(),
            seed: seed as u64,
            ..prompt(genre)
        });
        for note in score
            .vocals
            .iter()
            .flat_map(|line| &line.notes)
            .filter(|note| note.start % TICKS_PER_QUARTER == 0)
        {
            let chord = score.chords.iter().rfind(|chord| chord.start <= note.start).unwrap();
            let degree = (note.pitch + 120 - chord.root) % 12;
            inside += usize::from(chord.intervals.iter().any(|interval| interval % 12 == degree));
            total += 1;
        }
    }
    assert!(inside * 100 >= total * 80, "{inside} of {total}");
}

#[test]
fn named_instruments_play_in_a_third_of_the_bars_and_excluded_ones_never() {
    for (text, instrument) in [
        ("pop with flute", Instrument::Flute),
        ("rock with violin and piano", Instrument::Violin),
        ("house with choir", Instrument::Choir),
        ("jazz with nylon guitar", Instrument::NylonGuitar),
        ("folk with organ", Instrument::Organ),
        ("hip hop with brass", Instrument::Brass),
    ] {
        for instrumental in [true, false] {
            let lyrics = if instrumental { Vec::new() } else { ordinary() };
            let score = compose(&Request {
                lyrics,
                instrumental,
                ..prompt(text)
            });
            let bar = score.meter.bar_ticks();
            let tracks = score.tracks.iter().filter(|track| track.instrument == instrument);
            let bars = tracks
                .flat_map(|track| &track.notes)
                .map(|note| note.start / bar)
                .collect::<BTreeSet<_>>();
            assert!(
                bars.len() as u32 * 10 >= 3 * score.end() / bar,
                "{text}: {} of {} bars",
                bars.len(),
                score.end() / bar
            );
        }
    }
    let score = compose(&prompt("pop without piano, no drums"));
    assert!(
        score
            .tracks
            .iter()
            .all(|track| track.instrument != Instrument::Piano && track.role != Role::Drums)
    );
}

#[test]
fn build_ups_rise_and_land() {
    let lyrics = vec![
        crate::songs::block(Tag::Verse, &[]),
        crate::songs::block(Tag::BuildUp, &[]),
        crate::songs::block(Tag::Drop, &[]),
    ];
    let score = compose(&Request {
        lyrics,
        instrumental: true,
        ..prompt("house")
    });
    let (build, drop) = (&score.sections[1], &score.sections[2]);
    let within = |instrument: Instrument| {
        score
            .tracks
            .iter()
            .filter(move |track| track.instrument == instrument)
            .flat_map(|track| &track.notes)
    };
    assert!(within(Instrument::Riser).any(|note| note.start == build.start));
    assert!(within(Instrument::Impact).any(|note| note.start == drop.start));
    let drums = score.tracks.iter().find(|track| track.role == Role::Drums).unwrap();
    let snares = |from: u32, until: u32| {
        drums
            .notes
            .iter()
            .filter(|note| note.pitch == 38 && (from..until).contains(&note.start))
            .count()
    };
    let half = (build.start + drop.start) / 2;
    assert!(snares(half, drop.start) > snares(build.start, half));
    let silence = drop.start - TICKS_PER_QUARTER;
    let pitched = score
        .tracks
        .iter()
        .filter(|track| track.role != Role::Effects)
        .flat_map(|track| &track.notes);
    assert!(
        pitched
            .clone()
            .all(|note| note.start + note.length <= silence || note.start >= drop.start || note.start < build.start)
    );
}

#[test]
fn odd_metres_fill_their_bars() {
    for (text, ticks) in [
        ("waltz folk", 2880),
        ("6/8 ballad", 2880),
        ("7/8 rock", 3360),
        ("5/4 jazz", 4800),
        ("12/8 pop", 5760),
    ] {
        let score = compose(&Request {
            lyrics: ordinary(),
            ..prompt(text)
        });
        assert_eq!(score.meter.bar_ticks(), ticks, "{text}");
        let drums = score.tracks.iter().find(|track| track.role == Role::Drums).unwrap();
        assert!(drums.notes.len() > 50, "{text}");
    }
}
