//! Law: a request that was accepted is within its limits, and its canonical form is accepted again with the same digest.
#![no_main]

use busker_core::engine::{Catalog, EngineCard};
use busker_core::request::{LYRICS_MAX, PROMPT_MAX, SongRequest};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

fuzz_target!(|text: &str| {
    let Ok(body) = serde_json::from_str::<Value>(text) else { return };
    let catalog = Catalog::new(vec![EngineCard::for_tests(1, "band")]);
    let Ok(parsed) = SongRequest::parse(&body, &catalog) else { return };
    let request = parsed.request;
    assert!((1..=PROMPT_MAX).contains(&request.prompt.chars().count()));
    assert!(request.lyrics.chars().count() <= LYRICS_MAX);
    let mut canonical: Value = serde_json::from_str(&request.canonical_json()).expect("canonical text is JSON");
    canonical["seed"] = json!(request.seed);
    let again = SongRequest::parse(&canonical, &catalog).expect("canonical text is a request").request;
    assert_eq!(again.digest(), request.digest());
});
