//! Money, in whole units only.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Satoshis: what a buyer sees and pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sats(pub u64);

/// Thousandths of a satoshi: what invoices and nodes count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Msats(pub u64);

impl From<Sats> for Msats {
    fn from(sats: Sats) -> Self {
        Self(sats.0.saturating_mul(1000))
    }
}

impl fmt::Display for Sats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sats", self.0)
    }
}

impl fmt::Display for Msats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} msat", self.0)
    }
}
