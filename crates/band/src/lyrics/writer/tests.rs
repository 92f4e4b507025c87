//! The stock line by line, and songs by the thousand.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Ending;
use super::order::tags;
use super::pattern::{Pattern, Slot};
use super::stock::{STOCK, Singing};
use super::*;

/// Prompts of many kinds, so that every genre, occasion and way to name a subject comes up.
const PROMPTS: [&str; 40] = [
    "pop",
    "test",
    "sad ballad about the sea",
    "country song for my daughter Mia's birthday",
    "trap about growing up in the city",
    "heavy metal about dragons, 160 bpm",
    "children's song about brushing teeth",
    "gospel, choir, joyful",
    "lo-fi, rainy evening, study beats with soft vocals",
    "blues, my baby left me",
    "jazz waltz in a smoky bar in Paris",
    "deep house, euphoric, summer",
    "melancholic folk about my grandmother's garden",
    "wedding song for Anna and Tom, romantic ballad",
    "reggae about freedom",
    "synthwave, neon city at night",
    "un bolero sobre mi abuela",
    "ein Lied über den Herbst",
    "雨の夜のバラード",
    "qwerty zxcvb asdf",
    "drum and bass, dark",
    "dubstep anthem",
    "k-pop dance, playful",
    "soul, warm, love",
    "funk, party, brass",
    "bossa nova, calm, beach",
    "ambient, ethereal, space",
    "cinematic epic battle",
    "rock about losing my job",
    "hip hop about never giving up",
    "christmas pop for Grandma Rose",
    "lullaby for baby Leo",
    "house about my shitty boss",
    "farewell song for our colleague Martin, upbeat rock",
    "trance, dreamy, stars",
    "acoustic folk, hopeful, sunrise in the mountains",
    "country about my old truck",
    "a song about nothing",
    "graduation song for Priya",
    "song about winter and missing home",
];

fn song_in(prompt: &str, seed: u64) -> Written {
    let request = crate::request::Request {
        prompt: prompt.to_owned(),
        lyrics: Vec::new(),
        instrumental: false,
        duration: None,
        seed,
    };
    let brief = crate::brief::brief(&request);
    write(&Commission {
        prompt,
        sections: &[],
        genres: &brief.style.names,
        tempo: brief.tempo,
        brightness: brief.mood.brightness,
        duration: None,
        seed: Rng::seed(seed, prompt),
    })
}

fn lines(song: &Written) -> Vec<&str> {
    song.blocks
        .iter()
        .flat_map(|block| &block.lines)
        .map(String::as_str)
        .collect()
}

/// Every line of the stock in every form, with names and subjects filled in.
fn every_line() -> Vec<String> {
    let mut templates = Vec::new();
    for field in &STOCK.fields {
        templates.extend([&field.hooks, &field.scenes, &field.shorts].into_iter().flatten());
    }
    for stance in &STOCK.stances {
        let lists = [
            &stance.hooks,
            &stance.verse,
            &stance.later,
            &stance.pre,
            &stance.chorus,
            &stance.bridge,
            &stance.shorts,
        ];
        templates.extend(lists.into_iter().flatten());
    }
    for occasion in &STOCK.occasions {
        templates.extend([&occasion.hooks, &occasion.lines].into_iter().flatten());
    }
    templates.extend([&STOCK.subject.hooks, &STOCK.subject.lines].into_iter().flatten());
    let filled = |line: String| template::with(&template::with(&line, "name", "Anna"), "subject", "my old street");
    templates
        .into_iter()
        .flat_map(|text| template::all(text))
        .map(filled)
        .collect()
}

