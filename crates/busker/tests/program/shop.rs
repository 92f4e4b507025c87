//! A shop and its customers as processes of their own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The program under test, without anything of this machine's own configuration.
pub(crate) fn busker(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_busker"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BUSKER")) {
        command.env_remove(name);
    }
    command.arg("--data-dir").arg(data).stdin(Stdio::null());
    command
}

/// A running `busker serve`, killed when dropped.
pub(crate) struct Shop {
    serving: Child,
    pub(crate) url: String,
}

impl Shop {
    /// Opens a shop on a free port.
    pub(crate) fn open(data: &Path) -> Self {
        Self::open_at(data, "127.0.0.1:0")
    }

    /// Opens a shop at an address, as after a restart.
    pub(crate) fn open_at(data: &Path, address: &str) -> Self {
        Self::start(busker(data), address, Stdio::null())
    }

    /// Opens a shop that will die at a named place, as by `kill -9`.
    pub(crate) fn open_doomed(data: &Path, point: &str) -> Self {
        let mut command = busker(data);
        command.env("BUSKER_CRASH_AT", point);
        Self::start(command, "127.0.0.1:0", Stdio::null())
    }

    /// Opens a shop that writes all it has to say into a file, a JSON object a line.
    pub(crate) fn open_talkative(data: &Path, log: File) -> Self {
        let mut command = busker(data);
        command.args(["--log", "trace", "--log-format", "json"]);
        Self::start(command, "127.0.0.1:0", log.into())
    }

    /// Whether the process ends by itself in time.
    pub(crate) fn dies_within(&mut self, patience: Duration) -> bool {
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if self.serving.try_wait().unwrap().is_some() {
                return true;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }

    fn start(mut command: Command, address: &str, told: Stdio) -> Self {
        command
            .args(["serve", "--listen", address])
            .stdout(Stdio::piped())
            .stderr(told);
        let mut serving = command.spawn().unwrap();
        let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
        let first = lines.next().expect("the shop says where it listens").unwrap();
        let url = first
            .strip_prefix("listening on ")
            .expect("a first line for scripts")
            .to_owned();
        Self { serving, url }
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        let _ = self.serving.kill();
        let _ = self.serving.wait();
    }
}

/// `busker song --json` for a short instrumental, with more arguments behind.
pub(crate) fn song(data: &Path, url: &str, output: &Path, more: &[&str]) -> Command {
    let mut command = busker(data);
    command.args([
        "song",
        "--json",
        "--url",
        url,
        "--prompt",
        "calm piano in C major, 120 BPM",
        "--instrumental",
    ]);
    command
        .args([
            "--duration",
            "10",
            "--format",
            "wav",
            "--sample-rate",
            "16000",
            "--output",
        ])
        .arg(output)
        .args(more);
    command
}

/// The one JSON object on standard output.
pub(crate) fn object(output: &Output) -> Value {
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{:?}: {}", output.status, told(output));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// What was said on standard error.
pub(crate) fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Payments that the sandbox of `data` has seen.
pub(crate) fn payments(data: &Path) -> usize {
    let log = std::fs::read_to_string(data.join("sandbox/settlements.log")).unwrap_or_default();
    log.lines().filter(|line| !line.trim().is_empty()).count()
}
