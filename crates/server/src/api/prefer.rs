//! How long a buyer is willing to wait (RFC 7240).

use std::time::Duration;

use axum::http::HeaderMap;

/// What `Prefer` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Preference {
    /// Answer at once.
    pub(super) respond_async: bool,
    /// Wait at most this long.
    pub(super) wait: Option<Duration>,
}

impl Preference {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut preference = Self::default();
        let values = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
        for part in values.flat_map(|value| value.split([',', ';'])).map(str::trim) {
            let (name, value) = part
                .split_once('=')
                .map_or((part, ""), |(name, value)| (name.trim(), value.trim()));
            if name.eq_ignore_ascii_case("respond-async") {
                preference.respond_async = true;
            } else if name.eq_ignore_ascii_case("wait") {
                preference.wait = value.trim_matches('"').parse().ok().map(Duration::from_secs);
            }
        }
        preference
    }

    /// How long to hold the call: `wait` wins, then `respond-async`, then the shop's own limit.
    pub(super) fn patience(self, hold_max: Duration) -> Duration {
        match self.wait {
            Some(wait) => wait.min(hold_max),
            None if self.respond_async => Duration::ZERO,
            None => hold_max,
        }
    }

    /// The value of `Preference-Applied`, when something was.
    pub(super) fn applied(self) -> Option<String> {
        match self.wait {
            Some(wait) => Some(format!("wait={}", wait.as_secs())),
            None => self.respond_async.then(|| "respond-async".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn preferences_are_read_in_every_spelling() {
        let hold = Duration::from_secs(90);
        for (value, seconds) in [
            ("respond-async", 0),
            ("Respond-Async", 0),
            ("wait=10", 10),
            ("respond-async, wait=10", 10),
            ("wait=\"5\"; respond-async", 5),
            ("wait=4000", 90),
            ("wait=soon", 90),
            ("handling=lenient", 90),
            ("", 90),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("prefer", HeaderValue::from_static(value));
            assert_eq!(
                Preference::of(&headers).patience(hold),
                Duration::from_secs(seconds),
                "{value}"
            );
        }
    }
}
