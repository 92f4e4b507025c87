//! Embeds every file of `genres/`, so that adding a genre means adding a file.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=genres");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("genres");
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
    let target = Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("genres.rs");
    fs::write(target, format!("[\n{list}]"))
}
