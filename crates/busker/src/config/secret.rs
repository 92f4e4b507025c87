//! A value that no log, error or dump of the configuration shows.

use serde::{Deserialize, Serialize, Serializer};

/// Something only its receiver may read.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Secret(String);

impl Secret {
    /// The value itself, for where it is needed.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "none" } else { "set" })
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str("")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_shows_itself_to_nobody_who_prints_or_writes_it() {
        let secret: Secret = serde_json::from_str("\"sk-123\"").expect("a string");
        assert_eq!(secret.reveal(), "sk-123");
        let shown = format!("{secret:?} {}", serde_json::to_string(&secret).expect("JSON"));
        assert_eq!(shown, "set \"\"");
    }
}
