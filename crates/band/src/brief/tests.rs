mod languages;
mod sounds;
mod styles;
mod wordings;

use super::*;
use crate::request::{LyricBlock, Request};
use crate::score::{Delivery, Instrument, Mode, Voice};

fn read(prompt: &str) -> Brief {
    let request = Request {
        prompt: prompt.to_owned(),
        lyrics: Vec::new(),
        instrumental: false,
        duration: None,
        seed: 1,
    };
    brief(&request)
}

#[test]
fn a_tempo_is_read_in_any_wording() {
    for (prompt, bpm) in [
        ("pop, 110 BPM", 110.0),
        ("Tempo 105 bpm, key of A minor.", 105.0),
        ("bpm: 95, key: G minor", 95.0),
        ("BPM=128 techno", 128.0),
        ("128bpm", 128.0),
        ("a song at 92.5 bpm", 92.5),
        ("tempo: 140", 140.0),
        ("tempo of about 72", 72.0),
        ("90-100 bpm folk", 95.0),
        ("between 90 and 100 bpm", 95.0),
        ("120 beats per minute", 120.0),
        ("ninety bpm", 90.0),
        ("one hundred and twenty bpm", 120.0),
        ("a hundred bpm", 100.0),
        ("♩ = 96", 96.0),
        ("♩=96", 96.0),
        ("andante", 84.0),
        ("presto strings", 176.0),
        ("80s synthwave in 1985 style, 104 bpm", 104.0),
        ("808s and 90s nostalgia, bpm 140", 140.0),
        ("5 bpm", 30.0),
        ("900 bpm", 300.0),
    ] {
        assert_eq!(read(prompt).tempo, bpm, "{prompt}");
    }
}

#[test]
fn words_for_speed_are_relative_to_the_genre() {
    let pop = read("pop").tempo;
    assert!(read("slow pop").tempo < pop);
    assert!(read("fast pop").tempo > pop);
    assert!(read("very slow rock").tempo < read("slow rock").tempo);
    assert!(read("half-time hip hop").half_time);
}

#[test]
fn a_tempo_outside_of_what_is_played_is_warned_about() {
    assert!(read("900 bpm").warnings.iter().any(|warning| warning.contains("300")));
    assert!(read("90 bpm").warnings.is_empty());
}

#[test]
fn a_key_is_read_in_any_wording() {
    for (prompt, key) in [
        ("E minor", "E minor"),
        ("e minor", "E minor"),
        ("Em", "E minor"),
        ("a ballad in Em", "E minor"),
        ("key of Bb minor", "Bb minor"),
        ("key of B-flat", "Bb major"),
        ("B-flat major", "Bb major"),
        ("in B flat minor", "Bb minor"),
        ("F♯ minor", "F# minor"),
        ("F# major, 64 BPM", "F# major"),
        ("f sharp minor", "F# minor"),
        ("key: C# minor", "C# minor"),
        ("C#m", "C# minor"),
        ("Ebm trap", "Eb minor"),
        ("A♭ major", "Ab major"),
        ("Amin", "A minor"),
        ("Dmaj", "D major"),
        ("key of A minor.", "A minor"),
        ("a minor, 90 bpm", "A minor"),
        ("pop song in a minor", "A minor"),
        ("D dorian groove", "D dorian"),
        ("E phrygian metal", "E phrygian"),
        ("G mixolydian", "G mixolydian"),
        ("F lydian", "F lydian"),
        ("C ionian", "C major"),
        ("A aeolian", "A minor"),
        ("in the key of G", "G major"),
        ("in C", "C major"),
        ("g-moll", "G minor"),
        ("h-moll", "B minor"),
        ("la menor", "A minor"),
        ("ré mineur", "D minor"),
        ("C harmonic minor", "C minor"),
        ("E-minor", "E minor"),
        ("B minor", "B minor"),
    ] {
        assert_eq!(read(prompt).key.name(), key, "{prompt}");
    }
}

#[test]
fn an_article_is_not_a_key() {
    for prompt in [
        "a song about a cat",
        "I am happy",
        "Am I dreaming",
        "be good",
        "we sing in a major city hall",
        "a minor inconvenience song",
    ] {
        let decision = read(prompt)
            .decisions
            .into_iter()
            .find(|decision| decision.what == "key")
            .unwrap();
        assert_eq!(decision.because, key::NOTHING_SAID, "{prompt}: {}", decision.value);
    }
}

#[test]
fn a_mode_without_a_tonic_is_kept() {
    assert_eq!(read("in a minor key").key.mode, Mode::Minor);
    assert_eq!(read("major key pop").key.mode, Mode::Major);
    assert_eq!(read("dorian funk").key.mode, Mode::Dorian);
}

#[test]
fn dark_moods_lean_to_minor_and_bright_ones_to_major() {
    let minor = |prompt: &str| {
        let minors = (0..40).filter(|seed| {
            let request = Request {
                prompt: prompt.to_owned(),
                lyrics: Vec::new(),
                instrumental: true,
                duration: None,
                seed: *seed,
            };
            brief(&request).key.mode == Mode::Minor
        });
        minors.count()
    };
    assert!(minor("sad gloomy pop") > minor("happy cheerful pop") + 10);
}

