//! What strangers send as lyrics: each becomes a whole song, or is refused before anybody pays.

use std::sync::Mutex;

use busker_core::engine::{Catalog, Engine, RenderOptions, RenderWatch};
use busker_core::request::SongRequest;
use busker_core::song::Song;
use busker_engines::{BandEngine, Engines, finish};
use serde_json::json;

struct Nobody;

impl RenderWatch for Nobody {
    fn progress(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        false
    }
}

fn catalog() -> Catalog {
    Engines::default().with(BandEngine::default()).catalog()
}

/// A request for the quickest song to make.
fn request(lyrics: &str) -> Result<SongRequest, String> {
    let body = json!({
        "prompt": "solo piano, 120 BPM", "lyrics": lyrics, "duration": 10, "seed": 3,
        "audio_format": "pcm", "sample_rate": 16_000,
    });
    let parsed = SongRequest::parse(&body, &catalog()).map_err(|error| error.to_string())?;
    Ok(parsed.request)
}

fn render(lyrics: &str) -> (SongRequest, Song) {
    let request = request(lyrics).unwrap();
    let song = BandEngine::default().render(&request, &RenderOptions::default(), &Nobody);
    (request, song.unwrap())
}

/// The song lasts as long as its form, has a sound, and every line of it lies within it, in order.
fn assert_whole(name: &str, song: &Song) {
    let seconds = song.samples.len() as f64 / 2.0 / f64::from(song.rate);
    let form = song.facts.sections.last().unwrap().end;
    assert!((10.0..=360.0).contains(&form), "{name}: {form} s");
    assert!(
        (form..form + 12.0).contains(&seconds),
        "{name}: {form} s of music in {seconds} s"
    );
    assert!(song.samples.iter().all(|sample| sample.is_finite()), "{name}");
    assert!(song.lines.is_sorted_by(|one, next| one.start <= next.start), "{name}");
    for line in &song.lines {
        assert!(line.start < line.end && line.end < seconds, "{name}: {line:?}");
        let words: String = line.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(words, line.text, "{name}");
    }
}

/// Sings each of `lyrics`, on all processors; gives the songs in their order.
fn sing(lyrics: &[(&str, String)]) -> Vec<Song> {
    let songs = Mutex::new(vec![Song::default(); lyrics.len()]);
    let next = std::sync::atomic::AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some((index, (name, lyrics))) = {
                    let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    lyrics.get(index).map(|case| (index, case))
                } {
                    let (request, song) = render(lyrics);
                    assert_whole(name, &song);
                    let file = finish(&song, &request).unwrap().main;
                    assert!(file.duration_seconds() > 10.0, "{name}");
                    songs.lock().unwrap()[index] = song;
                }
            });
        }
    });
    songs.into_inner().unwrap()
}

#[test]
fn lyrics_with_hardly_a_word_become_whole_songs() {
    let cases = [
        ("one word", "Rain".to_owned()),
        ("one letter", "I".to_owned()),
        ("an endless word", "rainbow".repeat(43)),
        ("a figure", "[Verse]\n1984\n24/7".to_owned()),
        (
            "byte order mark and carriage returns",
            "\u{feff}[Verse]\r\nWalk the line\r\n[Chorus]\rHome again".to_owned(),
        ),
        (
            "zero-width characters",
            "[Verse]\nWal\u{200b}king ho\u{2060}me \u{200d}\u{200c}".to_owned(),
        ),
    ];
    for (song, (name, _)) in sing(&cases).iter().zip(&cases) {
        assert!(!song.lines.is_empty(), "{name}");
        assert!(song.lrc.is_some(), "{name}");
    }
}

#[test]
fn lyrics_without_a_word_are_written_by_the_band_which_says_so() {
    let cases = [
        ("only tags", "[Intro]\n[Verse]\n[Chorus]\n[Outro]".to_owned()),
        ("only marks", "[Verse]\n?! … --- ///\n(((;)))".to_owned()),
        ("only emoji", "🎵🎶 👩‍🎤\n❤️".to_owned()),
        ("only combining marks", "\u{301}\u{302} \u{200d}".to_owned()),
    ];
    for (song, (name, _)) in sing(&cases).iter().zip(&cases) {
        assert!(!song.lines.is_empty(), "{name}");
        let warnings = song.facts.warnings.join("; ");
        assert!(warnings.contains("band wrote"), "{name}: {warnings}");
    }
}

#[test]
fn a_page_of_ten_languages_is_sung_in_order_with_a_warning() {
    let lines = [
        "Walking through the rain tonight",
        "Camino solo por la lluvia",
        "Cammino solo nella notte",
        "Caminho só pela chuva",
        "さくら さくら のやまも さとも",
        "Ich laufe nachts im Regen heim",
        "Je marche seul sous la pluie",
        "Я иду один по улице",
        "أمشي وحدي تحت المطر",
        "我一个人走在雨里",
        "मैं बारिश में अकेला चलता हूँ",
        "빗속을 혼자 걸어요",
        "שלום בוא הביתה",
    ];
    let cases = [("ten languages", format!("[Verse]\n{}", lines.join("\n")))];
    let songs = sing(&cases);
    let sung: Vec<&str> = songs[0].lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(sung, lines);
    assert!(!songs[0].facts.warnings.is_empty());
}

#[test]
fn the_longest_lyrics_allowed_are_sung_and_a_letter_more_is_refused() {
    let mut lyrics = String::from("[Verse]\n");
    for number in 0.. {
        let line = format!("Line {number} of words, words — so_ many 💬 wörter!\n");
        if lyrics.chars().count() + line.chars().count() > 3500 {
            break;
        }
        lyrics.push_str(&line);
    }
    lyrics.push_str(&"a".repeat(3500 - lyrics.chars().count()));
    let refused = request(&(lyrics.clone() + "a")).unwrap_err();
    assert!(refused.contains("3501 characters"), "{refused}");
    let request = request(&lyrics).unwrap();
    let blocks = request.sections().unwrap().blocks;
    assert!(blocks[0].lines.len() > 60);
}

#[test]
fn what_is_no_tag_is_refused_by_line_before_anybody_pays() {
    for (lyrics, reason) in [
        ("[Chrous]\nla", "did you mean [Chorus]"),
        ("la\n[Verse", "line 2"),
        ("[]\nla", "line 1"),
        ("\u{feff}[🎵]", "line 1"),
    ] {
        let refused = request(lyrics).unwrap_err();
        assert!(refused.contains(reason), "{lyrics:?}: {refused}");
    }
}
