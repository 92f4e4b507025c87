//! Stage times of whole songs: `cargo bench -p busker-band`, optionally with a prompt behind `--`.
//!
//! Prints seconds for composing, playing, mixing and mastering on one thread and on all, and the song's length over
//! their sum.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench reports on standard output and fails by panicking"
)]

use std::sync::Mutex;
use std::time::{Duration, Instant};

use busker_band::compose::compose;
use busker_band::perform::{Performance, Stage, Threads, Watch, perform};
use busker_band::request::Request;

const PROMPTS: [&str; 3] = [
    "E minor, 90 BPM, acoustic guitar ballad, male vocal, emotional",
    "house, 124 BPM, A minor, piano stabs, supersaw",
    "rock anthem, 140 BPM, distorted guitars, E minor",
];

fn main() {
    let asked = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with("--"))
        .collect::<Vec<_>>()
        .join(" ");
    let prompts = if asked.is_empty() {
        PROMPTS.map(str::to_owned).to_vec()
    } else {
        vec![asked]
    };
    println!(
        "{:>8} {:>8} {:>8} {:>8} {:>8} {:>9}  prompt",
        "threads", "compose", "playing", "mixing", "mastering", "x real"
    );
    for prompt in prompts {
        let request = Request {
            prompt,
            lyrics: Vec::new(),
            instrumental: true,
            duration: Some(180),
            seed: 1,
        };
        for threads in [Threads::new(1), Threads::default()] {
            report(&request, threads);
        }
    }
}

fn report(request: &Request, threads: Threads) {
    let begin = Instant::now();
    let score = compose(request);
    let composed = begin.elapsed();
    let clock = Clock::default();
    let recording = perform(
        &score,
        &Performance {
            threads,
            ..Performance::default()
        },
        &clock,
    )
    .expect("nobody cancels");
    let stages = [Stage::Playing, Stage::Mixing, Stage::Mastering].map(|stage| clock.took(stage));
    let total = composed + stages.iter().sum::<Duration>();
    println!(
        "{:>8} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {:>9.1}  {}",
        threads.0,
        composed.as_secs_f64(),
        stages[0].as_secs_f64(),
        stages[1].as_secs_f64(),
        stages[2].as_secs_f64(),
        recording.seconds() / total.as_secs_f64(),
        request.prompt,
    );
}

/// Notes when each stage begins and ends.
#[derive(Default)]
struct Clock(Mutex<Vec<(Stage, f32, Instant)>>);

impl Clock {
    fn took(&self, stage: Stage) -> Duration {
        let marks = self.0.lock().expect("no watcher panicked");
        let at = |done: f32| {
            marks
                .iter()
                .find(|mark| mark.0 == stage && mark.1 == done)
                .map(|mark| mark.2)
        };
        at(1.0).zip(at(0.0)).map_or(Duration::ZERO, |(end, begin)| end - begin)
    }
}

impl Watch for Clock {
    fn progress(&self, stage: Stage, done: f32) {
        self.0
            .lock()
            .expect("no watcher panicked")
            .push((stage, done, Instant::now()));
    }

    fn cancelled(&self) -> bool {
        false
    }
}
