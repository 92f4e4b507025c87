//! `[lyrics]`: a language model that writes lyrics in the band's place.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use serde::{Deserialize, Serialize};

use super::Secret;

/// A paid order has 15 minutes, and buyers who wait on the line a minute and a half.
const TIMEOUT_MAX: u64 = 60;

/// `[lyrics]`
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LyricsConfig {
    /// Base address of an OpenAI-compatible endpoint, like `https://models.example/v1`. Empty: the band writes itself.
    pub(crate) url: String,
    /// The model's name, as the endpoint knows it.
    pub(crate) model: String,
    /// The endpoint's key, if it wants one. Better in the environment or a file than in the configuration.
    pub(crate) key: Secret,
    /// A file that holds the key.
    pub(crate) key_file: PathBuf,
    /// How long one song waits for its lyrics in all; then the band writes them.
    pub(crate) timeout_seconds: u64,
}

impl Default for LyricsConfig {
    fn default() -> Self {
        Self {
            url: String::new(),
            model: String::new(),
            key: Secret::default(),
            key_file: PathBuf::new(),
            timeout_seconds: 20,
        }
    }
}

impl LyricsConfig {
    /// How long one song waits for its lyrics.
    pub(crate) fn patience(&self) -> Duration {
        Duration::from_secs(self.timeout_seconds)
    }

    pub(super) fn check(&self) -> anyhow::Result<()> {
        if !(1..=TIMEOUT_MAX).contains(&self.timeout_seconds) {
            bail!(
                "lyrics.timeout_seconds is {}; it must be from 1 to {TIMEOUT_MAX}",
                self.timeout_seconds
            );
        }
        if self.url.is_empty() {
            return Ok(());
        }
        if !self.url.starts_with("https://") && !self.url.starts_with("http://") {
            bail!("lyrics.url must begin with https:// or http://");
        }
        if self.model.is_empty() {
            bail!("lyrics.url is set, but lyrics.model is not; name the model that writes");
        }
        if !self.key.reveal().is_empty() && !self.key_file.as_os_str().is_empty() {
            bail!("lyrics.key and lyrics.key_file are both set; keep one");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::LyricsConfig;

    #[test]
    fn an_endpoint_needs_a_model_a_scheme_and_bounded_patience() {
        let good = LyricsConfig {
            url: "http://127.0.0.1:1/v1".to_owned(),
            model: "m".to_owned(),
            ..LyricsConfig::default()
        };
        assert!(good.check().is_ok() && LyricsConfig::default().check().is_ok());
        let wrong = [
            LyricsConfig {
                model: String::new(),
                ..good.clone()
            },
            LyricsConfig {
                url: "models.example".to_owned(),
                ..good.clone()
            },
            LyricsConfig {
                timeout_seconds: 0,
                ..good.clone()
            },
            LyricsConfig {
                timeout_seconds: 600,
                ..good
            },
        ];
        assert!(wrong.iter().all(|config| config.check().is_err()));
    }
}
