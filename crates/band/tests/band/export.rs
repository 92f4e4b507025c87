//! What leaves the band: JSON, MIDI, LRC, ChordPro.

use busker_band::compose::compose;
use busker_band::request::Request;
use busker_band::score::Score;

use crate::songs::{ordinary, prompt};

fn song() -> Score {
    compose(&Request {
        lyrics: ordinary(),
        ..prompt("folk in E minor, 90 bpm, female vocal")
    })
}

#[test]
fn the_json_has_what_a_judge_reads_in_seconds() {
    let score = song();
    let json = score.to_json();
    assert_eq!(
        (json["tempo"].as_f64(), json["key"].as_str()),
        (Some(90.0), Some("E minor"))
    );
    assert_eq!(json["meter"], "4/4");
    let sections = json["sections"].as_array().unwrap();
    assert_eq!(sections[1]["tag"], "Verse");
    assert_eq!(sections[0]["end"], sections[1]["start"]);
    assert_eq!(sections.last().unwrap()["end"], json["duration"]);
    let line = &json["vocals"][0];
    assert_eq!(line["line"], "The kettle sings at half past nine");
    let note = &line["notes"][1];
    assert_eq!(note["syllable"], "ket");
    assert!(
        note["end"].as_f64() > note["start"].as_f64()
            && note["midi"].as_u64().is_some()
            && note["stress"].as_f64().is_some()
    );
    assert!(json["tracks"][0]["notes"][0]["velocity"].as_f64().is_some());
    assert!(json["chords"][0]["name"].as_str().unwrap().starts_with("Em"));
}

#[test]
fn the_midi_file_can_be_read_again_and_lasts_as_long() {
    let score = song();
    let bytes = score.to_midi();
    let file = midly::Smf::parse(&bytes).unwrap();
    assert_eq!(file.tracks.len(), score.tracks.len() + 2);
    let length = |track: &midly::Track<'_>| track.iter().map(|event| event.delta.as_int()).sum::<u32>();
    let longest = file.tracks.iter().map(length).max().unwrap();
    assert_eq!(longest, score.end());
    let lyrics = file
        .tracks
        .last()
        .unwrap()
        .iter()
        .filter(|event| matches!(event.kind, midly::TrackEventKind::Meta(midly::MetaMessage::Lyric(_))));
    let syllables = score
        .vocals
        .iter()
        .flat_map(|line| &line.notes)
        .filter(|note| !note.syllable.is_empty());
    assert_eq!(lyrics.count(), syllables.count());
    let drums = file
        .tracks
        .iter()
        .flatten()
        .any(|event| matches!(event.kind, midly::TrackEventKind::Midi { channel, .. } if channel.as_int() == 9));
    assert!(drums);
}

#[test]
fn the_lrc_has_a_header_and_every_line_in_time() {
    let score = song();
    let lrc = score.to_lrc(83.6);
    assert!(
        lrc.starts_with("[ti:Carry Me Over") || lrc.starts_with("[ti:Oh"),
        "{lrc}"
    );
    assert!(lrc.contains("[by:busker]\n[length:01:24]\n"), "{lrc}");
    let times = lrc
        .lines()
        .skip(3)
        .map(|line| line[1..9].to_owned())
        .collect::<Vec<_>>();
    assert_eq!(times.len(), score.vocals.len());
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
}

#[test]
fn the_words_of_a_line_are_the_line_and_follow_its_notes() {
    let score = song();
    for line in &score.vocals {
        let words = score.timed_words(line);
        let text: String = words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(text, line.text);
        let begun: Vec<f64> = words.iter().map(|word| word.start).collect();
        let firsts = line
            .notes
            .iter()
            .filter(|note| note.part == 0 && !note.syllable.is_empty());
        let expected: Vec<f64> = firsts.map(|note| score.seconds(note.start)).collect();
        assert_eq!(begun, expected, "{text}");
        assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start), "{words:?}");
    }
}

#[test]
fn the_lrc_times_every_word() {
    let score = song();
    let lrc = score.to_lrc(83.6);
    let line = lrc.lines().nth(3).unwrap();
    let plain: String = line
        .split(['[', '<'])
        .filter_map(|piece| Some(piece.split_once([']', '>'])?.1))
        .collect();
    assert_eq!(plain, "The kettle sings at half past nine");
    let times: Vec<&str> = line.split('<').skip(1).map(|piece| &piece[..8]).collect();
    assert_eq!(times.len(), 8, "seven words and the end: {line}");
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]), "{line}");
    assert_eq!(line[1..9], *times[0]);
}

#[test]
fn a_chord_chart_has_a_bar_for_each_bar_of_its_section() {
    let score = song();
    for section in &score.sections {
        let chart = score.chord_chart(section);
        let bars: Vec<&str> = chart.split(" | ").collect();
        assert_eq!(bars.len(), section.bars as usize, "{chart}");
        for (index, bar) in bars.iter().enumerate() {
            let tick = section.start + index as u32 * score.meter.bar_ticks() + score.meter.bar_ticks() / 4;
            let sounding = score.chords.iter().rev().find(|chord| chord.start <= tick).unwrap();
            assert!(
                bar.split(' ').any(|name| name == sounding.name),
                "{bar} lacks {}",
                sounding.name
            );
        }
    }
}

#[test]
fn the_chordpro_file_has_every_word_in_its_section_and_every_chord() {
    let score = song();
    let text = score.to_chordpro();
    assert!(text.contains("{key: Em}\n{tempo: 90}\n{time: 4/4}\n"), "{text}");
    assert!(text.contains("{start_of_grid: Intro}\n| Em"), "{text}");
    let without_chords: String = text
        .split('[')
        .enumerate()
        .fold(String::new(), |mut words, (index, piece)| {
            let kept = if index == 0 {
                piece
            } else {
                piece.split_once(']').map_or("", |(_, rest)| rest)
            };
            words.push_str(kept);
            words
        });
    let mut lines = without_chords.lines().map(str::trim);
    for line in &score.vocals {
        assert!(
            lines.any(|written| written == line.text),
            "{} is missing in\n{text}",
            line.text
        );
    }
    let chords_in = |text: &str| text.matches('[').count();
    for (index, section) in score.sections.iter().enumerate() {
        let end = section.start + section.bars * score.meter.bar_ticks();
        let written = text.split(&format!(": {}}}\n", section.label)).nth(1).unwrap();
        let written = written.split("{end_of_").next().unwrap();
        if score.vocals.iter().any(|line| line.section == index) {
            let played = score
                .chords
                .iter()
                .filter(|chord| (section.start..end).contains(&chord.start));
            assert_eq!(chords_in(written), played.count(), "{}\n{written}", section.label);
        }
    }
    for environment in ["verse", "chorus"] {
        let [starts, ends] = ["start", "end"].map(|edge| text.matches(&format!("{{{edge}_of_{environment}")).count());
        assert!(starts > 0 && starts == ends);
    }
}
