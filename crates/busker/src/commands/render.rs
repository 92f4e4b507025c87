//! `busker render`: a song straight to a file.

mod stages;
mod targets;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, anyhow, ensure};
use busker_core::engine::{RenderOptions, RenderWatch};
use busker_core::request::{AudioFormat, SongRequest};
use busker_core::song::{Song, Stem};
use busker_engines::FinishedFiles;
use busker_engines::encode::{encode_stem, stem_gain};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use crate::cli::Render;
use crate::config::Config;
use crate::output::Failure;
use crate::{output, wiring};
use stages::Stages;

/// The engine's share of the time; the rest is encoding.
const ENGINE_SHARE: f32 = 0.8;

pub(crate) async fn run(mut config: Config, args: Render) -> anyhow::Result<ExitCode> {
    if let Some(choice) = &args.soundfont {
        config.engines.band.soundfont.clone_from(choice);
    }
    let request = request(&config, &args)?;
    let stop = Arc::new(AtomicBool::new(false));
    let working = tokio::task::spawn_blocking({
        let stop = stop.clone();
        move || make(&config, &args, &request, &stop)
    });
    tokio::pin!(working);
    tokio::select! {
        done = &mut working => done?,
        _ = tokio::signal::ctrl_c() => {
            stop.store(true, Ordering::Relaxed);
            let _ = working.await;
            output::note("interrupted; nothing was written");
            Ok(ExitCode::from(130))
        }
    }
}

fn request(config: &Config, args: &Render) -> anyhow::Result<SongRequest> {
    targets::check(args).map_err(Failure::usage)?;
    let mut body = args.parameters.body().map_err(Failure::usage)?;
    if body.get("audio_format").is_none() {
        body["audio_format"] = json!(format_of(&args.output).map_err(Failure::usage)?.name());
    }
    let catalog = wiring::engines(config).catalog();
    let parsed = SongRequest::parse(&body, &catalog).map_err(|error| Failure::usage(anyhow!("{error}")))?;
    if args.lrc.is_some() && parsed.request.is_instrumental {
        return Err(Failure::usage(anyhow!(
            "an instrumental has no lyrics to write with --lrc"
        )));
    }
    for warning in parsed.warnings {
        output::note(format_args!("note: {warning}"));
    }
    Ok(parsed.request)
}

/// What the file's ending asks for; without one, MP3.
fn format_of(path: &Path) -> anyhow::Result<AudioFormat> {
    let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else {
        return Ok(AudioFormat::Mp3);
    };
    let known = AudioFormat::ALL
        .into_iter()
        .find(|format| ending.eq_ignore_ascii_case(format.name()));
    known
        .with_context(|| format!("`.{ending}` is no format here; end the name in .mp3, .wav or .pcm, or give --format"))
}

