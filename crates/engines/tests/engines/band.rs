use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use busker_core::engine::{Engine, EngineError, RenderOptions, RenderWatch};
use busker_core::request::SongRequest;
use busker_core::song::Song;
use busker_engines::{BandEngine, Engines, SoundFontChoice, finish, measure};
use serde_json::{Value, json};

use crate::tiny;

#[derive(Default)]
struct Audience {
    seen: Mutex<Vec<(f32, String)>>,
    leaves: AtomicBool,
}

impl RenderWatch for Audience {
    fn progress(&self, fraction: f32, stage: &str) {
        self.seen.lock().unwrap().push((fraction, stage.to_owned()));
    }

    fn cancelled(&self) -> bool {
        self.leaves.load(Ordering::Relaxed)
    }
}

fn request(body: &Value) -> SongRequest {
    let catalog = Engines::default().with(BandEngine::default()).catalog();
    SongRequest::parse(body, &catalog).unwrap().request
}

fn ballad() -> SongRequest {
    request(&json!({
        "prompt": "E minor, 90 BPM, acoustic guitar ballad, rainy, emotional, male vocal",
        "lyrics": "[Verse]\nWalking through the rain tonight\nEvery window holds a light\n\
                   [Chorus]\nCarry me home, carry me home\nNo one should have to walk alone\n[Outro]",
        "duration": 20,
        "seed": 7,
    }))
}

fn render(request: &SongRequest, options: &RenderOptions, watch: &dyn RenderWatch) -> Result<Song, EngineError> {
    BandEngine::default().render(request, options, watch)
}

#[test]
fn a_ballad_is_played_as_asked_and_becomes_files() {
    let request = ballad();
    let audience = Audience::default();
    let song = render(&request, &RenderOptions::default(), &audience).unwrap();
    assert_eq!(song.facts.tempo, Some(90.0));
    assert_eq!(song.facts.key.as_deref(), Some("E minor"));
    assert_eq!(song.facts.seed, 7);
    assert!(!song.facts.title.is_empty() && !song.facts.genres.is_empty());

    let form = &song.facts.sections;
    assert!(form[0].start == 0.0 && form.windows(2).all(|pair| pair[0].end == pair[1].start));
    assert!(form.iter().all(|section| section.chords.contains("Em")), "{form:?}");
    let [verse, chorus] = ["[Verse]", "[Chorus]"].map(|tag| song.facts.lyrics.find(tag).unwrap());
    let line = song.facts.lyrics.find("Walking through the rain tonight").unwrap();
    assert!(verse < line && line < chorus);
    let texts: Vec<&str> = song.lines.iter().map(|line| line.text.as_str()).collect();
    assert!(texts.contains(&"No one should have to walk alone"), "{texts:?}");
    let seconds = song.samples.len() as f64 / 2.0 / f64::from(song.rate);
    assert!(
        song.lines
            .iter()
            .all(|line| 0.0 <= line.start && line.start < line.end && line.end < seconds)
    );

    let words = song.lines.iter().flat_map(|line| &line.words);
    let times: Vec<f64> = words.clone().map(|word| word.start).collect();
    assert!(times.is_sorted() && times[0] == song.lines[0].start, "{times:?}");
    assert_eq!(song.lines[0].words[1].text, " through");
    assert_eq!(song.facts.language.as_deref(), Some("en"));

    let files = finish(&song, &request).unwrap();
    assert_eq!(
        files.extras.keys().copied().collect::<Vec<_>>(),
        ["cho", "lrc", "mid", "peaks.json", "png", "svg"]
    );
    let chordpro = std::str::from_utf8(&files.extras["cho"]).unwrap();
    assert!(chordpro.contains("{key: Em}\n{tempo: 90}\n{time: 4/4}\n"), "{chordpro}");
    assert!(files.extras["mid"].starts_with(b"MThd"));
    assert!((files.main.duration_seconds() - seconds).abs() < 0.01);
    let reading = measure(&song.samples, song.rate).unwrap();
    assert!(
        (reading.loudness + 14.0).abs() < 1.0 && reading.true_peak <= -1.0,
        "{reading:?}"
    );

    let seen = audience.seen.into_inner().unwrap();
    assert!(
        seen.windows(2).all(|pair| pair[0].0 <= pair[1].0),
        "progress only grows: {seen:?}"
    );
    assert_eq!(seen.last().unwrap().0, 1.0);
    assert!(seen.iter().any(|(_, stage)| stage == "singing"), "{seen:?}");
}

