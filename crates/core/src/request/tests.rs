use proptest::prelude::*;
use serde_json::{Value, json};

use super::{InvalidRequest, LYRICS_MAX, PROMPT_MAX, Parsed, SongRequest};
use crate::engine::{Catalog, EngineCard};

fn catalog() -> Catalog {
    Catalog::new(vec![
        EngineCard::for_tests(1, "band"),
        EngineCard::for_tests(7, "neural"),
    ])
}

fn parse(body: Value) -> Result<Parsed, InvalidRequest> {
    SongRequest::parse(&body, &catalog())
}

fn fields_refused(body: Value) -> Vec<&'static str> {
    parse(body)
        .expect_err("this request is wrong")
        .0
        .into_iter()
        .map(|error| error.field)
        .collect()
}

#[test]
fn a_prompt_alone_is_a_whole_request() {
    let parsed = parse(json!({"prompt": " test "})).expect("valid");
    let expected = "{\"audio_format\":\"mp3\",\"bitrate\":256000,\"duration\":null,\"is_instrumental\":false,\
                    \"lyrics\":\"\",\"lyrics_optimizer\":false,\"modelId\":\"auto\",\"prompt\":\"test\",\
                    \"sample_rate\":44100,\"seed\":null}";
    assert_eq!(parsed.request.canonical_json(), expected);
    assert_eq!(parsed.warnings.len(), 1, "the band writes the words and says so");
}

#[test]
fn spacing_order_nulls_and_defaults_do_not_change_the_digest() {
    let short = parse(json!({"prompt": "test", "lyrics": "[Verse]\r\nla\n"}))
        .expect("valid")
        .request;
    let long = json!({
        "audio_format": "mp3", "seed": null, "bitrate": 256_000.0, "modelId": "auto", "lyrics": " [Verse]\nla",
        "sample_rate": 44100, "is_instrumental": false, "prompt": "test\n", "color": "blue"
    });
    let long = parse(long).expect("valid");
    assert_eq!(long.request.digest(), short.digest());
    assert_eq!(long.warnings, ["unknown field `color` was ignored"]);
}

#[test]
fn a_byte_order_mark_hides_no_tag_and_invisible_marks_are_no_words() {
    let lyrics = "\u{feff}[Verse]\r\nla\u{200b} la";
    let marked = parse(json!({"prompt": "\u{feff}test", "lyrics": lyrics})).expect("valid");
    let bare = parse(json!({"prompt": "test", "lyrics": "[Verse]\nla la"})).expect("valid");
    assert_eq!(marked, bare);
    assert_eq!(
        fields_refused(json!({"prompt": "test", "lyrics": "\u{feff}[Vers]\nla"})),
        ["lyrics"]
    );
    assert_eq!(fields_refused(json!({"prompt": "\u{200b}\u{202e}\0"})), ["prompt"]);
}

#[test]
fn a_model_is_the_same_by_number_by_text_and_by_slug() {
    for asked in [json!(7), json!("7"), json!("neural"), json!(7.0)] {
        let request = parse(json!({"prompt": "test", "modelId": asked}))
            .expect("valid")
            .request;
        assert_eq!(request.model.as_deref(), Some("neural"));
    }
}

#[test]
fn limits_hold_to_the_character() {
    for character in ["a", "é", "🎵"] {
        assert!(parse(json!({"prompt": character.repeat(PROMPT_MAX)})).is_ok());
        assert_eq!(
            fields_refused(json!({"prompt": character.repeat(PROMPT_MAX + 1)})),
            ["prompt"]
        );
        assert!(parse(json!({"prompt": "x", "lyrics": character.repeat(LYRICS_MAX)})).is_ok());
        assert_eq!(
            fields_refused(json!({"prompt": "x", "lyrics": character.repeat(LYRICS_MAX + 1)})),
            ["lyrics"]
        );
    }
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let body = json!({
        "prompt": 5, "lyrics": ["la"], "is_instrumental": "true", "lyrics_optimizer": 1, "modelId": "nobody",
        "sample_rate": 48000, "bitrate": "256000", "audio_format": "MP3", "seed": -1, "duration": 361
    });
    let expected = [
        "prompt",
        "lyrics",
        "is_instrumental",
        "lyrics_optimizer",
        "modelId",
        "sample_rate",
        "bitrate",
        "audio_format",
        "seed",
        "duration",
    ];
    assert_eq!(fields_refused(body), expected);
}

