//! `busker render`: a song straight to a file.

mod stages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, anyhow, bail};
use busker_core::engine::{RenderOptions, RenderWatch};
use busker_core::request::{AudioFormat, SongRequest};
use busker_core::song::{Song, Stem};
use busker_engines::FinishedFiles;
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
    for path in [
        Some(&args.output),
        args.score.as_ref(),
        args.midi.as_ref(),
        args.lrc.as_ref(),
        args.chords.as_ref(),
        args.cover.as_ref(),
    ]
    .into_iter()
    .flatten()
    {
        refuse_missing_folder(path).map_err(Failure::usage)?;
    }
    let mut body = args.parameters.body()?;
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

/// Found out before minutes of work, not after.
fn refuse_missing_folder(path: &Path) -> anyhow::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            bail!(
                "{} cannot be written: there is no folder {}",
                path.display(),
                folder.display()
            )
        }
        _ => Ok(()),
    }
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
    write_all(args, &song, &files)?;
    bar.bar.finish_and_clear();
    let seconds = began.elapsed().as_secs_f64();
    report(args, &song, &files, seconds, &bar.stages.seconds())?;
    Ok(ExitCode::SUCCESS)
}

fn write_all(args: &Render, song: &Song, files: &FinishedFiles) -> anyhow::Result<()> {
    write(&args.output, &files.main.bytes)?;
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
    if let Some(folder) = &args.stems {
        write_stems(folder, song)?;
    }
    Ok(())
}

fn write_stems(folder: &Path, song: &Song) -> anyhow::Result<()> {
    if song.stems.is_empty() {
        bail!("this engine makes no stems");
    }
    fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    for stem in &song.stems {
        write(
            &stem_path(folder, stem),
            &busker_engines::encode::encode_stem(song, stem),
        )?;
    }
    Ok(())
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

fn report(
    args: &Render,
    song: &Song,
    files: &FinishedFiles,
    seconds: f64,
    stages: &[(String, f64)],
) -> anyhow::Result<()> {
    let facts = &song.facts;
    let duration = files.main.duration_seconds();
    let warnings: Vec<&String> = facts.warnings.iter().chain(&files.main.note).collect();
    if args.json {
        return output::json(&json!({
            "output": args.output, "title": facts.title, "duration_seconds": duration, "tempo": facts.tempo,
            "key": facts.key, "genres": facts.genres, "sections": facts.sections, "seed": facts.seed,
            "soundfont": facts.soundfont, "render_seconds": seconds, "stage_seconds": stages, "warnings": warnings,
        }));
    }
    let tempo = facts.tempo.map(|tempo| format!(", {tempo:.0} BPM")).unwrap_or_default();
    let key = facts.key.as_ref().map(|key| format!(", {key}")).unwrap_or_default();
    output::line(format_args!(
        "{}: “{}”, {duration:.1} s{key}{tempo}",
        args.output.display(),
        facts.title
    ));
    output::note(format_args!(
        "made in {seconds:.1} s, {:.0} times real time; seed {}",
        duration / seconds,
        facts.seed
    ));
    let stages = stages.iter().map(|(stage, seconds)| format!("{stage} {seconds:.2}"));
    output::note(format_args!("seconds: {}", stages.collect::<Vec<_>>().join(", ")));
    for warning in warnings {
        output::note(format_args!("note: {warning}"));
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
