//! Sections, tags and lengths.

use busker_band::compose::compose;
use busker_band::request::Request;
use busker_band::score::{Role, Section, Tag};

use crate::songs::{TAGS, block, ordinary, prompt, untagged};

#[test]
fn every_tag_is_played_in_the_order_given() {
    let lyrics = TAGS.iter().map(|tag| block(*tag, &[])).collect::<Vec<_>>();
    let score = compose(&Request {
        lyrics,
        instrumental: true,
        ..prompt("rock")
    });
    assert_eq!(
        score.sections.iter().map(|section| section.tag).collect::<Vec<_>>(),
        TAGS
    );
    let sung = TAGS
        .iter()
        .map(|tag| block(*tag, &["sing it once again"]))
        .collect::<Vec<_>>();
    let score = compose(&Request {
        lyrics: sung,
        ..prompt("pop")
    });
    assert_eq!(
        score.sections.iter().map(|section| section.tag).collect::<Vec<_>>(),
        TAGS
    );
    assert_eq!(score.vocals.len(), TAGS.len());
}

#[test]
fn labels_stay_as_the_buyer_wrote_them() {
    let mut lyrics = ordinary();
    lyrics[5].label = "Guitar Solo".to_owned();
    let score = compose(&Request {
        lyrics,
        ..prompt("rock")
    });
    assert_eq!(
        (score.sections[5].tag, score.sections[5].label.as_str()),
        (Tag::Solo, "Guitar Solo")
    );
}

#[test]
fn untagged_lyrics_get_an_intro_an_outro_and_their_chorus() {
    let chorus = ["We are electric", "We are alive"];
    let lyrics = vec![
        untagged(&["One for the road"]),
        untagged(&chorus),
        untagged(&["Two for the sea"]),
        untagged(&chorus),
    ];
    let score = compose(&Request {
        lyrics,
        ..prompt("pop")
    });
    use Tag::*;
    assert_eq!(
        score.sections.iter().map(|section| section.tag).collect::<Vec<_>>(),
        [Intro, Verse, Chorus, Verse, Chorus, Outro]
    );
}

#[test]
fn a_wish_for_a_length_is_honoured_within_a_tenth() {
    for wanted in [60, 90, 120, 180, 240, 330] {
        for text in ["house, 124 bpm", "rock", "jazz", "folk ballad"] {
            let score = compose(&Request {
                instrumental: true,
                duration: Some(wanted),
                ..prompt(text)
            });
            let seconds = score.seconds(score.end());
            assert!(
                (seconds / f64::from(wanted) - 1.0).abs() <= 0.12,
                "{text}: {seconds:.1} s for {wanted}"
            );
        }
    }
    for wanted in [100, 150, 240, 330] {
        let score = compose(&Request {
            lyrics: ordinary(),
            duration: Some(wanted),
            ..prompt("pop, 110 bpm")
        });
        let seconds = score.seconds(score.end());
        assert!(
            (seconds / f64::from(wanted) - 1.0).abs() <= 0.12,
            "{seconds:.1} s for {wanted}"
        );
        assert_eq!(score.vocals.len(), 16);
    }
}

#[test]
fn a_wish_for_seconds_is_short_and_still_ends_at_home() {
    for wanted in [10, 15, 20, 30] {
        for text in [
            "house, 124 bpm",
            "rock",
            "jazz",
            "waltz, 80 bpm",
            "ambient in D minor",
            "drum and bass",
        ] {
            let score = compose(&Request {
                instrumental: true,
                duration: Some(wanted),
                ..prompt(text)
            });
            let played = score.seconds(score.end());
            let wish = f64::from(wanted);
            assert!(
                (wish * 0.6..wish * 1.1).contains(&played),
                "{text}: {played:.1} s played of {wanted}"
            );
            assert_eq!(score.sections.last().unwrap().tag, Tag::Outro, "{text}");
            let last = score.chords.last().unwrap();
            assert_eq!(last.root % 12, score.key.tonic, "{text}: {last:?}");
        }
    }
}

