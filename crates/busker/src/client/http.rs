//! One request, one answer. What to make of it, and whether to ask again, is decided elsewhere.

use std::time::Duration;

use anyhow::Context;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{RequestBuilder, StatusCode, Url};
use serde_json::Value;

/// Songs are fetched elsewhere; no other answer is as large as this.
const LARGEST_ANSWER: usize = 1024 * 1024;

/// A server that does not even accept a connection in this time is not there.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Shops hold a paid call while they make the song, some for longer than a minute and a half.
pub(crate) const HELD_CALL: Duration = Duration::from_secs(150);

/// Whatever needs no song needs no longer than this.
pub(crate) const QUICK_CALL: Duration = Duration::from_secs(30);

/// Talks HTTP.
#[derive(Clone)]
pub(crate) struct Http {
    pub(crate) client: reqwest::Client,
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    headers: HeaderMap,
    /// The body as JSON; null when it is none.
    pub(crate) json: Value,
}

/// There was no answer.
#[derive(Debug)]
pub(crate) struct NoAnswer {
    what: &'static str,
    cause: String,
    timed_out: bool,
}

impl NoAnswer {
    /// The shop may still be at work.
    pub(crate) fn timed_out(&self) -> bool {
        self.timed_out
    }
}

impl Http {
    pub(crate) fn new() -> anyhow::Result<Self> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("busker/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .context("no HTTP client can be made")?;
        Ok(Self { client })
    }

    /// Posts a song request, with proof of payment when there is one.
    pub(crate) async fn post(
        &self,
        url: &str,
        body: &str,
        authorization: Option<&str>,
        timeout: Duration,
    ) -> Result<Answer, NoAnswer> {
        let mut request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .body(body.to_owned());
        if let Some(authorization) = authorization {
            request = request.header(AUTHORIZATION, authorization);
        }
        answer(request, timeout).await
    }

    /// Gets a JSON document.
    pub(crate) async fn get(&self, url: Url) -> Result<Answer, NoAnswer> {
        answer(self.client.get(url), QUICK_CALL).await
    }
}

async fn answer(request: RequestBuilder, timeout: Duration) -> Result<Answer, NoAnswer> {
    let request = request
        .header(ACCEPT, "application/json, application/problem+json")
        .timeout(timeout);
    let mut response = request.send().await?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            let (what, cause) = ("the shop's answer cannot be read", "it is over 1 MiB".to_owned());
            return Err(NoAnswer {
                what,
                cause,
                timed_out: false,
            });
        }
        body.extend_from_slice(&chunk);
    }
    let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
    Ok(Answer { status, headers, json })
}

impl Answer {
    #[cfg(test)]
    pub(crate) fn for_test(status: StatusCode, headers: &[(&'static str, &'static str)], json: Value) -> Self {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, reqwest::header::HeaderValue::from_static(value));
        }
        Self {
            status,
            headers: map,
            json,
        }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: impl reqwest::header::AsHeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All values of a header that comes more than once.
    pub(crate) fn all(&self, name: HeaderName) -> Vec<String> {
        let values = self.headers.get_all(name);
        values
            .iter()
            .filter_map(|value| value.to_str().ok())
            .map(str::to_owned)
            .collect()
    }

    /// The shop's own name for what happened.
    pub(crate) fn error_code(&self) -> &str {
        self.json["error_code"]
            .as_str()
            .or_else(|| self.header("x-error-code"))
            .unwrap_or_default()
    }

    /// How long the shop wants to be left alone. Dates, the header's other form, are rare and treated as none.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// What the shop says happened and what to do about it, for people.
    pub(crate) fn in_words(&self) -> String {
        let text = |name: &str| self.json[name].as_str().map(str::trim).filter(|text| !text.is_empty());
        let said = text("detail")
            .or_else(|| text("error"))
            .or_else(|| text("message"))
            .or_else(|| text("title"));
        let said = said.map_or_else(|| format!("the shop answered {}", self.status), str::to_owned);
        match text("suggestion") {
            Some(suggestion) => format!("{}. {suggestion}", said.trim_end_matches('.')),
            None => said,
        }
    }
}

pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.what, self.cause)
    }
}

impl std::error::Error for NoAnswer {}

impl From<reqwest::Error> for NoAnswer {
    fn from(error: reqwest::Error) -> Self {
        let timed_out = error.is_timeout() && !error.is_connect();
        let what = if error.is_timeout() {
            "the shop does not answer in time"
        } else if error.is_connect() {
            "the shop cannot be reached"
        } else {
            "the connection to the shop broke"
        };
        // The last cause is the plainest; the address would only be repeated.
        let error = error.without_url();
        let mut cause: &dyn std::error::Error = &error;
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        Self {
            what,
            cause: cause.to_string(),
            timed_out,
        }
    }
}