/// What is wrong with a line as English on paper; empty when nothing is.
fn faults(line: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let words = line
        .split(' ')
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '\''))
        .collect::<Vec<_>>();
    if line.contains(['{', '}', '|']) {
        faults.push("a gap is open".to_owned());
    }
    let first = line.chars().find(|letter| letter.is_alphanumeric());
    if !first.is_some_and(char::is_uppercase) {
        faults.push("it begins small".to_owned());
    }
    if line.trim() != line || line.contains("  ") || line.contains(" ,") || line.ends_with([',', '.', ';']) {
        faults.push("its spaces or marks are wrong".to_owned());
    }
    if line.matches('(').count() != line.matches(')').count() || line.contains('"') {
        faults.push("its brackets do not balance".to_owned());
    }
    for pair in words.windows(2) {
        let vowel = busker_voice::pronounce::pronounce(pair[1], busker_voice::pronounce::Language::English)
            .first()
            .and_then(|word| {
                word.syllables
                    .first()
                    .and_then(|syllable| syllable.phones.first().copied())
            })
            .is_some_and(|phone| phone.is_vowel());
        match (pair[0].to_lowercase().as_str(), vowel) {
            ("a", true) | ("an", false) => faults.push(format!("the article of {:?}", pair[1])),
            _ => {}
        }
        let (one, two) = (pair[0].to_lowercase(), pair[1].to_lowercase());
        let disagrees = matches!(
            (one.as_str(), two.as_str()),
            ("i", "is" | "are" | "has" | "does" | "goes")
                | ("you" | "we" | "they", "is" | "am" | "was" | "has")
                | ("he" | "she" | "it", "are" | "am" | "have" | "were")
                | ("there's", "are" | "two" | "three" | "many")
        );
        if disagrees {
            faults.push(format!("{one} {two}"));
        }
        if one == two && !line.contains(&format!("{},", pair[0])) && !["run", "big"].contains(&one.as_str()) {
            faults.push(format!("{one} twice"));
        }
    }
    if !clean::is_clean(line) {
        faults.push("it is rude".to_owned());
    }
    faults
}