#[test]
fn wrong_values_say_what_would_be_right() {
    let cases = [
        (json!([]), "`body` must be a JSON object, not an array"),
        (json!({}), "`prompt` is required"),
        (json!({"prompt": "  "}), "`prompt` is required"),
        (json!({"prompt": null}), "`prompt` is required"),
        (
            json!({"prompt": "x", "sample_rate": 22050}),
            "one of 16000, 24000, 32000, 44100 (a number), not 22050",
        ),
        (
            json!({"prompt": "x", "duration": 9.5}),
            "a whole number from 10 to 360, not 9.5",
        ),
        (
            json!({"prompt": "x", "audio_format": "ogg"}),
            "\"mp3\", \"wav\" or \"pcm\", not \"ogg\"",
        ),
        (
            json!({"prompt": "x", "modelId": 3}),
            "a model: 1 or \"band\", 7 or \"neural\"; not 3",
        ),
        (json!({"prompt": "x", "modelId": true}), "not true"),
        (json!({"prompt": "x", "lyrics": "[Vers]\nla"}), "did you mean [Verse]?"),
    ];
    for (body, expected) in cases {
        let error = parse(body.clone()).expect_err("wrong").to_string();
        assert!(error.contains(expected), "{body}: {error}");
    }
}

#[test]
fn seeds_are_exact_up_to_their_limit() {
    let request = parse(json!({"prompt": "x", "seed": 9_223_372_036_854_775_807_u64}))
        .expect("valid")
        .request;
    assert_eq!(request.effective_seed(), 9_223_372_036_854_775_807);
    assert_eq!(
        fields_refused(json!({"prompt": "x", "seed": 9_223_372_036_854_775_808_u64})),
        ["seed"]
    );
    let other = parse(json!({"prompt": "x", "seed": 9_223_372_036_854_775_806_u64}))
        .expect("valid")
        .request;
    assert_ne!(request.digest(), other.digest());
}

#[test]
fn debug_shows_no_prompt_and_no_lyrics() {
    let request = parse(json!({"prompt": "secret wish", "lyrics": "secret words"}))
        .expect("valid")
        .request;
    assert!(!format!("{request:?}").contains("secret"));
}

/// Text with tags, brackets, line ends and letters of every kind.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "[Verse]",
            "[Chorus 2]",
            "[x]",
            "[",
            "]",
            "\r\n",
            "\u{2028}",
            "\u{feff}",
            "\u{200b}",
            "\0",
            " ",
            "\n",
            "🎵",
            "%",
            "la",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::hash_map("[a-z]{1,4}", inner, 0..3).prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn a_canonical_request_parses_to_itself(
        prompt in "\\PC{1,40}", lyrics in "[a-zé\\n\\t\"\\\\🎵 ]{0,60}", instrumental: bool, seed in proptest::option::of(0..=super::SEED_MAX)
    ) {
        prop_assume!(!prompt.trim().is_empty());
        let body = json!({"prompt": prompt, "lyrics": lyrics, "is_instrumental": instrumental, "seed": seed});
        let first = parse(body).expect("valid").request;
        let mut again: Value = serde_json::from_str(&first.canonical_json()).expect("canonical text is JSON");
        again["seed"] = json!(first.seed);
        let second = parse(again).expect("canonical text is valid").request;
        prop_assert_eq!(second.digest(), first.digest());
        prop_assert_eq!(second, first);
    }

    #[test]
    fn any_text_is_a_song_to_make_or_refused_by_the_name_of_its_field(
        prompt in any_text(), lyrics in any_text(), repeats in 1_usize..200
    ) {
        match parse(json!({"prompt": prompt, "lyrics": lyrics.repeat(repeats)})) {
            Ok(Parsed { request, .. }) => {
                prop_assert!((1..=PROMPT_MAX).contains(&request.prompt.chars().count()));
                prop_assert!(request.lyrics.chars().count() <= LYRICS_MAX);
                let unseen = request.lyrics.contains(['\r', '\0', '\u{feff}']);
                prop_assert!(!unseen);
                prop_assert!(request.sections().is_ok());
            }
            Err(InvalidRequest(errors)) => {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(["prompt", "lyrics"].contains(&error.field));
                    prop_assert!(!error.problem.is_empty() && error.example.is_string());
                }
            }
        }
    }

    #[test]
    fn whatever_stands_in_a_field_it_is_taken_or_refused_and_never_breaks_anything(
        field in prop::sample::select(vec![
            "prompt", "lyrics", "is_instrumental", "lyrics_optimizer", "modelId", "sample_rate", "bitrate", "audio_format",
            "seed", "duration",
        ]),
        value in any_json(),
    ) {
        let mut body = json!({"prompt": "folk"});
        body[field] = value;
        if let Err(InvalidRequest(errors)) = parse(body) {
            prop_assert!(errors.iter().all(|error| error.field == field));
        }
    }

    #[test]
    fn any_changed_word_changes_the_digest(prompt in "[a-z]{1,30}", extra in "[a-z]") {
        let one = parse(json!({"prompt": prompt.clone()})).expect("valid").request;
        let other = parse(json!({"prompt": prompt + &extra})).expect("valid").request;
        prop_assert_ne!(one.digest(), other.digest());
    }
}
