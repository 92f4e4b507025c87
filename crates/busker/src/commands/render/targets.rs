//! Where a song and its companions go: found out before minutes of work, not after.

use std::ffi::OsStr;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use crate::cli::Render;

/// Refuses names that cannot be written, and any that would destroy another output or an input.
pub(super) fn check(args: &Render) -> anyhow::Result<()> {
    let mut taken = inputs(args);
    for (flag, path) in files(args) {
        writable(flag, path)?;
        claim(&mut taken, flag, path)?;
    }
    if is_standard_output(&args.output) {
        ensure!(
            !args.json,
            "the song and --json cannot both go to standard output; name a file with --output"
        );
        ensure!(
            !std::io::stdout().is_terminal(),
            "standard output is a terminal, and a song is no text; send it to a file or another program"
        );
    }
    if let Some(path) = &args.cover {
        let known = ["png", "svg"].map(OsStr::new);
        let fits = |ending: &OsStr| known.iter().any(|known| ending.eq_ignore_ascii_case(known));
        ensure!(
            path.extension().is_some_and(fits),
            "{} is no name for a cover; end it in .png or .svg",
            path.display()
        );
    }
    if let Some(folder) = &args.stems {
        ensure!(
            folder.is_dir() || !folder.exists(),
            "--stems wants a folder, and {} is none",
            folder.display()
        );
        claim(&mut taken, "--stems", folder)?;
    }
    Ok(())
}

/// Refuses stems that would take the place of another output or an input.
pub(super) fn keep_apart(args: &Render, stems: impl Iterator<Item = PathBuf>) -> anyhow::Result<()> {
    let mut taken = inputs(args);
    taken.extend(files(args).map(|(flag, path)| (flag, identity(path))));
    for stem in stems {
        claim(&mut taken, "--stems", &stem)?;
    }
    Ok(())
}

/// Whether the song goes to standard output.
pub(super) fn is_standard_output(path: &Path) -> bool {
    path == Path::new("-")
}

/// Everything that becomes one file, under the flag that asks for it.
fn files(args: &Render) -> impl Iterator<Item = (&'static str, &PathBuf)> {
    let all = [
        ("--output", Some(&args.output)),
        ("--score", args.score.as_ref()),
        ("--midi", args.midi.as_ref()),
        ("--lrc", args.lrc.as_ref()),
        ("--chords", args.chords.as_ref()),
        ("--cover", args.cover.as_ref()),
    ];
    all.into_iter().filter_map(|(flag, path)| Some((flag, path?)))
}

fn inputs(args: &Render) -> Vec<(&'static str, PathBuf)> {
    let all = [
        ("--lyrics", args.parameters.lyrics.as_deref()),
        ("--request", args.parameters.request.as_deref()),
        ("--soundfont", args.soundfont.as_deref().map(Path::new)),
    ];
    all.into_iter()
        .filter_map(|(flag, path)| Some((flag, identity(path.filter(|path| path.exists())?))))
        .collect()
}

fn writable(flag: &str, path: &Path) -> anyhow::Result<()> {
    if is_standard_output(path) {
        ensure!(
            flag == "--output",
            "only the song can go to standard output; name a file with {flag} (./- for one that is called so)"
        );
        return Ok(());
    }
    let shown = path.display();
    ensure!(
        !path.is_dir() && path.file_name().is_some(),
        "{flag} wants a file, and {shown} is a folder; name a file in it"
    );
    ensure!(
        path.is_file() || !path.exists(),
        "{flag} wants a file, and {shown} is something else"
    );
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            bail!("{shown} cannot be written: there is no folder {}", folder.display())
        }
        _ => Ok(()),
    }
}

/// Takes the place `path` for `flag`, unless somebody has it.
fn claim(taken: &mut Vec<(&'static str, PathBuf)>, flag: &'static str, path: &Path) -> anyhow::Result<()> {
    let place = identity(path);
    if let Some((other, _)) = taken.iter().find(|(_, known)| *known == place) {
        bail!(
            "{other} and {flag} mean the same file, {}; give one of them another name",
            path.display()
        );
    }
    taken.push((flag, place));
    Ok(())
}

/// One name for a file however it is spelled, and whether it exists yet or not.
fn identity(path: &Path) -> PathBuf {
    if let Ok(whole) = path.canonicalize() {
        return whole;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new(".")).canonicalize();
    match (folder, path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
