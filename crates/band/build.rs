//! Embeds every file of `genres/`, `lyrics/fields/` and `lyrics/stances/`, so that adding one means adding a file.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    for (folder, list) in [
        ("genres", "genres.rs"),
        ("lyrics/fields", "lyric_fields.rs"),
        ("lyrics/stances", "lyric_stances.rs"),
    ] {
        println!("cargo::rerun-if-changed={folder}");
        fs::write(out.join(list), embedded(&root.join(folder))?)?;
    }
    Ok(())
}

/// An array of the texts of all TOML files in `folder`, by name.
fn embedded(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let list = files
        .iter()
        .map(|path| format!("include_str!({path:?}),\n"))
        .collect::<String>();
    Ok(format!("[\n{list}]"))
}