#[test]
fn a_length_that_cannot_be_had_is_told_with_the_reason_that_applies() {
    let told = |lyrics: Vec<_>, wanted: u32| {
        let score = compose(&Request {
            lyrics,
            duration: Some(wanted),
            ..prompt("pop, 110 bpm")
        });
        let notice = score.warnings.iter().find(|warning| warning.contains("instead of"));
        notice.cloned().unwrap_or_default()
    };
    let short = told(ordinary(), 15);
    assert!(short.ends_with("words are never cut"), "{short}");
    let endless = (0..20).flat_map(|_| ordinary()).collect();
    let both = told(endless, 60);
    assert!(
        both.ends_with("words are never cut, and no song exceeds six minutes"),
        "{both}"
    );
}

#[test]
fn few_words_in_a_long_song_leave_room_that_rests_and_climbs() {
    let score = compose(&Request {
        lyrics: vec![
            block(Tag::Verse, &["Counting down the miles"]),
            block(Tag::Chorus, &["Run with me"]),
        ],
        duration: Some(240),
        ..prompt("synth rock, 128 bpm")
    });
    let sections = &score.sections;
    assert_eq!(sections.last().unwrap().tag, Tag::Chorus);
    assert!(sections.len() > 6, "{sections:?}");
    let alike = |pair: &[Section]| pair[0].tag == pair[1].tag;
    assert!(!sections.windows(2).any(alike), "{sections:?}");
    assert!(sections.iter().any(|section| section.energy < 2.5) && sections.iter().any(|section| section.energy > 3.5));
}

#[test]
fn choruses_rise_above_verses() {
    let score = compose(&Request {
        lyrics: ordinary(),
        ..prompt("pop")
    });
    let energy = |tag: Tag| score.sections.iter().find(|section| section.tag == tag).unwrap().energy;
    assert!(energy(Tag::Chorus) > energy(Tag::Verse) + 1.0);
    let mean = |tag: Tag| {
        let lines = score
            .vocals
            .iter()
            .filter(|line| score.sections[line.section].tag == tag);
        let pitches = lines
            .flat_map(|line| &line.notes)
            .map(|note| f64::from(note.pitch))
            .collect::<Vec<_>>();
        pitches.iter().sum::<f64>() / pitches.len() as f64
    };
    assert!((2.0..=7.0).contains(&(mean(Tag::Chorus) - mean(Tag::Verse))));
    let last = score
        .sections
        .iter()
        .rfind(|section| section.tag == Tag::Chorus)
        .unwrap();
    assert!(last.energy > energy(Tag::Chorus));
}

#[test]
fn a_song_without_words_gets_some_and_says_so() {
    let score = compose(&prompt("a song about the sea"));
    assert!(score.vocals.len() >= 12);
    assert!(score.warnings.iter().any(|warning| warning.contains("wrote")));
    let instrumental = compose(&prompt("instrumental lo-fi about the sea"));
    assert!(instrumental.vocals.is_empty() && instrumental.warnings.is_empty());
}

#[test]
fn instrumentals_have_a_lead_and_no_instrument_plays_what_is_sung() {
    let sung = compose(&Request {
        lyrics: ordinary(),
        ..prompt("pop")
    });
    for line in &sung.vocals {
        let (start, end) = line.span().unwrap();
        let leads = sung.tracks.iter().filter(|track| track.role == Role::Lead);
        let played = leads
            .flat_map(|track| &track.notes)
            .filter(|note| (start..end).contains(&note.start));
        assert_eq!(played.count(), 0, "{}", line.text);
    }
    let instrumental = compose(&Request {
        instrumental: true,
        ..prompt("pop")
    });
    let lead = instrumental
        .tracks
        .iter()
        .find(|track| track.role == Role::Lead)
        .unwrap();
    assert!(lead.notes.len() > 40);
}
