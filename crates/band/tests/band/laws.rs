//! What holds for every score, whatever was asked.

use busker_band::compose::compose;
use busker_band::request::{LyricBlock, Request};
use busker_band::score::{BackingRole, Score, Tag};
use proptest::prelude::*;

use crate::songs::{TAGS, ordinary, prompt};

/// The longest song sold, in seconds.
const LIMIT: f64 = 360.0;

pub(crate) fn assert_lawful(score: &Score, request: &Request) {
    let bar = score.meter.bar_ticks();
    let mut at = 0;
    for section in &score.sections {
        assert_eq!(section.start, at, "sections follow each other");
        assert!(section.bars >= 1 && (0.0..=5.0).contains(&section.energy));
        at += section.bars * bar;
    }
    let end = score.end();
    assert!(end > 0 && score.seconds(end) <= LIMIT, "{} s", score.seconds(end));
    let mut at = 0;
    for chord in &score.chords {
        assert_eq!(chord.start, at, "chords follow each other");
        assert!(chord.length > 0 && chord.root < 12 && chord.intervals.first() == Some(&0));
        at += chord.length;
    }
    assert_eq!(at, end);
    for track in &score.tracks {
        assert!(!track.notes.is_empty(), "{} has nothing to play", track.name);
        assert!(
            track
                .notes
                .windows(2)
                .all(|pair| (pair[0].start, pair[0].pitch) <= (pair[1].start, pair[1].pitch))
        );
        for note in &track.notes {
            assert!(
                note.start < end && note.start + note.length <= end && note.length > 0,
                "{}: {note:?}",
                track.name
            );
            assert!((0.0..=1.0).contains(&note.velocity) && note.nudge_ms.abs() < 200.0);
        }
    }
    let mut names = score.tracks.iter().map(|track| &track.name).collect::<Vec<_>>();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), score.tracks.len(), "names are unique");
    assert!(!score.title.trim().is_empty());
    assert_eq!(score.tempo_map.first().map(|change| change.tick), Some(0));
    assert_eq!(score.vocals.is_empty(), score.singers.is_empty());
    assert!(!request.instrumental || score.vocals.is_empty());
    assert_sung_in_order(score);
}

fn assert_sung_in_order(score: &Score) {
    let mut free_from = 0;
    for line in &score.vocals {
        assert!(!line.notes.is_empty() && line.section < score.sections.len());
        let section = &score.sections[line.section];
        let section_end = section.start + section.bars * score.meter.bar_ticks();
        for note in &line.notes {
            assert!(note.start >= free_from, "{:?} overlaps", line.text);
            assert!(note.length > 0 && (36..=84).contains(&note.pitch));
            assert!(
                note.start >= section.start && note.start + note.length <= section_end,
                "{:?} leaves its section",
                line.text
            );
            free_from = note.start + note.length;
        }
        let order = line.notes.iter().map(|note| (note.word, note.part)).collect::<Vec<_>>();
        assert!(order.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}

/// Every syllable the singer would pronounce is in the score, in order.
fn assert_complete(score: &Score, request: &Request) {
    use busker_voice::pronounce::{Language, parts, pronounce};
    let lines = request.lyrics.iter().flat_map(|block| &block.lines);
    let text = lines.map(String::as_str).collect::<Vec<_>>().join("\n");
    let language = Language::detect(&text);
    let spoken = |block: &LyricBlock| {
        let language = language.of_part(&block.lines.join("\n"));
        let parts = block.lines.iter().flat_map(|line| parts(line));
        parts
            .map(|part| pronounce(&part.text, language))
            .collect::<Vec<_>>()
            .concat()
    };
    let wanted = request
        .lyrics
        .iter()
        .flat_map(spoken)
        .flat_map(|word| word.syllables)
        .map(|syllable| syllable.letters);
    let answers = score.backing.iter().find(|voice| voice.role == BackingRole::Answer);
    let lines = score
        .vocals
        .iter()
        .chain(answers.into_iter().flat_map(|voice| &voice.lines));
    let mut notes = lines.flat_map(|line| &line.notes).collect::<Vec<_>>();
    notes.sort_by_key(|note| note.start);
    let sung = notes
        .into_iter()
        .map(|note| note.syllable.clone())
        .filter(|text| !text.is_empty());
    assert_eq!(sung.collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
}

fn lyric_block() -> impl Strategy<Value = LyricBlock> {
    let line = prop_oneof![
        "[a-z]{1,8}( [a-z]{1,8}){0,9}",
        "\\PC{1,40}",
        "[ぁ-ん가-힣]{1,30}",
        Just("And I can almost hear your key__".to_owned()),
    ];
    let tag = prop_oneof![Just(None), (0..TAGS.len()).prop_map(|at| Some(TAGS[at]))];
    (tag, prop::collection::vec(line, 0..8)).prop_map(|(tag, lines)| LyricBlock {
        tag,
        label: tag.map_or(String::new(), |tag: Tag| tag.name().to_owned()),
        lines: lines
            .into_iter()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_request_gives_a_lawful_score(
        text in prop_oneof!["\\PC{1,120}", "(slow|fast|sad|happy|E minor|6/8|3/4|waltz|40 bpm|290 bpm|jazz|house|rock|folk|no drums|choir|flute|, ){1,8}"],
        lyrics in prop::collection::vec(lyric_block(), 0..10),
        instrumental in any::<bool>(),
        duration in prop_oneof![Just(None), (10u32..=360).prop_map(Some)],
        seed in any::<u64>(),
    ) {
        let request = Request { prompt: text, lyrics, instrumental, duration, seed };
        let score = compose(&request);
        assert_lawful(&score, &request);
        if !score.singers.is_empty() && !score.warnings.iter().any(|warning| warning.contains("wrote")) {
            assert_complete(&score, &request);
        }
    }
}

#[test]
fn extreme_lyrics_still_end_within_six_minutes_and_lose_no_syllable() {
    let one_letter_lines = (0..1750).map(|_| "a".to_owned()).collect::<Vec<_>>();
    let figures = vec!["7".repeat(3500)];
    let hangul = vec!["가".repeat(3500)];
    let words = (0..40)
        .map(|_| "never again remember tomorrow whatever forever and ever together my darling".to_owned())
        .collect::<Vec<_>>();
    for lines in [one_letter_lines, figures, hangul, words] {
        for tempo in ["30 bpm", "120 bpm", "300 bpm"] {
            let lyrics = vec![LyricBlock {
                tag: None,
                label: String::new(),
                lines: lines.clone(),
            }];
            let request = Request {
                lyrics,
                ..prompt(tempo)
            };
            let score = compose(&request);
            assert_lawful(&score, &request);
            assert_complete(&score, &request);
        }
    }
}

#[test]
fn hundreds_of_empty_sections_are_joined_rather_than_too_long() {
    let lyrics = (0..500)
        .map(|_| LyricBlock {
            tag: Some(Tag::Solo),
            label: "Solo".to_owned(),
            lines: Vec::new(),
        })
        .collect();
    let request = Request {
        lyrics,
        ..prompt("rock, 40 bpm")
    };
    let score = compose(&request);
    assert_lawful(&score, &request);
    assert!(score.warnings.iter().any(|warning| warning.contains("sections")));
}

#[test]
fn the_same_request_gives_the_same_score() {
    let request = Request {
        lyrics: ordinary(),
        seed: 99,
        ..prompt("indie folk in D minor, 96 bpm")
    };
    assert_eq!(compose(&request), compose(&request));
}
