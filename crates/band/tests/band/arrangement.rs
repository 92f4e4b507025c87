//! Who plays when: songs that grow, sections that differ, endings that end.

use std::collections::BTreeSet;

use busker_band::compose::compose;
use busker_band::request::{LyricBlock, Request};
use busker_band::score::{Instrument, Role, Score, Section, Tag, Track};

use crate::songs::{GENRES, block, ordinary, prompt};

fn span(score: &Score, section: &Section) -> std::ops::Range<u32> {
    section.start..section.start + section.bars * score.meter.bar_ticks()
}

/// Players of a section beside the singer.
fn layers(score: &Score, section: &Section) -> usize {
    let within = span(score, section);
    let plays =
        |track: &&Track| track.role != Role::Effects && track.notes.iter().any(|note| within.contains(&note.start));
    score.tracks.iter().filter(plays).count()
}

fn of_tag(score: &Score, tag: Tag) -> impl Iterator<Item = &Section> {
    score.sections.iter().filter(move |section| section.tag == tag)
}

#[test]
fn songs_grow_from_intro_over_verse_to_chorus() {
    let (mut grown, mut songs) = (0, 0);
    for genre in GENRES {
        for seed in 0..4 {
            let score = compose(&Request {
                lyrics: ordinary(),
                seed,
                ..prompt(genre)
            });
            let chorus = of_tag(&score, Tag::Chorus).map(|section| layers(&score, section));
            let chorus = chorus.collect::<Vec<_>>();
            let verse = layers(&score, of_tag(&score, Tag::Verse).next().unwrap());
            let intro = layers(&score, of_tag(&score, Tag::Intro).next().unwrap());
            assert!(
                verse <= chorus[0] && chorus[0] <= chorus[2],
                "{genre} {seed}: {verse}, {chorus:?}"
            );
            // The lead is silent while someone sings, so an intro may have one player more.
            grown += usize::from(intro <= verse + 1 && verse < chorus[0] && intro <= chorus[0]);
            if !(intro <= verse + 1 && verse < chorus[0] && intro <= chorus[0]) {
                eprintln!("{genre} {seed}: {intro} {verse} {chorus:?}");
            }
            songs += 1;
        }
    }
    assert!(grown * 100 >= songs * 85, "{grown} of {songs} songs grow");
}

#[test]
fn a_break_is_thin_and_a_build_up_climbs() {
    for genre in GENRES {
        let tags = [Tag::Verse, Tag::Break, Tag::BuildUp, Tag::Drop];
        let score = compose(&Request {
            lyrics: tags.map(|tag| block(tag, &[])).to_vec(),
            instrumental: true,
            ..prompt(genre)
        });
        let count = score
            .sections
            .iter()
            .map(|section| layers(&score, section))
            .collect::<Vec<_>>();
        assert!(count[1] < count[0] && count[1] < count[3], "{genre}: {count:?}");
        let drums = score.tracks.iter().filter(|track| track.role == Role::Drums);
        let drums = drums.flat_map(|track| &track.notes).collect::<Vec<_>>();
        let struck = |from: u32, until: u32| drums.iter().filter(|note| (from..until).contains(&note.start)).count();
        let build = span(&score, &score.sections[2]);
        let half = (build.start + build.end) / 2;
        assert!(
            drums.is_empty() || struck(half, build.end) > struck(build.start, half),
            "{genre}"
        );
    }
}

#[test]
fn a_solo_is_denser_than_a_verse_and_peaks_late() {
    let (mut late, mut songs) = (0, 0);
    for genre in GENRES {
        let score = compose(&Request {
            lyrics: vec![block(Tag::Verse, &[]), block(Tag::Solo, &[]), block(Tag::Chorus, &[])],
            instrumental: true,
            duration: Some(120),
            ..prompt(genre)
        });
        let lead = score.tracks.iter().find(|track| track.name == "lead").unwrap();
        let of = |section: &Section| {
            let within = span(&score, section);
            let notes = lead.notes.iter().filter(move |note| within.contains(&note.start));
            notes.copied().collect::<Vec<_>>()
        };
        let (verse, solo) = (&score.sections[0], &score.sections[1]);
        let density = |section: &Section| of(section).len() as f64 / f64::from(section.bars);
        assert!(density(solo) > 1.2 * density(verse), "{genre}");
        let played = of(solo);
        let (low, high) = (
            played.iter().map(|note| note.pitch).min().unwrap(),
            played.iter().map(|note| note.pitch).max().unwrap(),
        );
        assert!(high - low >= 12, "{genre}: {low} to {high}");
        let within = span(&score, solo);
        let peak = played.iter().rfind(|note| note.pitch == high).unwrap();
        late += usize::from((peak.start - within.start) * 2 >= within.end - within.start);
        songs += 1;
    }
    assert!(
        late * 100 >= songs * 85,
        "{late} of {songs} solos peak in their second half"
    );
}

