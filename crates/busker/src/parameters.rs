//! From flags and files to the body that the API takes.

use std::io::Read;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};

use crate::cli::SongParameters;

impl SongParameters {
    /// The API body: the request file, with the flags over it.
    pub(crate) fn body(&self) -> anyhow::Result<Value> {
        let mut body = match &self.request {
            None => Map::new(),
            Some(path) => match serde_json::from_str(&read(path)?) {
                Ok(Value::Object(members)) => members,
                Ok(_) => bail!("{} holds JSON, but not an object", path.display()),
                Err(error) => bail!("{} is not valid JSON: {error}", path.display()),
            },
        };
        if let Some(path) = &self.lyrics {
            body.insert("lyrics".to_owned(), json!(read(path)?));
        }
        let given = [
            ("prompt", self.prompt.as_ref().map(|value| json!(value))),
            ("is_instrumental", self.instrumental.then(|| json!(true))),
            ("lyrics_optimizer", self.write_lyrics.then(|| json!(true))),
            ("modelId", self.model.as_ref().map(|value| json!(value))),
            ("sample_rate", self.sample_rate.map(|value| json!(value))),
            ("bitrate", self.bitrate.map(|value| json!(value))),
            ("audio_format", self.format.as_ref().map(|value| json!(value))),
            ("seed", self.seed.map(|value| json!(value))),
            ("duration", self.duration.map(|value| json!(value))),
        ];
        for (name, value) in given {
            body.extend(value.map(|value| (name.to_owned(), value)));
        }
        Ok(Value::Object(body))
    }
}

/// A text file, or standard input for `-`.
fn read(path: &Path) -> anyhow::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .context("standard input cannot be read")?;
        return Ok(text);
    }
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