#[test]
fn a_metre_is_read_and_compound_beats_are_dotted_quarters() {
    for (prompt, beats, unit) in [
        ("waltz", 3, 4),
        ("in 6/8", 6, 8),
        ("3/4 time folk", 3, 4),
        ("24/7 pop", 4, 4),
        ("12/8 blues", 12, 8),
        ("pop", 4, 4),
    ] {
        let meter = read(prompt).meter;
        assert_eq!((meter.beats, meter.unit), (beats, unit), "{prompt}");
    }
    assert_eq!(read("6/8 ballad, 60 bpm").tempo, 90.0);
}

#[test]
fn a_genre_is_found_by_its_longest_phrase() {
    for (prompt, genre) in [
        ("nostalgic bright pop with synth", "pop"),
        ("driving rock, distorted guitars", "rock"),
        ("acoustic guitar ballad", "ballad"),
        ("warm folk, fingerpicked guitar", "folk"),
        ("smooth jazz", "jazz"),
        ("boom bap hip-hop with dusty drums", "hip hop"),
        ("deep house, piano stabs", "house"),
        ("upbeat synthwave, driving 80s bassline", "synthwave"),
        ("country, twangy guitar", "country"),
        ("slow blues with electric guitar", "blues"),
        ("soul, electric piano", "soul"),
        ("90s R&B", "soul"),
        ("playful funk with slap bass", "funk"),
        ("gospel with organ, choir", "gospel"),
        ("dark trap with 808", "trap"),
        ("lo-fi chill, vinyl", "lo-fi"),
        ("lo-fi hip hop", "lo-fi"),
        ("uplifting trance", "trance"),
        ("liquid drum and bass with pads", "drum and bass"),
        ("dubstep, wobble bass", "dubstep"),
        ("dark ambient with pads", "ambient"),
        ("epic cinematic orchestral", "cinematic"),
        ("heavy metal", "metal"),
        ("roots reggae", "reggae"),
        ("bossa nova, nylon guitar", "bossa nova"),
        ("K-pop with synth stabs", "k-pop"),
        ("cheerful children's song", "children"),
        ("test", "pop"),
    ] {
        assert_eq!(read(prompt).style.names[0], genre, "{prompt}");
    }
}

#[test]
fn of_two_genres_side_by_side_the_second_leads() {
    let style = read("jazz house").style;
    assert_eq!(style.names, ["house", "jazz"]);
    assert_eq!(
        (style.rhythm.name.as_str(), style.harmony.name.as_str()),
        ("house", "jazz")
    );
    assert_eq!(read("rock with a touch of jazz and folk").style.names, ["rock", "jazz"]);
    assert_eq!(read("rock, not jazz").style.names, ["rock"]);
}

#[test]
fn named_instruments_are_heard_and_unwanted_ones_are_not() {
    let wanted = |prompt: &str| {
        read(prompt)
            .wishes
            .wanted
            .iter()
            .map(|wish| wish.instrument)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        wanted("upright bass, piano, saxophone"),
        [Instrument::UprightBass, Instrument::Piano, Instrument::Saxophone]
    );
    assert_eq!(
        wanted("electric piano and fiddles"),
        [Instrument::ElectricPiano, Instrument::Violin]
    );
    let brief = read("pop without piano, no drums");
    assert!(brief.wishes.wanted.is_empty() && brief.wishes.no_drums);
    assert!(brief.wishes.without.contains(&Instrument::Piano));
    assert!(read("no drums or bass").wishes.no_bass);
    assert!(!read("no vocals, drums and bass").wishes.no_drums);
}

#[test]
fn the_singer_is_heard_in_the_prompt() {
    let first = |prompt: &str| {
        read(prompt)
            .singers
            .first()
            .map(|singer| (singer.voice, singer.delivery))
    };
    assert_eq!(first("soft female voice"), Some((Voice::Female, Delivery::Soft)));
    assert_eq!(first("powerful male singer"), Some((Voice::Male, Delivery::Powerful)));
    assert_eq!(
        first("whispered female vocals"),
        Some((Voice::Female, Delivery::Whispered))
    );
    assert_eq!(read("male and female duet").singers.len(), 2);
    for prompt in ["no vocals", "instrumental", "without vocals", "no singing please"] {
        assert!(read(prompt).is_instrumental(), "{prompt}");
    }
    assert!(!read("not instrumental, female vocal").is_instrumental());
}

#[test]
fn lyrics_are_sung_even_where_the_prompt_says_instrumental() {
    let line = LyricBlock {
        tag: None,
        label: String::new(),
        lines: vec!["la la la".to_owned()],
    };
    let request = Request {
        prompt: "mostly instrumental rock".to_owned(),
        lyrics: vec![line],
        instrumental: false,
        duration: None,
        seed: 1,
    };
    assert!(!brief(&request).is_instrumental());
}

#[test]
fn decisions_name_the_words_that_caused_them() {
    let brief = read("sad folk in E minor, 90 bpm, soft female voice");
    let because = |what: &str| {
        brief
            .decisions
            .iter()
            .find(|decision| decision.what == what)
            .unwrap()
            .because
            .clone()
    };
    assert_eq!(because("tempo"), "\"90 bpm\"");
    assert_eq!(because("key"), "\"E minor\"");
    assert_eq!(because("genre"), "\"folk\"");
}
