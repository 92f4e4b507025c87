//! The life of an order, from quote to song or refund.
//!
//! Every change goes through [`Order::apply`]; nothing else writes a state. The SQL in the store is a shadow of this
//! table: it compares the old state and swaps in the new one, so two nodes can never both win (I3, I4).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::amount::Sats;
use crate::clock::Timestamp;
use crate::id::{Attempt, OrderId, OrderKey, PaymentHash, RequestDigest};
use crate::request::SongRequest;
use crate::song::StoredSong;

/// After this many failed tries the order is offered back to the buyer.
pub const MAX_FAILURES: u32 = 3;

/// A payment is honoured this long after its invoice expired (I7).
pub const LATE_PAYMENT_GRACE: Duration = Duration::from_secs(24 * 3600);

/// A paid order is delivered or refundable at most this long after its payment was seen (I2).
pub const DELIVERY_DEADLINE: Duration = Duration::from_secs(15 * 60);

/// A running try must report progress this often, or another worker takes over.
pub const LEASE: Duration = Duration::from_secs(20);

/// One quote and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Its name in logs.
    pub id: OrderId,
    /// The buyer's right to see it.
    pub key: OrderKey,
    /// The payment it waits for.
    pub payment_hash: PaymentHash,
    /// The BOLT11 invoice, as the wallet made it.
    pub invoice: String,
    /// What the buyer pays, fixed when quoted: a later price change never touches an open invoice.
    pub price: Sats,
    /// The model that will make it, fixed when quoted.
    pub model: String,
    /// What was asked for.
    pub request: SongRequest,
    /// Digest of the request, as the macaroon carries it.
    pub digest: RequestDigest,
    /// Where it stands.
    pub state: OrderState,
    /// Tries begun.
    pub attempts: u32,
    /// Tries that failed since the payment or the buyer's last retry.
    pub failures: u32,
    /// When it was quoted.
    pub created_at: Timestamp,
    /// When its invoice expires.
    pub expires_at: Timestamp,
    /// When its payment was seen.
    pub settled_at: Option<Timestamp>,
    /// When it must be delivered or refundable.
    pub deadline: Option<Timestamp>,
    /// Until when the running try is believed to be alive.
    pub lease_until: Option<Timestamp>,
    /// How far the running try is.
    pub progress: Progress,
    /// The song, once delivered.
    pub song: Option<StoredSong>,
    /// Why the last try failed.
    pub failure: Option<Failure>,
}

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// An invoice is open.
    Quoted,
    /// The invoice expired unpaid. A late payment still counts.
    Expired,
    /// Paid, waiting for a worker.
    Paid,
    /// This try is running.
    Generating(Attempt),
    /// The song is stored and the buyer may have it for ever.
    Delivered,
    /// All tries failed: the buyer may ask for another try or for the money.
    Refundable,
    /// A payout is under way or its outcome unknown.
    Refunding,
    /// The money went back.
    Refunded,
}

/// What can happen to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderEvent {
    /// The wallet says the invoice is settled.
    PaymentSettled,
    /// The invoice's time is over.
    InvoiceExpired,
    /// A worker begins this try.
    AttemptStarted(Attempt),
    /// This try's song is stored and was read back (I9).
    SongStored(Attempt),
    /// This try failed, or its worker was lost. `final_try` ends it whatever tries are left.
    AttemptFailed {
        /// Which try.
        attempt: Attempt,
        /// Another try cannot help.
        final_try: bool,
    },
    /// This try was given back unfinished, through no fault of its own: the worker is shutting down.
    AttemptReleased(Attempt),
    /// The delivery deadline passed.
    DeadlinePassed,
    /// The buyer asks for another try instead of the money.
    RetryRequested,
    /// A payout row is durable and the payout may now be sent.
    RefundStarted,
    /// The payout failed for certain; nothing was sent.
    RefundFailed,
    /// The payout arrived.
    RefundPaid,
}

/// `event` cannot happen to an order in `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an order that is {} does not take {event:?}", .state.name())]
pub struct Refused {
    /// Where the order stands.
    pub state: OrderState,
    /// What was tried.
    pub event: OrderEvent,
}

impl Order {
    /// The state after `event`, or why `event` cannot happen now.
    ///
    /// # Errors
    /// [`Refused`] leaves everything as it is; the caller answers with what is stored.
    pub fn apply(&self, event: OrderEvent) -> Result<OrderState, Refused> {
        use OrderEvent::*;
        use OrderState::*;

        match (self.state, event) {
            (Quoted | Expired, PaymentSettled) => Ok(Paid), // a late payment counts (I7)
            (Quoted, InvoiceExpired) => Ok(Expired),
            (Paid, AttemptStarted(attempt)) if attempt == self.next_attempt() => Ok(Generating(attempt)),
            (Generating(running), SongStored(attempt)) if running == attempt => Ok(Delivered),
            (Generating(running), AttemptReleased(attempt)) if running == attempt => Ok(Paid),
            (Generating(running), AttemptFailed { attempt, final_try }) if running == attempt => {
                let tries_left = !final_try && self.failures + 1 < MAX_FAILURES;
                if tries_left { Ok(Paid) } else { Ok(Refundable) }
            }
            (Paid | Generating(_), DeadlinePassed) => Ok(Refundable),
            (Refundable, RetryRequested) => Ok(Paid),
            (Refundable, RefundStarted) => Ok(Refunding),
            (Refunding, RefundFailed) => Ok(Refundable),
            (Refunding, RefundPaid) => Ok(Refunded),
            (state, event) => Err(Refused { state, event }),
        }
    }

    /// The number of the try that may start next.
    pub fn next_attempt(&self) -> Attempt {
        Attempt(self.attempts + 1)
    }
}

impl OrderState {
    /// As stored and as shown to buyers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Expired => "expired",
            Self::Paid => "paid",
            Self::Generating(_) => "generating",
            Self::Delivered => "delivered",
            Self::Refundable => "refundable",
            Self::Refunding => "refunding",
            Self::Refunded => "refunded",
        }
    }

    /// The state called `name`; `attempt` is the running try where there is one.
    pub fn from_name(name: &str, attempt: Attempt) -> Option<Self> {
        Some(match name {
            "quoted" => Self::Quoted,
            "expired" => Self::Expired,
            "paid" => Self::Paid,
            "generating" => Self::Generating(attempt),
            "delivered" => Self::Delivered,
            "refundable" => Self::Refundable,
            "refunding" => Self::Refunding,
            "refunded" => Self::Refunded,
            _ => return None,
        })
    }

    /// Whether the buyer's money has been seen.
    pub fn is_paid(self) -> bool {
        !matches!(self, Self::Quoted | Self::Expired)
    }

    /// Whether somebody waiting for the song has their answer: it is there, or it is not coming by itself.
    pub fn is_settled(self) -> bool {
        matches!(
            self,
            Self::Delivered | Self::Refundable | Self::Refunding | Self::Refunded
        )
    }
}

/// How far a try is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// 0 to 1.
    pub fraction: f32,
    /// What is being done, for people: "mixing".
    pub stage: String,
}

/// Why a try failed, for the buyer: no path, no host name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Stable code from the error catalogue.
    pub code: String,
    /// One sentence.
    pub detail: String,
}

#[cfg(test)]
mod tests;
