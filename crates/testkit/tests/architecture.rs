//! The workspace keeps its shape: who may depend on whom, and how long a file may be.
//!
//! ARCHITECTURE.md explains the shape. A new edge is added here together with its reason there.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    missing_docs,
    reason = "tests fail by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Every edge there may be between our crates, without the `busker-` that they all begin with. Edges point down.
const ALLOWED: [(&str, &[&str]); 10] = [
    ("busker", &["core", "engines", "l402", "lightning", "server", "store"]),
    ("server", &["core", "engines", "l402"]),
    ("engines", &["band", "core"]),
    ("band", &["voice"]),
    ("lightning", &["core"]),
    ("store", &["core"]),
    ("testkit", &["core"]),
    ("core", &[]),
    ("l402", &[]),
    ("voice", &[]),
];

/// Edges that only tests may use, beside the one to `testkit` that all tests may.
const ALLOWED_IN_TESTS: [(&str, &[&str]); 1] = [("server", &["lightning", "store"])];

/// Crates that compute and nothing else.
const PURE: [&str; 4] = ["band", "core", "l402", "voice"];

/// What a pure crate cannot be without knowing of sockets, databases or a runtime.
const IMPURE: [&str; 9] = [
    "async-std",
    "axum",
    "hyper",
    "object_store",
    "reqwest",
    "rusqlite",
    "smol",
    "sqlx",
    "tokio",
];

/// Lines of a file: what half of them, nine of ten of them, and all of them may have at most.
const MEDIAN_MAX: usize = 150;
const NINETIETH_MAX: usize = 400;
const LINES_MAX: usize = 600;

/// Names that say nothing of what is inside.
const DRAWERS: [&str; 7] = ["common", "helper", "helpers", "misc", "mod", "util", "utils"];

#[test]
fn crates_depend_only_downwards() {
    let mut forbidden = Vec::new();
    for package in packages() {
        let from = short_name(&package);
        for dependency in package["dependencies"].as_array().unwrap() {
            let is_ours = dependency["path"].is_string();
            let to = short(dependency["name"].as_str().unwrap());
            let in_tests = dependency["kind"] == "dev";
            if is_ours && !is_allowed(&from, to, in_tests) {
                let kind = if in_tests { "its tests on" } else { "it on" };
                forbidden.push(format!("{from}: {kind} {to}"));
            }
        }
    }
    assert!(
        forbidden.is_empty(),
        "these crates depend on what they must not know: {forbidden:#?}"
    );
}

#[test]
fn every_crate_has_its_place_in_the_list() {
    let present: BTreeSet<String> = packages().iter().map(short_name).collect();
    let listed: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(present, listed);
}

#[test]
fn pure_crates_know_no_socket_no_database_and_no_runtime() {
    for package in packages()
        .iter()
        .filter(|package| PURE.contains(&short_name(package).as_str()))
    {
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap();
            let at_run_time = dependency["kind"].is_null();
            assert!(
                !(at_run_time && IMPURE.contains(&name)),
                "{} depends on {name}",
                short_name(package)
            );
        }
    }
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<(usize, PathBuf)> = rust_files()
        .into_iter()
        .map(|path| (fs::read_to_string(&path).unwrap().lines().count(), path))
        .collect();
    lengths.sort();
    let at = |share: f64| &lengths[((lengths.len() - 1) as f64 * share) as usize];
    assert!(
        at(0.5).0 <= MEDIAN_MAX,
        "half of the files are longer than {}",
        at(0.5).0
    );
    assert!(
        at(0.9).0 <= NINETIETH_MAX,
        "one file in ten is longer than {}",
        at(0.9).0
    );
    let too_long: Vec<_> = lengths.iter().filter(|(lines, _)| *lines > LINES_MAX).collect();
    assert!(too_long.is_empty(), "split these: {too_long:#?}");
}

#[test]
fn every_file_is_named_after_what_is_in_it() {
    let is_drawer = |path: &PathBuf| DRAWERS.contains(&path.file_stem().unwrap().to_str().unwrap());
    let drawers: Vec<PathBuf> = rust_files().into_iter().filter(is_drawer).collect();
    assert!(drawers.is_empty(), "name these after their one concept: {drawers:#?}");
}

fn is_allowed(from: &str, to: &str, in_tests: bool) -> bool {
    let lists = |edges: &[(&str, &[&str])]| edges.iter().any(|(name, below)| *name == from && below.contains(&to));
    lists(&ALLOWED) || (in_tests && (to == "testkit" || lists(&ALLOWED_IN_TESTS)))
}

/// The workspace's packages, as cargo sees them.
fn packages() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(workspace())
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn short_name(package: &Value) -> String {
    short(package["name"].as_str().unwrap()).to_owned()
}

fn short(name: &str) -> &str {
    name.strip_prefix("busker-").unwrap_or(name)
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

fn rust_files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![workspace().join("crates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files
}
