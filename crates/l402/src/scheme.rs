//! The two names of the authentication scheme.

use std::fmt;

/// The scheme of a challenge or credential. Both mean the same protocol; clients answer with the name they were asked
/// with, and older ones know only `LSAT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// The current name.
    L402,
    /// The name until 2023.
    Lsat,
}

impl Scheme {
    /// The scheme of that name, in any case, or `None` for every other scheme.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::L402, Self::Lsat]
            .into_iter()
            .find(|scheme| scheme.as_str().eq_ignore_ascii_case(name))
    }

    /// The name as written in headers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::L402 => "L402",
            Self::Lsat => "LSAT",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
