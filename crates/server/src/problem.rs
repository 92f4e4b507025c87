//! Problem documents (RFC 9457): the one form of every answer that is not what was asked for.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use busker_core::orders::StoreError;
use busker_core::wallet::WalletError;
use serde_json::{Map, Value, json};

use crate::error_code::ErrorCode;

/// Repeats `error_code` for clients that read no body.
pub(crate) const X_ERROR_CODE: HeaderName = HeaderName::from_static("x-error-code");

/// How long to wait before asking a shop again that is not ready.
const UNAVAILABLE_RETRY_SECONDS: u64 = 10;

/// An answer that says what happened and what to do next. It never shows a path, a host of ours, or a secret.
#[derive(Debug)]
pub struct Problem(Box<Document>);

#[derive(Debug)]
struct Document {
    code: ErrorCode,
    detail: String,
    example: Option<Value>,
    retry_after_seconds: Option<u64>,
    more: Map<String, Value>,
    challenge: Option<HeaderValue>,
}

impl Problem {
    /// With `detail`, one or two sentences for the buyer.
    pub(crate) fn new(code: ErrorCode, detail: impl Into<String>) -> Self {
        Self(Box::new(Document {
            code,
            detail: detail.into(),
            example: None,
            retry_after_seconds: None,
            more: Map::new(),
            challenge: None,
        }))
    }

    pub(crate) fn example(mut self, example: Value) -> Self {
        self.0.example = Some(example);
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.0.retry_after_seconds = Some(seconds.max(1));
        self
    }

    /// Adds a member beside the standard ones.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.more.insert(name.to_owned(), value.into());
        self
    }

    /// The value of `WWW-Authenticate`. Clients pay whenever they see that header, so only a 402 may carry one.
    pub(crate) fn challenge(mut self, value: HeaderValue) -> Self {
        debug_assert_eq!(self.0.code.status(), 402, "only a 402 may ask for payment");
        self.0.challenge = Some(value);
        self
    }
}

impl Document {
    fn body(&self) -> Value {
        let code = self.code;
        let mut body = json!({
            "type": format!("/api/error-codes#{}", code.code()),
            "title": code.title(),
            "status": code.status().as_u16(),
            "detail": self.detail,
            "error": self.detail,
            "error_code": code.code(),
            "suggestion": code.action(),
        });
        if let Value::Object(members) = &mut body {
            members.extend(self.example.clone().map(|example| ("example".to_owned(), example)));
            members.extend(
                self.retry_after_seconds
                    .map(|wait| ("retry_after_seconds".to_owned(), json!(wait))),
            );
            members.extend(self.more.clone());
        }
        body
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = *self.0;
        let mut response = (document.code.status(), document.body().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_ERROR_CODE, HeaderValue::from_static(document.code.code()));
        if let Some(seconds) = document.retry_after_seconds {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = document.challenge {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the order store failed");
        Self::new(
            ErrorCode::ServiceUnavailable,
            "the shop cannot reach its order book right now",
        )
        .retry_after(UNAVAILABLE_RETRY_SECONDS)
    }
}

impl From<WalletError> for Problem {
    fn from(error: WalletError) -> Self {
        tracing::error!(%error, "the wallet failed");
        Self::new(
            ErrorCode::WalletUnavailable,
            "the shop's Lightning wallet does not answer right now",
        )
        .retry_after(UNAVAILABLE_RETRY_SECONDS)
    }
}
