use std::collections::BTreeSet;

use super::*;

fn text(prompt: &str, seed: u64) -> String {
    let blocks = write(prompt, &[], 0.0, None, seed);
    blocks
        .iter()
        .flat_map(|block| &block.lines)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_word_lists_can_be_read_and_most_endings_have_a_rhyme() {
    assert!(STOCK.words.theme.len() >= 10);
    assert!(STOCK.frames.verse.len() >= 20);
    let kinds = [
        rhyme::Kind::Noun,
        rhyme::Kind::Where,
        rhyme::Kind::Verb,
        rhyme::Kind::Quality,
        rhyme::Kind::When,
    ];
    for kind in kinds {
        let endings = STOCK.endings.of_kind(kind);
        let rhymes = |ending: &&&Ending| kinds.iter().any(|kind| !STOCK.endings.rhymes(ending, *kind).is_empty());
        let rhyming = endings.iter().filter(rhymes).count();
        assert!(
            rhyming * 3 >= endings.len() * 2,
            "{kind:?}: {rhyming} of {}",
            endings.len()
        );
    }
}

#[test]
fn a_thousand_seeds_write_a_thousand_songs() {
    let songs = (0..1000).map(|seed| text("a song", seed)).collect::<BTreeSet<_>>();
    assert_eq!(songs.len(), 1000);
}

#[test]
fn no_gap_is_left_open_and_every_verse_has_four_lines() {
    for seed in 0..200 {
        for block in write("melancholic folk about the old harbor", &[], -0.5, None, seed) {
            assert!(
                block
                    .lines
                    .iter()
                    .all(|line| !line.contains(['{', '}']) && line.split(' ').count() >= 2),
                "{:?}",
                block.lines
            );
            if block.tag == Some(Tag::Verse) {
                assert!((3..=4).contains(&block.lines.len()), "{:?}", block.lines);
            }
        }
    }
}

#[test]
fn the_chorus_comes_back_and_the_verses_do_not() {
    let blocks = write("happy pop", &[], 0.5, None, 11);
    let of = |tag| {
        blocks
            .iter()
            .filter(|block| block.tag == Some(tag))
            .map(|block| &block.lines)
            .collect::<Vec<_>>()
    };
    let (verses, choruses) = (of(Tag::Verse), of(Tag::Chorus));
    assert!(choruses.windows(2).all(|pair| pair[0] == pair[1]) && choruses.len() == 3);
    assert_ne!(verses[0], verses[1]);
}

#[test]
fn the_buyers_subject_is_sung() {
    let found = (0..10)
        .any(|seed| text("indie folk about my grandmother's garden, 90 bpm", seed).contains("my grandmother's garden"));
    assert!(found);
}

#[test]
fn given_tags_are_kept() {
    let tag = |tag: Tag| LyricBlock {
        tag: Some(tag),
        label: tag.name().to_owned(),
        lines: Vec::new(),
    };
    let blocks = write(
        "rock",
        &[tag(Tag::Verse), tag(Tag::Solo), tag(Tag::Chorus)],
        0.0,
        None,
        1,
    );
    assert_eq!(
        blocks.iter().map(|block| block.tag).collect::<Vec<_>>(),
        [Some(Tag::Verse), Some(Tag::Solo), Some(Tag::Chorus)]
    );
    assert!(blocks[1].lines.is_empty() && !blocks[2].lines.is_empty());
}
