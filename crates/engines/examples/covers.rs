//! Draws the covers of a dozen songs, to look at: `cargo run -p busker-engines --example covers -- FOLDER`.
#![expect(clippy::print_stderr, reason = "a tool for those who draw")]

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use busker_core::engine::{Engine, RenderOptions, RenderWatch};
use busker_core::request::SongRequest;
use busker_engines::{BandEngine, Engines, cover};
use serde_json::json;

const PROMPTS: [&str; 12] = [
    "E minor, 90 BPM, acoustic guitar ballad, rainy, emotional, male vocal",
    "house, 124 bpm, A minor, piano stabs, euphoric",
    "jazz in Bb major, relaxed, upright bass and piano",
    "metal, fast and furious, D minor",
    "happy pop song in G major, female vocal",
    "synthwave, neon night drive, C minor",
    "bossa nova, F major, nylon guitar, gentle",
    "calm ambient, C major, floating",
    "trap, dark, F minor, 808",
    "children's song about a frog, C major",
    "cinematic, heroic, D minor, strings and brass",
    "lofi hip hop, rainy window, piano",
];

struct Nobody;

impl RenderWatch for Nobody {
    fn progress(&self, _: f32, _: &str) {}

    fn cancelled(&self) -> bool {
        false
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    fs::create_dir_all(&folder)?;
    let engine = BandEngine::default();
    let catalog = Engines::default().with(engine.clone()).catalog();
    for (index, prompt) in PROMPTS.iter().enumerate() {
        let request = SongRequest::parse(&json!({"prompt": prompt, "duration": 60}), &catalog)?.request;
        let song = engine.render(&request, &RenderOptions::default(), &Nobody)?;
        let start = Instant::now();
        let cover = cover(&song)?;
        let took = start.elapsed().as_millis();
        fs::write(folder.join(format!("{index:02}.png")), &cover.png)?;
        fs::write(folder.join(format!("{index:02}.svg")), &cover.svg)?;
        eprintln!(
            "{index:02} “{}”: {took} ms, PNG {} bytes, SVG {} bytes",
            song.facts.title,
            cover.png.len(),
            cover.svg.len()
        );
    }
    Ok(())
}
