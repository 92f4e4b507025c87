//! What can go wrong in the band's own data.

/// Why a genre file or a part of it cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is not TOML of the expected shape.
    #[error("a genre file cannot be read: {0}; compare it with genres/pop.toml")]
    Shape(#[from] toml::de::Error),
    /// A pattern has the wrong number of steps or an unknown sign.
    #[error("{genre}: the pattern \"{pattern}\" {reason}")]
    Pattern {
        /// The genre's name.
        genre: String,
        /// The pattern as written.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A chord is written in a way the band does not know.
    #[error("{genre}: \"{numeral}\" is not a chord; write I, vi, bVII, V7, iiø7, IV/5 and the like")]
    Numeral {
        /// The genre's name.
        genre: String,
        /// The chord as written.
        numeral: String,
    },
    /// A value is outside of what makes sense.
    #[error("{genre}: {reason}")]
    Value {
        /// The genre's name.
        genre: String,
        /// What is wrong.
        reason: String,
    },
}
