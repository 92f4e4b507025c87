//! What goes wrong, and when.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use busker_core::amount::{Msats, Sats};
use busker_core::clock::Timestamp;
use busker_core::id::PaymentHash;
use busker_core::wallet::{Invoice, Network};
use tokio::sync::watch;

use crate::error::LightningError;
use crate::forge::Forged;

/// Fails one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFault {
    /// The call fails at once; nothing happened.
    Unreachable,
    /// The call never returns. Whoever calls needs a time limit.
    Hangs,
}

/// Fails one request for an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvoiceFault {
    /// As any call.
    Call(CallFault),
    /// The invoice is rightly signed, but not what was asked for, as from an adapter that forgot to check.
    Wrong(WrongInvoice),
}

/// What is wrong with an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongInvoice {
    /// It is on mainnet, or on signet if mainnet would be right.
    Network,
    /// It asks for one satoshi more.
    Amount,
    /// It leaves the amount to the payer.
    NoAmount,
    /// It is for another payment than the answer says.
    Hash,
    /// It expired when it was made.
    Expired,
    /// It is no invoice at all.
    Garbage,
}

/// Fails one payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayFault {
    /// No money moves, and the caller is told.
    Fails,
    /// The caller is told nothing but that nobody knows.
    LosesAnswer {
        /// Whether the money moved.
        paid: bool,
    },
    /// The call never returns. Whoever calls needs a time limit.
    Hangs {
        /// Whether the money moved.
        paid: bool,
    },
}

/// Tells a [`super::FaultyWallet`] what to do wrong. Clones tell the same wallet, from any thread.
///
/// Single faults wait in a queue for each kind of call, first come, first served.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    queues: Arc<Mutex<Queues>>,
    weather: Arc<watch::Sender<Weather>>,
}

#[derive(Debug, Default)]
struct Queues {
    invoice: VecDeque<InvoiceFault>,
    lookup: VecDeque<CallFault>,
    watch: VecDeque<CallFault>,
    pay: VecDeque<PayFault>,
}

/// What holds until it is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Weather {
    pub(super) down: bool,
    pub(super) hides_settlements: bool,
    pub(super) repeats_settlements: bool,
}

impl Faults {
    /// Fails the next request for an invoice.
    pub fn next_invoice(&self, fault: InvoiceFault) {
        self.queues().invoice.push_back(fault);
    }

    /// Fails the next question about an invoice.
    pub fn next_lookup(&self, fault: CallFault) {
        self.queues().lookup.push_back(fault);
    }

    /// Fails the next call of `watch`.
    pub fn next_watch(&self, fault: CallFault) {
        self.queues().watch.push_back(fault);
    }

    /// Fails the next payment.
    pub fn next_pay(&self, fault: PayFault) {
        self.queues().pay.push_back(fault);
    }

    /// From now on every call fails and open streams end, until [`Faults::bring_back`].
    pub fn take_down(&self) {
        self.weather.send_modify(|weather| weather.down = true);
    }

    /// Ends [`Faults::take_down`].
    pub fn bring_back(&self) {
        self.weather.send_modify(|weather| weather.down = false);
    }

    /// From now on no settlement is seen, neither by asking nor by watching, until [`Faults::reveal_settlements`].
    pub fn hide_settlements(&self) {
        self.weather.send_modify(|weather| weather.hides_settlements = true);
    }

    /// Shows what [`Faults::hide_settlements`] held back.
    pub fn reveal_settlements(&self) {
        self.weather.send_modify(|weather| weather.hides_settlements = false);
    }

    /// Whether streams give every settlement twice.
    pub fn repeat_settlements(&self, repeat: bool) {
        self.weather.send_modify(|weather| weather.repeats_settlements = repeat);
    }

    pub(super) fn take_invoice(&self) -> Option<InvoiceFault> {
        self.queues().invoice.pop_front()
    }

    pub(super) fn take_lookup(&self) -> Option<CallFault> {
        self.queues().lookup.pop_front()
    }

    pub(super) fn take_watch(&self) -> Option<CallFault> {
        self.queues().watch.pop_front()
    }

    pub(super) fn take_pay(&self) -> Option<PayFault> {
        self.queues().pay.pop_front()
    }

    pub(super) fn is_down(&self) -> bool {
        self.weather.borrow().down
    }

    pub(super) fn hides_settlements(&self) -> bool {
        self.weather.borrow().hides_settlements
    }

    pub(super) fn weather(&self) -> watch::Receiver<Weather> {
        self.weather.subscribe()
    }

    fn queues(&self) -> MutexGuard<'_, Queues> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl WrongInvoice {
    /// What comes back instead of `right`, which is on `network`, asks for `amount` and can be paid for `expiry`.
    pub(super) fn instead_of(
        self,
        right: &Invoice,
        network: Network,
        amount: Sats,
        expiry: Duration,
    ) -> Result<Invoice, LightningError> {
        let expiry_ms = i64::try_from(expiry.as_millis()).unwrap_or(i64::MAX);
        let mut forged = Forged {
            network,
            amount: Some(amount.into()),
            payment_hash: right.payment_hash,
            made_at: Timestamp(right.expires_at.0.saturating_sub(expiry_ms)),
            expiry,
        };
        let mut said = right.clone();
        match self {
            Self::Network if network == Network::Mainnet => forged.network = Network::Signet,
            Self::Network => forged.network = Network::Mainnet,
            Self::Amount => forged.amount = Some(Msats::from(Sats(amount.0.saturating_add(1)))),
            Self::NoAmount => forged.amount = None,
            Self::Hash => forged.payment_hash = PaymentHash(right.payment_hash.0.map(|byte| !byte)),
            Self::Expired => {
                forged.expiry = Duration::ZERO;
                said.expires_at = forged.made_at;
            }
            Self::Garbage => {}
        }
        said.bolt11 = if self == Self::Garbage {
            "lnbcrt1notaninvoice".into()
        } else {
            forged.sign()?
        };
        Ok(said)
    }
}
