//! Reads the fields of a body one by one and remembers everything that was wrong.

use serde_json::{Map, Value, json};

use super::plain::plain;
use super::{AudioFormat, FieldError, InvalidRequest};
use crate::engine::Catalog;
use crate::lyrics::LyricsError;

const KNOWN: [&str; 10] = [
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

/// Unknown fields named in warnings, at most this many.
const UNKNOWN_NAMED: usize = 10;

pub(super) struct Fields<'a> {
    members: &'a Map<String, Value>,
    errors: Vec<FieldError>,
}

impl<'a> Fields<'a> {
    pub(super) fn of(body: &'a Value) -> Result<Self, InvalidRequest> {
        match body {
            Value::Object(members) => Ok(Self {
                members,
                errors: Vec::new(),
            }),
            other => Err(InvalidRequest(vec![FieldError {
                field: "body",
                problem: format!("must be a JSON object, not {}", kind(other)),
                example: json!({"prompt": "E minor, 90 BPM, acoustic guitar ballad, male vocal"}),
            }])),
        }
    }

    pub(super) fn text(&mut self, field: &'static str, max: usize, example: &str) -> Option<String> {
        let text = match self.member(field)? {
            Value::String(text) => plain(text),
            other => return self.refuse(field, format!("must be a string, not {}", kind(other)), json!(example)),
        };
        let length = text.chars().count();
        if length > max {
            return self.refuse(
                field,
                format!("has {length} characters; at most {max} are allowed"),
                json!(example),
            );
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, field: &'static str) -> bool {
        match self.member(field) {
            None => false,
            Some(Value::Bool(value)) => *value,
            Some(other) => {
                let problem = format!("must be true or false without quotes, not {}", kind(other));
                self.refuse::<()>(field, problem, json!(true));
                false
            }
        }
    }

    /// One of a list whose last member is the default.
    pub(super) fn one_of(&mut self, field: &'static str, allowed: &[u32; 4]) -> u32 {
        let default = allowed[3];
        let Some(value) = self.member(field) else {
            return default;
        };
        let asked = integer(value).and_then(|number| u32::try_from(number).ok());
        match asked.filter(|number| allowed.contains(number)) {
            Some(number) => number,
            None => {
                let problem = format!("must be one of {} (a number), not {}", list(allowed), shown(value));
                self.refuse::<()>(field, problem, json!(default));
                default
            }
        }
    }

    pub(super) fn whole_number(&mut self, field: &'static str, min: u64, max: u64, example: u64) -> Option<u64> {
        let value = self.member(field)?;
        match integer(value).filter(|number| (min..=max).contains(number)) {
            Some(number) => Some(number),
            None => {
                let problem = format!("must be a whole number from {min} to {max}, not {}", shown(value));
                self.refuse(field, problem, json!(example))
            }
        }
    }

    pub(super) fn audio_format(&mut self) -> AudioFormat {
        let Some(value) = self.member("audio_format") else {
            return AudioFormat::Mp3;
        };
        match AudioFormat::ALL
            .into_iter()
            .find(|format| value.as_str() == Some(format.name()))
        {
            Some(format) => format,
            None => {
                let problem = format!("must be \"mp3\", \"wav\" or \"pcm\", not {}", shown(value));
                self.refuse::<()>("audio_format", problem, json!("mp3"));
                AudioFormat::Mp3
            }
        }
    }

    /// The slug of the model asked for, by slug, number or number in quotes; `None` for "auto".
    pub(super) fn model(&mut self, catalog: &Catalog) -> Option<String> {
        let value = self.member("modelId")?;
        let found = match value {
            Value::String(text) if text == "auto" => return None,
            Value::String(text) => catalog.by_slug(text).or_else(|| {
                text.parse()
                    .ok()
                    .filter(|_| is_plain_number(text))
                    .and_then(|id| catalog.by_id(id))
            }),
            Value::Number(_) => integer(value)
                .and_then(|id| u32::try_from(id).ok())
                .and_then(|id| catalog.by_id(id)),
            _ => None,
        };
        match found {
            Some(card) => Some(card.slug.clone()),
            None => {
                let offers: Vec<String> = catalog
                    .cards()
                    .iter()
                    .map(|card| format!("{} or \"{}\"", card.id, card.slug))
                    .collect();
                let problem = format!(
                    "must be \"auto\" or a model: {}; not {}",
                    offers.join(", "),
                    shown(value)
                );
                self.refuse("modelId", problem, json!("auto"))
            }
        }
    }

    pub(super) fn require(&mut self, field: &'static str, problem: &str) {
        if !self.errors.iter().any(|error| error.field == field) {
            let example = json!("E minor, 90 BPM, acoustic guitar ballad, male vocal");
            self.errors.insert(
                0,
                FieldError {
                    field,
                    problem: problem.to_owned(),
                    example,
                },
            );
        }
    }

    pub(super) fn refuse_lyrics(&mut self, error: &LyricsError) {
        let tags: Vec<String> = crate::section::SectionTag::ALL
            .iter()
            .take(14)
            .map(|tag| format!("[{}]", tag.name()))
            .collect();
        let problem = format!("has a wrong tag in {error} (the tags are {})", tags.join(" "));
        self.refuse::<()>("lyrics", problem, json!("[Verse]\nWalking through the rain tonight"));
    }

    pub(super) fn finish(&self) -> Result<(), InvalidRequest> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(InvalidRequest(self.errors.clone()))
        }
    }

    pub(super) fn into_warnings(self) -> Vec<String> {
        let unknown = self.members.keys().filter(|name| !KNOWN.contains(&name.as_str()));
        unknown
            .take(UNKNOWN_NAMED)
            .map(|name| format!("unknown field `{}` was ignored", shortened(name)))
            .collect()
    }

    fn member(&self, field: &str) -> Option<&'a Value> {
        self.members.get(field).filter(|value| !value.is_null())
    }

    fn refuse<T>(&mut self, field: &'static str, problem: String, example: Value) -> Option<T> {
        self.errors.push(FieldError {
            field,
            problem,
            example,
        });
        None
    }
}

/// A JSON number without a fraction, however it is written (`44100` or `44100.0`).
fn integer(value: &Value) -> Option<u64> {
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    value.as_u64().or_else(|| {
        let number = value.as_f64()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to be whole and in range"
        )]
        (number.fract() == 0.0 && (0.0..=EXACT_MAX).contains(&number)).then_some(number as u64)
    })
}

fn is_plain_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn list(numbers: &[u32]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The value as JSON when it is short; otherwise only its kind, so that no answer echoes a lyric.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        text
    } else {
        kind(value).to_owned()
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