#[test]
fn a_verse_of_sixty_lines_rests_and_grows() {
    let lines = (0..60)
        .map(|at| format!("The river carries number {at} along"))
        .collect();
    let lyrics = vec![LyricBlock {
        tag: Some(Tag::Verse),
        label: "Verse".to_owned(),
        lines,
    }];
    let score = compose(&Request {
        lyrics,
        ..prompt("folk, 110 bpm")
    });
    assert_eq!(score.sections.len(), 1);
    assert_eq!(score.vocals.len(), 60);
    let bar = score.meter.bar_ticks();
    let gaps = score.vocals.windows(2).filter(|pair| {
        let end = pair[0].notes.last().map_or(0, |note| note.start + note.length);
        pair[1].notes[0].start >= end + bar
    });
    assert!(gaps.count() >= 5, "the singer rests");
    let playing = |at: u32| {
        let here = at * 8 * bar..(at + 1) * 8 * bar;
        let plays = |track: &&Track| track.notes.iter().any(|note| here.contains(&note.start));
        score
            .tracks
            .iter()
            .filter(plays)
            .map(|track| track.name.as_str())
            .collect::<BTreeSet<_>>()
    };
    let bands = (0..score.end() / bar / 8).map(playing).collect::<BTreeSet<_>>();
    assert!(bands.len() >= 3, "{bands:?}");
}

#[test]
fn five_minutes_without_words_have_many_kinds_of_sections() {
    for text in ["rock", "house", "ambient", "jazz", "cinematic"] {
        let score = compose(&Request {
            instrumental: true,
            duration: Some(300),
            ..prompt(text)
        });
        let kinds = score
            .sections
            .iter()
            .map(|section| section.tag)
            .collect::<BTreeSet<_>>();
        assert!(kinds.len() >= 7, "{text}: {kinds:?}");
        assert!(
            score.sections.windows(2).all(|pair| pair[0].tag != pair[1].tag),
            "{text}"
        );
    }
}

#[test]
fn songs_end_in_several_ways_and_each_of_them_ends() {
    let mut ways = BTreeSet::new();
    for seed in 0..16 {
        let score = compose(&Request {
            lyrics: ordinary(),
            seed,
            ..prompt("reggae, 76 bpm")
        });
        let (end, bar) = (score.end(), score.meter.bar_ticks());
        let bass = score.tracks.iter().find(|track| track.role == Role::Bass).unwrap();
        let last = bass.notes.last().unwrap();
        let first = bass.notes.iter().find(|note| note.start >= end - 6 * bar).unwrap();
        assert!(last.start >= end - bar, "the last bar is played");
        let faded = last.velocity < 0.4 * first.velocity;
        let dominants = score
            .chords
            .iter()
            .filter(|chord| chord.start >= end - 6 * bar && (chord.root + 12 - score.key.tonic) % 12 == 7);
        ways.insert((faded, dominants.count() > 1, score.tempo_map.len() > 1));
    }
    assert!(ways.len() >= 3, "{ways:?}");
    let mut stopped = 0;
    for seed in 0..12 {
        let score = compose(&Request {
            lyrics: ordinary(),
            seed,
            ..prompt("metal, 160 bpm")
        });
        let last = score.end() - score.meter.bar_ticks();
        let held = score
            .tracks
            .iter()
            .filter(|track| track.instrument == Instrument::DistortedGuitar);
        let longest = held
            .flat_map(|track| &track.notes)
            .filter(|note| note.start >= last)
            .map(|note| note.length);
        stopped += usize::from(longest.max().unwrap_or(0) < 1000);
    }
    assert!((1..12).contains(&stopped), "{stopped} of 12 stop short");
}
