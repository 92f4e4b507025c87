//! Melodies: what returns, what changes, and who can sing it.

use busker_band::compose::compose;
use busker_band::request::Request;
use busker_band::score::{Score, Tag, VocalLine};

use crate::songs::{GENRES, block, ordinary, prompt};

fn lines(score: &Score, section: usize) -> Vec<&VocalLine> {
    score.vocals.iter().filter(|line| line.section == section).collect()
}

fn pitches(line: &VocalLine) -> Vec<u8> {
    line.notes.iter().map(|note| note.pitch).collect()
}

/// Share of notes that two lines have in common, place by place.
fn alike(one: &VocalLine, other: &VocalLine) -> f64 {
    let same = one
        .notes
        .iter()
        .zip(&other.notes)
        .filter(|(a, b)| a.pitch == b.pitch)
        .count();
    same as f64 / one.notes.len().max(other.notes.len()) as f64
}

#[test]
fn choruses_return_and_verses_return_changed() {
    let (mut choruses, mut verses, mut songs) = (0.0, 0.0, 0.0);
    let mut copies = 0;
    for genre in GENRES {
        for seed in 0..3 {
            let score = compose(&Request {
                lyrics: ordinary(),
                seed,
                ..prompt(genre)
            });
            let mean = |one: usize, other: usize| {
                let (one, other) = (lines(&score, one), lines(&score, other));
                let pairs = one.iter().zip(&other).map(|(a, b)| alike(a, b));
                pairs.sum::<f64>() / one.len() as f64
            };
            let same = lines(&score, 1)
                .iter()
                .zip(lines(&score, 3))
                .all(|(a, b)| pitches(a) == pitches(b));
            copies += usize::from(same);
            choruses += mean(2, 4);
            verses += mean(1, 3);
            songs += 1.0;
        }
    }
    let (choruses, verses) = (choruses / songs, verses / songs);
    assert!(choruses > 0.9, "choruses are alike: {choruses:.2}");
    assert!((0.35..0.9).contains(&verses), "second verses are akin: {verses:.2}");
    assert!(copies * 20 <= 75, "{copies} of 75 second verses are copies");
}

#[test]
fn the_last_line_of_a_chorus_recalls_its_first() {
    let chorus = [
        "Carry me over the river tonight",
        "Lanterns are burning and fading from sight",
        "Tell me a story of silver and snow",
        "Carry me over wherever you go",
    ];
    let (mut recalled, mut other) = (0.0, 0.0);
    for seed in 0..20 {
        let score = compose(&Request {
            lyrics: vec![block(Tag::Verse, &["One for the road"]), block(Tag::Chorus, &chorus)],
            seed,
            ..prompt("pop, 100 bpm, 4/4")
        });
        let sung = lines(&score, 1);
        recalled += alike(sung[0], sung[3]);
        other += alike(sung[0], sung[2]).min(alike(sung[0], sung[1]));
    }
    assert!(recalled > 1.3 * other, "{recalled:.1} against {other:.1}");
}

#[test]
fn lines_that_begin_weakly_come_before_their_bar() {
    let verse = [
        "Over the meadow the morning is rising",
        "The kettle is singing a song of the sea",
        "The lantern is swinging above the horizon",
        "Across all the water it's calling for me",
    ];
    let mut early = 0;
    for seed in 0..10 {
        let score = compose(&Request {
            lyrics: vec![block(Tag::Verse, &verse), block(Tag::Chorus, &["Sing it again"])],
            seed,
            ..prompt("folk, 100 bpm, 4/4")
        });
        let bar = score.meter.bar_ticks();
        let before = |line: &&VocalLine| line.notes[0].start % bar >= bar * 3 / 4;
        early += score.vocals.iter().take(4).filter(before).count();
    }
    assert!(early >= 15, "{early} of 30 weak beginnings are pick-ups");
}

#[test]
fn a_pre_chorus_climbs_and_a_bridge_is_another_place() {
    let pre = [
        "Higher and higher and nearer the light",
        "Faster and faster we run through the night",
    ];
    let mut climbs = 0;
    for seed in 0..20 {
        let score = compose(&Request {
            lyrics: vec![
                block(Tag::Verse, &pre),
                block(Tag::PreChorus, &pre),
                block(Tag::Chorus, &pre),
            ],
            seed,
            ..prompt("pop, 110 bpm")
        });
        let mean = |line: &VocalLine| {
            line.notes.iter().map(|note| f64::from(note.pitch)).sum::<f64>() / line.notes.len() as f64
        };
        let sung = lines(&score, 1);
        climbs += usize::from(mean(sung[1]) > mean(sung[0]));
    }
    assert!(climbs >= 15, "{climbs} of 20 pre-choruses climb");
}

#[test]
fn each_voice_of_a_duet_stays_within_its_seventeen_semitones() {
    for genre in GENRES {
        for text in ["duet", "male and female vocals"] {
            let score = compose(&Request {
                lyrics: ordinary(),
                ..prompt(&format!("{genre} {text}"))
            });
            assert_eq!(score.singers.len(), 2);
            for (index, singer) in score.singers.iter().enumerate() {
                let led = score.vocals.iter().filter(|line| line.singers[0] == index);
                let name = if index == 0 { "partner" } else { "partner-2" };
                let joined = score.backing.iter().filter(|voice| voice.name == name);
                let lines = led.chain(joined.flat_map(|voice| &voice.lines));
                let notes = lines.flat_map(|line| &line.notes);
                let sung = notes.map(|note| i32::from(note.pitch)).collect::<Vec<_>>();
                let (low, high) = (sung.iter().min().unwrap(), sung.iter().max().unwrap());
                assert!(
                    high - low <= 17,
                    "{genre} {text}: {:?} sings {low} to {high}",
                    singer.voice
                );
            }
        }
    }
}

#[test]
fn nearly_every_line_is_followed_by_a_breath() {
    let (mut breaths, mut all) = (0, 0);
    for (seed, genre) in GENRES.iter().enumerate() {
        let score = compose(&Request {
            seed: seed as u64,
            ..prompt(genre)
        });
        for pair in score.vocals.windows(2) {
            let end = pair[0].notes.last().map_or(0, |note| note.start + note.length);
            breaths += usize::from(pair[1].notes[0].start >= end + 240);
            all += 1;
        }
    }
    assert!(breaths * 100 >= all * 98, "{breaths} of {all}");
}