#[test]
fn a_song_with_words_has_its_lead_as_a_stem_with_its_room_and_without() {
    let options = RenderOptions {
        stems: true,
        ..RenderOptions::default()
    };
    let song = render(&ballad(), &options, &Audience::default()).unwrap();
    let peak = |name: &str| {
        let stem = song.stems.iter().find(|stem| stem.name == name).unwrap();
        stem.samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()))
    };
    for name in ["lead-vocal", "lead-vocal-dry"] {
        assert!((0.1..2.0).contains(&peak(name)), "{name}: {}", peak(name));
    }
}

#[test]
fn a_rehearsal_ends_well_and_soon() {
    let seconds = BandEngine::default().rehearse().unwrap().as_secs_f32();
    assert!((0.01..30.0).contains(&seconds), "{seconds}");
}

#[test]
fn one_thread_and_two_play_the_same_song_and_another_seed_another() {
    let render_with = |threads, request: &SongRequest| {
        let options = RenderOptions {
            threads: Some(threads),
            ..RenderOptions::default()
        };
        render(request, &options, &Audience::default()).unwrap()
    };
    let (one, two) = (render_with(1, &ballad()), render_with(2, &ballad()));
    assert_eq!(one.samples, two.samples);
    assert_eq!(finish(&one, &ballad()).unwrap(), finish(&two, &ballad()).unwrap());
    let mut other = ballad();
    other.seed = Some(8);
    assert_ne!(render_with(2, &other).score, one.score);
}

#[test]
fn an_instrumental_has_no_words_and_stems_come_when_asked_for() {
    let request = request(&json!({"prompt": "lofi hip hop, piano", "is_instrumental": true, "duration": 15}));
    let options = RenderOptions {
        stems: true,
        ..RenderOptions::default()
    };
    let song = render(&request, &options, &Audience::default()).unwrap();
    assert_eq!(song.facts.lyrics, "");
    assert!(song.lines.is_empty() && song.lrc.is_none());
    assert!(song.stems.len() > 1);
    assert!(!song.stems.iter().any(|stem| stem.name.contains("vocal")));
    assert!(song.stems.iter().all(|stem| stem.samples.len() == song.samples.len()));
}

#[test]
fn when_the_audience_leaves_the_band_stops_at_once() {
    let audience = Audience::default();
    audience.leaves.store(true, Ordering::Relaxed);
    let start = Instant::now();
    let error = render(&ballad(), &RenderOptions::default(), &audience).unwrap_err();
    assert_eq!(error, EngineError::Cancelled);
    assert!(start.elapsed().as_secs_f32() < 0.5);
}

#[test]
fn the_song_says_which_samples_it_was_played_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.sf2");
    std::fs::write(&path, tiny::soundfont()).unwrap();
    let band = BandEngine::default().with_soundfont(SoundFontChoice::File(path));
    let render = |band: &BandEngine| band.render(&ballad(), &RenderOptions::default(), &Audience::default());
    let sampled = render(&band).unwrap();
    assert_eq!(sampled.facts.soundfont, band.soundfont().unwrap());
    assert!(sampled.facts.soundfont.as_ref().unwrap().starts_with("Tiny GM ("));
    assert!(sampled.samples != render(&BandEngine::default()).unwrap().samples);
    let file = finish(&sampled, &ballad()).unwrap().main;
    let tag = id3::Tag::read_from2(std::io::Cursor::new(&file.bytes)).unwrap();
    let told = tag.extended_texts().find(|text| text.description == "SOUNDFONT");
    assert_eq!(told.map(|text| &text.value), sampled.facts.soundfont.as_ref());
}

#[test]
fn a_soundfont_that_cannot_be_used_costs_no_song() {
    let band = BandEngine::default().with_soundfont(SoundFontChoice::named("/no/such/file.sf2"));
    assert!(band.soundfont().unwrap_err().to_string().contains("/no/such/file.sf2"));
    let song = band
        .render(&ballad(), &RenderOptions::default(), &Audience::default())
        .unwrap();
    let own = render(&ballad(), &RenderOptions::default(), &Audience::default()).unwrap();
    assert!(song.samples == own.samples);
    assert_eq!(song.facts.soundfont, None);
    let warnings = song.facts.warnings.join("; ");
    assert!(
        warnings.contains("own instruments") && !warnings.contains("/no/such"),
        "{warnings}"
    );
    assert!(!own.facts.warnings.join("; ").contains("own instruments"));
}
