//! Lyrics by a language model behind an OpenAI-compatible endpoint (`POST …/chat/completions`).
//!
//! What leaves this machine is the prompt, the names of sections, and a wished length; nothing about the order or the
//! buyer. What comes back is only a text that the engine reads with suspicion.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use busker_engines::{LyricWish, LyricWriter, LyricWriterError};
use reqwest::redirect::Policy;
use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use crate::config::{LyricsConfig, Secret};

/// Lyrics are far smaller, even wrapped in JSON with everything a server adds.
const LARGEST_ANSWER: usize = 256 * 1024;
/// More than the longest lyrics take, in a model's tokens.
const MOST_TOKENS: u32 = 2000;
/// Lively, and still in the form that was asked for.
const TEMPERATURE: f32 = 0.9;
/// How often a cancelled song is noticed while the model writes.
const LOOK: Duration = Duration::from_millis(100);
/// How long `busker doctor` waits.
const CHECK: Duration = Duration::from_secs(10);

/// Without it, a model writes an essay about a song.
const INSTRUCTIONS: &str = "You write lyrics for songs that are sung exactly as you write them. The user describes a \
song. Answer with the lyrics alone, in the language of the description unless it names another: first a line \
`Title: ` with the title, then each section under its tag on a line of its own. Tags: [Verse], [Pre Chorus], [Chorus], \
[Bridge], [Outro], and no others unless you are told to; leave sections without words empty. Lines have 6 to 11 \
syllables and at most 70 characters, 4 to 8 lines a section. Rhyme. Repeat the chorus word for word, with the title in \
it. Plain text: no Markdown, no notes, no chords, nothing before or after. Whatever the description says, you only \
write lyrics, fit for everybody's ears.";

/// A chat completions endpoint.
#[derive(Debug, Clone)]
pub(crate) struct LyricEndpoint {
    url: String,
    model: String,
    key: Key,
}

/// Where the key comes from. A file is read at each use, so that a new key needs no restart.
#[derive(Debug, Clone)]
enum Key {
    None,
    Here(Secret),
    File(PathBuf),
}

impl LyricEndpoint {
    /// The endpoint that is configured, if one is.
    pub(crate) fn configured(config: &LyricsConfig) -> Option<Arc<Self>> {
        let key = match (config.key.reveal(), config.key_file.as_os_str().is_empty()) {
            ("", true) => Key::None,
            ("", false) => Key::File(config.key_file.clone()),
            _ => Key::Here(config.key.clone()),
        };
        (!config.url.is_empty()).then(|| {
            Arc::new(Self {
                url: config.url.trim_end_matches('/').to_owned(),
                model: config.model.clone(),
                key,
            })
        })
    }

    /// Whether it answers and takes the key; for `busker doctor`. Nothing is written.
    pub(crate) async fn check(&self) -> anyhow::Result<String> {
        let asked = self.request(reqwest::Method::GET, "models", CHECK)?.send().await;
        let response = asked
            .map_err(reqwest::Error::without_url)
            .with_context(|| format!("{} does not answer; is it running, and is lyrics.url right?", self.url))?;
        match response.status() {
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                bail!(
                    "{} refuses the key ({status}); set lyrics.key or lyrics.key_file",
                    self.url
                )
            }
            status if status.is_redirection() => {
                bail!(
                    "{} sends elsewhere ({status}); give its final address as lyrics.url",
                    self.url
                )
            }
            status if status.is_server_error() => bail!("{} fails ({status}); look at its log", self.url),
            _ => Ok(format!(
                "{} answers; {} writes the lyrics, prompts are sent there",
                self.url, self.model
            )),
        }
    }

    fn request(&self, method: reqwest::Method, path: &str, within: Duration) -> anyhow::Result<RequestBuilder> {
        // A redirect would take prompt and key to where nobody meant them to go.
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(within)
            .build()?;
        let request = client.request(method, format!("{}/{path}", self.url));
        let key = match &self.key {
            Key::None => return Ok(request),
            Key::Here(key) => key.reveal().to_owned(),
            Key::File(path) => std::fs::read_to_string(path)
                .with_context(|| format!("lyrics.key_file {} cannot be read", path.display()))?,
        };
        Ok(request.bearer_auth(key.trim()))
    }

    async fn ask(&self, wish: &LyricWish<'_>) -> Result<String, LyricWriterError> {
        let request = self
            .request(reqwest::Method::POST, "chat/completions", wish.within)
            .map_err(|error| failed("the shop's key or network is not set up", &format!("{error:#}")))?;
        let response = request
            .json(&self.body(wish))
            .send()
            .await
            .map_err(|error| no_answer(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(failed("it answered with an error", status.as_str()));
        }
        let body = whole(response).await?;
        let answer: Value = serde_json::from_slice(&body).map_err(|_| failed("its answer is no JSON", ""))?;
        let choice = &answer["choices"][0];
        if choice["finish_reason"] == "length" {
            return Err(failed("it wrote more than can be sung", "cut off"));
        }
        let text = choice["message"]["content"].as_str();
        text.map(str::to_owned)
            .ok_or_else(|| failed("its answer has no text", ""))
    }

    fn body(&self, wish: &LyricWish<'_>) -> Value {
        let mut instructions = INSTRUCTIONS.to_owned();
        // Writing to a string cannot fail.
        let _ = if wish.sections.is_empty() {
            match wish.duration {
                Some(seconds) => write!(
                    instructions,
                    " The song is to last {seconds} seconds: about one line for every 5."
                ),
                None => write!(instructions, " Form: verse, chorus, verse, chorus, bridge, chorus."),
            }
        } else {
            write!(
                instructions,
                " Use exactly these sections in this order: [{}].",
                wish.sections.join("], [")
            )
        };
        json!({
            "model": self.model,
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": wish.prompt}],
            "temperature": TEMPERATURE,
            "max_tokens": MOST_TOKENS,
            "seed": wish.seed % (1 << 31),
            "stream": false,
        })
    }
}

impl LyricWriter for LyricEndpoint {
    fn write(&self, wish: &LyricWish<'_>, cancelled: &dyn Fn() -> bool) -> Result<String, LyricWriterError> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| failed("the shop cannot ask it now", &error.to_string()))?;
        let text = runtime.block_on(async {
            tokio::select! {
                answer = tokio::time::timeout(wish.within, self.ask(wish)) => answer.unwrap_or(Err(LyricWriterError::Late)),
                () = until(cancelled) => Err(LyricWriterError::Cancelled),
            }
        });
        // A name that resolves slowly must not hold the song: its thread is left behind.
        runtime.shutdown_background();
        text
    }
}

async fn until(true_now: &dyn Fn() -> bool) {
    while !true_now() {
        tokio::time::sleep(LOOK).await;
    }
}

/// The body, as long as it is of a sensible size.
async fn whole(mut response: Response) -> Result<Vec<u8>, LyricWriterError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| no_answer(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > LARGEST_ANSWER {
            return Err(failed("it wrote more than can be sung", "the answer is too large"));
        }
    }
    Ok(body)
}

fn no_answer(error: &reqwest::Error) -> LyricWriterError {
    if error.is_timeout() {
        return LyricWriterError::Late;
    }
    let cause = std::error::Error::source(error).map(ToString::to_string);
    failed("it cannot be reached", &cause.unwrap_or_default())
}

/// What the buyer reads; the operator finds `cause` in the log as well.
fn failed(problem: &str, cause: &str) -> LyricWriterError {
    tracing::warn!(problem, cause, "the lyric endpoint wrote nothing");
    LyricWriterError::Failed(problem.to_owned())
}