#[test]
fn every_line_of_the_stock_is_sound_english_of_words_with_a_known_sound() {
    let wrong = every_line()
        .into_iter()
        .map(|line| (faults(&line), line))
        .filter(|(faults, _)| !faults.is_empty())
        .collect::<Vec<_>>();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let unknown = every_line()
        .into_iter()
        .flat_map(|line| busker_voice::pronounce::pronounce(&line, busker_voice::pronounce::Language::English))
        .filter(|word| !word.known)
        .map(|word| word.text)
        .collect::<BTreeSet<_>>();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn every_list_of_the_stock_is_long_enough_and_leads_somewhere() {
    assert!(STOCK.fields.len() >= 18 && STOCK.stances.len() >= 10 && STOCK.occasions.len() >= 10);
    assert!(every_line().len() > 4000, "{}", every_line().len());
    for field in &STOCK.fields {
        assert!(field.scenes.len() >= 30 && field.hooks.len() >= 8, "{}", field.name);
        assert!(
            field.near.iter().all(|name| STOCK.field(name).is_some()),
            "{}",
            field.name
        );
    }
    for singing in STOCK.all_singing() {
        assert!(
            singing.fields.iter().all(|name| STOCK.field(name).is_some()),
            "{:?}",
            singing.names
        );
        assert!(
            singing.stances.iter().all(|name| STOCK.stance(name).is_some()),
            "{:?}",
            singing.names
        );
        let forms = singing.forms().iter().map(|form| &form.sections).chain([&singing.long]);
        for form in forms {
            assert_eq!(tags(form).len(), form.split(',').count(), "{form}");
        }
    }
    for occasion in &STOCK.occasions {
        assert!(occasion.stance.iter().all(|name| STOCK.stance(name).is_some()));
        assert!(
            occasion.hooks.iter().any(|hook| hook.contains("{name}")),
            "{:?}",
            occasion.words
        );
    }
}

fn patterns(singing: &Singing) -> Vec<&String> {
    let lists = [
        &singing.verse,
        &singing.pre,
        &singing.chorus,
        &singing.bridge,
        &singing.build,
        &singing.drop,
        &singing.outro,
    ];
    lists
        .into_iter()
        .flatten()
        .chain(singing.forms().iter().flat_map(|form| &form.verse))
        .collect()
}

#[test]
fn every_pattern_can_be_read_and_rhymes_in_pairs() {
    for singing in STOCK.all_singing() {
        for text in patterns(singing) {
            let pattern = Pattern::parse(text).unwrap_or_else(|| panic!("{text:?} of {:?}", singing.names));
            assert!(pattern.rhyming().values().all(|places| places.len() == 2), "{text}");
        }
    }
}

#[test]
fn lists_come_in_couplets_that_rhyme() {
    let lists = STOCK
        .stances
        .iter()
        .flat_map(|stance| {
            [&stance.pre, &stance.chorus, &stance.bridge, &stance.shorts].map(|list| (&stance.name, list))
        })
        .chain(STOCK.fields.iter().map(|field| (&field.name, &field.shorts)));
    let rhymes = |one: &String, two: &String| {
        let forms = |text: &str| {
            template::all(text)
                .into_iter()
                .map(|line| Candidate::of("", line))
                .collect::<Vec<_>>()
        };
        forms(one)
            .iter()
            .any(|one| forms(two).iter().any(|two| one.rhymes_with(two)))
    };
    let mut wrong = Vec::new();
    for (name, list) in lists {
        for couplet in list.chunks(2) {
            if !matches!(couplet, [one, two] if rhymes(one, two)) {
                wrong.push((name, couplet));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_genre_has_a_way_to_sing() {
    for genre in crate::genre::library().all() {
        let known = STOCK
            .all_singing()
            .iter()
            .any(|singing| singing.names.contains(&genre.name));
        assert!(known, "lyrics/genres.toml lacks {}", genre.name);
    }
}

#[test]
fn a_thousand_requests_give_a_thousand_songs_that_share_hardly_a_line() {
    let songs = (0..1000)
        .map(|at| song_in(PROMPTS[at % PROMPTS.len()], at as u64))
        .collect::<Vec<_>>();
    let texts = songs.iter().map(|song| lines(song).join("\n")).collect::<BTreeSet<_>>();
    assert_eq!(texts.len(), songs.len());
    let sets = songs
        .iter()
        .map(|song| lines(song).into_iter().collect::<BTreeSet<_>>())
        .collect::<Vec<_>>();
    let mut shares = Vec::new();
    for (at, one) in sets.iter().enumerate() {
        for two in &sets[at + 1..] {
            shares.push(one.intersection(two).count() as f32 / one.len().min(two.len()).max(1) as f32);
        }
    }
    shares.sort_by(f32::total_cmp);
    let median = shares[shares.len() / 2];
    let mean = shares.iter().sum::<f32>() / shares.len() as f32;
    assert!(median < 0.02 && mean < 0.02, "median {median}, mean {mean}");
}

#[test]
fn twenty_seeds_of_one_prompt_are_twenty_songs() {
    for prompt in ["test", "sad ballad about the sea", "country", "trap"] {
        let songs = (0..20).map(|seed| song_in(prompt, seed)).collect::<Vec<_>>();
        let verses = songs.iter().map(|song| lines(song).concat()).collect::<BTreeSet<_>>();
        let titles = songs.iter().map(|song| &song.title).collect::<BTreeSet<_>>();
        assert_eq!(verses.len(), 20, "{prompt}");
        assert!(titles.len() >= 8, "{prompt}: {titles:?}");
    }
}

#[test]
fn every_song_is_whole_clean_and_as_its_genre_sings() {
    for (at, prompt) in PROMPTS.iter().cycle().take(80).enumerate() {
        let song = song_in(prompt, at as u64);
        assert!(song.title.chars().any(char::is_alphabetic), "{prompt}");
        assert!(
            song.blocks.iter().filter(|block| !block.lines.is_empty()).count() >= 3,
            "{prompt}"
        );
        for line in lines(&song) {
            assert!(faults(line).is_empty(), "{prompt}: {line:?}: {:?}", faults(line));
            let syllables = Candidate::of(line, line.to_owned()).syllables;
            assert!((2..=16).contains(&syllables), "{prompt}: {line:?} has {syllables}");
        }
        let sung = song.blocks.iter().filter(|block| block.tag == Some(Tag::Verse));
        let verses = sung.map(|block| &block.lines).collect::<Vec<_>>();
        let unlike = verses
            .windows(2)
            .all(|pair| pair[0] != pair[1] && pair[0].len() == pair[1].len());
        assert!(unlike, "{prompt}: {verses:?}");
        let choruses = song
            .blocks
            .iter()
            .filter(|block| matches!(block.tag, Some(Tag::Chorus | Tag::Hook | Tag::Drop)));
        let choruses = choruses.map(|block| &block.lines).collect::<BTreeSet<_>>();
        assert!(choruses.len() <= 1, "{prompt}: {choruses:?}");
    }
}

#[test]
fn lines_that_the_pattern_pairs_rhyme_by_the_dictionary() {
    for singing in STOCK.all_singing() {
        for seed in 0..8 {
            let prompt = format!("{} about my old street for Anna", singing.names[0]);
            let commission = Commission {
                prompt: &prompt,
                sections: &[],
                genres: &singing.names,
                tempo: 100.0,
                brightness: 0.0,
                duration: None,
                seed,
            };
            let song = write(&commission);
            for verse in song.blocks.iter().filter(|block| block.tag == Some(Tag::Verse)) {
                let fits = patterns(singing)
                    .iter()
                    .any(|text| Pattern::parse(text).is_some_and(|pattern| is_filled(&pattern, &verse.lines)));
                assert!(fits, "{prompt} {seed}: {:#?}", verse.lines);
            }
        }
    }
}

fn is_filled(pattern: &Pattern, lines: &[String]) -> bool {
    let ending = |at: usize| -> Option<Ending> { Candidate::of("", lines[at].clone()).ending };
    let rhymes = |places: &Vec<usize>| match (ending(places[0]), ending(places[1])) {
        (Some(one), Some(two)) => one.rhymes_with(&two),
        _ => false,
    };
    let repeats = pattern.slots.iter().enumerate().all(|(at, slot)| match slot {
        Slot::Again(first) => lines.get(at) == lines.get(*first),
        _ => true,
    });
    pattern.slots.len() == lines.len() && repeats && pattern.rhyming().values().all(rhymes)
}

#[test]
fn no_line_and_no_rhyme_word_comes_twice_outside_of_what_is_meant_to() {
    for (at, prompt) in PROMPTS.iter().enumerate() {
        let song = song_in(prompt, at as u64);
        let mut seen = BTreeMap::<&str, usize>::new();
        for block in song
            .blocks
            .iter()
            .filter(|block| matches!(block.tag, Some(Tag::Verse | Tag::Bridge)))
        {
            let fresh = block.lines.iter().map(String::as_str).collect::<BTreeSet<_>>();
            for line in fresh {
                *seen.entry(line).or_default() += 1;
            }
        }
        let hook = lines(&song)
            .into_iter()
            .find(|line| crate::title::in_title_case(line) == song.title);
        let twice = seen
            .iter()
            .filter(|(line, count)| **count > 1 && Some(**line) != hook && !line.starts_with('('));
        // Jazz sings its bridge twice; it may come back whole.
        assert!(twice.count() == 0, "{prompt}: {seen:?}");
    }
}

#[test]
fn the_buyers_subject_and_people_are_sung_and_their_rude_words_are_not() {
    let text = |prompt: &str| lines(&song_in(prompt, 5)).join("\n");
    assert!(text("indie folk about my grandmother's garden, 90 bpm").contains("my grandmother's garden"));
    assert!(text("country song for my daughter Mia's birthday").contains("Mia"));
    assert!(text("wedding song for Anna and Tom").contains("Anna and Tom"));
    assert!(!text("punk about my shitty boss").contains("shit"));
    let birthday = song_in("pop song for my daughter Mia's birthday", 5);
    assert!(
        lines(&birthday)
            .iter()
            .any(|line| crate::title::in_title_case(line) == birthday.title)
    );
}

#[test]
fn tags_are_kept_and_words_without_tags_that_cannot_be_sung_do_not_make_the_form() {
    let block = |tag: Option<Tag>, line: &str| LyricBlock {
        tag,
        label: tag.map(Tag::name).unwrap_or_default().to_owned(),
        lines: vec![line.to_owned()],
    };
    let given = |sections: &[LyricBlock]| {
        let song = write(&Commission {
            prompt: "rock",
            sections,
            genres: &["rock".to_owned()],
            tempo: 120.0,
            brightness: 0.0,
            duration: None,
            seed: 1,
        });
        let shape = song.blocks.iter().map(|block| (block.tag, block.lines.is_empty()));
        shape.collect::<Vec<_>>()
    };
    let tagged = [Tag::Verse, Tag::Solo, Tag::Chorus].map(|tag| block(Some(tag), "🎵"));
    assert_eq!(
        given(&tagged),
        [
            (Some(Tag::Verse), false),
            (Some(Tag::Solo), true),
            (Some(Tag::Chorus), false)
        ]
    );
    assert!(given(&[block(None, "🎵")]).len() > 4);
}

#[test]
fn what_verses_of_short_lines_cannot_say_the_hook_says() {
    for seed in 0..8 {
        let song = song_in("house about losing my job", seed);
        let said = lines(&song)
            .iter()
            .filter(|line| line.ends_with("losing my job"))
            .count();
        assert!(said >= 2, "{seed}: {song:?}");
    }
}

#[test]
fn verses_of_whole_lines_name_the_subject_twice() {
    let song = song_in("folk ballad about my old truck", 5);
    let verses = song.blocks.iter().filter(|block| block.tag == Some(Tag::Verse));
    let naming = verses.filter(|verse| verse.lines.iter().any(|line| line.contains("my old truck")));
    assert!(naming.count() >= 2, "{song:?}");
}
