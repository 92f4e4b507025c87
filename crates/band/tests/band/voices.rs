//! Who sings what, on paper.

use busker_band::compose::compose;
use busker_band::request::Request;
use busker_band::score::{BackingRole, BackingVoice, Delivery, Score, Tag, VocalLine, Voice};

use crate::songs::{GENRES, block, ordinary, prompt};

fn sung(text: &str, seed: u64) -> Score {
    compose(&Request {
        lyrics: ordinary(),
        seed,
        ..prompt(text)
    })
}

fn of_role(score: &Score, role: BackingRole) -> impl Iterator<Item = &BackingVoice> {
    score.backing.iter().filter(move |voice| voice.role == role)
}

/// The lead's line that a backing voice sings along with.
fn led<'a>(score: &'a Score, line: &VocalLine) -> &'a VocalLine {
    let start = line.notes[0].start;
    score.vocals.iter().find(|other| other.notes[0].start == start).unwrap()
}

fn at_ease(voice: Voice) -> std::ops::RangeInclusive<u8> {
    match voice {
        Voice::Female => 57..=71,
        Voice::Male => 50..=64,
        Voice::Child => 60..=73,
    }
}

#[test]
fn every_syllable_can_be_spoken_and_every_note_is_within_the_leads_range() {
    for (seed, genre) in GENRES.iter().enumerate() {
        let score = sung(genre, seed as u64);
        for line in &score.vocals {
            let range = at_ease(score.singers[line.singers[0]].voice);
            for note in &line.notes {
                let vowels = note.phones.iter().filter(|phone| phone.is_vowel()).count();
                assert_eq!(vowels, usize::from(!note.syllable.is_empty()), "{genre}: {}", line.text);
                assert!(range.contains(&note.pitch), "{genre}: {} in {}", note.pitch, line.text);
            }
        }
    }
}

#[test]
fn words_are_slow_enough_to_be_understood_at_any_tempo() {
    let lines = [
        "I was walking through the empty streets at half past four in the morning",
        "Thinking about the little things you said before you left without a warning",
        "Never the same",
        "Oh, carry me over the river tonight",
    ];
    let (mut quick, mut long, mut all) = (0, 0, 0);
    for (genre, tempo) in GENRES
        .iter()
        .zip([60, 90, 120, 130, 140, 150, 160, 170, 180].iter().cycle())
    {
        let score = compose(&Request {
            lyrics: vec![block(Tag::Verse, &lines), block(Tag::Chorus, &lines[2..])],
            ..prompt(&format!("{genre}, {tempo} bpm"))
        });
        for line in &score.vocals {
            for pair in line.notes.windows(2) {
                let start = score.seconds(pair[0].start);
                quick += usize::from(score.seconds(pair[0].start + pair[0].length) - start < 0.11);
                long += usize::from(pair[0].length > 1440 && score.seconds(pair[1].start) - start > 0.9);
                all += 1;
            }
        }
    }
    assert!(quick * 1000 <= all * 5, "{quick} of {all} notes are too short");
    assert!(long * 100 <= all, "{long} of {all} notes within lines are too long");
}

#[test]
fn the_first_word_has_time_for_its_consonants() {
    for genre in GENRES {
        for lyrics in [
            vec![block(Tag::Verse, &["Strings of light", "Through the night"])],
            vec![block(Tag::Verse, &["strength ".repeat(24).as_str(); 90])],
        ] {
            let score = compose(&Request {
                lyrics,
                ..prompt(&format!("{genre}, 140 bpm"))
            });
            let first = score.seconds(score.vocals[0].notes[0].start);
            assert!(first >= 0.3, "{genre}: sung from {first:.2} s");
        }
    }
}

#[test]
fn harmonies_follow_the_chords_within_reach_and_never_cross_the_lead() {
    let (mut in_chord, mut heavy, mut voices) = (0, 0, 0);
    for (seed, genre) in GENRES.iter().enumerate() {
        for kind in ["male vocal", "female vocal"] {
            let score = sung(&format!("{genre}, {kind}"), seed as u64);
            for voice in of_role(&score, BackingRole::Harmony) {
                voices += 1;
                for line in &voice.lines {
                    let lead = led(&score, line);
                    let above = line.notes[0].pitch > lead.notes[0].pitch;
                    for (note, under) in line.notes.iter().zip(&lead.notes) {
                        let gap = i32::from(note.pitch) - i32::from(under.pitch);
                        assert_eq!(gap > 0, above, "{genre}: the voices cross in {}", line.text);
                        assert!(gap.abs() >= 3, "{genre}: {gap}");
                        let range = at_ease(voice.voice);
                        assert!((range.start() - 2..=range.end() + 2).contains(&note.pitch));
                        if note.start % 1920 == 0 {
                            let chord = score.chords.iter().rfind(|chord| chord.start <= note.start).unwrap();
                            let degree = (note.pitch + 120 - chord.root) % 12;
                            heavy += 1;
                            in_chord += usize::from(chord.intervals.iter().any(|interval| interval % 12 == degree));
                        }
                    }
                }
            }
        }
    }
    assert!(voices >= 30, "{voices}");
    assert!(in_chord * 100 >= heavy * 85, "{in_chord} of {heavy}");
}

#[test]
fn choruses_are_doubled_and_verses_are_not() {
    let score = sung("pop, female vocal", 3);
    let doubles: Vec<_> = of_role(&score, BackingRole::Double).collect();
    assert_eq!(doubles.len(), 2);
    assert!(doubles[0].pan < -0.5 && doubles[1].pan > 0.5 && doubles[0].cents != doubles[1].cents);
    let chorus = |line: &VocalLine| score.sections[line.section].tag == Tag::Chorus;
    assert!(doubles.iter().all(|double| double.lines.iter().all(chorus)));
    assert_eq!(
        doubles[0].lines.len(),
        score.vocals.iter().filter(|line| chorus(line)).count()
    );
    assert!(
        score
            .decisions
            .iter()
            .any(|decision| decision.value.contains("doubled"))
    );
}

