//! What is known about a song the band played: its facts, lines and exports.

use busker_band::perform::{Recording, Stem as BandStem};
use busker_band::score::{Score, Section, TimedWord, VocalLine};
use busker_core::song::{LyricLine, LyricWord, Song, SongFacts, SongSection, Stem};

/// The energy of the last chorus.
const MOST_ENERGY: f32 = 5.0;

/// `recording` of `score` as every engine hands a song over.
pub(super) fn song(score: &Score, recording: Recording) -> Song {
    let sung = !score.vocals.is_empty();
    let length = recording.seconds();
    Song {
        rate: recording.rate,
        samples: interleaved(&recording.left, &recording.right),
        facts: facts(score),
        lines: score
            .written_lines()
            .into_iter()
            .filter_map(|line| timed(score, line))
            .collect(),
        score: Some(score.to_json()),
        midi: Some(score.to_midi()),
        lrc: sung.then(|| score.to_lrc(length)),
        chordpro: Some(score.to_chordpro()),
        stems: recording.stems.iter().map(stem).collect(),
    }
}

fn facts(score: &Score) -> SongFacts {
    SongFacts {
        title: score.title.clone(),
        lyrics: lyrics(score),
        language: score.language().map(str::to_owned),
        tempo: Some(score.felt_tempo()),
        key: Some(score.key.name()),
        genres: score.genres.clone(),
        sections: score.sections.iter().map(|part| section(score, part)).collect(),
        seed: score.seed,
        soundfont: None,
        warnings: score.warnings.clone(),
    }
}

fn section(score: &Score, section: &Section) -> SongSection {
    SongSection {
        label: section.label.clone(),
        start: score.seconds(section.start),
        end: score.seconds(section.start + section.bars * score.meter.bar_ticks()),
        energy: (section.energy / MOST_ENERGY).clamp(0.0, 1.0),
        chords: score.chord_chart(section),
    }
}

/// The lines under the tags of their sections, sections without words by their tag alone; empty for an instrumental.
fn lyrics(score: &Score) -> String {
    if score.vocals.is_empty() {
        return String::new();
    }
    let sections = score.sections.iter().enumerate().map(|(index, section)| {
        let lines = score.written_lines().into_iter().filter(|line| line.section == index);
        let mut text = format!("[{}]", section.label);
        for line in lines {
            text.push('\n');
            text.push_str(&line.text);
        }
        text
    });
    sections.collect::<Vec<_>>().join("\n\n")
}

/// A line from the beginning of its first note to the end of its last.
fn timed(score: &Score, line: &VocalLine) -> Option<LyricLine> {
    let first = line.notes.first()?;
    let last = line.notes.last()?;
    Some(LyricLine {
        text: line.text.clone(),
        start: score.seconds(first.start),
        end: score.seconds(last.start + last.length),
        words: score.timed_words(line).into_iter().map(word).collect(),
    })
}

fn word(TimedWord { text, start, .. }: TimedWord) -> LyricWord {
    LyricWord { text, start }
}

fn stem(stem: &BandStem) -> Stem {
    Stem {
        name: stem.name.clone(),
        samples: interleaved(&stem.left, &stem.right),
    }
}

fn interleaved(left: &[f32], right: &[f32]) -> Vec<f32> {
    let mut samples = vec![0.0; left.len().min(right.len()) * 2];
    for (frame, (left, right)) in samples.chunks_exact_mut(2).zip(left.iter().zip(right)) {
        frame[0] = *left;
        frame[1] = *right;
    }
    samples
}