fn make(config: &Config, args: &Render, request: &SongRequest, stop: &AtomicBool) -> anyhow::Result<ExitCode> {
    let engine = wiring::engines(config)
        .choose(request)
        .context("no engine is enabled under [engines]")?;
    let began = std::time::Instant::now();
    let options = RenderOptions {
        stems: args.stems.is_some(),
        threads: args.threads,
        scratch: None,
    };
    let bar = Bar::new(stop);
    let song = engine.render(request, &options, &bar)?;
    bar.tell(ENGINE_SHARE, "encoding");
    let files = busker_engines::finish(&song, request)?;
    bar.tell(1.0, "writing");
    let stem_gain = write_all(args, &song, &files)?;
    bar.bar.finish_and_clear();
    let seconds = began.elapsed().as_secs_f64();
    let told = Told {
        seconds,
        stages: bar.stages.seconds(),
        stem_gain,
        notes: notes(config, &song, &files),
    };
    report(args, &song, &files, &told)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes everything asked for; gives back what the stems were multiplied by, if there are any.
fn write_all(args: &Render, song: &Song, files: &FinishedFiles) -> anyhow::Result<Option<f32>> {
    if let Some(folder) = &args.stems {
        ensure!(!song.stems.is_empty(), "this engine makes no stems");
        let paths = song.stems.iter().map(|stem| stem_path(folder, stem));
        targets::keep_apart(args, paths).map_err(Failure::usage)?;
    }
    if targets::is_standard_output(&args.output) {
        let mut standard = std::io::stdout().lock();
        let written = standard.write_all(&files.main.bytes).and_then(|()| standard.flush());
        written.context("the song cannot be written to standard output")?;
    } else {
        write(&args.output, &files.main.bytes)?;
    }
    if let Some(path) = &args.score {
        let score = song.score.as_ref().context("this engine makes no score")?;
        write(path, serde_json::to_string_pretty(score)?.as_bytes())?;
    }
    if let Some(path) = &args.midi {
        write(path, song.midi.as_ref().context("this engine makes no MIDI file")?)?;
    }
    if let Some(path) = &args.lrc {
        write(path, song.lrc.as_ref().context("this song has no lyrics")?.as_bytes())?;
    }
    if let Some(path) = &args.chords {
        let chords = song.chordpro.as_ref().context("this engine knows no chords")?;
        write(path, chords.as_bytes())?;
    }
    if let Some(path) = &args.cover {
        let svg = path
            .extension()
            .is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
        let picture = files.extras.get(if svg { "svg" } else { "png" });
        write(path, picture.context("the cover could not be drawn")?)?;
    }
    let folder = args.stems.as_ref();
    folder.map(|folder| write_stems(folder, song)).transpose()
}

fn write_stems(folder: &Path, song: &Song) -> anyhow::Result<f32> {
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    let gain = stem_gain(&song.stems);
    for stem in &song.stems {
        write(&stem_path(folder, stem), &encode_stem(song, stem, gain))?;
    }
    Ok(gain)
}

fn stem_path(folder: &Path, stem: &Stem) -> PathBuf {
    folder.join(format!("{}.wav", stem.name))
}

/// Writes beside the target first, so that an interrupted write leaves no half file under the name asked for.
fn write(path: &Path, content: &[u8]) -> anyhow::Result<()> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    fs::write(&partial, content)
        .and_then(|()| fs::rename(&partial, path))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// What is told of a song beside its facts.
struct Told {
    seconds: f64,
    stages: Vec<(String, f64)>,
    stem_gain: Option<f32>,
    notes: Vec<String>,
}

/// What the song itself warns of, and what only the operator may know: which SoundFont failed, and why.
fn notes(config: &Config, song: &Song, files: &FinishedFiles) -> Vec<String> {
    let mut notes: Vec<String> = song.facts.warnings.iter().chain(&files.main.note).cloned().collect();
    if song.facts.soundfont.is_none()
        && let Err(error) = wiring::band(config).soundfont()
    {
        notes.push(error.to_string());
    }
    notes
}

fn report(args: &Render, song: &Song, files: &FinishedFiles, told: &Told) -> anyhow::Result<()> {
    let facts = &song.facts;
    let duration = files.main.duration_seconds();
    let stem_decibels = told.stem_gain.map(|gain| 20.0 * gain.log10());
    if args.json {
        return output::json(&json!({
            "output": args.output, "title": facts.title, "duration_seconds": duration, "tempo": facts.tempo,
            "key": facts.key, "genres": facts.genres, "sections": facts.sections, "seed": facts.seed,
            "soundfont": facts.soundfont, "stem_gain_db": stem_decibels, "render_seconds": told.seconds,
            "stage_seconds": told.stages, "warnings": told.notes,
        }));
    }
    let tempo = facts.tempo.map(|tempo| format!(", {tempo:.0} BPM")).unwrap_or_default();
    let key = facts.key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
    let name = args.output.display();
    let summary = format!("{name}: “{}”, {duration:.1} s{key}{tempo}", facts.title);
    if targets::is_standard_output(&args.output) {
        output::note(summary);
    } else {
        output::line(summary);
    }
    output::note(format_args!(
        "made in {:.1} s, {:.0} times real time; seed {}",
        told.seconds,
        duration / told.seconds,
        facts.seed
    ));
    let stages = told
        .stages
        .iter()
        .map(|(stage, seconds)| format!("{stage} {seconds:.2}"));
    output::note(format_args!("seconds: {}", stages.collect::<Vec<_>>().join(", ")));
    if let Some(decibels) = stem_decibels.filter(|decibels| *decibels < 0.0) {
        output::note(format_args!(
            "the stems are {:.1} dB softer than in the mix before mastering, all alike, so that none clips",
            -decibels
        ));
    }
    for note in &told.notes {
        output::note(format_args!("note: {note}"));
    }
    Ok(())
}

struct Bar<'a> {
    bar: ProgressBar,
    stages: Stages,
    stop: &'a AtomicBool,
}

impl<'a> Bar<'a> {
    fn new(stop: &'a AtomicBool) -> Self {
        let bar = ProgressBar::new(1000);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3}% {msg}") {
            bar.set_style(style);
        }
        Self {
            bar,
            stages: Stages::default(),
            stop,
        }
    }
}

impl Bar<'_> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a fraction of a thousand"
    )]
    fn tell(&self, fraction: f32, stage: &str) {
        self.bar.set_position((fraction * 1000.0) as u64);
        self.bar.set_message(stage.to_owned());
        self.stages.now(stage);
    }
}

impl RenderWatch for Bar<'_> {
    fn progress(&self, fraction: f32, stage: &str) {
        self.tell(fraction.clamp(0.0, 1.0) * ENGINE_SHARE, stage);
    }

    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