#[test]
fn a_whisper_is_alone() {
    for genre in GENRES {
        let score = sung(&format!("{genre}, whispered female vocals"), 1);
        assert_eq!(score.singers[0].delivery, Delivery::Whispered);
        assert!(score.backing.is_empty(), "{genre}");
    }
}

#[test]
fn genres_sing_in_their_own_way_unless_the_prompt_says_otherwise() {
    let delivery = |text: &str| sung(text, 1).singers[0].delivery;
    assert_eq!(delivery("metal"), Delivery::Powerful);
    assert_eq!(delivery("lo-fi beats"), Delivery::Soft);
    assert_eq!(delivery("metal with soft vocals"), Delivery::Soft);
    let metal = sung("metal", 1);
    let reason = metal
        .decisions
        .iter()
        .find(|decision| decision.what == "singer")
        .unwrap();
    assert!(reason.because.contains("usual for metal"), "{}", reason.because);
}

#[test]
fn a_duet_takes_turns_and_joins_in_choruses() {
    for seed in 0..6 {
        let score = sung("pop duet, male and female vocals", seed);
        let partners: Vec<_> = of_role(&score, BackingRole::Partner).collect();
        let joined: usize = partners.iter().map(|voice| voice.lines.len()).sum();
        let choruses = score.vocals.iter().filter(|line| line.singers.len() == 2).count();
        assert_eq!(joined, choruses);
        for line in partners.iter().flat_map(|voice| &voice.lines) {
            let lead = led(&score, line);
            let unison = line
                .notes
                .iter()
                .zip(&lead.notes)
                .filter(|(own, other)| own.pitch == other.pitch);
            assert_eq!(unison.count(), 0, "{}", line.text);
        }
    }
}

#[test]
fn a_choir_sings_every_line_in_unison_and_octaves() {
    let score = sung("folk, sung by a choir", 2);
    let people: Vec<_> = of_role(&score, BackingRole::Choir).collect();
    assert_eq!(people.len(), 3);
    for person in people {
        assert_eq!(person.lines.len(), score.vocals.len());
        for (line, lead) in person.lines.iter().zip(&score.vocals) {
            for (own, other) in line.notes.iter().zip(&lead.notes) {
                assert_eq!(own.pitch % 12, other.pitch % 12, "{}", line.text);
            }
        }
    }
}

#[test]
fn held_vowels_are_tones_of_the_chords_and_rest_between_phrases() {
    let score = sung("gospel", 4);
    let pads: Vec<_> = of_role(&score, BackingRole::Pad).collect();
    assert_eq!(pads.len(), 3);
    for pad in pads {
        let notes = pad.lines.iter().flat_map(|line| &line.notes);
        for note in notes {
            let chord = score.chords.iter().rfind(|chord| chord.start <= note.start).unwrap();
            let degree = (note.pitch + 120 - chord.root) % 12;
            assert!(chord.intervals.iter().any(|interval| interval % 12 == degree));
            assert!(at_ease(pad.voice).contains(&note.pitch));
        }
        for pair in pad.lines.windows(2) {
            assert!(pair[1].span().unwrap().0 > pair[0].span().unwrap().1);
        }
    }
}

#[test]
fn nobody_sings_in_an_instrumental() {
    for genre in GENRES {
        let score = compose(&Request {
            lyrics: ordinary(),
            instrumental: true,
            ..prompt(genre)
        });
        assert!(score.vocals.is_empty() && score.backing.is_empty(), "{genre}");
    }
}

#[test]
fn words_in_brackets_are_answered_by_another_voice_and_the_lead_leaves_them_out() {
    let score = compose(&Request {
        lyrics: vec![
            block(
                Tag::Verse,
                &["Walking alone (all alone) through the snow", "Down by the bay (x2)"],
            ),
            block(Tag::Chorus, &["(Hey, hey!)", "Nobody told me to go"]),
        ],
        ..prompt("pop, female vocal")
    });
    let json = score.to_json();
    let texts = |list: &str| -> Vec<String> {
        let lines = json[list].as_array().unwrap().iter();
        lines.map(|line| line["line"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        texts("vocals"),
        [
            "Walking alone through the snow",
            "Down by the bay",
            "Nobody told me to go"
        ]
    );
    assert_eq!(texts("backing"), ["all alone", "Hey, hey!"]);
    let written: Vec<&str> = score.written_lines().iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        written,
        [
            "Walking alone (all alone) through the snow",
            "Down by the bay (x2)",
            "(Hey, hey!)",
            "Nobody told me to go"
        ]
    );
    let syllables = |line: &VocalLine| line.notes.iter().map(|note| note.syllable.as_str()).collect::<String>();
    assert_eq!(syllables(&score.vocals[0]), "Walkingalonethroughthesnow");
    for answer in of_role(&score, BackingRole::Answer) {
        assert_eq!(syllables(&answer.lines[0]), "allalone");
        let (start, end) = answer.lines[0].span().unwrap();
        let lead = &score.vocals[0].notes;
        assert!(
            lead.iter()
                .all(|note| note.start + note.length <= start || note.start >= end)
        );
    }
}

#[test]
fn lyrics_all_in_brackets_are_the_leads() {
    let score = compose(&Request {
        lyrics: vec![block(Tag::Chorus, &["(Hold on to me)", "(Hold on)"])],
        ..prompt("rock")
    });
    assert_eq!(score.vocals.len(), 2);
    assert!(of_role(&score, BackingRole::Answer).next().is_none());
}
