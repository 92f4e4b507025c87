//! What happens during a purchase, for whoever tells it to the buyer.

use std::time::Duration;

use busker_core::id::Preimage;

use super::delivery::Delivery;
use super::quote::{Offer, Quote};

/// Tells a buyer what happens, in the order in which it happens.
pub(crate) trait Teller: Send + Sync {
    /// Something happened.
    fn tell(&self, event: Event<'_>);
}

/// A moment of a purchase.
pub(crate) enum Event<'a> {
    /// The shop named its price.
    Offered(&'a Offer),
    /// An earlier purchase goes on.
    GoesOn(&'a str),
    /// The wallet is told to pay.
    Paying(&'a Quote),
    /// Paid, and the proof is on the disk.
    Paid(&'a Quote, Preimage),
    /// The proof goes to the shop.
    Redeeming,
    /// The song is being made.
    Working(&'a Work),
    /// Something failed and is tried again.
    TryingAgain { why: &'a str, pause: Duration },
    /// The song is ready.
    Ready(&'a Delivery),
    /// So many bytes are here, of so many.
    Downloading { done: u64, total: Option<u64> },
    /// The file is whole and has its name.
    Saved,
}

/// How far a song is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Work {
    /// 0 to 1.
    pub(crate) fraction: f64,
    /// What is being done, in the shop's words.
    pub(crate) stage: String,
}
